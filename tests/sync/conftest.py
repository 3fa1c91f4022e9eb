from __future__ import annotations

import pytest

from tests.sync.world import Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Renditions as files, the same for every world: nobody changes them."""
    return Shelf(tmp_path_factory.mktemp("shelf"))

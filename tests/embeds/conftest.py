from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.embeds.web import Web


@pytest.fixture
def web() -> Iterator[Web]:
    made = Web()
    yield made
    made.close()

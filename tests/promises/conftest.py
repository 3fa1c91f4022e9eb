from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.promises.driver import Desktop, desktop

SCRIPTS = "水位已达七米وصل الماءגשרपुल—“”"
"""What is typed in these tests beside Latin letters."""


@pytest.fixture
def desk() -> Iterator[Desktop]:
    """A screen of its own for each test."""
    missing = [name for name in ("Xvfb", "openbox") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"needs {' and '.join(missing)}")
    with desktop(SCRIPTS) as made:
        yield made

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.begun import Lives
from tests.promises.driver import Desktop, desktop
from tests.promises.laptop import Laptop
from tests.wire_server.client import WireServer

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


@pytest.fixture(scope="session")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lives]:
    """What begins processes of the program quickly."""
    made = Lives(tmp_path_factory.mktemp("lives"))
    yield made
    made.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[WireServer]:
    """A newsroom's own server."""
    made = WireServer(tmp_path / "server")
    yield made
    made.close()


@pytest.fixture
def laptop(tmp_path: Path, server: WireServer, lives: Lives) -> Laptop:
    """A laptop with a live blog that goes to the server."""
    made = Laptop(tmp_path, server, lives)
    made.leave_the_folder_out()
    return made

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.desk.blogs import add_blog
from editor.domain.ids import BlogId
from tests.rooms import TestRoom


@pytest.fixture
def house(tmp_path: Path) -> Iterator[TestRoom]:
    made = TestRoom(tmp_path / "profile")
    yield made
    made.close()


@pytest.fixture
def blog(house: TestRoom) -> BlogId:
    (made,) = add_blog(house.room, headline="Flood in the delta", timezone="Europe/Budapest").blogs
    return made

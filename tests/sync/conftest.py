from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.opening import open_profile_db
from db.store import SqliteStore
from editor.changes import Feed
from editor.ports import Store, Transaction
from tests.sync.books import DictStore
from tests.sync.world import NOON, Shelf, World

Point = Callable[[str], None]
Books = Callable[[Feed, Point], Store]


class PointedStore:
    """The real store, with the points at which a process may be killed. S1: its schema holds at every commit."""

    def __init__(self, path: Path, feed: Feed, point: Point) -> None:
        open_profile_db(path, now=NOON)
        self.inner = SqliteStore(path, feed)
        self.point = point
        self.watch = sqlite3.connect(path)

    @contextmanager
    def write(self, origin: str = "") -> Iterator[Transaction]:
        with self.inner.write(origin) as tx:
            yield tx
            self.point("before commit")
        assert not self.watch.execute("PRAGMA foreign_key_check").fetchall(), "S1"
        self.point("after commit")

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        with self.inner.read() as tx:
            yield tx

    def close(self) -> None:
        assert self.watch.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "S1"
        self.watch.close()
        self.inner.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Books]:
    made: list[PointedStore] = []

    def store(feed: Feed, point: Point) -> Store:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        made.append(PointedStore(folder / "dateline.sqlite", feed, point))
        return made[-1]

    yield store
    for each in made:
        each.close()


@pytest.fixture(params=["dictionaries", "sqlite"])
def books(request: pytest.FixtureRequest) -> Books:
    if request.param == "sqlite":
        found: Books = request.getfixturevalue("sqlite")
        return found
    return DictStore


@pytest.fixture
def world(books: Books, shelf: Shelf) -> World:
    return World(7, shelf, drafts=True, versions=True, store=books)


@pytest.fixture
def plain(books: Books, shelf: Shelf) -> World:
    """A system that is public at once."""
    return World(7, shelf, drafts=False, versions=False, store=books)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Renditions as files, the same for every world: nobody changes them."""
    return Shelf(tmp_path_factory.mktemp("shelf"))

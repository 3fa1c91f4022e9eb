"""A profile with a store in it, for every test of the memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.opening import open_profile_db
from db.reading import SqliteViews
from db.store import SqliteStore
from editor.changes import Changes, Feed

NOW = datetime(2026, 11, 22, 14, 32, 0, 123456, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An opened database in a fresh profile."""
    database = tmp_path / "profile" / "dateline.db"
    open_profile_db(database, now=NOW)
    return database


@pytest.fixture
def told() -> list[Changes]:
    """What the feed was told."""
    return []


@pytest.fixture
def store(path: Path, told: list[Changes]) -> Iterator[SqliteStore]:
    feed = Feed()
    feed.listen(told.append)
    with closing(SqliteStore(path, feed)) as opened:
        yield opened


@pytest.fixture
def views(path: Path, store: SqliteStore) -> Iterator[SqliteViews]:
    with closing(SqliteViews(path, store.commits)) as opened:
        yield opened

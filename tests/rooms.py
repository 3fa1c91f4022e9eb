"""A room for tests: a real store in a fresh profile, a clock that is set by hand, ids that count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.opening import open_profile_db
from db.reading import SqliteViews
from db.store import SqliteStore
from editor.changes import Changes, Feed
from editor.domain.ids import uuid7
from editor.media.shelf import FolderShelf
from editor.paths import Profile
from editor.ports import Room

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime = NOON) -> None:
        self.time = start
        self.run = 1000.0

    def now(self) -> datetime:
        return self.time

    def steady(self) -> float:
        return self.run

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)
        self.run += timedelta(**by).total_seconds()


class CountingIds:
    """UUIDv7s in a row, the same in every run."""

    def __init__(self) -> None:
        self.count = 0

    def fresh(self) -> str:
        self.count += 1
        return uuid7(1_700_000_000_000 + self.count, self.count.to_bytes(10, "big"))


class TestRoom:
    """A room over a profile, with what was told to the feed."""

    __test__ = False

    def __init__(self, folder: Path) -> None:
        self.profile = Profile(folder)
        self.clock = HandClock()
        self.feed = Feed()
        self.told: list[Changes] = []
        self.feed.listen(self.told.append)
        open_profile_db(self.profile.database, now=self.clock.now())
        self.store = SqliteStore(self.profile.database, self.feed)
        self.views = SqliteViews(self.profile.database)
        self.room = Room(
            self.store,
            FolderShelf(self.profile.photos),
            self.clock,
            CountingIds(),
            author="Field team A",
        )

    def close(self) -> None:
        self.views.close()
        self.store.close()

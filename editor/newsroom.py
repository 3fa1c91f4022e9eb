"""One profile, opened: its store, views, shelf and feed, and the engine that sends. Used by the window and the commands.

Heavy parts (SQLAlchemy, the backends) come when they are first used, so that a window paints before them.
"""

from __future__ import annotations

import getpass
import logging
import platform
import random
from collections.abc import Callable
from types import TracebackType

from db.opening import open_profile_db
from db.reading import SqliteViews
from db.store import SqliteStore
from editor.changes import Feed
from editor.clock import RandomIds, SystemClock
from editor.domain.blog import Account, Blog, Target
from editor.media.shelf import FolderShelf
from editor.paths import Profile
from editor.ports import Room
from editor.sync.backend import Backend
from editor.sync.engine import Engine

log = logging.getLogger("dateline")


class Newsroom:
    """Everything of one profile that is not a window."""

    def __init__(self, profile: Profile) -> None:
        """Opens the profile, making it where it is not there yet. Raises what ``open_profile_db`` raises."""
        self.profile = profile
        self.feed = Feed()
        clock = SystemClock()
        open_profile_db(profile.database, now=clock.now())
        self.store = SqliteStore(profile.database, self.feed)
        self.views = SqliteViews(profile.database)
        self.room = Room(
            self.store, FolderShelf(profile.photos), clock, RandomIds(), author=author(), device=""
        )

    @classmethod
    def open(cls, profile: Profile) -> Newsroom:
        """The profile, to be closed."""
        return cls(profile)

    def __enter__(self) -> Newsroom:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives back the store's files."""
        self.views.close()
        self.store.close()

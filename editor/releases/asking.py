"""Asks whether there is a newer version: where it is switched on at most once a day, or because a person asks now.

What was heard once is not forgotten: a note that is older than one that was seen is somebody's attempt to keep a newer
version from us, or an old copy, and is told from no news.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec.structs import replace

from editor.ports import Clock
from editor.problems import refuse
from editor.releases.release import Release, is_newer, read_note
from editor.releases.source import Source
from editor.settings import load_settings, write_whole

DAY = timedelta(days=1)
Get = Callable[[str], bytes]
"""One plain request. Raises ``Refused`` and ``Unavailable``."""


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """When was asked last, the day of the newest note so far, and which version somebody does not want to hear of."""

    asked: datetime | None = None
    newest: datetime | None = None
    put_away: str = ""


class Releases:
    """Of one profile: ``choices`` are its settings, ``heard`` what it remembers, ``own`` the version that runs."""

    def __init__(
        self,
        choices: Path,
        heard: Path,
        source: Source,
        get: Get,
        own: str,
        clock: Clock,
    ) -> None:
        self._choices = choices
        self._file = heard
        self._source = source
        self._get = get
        self._clock = clock
        self.own = own

    @property
    def usual(self) -> str:
        """Where this copy of the program is told of newer ones; it may be empty."""
        return self._source.address

    @property
    def address(self) -> str:
        """Who is asked: the user's choice, or the usual address; empty where there is neither."""
        return load_settings(self._choices).updates_from or self.usual

    def is_due(self) -> bool:
        """Whether it is switched on, and nobody was asked for a day."""
        if not load_settings(self._choices).updates or not self.address:
            return False
        asked = self._heard().asked
        # a clock that was put back must not keep it silent for good
        return asked is None or abs(self._clock.now() - asked) >= DAY

    def ask(self) -> Release | None:
        """Asks now; the newer version, or None. Slow: the network takes part in it.

        Raises ``Refused`` and ``Unavailable``. That somebody was asked is kept before the request leaves.
        """
        address = self.address
        if not address:
            raise refuse("release-no-address")
        self._keep(replace(self._heard(), asked=self._clock.now()))
        release = read_note(self._get(address), self._source.public_keys)
        heard = self._heard()
        if heard.newest is not None and release.released < heard.newest:
            raise refuse("release-old")
        self._keep(replace(heard, newest=release.released.astimezone(UTC)))
        return release if is_newer(release.version, self.own) else None

    def is_put_away(self, release: Release) -> bool:
        """Whether somebody said that they do not want to hear of this version."""
        return self._heard().put_away == release.version

    def put_away(self, release: Release) -> None:
        """This version is not told of again by itself."""
        self._keep(replace(self._heard(), put_away=release.version))

    def _heard(self) -> Heard:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Heard)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return Heard()

    def _keep(self, heard: Heard) -> None:
        try:
            write_whole(self._file, heard)
        except OSError:
            raise refuse("release-not-kept") from None

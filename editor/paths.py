"""Where things lie: the profile's files, and the program's own resources."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec

from editor.problems import refuse

ENVIRONMENT = "DATELINE_PROFILE"


class Profile(msgspec.Struct, frozen=True):
    """One profile: a folder that holds everything the user has written, and nothing else does."""

    folder: Path

    @property
    def database(self) -> Path:
        """The store."""
        return self.folder / "dateline.db"

    @property
    def photos(self) -> Path:
        """Originals and renditions."""
        return self.folder / "photos"

    @property
    def site(self) -> Path:
        """Where the built-in account publishes to."""
        return self.folder / "site"

    @property
    def backups(self) -> Path:
        """Copies of the store."""
        return self.folder / "backups"

    @property
    def settings(self) -> Path:
        """The window's size, place and appearance."""
        return self.folder / "window.ini"

    @property
    def choices(self) -> Path:
        """What this profile allows."""
        return self.folder / "settings.json"

    @property
    def signers(self) -> Path:
        """The certificates (PEM) of those whose signatures on photos count as known here; it need not be there."""
        return self.folder / "signers.pem"

    @property
    def log(self) -> Path:
        """What the program did, without content and without secrets."""
        return self.folder / "dateline.log"

    @property
    def crashes(self) -> Path:
        """Reports of errors of the program itself, without content, names and secrets."""
        return self.folder / "crashes"

    @property
    def running(self) -> Path:
        """The mark that a window is open; it is gone when the window was closed properly."""
        return self.folder / "window.running"

    @property
    def newer(self) -> Path:
        """When a newer version was asked for last, and what was heard."""
        return self.folder / "newer.json"

    @property
    def raise_request(self) -> Path:
        """Touched by a second window, to bring the first to the front."""
        return self.folder / "window.raise"

    @property
    def window_lock(self) -> Path:
        """Held by the one window of this profile."""
        return self.folder / "window.lock"

    @property
    def sync_lock(self) -> Path:
        """Held by whoever talks to the backends."""
        return self.folder / "sync.lock"

    def make(self) -> None:
        """Makes the folder, for its owner only. Raises ``Refused`` (``profile-read-only``) where that cannot be."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            raise refuse("profile-read-only", field=str(self.folder)) from None


def profile(chosen: str | None = None) -> Profile:
    """The profile that was asked for, that ``DATELINE_PROFILE`` names, or the platform's data folder's."""
    named = chosen or os.environ.get(ENVIRONMENT)
    if named:
        return Profile(Path(named).expanduser().absolute())
    from platformdirs import user_data_path

    return Profile(user_data_path("dateline", appauthor=False))


def resources() -> Path:
    """The program's fonts, icons and templates: beside the packages, or in the packaged program."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources"

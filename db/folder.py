"""A profile's folder as the memory sees it: private files and folders, copies of the database, their names."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

DATABASE = "dateline.db"
PHOTOS = "photos"
_BESIDE = ("-wal", "-shm")  # SQLite's own files beside a database


def stamp(now: datetime) -> str:
    """A time for a file's name; names sort as their times do."""
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def make_private_folder(folder: Path) -> None:
    """Makes the folder for this user's eyes only; one that is there loses other people's rights. Raises ``OSError``."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _take_rights(folder, 0o700)


def make_private_file(path: Path) -> None:
    """Makes an empty file for this user's eyes only. SQLite gives its rights to the files it puts beside it."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def keep_private(path: Path) -> None:
    """Takes other people's rights to a database and the files beside it."""
    for file in with_companions(path):
        _take_rights(file, 0o600)


def with_companions(path: Path) -> list[Path]:
    """A database and those of SQLite's files beside it that are there."""
    places = [path, *(path.with_name(path.name + end) for end in _BESIDE)]
    return [place for place in places if place.exists()]


def writable(path: Path) -> bool:
    """Whether the file and its folder can be written to, as far as the system tells."""
    return os.access(path.parent, os.W_OK | os.X_OK) and (
        not path.exists() or os.access(path, os.R_OK | os.W_OK)
    )


def free_name(path: Path) -> Path:
    """The path, or the first of its kind (``name-2``) that nothing has yet."""
    number, free = 1, path
    while any(free.with_name(free.name + end).exists() for end in ("", *_BESIDE)):
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def set_aside(path: Path, *, now: datetime) -> Path:
    """Moves a database out of the way, with SQLite's files beside it, unchanged; returns where it is now.

    Raises ``OSError``.
    """
    aside = free_name(path.with_name(f"{path.name}.damaged-{stamp(now)}"))
    for file in with_companions(path):
        file.rename(aside.with_name(aside.name + file.name.removeprefix(path.name)))
    return aside


def backups_folder(profile: Path) -> Path:
    """Where copies of the database lie."""
    return profile / "backups"


def backups(profile: Path) -> list[Path]:
    """The whole copies of the database, oldest first."""
    return sorted(backups_folder(profile).glob("dateline-*.db"))


def newest_backup(profile: Path) -> Path | None:
    """The newest copy of the database, or None."""
    kept = backups(profile)
    return kept[-1] if kept else None


def sync_folder(folder: Path) -> None:
    """Brings a folder's names to the disk. Windows cannot, and does not need to."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _take_rights(path: Path, mode: int) -> None:
    if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & ~mode:
        path.chmod(mode)

"""Copies of the database: one before each upgrade, one a day, made while it is in use.

SQLite's backup API copies a consistent state beside readers and writers: https://www.sqlite.org/backup.html
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from db.connect import connect
from db.folder import (
    backups,
    backups_folder,
    make_private_file,
    make_private_folder,
    stamp,
    sync_folder,
)
from db.trouble import damaged, known_trouble

_KEPT = 7


def copy_database(source: Path, target: Path) -> None:
    """Copies a database to a new private file, which is whole and on the disk when it has its name.

    Raises ``Unavailable`` (``disk-full``, ``store-locked``) and ``Refused`` (``profile-read-only``); ``store-damaged``
    where the copy is not sound. Then there is no copy.
    """
    unfinished = target.with_name(f".{target.name}.part")
    with known_trouble(source):
        unfinished.unlink(missing_ok=True)
        make_private_file(unfinished)
        try:
            with (
                closing(connect(source, mode="ro")) as old,
                closing(sqlite3.connect(unfinished, isolation_level=None)) as new,
            ):
                old.backup(new)
                new.execute("PRAGMA journal_mode = DELETE")
                sound = is_sound(new)
            if not sound:
                raise damaged(source)
            _sync(unfinished)
            unfinished.rename(target)
            sync_folder(target.parent)
        finally:
            unfinished.unlink(missing_ok=True)


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether every page, index and reference of a database is as it must be. Takes its time with a large one."""
    whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return whole and connection.execute("PRAGMA foreign_key_check").fetchone() is None


def keep_copy(path: Path, *, now: datetime, why: str = "") -> Path:
    """Copies the database into the profile's backups and returns the copy. Raises as ``copy_database`` does."""
    folder = backups_folder(path.parent)
    with known_trouble(path):
        make_private_folder(folder)
    target = folder / f"dateline-{stamp(now)}{f'-{why}' if why else ''}.db"
    target.unlink(missing_ok=True)
    copy_database(path, target)
    return target


def keep_daily_backup(path: Path, *, now: datetime) -> Path | None:
    """Makes the day's copy unless there is one, and lets the oldest go. Returns the copy that was made.

    For a thread of its own. A damaged database is told (``store-damaged``) and pushes no good copy out.
    """
    today = stamp(now)[:8]
    if any(kept.name.startswith(f"dateline-{today}") for kept in backups(path.parent)):
        return None
    made = keep_copy(path, now=now)
    with known_trouble(path):
        for old in backups(path.parent)[:-_KEPT]:
            old.unlink(missing_ok=True)
    return made


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())

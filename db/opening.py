"""Opening a profile's database: making it, refusing it, or bringing it to the newest schema.

It is looked at before anything is touched, so that a file of a newer version, or a damaged one, stays as it was. A file
that is up to date costs one question, and neither SQLAlchemy nor Alembic is imported for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from db.connect import connect
from db.folder import (
    keep_private,
    make_private_file,
    make_private_folder,
    set_aside,
    with_companions,
    writable,
)
from db.trouble import damaged, known_trouble, read_only
from editor.problems import refuse

if TYPE_CHECKING:
    from db.migrations import Step

HEAD = "0005"
_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes: https://www.sqlite.org/fileformat.html#the_database_header


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What opening did: ``created`` a new file, or upgraded one ``since`` this version, of which there is a ``backup``."""

    path: Path
    created: bool = False
    since: str = ""
    backup: Path | None = None


def open_profile_db(path: Path, *, now: datetime, history: Sequence[Step] | None = None) -> Opened:
    """Makes sure that a database of the newest schema is at ``path``, and that only this user can read it.

    Raises ``Refused``: ``store-newer`` (``path``, ``version``), ``store-damaged`` (``path``, ``backup``; see
    ``db.folder.set_aside``), ``profile-read-only`` (``path``); then the file is untouched. Raises ``Unavailable``:
    ``disk-full``, ``store-locked``, ``store-unreadable``. ``history`` is for tests of upgrading.
    """
    head = history[-1].REVISION if history else HEAD
    with known_trouble(path):
        make_private_folder(path.parent)
        if not writable(path):
            raise read_only(path.parent)
        version = _look(path)
        if version > head:
            raise refuse("store-newer", path=str(path), version=version)
        if version == head:
            keep_private(path)
            return Opened(path=path)
        if not version:
            _make_room(path, now)
            _bring_up(path, history)
            return Opened(path=path, created=True)
        keep_private(path)
    from db.copies import keep_copy

    backup = keep_copy(path, now=now, why=f"before-{head}")
    with known_trouble(path):
        _bring_up(path, history)
    return Opened(path=path, since=version, backup=backup)


def _look(path: Path) -> str:
    """The schema's version, without touching the file; empty where there is no database yet."""
    if not path.exists() or path.stat().st_size == 0:
        return ""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    quiet = len(with_companions(path)) == 1
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise damaged(path)
    if quiet and _size_in(header) > path.stat().st_size:
        raise damaged(path)
    # A database that nobody has open has no file beside it, and immutable makes none.
    with closing(connect(path, mode="ro", immutable=quiet)) as connection:
        version = version_of(connection)
    if version is None:
        raise damaged(path)
    return version


def version_of(connection: sqlite3.Connection) -> str | None:
    """The schema's version in a database; empty where it holds nothing, None where it holds something else."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "alembic_version" in tables:
        (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(version)
    return None if tables else ""


def _size_in(header: bytes) -> int:
    """How long the file must be by its own header; 0 where the header does not say so reliably."""
    if header[24:28] != header[92:96]:
        return 0
    page = int.from_bytes(header[16:18], "big")
    return int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page)


def _make_room(path: Path, now: datetime) -> None:
    """An empty file, with no write-ahead log of an older one beside it: SQLite would play that log into it."""
    if path.exists():
        keep_private(path)
        return
    if with_companions(path):
        set_aside(path, now=now)
    make_private_file(path)


def _bring_up(path: Path, history: Sequence[Step] | None) -> None:
    """Takes the missing steps in one transaction; what does not check out afterwards is rolled back."""
    from sqlalchemy import inspect, text

    from db.engine import make_engine, writing
    from db.migrations import steps, upgrade

    engine = make_engine(path, foreign_keys=False)
    try:
        with writing(engine, path) as connection:
            # Read again under the lock: another process may have been quicker.
            fresh = not inspect(connection).has_table("alembic_version")
            version = (
                "" if fresh else connection.scalar(text("SELECT version_num FROM alembic_version"))
            )
            upgrade(connection, version or "", history or steps())
            if connection.scalar(text("PRAGMA integrity_check")) != "ok":
                raise damaged(path)
            if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                raise damaged(path)
    finally:
        engine.dispose()
    keep_private(path)

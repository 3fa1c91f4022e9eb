"""A connection to the database file, the same for whoever reads and whoever writes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

BUSY_SECONDS = 5.0
# At SQLite's own 1,000 every twentieth save of a draft would have to tidy up; ``SqliteStore.tidy`` does it in peace.
_CHECKPOINT_PAGES = 8000


def connect(
    path: Path,
    *,
    mode: str = "rw",
    check_same_thread: bool = True,
    immutable: bool = False,
    foreign_keys: bool = True,
) -> sqlite3.Connection:
    """Opens the file, which must be there. Transactions are begun by hand. Raises ``sqlite3.Error``.

    WAL lets readers work beside the writer, and synchronous=FULL has every commit on the disk when it ends:
    https://www.sqlite.org/pragma.html#pragma_synchronous
    """
    connection = sqlite3.connect(
        f"{_address(path)}?mode={mode}{'&immutable=1' if immutable else ''}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=check_same_thread,
    )
    if mode != "rw":
        return connection
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _address(path: Path) -> str:
    """The file as SQLite's kind of address: https://www.sqlite.org/uri.html"""
    escaped = path.absolute().as_posix()
    for character, code in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        escaped = escaped.replace(character, code)
    return f"file:///{escaped.removeprefix('/')}"

"""Known trouble with a database file, told apart from our bugs.

SQLite's result codes (https://www.sqlite.org/rescode.html) say which it is; what is not listed here is a bug and
goes on as it came.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.folder import newest_backup
from editor.problems import Problem, Refused, Unavailable, refuse

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SMALLEST = 1 << 15  # bytes: the index beside a write-ahead log
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def trouble(error: sqlite3.Error, path: Path) -> Refused | Unavailable | None:
    """What the user can be told of an error with the database at ``path``; None for a bug of ours."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return disk_full(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Unavailable(Problem(code="store-locked", detail={"path": str(path)}))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return read_only(path.parent)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return damaged(path)
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN if _has_no_room(path.parent):
            return disk_full(path)  # so it is told of the files beside the database
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            return Unavailable(
                Problem(code="store-unreadable", detail={"path": str(path), "reason": str(error)})
            )
        case _:
            return None


def disk_full(path: Path) -> Unavailable:
    """The disk that ``path`` is on has no room left."""
    return Unavailable(Problem(code="disk-full", detail={"path": str(path)}))


def read_only(folder: Path) -> Refused:
    """The profile cannot be written to."""
    return refuse("profile-read-only", path=str(folder))


def damaged(path: Path) -> Refused:
    """The file is not a whole Dateline database. ``backup`` is the newest copy of it, or empty."""
    newest = newest_backup(path.parent)
    return refuse("store-damaged", path=str(path), backup=str(newest) if newest else "")


def _has_no_room(folder: Path) -> bool:
    """Whether not even SQLite's smallest file would fit."""
    return folder.exists() and shutil.disk_usage(folder).free < _SMALLEST


@contextmanager
def known_trouble(path: Path) -> Iterator[None]:
    """Raises known trouble of SQLite and of the file system as ``Refused`` or ``Unavailable``."""
    try:
        yield
    except sqlite3.Error as error:
        known = trouble(error, path)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        if error.errno in _FULL:
            raise disk_full(path) from error
        if error.errno in _READ_ONLY:
            raise read_only(path.parent) from error
        raise

"""The store: one file, one writer at a time, safe on disk when ``write`` has ended.

SQLAlchemy takes longer to import than the window to paint, so it comes with the first transaction; ``warm`` fetches it
beforehand, on any thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock, get_ident

from db.connect import connect
from db.pool import Pool
from db.trouble import known_trouble
from editor.changes import Feed
from editor.ports import Transaction


class SqliteStore:
    """``editor.ports.Store`` in an opened database file (``db.opening``). For any thread."""

    def __init__(self, path: Path, feed: Feed) -> None:
        self._path = path
        self._feed = feed
        self._pool = Pool(path)
        self._turn = Lock()
        self._writer: int | None = None
        self._commits = 0

    @contextmanager
    def write(self, origin: str = "") -> Iterator[Transaction]:
        """A transaction that is committed at the end, or not at all; then the feed is told its changes.

        Raises ``Unavailable`` (``disk-full``, ``store-locked``, ``store-unreadable``) and ``Refused``
        (``profile-read-only``, ``store-damaged``); then nothing was written.
        """
        from db.transaction import SqliteTransaction

        if self._writer == get_ident():
            raise RuntimeError("a transaction within a transaction")
        with self._turn:
            self._writer = get_ident()
            try:
                with self._pool.writing() as connection:
                    transaction = SqliteTransaction(connection, origin)
                    yield transaction
                    counted = bool(transaction.changes)
                    if counted:
                        transaction.count()
                self._commits += counted
            finally:
                self._writer = None
        self._feed.tell(transaction.changes)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A consistent view; writing in it is a bug and raises."""
        from db.transaction import SqliteTransaction

        with self._pool.reading() as connection:
            transaction = SqliteTransaction(connection)
            yield transaction
            if transaction.changes:
                raise RuntimeError("a write in a transaction that reads")

    def commits(self) -> int:
        """How many transactions this store committed; ``db.reading`` tells other processes' commits by it."""
        return self._commits

    def warm(self) -> None:
        """Fetches what the first transaction needs."""
        with self.read():
            pass

    def tidy(self) -> None:
        """Brings the write-ahead log into the file, beside readers and writers. For a quiet moment of any thread."""
        with known_trouble(self._path), closing(connect(self._path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Gives back the connections. The store may be used again, and opens new ones."""
        self._pool.close()

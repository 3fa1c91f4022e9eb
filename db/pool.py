"""The connections that transactions are made on: opened when they are first needed, kept, and lent to one at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from db.connect import connect
from db.trouble import known_trouble


class Pool:
    """Transactions on the file at ``path``, for any thread. Known trouble comes as ``Refused`` or ``Unavailable``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._free: list[sqlite3.Connection] = []
        self._round = 0
        self._lock = Lock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A transaction that sees one state of the database, beside whoever writes. It is never committed."""
        with known_trouble(self._path), self._lent() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the writer's lock from its start; committed at the end, or not at all."""
        with known_trouble(self._path), self._lent() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # After some errors, a full disk among them, SQLite has rolled back by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Closes what is not lent now; the rest follows when it is given back."""
        with self._lock:
            free, self._free = self._free, []
            self._round += 1
        for connection in free:
            connection.close()

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            begun = self._round
            connection = self._free.pop() if self._free else None
        if connection is None:
            connection = connect(self._path, check_same_thread=False)
            connection.row_factory = sqlite3.Row
        try:
            yield connection
        finally:
            with self._lock:
                fit = begun == self._round and not connection.in_transaction
                if fit:
                    self._free.append(connection)
            if not fit:
                connection.close()

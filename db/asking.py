"""A connection that only asks, for what screens and the command line show."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.connect import connect
from db.trouble import known_trouble


class Asking:
    """Questions to the database at ``path``, for the thread that made it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with known_trouble(path):
            self._connection = connect(path)
            self._connection.execute("PRAGMA query_only = 1")
        self._connection.row_factory = sqlite3.Row

    def close(self) -> None:
        """Gives back the connection."""
        self._connection.close()

    def _all(self, query: str, **parameters: str) -> list[sqlite3.Row]:
        with known_trouble(self._path):
            found: list[Any] = self._connection.execute(query, parameters).fetchall()
        return found

    def _first(self, query: str, **parameters: str) -> sqlite3.Row | None:
        found = self._all(query, **parameters)
        return found[0] if found else None

    @contextmanager
    def _one_state(self) -> Iterator[None]:
        """Several questions to one state of the database."""
        with known_trouble(self._path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

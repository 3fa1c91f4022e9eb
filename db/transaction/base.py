"""What every group of tables needs: the connection, reading and keeping rows, and noting what was touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

from db.rows import Row
from db.statements import keep
from editor.changes import Changes
from editor.domain.ids import BlogId, EntryId

_COUNT = "UPDATE tally SET commits = commits + 1"


class Base:
    """A transaction that notes what it touches, so that nothing can be written without being announced."""

    def __init__(self, connection: sqlite3.Connection, origin: str = "") -> None:
        self._connection = connection
        self._origin = origin
        self._blogs: set[BlogId] = set()
        self._entries: set[EntryId] = set()
        self._deliveries: set[EntryId] = set()
        self._accounts = False

    @property
    def changes(self) -> Changes:
        """What was written so far, and who began it."""
        return Changes(
            blogs=frozenset(self._blogs),
            entries=frozenset(self._entries),
            deliveries=frozenset(self._deliveries),
            accounts=self._accounts,
            origin=self._origin,
        )

    def count(self) -> None:
        """Counts this commit in the file, so that another process sees that somebody wrote."""
        self._connection.execute(_COUNT)

    def _row(self, query: str, **parameters: Any) -> Row | None:
        # A query that is not read to its end would keep its state of the database open beyond the transaction.
        found = self._connection.execute(query, parameters).fetchall()
        return found[0] if found else None

    def _rows(self, query: str, **parameters: Any) -> list[Row]:
        return self._connection.execute(query, parameters).fetchall()

    def _value(self, query: str, **parameters: Any) -> Any:
        found = self._connection.execute(query, parameters).fetchall()
        return found[0][0] if found else None

    def _do(self, statement: str, **parameters: Any) -> None:
        self._connection.execute(statement, parameters)

    def _put(self, table: Table, row: Mapping[str, Any], *key: str) -> None:
        """Keeps a row; one with the same key (the primary key, if none is named) becomes it."""
        self._connection.execute(keep(table, tuple(row), key), row)

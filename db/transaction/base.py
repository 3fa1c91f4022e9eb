"""What every group of tables needs: the connection, reading and keeping rows, and noting what was touched."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql import Executable

from db import schema
from db.rows import Row
from editor.changes import Changes
from editor.domain.ids import BlogId, EntryId

_COUNT = update(schema.tally).values(commits=schema.tally.c.commits + 1)


class Base:
    """A transaction that notes what it touches, so that nothing can be written without being announced."""

    def __init__(self, connection: Connection, origin: str = "") -> None:
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
        self._do(_COUNT)

    def _row(self, query: Executable, **parameters: str) -> Row | None:
        return self._connection.execute(query, parameters).mappings().first()

    def _rows(self, query: Executable) -> list[Row]:
        return list(self._connection.execute(query).mappings())

    def _value(self, query: Executable) -> Any:
        return self._connection.execute(query).scalar()

    def _do(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> None:
        self._connection.execute(statement, parameters)

    def _put(self, table: Table, row: Mapping[str, Any], *key: str) -> None:
        """Keeps a row; one with the same key (the primary key, if none is named) becomes it."""
        self._connection.execute(_upsert(table, tuple(row), key), row)


@cache
def _upsert(table: Table, names: tuple[str, ...], key: tuple[str, ...]) -> Executable:
    key = key or tuple(column.name for column in table.primary_key)
    statement = insert(table)
    renewed = {name: statement.excluded[name] for name in names if name not in key}
    if not renewed:
        return statement.on_conflict_do_nothing()
    return statement.on_conflict_do_update(index_elements=key, set_=renewed)

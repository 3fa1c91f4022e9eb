"""SQL that SQLAlchemy Core makes once and ``sqlite3`` itself carries out.

Carried out by Core, a statement as small as ours costs ten times what SQLite needs for it, and a request of sync takes
some twenty. All values are text, whole numbers, fractions and bytes, which both pass on as they are.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, Table, bindparam, delete, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.sqlite import dialect, insert
from sqlalchemy.sql import ClauseElement

_DIALECT = dialect(paramstyle="named")


def sql(statement: ClauseElement, *columns: str) -> str:
    """The statement's text. Values have the names of its parameters, or of the ``columns`` that it writes."""
    return str(statement.compile(dialect=_DIALECT, column_keys=list(columns) or None))


def find(
    table: Table, *keys: str, order: tuple[str, ...] = (), columns: tuple[str, ...] = ()
) -> str:
    """The rows in which the columns ``keys`` have the values of their names: all of them, or these ``columns``."""
    wanted = [table.c[name] for name in columns] or list(table.c)
    return sql(
        select(*wanted).where(*_same(table, keys)).order_by(*(table.c[name] for name in order))
    )


def remove(table: Table, *keys: str) -> str:
    """Deletes the rows in which the columns ``keys`` have the values of their names."""
    return sql(delete(table).where(*_same(table, keys)))


def change(table: Table, *columns: str, key: str) -> str:
    """Sets the columns in the rows that have this ``key``."""
    return sql(update(table).where(*_same(table, (key,))), *columns)


@cache
def add(table: Table, *columns: str) -> str:
    """A new row."""
    return sql(plain_insert(table), *columns)


@cache
def keep(table: Table, columns: tuple[str, ...], key: tuple[str, ...] = ()) -> str:
    """A row; one with the same key (the primary key, if none is named) becomes it."""
    key = key or tuple(column.name for column in table.primary_key)
    statement = insert(table)
    renewed = {name: statement.excluded[name] for name in columns if name not in key}
    if not renewed:
        return sql(statement.on_conflict_do_nothing(), *columns)
    return sql(statement.on_conflict_do_update(index_elements=key, set_=renewed), *columns)


def _same(table: Table, keys: tuple[str, ...]) -> list[ColumnElement[bool]]:
    return [table.c[name] == bindparam(name) for name in keys]

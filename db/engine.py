"""The one place that makes a SQLAlchemy engine, which brings up the schema; transactions go without (``db.pool``).

The driver's own transaction handling is switched off and BEGIN is emitted here. Otherwise SQLite's schema changes run
outside of transactions, and a migration that fails leaves a half-migrated file:
https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#enabling-non-legacy-sqlite-transactional-modes-with-the-sqlite3-or-aiosqlite-driver
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from db.connect import connect
from db.trouble import known_trouble, trouble


def make_engine(path: Path, *, foreign_keys: bool = True) -> Engine:
    """An engine for the file, for any thread. Its transactions are begun by ``writing``.

    ``foreign_keys`` is off for migrations only: SQLite can change some tables only by making them anew.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, check_same_thread=False, foreign_keys=foreign_keys),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=8,
        pool_reset_on_return="rollback",
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """A transaction that holds the writer's lock from its start; committed at the end, or not at all."""
    with _told(path), engine.connect() as plain:
        connection = plain.execution_options(begin="BEGIN IMMEDIATE")
        with connection.begin():
            yield connection


@contextmanager
def _told(path: Path) -> Iterator[None]:
    with known_trouble(path):
        try:
            yield
        except DBAPIError as error:
            known = trouble(error.orig, path) if isinstance(error.orig, sqlite3.Error) else None
            if known is None:
                raise
            raise known from error

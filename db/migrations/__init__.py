"""Bringing a database to the newest schema, forward only, inside the caller's transaction.

Alembic does the operations. Its own search for scripts is left out: it reads a folder of files, which a packaged
program does not have; here a step is a module, found as every registry of this program is.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text

from db.migrations import versions


class Step(Protocol):
    """One module of ``db.migrations.versions``."""

    REVISION: str

    def upgrade(self) -> None:
        """Changes the schema through ``alembic.op``."""
        ...


def steps() -> tuple[Step, ...]:
    """Every step there is, oldest first."""
    names = sorted(module.name for module in pkgutil.iter_modules(versions.__path__))
    return tuple(cast(Step, import_module(f"{versions.__name__}.{name}")) for name in names)


def upgrade(connection: Connection, start: str, history: Sequence[Step]) -> None:
    """Takes every step after ``start`` (empty for a new file) and notes the version, where Alembic's tools look for it.

    The caller has begun a transaction and commits it; whatever is raised here is to be rolled back.
    """
    if not start:
        connection.execute(
            text("CREATE TABLE alembic_version (version_num TEXT NOT NULL PRIMARY KEY) STRICT")
        )
        connection.execute(text("INSERT INTO alembic_version VALUES ('')"))
    with Operations.context(MigrationContext.configure(connection)):
        for step in history:
            if start < step.REVISION:
                step.upgrade()
                connection.execute(
                    text("UPDATE alembic_version SET version_num = :version"),
                    {"version": step.REVISION},
                )

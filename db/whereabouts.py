"""What a restored database may not take for true of the targets: it may be older than what they hold by now.

An entry that waited when the copy was made may have arrived since, and must not be sent as if it were new.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from db.connect import connect

_STATEMENTS = {
    "delivery": (
        "UPDATE delivery SET phase = 'in doubt', next_try = NULL"
        " WHERE unsettled = 1 AND phase = 'pending'"
    ),
    "watch": "UPDATE watch SET cursor = '', pulled = NULL, listed = NULL, emptied = 0",
}


def look_first(database: Path) -> None:
    """What waits is looked for at its target before it is sent, and what others changed is fetched from the beginning.

    The database, of any version, is closed and nobody has it open; afterwards it is one file again.
    """
    with closing(connect(database)) as connection:
        tables = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        connection.execute("BEGIN IMMEDIATE")
        for table, statement in _STATEMENTS.items():
            if table in tables:
                connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = DELETE")

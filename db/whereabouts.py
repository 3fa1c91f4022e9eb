"""What a restored database may not take for true of the targets: it may be older than what they hold by now.

An entry that waited when the copy was made may have arrived since, and must not be sent as if it were new; a photo may
have been taken away, and a blog been given another headline.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from db.connect import connect
from db.opening import version_of

_STATEMENTS = (
    (
        "0001",
        "UPDATE delivery SET phase = 'in doubt', next_try = NULL"
        " WHERE unsettled = 1 AND phase <> 'conflict'",
    ),
    ("0001", "UPDATE target SET cover = 'before the restore' WHERE cover <> ''"),
    ("0002", "UPDATE asset_remote SET sure = 0"),
    ("0003", "UPDATE watch SET cursor = '', pulled = NULL, listed = NULL, emptied = 0"),
)
"""What is forgotten, and since which version of the schema there is such a thing."""


def look_first(database: Path) -> None:
    """What waits is looked for at its target before it is sent, and what others changed is fetched from the beginning.

    The database, of any version, is closed and nobody has it open; afterwards it is one file again.
    """
    with closing(connect(database)) as connection:
        version = version_of(connection) or ""
        connection.execute("BEGIN IMMEDIATE")
        for since, statement in _STATEMENTS:
            if since <= version:
                connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = DELETE")

"""0003: what sync needs to fetch back what others changed: conflicts, where a pull stands, a log of each request.

A request's settle time is told by the steady clock from now on, which nothing written before this step knows. What is
left of an open one's time moves into the row that waits for it, so that it is looked for no sooner than it would have
been.
"""

from __future__ import annotations

from alembic import op

REVISION = "0003"

_OPEN = "op.state IN ('in flight', 'ambiguous')"

_STATEMENTS = (
    "ALTER TABLE op ADD COLUMN steady REAL NOT NULL DEFAULT 0.0",
    "ALTER TABLE op ADD COLUMN settle REAL NOT NULL DEFAULT 0.0",
    "ALTER TABLE op ADD COLUMN text_only INTEGER NOT NULL DEFAULT 0",
    f"""
    UPDATE delivery SET next_try = max(coalesce(next_try, 0), coalesce((
        SELECT max(settle_until) FROM op
        WHERE op.entry = delivery.entry AND op.target = delivery.target AND {_OPEN}
    ), 0))
    WHERE EXISTS (
        SELECT 1 FROM op
        WHERE op.entry = delivery.entry AND op.target = delivery.target AND {_OPEN}
    )
    """,
    f"UPDATE op SET settle = max(0, settle_until - sent) / 1000000.0 "
    f"WHERE settle_until IS NOT NULL AND {_OPEN}",
    "ALTER TABLE op DROP COLUMN settle_until",
    "ALTER TABLE delivery ADD COLUMN held_text_only INTEGER NOT NULL DEFAULT 0",
    # Nothing was ever kept in it.
    "DROP TABLE conflict",
    """
    CREATE TABLE conflict (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        entry TEXT NOT NULL REFERENCES entry (id),
        target TEXT NOT NULL REFERENCES target (id),
        base TEXT REFERENCES revision (id),
        mine TEXT NOT NULL REFERENCES revision (id),
        theirs TEXT NOT NULL REFERENCES revision (id),
        found INTEGER NOT NULL,
        settled INTEGER
    ) STRICT
    """,
    "CREATE UNIQUE INDEX conflict_open ON conflict (entry, target) WHERE settled IS NULL",
    "CREATE INDEX conflict_target ON conflict (target)",
    """
    CREATE TABLE watch (
        target TEXT NOT NULL PRIMARY KEY REFERENCES target (id),
        cursor TEXT NOT NULL,
        pulled INTEGER,
        listed INTEGER,
        sweep INTEGER,
        emptied INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # The lines of an entry are numbered. The target is only a name: its lines outlive it.
    """
    CREATE TABLE log (
        entry TEXT NOT NULL REFERENCES entry (id),
        line INTEGER NOT NULL,
        target TEXT NOT NULL,
        at INTEGER NOT NULL,
        act TEXT NOT NULL,
        outcome TEXT NOT NULL,
        status INTEGER NOT NULL,
        request_id TEXT NOT NULL,
        sent INTEGER NOT NULL,
        took REAL NOT NULL,
        next_try INTEGER,
        code TEXT NOT NULL,
        PRIMARY KEY (entry, line)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TRIGGER log_no_update BEFORE UPDATE ON log "
    "BEGIN SELECT raise(ABORT, 'log is append-only'); END",
)


def upgrade() -> None:
    """Adds and makes anew what the ledger holds beside its rows."""
    for statement in _STATEMENTS:
        op.execute(statement)

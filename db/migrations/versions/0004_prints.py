"""0004: photos are sent as prints, posts are kept as snapshots, and a blog says what stops a release.

A rendition belongs to a print, which is an asset or what an entry asks for of one, so it refers to no asset's row any
more. Nothing was ever kept in ``snapshot``.
"""

from __future__ import annotations

from alembic import op

REVISION = "0004"

_STATEMENTS = (
    """
    CREATE TABLE print_rendition (
        id TEXT NOT NULL,
        asset TEXT NOT NULL,
        mime TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        size INTEGER NOT NULL,
        PRIMARY KEY (id, asset)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO print_rendition SELECT id, asset, mime, width, height, size FROM rendition",
    "DROP TABLE rendition",
    "ALTER TABLE print_rendition RENAME TO rendition",
    "CREATE INDEX rendition_asset ON rendition (asset, mime, width)",
    # Those that a text needs which its desk brought back are looked for in every pass.
    "CREATE INDEX asset_remote_unsure ON asset_remote (target, rendition) WHERE sure = 0",
    # What the photo's own file says of it, as JSON.
    "ALTER TABLE asset ADD COLUMN told TEXT NOT NULL DEFAULT '{}'",
    # The kind of picture that is sent there.
    "ALTER TABLE target ADD COLUMN media TEXT NOT NULL DEFAULT 'image/jpeg'",
    # What its desk wants preflight to stop, or to let pass with a warning, as JSON.
    "ALTER TABLE blog ADD COLUMN checks TEXT NOT NULL DEFAULT '{}'",
    "DROP TABLE snapshot",
    # ``id`` is the SHA-256 of ``data``.
    """
    CREATE TABLE snapshot (
        id TEXT NOT NULL PRIMARY KEY,
        url TEXT NOT NULL,
        captured INTEGER NOT NULL,
        data BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX snapshot_url ON snapshot (url, captured)",
    "CREATE TRIGGER snapshot_no_update BEFORE UPDATE ON snapshot "
    "BEGIN SELECT raise(ABORT, 'a snapshot is never changed'); END",
)


def upgrade() -> None:
    """Makes the tables anew that change, and adds the columns."""
    for statement in _STATEMENTS:
        op.execute(statement)

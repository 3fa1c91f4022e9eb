"""0002: photos at a target may be in doubt, or no more needed there.

What no entry shows any more at a target that got it before this step is found by the last statement.
"""

from __future__ import annotations

from alembic import op

REVISION = "0002"

_NEEDED = """
EXISTS (
    SELECT 1 FROM rendition
    JOIN revision_asset ON revision_asset.asset = rendition.asset
    JOIN revision ON revision.id = revision_asset.revision
    JOIN delivery ON delivery.entry = revision.entry AND delivery.target = asset_remote.target
    WHERE rendition.id = asset_remote.rendition AND (
        (delivery.held_visibility IN ('desk', 'public')
            AND coalesce(delivery.held_revision, revision.id) = revision.id)
        OR (delivery.wanted_visibility IN ('desk', 'public')
            AND coalesce(delivery.wanted_revision, revision.id) = revision.id)
        OR (delivery.phase = 'in doubt' AND EXISTS (
            SELECT 1 FROM op
            WHERE op.entry = delivery.entry AND op.target = delivery.target
                AND op.revision = revision.id AND op.visibility IN ('desk', 'public')
                AND op.state IN ('in flight', 'ambiguous')
        ))
    )
)"""


def upgrade() -> None:
    """Adds ``sure`` (the target confirmed to hold it) and ``loose`` (no entry needs it there)."""
    op.execute("ALTER TABLE asset_remote ADD COLUMN sure INTEGER NOT NULL DEFAULT 1")
    op.execute("ALTER TABLE asset_remote ADD COLUMN loose INTEGER NOT NULL DEFAULT 0")
    op.execute(
        "CREATE INDEX asset_remote_loose ON asset_remote (target, rendition) WHERE loose = 1"
    )
    op.execute(f"UPDATE asset_remote SET loose = NOT {_NEEDED}")

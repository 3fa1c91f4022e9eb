"""0005: a delivery knows when its target makes the entry public by itself, where a schedule was given over to it."""

from __future__ import annotations

from alembic import op

REVISION = "0005"


def upgrade() -> None:
    """Adds the column."""
    op.execute("ALTER TABLE delivery ADD COLUMN held_due INTEGER")

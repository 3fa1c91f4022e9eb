"""Notices: what sync did or found that a person should know. They need no decision, only to be seen."""

from __future__ import annotations

from editor.changes import Changes
from editor.ports import Room


def seen(room: Room, notice: int) -> Changes:
    """Puts a notice away for good; what it was about stays in the entry's history."""
    with room.store.write() as tx:
        tx.see_notice(notice, room.clock.now())
    return tx.changes

"""Protecting a source: what an entry's photos tell is dropped, and nothing of it is looked up on networks.

The mark is no part of the content and never leaves the laptop: that an entry has a source to protect is itself to be
kept from others.
"""

from __future__ import annotations

from msgspec.structs import replace

from editor.changes import Changes
from editor.content.protected import protected
from editor.desk.working import set_aside, touched, working_content
from editor.desk.writing import keep_draft
from editor.domain.ids import EntryId
from editor.domain.stages import must_be_editable
from editor.ports import Room


def protect(room: Room, entry: EntryId, on: bool) -> Changes:
    """Begins or ends protecting the source of an entry.

    Photos of the working text lose their rights and location; the text as it was stays in the history on this laptop.
    What is public already stays as it is until the change is released. Raises ``Refused`` for a withdrawn entry.
    """
    with room.store.write() as tx:
        kept = tx.entry(entry)
        must_be_editable(kept)
        if kept.protect_source is not on:
            after = replace(touched(room, kept), protect_source=on)
            tx.put_entry(after)
            content = working_content(tx, kept)
            bare = protected(content) if on else content
            if bare is not content:
                set_aside(room, tx, kept)
                keep_draft(room, tx, after, bare)
            what = "protect source" if on else "protect source no more"
            tx.audit(room.clock.now(), what, entry)
    return tx.changes

"""Makes an entry that the laptop and the desk have changed since both knew it, as sync finds it at a target."""

from __future__ import annotations

from msgspec.structs import replace

from editor.content.entry import Content, digest
from editor.desk import release, writing
from editor.domain.entry import Kind, Origin, Revision
from editor.domain.ids import EntryId, RevisionId, TargetId
from editor.domain.stages import came_back
from editor.ports import Room
from editor.problems import Problem
from editor.sync.delivery import Held, Phase, Visibility
from editor.sync.records import Conflict


def clash(room: Room, entry: EntryId, base: Content, mine: Content, theirs: Content) -> TargetId:
    """Publishes ``base`` and then ``mine``; meanwhile the target holds ``theirs``. Returns the target."""
    writing.save_draft(room, entry, base)
    release.publish(room, entry)
    with room.store.write() as tx:
        known = tx.entry(entry).head
        (row,) = tx.deliveries(entry)
        held = Held(revision=known, visibility=Visibility.PUBLIC, ref="7", version="1")
        tx.put_delivery(replace(row, held=held, phase=Phase.DONE))
    writing.save_draft(room, entry, mine)
    release.correct(room, entry, Kind.UPDATE, "What we know now.")
    found = of_the_desk(room, entry, theirs)
    with room.store.write("sync") as tx:
        (row,) = tx.deliveries(entry)
        held = replace(row.held, revision=found.id, version="2")
        problem = Problem(code="remote-changed")
        tx.put_delivery(replace(row, held=held, phase=Phase.CONFLICT, problem=problem))
        head = tx.entry(entry).head
        assert head is not None
        tx.put_conflict(
            Conflict(
                entry=entry,
                target=row.target,
                base=known,
                mine=head,
                theirs=found.id,
                found=room.clock.now(),
            )
        )
    return row.target


def overtake(room: Room, entry: EntryId, base: Content, mine: Content, theirs: Content) -> None:
    """Publishes ``base``; ``mine`` is the draft, and the desk has changed the entry to ``theirs`` meanwhile."""
    writing.save_draft(room, entry, base)
    release.publish(room, entry)
    writing.save_draft(room, entry, mine)
    found = of_the_desk(room, entry, theirs)
    with room.store.write("sync") as tx:
        tx.put_entry(came_back(tx.entry(entry), found, room.clock.now(), public=True))


def of_the_desk(room: Room, entry: EntryId, content: Content) -> Revision:
    """A revision that was fetched."""
    with room.store.write("sync") as tx:
        revision = Revision(
            id=RevisionId(room.ids.fresh()),
            entry=entry,
            number=max((each.number for each in tx.revisions(entry)), default=0) + 1,
            content=content,
            digest=digest(content),
            kind=Kind.PULL,
            origin=Origin.DESK,
            at=room.clock.now(),
            parent=tx.entry(entry).head,
            author="Desk B",
        )
        tx.add_revision(revision)
    return revision

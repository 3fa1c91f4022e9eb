"""Choosing between what was written here and what the desk made of the same entry meanwhile.

Two places need it: a target that holds a text of theirs which clashes with ours (a stored conflict), and a draft that
was begun before the desk changed the entry (an overtaken draft). Nothing becomes public by choosing, so the writer may
choose as well as the desk; and whatever is chosen, all the texts stay in the entry's history.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from editor.changes import Changes
from editor.content.entry import Content
from editor.content.merge import merge
from editor.desk.working import is_overtaken, new_revision, set_aside, touched
from editor.domain.entry import Draft, Entry, Kind, Origin, Revision
from editor.domain.ids import EntryId, TargetId
from editor.domain.stages import came_back, must_be_editable
from editor.ports import Room, Transaction
from editor.problems import refuse
from editor.sync.delivery import Delivery, Visibility, Wanted
from editor.sync.incoming import carry_on
from editor.sync.intent import again
from editor.sync.records import Conflict


class Overtaken(msgspec.Struct, frozen=True, kw_only=True):
    """The three texts of an overtaken draft: what it was begun from, the draft, and what the desk made meanwhile."""

    base: Content
    mine: Content
    theirs: Content
    author: str = ""


def settle(
    room: Room,
    entry: EntryId,
    target: TargetId,
    content: Content,
    *,
    seen: tuple[Content, Content] | None = None,
) -> Changes:
    """A person chose ``content`` where two texts clashed at a target; ``seen`` are ours and theirs as the person saw them.

    It is the entry's newest text from then on. Where it is theirs word for word nothing needs review; any other waits
    for the desk, and what readers see stays theirs until then. A draft is not touched: it is overtaken.

    Raises ``Refused``: ``no-such-conflict``, ``changed-meanwhile``, ``entry-withdrawn``.
    """
    with room.store.write() as tx:
        conflict, delivery = _open(tx, entry, target)
        kept = tx.entry(entry)
        must_be_editable(kept)
        theirs = tx.revision(conflict.theirs)
        ours = tx.revision(kept.head or conflict.mine)
        if seen is not None and seen != (ours.content, theirs.content):
            raise refuse("changed-meanwhile", entry=entry)
        now = room.clock.now()
        head = None
        if content != theirs.content:
            head = _together(room, tx, kept, content, ours, theirs)
            tx.add_revision(head)
        public = delivery.held.visibility is Visibility.PUBLIC
        after = came_back(kept, theirs, now, public=public, head=head)
        _put(tx, after, content)
        newest = theirs if public or head is None else head
        wanted = Wanted(revision=newest.id, visibility=delivery.held.visibility)
        tx.put_delivery(again(replace(delivery, wanted=wanted)))
        tx.settle_conflict(entry, target, now)
        carry_on(tx, delivery, after, theirs.id if public else None, over=head is None)
        tx.audit(now, "settle conflict", entry, target)
    return tx.changes


def overtaken(room: Room, entry: EntryId) -> Overtaken | None:
    """The three texts of an entry whose draft the desk has overtaken; None for any other."""
    with room.store.read() as tx:
        return _overtaken(tx, tx.entry(entry))


def bring_in(room: Room, entry: EntryId) -> Changes:
    """Puts what the desk changed into the draft, which can be released then. The draft as it was stays in the history.

    Nothing is done where the draft is not overtaken. Raises ``Refused`` (``choose-first``) where the texts clash.
    """
    with room.store.write() as tx:
        kept = tx.entry(entry)
        texts = _overtaken(tx, kept)
        if texts is not None:
            merged = merge(texts.base, texts.mine, texts.theirs)
            if merged is None:
                raise refuse("choose-first", entry=entry)
            _redraft(room, tx, kept, merged)
    return tx.changes


def settle_draft(
    room: Room, entry: EntryId, content: Content, *, seen: tuple[Content, Content] | None = None
) -> Changes:
    """A person chose ``content`` where an overtaken draft clashed with the desk's text. It is the draft from then on.

    Raises ``Refused``: ``no-such-conflict``, ``changed-meanwhile``, ``entry-withdrawn``.
    """
    with room.store.write() as tx:
        kept = tx.entry(entry)
        texts = _overtaken(tx, kept)
        if texts is None:
            raise refuse("no-such-conflict", entry=entry)
        if seen is not None and seen != (texts.mine, texts.theirs):
            raise refuse("changed-meanwhile", entry=entry)
        _redraft(room, tx, kept, content)
    return tx.changes


def _open(tx: Transaction, entry: EntryId, target: TargetId) -> tuple[Conflict, Delivery]:
    conflict, delivery = tx.conflict(entry, target), tx.delivery(entry, target)
    if conflict is None or delivery is None:
        raise refuse("no-such-conflict", entry=entry)
    return conflict, delivery


def _together(
    room: Room, tx: Transaction, entry: Entry, content: Content, ours: Revision, theirs: Revision
) -> Revision:
    revision = new_revision(room, tx, entry, content, Kind.PULL)
    return replace(revision, origin=Origin.MERGE, parent=ours.id, merge_parent=theirs.id)


def _put(tx: Transaction, entry: Entry, content: Content) -> None:
    """Keeps the entry; a draft that says the same as its newest text is used up, and lists show any other."""
    draft = tx.draft(entry.id)
    if draft is not None and draft.content == content:
        tx.drop_draft(entry.id)
        draft = None
    tx.put_entry(entry, shown=content if draft is None else None)


def _overtaken(tx: Transaction, entry: Entry) -> Overtaken | None:
    draft = tx.draft(entry.id)
    if draft is None or draft.base is None or entry.head is None or not is_overtaken(entry, draft):
        return None
    head = tx.revision(entry.head)
    return Overtaken(
        base=tx.revision(draft.base).content,
        mine=draft.content,
        theirs=head.content,
        author=head.author,
    )


def _redraft(room: Room, tx: Transaction, entry: Entry, content: Content) -> None:
    """Makes it the draft of the entry's newest text; the draft that gives way is kept in the history."""
    must_be_editable(entry)
    set_aside(room, tx, entry)
    tx.drop_draft(entry.id)
    now = room.clock.now()
    if entry.head is None or tx.revision(entry.head).content != content:
        tx.put_draft(Draft(entry=entry.id, content=content, saved=now, base=entry.head))
    else:
        tx.put_entry(touched(room, entry), shown=content)
    tx.audit(now, "bring in the desk's text", entry.id)

"""Writing: new entries, drafts, and the small changes that are made to a draft. None of it leaves the laptop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec.structs import replace

from editor.changes import Changes
from editor.content.block import Block
from editor.content.entry import Content
from editor.content.protected import protected
from editor.desk.working import set_aside, touched, working_content
from editor.domain.entry import Draft, Entry
from editor.domain.ids import BlogId, EntryId, RevisionId
from editor.domain.stages import must_be_editable
from editor.ports import Room, Transaction
from editor.problems import refuse


def new_entry(
    room: Room,
    blog: BlogId,
    content: Content | None = None,
    *,
    entry: EntryId | None = None,
    protect_source: bool = False,
) -> Changes:
    """A new draft in a blog; its time is now unless the content says another. Its id is in the changes' ``entries``."""
    with room.store.write() as tx:
        begin(room, tx, blog, content or Content(), entry, protect_source=protect_source)
    return tx.changes


def save_draft(
    room: Room,
    entry: EntryId,
    content: Content,
    origin: str = "",
    *,
    base: RevisionId | None = None,
) -> Changes:
    """Keeps what was typed. Safe on disk when it returns; raises ``Refused`` for a withdrawn entry.

    ``base`` is the revision that the writer saw when the text was begun; the newest one where it is not told.
    """
    with room.store.write(origin) as tx:
        keep_draft(room, tx, tx.entry(entry), content, base)
    return tx.changes


def discard_changes(room: Room, entry: EntryId) -> Changes:
    """Takes the working text back to the newest revision; what was typed since stays in the history.

    Raises ``Refused`` where there is no revision to go back to.
    """
    with room.store.write() as tx:
        kept = tx.entry(entry)
        must_be_editable(kept)
        if kept.head is None:
            raise refuse("nothing-to-go-back-to", entry=entry)
        set_aside(room, tx, kept)
        tx.drop_draft(entry)
        tx.put_entry(touched(room, kept), shown=tx.revision(kept.head).content)
    return tx.changes


def duplicate(room: Room, entry: EntryId) -> Changes:
    """A new draft with the same words and photos, its time now, neither pinned nor a key event.

    A source that is protected stays so.
    """
    with room.store.read() as tx:
        kept = tx.entry(entry)
        content = working_content(tx, kept)
    copy = replace(content, time=None, embargo=None, pinned=False, key_event=False)
    return new_entry(room, kept.blog, copy, protect_source=kept.protect_source)


def restore(room: Room, entry: EntryId, revision: RevisionId) -> Changes:
    """Makes an old revision the working text; the one it replaces stays in the history. Nothing public changes."""
    with room.store.write() as tx:
        kept = tx.entry(entry)
        old = tx.revision(revision)
        if old.entry != entry:
            raise refuse("no-such-revision", revision=revision)
        must_be_editable(kept)
        set_aside(room, tx, kept)
        keep_draft(room, tx, kept, old.content)
    return tx.changes


def pin(room: Room, entry: EntryId, on: bool) -> Changes:
    """Marks the working text as pinned on top of the page, or not."""
    return _change(room, entry, lambda content: replace(content, pinned=on))


def mark_key_event(room: Room, entry: EntryId, on: bool) -> Changes:
    """Marks the working text as a key event, or not."""
    return _change(room, entry, lambda content: replace(content, key_event=on))


def mark_unverified(room: Room, entry: EntryId, on: bool) -> Changes:
    """Marks the working text as not verified, or not."""
    return _change(room, entry, lambda content: replace(content, unverified=on))


def label(room: Room, entry: EntryId, labels: tuple[str, ...]) -> Changes:
    """Gives the working text these labels, each once, in their order."""
    clean = tuple(dict.fromkeys(" ".join(word.split()) for word in labels if word.strip()))
    return _change(room, entry, lambda content: replace(content, labels=clean))


def set_time(room: Room, entry: EntryId, time: datetime) -> Changes:
    """Sets when it happened, which is its place on the page. ``time`` must say its zone."""
    if time.tzinfo is None:
        raise refuse("time-without-zone", field="time")
    return _change(room, entry, lambda content: replace(content, time=time))


def add_blocks(room: Room, entry: EntryId, blocks: Iterable[Block]) -> Changes:
    """Puts blocks at the end of the working text."""
    added = tuple(blocks)
    return _change(room, entry, lambda content: replace(content, body=(*content.body, *added)))


def move_block(room: Room, entry: EntryId, start: int, to: int) -> Changes:
    """Moves the block at ``start`` so that it stands at ``to``, both counted from nought."""

    def moved(content: Content) -> Content:
        body = list(content.body)
        if not (0 <= start < len(body) and 0 <= to < len(body)):
            raise refuse("no-such-block", number=start)
        body.insert(to, body.pop(start))
        return replace(content, body=tuple(body))

    return _change(room, entry, moved)


def _change(room: Room, entry: EntryId, change: Callable[[Content], Content]) -> Changes:
    with room.store.write() as tx:
        kept = tx.entry(entry)
        keep_draft(room, tx, kept, change(working_content(tx, kept)))
    return tx.changes


def begin(
    room: Room,
    tx: Transaction,
    blog: BlogId,
    content: Content,
    entry: EntryId | None = None,
    *,
    protect_source: bool = False,
) -> EntryId:
    """Within a transaction: a new draft, its time now unless the content says another."""
    now = room.clock.now()
    place = tx.blog(blog)
    if content.time is None:
        content = replace(content, time=now.astimezone(place.zone).replace(microsecond=0))
    if protect_source:
        content = protected(content)
    fresh = Entry(
        id=entry or EntryId(room.ids.fresh()),
        blog=blog,
        seq=tx.next_seq(blog),
        created=now,
        changed=now,
        protect_source=protect_source,
    )
    if tx.has_entry(fresh.id):
        raise refuse("entry-exists", entry=fresh.id)
    tx.put_entry(fresh, shown=content)
    tx.put_draft(Draft(entry=fresh.id, content=content, saved=now))
    return fresh.id


def keep_draft(
    room: Room, tx: Transaction, entry: Entry, content: Content, base: RevisionId | None = None
) -> None:
    """Within a transaction: keeps the content as the draft; what the newest revision says as well needs none.

    What a draft was begun from stays, whatever the desk does to the entry meanwhile. Photos of a protected source tell
    neither who made them nor where.
    """
    must_be_editable(entry)
    if entry.protect_source:
        content = protected(content)
    if entry.head is not None and tx.revision(entry.head).content == content:
        tx.drop_draft(entry.id)
        tx.put_entry(touched(room, entry), shown=content)
        return
    draft = tx.draft(entry.id)
    begun = base or entry.head if draft is None else draft.base
    tx.put_draft(Draft(entry=entry.id, content=content, saved=room.clock.now(), base=begun))

"""What the use cases share: an entry's working text, a revision made of it, and the role over a blog."""

from __future__ import annotations

from msgspec.structs import replace

from editor.content.entry import Content, digest
from editor.domain.blog import Role
from editor.domain.entry import Draft, Entry, Kind, Origin, Revision
from editor.domain.ids import BlogId, RevisionId
from editor.domain.roles import role_over
from editor.ports import Room, Transaction


def working_content(tx: Transaction, entry: Entry) -> Content:
    """What the writer sees: the draft, or the newest revision where nothing was typed since."""
    draft = tx.draft(entry.id)
    if draft is not None:
        return draft.content
    return tx.revision(entry.head).content if entry.head else Content()


def role_in(tx: Transaction, blog: BlogId) -> Role:
    """What this laptop's user may do in a blog: the least of what its accounts allow."""
    return role_over(tx.account(target.account).role for target in tx.targets(blog))


def snapshot(
    room: Room, tx: Transaction, entry: Entry, kind: Kind, note: str = "", *, anew: bool = False
) -> Revision:
    """The working text as a revision: the newest one where it says the same, else a new one. The draft is used up.

    ``anew`` makes one in any case: what is sent again after it came back has to be told from what was sent before.
    """
    content = working_content(tx, entry)
    head = tx.revision(entry.head) if entry.head else None
    if head is not None and head.content == content and head.kind is kind and not note and not anew:
        tx.drop_draft(entry.id)
        return head
    revision = new_revision(room, tx, entry, content, kind, note)
    tx.add_revision(revision)
    tx.drop_draft(entry.id)
    return revision


def set_aside(room: Room, tx: Transaction, entry: Entry) -> None:
    """Keeps the draft in the history before another text takes its place, so that nothing typed is lost."""
    draft = tx.draft(entry.id)
    if draft is None or draft.content.is_empty():
        return
    if any(revision.content == draft.content for revision in tx.revisions(entry.id)):
        return
    aside = new_revision(room, tx, entry, draft.content, Kind.SET_ASIDE)
    tx.add_revision(replace(aside, parent=draft.base or aside.parent))


def is_overtaken(entry: Entry, draft: Draft | None) -> bool:
    """Whether the draft was begun from an older revision than the newest: the desk changed the entry since."""
    return draft is not None and draft.base is not None and draft.base != entry.head


def new_revision(
    room: Room, tx: Transaction, entry: Entry, content: Content, kind: Kind, note: str = ""
) -> Revision:
    """A revision of this content, made here and now out of the newest one. It is not kept yet."""
    role = role_in(tx, entry.blog)
    return Revision(
        id=RevisionId(room.ids.fresh()),
        entry=entry.id,
        number=max((revision.number for revision in tx.revisions(entry.id)), default=0) + 1,
        content=content,
        digest=digest(content),
        kind=kind,
        origin=Origin.FIELD if role is Role.CORRESPONDENT else Origin.DESK,
        at=room.clock.now(),
        parent=entry.head,
        note=note.strip(),
        author=room.author,
        device=room.device,
    )


def touched(room: Room, entry: Entry) -> Entry:
    """The entry with its last change set to now."""
    return replace(entry, changed=room.clock.now())

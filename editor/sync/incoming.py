"""What others did to an entry at a target, brought into the store: forward, merged, or a conflict for a person.

The draft, which somebody may be typing, is never touched here. Every text of theirs becomes a revision before anything
else is done with it, so that none is ever lost.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from editor.content.entry import Content, assets, digest, prints, without_photos
from editor.content.merge import merge
from editor.domain.entry import Entry, Kind, Origin, Revision, Stage
from editor.domain.ids import AssetId, RevisionId
from editor.domain.stages import NO_NOTE, came_back, returned, unscheduled
from editor.problems import Problem
from editor.sync.backend import Found
from editor.sync.delivery import Delivery, Op, OpState, Phase, Visibility, Wanted
from editor.sync.intent import OFF, rested, want
from editor.sync.ledger import Fresh, Ledger
from editor.sync.reconcile import Seen, may_hold_whole
from editor.sync.records import Conflict, Notice

CHANGED = "remote-changed"
UNREADABLE = "remote-unreadable"


def bring_in(
    tx: Ledger, ids: Fresh, before: Delivery, op: Op | None, seen: Seen, now: datetime
) -> Delivery:
    """The row after what ``seen`` found of others was brought in.

    ``before`` is the row as it was before the look, ``op`` its last request: what a creation without an answer sent is
    what others began from.
    """
    found, row = seen.theirs, seen.row
    if seen.late:
        _tell(tx, row, "older-text-replaced", now)
    if found is None:
        return row
    if op is not None and _began_from(tx, op, before, found):
        sent = replace(before.held, revision=op.revision, text_only=op.text_only)
        before = replace(before, held=sent)
    entry = tx.entry(row.entry)
    if row.wanted.visibility in OFF or found.held.visibility in OFF:
        keep_replaced(tx, ids, row, (found,), now)
        return row
    ours = tx.revision(seen.revision) if seen.revision is not None else None
    if ours is not None and ours.digest == found.held.digest and _is_whole(before, ours.id):
        theirs = ours
    elif found.content is not None:
        theirs = _revision(tx, ids, row, found, found.content, now)
    else:
        return _stopped(row, UNREADABLE)
    _doubt_photos(tx, row, theirs.content)
    row = replace(row, held=replace(row.held, revision=theirs.id, digest=found.held.digest))
    return _together(tx, ids, entry, before, row, theirs, now)


def keep_replaced(
    tx: Ledger, ids: Fresh, row: Delivery, found: tuple[Found, ...], now: datetime
) -> None:
    """Keeps the texts of others that a write of ours replaced, and tells of them (N3 DESK-SAFE)."""
    for each in found:
        if each.content is None:
            continue
        known = {revision.digest for revision in tx.revisions(row.entry)}
        if digest(each.content) not in known:
            _revision(tx, ids, row, each, each.content, now)
        _tell(tx, row, "desk-text-replaced", now)


def _together(
    tx: Ledger,
    ids: Fresh,
    entry: Entry,
    before: Delivery,
    row: Delivery,
    theirs: Revision,
    now: datetime,
) -> Delivery:
    """Their text and the laptop's own, which is the entry's newest revision."""
    mine = tx.revision(entry.head) if entry.head is not None else theirs
    base = _base(tx, before)
    if base is not None and mine.content == base:
        return _forward(tx, entry, before, row, theirs, now)
    together = merge(base, mine.content, theirs.content)
    if together is None:
        conflict = Conflict(
            entry=entry.id,
            target=row.target,
            # a base without its photos is no revision; with them the page would take them for removed by the desk
            base=None if before.held.text_only else before.held.revision,
            mine=mine.id,
            theirs=theirs.id,
            found=now,
        )
        tx.put_conflict(conflict)
        return _stopped(row, CHANGED)
    if together == theirs.content:
        return _forward(tx, entry, before, row, theirs, now)
    public = row.held.visibility is Visibility.PUBLIC
    if together == mine.content:
        # all they did is in the laptop's own text already, and whoever approved that saw it
        will_be_public = row.wanted.visibility is Visibility.PUBLIC
        if row.wanted.revision == mine.id and (will_be_public or not public):
            return rested(row)
        head = mine
    else:
        head = replace(
            _of(tx, ids, entry, together, now),
            origin=Origin.MERGE,
            parent=mine.id,
            merge_parent=theirs.id,
        )
        tx.add_revision(head)
    after = came_back(entry, theirs, now, public=public, head=head)
    _put(tx, after, together)
    carry_on(tx, row, after, theirs.id if public else None, over=False)
    _tell(tx, row, "desk-merged", now)
    return _accepted(row, theirs.id)


def _forward(
    tx: Ledger, entry: Entry, before: Delivery, row: Delivery, theirs: Revision, now: datetime
) -> Delivery:
    """Only they changed it: their text is the entry's from now on, at every target where readers see it."""
    public = row.held.visibility is Visibility.PUBLIC
    after = came_back(entry, theirs, now, public=public)
    _put(tx, after, theirs.content)
    carry_on(tx, row, after, theirs.id if public else None, over=True)
    published = public and before.held.visibility is not Visibility.PUBLIC
    _tell(tx, row, "desk-published" if published else "desk-changed", now)
    return _accepted(row, theirs.id)


def send_back(tx: Ledger, row: Delivery, note: str, now: datetime) -> None:
    """The desk sent the submission back, there."""
    entry = tx.entry(row.entry)
    if entry.stage is Stage.SUBMITTED and entry.submitted is not None:
        tx.put_entry(returned(entry, note.strip() or NO_NOTE, now))
        _tell(tx, row, "desk-returned", now)


def rescheduled(tx: Ledger, before: Delivery, after: Delivery, now: datetime) -> Delivery:
    """The row, once the desk moved a schedule there that was given over, or took it off: then it waits for the desk."""
    was, due = before.held.due, after.held.due
    entry = tx.entry(after.entry)
    kept = was is not None and was > now and entry.stage is Stage.SCHEDULED
    if not kept or due == was or after.held.visibility is not Visibility.DESK:
        return after
    if due is not None:
        tx.put_entry(replace(entry, not_before=due, changed=now))
        _tell(tx, after, "desk-rescheduled", now)
        return replace(after, wanted=replace(after.wanted, not_before=due))
    tx.put_entry(unscheduled(entry, now))
    _tell(tx, after, "desk-unscheduled", now)
    return rested(_wants(after, after.wanted.revision, Visibility.DESK))


def carry_on(
    tx: Ledger, row: Delivery, after: Entry, theirs: RevisionId | None, *, over: bool
) -> None:
    """The other targets, once an entry came back from the one of ``row``.

    ``theirs`` is what readers see there. It goes to every target that shall show the entry; ``over`` what readers see
    there already only where nobody's text is pushed aside by it. Where ``theirs`` is None and the entry has lost its
    approval, it is not to become public elsewhere either, until somebody releases it again.
    """
    public = Visibility.PUBLIC
    for other in tx.deliveries(row.entry):
        if other.target == row.target or other.wanted.visibility is not public:
            continue
        held, shown = other.held.revision, other.held.visibility
        if theirs is not None:
            keeps = shown is public and not over and not _is_ours(tx, other)
            tx.put_delivery(_wants(other, held or theirs if keeps else theirs, public))
        elif after.approved is None and shown is not public:
            private = held if shown is Visibility.DESK else None
            tx.put_delivery(_wants(other, private, Visibility.DESK if private else Visibility.NONE))


def _is_ours(tx: Ledger, row: Delivery) -> bool:
    """Whether what a target holds was sent there from here, and not written there by somebody."""
    op = tx.last_op(row.entry, row.target)
    return op is not None and op.state is OpState.CONFIRMED and op.revision == row.held.revision


def _wants(row: Delivery, revision: RevisionId | None, visibility: Visibility) -> Delivery:
    return want(row, entry=row.entry, target=row.target, revision=revision, visibility=visibility)


def _doubt_photos(tx: Ledger, row: Delivery, content: Content) -> None:
    """A photo of a text of theirs may have been taken away from there by us: what is not known to be there is in doubt."""
    mime = tx.target(row.target).media
    for name in prints(content):
        for rendition in tx.renditions(AssetId(name)):
            if rendition.mime == mime and not tx.media_at(row.target, rendition.id):
                tx.doubt_media_at(row.target, rendition.id)


def _accepted(row: Delivery, theirs: RevisionId) -> Delivery:
    """What lies at the target is what is wanted there, until somebody releases another text."""
    wanted = Wanted(revision=theirs, visibility=row.held.visibility)
    row = replace(row, wanted=wanted, phase=Phase.PENDING, problem=None, attempts=0)
    return rested(replace(row, held=replace(row.held, text_only=False)))


def _stopped(row: Delivery, code: str) -> Delivery:
    return replace(row, phase=Phase.CONFLICT, problem=Problem(code=code), next_try=None)


def _began_from(tx: Ledger, op: Op, before: Delivery, found: Found) -> bool:
    """Whether others began from what ``op`` sent, rather than from what we knew to be there before it.

    Where only the photos are between the two, a photo in their text shows it, and so does a text that is ours but for them.
    """
    if before.held.revision is None or op.revision is None:
        return True
    if not may_hold_whole(before.held, op) or found.content is None:
        return False
    ours = set(assets(tx.revision(op.revision).content))
    return bool(ours & set(assets(found.content))) or found.held.digest == before.held.digest


def _is_whole(before: Delivery, revision: RevisionId) -> bool:
    """Whether the target was known to hold this very revision, photos and all."""
    return before.held.revision == revision and not before.held.text_only


def _base(tx: Ledger, before: Delivery) -> Content | None:
    """What both sides started from: the text that we last knew to be there."""
    if before.held.revision is None:
        return None
    content = tx.revision(before.held.revision).content
    return without_photos(content) if before.held.text_only else content


def _put(tx: Ledger, entry: Entry, content: Content) -> None:
    """Keeps the entry; lists show the draft, where there is one."""
    tx.put_entry(entry, None if tx.draft(entry.id) is not None else content)


def _revision(
    tx: Ledger, ids: Fresh, row: Delivery, found: Found, content: Content, now: datetime
) -> Revision:
    theirs = replace(
        _of(tx, ids, tx.entry(row.entry), content, now),
        origin=Origin.DESK,
        parent=row.held.revision,
        author=found.author,
    )
    tx.add_revision(theirs)
    return theirs


def _of(tx: Ledger, ids: Fresh, entry: Entry, content: Content, now: datetime) -> Revision:
    numbers = (revision.number for revision in tx.revisions(entry.id))
    return Revision(
        id=RevisionId(ids.fresh()),
        entry=entry.id,
        number=max(numbers, default=0) + 1,
        content=content,
        digest=digest(content),
        kind=Kind.PULL,
        origin=Origin.DESK,
        at=now,
    )


def _tell(tx: Ledger, row: Delivery, code: str, now: datetime) -> None:
    tx.add_notice(Notice(at=now, problem=Problem(code=code), entry=row.entry, target=row.target))

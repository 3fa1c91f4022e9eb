"""Releasing: the only verbs that let anything leave the laptop, and those that take it back.

Each sets what every target shall hold, in the transaction that moves the entry's stage.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from editor.changes import Changes
from editor.content.entry import Content, digest
from editor.desk.preflight import preflight
from editor.desk.surroundings import surroundings
from editor.desk.working import (
    is_overtaken,
    new_revision,
    role_in,
    snapshot,
    working_content,
)
from editor.domain import stages
from editor.domain.entry import CORRECTIONS, Entry, Kind, Stage
from editor.domain.ids import EntryId, RevisionId
from editor.domain.roles import must_be_desk
from editor.ports import Room, Transaction
from editor.problems import Refused, refuse
from editor.sync.delivery import Visibility
from editor.sync.intent import OFF, want


def submit(room: Room, entry: EntryId) -> Changes:
    """Sends the working text to the desk for review. Targets that keep drafts get it as one.

    Raises ``Refused``: ``changed-by-desk``, and what preflight finds.
    """
    with room.store.write() as tx:
        kept = tx.entry(entry)
        stages.must_be_editable(kept)
        content = _checked(room, tx, kept)
        again = kept.stage is Stage.RETURNED
        revision = snapshot(room, tx, kept, Kind.SUBMIT, anew=again)
        after = stages.submitted(kept, revision)
        tx.put_entry(after, shown=content)
        if kept.stage is Stage.SCHEDULED:
            _want(tx, after, None, Visibility.NONE)
        if after.stage is Stage.SUBMITTED:
            _want(tx, after, revision.id, Visibility.DESK)
        tx.audit(revision.at, "submit", entry, revision.digest)
    return tx.changes


def recall(room: Room, entry: EntryId) -> Changes:
    """Takes back a submission that the desk has not answered, or a schedule whose time has not come."""
    with room.store.write() as tx:
        now = room.clock.now()
        after = stages.recalled(tx.entry(entry), now)
        tx.put_entry(after)
        if after.stage is Stage.DRAFT:
            _want(tx, after, None, Visibility.NONE)
        tx.audit(now, "recall", entry)
    return tx.changes


def send_back(room: Room, entry: EntryId, note: str) -> Changes:
    """Returns a submission to its writer, with what should be done about it."""
    with room.store.write() as tx:
        kept = tx.entry(entry)
        must_be_desk(role_in(tx, kept.blog))
        now = room.clock.now()
        after = stages.returned(kept, note, now)
        tx.put_entry(after)
        if after.stage is Stage.RETURNED and kept.submitted is not None:
            # the systems that have it are told too: there it is a draft again, with the note
            sent = tx.revision(kept.submitted).content
            revision = new_revision(room, tx, kept, sent, Kind.RETURN, note)
            tx.add_revision(revision)
            _want(tx, after, revision.id, Visibility.DESK)
        tx.audit(now, "send back", entry, note)
    return tx.changes


def publish(room: Room, entry: EntryId, *, at: datetime | None = None, shown: str = "") -> Changes:
    """Approves the working text and lets it out: now, or not before ``at``, or not before its embargo.

    ``shown`` is the digest of what was on the screen; another text is not approved in its place. Raises ``Refused``:
    ``desk-only``, ``changed-by-desk``, ``changed-meanwhile``, ``correct-instead``, and what preflight finds.
    """
    with room.store.write() as tx:
        kept = tx.entry(entry)
        must_be_desk(role_in(tx, kept.blog))
        stages.must_be_editable(kept)
        content = _checked(room, tx, kept, shown)
        not_before = max(filter(None, (at, content.embargo)), default=None)
        if kept.published is not None and _differs(tx, kept, content):
            raise refuse("correct-instead", entry=entry)
        revision = snapshot(room, tx, kept, Kind.PUBLISH)
        after = stages.published(kept, revision, not_before)
        tx.put_entry(after, shown=content)
        _want(tx, after, revision.id, Visibility.PUBLIC)
        tx.audit(revision.at, "publish", entry, revision.digest)
    return tx.changes


def correct(room: Room, entry: EntryId, kind: Kind, note: str = "", *, shown: str = "") -> Changes:
    """Publishes a change of a published entry, as one of the five kinds of correction.

    Raises ``Refused``: ``desk-only``, ``not-published-yet``, ``note-missing``, ``nothing-changed``,
    ``changed-by-desk``, ``changed-meanwhile``, and what preflight finds.
    """
    with room.store.write() as tx:
        kept = tx.entry(entry)
        must_be_desk(role_in(tx, kept.blog))
        stages.must_be_correctable(kept)
        stages.must_carry_note(kind, note)
        content = _checked(room, tx, kept, shown)
        if not _differs(tx, kept, content):
            raise refuse("nothing-changed", entry=entry)
        revision = snapshot(room, tx, kept, kind, note)
        after = stages.corrected(kept, revision)
        tx.put_entry(after, shown=content)
        _want(tx, after, revision.id, Visibility.PUBLIC)
        tx.audit(revision.at, kind.value, entry, revision.digest)
    return tx.changes


def withdraw(room: Room, entry: EntryId, note: str = "") -> Changes:
    """Takes an entry back for good. The desk alone withdraws what was approved, and says why; readers see a notice."""
    with room.store.write() as tx:
        kept = tx.entry(entry)
        if kept.approved is not None:
            must_be_desk(role_in(tx, kept.blog))
        now = room.clock.now()
        after = stages.withdrawn(kept, note, now)
        if kept.approved is not None:
            revision = snapshot(room, tx, kept, Kind.WITHDRAWAL, note)
            after = replace(after, head=revision.id)
        tx.put_entry(after)
        _want(tx, after, after.approved, Visibility.GONE)
        tx.audit(now, "withdraw", entry, note)
    return tx.changes


def correction_kinds() -> tuple[Kind, ...]:
    """The kinds of change a published entry may get, in the order they are offered."""
    return CORRECTIONS


def _checked(room: Room, tx: Transaction, entry: Entry, shown: str = "") -> Content:
    """The working text, when nothing in it stands against sending it: nobody releases over what the desk has changed."""
    if is_overtaken(entry, tx.draft(entry.id)):
        raise refuse("changed-by-desk", entry=entry.id)
    content = working_content(tx, entry)
    if shown and digest(content) != shown:
        raise refuse("changed-meanwhile", entry=entry.id)
    found = preflight(content, surroundings(room, tx, entry, content))
    errors = [problem for problem in found if problem.refuses]
    if errors:
        raise Refused(*errors)
    return content


def _differs(tx: Transaction, entry: Entry, content: Content) -> bool:
    return entry.approved is None or tx.revision(entry.approved).content != content


def _want(
    tx: Transaction, entry: Entry, revision: RevisionId | None, visibility: Visibility
) -> None:
    """What every target of the entry's blog shall hold from now on."""
    for target in tx.targets(entry.blog):
        delivery = tx.delivery(entry.id, target.id)
        if visibility is Visibility.DESK and not target.reviews:
            continue
        if visibility in OFF:
            if delivery is None:
                continue
            # nobody has to choose a text any more
            tx.settle_conflict(entry.id, target.id, entry.changed)
        tx.put_delivery(
            want(
                delivery,
                entry=entry.id,
                target=target.id,
                revision=revision,
                visibility=visibility,
                not_before=entry.not_before,
            )
        )

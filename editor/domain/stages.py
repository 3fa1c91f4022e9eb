"""How an entry moves from stage to stage: pure transitions, each returns the entry as it is afterwards.

What is public is always the approved revision. Editing a published entry changes nothing public until that change is
published or corrected in its turn. A withdrawn entry never comes back under its id.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from editor.domain.entry import CORRECTIONS, NEEDS_NOTE, Entry, Kind, Revision, Stage
from editor.domain.ids import RevisionId
from editor.problems import refuse

NO_NOTE = "…"
"""What stands for the note of a desk that sent an entry back elsewhere and wrote none."""
EDITABLE = frozenset(Stage) - {Stage.WITHDRAWN}


def must_be_editable(entry: Entry) -> None:
    """Refuses to touch what was withdrawn."""
    if entry.stage not in EDITABLE:
        raise refuse("entry-withdrawn", entry=entry.id)


def submitted(entry: Entry, revision: Revision) -> Entry:
    """The entry waits for the desk with this revision; what is public stays as it is, a schedule does not."""
    must_be_editable(entry)
    if entry.submitted == revision.id:
        return entry
    public = entry.stage is Stage.PUBLISHED
    return replace(
        entry,
        stage=Stage.PUBLISHED if public else Stage.SUBMITTED,
        head=revision.id,
        submitted=revision.id,
        submitted_at=revision.at,
        approved=entry.approved if public else None,
        not_before=None,
        changed=revision.at,
        note="",
    )


def recalled(entry: Entry, at: datetime) -> Entry:
    """The writer takes a submission back, or the desk a schedule; it is a draft again."""
    if entry.submitted is None and entry.stage is not Stage.SCHEDULED:
        raise refuse("nothing-to-recall", entry=entry.id)
    if entry.stage is Stage.PUBLISHED:
        return replace(entry, submitted=None, submitted_at=None, changed=at)
    return replace(
        entry,
        stage=Stage.DRAFT,
        submitted=None,
        submitted_at=None,
        approved=None,
        not_before=None,
        changed=at,
    )


def unscheduled(entry: Entry, at: datetime) -> Entry:
    """The desk took off a schedule elsewhere: the entry waits for it again."""
    return replace(
        entry,
        stage=Stage.SUBMITTED,
        submitted=entry.approved or entry.head,
        submitted_at=at,
        approved=None,
        not_before=None,
        changed=at,
    )


def returned(entry: Entry, note: str, at: datetime) -> Entry:
    """The desk sends a submission back, with what should be done about it."""
    if entry.submitted is None:
        raise refuse("nothing-to-return", entry=entry.id)
    if not note.strip():
        raise refuse("note-missing", field="note")
    public = entry.stage is Stage.PUBLISHED
    return replace(
        entry,
        stage=Stage.PUBLISHED if public else Stage.RETURNED,
        submitted=None,
        submitted_at=None,
        note=note.strip(),
        changed=at,
    )


def published(entry: Entry, revision: Revision, not_before: datetime | None = None) -> Entry:
    """The revision is approved: public now, or not before a time to come. Approval names exactly this revision."""
    must_be_editable(entry)
    if entry.published is not None and revision.id != entry.approved:
        raise refuse("correct-instead", entry=entry.id)
    later = not_before is not None and not_before > revision.at
    return replace(
        entry,
        stage=Stage.SCHEDULED if later else Stage.PUBLISHED,
        head=revision.id,
        approved=revision.id,
        submitted=None,
        submitted_at=None,
        not_before=not_before if later else None,
        changed=revision.at,
        note="",
    )


def corrected(entry: Entry, revision: Revision) -> Entry:
    """A new approved revision of a published entry, of one of the five kinds of correction."""
    must_be_editable(entry)
    must_be_correctable(entry)
    must_carry_note(revision.kind, revision.note)
    shows = revision.kind is not Kind.TYPO
    return replace(
        entry,
        head=revision.id,
        approved=revision.id,
        submitted=None,
        submitted_at=None,
        corrected=revision.at if shows else entry.corrected,
        changed=revision.at,
        note="",
    )


def must_be_correctable(entry: Entry) -> None:
    """Refuses a correction of what was never published."""
    if entry.stage is not Stage.PUBLISHED:
        raise refuse("not-published-yet", entry=entry.id)


def must_carry_note(kind: Kind, note: str) -> None:
    """Refuses a correction that does not say what was put right (typo and media added need no words)."""
    if kind not in CORRECTIONS:
        raise refuse("not-a-correction", kind=kind.value)
    if kind in NEEDS_NOTE and not note.strip():
        raise refuse("note-missing", field="note")


def withdrawn(entry: Entry, note: str, at: datetime) -> Entry:
    """The entry is taken back for good. What was public leaves a notice, which needs a reason."""
    must_be_editable(entry)
    if entry.approved is not None and not note.strip():
        raise refuse("note-missing", field="note")
    return replace(
        entry,
        stage=Stage.WITHDRAWN,
        submitted=None,
        submitted_at=None,
        not_before=None,
        withdrawn=at,
        note=note.strip(),
        changed=at,
    )


def went_public(entry: Entry, at: datetime, revision: RevisionId | None) -> Entry:
    """A target confirmed that readers can see the entry. The first confirmation is its time of publication.

    A schedule that was given up while its request was on its way came to be all the same: ``revision``, which was approved
    when it left, is what stands approved then. None where it is taken back at once.
    """
    if entry.stage is Stage.WITHDRAWN:
        return entry
    return replace(
        entry,
        stage=Stage.PUBLISHED,
        approved=entry.approved or revision,
        not_before=None,
        published=entry.published or at,
    )


def came_back(
    entry: Entry, theirs: Revision, at: datetime, *, public: bool, head: Revision | None = None
) -> Entry:
    """The entry after others changed it at a target: ``theirs`` lies there now.

    ``head`` is what was merged of it and the laptop's own text, which nobody has approved: it waits for the desk. What is
    public there is approved by that. What is not has lost its approval and waits for the desk too; what readers see
    elsewhere stays as it was.
    """
    if entry.stage is Stage.WITHDRAWN:
        return entry
    newest = head or theirs
    waits = newest if head is not None or not public else None
    shown = public or entry.published is not None
    return replace(
        entry,
        stage=Stage.PUBLISHED if shown else Stage.SUBMITTED,
        head=newest.id,
        approved=theirs.id if public else entry.approved if shown else None,
        submitted=None if waits is None else waits.id,
        submitted_at=None if waits is None else at,
        not_before=None if shown else entry.not_before,
        published=(entry.published or at) if public else entry.published,
        changed=at,
    )

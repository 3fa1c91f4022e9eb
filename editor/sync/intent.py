"""What the desk wants of a target, written into the ledger. The desk calls this and nothing else to release an entry.

A new intent never touches what was observed, and never takes a request out of doubt: only looking does.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from editor.domain.entry import Entry
from editor.domain.ids import EntryId, RevisionId, TargetId
from editor.sync.delivery import Delivery, Phase, Visibility, Wanted

OFF = frozenset({Visibility.NONE, Visibility.GONE})
"""What nobody sees."""


def due_of(delivery: Delivery, entry: Entry) -> datetime | None:
    """Not before when the entry may become public; None for at once."""
    times = (delivery.wanted.not_before, entry.not_before)
    return max((at for at in times if at is not None), default=None)


def want(
    delivery: Delivery | None,
    *,
    entry: EntryId,
    target: TargetId,
    revision: RevisionId | None,
    visibility: Visibility,
    not_before: datetime | None = None,
) -> Delivery:
    """The row that wants this from now on.

    Refusals and waiting times are forgotten, for this is a new request. Doubt stays, and a conflict stays until a
    person has chosen, or withdraws the entry. What is public is never turned into a draft: it stays as it is until
    another public revision is wanted.
    """
    row = delivery or Delivery(entry=entry, target=target)
    if visibility is Visibility.DESK and row.held.visibility is Visibility.PUBLIC:
        return row
    if visibility is Visibility.NONE:
        revision = None
    wanted = Wanted(revision=revision, visibility=visibility, not_before=not_before)
    if row.phase is Phase.CONFLICT and visibility not in OFF:
        return replace(row, wanted=wanted)
    if delivery is not None and delivery.wanted == wanted:
        return again(delivery)
    row = replace(row, wanted=wanted, attempts=0, next_try=None, problem=None)
    if row.phase is Phase.IN_DOUBT:
        return row
    return rested(replace(row, phase=Phase.PENDING))


def again(delivery: Delivery) -> Delivery:
    """The row after somebody asked to try now: refused and in conflict, it goes again over what lies at the target."""
    row = replace(delivery, attempts=0, next_try=None, problem=None)
    if row.phase is Phase.IN_DOUBT:
        return row
    return rested(replace(row, phase=Phase.PENDING))


def too_late(delivery: Delivery) -> Delivery:
    """The row after our own publication was confirmed: a submission that was made meanwhile takes nothing back."""
    held = delivery.held
    if (
        held.visibility is not Visibility.PUBLIC
        or delivery.wanted.visibility is not Visibility.DESK
    ):
        return delivery
    return replace(delivery, wanted=Wanted(revision=held.revision, visibility=held.visibility))


def rested(delivery: Delivery) -> Delivery:
    """The row as done, where the target already holds what is wanted; otherwise as it was.

    An entry that never reached the target needs no request to be taken from there.
    """
    row = delivery
    if row.phase is Phase.IN_DOUBT:
        return row
    wanted = row.wanted
    if wanted.visibility in OFF and row.held.visibility in OFF:
        held = replace(row.held, revision=wanted.revision, visibility=wanted.visibility)
        row = replace(row, held=held)
    if row.settled:
        return replace(row, phase=Phase.DONE, attempts=0, next_try=None, problem=None)
    return row

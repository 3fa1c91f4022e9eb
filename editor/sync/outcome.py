"""What a row of the ledger becomes after an answer, or after none. Pure.

Every failure is one of a few kinds; each leaves the row in the state from which the planner goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from editor.domain.ids import RevisionId
from editor.problems import Problem
from editor.sync.delivery import Delivery, Held, Op, OpKind, OpState, Phase
from editor.sync.intent import OFF, rested

LONGEST = 300.0


def back_off(attempts: int, chance: float) -> timedelta:
    """How long to wait after so many failures: full jitter, as in the design of sync.

    ``chance`` is from 0 to 1. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    return timedelta(seconds=chance * min(LONGEST, 2.0 * 2.0 ** min(attempts, 16)))


def confirmed(row: Delivery, held: Held, op: Op, now: datetime, chance: float) -> Delivery:
    """The target answered that it holds ``held`` now.

    Where it holds something else than was sent (it made an entry pending that should be public), the row goes on
    waiting, ever longer.
    """
    if op.kind is OpKind.WITHDRAW and held.visibility in OFF:
        held = replace(held, revision=op.revision, visibility=op.visibility)
    if held.revision is None:
        held = replace(held, revision=op.revision)
    as_sent = held.visibility is op.visibility
    row = replace(row, held=held, phase=Phase.PENDING, problem=None)
    if as_sent:
        return rested(replace(row, attempts=0, next_try=None))
    problem = Problem(code="shown-to-others", detail={"visibility": held.visibility.value})
    return _later(replace(row, problem=problem), now, chance)


def not_applied(row: Delivery, problem: Problem, now: datetime, chance: float) -> Delivery:
    """The request certainly had no effect. A look-up that failed leaves the doubt."""
    return _later(replace(row, problem=problem), now, chance)


def paused(row: Delivery, problem: Problem) -> Delivery:
    """The request had no effect because of the account or the host, which wait on their own; the row is blameless."""
    return rested(replace(row, problem=problem, next_try=None))


def unanswered(
    row: Delivery, problem: Problem, settle: timedelta, now: datetime, chance: float
) -> Delivery:
    """Nobody knows whether the request had its effect: in doubt, until it had the time to land."""
    wait = max(settle, back_off(row.attempts, chance) if row.attempts else timedelta())
    return replace(
        row,
        phase=Phase.IN_DOUBT,
        problem=problem,
        attempts=row.attempts + 1,
        next_try=now + wait,
    )


def refused(row: Delivery, problem: Problem) -> Delivery:
    """The target said no for good: a person has to do something. No other entry waits for this one."""
    return replace(row, phase=Phase.REFUSED, problem=problem, next_try=None)


def moved(row: Delivery, now: datetime, chance: float) -> Delivery:
    """The object is not the version we know. The row remembers that it has to look, because looking can fail too."""
    wait = now + back_off(row.attempts, chance) if row.attempts else None
    return replace(row, phase=Phase.IN_DOUBT, attempts=row.attempts + 1, next_try=wait)


def looked(
    row: Delivery, op: Op | None, found: Held | None, ours: Mapping[str, RevisionId]
) -> tuple[Delivery, OpState]:
    """The row and its last request, after a look at the target.

    ``ours`` names the entry's revisions by their digest: text that is none of them was written by somebody else, and
    stays until a person has chosen.
    """
    if found is None:
        return _found_nothing(row, op)
    revision = _whose(row, op, found, ours)
    held = replace(found, revision=revision)
    lost = _not_applied(row, op)
    if row.wanted.visibility in OFF:
        if found.visibility in OFF:
            held = replace(held, revision=row.wanted.revision, visibility=row.wanted.visibility)
            return _bound(row, held), OpState.CONFIRMED
        return _bound(row, held), lost
    if found.visibility in OFF:
        return _conflict(row, held, "remote-gone"), lost
    if revision is None and found.digest:
        return _conflict(row, held, "remote-changed"), lost
    applied = op is not None and found.digest == op.digest and found.visibility is op.visibility
    return _bound(row, held), OpState.CONFIRMED if applied else lost


def _found_nothing(row: Delivery, op: Op | None) -> tuple[Delivery, OpState]:
    lost = _not_applied(row, op)
    if row.wanted.visibility in OFF:
        taken = op is not None and op.kind is OpKind.WITHDRAW
        return _bound(row, Held()), OpState.CONFIRMED if taken else lost
    if row.held.ref:
        # what we knew is gone, and not by us: it is never made again without a person
        return _conflict(row, Held(), "remote-gone"), lost
    return _bound(row, Held()), lost


def _whose(
    row: Delivery, op: Op | None, found: Held, ours: Mapping[str, RevisionId]
) -> RevisionId | None:
    """The revision of ours that was found. The same words may be several revisions: the one just sent comes first."""
    if not found.digest:
        return None
    if op is not None and found.digest == op.digest:
        return op.revision
    if found.digest == row.held.digest:
        return row.held.revision
    return ours.get(found.digest)


def _not_applied(row: Delivery, op: Op | None) -> OpState:
    """Void, or superseded where something else is wanted by now."""
    wanted = row.wanted
    taken = op is not None and op.visibility in OFF
    if op is None or (op.revision == wanted.revision and taken == (wanted.visibility in OFF)):
        return OpState.VOID
    return OpState.SUPERSEDED


def _bound(row: Delivery, held: Held) -> Delivery:
    # attempts stay until something is confirmed, so that a target that answers nonsense is asked ever less often
    return rested(replace(row, held=held, phase=Phase.PENDING, problem=None, next_try=None))


def _conflict(row: Delivery, held: Held, code: str) -> Delivery:
    return replace(row, held=held, phase=Phase.CONFLICT, problem=Problem(code=code), next_try=None)


def _later(row: Delivery, now: datetime, chance: float) -> Delivery:
    return rested(
        replace(row, attempts=row.attempts + 1, next_try=now + back_off(row.attempts, chance))
    )

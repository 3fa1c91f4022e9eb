"""What a row of the ledger becomes after an answer, or after none. Pure.

Every failure is one of a few kinds; each leaves the row in the state from which the planner goes on.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from editor.problems import Problem
from editor.sync.delivery import Delivery, Held, Op, OpKind, Phase
from editor.sync.intent import OFF, rested, too_late

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
    else:
        # a system whose filters changed the text says what it holds instead
        kept = held.digest or op.digest
        held = replace(held, revision=op.revision, digest=kept, text_only=op.text_only)
    as_sent = held.visibility is op.visibility
    row = too_late(replace(row, held=held, phase=Phase.PENDING, problem=None))
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


def photo_failed(row: Delivery, problem: Problem) -> Delivery:
    """A photo could not be sent, and its text can go out before it: at once."""
    return replace(row, attempts=row.attempts + 1, problem=problem, next_try=None)


def _later(row: Delivery, now: datetime, chance: float) -> Delivery:
    return rested(
        replace(row, attempts=row.attempts + 1, next_try=now + back_off(row.attempts, chance))
    )

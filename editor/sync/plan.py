"""The next request of every delivery, derived from what is wanted and what was observed. Pure.

Nothing here is stored: order, approval and withdrawal change while requests wait, so each request is derived just
before it is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from editor.domain.entry import Entry, Stage
from editor.domain.ids import BlogId, EntryId, TargetId
from editor.sync.backend import Capabilities
from editor.sync.delivery import Delivery, Op, OpState, Phase, Visibility
from editor.sync.intent import OFF

UNEXPECTED = "sync-bug"
UNOPENED = Capabilities(drafts=True)
"""Before a target was opened it is taken to keep drafts, so that what it may take is at least looked at."""


class Why(StrEnum):
    """What a delivery waits for."""

    ORDER = "order"
    EMBARGO = "embargo"
    BACK_OFF = "back-off"
    HOST = "host"
    SIGN_IN = "sign-in"
    SETTLE = "settle"


@dataclass(frozen=True)
class Nothing:
    """The target holds what is wanted, or a person has to do something first."""


@dataclass(frozen=True)
class Wait:
    """Not now. ``until`` is None where no clock ends it: an earlier entry, or somebody signing in."""

    until: datetime | None
    why: Why


@dataclass(frozen=True)
class Find:
    """Nobody knows what became of the last request: look."""


@dataclass(frozen=True)
class Create:
    """There is nothing at the target yet."""

    visibility: Visibility


@dataclass(frozen=True)
class Update:
    """The target holds another revision, or shows it to others than it should."""

    visibility: Visibility


@dataclass(frozen=True)
class Withdraw:
    """The target holds what nobody shall see any more."""

    visibility: Visibility


Step = Nothing | Wait | Find | Create | Update | Withdraw
Request = Find | Create | Update | Withdraw


@dataclass(frozen=True)
class Situation:
    """How things stand at one target: what it can do, whether we are signed in, until when it must not be called."""

    capabilities: Capabilities = UNOPENED
    signed_in: bool = True
    closed_until: datetime | None = None


@dataclass(frozen=True)
class Planned:
    """A delivery, its entry, and what comes next for it."""

    delivery: Delivery
    entry: Entry
    step: Step


def next_step(
    delivery: Delivery,
    entry: Entry,
    op: Op | None,
    situation: Situation,
    now: datetime,
    *,
    held_up: bool = False,
) -> Step:
    """What comes next for one delivery.

    ``op`` is its last write-ahead row (asked for only while it is in doubt), ``held_up`` says that an earlier entry of
    its blog has to become public first.
    """
    if delivery.phase in (Phase.REFUSED, Phase.CONFLICT) or delivery.settled:
        return Nothing()
    if delivery.phase is Phase.IN_DOUBT:
        return _look(delivery, op, situation, now)
    if not _may_be_sent(delivery, entry, situation.capabilities):
        return Nothing()
    if not situation.signed_in:
        return Wait(None, Why.SIGN_IN)
    wanted, held = delivery.wanted, delivery.held
    public = wanted.visibility is Visibility.PUBLIC
    times = (
        (_later(wanted.not_before, entry.not_before) if public else None, Why.EMBARGO),
        (delivery.next_try, Why.BACK_OFF),
        (situation.closed_until, Why.HOST),
    )
    waits = [Wait(until, why) for until, why in times if until is not None and now < until]
    if waits:
        return max(waits, key=lambda wait: wait.until or now)
    private = public and situation.capabilities.drafts and not held.ref
    if public and held_up and held.visibility is not Visibility.PUBLIC and not private:
        return Wait(None, Why.ORDER)
    if wanted.visibility in OFF:
        return Withdraw(wanted.visibility)
    if not held.ref:
        return Create(Visibility.DESK if private else wanted.visibility)
    return Update(wanted.visibility)


def _look(delivery: Delivery, op: Op | None, situation: Situation, now: datetime) -> Step:
    """A write that got no answer may still land: it is looked for only when it had the time to."""
    if not situation.signed_in:
        return Wait(None, Why.SIGN_IN)
    unanswered = op is not None and op.state in (OpState.IN_FLIGHT, OpState.AMBIGUOUS)
    times = (
        (op.settle_until if op is not None and unanswered else None, Why.SETTLE),
        (delivery.next_try, Why.SETTLE),
        (situation.closed_until, Why.HOST),
    )
    waits = [Wait(until, why) for until, why in times if until is not None and now < until]
    return max(waits, key=lambda wait: wait.until or now) if waits else Find()


def _may_be_sent(delivery: Delivery, entry: Entry, capabilities: Capabilities) -> bool:
    """Only an approved revision becomes public, and only where drafts are kept does one leave before that."""
    match delivery.wanted.visibility:
        case Visibility.PUBLIC:
            return _is_released(delivery, entry)
        case Visibility.DESK:
            # what somebody made public at the target stays public
            shown = delivery.held.visibility is Visibility.PUBLIC
            return capabilities.drafts and not shown and entry.stage is not Stage.WITHDRAWN
        case Visibility.NONE | Visibility.GONE:
            return bool(delivery.held.ref)


def _is_released(delivery: Delivery, entry: Entry) -> bool:
    """Whether what shall become public is what the desk approved, and still stands by."""
    released = entry.stage in (Stage.SCHEDULED, Stage.PUBLISHED)
    return released and delivery.wanted.revision == entry.approved


def holds_up(delivery: Delivery, entry: Entry, now: datetime) -> bool:
    """Whether later entries of the blog wait for this one: it is due to become public, and nothing bars it.

    An entry under embargo, one that was refused, and one that we stumbled over are passed by.
    """
    wanted = delivery.wanted
    due = _later(wanted.not_before, entry.not_before)
    return (
        wanted.visibility is Visibility.PUBLIC
        and delivery.held.visibility is not Visibility.PUBLIC
        and delivery.phase not in (Phase.REFUSED, Phase.CONFLICT)
        and _is_released(delivery, entry)
        and (due is None or due <= now)
        and (delivery.problem is None or delivery.problem.code != UNEXPECTED)
    )


def in_order(rows: Iterable[tuple[Delivery, Entry]]) -> list[tuple[Delivery, Entry]]:
    """The rows as they are served: what has to leave the public first, then by blog and as they were written."""
    return sorted(
        rows,
        key=lambda row: (row[0].wanted.visibility not in OFF, row[1].blog, row[1].seq),
    )


def plan(
    rows: Iterable[tuple[Delivery, Entry]],
    situations: Mapping[TargetId, Situation],
    ops: Mapping[tuple[EntryId, TargetId], Op],
    now: datetime,
) -> tuple[Planned, ...]:
    """What comes next for every open delivery, in the order they are served."""
    unknown = Situation()
    waiting: set[tuple[BlogId, TargetId]] = set()
    planned = []
    for delivery, entry in in_order(rows):
        lane = (entry.blog, delivery.target)
        step = next_step(
            delivery,
            entry,
            ops.get((delivery.entry, delivery.target)),
            situations.get(delivery.target, unknown),
            now,
            held_up=lane in waiting,
        )
        if holds_up(delivery, entry, now):
            waiting.add(lane)
        planned.append(Planned(delivery, entry, step))
    return tuple(planned)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)

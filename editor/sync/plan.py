"""The next request of every delivery, derived from what is wanted and what was observed. Pure.

Nothing here is stored: order, approval and withdrawal change while requests wait, so each request is derived just
before it is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from editor.domain.blog import AccountState
from editor.domain.entry import Entry, Stage
from editor.domain.ids import BlogId, EntryId, TargetId
from editor.sync.backend import Capabilities
from editor.sync.delivery import Delivery, Op, OpState, Owed, Phase, Visibility
from editor.sync.intent import OFF, due_of

UNEXPECTED = "sync-bug"
UNOPENED = Capabilities(drafts=True)
"""Before a target was opened it is taken to keep drafts, so that what it may take is at least looked at."""
LONGEST = timedelta(minutes=15)
"""No wait of ours is longer. One that seems to be was written before somebody set the clock back."""


@dataclass(frozen=True)
class Moment:
    """Now, by the clock on the wall and by the steady one, in seconds (``editor.ports.Clock``)."""

    now: datetime
    steady: float


class Why(StrEnum):
    """What a delivery waits for."""

    ORDER = "order"
    EMBARGO = "embargo"
    BACK_OFF = "back-off"
    HOST = "host"
    SIGN_IN = "sign-in"
    PAUSE = "pause"
    EMPTIED = "emptied"
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
    """Nobody knows what became of the last request, what others did, or what the time is there: look."""


@dataclass(frozen=True)
class Create:
    """There is nothing at the target yet. ``text_only``: its photos follow."""

    visibility: Visibility
    text_only: bool = False


@dataclass(frozen=True)
class Update:
    """The target holds another revision, or shows it to others than it should."""

    visibility: Visibility
    text_only: bool = False


@dataclass(frozen=True)
class Withdraw:
    """The target holds what nobody shall see any more."""

    visibility: Visibility


@dataclass(frozen=True)
class Upload:
    """Its photos are owed before anything else can be sent; they go after all texts."""


Step = Nothing | Wait | Find | Create | Update | Withdraw | Upload
Request = Find | Create | Update | Withdraw | Upload


@dataclass(frozen=True)
class Situation:
    """How things stand at one target.

    ``closed_until`` is until when its host must not be called, ``emptied`` that a person is asked first why so much is
    gone there, ``there`` the time by its own clock (None: nobody told), ``asked`` that it was asked for it, ``slow`` that
    the way to it is.
    """

    capabilities: Capabilities = UNOPENED
    account: AccountState = AccountState.READY
    emptied: bool = False
    closed_until: datetime | None = None
    there: datetime | None = None
    asked: bool = True
    slow: bool = False

    @property
    def barred(self) -> Why | None:
        """What a person has to do before any request may be made."""
        match self.account:
            case AccountState.SIGN_IN:
                return Why.SIGN_IN
            case AccountState.PAUSED:
                return Why.PAUSE
            case AccountState.READY:
                return Why.EMPTIED if self.emptied else None

    def is_open(self, now: datetime) -> bool:
        """Whether a request may be made at this moment."""
        closed = self.closed_until is not None and now < self.closed_until
        return self.barred is None and not closed


@dataclass(frozen=True)
class Planned:
    """A delivery, its entry, what comes next for it, and what that was derived from."""

    delivery: Delivery
    entry: Entry
    step: Step
    situation: Situation
    owed: Owed | None = None


def next_step(
    delivery: Delivery,
    entry: Entry,
    op: Op | None,
    situation: Situation,
    moment: Moment,
    *,
    held_up: bool = False,
    owed: Owed | None = None,
) -> Step:
    """What comes next for one delivery.

    ``op`` is its last write-ahead row (asked for only while it is in doubt), ``held_up`` says that an earlier entry of
    its blog has to become public first, ``owed`` what the target lacks of its photos.
    """
    if delivery.phase in (Phase.REFUSED, Phase.CONFLICT) or delivery.settled:
        return Nothing()
    if delivery.phase is Phase.IN_DOUBT:
        return _look(delivery, op, situation, moment)
    if not _may_be_sent(delivery, entry, situation.capabilities):
        return Nothing()
    if situation.barred is not None:
        return Wait(None, situation.barred)
    wanted, held = delivery.wanted, delivery.held
    public = wanted.visibility is Visibility.PUBLIC
    now = moment.now
    embargo = (_embargo(delivery, entry, situation, now) if public else None, Why.EMBARGO)
    others = (_believable(delivery.next_try, now), Why.BACK_OFF), (situation.closed_until, Why.HOST)
    waits = _waits(now, embargo, *others)
    if waits is not None:
        # a photo is seen by who knows its address, so that an entry with photos to come is kept here
        ready = owed is None and _waits(now, *others) is None
        if not ready or not _to_be_given(delivery, entry, situation):
            return waits
        return Update(Visibility.DESK) if held.ref else Create(Visibility.DESK)
    if public and due_of(delivery, entry) and not situation.asked:
        return Find()
    private = public and situation.capabilities.drafts and not held.ref
    if public and held_up and held.visibility is not Visibility.PUBLIC and not private:
        return Wait(None, Why.ORDER)
    if wanted.visibility in OFF:
        return Withdraw(wanted.visibility)
    shown_to = Visibility.DESK if private else wanted.visibility
    if owed is None or not situation.capabilities.media:
        return Update(shown_to) if held.ref else Create(shown_to)
    # nobody sees a draft, and its answer tells how slow the way is
    unseen = private and owed.readable and not situation.asked
    if not unseen and not goes_without(delivery, owed, situation):
        return Upload()
    if held.text_only and held.revision == wanted.revision and held.visibility is shown_to:
        return Upload()
    return Update(shown_to, True) if held.ref else Create(shown_to, True)


def _to_be_given(delivery: Delivery, entry: Entry, situation: Situation) -> bool:
    """Whether the target is to hold a schedule itself, and does not hold this one yet."""
    held, due = delivery.held, due_of(delivery, entry)
    if not situation.capabilities.holds or held.visibility is Visibility.PUBLIC or due is None:
        return False
    # systems keep whole seconds
    same = held.due is not None and int(held.due.timestamp()) == int(due.timestamp())
    return not same or held.revision != delivery.wanted.revision


def goes_without(delivery: Delivery, owed: Owed, situation: Situation) -> bool:
    """Whether the text goes out before its photos: the way is slow, or a photo has failed, and there is a text."""
    over_network = situation.capabilities.network
    return owed.readable and over_network and (situation.slow or delivery.attempts > 0)


def landing_for(op: Op, steady: float) -> float:
    """For how many more seconds a request may still have its effect.

    The steady clock begins anew with the laptop. The time that has gone by since a request left is then at least what it
    shows now, so that nothing is ever taken for longer ago than it was.
    """
    gone = steady - op.steady if steady >= op.steady else steady
    return max(0.0, op.settle - gone)


def _look(delivery: Delivery, op: Op | None, situation: Situation, moment: Moment) -> Step:
    """A write that got no answer may still land: it is looked for only when it had the time to."""
    if situation.barred is not None:
        return Wait(None, situation.barred)
    now = moment.now
    unanswered = op is not None and op.state in (OpState.IN_FLIGHT, OpState.AMBIGUOUS)
    landing = landing_for(op, moment.steady) if op is not None and unanswered else 0.0
    waits = _waits(
        now,
        (now + timedelta(seconds=landing), Why.SETTLE),
        (_believable(delivery.next_try, now), Why.SETTLE),
        (situation.closed_until, Why.HOST),
    )
    return waits or Find()


def _waits(now: datetime, *times: tuple[datetime | None, Why]) -> Wait | None:
    """The longest of the waits that are not over."""
    waits = [Wait(until, why) for until, why in times if until is not None and now < until]
    return max(waits, key=lambda wait: wait.until or now, default=None)


def _believable(until: datetime | None, now: datetime) -> datetime | None:
    return until if until is not None and until - now <= LONGEST else None


def _embargo(
    delivery: Delivery, entry: Entry, situation: Situation, now: datetime
) -> datetime | None:
    """When the entry may become public, by the laptop's clock: the target's own decides where it is known."""
    due = due_of(delivery, entry)
    if due is None or situation.there is None:
        return due
    return now + (due - situation.there)


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


def holds_up(
    delivery: Delivery,
    entry: Entry,
    situation: Situation,
    now: datetime,
    owed: Owed | None = None,
) -> bool:
    """Whether later entries of the blog wait for this one: it is due to become public, and nothing bars it.

    An entry under embargo, one whose photos are owed, one that was refused, and one that we stumbled over are passed by.
    """
    due = _embargo(delivery, entry, situation, now)
    return (
        delivery.wanted.visibility is Visibility.PUBLIC
        and delivery.held.visibility is not Visibility.PUBLIC
        and delivery.phase not in (Phase.REFUSED, Phase.CONFLICT)
        and _is_released(delivery, entry)
        and owed is None
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
    owed: Mapping[tuple[EntryId, TargetId], Owed],
    moment: Moment,
) -> tuple[Planned, ...]:
    """What comes next for every open delivery, in the order they are served."""
    unknown = Situation()
    waiting: set[tuple[BlogId, TargetId]] = set()
    planned = []
    for delivery, entry in in_order(rows):
        lane = (entry.blog, delivery.target)
        key = (delivery.entry, delivery.target)
        situation = situations.get(delivery.target, unknown)
        step = next_step(
            delivery,
            entry,
            ops.get(key),
            situation,
            moment,
            held_up=lane in waiting,
            owed=owed.get(key),
        )
        if holds_up(delivery, entry, situation, moment.now, owed.get(key)):
            waiting.add(lane)
        planned.append(Planned(delivery, entry, step, situation, owed.get(key)))
    return tuple(planned)

"""What the outbox says of an entry on its way to a target: its state, one word for it, and one sentence.

Pure, and without Qt: the command line says the same. The sentence begins with what stands there already ("Public since
14:03") and goes on with what the rest waits for.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import assert_never

from editor.domain.blog import AccountState
from editor.problems import Problem
from editor.sync.delivery import Phase, Visibility
from editor.sync.report import SyncState
from editor.ui.messages import clock, count, part_of, sentence, size
from editor.views import OutboxRow

TAKEN_DOWN = frozenset({"remote-gone", "remote-unpublished"})
"""Conflicts about whether it is there at all, not about its words."""
NEWS = frozenset(
    {
        "desk-changed",
        "desk-merged",
        "desk-rescheduled",
        "desk-returned",
        "desk-text-replaced",
        "desk-unscheduled",
        "wordpress-altered",
    }
)
"""Notices that need no decision, only to be seen."""
EMPTIED = "target-emptied"
OFF = frozenset({Visibility.NONE, Visibility.GONE})


class State(StrEnum):
    """What a row of the outbox waits for, or what became of it."""

    SENDING = "sending"
    EMPTIED = "emptied"
    CHANGED = "changed there"
    TAKEN_DOWN = "taken down"
    REFUSED = "refused"
    UNSURE = "unsure"
    DONE = "done"
    PAUSED = "paused"
    SIGN_IN = "sign in"
    HELD = "held"
    SCHEDULED = "scheduled"
    ASKED_TO_WAIT = "asked to wait"
    OFFLINE = "offline"
    FAILED = "failed"
    WAITS = "waits"


NEEDS_YOU = frozenset(
    {State.EMPTIED, State.CHANGED, State.TAKEN_DOWN, State.REFUSED, State.SIGN_IN}
)
"""The states that last until a person does something."""

WORDS: dict[State, str] = {
    State.SENDING: "Sending",
    State.EMPTIED: "Your answer",
    State.CHANGED: "Choose",
    State.TAKEN_DOWN: "Taken down",
    State.REFUSED: "Refused",
    State.UNSURE: "Not sure",
    State.PAUSED: "Paused",
    State.SIGN_IN: "Sign in",
    State.HELD: "Saved",
    State.SCHEDULED: "Scheduled",
    State.ASKED_TO_WAIT: "Later",
    State.OFFLINE: "Offline",
    State.FAILED: "Trying again",
    State.WAITS: "Queued",
}


def state_of(row: OutboxRow, sync: SyncState, now: datetime) -> State:
    """What matters most about a row just now."""
    sending = sync.sending
    if row.emptied:
        return State.EMPTIED
    if sending is not None and (sending.entry, sending.target) == (row.entry, row.target):
        return State.SENDING
    match row.phase:
        case Phase.CONFLICT:
            gone = row.problem is not None and row.problem.code in TAKEN_DOWN
            return State.TAKEN_DOWN if gone else State.CHANGED
        case Phase.REFUSED:
            return State.REFUSED
        case Phase.DONE if row.wanted is row.held and not row.text_only:
            return State.DONE
        case Phase.PENDING | Phase.IN_DOUBT | Phase.DONE:
            return _waiting(row, sync, now)
        case _:
            assert_never(row.phase)


def _waiting(row: OutboxRow, sync: SyncState, now: datetime) -> State:
    unsure = row.phase is Phase.IN_DOUBT
    if row.account_state is AccountState.PAUSED:
        return State.PAUSED
    if row.account_state is AccountState.SIGN_IN:
        return State.SIGN_IN
    if not unsure and not row.released:
        return State.HELD
    if not unsure and row.not_before is not None and row.not_before > _there(sync, now):
        return State.SCHEDULED
    if row.closed_until is not None and row.closed_until > now:
        return State.ASKED_TO_WAIT
    if sync.online is False:
        return State.OFFLINE
    if unsure:
        return State.UNSURE
    return State.FAILED if row.problem is not None else State.WAITS


def word(row: OutboxRow, state: State) -> str:
    """The state in one or two words."""
    if state is State.DONE:
        return {
            Visibility.PUBLIC: "Public",
            Visibility.DESK: "In review",
            Visibility.GONE: "Withdrawn",
            Visibility.NONE: "Not there",
        }[row.held]
    if state is State.WAITS and row.text_only:
        return "Photos follow"
    return WORDS[state]


def outbox_sentence(
    row: OutboxRow, sync: SyncState, now: datetime, zone: tzinfo, *, waiting: int = 0
) -> str:
    """Where an entry stands at a target, and what it waits for. ``waiting`` is how many wait for the same account."""
    state = state_of(row, sync, now)
    stands = _stands(row, now, zone)
    match state:
        case State.DONE:
            return f"{stands or 'Nothing of it is there'}."
        case State.EMPTIED:
            gone = count(row.emptied, "entry is", "entries are")
            return f"Waits for your answer: {gone} gone from there at once."
        case State.CHANGED:
            return _sentences(stands, _conflict(row.problem))
        case State.TAKEN_DOWN:
            return _conflict(row.problem)
        case State.REFUSED:
            subject = _subject(row)
            refused = f"{subject} {_was(row)} refused" if subject else "refused"
            why = sentence(row.problem) if row.problem else "It was not said why."
            return _sentences(_joined(stands, refused), why)
        case State.FAILED:
            return _sentences(stands, _failed(row, now, zone))
        case State.SENDING:
            return f"{_joined(stands, _sending(row, sync))}."
        case _:
            return f"{_joined(stands, _reason(row, state, now, zone, waiting))}."


def question(target: str, number: int) -> str:
    """What is asked where many entries vanished at once."""
    gone = count(number, "entry is", "entries are") if number else "Many entries are"
    return f"{gone} gone from {target} at once: nothing is sent until you say what happened."


def _reason(row: OutboxRow, state: State, now: datetime, zone: tzinfo, waiting: int) -> str:
    """What a row waits for, as a clause: of itself, or of the part that is still missing there."""
    subject = _subject(row)
    waits = f"{subject} {'wait' if row.text_only else 'waits'}"
    mates = f" ({waiting:,} waiting)" if waiting > 1 else ""
    unsure = f"not sure {_it(row)} arrived" if row.phase is Phase.IN_DOUBT else ""
    match state:
        case State.PAUSED if unsure:
            return f"{unsure}: checking when you resume"
        case State.SIGN_IN if unsure:
            return f"{unsure}: sign in to continue{mates}"
        case State.ASKED_TO_WAIT if unsure:
            assert row.closed_until is not None
            return f"{unsure}: the server asks to wait until {clock(row.closed_until, zone, now)}"
        case State.OFFLINE if unsure:
            return f"{unsure}: checking when there is a connection"
        case State.PAUSED:
            why = "sending is paused"
            return f"{waits}: {why}" if subject else "paused: nothing is sent until you resume"
        case State.SIGN_IN:
            why = "sign in to continue" + mates
            return f"{waits}: {why}" if subject else why
        case State.HELD:
            why = "for approval" if row.held is Visibility.PUBLIC else "until it is released"
            return f"{waits} {why}" if subject else f"saved on this laptop: waits {why}"
        case State.SCHEDULED:
            assert row.not_before is not None
            at = clock(row.not_before, zone, now)
            if row.held is Visibility.DESK:
                return f"it will be public at {at}"
            return f"{subject} will go out at {at}" if subject else _saved(f"will go out at {at}")
        case State.ASKED_TO_WAIT:
            assert row.closed_until is not None
            why = f"the server asks to wait until {clock(row.closed_until, zone, now)}"
            return f"{waits}: {why}" if subject else why
        case State.OFFLINE:
            amount = f" ({size(row.bytes)})" if row.bytes else ""
            return f"{waits} for a connection" if subject else f"waiting for a connection{amount}"
        case State.UNSURE:
            return _unsure(row, now, zone)
        case _:
            if row.text_only:
                return f"photos follow ({size(row.bytes)})" if row.bytes else "photos follow"
            return f"{waits} its turn" if subject else _saved("waits its turn")


def _unsure(row: OutboxRow, now: datetime, zone: tzinfo) -> str:
    if row.problem is not None and row.problem.code == "changed-there":
        return "somebody changed it there: looking at what is new"
    if row.next_try is not None and row.next_try > now:
        return f"not sure {_it(row)} arrived: checking at {clock(row.next_try, zone, now)}"
    return f"not sure {_it(row)} arrived: checking now"


def _it(row: OutboxRow) -> str:
    return "it" if row.held in OFF else "your later change"


def _failed(row: OutboxRow, now: datetime, zone: tzinfo) -> str:
    assert row.problem is not None
    again = ""
    if row.next_try is not None and row.next_try > now:
        again = f"Next try at {clock(row.next_try, zone, now)}."
    return _sentences(sentence(row.problem), again)


def _conflict(problem: Problem | None) -> str:
    match problem.code if problem is not None else "":
        case "remote-gone":
            return "The desk took this down: send it again, or leave it down."
        case "remote-unpublished":
            return "The desk took this off the page: send it again, or leave it."
        case "" | "conflict" | "remote-changed":
            return "The desk changed this too: choose which text to keep."
        case _:
            assert problem is not None
            return sentence(problem)


def _sending(row: OutboxRow, sync: SyncState) -> str:
    sending = sync.sending
    assert sending is not None
    what = "sending photos:" if row.text_only else "sending"
    if row.wanted in OFF:
        return "taking it back now"
    if sending.bytes:
        return f"{what} {part_of(sending.done, sending.bytes)}"
    return f"{what.rstrip(':')} {size(row.bytes)}" if row.bytes else what.rstrip(":")


def _stands(row: OutboxRow, now: datetime, zone: tzinfo) -> str:
    """What a target shows of the entry already; empty where that is nothing, or nobody knows."""
    match row.held:
        case Visibility.PUBLIC:
            return f"Public since {clock(row.published, zone, now)}" if row.published else "Public"
        case Visibility.DESK:
            return "In review" if row.wanted is not Visibility.PUBLIC else "At the desk"
        case Visibility.GONE:
            return "Withdrawn" if row.wanted is Visibility.GONE else ""
        case Visibility.NONE:
            return ""
        case _:
            assert_never(row.held)


def _subject(row: OutboxRow) -> str:
    """What is still missing where something stands already; empty where the whole entry is."""
    if row.held in OFF or row.phase is Phase.IN_DOUBT:
        return ""
    if row.text_only:
        return f"photos ({size(row.bytes)})" if row.bytes else "photos"
    if row.wanted in OFF:
        return "taking it back"
    if row.held is Visibility.DESK and row.wanted is Visibility.PUBLIC:
        return "publishing it"
    return "your later change"


def _was(row: OutboxRow) -> str:
    return "were" if row.text_only else "was"


def _there(sync: SyncState, now: datetime) -> datetime:
    """The time by the server's clock, which embargoes go by."""
    return now - timedelta(seconds=sync.skew)


def _saved(why: str) -> str:
    return f"saved on this laptop: {why}"


def _joined(stands: str, rest: str) -> str:
    return f"{stands}; {rest}" if stands else rest[:1].upper() + rest[1:]


def _sentences(*parts: str) -> str:
    """Parts as sentences, one after the other; those that have no end get one."""
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in parts if part)

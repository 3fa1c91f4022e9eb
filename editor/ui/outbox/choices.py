"""Which buttons a row of the outbox has: a table over its state. Pure."""

from __future__ import annotations

from editor.sync.delivery import Phase
from editor.ui.outbox_words import State
from editor.views import OutboxRow

CAN_GO = frozenset({State.OFFLINE, State.FAILED, State.WAITS, State.UNSURE, State.REFUSED})
"""The states in which trying at once may help. A host that asked for time is not hurried."""
CAN_BE_DISCARDED = CAN_GO | {State.SCHEDULED, State.ASKED_TO_WAIT, State.PAUSED, State.SIGN_IN}

Choice = tuple[str, str, str]
"""A name, the words, an icon."""

CHOOSE: Choice = ("choose", "Choose…", "list")
SEND_AGAIN: Choice = ("send_again", "Send again", "send")
LEAVE: Choice = ("leave", "Leave it", "check")
SIGN_IN: Choice = ("sign_in", "Sign in…", "log-in")
RETRY: Choice = ("retry", "Retry now", "refresh-cw")
CHECK: Choice = ("retry", "Check now", "search")
DISCARD: Choice = ("discard", "Discard…", "x")
DETAILS: Choice = ("details", "Details…", "history")
OPEN: Choice = ("open", "Open", "pen-line")


def choices(row: OutboxRow, state: State) -> tuple[Choice, ...]:
    """What can be done with a row, the most likely first."""
    first: tuple[Choice, ...] = ()
    match state:
        case State.CHANGED:
            first = (CHOOSE,)
        case State.TAKEN_DOWN:
            first = (SEND_AGAIN, LEAVE)
        case State.SIGN_IN:
            first = (SIGN_IN,)
        case State.UNSURE:
            first = (CHECK,)
        case _ if state in CAN_GO:
            first = (RETRY,)
    # a request whose fate is unknown cannot be given up, and photos belong to the text that is there
    if state in CAN_BE_DISCARDED and row.phase is not Phase.IN_DOUBT and not row.text_only:
        first = (*first, DISCARD)
    return (*first, DETAILS, OPEN)

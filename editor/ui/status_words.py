"""What the foot of the window says of the connection, of what is being sent, and of the laptop's clock.

Pure, and without Qt, so that every sentence can be tested by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from editor.domain.blog import AccountState
from editor.ui.messages import clock, part_of, waited
from editor.views import AccountRow

TOLERATED = 30.0
"""By how many seconds a clock may be wrong before anybody is bothered with it."""
PAUSED = "Paused: nothing is sent until you resume"
SIGN_IN = "Sign in to continue"
ASKING = (PAUSED, SIGN_IN)
"""How the sentences begin that wait for a person."""
KEPT = "everything is saved on this laptop"


def status_sentence(
    accounts: Sequence[AccountRow],
    now: datetime,
    zone: tzinfo,
    *,
    online: bool = True,
    since: datetime | None = None,
    sending: tuple[int, int] | None = None,
    waiting: int = 0,
) -> str:
    """How things stand, in one line. ``sending`` is how many bytes are sent of how many, ``waiting`` the outbox's count."""
    states = {account.state for account in accounts}
    if AccountState.PAUSED in states:
        return PAUSED
    if sending is not None:
        done, total = sending
        return f"Sending {part_of(done, total)}" if total else "Sending…"
    if not online:
        when = f" since {clock(since, zone, now)}" if since else ""
        return f"Offline{when} — {KEPT}"
    if AccountState.SIGN_IN in states:
        return SIGN_IN + (f" ({waiting:,} waiting)" if waiting else "")
    if all(account.kind == "site" for account in accounts):
        return KEPT[:1].upper() + KEPT[1:]
    return "Online"


def clock_sentence(skew: float) -> str:
    """Tells a clock that is wrong; empty where it is right enough. ``skew`` is how far it is ahead, in seconds."""
    if abs(skew) <= TOLERATED:
        return ""
    seconds = round(abs(skew))
    amount = f"{seconds} s" if seconds < 90 else waited(round(seconds / 60))
    way = "ahead of" if skew > 0 else "behind"
    return f"This laptop’s clock is {amount} {way} the server’s."

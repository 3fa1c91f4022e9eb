"""What the window says of an account: how it stands, what its user may do there, how the clocks compare. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from editor.domain.blog import AccountState, Role
from editor.sync.backend import May, Place, Welcome
from editor.ui.messages import count, waited
from editor.ui.status_words import TOLERATED

Look = tuple[str, str, str]
"""A word, its tint, its icon."""

ROLES = {Role.DESK: "Desk editor", Role.CORRESPONDENT: "Correspondent"}
ROLE_HELP = {
    Role.DESK: "You publish, correct and withdraw yourself.",
    Role.CORRESPONDENT: "You submit; the desk there publishes.",
}
MAY = {
    May.SUBMIT: "submit entries for review",
    May.PUBLISH: "publish",
    May.PHOTOS: "send photos",
    May.OTHERS: "change what others wrote",
    May.BLOGS: "make new places for live blogs",
}
NAMED = 4
"""So many places are named in a sentence; the others are counted."""
EQUAL = 2.0
"""By so many seconds clocks differ that agree: the answer took its time too."""


def standing(state: AccountState, *, online: bool, local: bool = False) -> Look:
    """How an account stands, in a word or two."""
    match state:
        case AccountState.SIGN_IN:
            return ("Sign in again", "amber", "log-in")
        case AccountState.PAUSED:
            return ("Paused", "grey", "circle-dot")
        case _ if online or local:
            return ("Ready", "green", "check")
        case _:
            return ("Offline", "amber", "wifi-off")


def may_lines(may: frozenset[May]) -> tuple[tuple[bool, str], ...]:
    """Everything that can be allowed, and whether it is, each in words of its own."""
    return tuple(
        (one in may, f"May {words}" if one in may else f"May not {words}")
        for one, words in MAY.items()
    )


def most(may: frozenset[May] | None) -> Role:
    """The highest role that these rights make: who may publish is the desk. Nobody knows: a correspondent."""
    return Role.DESK if may is not None and May.PUBLISH in may else Role.CORRESPONDENT


def places_sentence(places: Sequence[Place]) -> str:
    """Which places were found there."""
    if not places:
        return "No place for a live blog was found yet."
    named = [place.title or place.name for place in places[:NAMED]]
    rest = len(places) - len(named)
    listed = f"{', '.join(named)} and {rest:,} more" if rest else _joined(named)
    return f"{count(len(places), 'place')} for live blogs: {listed}."


def clock_line(ahead: float | None) -> tuple[bool, str]:
    """How this laptop's clock compares, and whether somebody should look after it; no words where nobody knows."""
    if ahead is None:
        return False, ""
    if abs(ahead) <= EQUAL:
        return False, "This laptop’s clock agrees with the site’s."
    seconds = round(abs(ahead))
    amount = count(seconds, "second") if seconds < 120 else waited(round(seconds / 60))
    return abs(ahead) > TOLERATED, f"This laptop’s clock is {amount} {_way(ahead)}."


def welcome_sentence(welcome: Welcome) -> str:
    """Who was let in, for those who hear it."""
    role = f", {welcome.role}" if welcome.role else ""
    return f"{welcome.site or 'The place'} lets {welcome.user or 'you'}{role} in."


def blogs_sentence(headlines: Sequence[str], *, all_of: int, local: bool) -> str:
    """Which live blogs go to an account."""
    if local:
        return "Every live blog has its page here."
    if not headlines:
        return "No live blog goes there yet."
    if len(headlines) == all_of > 1:
        return f"All {all_of} live blogs go there."
    named, rest = headlines[:NAMED], len(headlines) - NAMED
    listed = f"{', '.join(named)} and {rest:,} more" if rest > 0 else _joined(named)
    return f"Live blogs: {listed}"


def waits(number: int) -> str:
    """``1 entry waits``, ``7 entries wait``."""
    return f"{count(number, 'entry', 'entries')} {'waits' if number == 1 else 'wait'}"


def _way(ahead: float) -> str:
    return "ahead" if ahead > 0 else "behind"


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))

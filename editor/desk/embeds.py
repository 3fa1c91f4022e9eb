"""Posts and stories of a room: looking one up, keeping what was seen, and looking again later.

A look-up tells a network what we work on, so an entry that protects a source never makes one, whoever asks.
Slow: everything here that takes ``fetch`` is for any thread but the window's.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from editor.content.kept import Kept
from editor.content.networks import recognise
from editor.embeds.look import address_to_look_at, look, read_story
from editor.embeds.results import Denied, Fetch, Gone, NoAnswer, StoryFacts, Typed, Unread
from editor.ports import Room
from editor.problems import Problem, refuse


class Standing(StrEnum):
    """How things are with a post or a story after it was asked for."""

    KEPT = "kept"
    EDITED = "edited"
    GONE = "gone"
    DENIED = "denied"
    TYPED = "typed"
    UNREAD = "unread"
    PROTECTED = "protected"
    OFF = "off"


class Captured(msgspec.Struct, frozen=True, kw_only=True):
    """``snapshot`` names what was kept now (``kept``); where nothing was, ``problem`` says why."""

    standing: Standing
    snapshot: str = ""
    kept: Kept | None = None
    problem: Problem | None = None


class StoryRead(msgspec.Struct, frozen=True, kw_only=True):
    """A story's ``facts``, or the ``problem`` that says why there are none."""

    facts: StoryFacts | None = None
    problem: Problem | None = None


def capture(
    room: Room, url: str, *, protected: bool, allowed: bool, fetch: Fetch | None = None
) -> Captured:
    """Looks a post up and keeps what was seen.

    ``protected`` is the entry's ``protect_source``: then nothing leaves the laptop, no question to a name server either.
    ``allowed`` is ``Settings.may_fetch``.
    """
    if (held := _held_back(protected, allowed)) is not None:
        return held
    if recognise(url) is None:
        return Captured(standing=Standing.UNREAD, problem=Problem(code="post-no-address"))
    return _seen(room, url, fetch)


def look_again(
    room: Room, snapshot: str, *, protected: bool, allowed: bool, fetch: Fetch | None = None
) -> Captured:
    """Looks at a post that was kept: still as it was (``KEPT``), ``EDITED`` since, ``GONE`` since, or nobody knows.

    What is seen is another snapshot; the earlier one never changes. Raises ``Refused`` (``no-such-snapshot``).
    """
    with room.store.read() as tx:
        earlier = tx.snapshot(snapshot)
    if earlier is None:
        raise refuse("no-such-snapshot")
    if (held := _held_back(protected, allowed)) is not None:
        return held
    found = _seen(room, address_to_look_at(earlier), fetch, under=earlier.url)
    if found.kept is None or not is_edited(earlier, found.kept):
        return found
    return msgspec.structs.replace(found, standing=Standing.EDITED)


def kept(room: Room, snapshot: str) -> Kept | None:
    """What a snapshot holds; None where it is not on this laptop, as after an import."""
    with room.store.read() as tx:
        return tx.snapshot(snapshot)


def looks(room: Room, url: str) -> tuple[Kept, ...]:
    """Every time a post was seen, the earliest first."""
    with room.store.read() as tx:
        return tx.snapshots(url)


def is_edited(earlier: Kept, later: Kept) -> bool:
    """Whether the author changed the post between two looks. A new name or handle of the author changes no post."""
    return any(
        getattr(earlier, part) != getattr(later, part) for part in ("text", "media", "edited")
    )


def story(url: str, *, protected: bool, allowed: bool, fetch: Fetch | None = None) -> StoryRead:
    """What the page of a story says of itself: headline, outlet, summary. Nothing is kept."""
    if (held := _held_back(protected, allowed)) is not None:
        return StoryRead(problem=held.problem)
    try:
        return StoryRead(facts=read_story(url, fetch=fetch or _fetcher()))
    except NoAnswer as none:
        return StoryRead(problem=none.problem)


def _held_back(protected: bool, allowed: bool) -> Captured | None:
    if protected:
        return Captured(standing=Standing.PROTECTED, problem=Problem(code="post-protected"))
    if not allowed:
        return Captured(standing=Standing.OFF, problem=Problem(code="post-fetching-off"))
    return None


def _seen(room: Room, url: str, fetch: Fetch | None, under: str = "") -> Captured:
    """What is seen at ``url`` now, kept under the address by which the entry knows it."""
    match look(url, fetch=fetch or _fetcher(), now=room.clock.now()):
        case Kept() as found:
            seen = msgspec.structs.replace(found, url=under or found.url)
            with room.store.write() as tx:
                name = tx.add_snapshot(seen)
            return Captured(standing=Standing.KEPT, snapshot=name, kept=seen)
        case Gone(problem):
            return Captured(standing=Standing.GONE, problem=problem)
        case Denied(problem):
            return Captured(standing=Standing.DENIED, problem=problem)
        case Typed(problem):
            return Captured(standing=Standing.TYPED, problem=problem)
        case Unread(problem):
            return Captured(standing=Standing.UNREAD, problem=problem)


def _fetcher() -> Fetch:
    from editor.embeds.fetching import Fetcher

    return Fetcher()

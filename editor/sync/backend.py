"""What the engine asks of a publishing system. The consumer owns this port; each adapter is one file in ``backends``.

A backend blocks, runs on the sync thread, and keeps no state of its own between calls that a restart would miss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol, runtime_checkable

from editor.content.block import Picture
from editor.content.entry import Content
from editor.domain.blog import Blog, Target
from editor.domain.ids import EntryId
from editor.problems import Problem
from editor.sync.delivery import Dispatch, Held, MediaFile, Visibility


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What a system can do, so that the planner plans for it and the window says so before publishing.

    ``drafts``: it keeps entries that the public cannot see (two-phase publishing). ``versions``: it refuses an update
    whose version token is old. ``repeatable``: the same write sent twice has the effect of one. ``settle``: how long an
    unanswered write may still land. ``network``: it is asked over a network, so that its answers tell whether there is
    one. ``pulls``: others edit entries there, and what they changed can be asked for. ``history``: it keeps what a write
    replaced. ``batch``: how many entries it takes in one request (``Batching``). ``holds``: what is scheduled is given to
    it, which makes it public in its time though this laptop be offline then.
    """

    drafts: bool = False
    versions: bool = False
    repeatable: bool = False
    media: bool = True
    withdraws: bool = True
    settle: timedelta = timedelta(seconds=120)
    network: bool = True
    pulls: bool = False
    history: bool = False
    batch: int = 0
    holds: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is known of the last request beside its meaning, for the delivery log and the clock.

    ``sent`` and ``received`` are bytes, ``took`` seconds, ``date`` the server's own time (RFC 9110, 6.6.1), ``remark``
    what a person should know of it though it went well.
    """

    status: int = 0
    request_id: str = ""
    sent: int = 0
    received: int = 0
    took: float = 0.0
    date: datetime | None = None
    remark: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """An object at a target as it is now. ``content`` is its text, None where it cannot be read as an entry.

    ``held.visibility`` is ``GONE`` for what lies in the bin there. ``returned`` is what the desk wrote to a submission that
    it sent back there, empty for nothing; None where it did not.
    """

    held: Held
    content: Content | None = None
    author: str = ""
    returned: str | None = None


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An object at a target, in a list: under whose key it stands, and which version it is.

    A list that is to be short may tell only how a version begins, and says that it is not ``whole``. ``sure``: it was made
    for the entry; what others made may bear its key too, where they copied something out of it.
    """

    ref: str
    entry: EntryId
    version: str
    visibility: Visibility
    whole: bool = True
    sure: bool = True

    def is_as(self, held: Held) -> bool:
        """Whether the object is as we know it."""
        if self.whole:
            return self.version == held.version
        return held.version.startswith(self.version)


@dataclass(frozen=True, kw_only=True)
class Pulled:
    """What changed at a target since a cursor, and the cursor to go on from. What is named may be unchanged too."""

    changed: tuple[Listed, ...] = ()
    cursor: str = ""


Flow = Callable[[int], None]
"""Called with the bytes sent so far before each piece of a photo leaves. It may take its time, and it may raise."""


def at_will(sent: int) -> None:
    """A flow that lets everything pass."""


class NotApplied(Exception):
    """The request certainly had no effect: refused connection, name not found, 429, disk full. Worth trying again.

    ``retry_after`` is what the system asked for, in seconds; ``sign_in`` says that the credentials were refused;
    ``offline`` that nothing of the system was reached at all.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        retry_after: float | None = None,
        sign_in: bool = False,
        offline: bool = False,
    ) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.retry_after = retry_after
        self.sign_in = sign_in
        self.offline = offline


class Unanswered(Exception):
    """The request left, and nobody knows what became of it: a timeout, a reset, a 5xx, an unreadable answer.

    ``retry_after`` is the patience that the system's host asked for all the same, in seconds.
    """

    def __init__(self, problem: Problem, *, retry_after: float | None = None) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.retry_after = retry_after


class Rejected(Exception):
    """The system understood and said no, and will say no again. A person has to do something."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Moved(Exception):
    """The object at the target is not the version we know: somebody else wrote it, or it is gone. Look first."""


Taken = Held | NotApplied | Rejected | Moved
"""What became of one entry among several."""


class Backend(Protocol):
    """A publishing system, opened for one target. Every call may raise the four exceptions above."""

    capabilities: Capabilities

    @property
    def answer(self) -> Answer:
        """What is known of the last request that was made, whatever became of it."""
        ...

    def check(self) -> None:
        """Returns when the target can be written to; raises what is wrong otherwise. Leaves nothing behind."""
        ...

    def put_media(self, file: MediaFile, path: Path, flow: Flow = at_will) -> None:
        """Puts a rendition under its name. The same name twice is the same file.

        Over a network it leaves in small pieces, each after a call of ``flow``: other requests of this backend may be
        made in it.
        """
        ...

    def remove_media(self, file: MediaFile) -> None:
        """Takes a rendition away from the public; one that is not there is fine.

        It may be put again afterwards. A removal whose answer was lost must not land after that: a backend whose
        system may be so late looks, or waits, in ``put_media``.
        """
        ...

    def picture(self, files: tuple[MediaFile, ...]) -> Picture:
        """Where the renditions of one asset lie, as seen from an entry. Asks nobody."""
        ...

    def find(self, entry: EntryId, held: Held) -> Found | None:
        """What the target holds of an entry: the object ``held.ref`` where one is known, else the oldest one under the
        entry's key, over every status; one that lies in the bin only where there is no other. None when there is nothing.
        """
        ...

    def changes(self, cursor: str) -> Pulled:
        """What anybody changed since ``cursor``; from the beginning where it is empty."""
        ...

    def listing(self) -> tuple[Listed, ...]:
        """Every object with an entry's key, over every status; the bin may be left out."""
        ...

    def clear(self, ref: str) -> None:
        """Puts an object into the bin; one that is not there is fine."""
        ...

    def replaced(self, entry: EntryId, before: Held, after: Held) -> tuple[Found, ...]:
        """What others wrote between two versions of ours, and our write replaced; oldest first.

        Asked where the system has ``history``.
        """
        ...

    def put(self, dispatch: Dispatch, held: Held) -> Held:
        """Makes the target hold the dispatch: creates when ``held.ref`` is empty, updates that object otherwise.

        Raises ``Moved`` when ``held.version`` is not the target's.
        """
        ...

    def withdraw(self, dispatch: Dispatch, held: Held) -> Held:
        """Takes the entry from the public, leaving the dispatch's notice where the system can show one.

        The answer has no ``ref`` when nothing is left of the object.
        """
        ...

    def put_cover(self, blog: Blog) -> None:
        """Tells the target the blog's own headline, standfirst and status. Does nothing where there is no place."""
        ...

    def address(self) -> str:
        """The blog's public address, or the path of its first page; empty when there is none."""
        ...

    def close(self) -> None:
        """Gives back connections and files."""
        ...


@runtime_checkable
class Batching(Protocol):
    """What a backend can do besides, where ``capabilities.batch`` is not nought: on a long way one request serves many."""

    def put_all(self, puts: tuple[tuple[Dispatch, Held], ...]) -> tuple[Taken, ...]:
        """Puts several entries in their order, as ``put`` does one. The system stops at the first that it does not take.

        The answer has what it holds of each one that was taken, then what stood against the first that was not. What is
        missing after that was certainly not done. Raises like ``put`` where all of them share one fate.
        """
        ...


class May(StrEnum):
    """What a system lets an account's user do there."""

    SUBMIT = "submit"
    PUBLISH = "publish"
    PHOTOS = "photos"
    OTHERS = "others"
    BLOGS = "blogs"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place at a system that a blog's entries can go to: its name there, and what people call it."""

    name: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Door:
    """What stands at an address, told to anybody.

    ``site`` is what the system calls itself, ``settings`` what was found out and is to be kept with the account (the
    address as the system knows it), ``sign_in`` a page where a person lets this program in with the browser, or empty.
    """

    site: str
    settings: Mapping[str, str]
    sign_in: str = ""


@dataclass(frozen=True, kw_only=True)
class Welcome:
    """What a system says to an account's user.

    ``user`` and ``role`` are its own words, ``places`` where entries can go, ``ahead`` by how many seconds the laptop's
    clock is ahead of the system's (None where it does not tell), ``settings`` what is to be kept with the account, and
    ``remarks`` what the user should know before something is tried in vain.
    """

    site: str
    user: str
    role: str
    may: frozenset[May]
    places: tuple[Place, ...] = ()
    ahead: float | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Problem, ...] = ()


@runtime_checkable
class Greeting(Protocol):
    """What a kind can do besides: find its system from what somebody typed, and say who its user is there.

    Both ask over the network and may take half a minute. They raise ``NotApplied``, ``Unanswered`` and ``Rejected``.
    """

    def discover(self, settings: Mapping[str, str]) -> Door:
        """What stands at the address. No credentials are sent."""
        ...

    def greet(self, settings: Mapping[str, str], secret: str) -> Welcome:
        """Who the user is there, and what this user may do. Leaves nothing behind."""
        ...


class OneWay:
    """For systems that only we write to: nothing comes back, and nothing strange lies there."""

    answer = Answer()

    def changes(self, cursor: str) -> Pulled:
        """Nothing changes there."""
        return Pulled(cursor=cursor)

    def listing(self) -> tuple[Listed, ...]:
        """Nothing strange lies there."""
        return ()

    def clear(self, ref: str) -> None:
        """There is nothing to clear."""

    def replaced(self, entry: EntryId, before: Held, after: Held) -> tuple[Found, ...]:
        """Nobody else writes there."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Field:
    """A setting of a backend: the account form and the command line are made from these."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = False
    default: str = ""
    per_target: bool = False


class BackendKind(Protocol):
    """What a file in ``editor.backends`` names ``BACKEND``: a kind of publishing system.

    ``PICTURES`` is the MIME type in which it is sent photos: WebP, a third smaller, where every reader of it can show that.
    """

    KIND: str
    LABEL: str
    PICTURES: str
    FIELDS: tuple[Field, ...]

    def open(self, blog: Blog, target: Target, settings: Mapping[str, str], secret: str) -> Backend:
        """A backend for one target. ``settings`` are the account's with the target's over them. Asks nobody."""
        ...

    def able(self, settings: Mapping[str, str]) -> Capabilities:
        """What a backend with these settings can do, told without opening one."""
        ...

    def problems(self, settings: Mapping[str, str]) -> tuple[Problem, ...]:
        """What is wrong with the settings as typed."""
        ...

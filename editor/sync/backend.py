"""What the engine asks of a publishing system. The consumer owns this port; each adapter is one file in ``backends``.

A backend blocks, runs on the sync thread, and keeps no state of its own between calls that a restart would miss.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from editor.content.block import Picture
from editor.domain.blog import Blog, Target
from editor.domain.ids import EntryId
from editor.problems import Problem
from editor.sync.delivery import Dispatch, Held, MediaFile


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What a system can do, so that the planner plans for it and the window says so before publishing.

    ``drafts``: it keeps entries that the public cannot see (two-phase publishing). ``versions``: it refuses an update
    whose version token is old. ``repeatable``: the same write sent twice has the effect of one. ``settle``: how long an
    unanswered write may still land. ``network``: it is asked over a network, so that its answers tell whether there is
    one.
    """

    drafts: bool = False
    versions: bool = False
    repeatable: bool = False
    media: bool = True
    withdraws: bool = True
    settle: timedelta = timedelta(seconds=120)
    network: bool = True


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
    """The request left, and nobody knows what became of it: a timeout, a reset, a 5xx, an unreadable answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Rejected(Exception):
    """The system understood and said no, and will say no again. A person has to do something."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Moved(Exception):
    """The object at the target is not the version we know: somebody else wrote it, or it is gone. Look first."""


class Backend(Protocol):
    """A publishing system, opened for one target. Every call may raise the four exceptions above."""

    capabilities: Capabilities

    def check(self) -> None:
        """Returns when the target can be written to; raises what is wrong otherwise. Leaves nothing behind."""
        ...

    def put_media(self, file: MediaFile, path: Path) -> None:
        """Puts a rendition under its name. The same name twice is the same file."""
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

    def find(self, entry: EntryId) -> Held | None:
        """What the target holds under this entry's key, over every status; None when there is nothing."""
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
    """What a file in ``editor.backends`` names ``BACKEND``: a kind of publishing system."""

    KIND: str
    LABEL: str
    FIELDS: tuple[Field, ...]

    def open(self, blog: Blog, target: Target, settings: Mapping[str, str], secret: str) -> Backend:
        """A backend for one target. ``settings`` are the account's with the target's over them. Asks nobody."""
        ...

    def problems(self, settings: Mapping[str, str]) -> tuple[Problem, ...]:
        """What is wrong with the settings as typed."""
        ...

"""What a look at a post or a story comes to, and what has to be given to look: something that fetches.

Everything but ``Kept`` carries the problem that tells people why there is no snapshot.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import Protocol

import msgspec

from editor.content.kept import Kept
from editor.problems import Problem


class Gone(msgspec.Struct, frozen=True):
    """The network says that there is no such post: it was deleted, or never was."""

    problem: Problem


class Denied(msgspec.Struct, frozen=True):
    """The post is there, or may be, and is not shown to everybody."""

    problem: Problem


class Typed(msgspec.Struct, frozen=True):
    """A post that is never fetched: its words are typed by whoever sees it."""

    problem: Problem


class Unread(msgspec.Struct, frozen=True):
    """Nothing is known of the post: no answer came, or none that can be read."""

    problem: Problem


Look = Kept | Gone | Denied | Typed | Unread


class StoryFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a story's page says of itself, as plain text. ``url`` is the address that was asked, without tracking."""

    url: str
    headline: str = ""
    outlet: str = ""
    summary: str = ""


class Due(Enum):
    """What an answer has to be. A page may be cut off at the most that is read; JSON may not."""

    JSON = "json"
    PAGE = "page"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of a server, with success or without. The body is unpacked and bounded; ``charset`` as the header has it."""

    status: int
    body: bytes = b""
    charset: str = ""


class NoAnswer(Exception):
    """There was no answer that counts, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Fetch(Protocol):
    """Gets what is at an https address, of one of these hosts. Slow; never on the UI thread. Raises ``NoAnswer``."""

    def __call__(self, url: str, *, hosts: Collection[str], due: Due) -> Answer: ...

"""Three kinds of failure: the user can mend it, the world is unavailable, or we have a bug.

The core returns or raises problems by code; the words for them are found in ``editor.ui.messages``.
A bug is any other exception, and is caught at three borders only: a worker pass, a UI task, the top-level hook.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a problem weighs: an error refuses the action, a warning is shown beside it."""

    ERROR = "error"
    WARNING = "warning"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something the user can understand and mend.

    ``code`` names the sentence, ``field`` where it belongs (``body.2.alt``, ``headline``, a file's path), and
    ``detail`` fills the sentence's gaps.
    """

    code: str
    field: str = ""
    detail: Mapping[str, str | int] = {}
    severity: Severity = Severity.ERROR

    @property
    def refuses(self) -> bool:
        """Whether the action cannot go on."""
        return self.severity is Severity.ERROR


class Refused(Exception):
    """An action that was not done, and why: one or more problems the user can mend. Nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(p.code for p in problems))
        self.problems = problems

    @property
    def first(self) -> Problem:
        """The problem to tell first."""
        return self.problems[0]


class Unavailable(Exception):
    """The world does not answer: no network, disk full, database locked, keyring closed. Worth trying again."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def refuse(code: str, field: str = "", **detail: str | int) -> Refused:
    """A ``Refused`` with a single problem, to be raised."""
    return Refused(Problem(code=code, field=field, detail=detail))


def warn(code: str, field: str = "", **detail: str | int) -> Problem:
    """A problem that is shown and does not stop anything."""
    return Problem(code=code, field=field, detail=detail, severity=Severity.WARNING)

"""One slow question at a time, for a sheet that may be closed, or ask anew, before the answer comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from editor.problems import Problem, Refused, Unavailable
from editor.sync.backend import NotApplied, Unanswered

if TYPE_CHECKING:
    from editor.ui.bridge import Bridge

T = TypeVar("T")
SLOW_MS = 500
"""After so long it is said what is waited for; what is quicker needs no words."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Why there was no answer. ``passes``: by itself, as when there is no network; ``sign_in``: the secret was not taken."""

    problem: Problem
    passes: bool = False
    sign_in: bool = False


class Asking(QObject):
    """``slow`` comes when an answer takes its time, ``rested`` when nothing is waited for any more."""

    slow = Signal()
    rested = Signal()

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._number = 0
        self._closed = False
        self.busy = False
        self._timer = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._timer.timeout.connect(self.slow)

    def ask(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Trouble], None],
        late: Callable[[Problem], None] = lambda problem: None,
    ) -> None:
        """Does slow work in another thread. What is still out is not waited for any more.

        ``late`` is told what went wrong where nobody waits: the sheet was closed over something that was to be kept.
        """
        if self._closed:
            return
        self.forget()
        number = self._number
        self.busy = True
        self._timer.start()

        def answer(result: T) -> None:
            if number == self._number:
                self._rest()
                done(result)

        def trouble(error: Exception) -> None:
            wanted = number == self._number
            if wanted:
                self._rest()
            said = trouble_of(error)
            if wanted:
                failed(said)
            else:
                late(said.problem)

        self._bridge.run_in_pool(work, answer, trouble)

    def forget(self) -> None:
        """Nobody waits any more for what is still out."""
        self._number += 1
        self._rest()

    def close(self) -> None:
        """The sheet is closed: from now on nobody asks either, though a field may still be left while it goes."""
        self.forget()
        self._closed = True

    def _rest(self) -> None:
        if self.busy:
            self.busy = False
            self._timer.stop()
            self.rested.emit()


def trouble_of(error: Exception) -> Trouble:
    """What an error means to a person; a bug is raised again."""
    match error:
        case Refused():
            cause = error.__cause__
            sign_in = isinstance(cause, NotApplied) and cause.sign_in
            passes = isinstance(cause, NotApplied | Unanswered) and not sign_in
            return Trouble(problem=error.first, passes=passes, sign_in=sign_in)
        case Unavailable():
            return Trouble(problem=error.problem)
        case _:
            raise error

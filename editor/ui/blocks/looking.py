"""A block whose address can be looked up: the line that offers it, says that it goes on, and says what came of it.

The slow part runs in the pool. What comes back is for the block that asked only while that is still shown, and nothing
is ever typed over: the block fills what is empty.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from editor.problems import Refused, Unavailable
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.labels import Label
from editor.ui.messages import sentence
from editor.ui.theme.theme import Theme

if TYPE_CHECKING:
    from editor.desk.embeds import Captured, StoryRead

T = TypeVar("T")
FAILED = "The look-up failed; type what it says."


class Looking(Protocol):
    """Looks posts and stories up for the entry that is open. Each gives the work that is to be done in the pool."""

    def at_once(self) -> bool:
        """Whether an address may be looked up as soon as it is there, with nobody asking."""
        ...

    def post(self, url: str) -> Callable[[], Captured]: ...

    def again(self, snapshot: str) -> Callable[[], Captured]: ...

    def story(self, url: str) -> Callable[[], StoryRead]: ...


class LookLine(QWidget):
    """What is known of the address in a few quiet words, and the button that looks it up."""

    asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.words = Label(theme, px=12, ink="ink_3", wraps=True)
        self.button = FlatButton(theme, "", px=12, height=26)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self.asked)
        self.busy = False
        self.hide()

    def say(self, words: str, button: str = "", *, trouble: bool = False) -> None:
        """Shows words, and a button where it has a name; nothing at all without either."""
        self.words.set_ink("amber" if trouble else "ink_3")
        self.words.setText(words)
        self.button.say(button)
        self.button.setAccessibleName(button)
        # a button that was pressed keeps the focus while its work goes on
        self.button.setVisible(bool(button))
        self.setVisible(bool(words or button))

    def start(
        self,
        run_in_pool: Callable[..., None],
        work: Callable[[], T],
        done: Callable[[T], None],
        going_on: str,
    ) -> None:
        """Does the work in the pool; ``done`` is called while this line is still there."""
        self.busy = True
        self.say(going_on)

        def finish(result: T) -> None:
            if isValid(self):
                self.busy = False
                done(result)

        def fail(problem: Exception) -> None:
            if isValid(self):
                self.busy = False
                match problem:
                    case Refused():
                        told = sentence(problem.first)
                    case Unavailable():
                        told = sentence(problem.problem)
                    case _:
                        told = FAILED
                self.say(told, "Try again", trouble=True)

        run_in_pool(work, finish, fail)

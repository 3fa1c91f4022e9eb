"""Where the system's keyring does not take a secret: it is said, and keeping it for this session only is offered.

A secret is never written anywhere else.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from editor.problems import Problem
from editor.ui.accounts.parts import Panel, column_in
from editor.ui.accounts.work import KEYRING
from editor.ui.messages import sentence
from editor.ui.theme.theme import Theme

MEANS = (
    "For this session only means until Dateline is closed; then you are asked again."
    " The secret is never written into a file."
)


def is_keyrings(problem: Problem) -> bool:
    """Whether a problem is the keyring's."""
    return problem.code.startswith(KEYRING)


class KeepingPanel(QWidget):
    """``again`` when somebody wants the keyring to be asked once more, ``for_session`` when it shall do without."""

    again = Signal()
    for_session = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.panel = Panel(theme, "amber", "lock")
        self.retry = self.panel.add("Try again", self.again.emit)
        self.session = self.panel.add("Keep for this session only", self.for_session.emit)
        column_in(self, spacing=0).addWidget(self.panel)
        self.hide()

    def tell(self, problem: Problem) -> None:
        """Says what the keyring answered."""
        self.panel.say(sentence(problem), MEANS)
        self.show()

    def clear(self) -> None:
        """Says nothing."""
        self.panel.say("")
        self.hide()

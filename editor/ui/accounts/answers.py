"""What came back when an account was tested or kept, under its form: a welcome, or what stands against it and what mends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from editor.problems import Problem
from editor.sync.backend import Welcome
from editor.ui.accounts.keeping import KeepingPanel
from editor.ui.accounts.parts import IconLine, Panel, column_in
from editor.ui.accounts.welcome import WelcomePanel
from editor.ui.messages import sentence
from editor.ui.theme.theme import Theme

UNTESTED = "It could not be tested now."
LATER = "You can keep the account all the same; it is tried when there is something to send."


class Answers(QWidget):
    """``anyway`` where it shall be kept without a test, ``again`` where the keyring shall be asked once more,
    ``for_session`` where it shall do without; ``grown`` carries the part that has come.
    """

    anyway = Signal()
    again = Signal()
    for_session = Signal()
    grown = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.progress = IconLine(theme)
        self.trouble = Panel(theme, "live", "circle-alert")
        self.untested = Panel(theme, "amber", "wifi-off")
        self.untested.add("Save without testing", self.anyway.emit)
        self.keeping = KeepingPanel(theme)
        self.keeping.again.connect(self.again)
        self.keeping.for_session.connect(self.for_session)
        self.welcome = WelcomePanel(theme)
        column = column_in(self)
        for part in (self.progress, self.trouble, self.untested, self.keeping, self.welcome):
            column.addWidget(part)

    def clear(self, *, but_welcome: bool = False) -> None:
        """Takes everything back."""
        self.trouble.say("")
        self.untested.say("")
        self.keeping.clear()
        if not but_welcome:
            self.welcome.clear()

    def asking(self, text: str) -> None:
        """Says what is waited for, or nothing."""
        self.progress.say(text, "clock", "ink_3")
        if text:
            self.grown.emit(self.progress)

    def greet(self, welcome: Welcome) -> None:
        """Shows what the place said."""
        self.welcome.greet(welcome)
        self.grown.emit(self.welcome)

    def tell(self, problem: Problem) -> None:
        """Says what stands against it."""
        self.trouble.say(sentence(problem))
        self.grown.emit(self.trouble)

    def offer_untested(self) -> None:
        """Offers to keep it without a test."""
        self.untested.say(UNTESTED, LATER)
        self.grown.emit(self.untested)

    def tell_keyrings(self, problem: Problem) -> None:
        """Says what the keyring answered, and goes to what can be done."""
        self.keeping.tell(problem)
        self.keeping.retry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grown.emit(self.keeping)

"""One account in the list: what it is, how it stands, which live blogs go there, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from editor.problems import Problem
from editor.ui.accounts.account_words import Look
from editor.ui.accounts.parts import IconLine, Panel
from editor.ui.accounts.welcome import WelcomePanel
from editor.ui.accounts.work import Visit
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.chips import Pill
from editor.ui.kit.flow import Flow
from editor.ui.kit.labels import Elided, Label
from editor.ui.kit.paint import box, painter_on
from editor.ui.messages import count, sentence
from editor.ui.theme.theme import Theme

DEEDS = {
    "sign_in": ("Sign in…", "log-in"),
    "test": ("Test", "refresh-cw"),
    "blogs": ("Live blogs…", "list"),
    "change": ("Change…", "pen-line"),
    "remove": ("Remove…", "trash-2"),
}
NOTHING_YET = "It can be tested as soon as a live blog goes there."
LOWER = "You are a desk editor here, but the place does not let you publish."


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a card shows."""

    name: str
    what: str
    blogs: str
    look: Look
    deeds: tuple[str, ...]


class AccountCard(QWidget):
    """``asked`` carries the name of what was chosen."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._deeds: tuple[str, ...] = ()
        self._title = Elided(theme, weight=600)
        self.state = Pill(theme)
        self._what = Elided(theme, px=12, ink="ink_3")
        self._blogs = Label(theme, ink="ink_2", wraps=True)
        self.said = IconLine(theme)
        self.lesser = Panel(theme, "amber")
        self.lesser.add("Be a correspondent there", lambda: self.asked.emit("lower"))
        self.welcome = WelcomePanel(theme)
        self._flow = Flow(outset=8)
        self.buttons: dict[str, FlatButton] = {}
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title, 1)
        top.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(self._what)
        column.addWidget(self._blogs)
        for part in (self.said, self.lesser, self.welcome):
            column.addSpacing(3)
            column.addWidget(part)
        column.addSpacing(2)
        column.addLayout(self._flow)
        theme.changed.connect(self.update)

    def show_account(self, shown: Shown) -> None:
        """Shows an account as it stands now."""
        self._title.setText(shown.name)
        self._what.setText(shown.what)
        self._blogs.setText(shown.blogs)
        word, tint, icon = shown.look
        self.state.say(word, tint, icon=icon)
        self.setAccessibleName(f"{shown.name}, {word}. {shown.what}. {shown.blogs}")
        self._offer(shown.name, shown.deeds)

    def asking(self, on: bool, slow: bool = False) -> None:
        """An answer is waited for, or no more."""
        if button := self.buttons.get("test"):
            button.setEnabled(not on)
        if on:
            self.lesser.say("")
        self.said.say("Asking…" if slow else "", "clock", "ink_3")

    def greet(self, visit: Visit, *, too_high: bool) -> None:
        """Shows what the place said; ``too_high`` where the account's role is more than it allows."""
        if visit.welcome is None:
            self.welcome.clear()
            said = (f"It answers for {count(visit.tried, 'live blog')}.", "check", "green")
            self.said.say(*(said if visit.tried else (NOTHING_YET, "info", "ink_3")))
            return
        self.said.say("")
        self.welcome.greet(visit.welcome)
        self.lesser.say(LOWER if too_high else "")

    def tell(self, problem: Problem) -> None:
        """Says what went wrong."""
        self.welcome.clear()
        self.said.say(sentence(problem), "circle-alert", "live")

    def _offer(self, name: str, deeds: tuple[str, ...]) -> None:
        says = {deed: f"{DEEDS[deed][0].rstrip('…')}: {name}" for deed in deeds}
        if deeds == self._deeds:
            return
        had = next((deed for deed, button in self.buttons.items() if button.hasFocus()), "")
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._deeds, self.buttons = deeds, {}
        for deed in deeds:
            text, icon = DEEDS[deed]
            button = FlatButton(self._theme, says[deed], icon=icon, text=text, px=12, height=26)
            button.clicked.connect(lambda _=False, deed=deed: self.asked.emit(deed))
            self._flow.addWidget(button)
            self.buttons[deed] = button
            button.show()
        if had:
            stays = self.buttons.get(had) or next(iter(self.buttons.values()), self)
            stays.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._theme.colour
        box(painter_on(self), self.rect(), 8, colour("surface"), colour("line"))

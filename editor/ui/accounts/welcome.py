"""What a place said to its user: who that is there, what may be done, which places were found, how the clocks compare."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from editor.sync.backend import Welcome
from editor.ui.accounts.account_words import (
    clock_line,
    may_lines,
    places_sentence,
    welcome_sentence,
)
from editor.ui.accounts.parts import IconLine, column_in, empty
from editor.ui.kit.announcing import announce
from editor.ui.kit.chips import Pill
from editor.ui.kit.labels import Elided, Hairline
from editor.ui.kit.paint import box, painter_on
from editor.ui.messages import sentence
from editor.ui.theme.theme import Theme

COLUMNS = 2


class WelcomePanel(QWidget):
    """Hidden until there is something to show."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._who = Elided(theme, weight=600)
        self._site = Elided(theme, px=12, ink="ink_3")
        self._role = Pill(theme)
        head = QVBoxLayout()
        head.setSpacing(1)
        head.addWidget(self._who)
        head.addWidget(self._site)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addLayout(head, 1)
        top.addWidget(self._role, 0, Qt.AlignmentFlag.AlignTop)
        self._may = QGridLayout()
        self._may.setHorizontalSpacing(14)
        self._may.setVerticalSpacing(6)
        for number in range(COLUMNS):
            self._may.setColumnStretch(number, 1)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(6)
        column = column_in(self, spacing=10, margins=14)
        column.addLayout(top)
        column.addWidget(Hairline(theme))
        column.addLayout(self._may)
        column.addWidget(Hairline(theme))
        column.addLayout(self._facts)
        theme.changed.connect(self.update)
        self.hide()

    def lines(self) -> list[str]:
        """Everything that it says under its head."""
        return [line.text() for line in self.findChildren(IconLine) if line.isVisibleTo(self)]

    def clear(self) -> None:
        """Shows nothing."""
        self.hide()

    def greet(self, welcome: Welcome) -> None:
        """Shows what was said."""
        self._who.setText(f"Signed in as {welcome.user}" if welcome.user else "Signed in")
        self._site.setText(welcome.site)
        self._role.say(f"{welcome.role[:1].upper()}{welcome.role[1:]}", "accent")
        empty(self._may)
        empty(self._facts)
        for number, (allowed, words) in enumerate(may_lines(welcome.may)):
            look = ("check", "green") if allowed else ("ban", "ink_3")
            line = IconLine(self._theme, words, *look)
            top = Qt.AlignmentFlag.AlignTop
            self._may.addWidget(line, number // COLUMNS, number % COLUMNS, top)
        self._fact(places_sentence(welcome.places), "list")
        wrong, clock = clock_line(welcome.ahead)
        self._fact(clock, "triangle-alert" if wrong else "clock", "amber" if wrong else "ink_3")
        for remark in welcome.remarks:
            self._fact(sentence(remark), "info", "amber")
        said = welcome_sentence(welcome)
        self.setAccessibleName(said)
        self.show()
        announce(self, said)

    def _fact(self, text: str, icon: str, tint: str = "ink_3") -> None:
        if text:
            self._facts.addWidget(IconLine(self._theme, text, icon, tint))

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._theme.colour
        box(painter_on(self), self.rect(), 8, colour("surface"), colour("line"))

"""Over the outbox's rows: the question about many entries that are gone at once, and what the desk did meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from editor.ui.kit.buttons import Button, FlatButton
from editor.ui.kit.flow import Flow
from editor.ui.kit.labels import Elided, Label
from editor.ui.kit.paint import box, painter_on
from editor.ui.theme.theme import Theme

MEANS = (
    "If they were taken down, they stay down and your texts are kept."
    " If not, they are sent again; each is looked for first, so that none stands there twice."
)


class Question(QWidget):
    """Asks what became of the entries of a target; nothing is sent there before it was answered."""

    def __init__(
        self, theme: Theme, said: str, taken_down: Callable[[], None], again: Callable[[], None]
    ) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(said)
        words = Label(theme, said, weight=600, wraps=True)
        means = Label(theme, MEANS, px=12, ink="ink_2", wraps=True)
        answers = Flow(gap=8)
        answers.setContentsMargins(0, 6, 0, 0)
        for text, slot in (("They were taken down", taken_down), ("Send them again", again)):
            button = Button(theme, text)
            button.clicked.connect(slot)
            answers.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 22, 30, 22)
        column.setSpacing(4)
        column.addWidget(words)
        column.addWidget(means)
        column.addLayout(answers)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        area = self.rect().adjusted(14, 8, -14, -8)
        box(painter_on(self), area, 8, self._theme.colour("live_soft"))


class News(QWidget):
    """One thing that the desk did: whose entry, what, when; it can be opened, and put away."""

    def __init__(
        self,
        theme: Theme,
        headline: str,
        said: str,
        at: str,
        see: Callable[[], None] | None,
        dismiss: Callable[[], object],
    ) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(f"{headline}. {said} {at}")
        self._picture = QLabel()
        self._picture.setFixedWidth(18)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._picture)
        top.addWidget(Elided(theme, headline, weight=600), 1)
        top.addWidget(Label(theme, at, px=12, ink="ink_3"))
        buttons = Flow(outset=8)
        buttons.setContentsMargins(0, 2, 0, 0)
        if see is not None:
            buttons.addWidget(self._button("Open", f"Open: {headline}", "pen-line", see))
        buttons.addWidget(self._button("Dismiss", f"Dismiss: {headline}", "x", dismiss))
        words = Label(theme, said, ink="ink_2", wraps=True)
        below = QVBoxLayout()
        below.setSpacing(2)
        below.addWidget(words)
        below.addLayout(buttons)
        inset = QHBoxLayout()
        inset.setSpacing(0)
        inset.addSpacing(26)
        inset.addLayout(below, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 8)
        column.setSpacing(2)
        column.addLayout(top)
        column.addLayout(inset)
        theme.changed.connect(self._draw)
        self._draw()

    def _button(self, text: str, name: str, icon: str, slot: Callable[[], object]) -> FlatButton:
        button = FlatButton(self._theme, name, icon=icon, text=text, px=12, height=26)
        button.clicked.connect(slot)
        return button

    def _draw(self) -> None:
        self._picture.setPixmap(self._theme.pixmap("info", "accent", 16, self))

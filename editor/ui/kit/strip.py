"""A strip of news across the window: one sentence, what can be done about it, and a way to put it aside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from editor.ui.kit.announcing import announce
from editor.ui.kit.buttons import Button, FlatButton
from editor.ui.kit.labels import Label
from editor.ui.theme.theme import Theme


class Strip(QWidget):
    """Stays until somebody answers it. ``tint`` is one of the design's soft colours; ``put_away`` says that it was closed.

    ``closes`` is for one whose buttons are not a way out.
    """

    put_away = Signal()

    def __init__(self, theme: Theme, tint: str = "amber", *, closes: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._tint = tint
        self._words = Label(theme, wraps=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        close = FlatButton(theme, "Dismiss", icon="x", height=28)
        close.clicked.connect(self._close)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 6, 8, 6)
        self._row.setSpacing(10)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(close)
        if not closes:
            close.hide()
        theme.changed.connect(self.update)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def add_button(self, text: str, slot: Callable[[], object]) -> Button:
        """A button after the ones that are there, before the way out."""
        button = Button(self._theme, text)
        button.clicked.connect(lambda: slot())
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def say(self, text: str) -> None:
        """Shows a sentence; said again, it is only read again where it has changed."""
        if text != self.text:
            self._words.setText(text)
            self.setAccessibleName(text)
            announce(self, text)
        self.show()

    def _close(self) -> None:
        self.hide()
        self.put_away.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(f"{self._tint}_soft"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))

"""News at the foot of a pane: one sentence and one button that mends or undoes it. Never a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.ui.kit.announcing import announce
from editor.ui.kit.buttons import Button, FlatButton
from editor.ui.kit.labels import Label
from editor.ui.kit.paint import box
from editor.ui.theme.theme import Theme

SHOWN_MS = 12_000


class Notice(QWidget):
    """A bar that comes, says one thing, and goes by itself unless it asks for something."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._callback: Callable[[], None] | None = None
        self._words = Label(theme, wraps=True)
        self._action = Button(theme, "")
        self._action.clicked.connect(self._act)
        close = FlatButton(theme, "Dismiss", icon="x")
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._action)
        row.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        theme.changed.connect(self.update)
        self.hide()

    def say(
        self,
        text: str,
        action: str = "",
        callback: Callable[[], None] | None = None,
        *,
        stays: bool = False,
    ) -> None:
        """Shows a sentence, and a button where there is something to do about it."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self._callback = callback
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.updateGeometry()
        self._action.setVisible(bool(action and callback))
        self.show()
        self._timer.stop()
        if not stays:
            self._timer.start(SHOWN_MS)
        announce(self, text)

    def _act(self) -> None:
        callback, self._callback = self._callback, None
        self.hide()
        if callback:
            callback()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))
        mark = self.rect()
        mark.setWidth(3)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            mark.moveRight(self.rect().right())
        box(painter, mark, 0, self._theme.colour("accent"))

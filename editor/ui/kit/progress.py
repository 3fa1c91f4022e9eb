"""A thin line that fills up: how much of what is being sent has left."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.ui.kit.paint import box, painter_on
from editor.ui.theme.theme import Theme


class ProgressLine(QWidget):
    """Four pixels high. It is hidden as long as nothing is on its way."""

    def __init__(self, theme: Theme, *, wide: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._part = 0.0
        across = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def part(self) -> float:
        """How much is done, from 0 to 1."""
        return self._part

    def show_part(self, done: int, total: int, sending: bool) -> None:
        """Shows ``done`` of ``total``; hides where nothing is on its way."""
        self._part = min(1.0, done / total) if total else 0.0
        self.setAccessibleName(f"{round(self._part * 100)} per cent sent")
        self.setVisible(sending or bool(total and done < total))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        box(painter, self.rect(), 2, self._theme.colour("line"))
        done = self.rect()
        done.setWidth(round(self.width() * self._part))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            done.moveRight(self.rect().right())
        box(painter, done, 2, self._theme.colour("accent"))

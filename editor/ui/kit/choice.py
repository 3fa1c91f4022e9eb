"""A box to choose from, with the design's arrow: a style sheet takes Qt's own away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from editor.ui.theme.theme import Theme


class Choice(QComboBox):
    """A combo box. ``searchable``: it is typed into, and what has those letters anywhere is offered."""

    def __init__(self, theme: Theme, *, searchable: bool = False) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)
        if searchable:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = QCompleter(self.model(), self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.setCompleter(completer)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = 8 if mirrored else self.width() - 22
        arrow = self._theme.pixmap("chevron-down", "ink_3", 14, self)
        QPainter(self).drawPixmap(x, (self.height() - 14) // 2, arrow)

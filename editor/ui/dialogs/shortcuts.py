"""The sheet of keyboard shortcuts, made from the list of actions so that it cannot be wrong."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from editor.ui.actions import Action
from editor.ui.kit.chips import Pill
from editor.ui.kit.labels import Label
from editor.ui.kit.sheet import Sheet
from editor.ui.theme.theme import Theme

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow


def show_shortcuts(window: MainWindow) -> ShortcutsSheet:
    """Opens the sheet over the window."""
    sheet = ShortcutsSheet(window.theme, window, window.registry.all())
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    return sheet


class ShortcutsSheet(Sheet):
    """Every action that has a shortcut, by group, in two columns."""

    def __init__(self, theme: Theme, parent: QWidget, actions: tuple[Action, ...]) -> None:
        super().__init__(theme, parent, "Keyboard shortcuts", "Close", cancel="")
        self._theme = theme
        self.resize(720, 520)
        bound = sorted((a for a in actions if a.keys), key=lambda a: a.group)
        groups = [(name, tuple(part)) for name, part in groupby(bound, key=lambda a: a.group)]
        columns = (QVBoxLayout(), QVBoxLayout())
        lengths = [0, 0]
        for name, part in sorted(groups, key=lambda group: -len(group[1])):
            shorter = lengths.index(min(lengths))
            columns[shorter].addWidget(self._group(name, part))
            lengths[shorter] += len(part) + 2
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(36)
        for column in columns:
            column.addStretch(1)
            row.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.column.addWidget(scroll, 1)

    def _group(self, name: str, actions: tuple[Action, ...]) -> QWidget:
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 14)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Label(self._theme, name, weight=600), 0, 0, 1, 2)
        for place, action in enumerate(actions, start=1):
            grid.addWidget(Label(self._theme, action.text, ink="ink_2"), place, 0)
            keys = Pill(self._theme, action.keys)
            grid.addWidget(keys, place, 1, Qt.AlignmentFlag.AlignRight)
        return whole

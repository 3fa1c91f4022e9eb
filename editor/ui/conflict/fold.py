"""Blocks that are the same in both texts, folded away between those that differ."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.content.differences import Mark, Run
from editor.content.merge import Part
from editor.ui.blocks.base import Setting
from editor.ui.conflict import telling
from editor.ui.conflict.cell import Cell
from editor.ui.kit.buttons import FlatButton


class Fold(QWidget):
    """A line that says how many, and opens."""

    def __init__(self, setting: Setting, part: Part) -> None:
        super().__init__()
        self._setting, self._part = setting, part
        self._cell: Cell | None = None
        said = telling.same(len(part.mine))
        self.line = FlatButton(setting.theme, said, icon="chevron-right", text=said)
        self.line.clicked.connect(self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 0, 4, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.line, 0, Qt.AlignmentFlag.AlignLeft)
        setting.theme.changed.connect(self._draw)

    def _turn(self) -> None:
        if self._cell is None:
            setting = self._setting
            self._cell = Cell(setting.theme, "In both", setting.picture, setting.run_in_pool)
            self._cell.show_photos(telling.photos(self._part, self._part.mine))
            self._draw()
            self._column.addWidget(self._cell)
            self._cell.hide()
        opens = self._cell.isHidden()
        self._cell.setVisible(opens)
        self.line.set_icon("chevron-down" if opens else "chevron-right")

    def _draw(self) -> None:
        if self._cell is not None:
            c = self._setting.theme.colours
            words = telling.plain(self._part, self._part.mine, self._setting.zone)
            run = Run(Mark.SAME, words)
            self._cell.show_words(telling.html((run,), telling.Ink(c.add, c.remove)), words)

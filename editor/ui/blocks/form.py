"""Labelled fields under each other, as the design has them in a block."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from editor.ui.blocks.fields import FramedEdit, Line
from editor.ui.kit.labels import Label
from editor.ui.theme.theme import Theme

Field = Line | FramedEdit


class Form(QWidget):
    """Fields with their labels; Enter and the arrows go from one to the next, ``left`` says that they go beyond."""

    changed = Signal()
    run_closed = Signal()
    left = Signal(int)

    def __init__(
        self, theme: Theme, fields: Sequence[tuple[str, Field]], *, spacing: int = 6
    ) -> None:
        super().__init__()
        self._fields = [field for _, field in fields]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(spacing)
        grid.setColumnMinimumWidth(0, 70)
        grid.setColumnStretch(1, 1)
        for row, (name, field) in enumerate(fields):
            label = Label(theme, name, px=12, ink="ink_3")
            label.setBuddy(field)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignVCenter)
            field.changed.connect(self.changed)
            field.run_closed.connect(self.run_closed)
            field.left.connect(lambda way, row=row: self._go(row + way, way))

    def focus_first(self) -> None:
        """The cursor goes to the first field."""
        self._fields[0].setFocus(Qt.FocusReason.TabFocusReason)

    def focus_last(self) -> None:
        """The cursor goes to the last field."""
        self._fields[-1].setFocus(Qt.FocusReason.TabFocusReason)

    def set_read_only(self, on: bool) -> None:
        """Whether the fields may be typed into."""
        for field in self._fields:
            field.setReadOnly(on)

    def _go(self, row: int, way: int) -> None:
        if 0 <= row < len(self._fields):
            self._fields[row].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit(way)

"""A block of a newer version: a grey box that says so, and keeps it byte for byte."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

from editor.content.block import Block, Unknown
from editor.ui.blocks.base import BlockWidget, Setting
from editor.ui.kit.labels import Label
from editor.ui.kit.paint import box, ring


class UnknownBlock(BlockWidget):
    """What this program cannot show."""

    TYPE: ClassVar[str] = Unknown.TYPE
    TITLE: ClassVar[str] = "Unknown block"
    ICON: ClassVar[str] = "info"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._kept: Block = Unknown(type="", raw=b"{}")
        self._words = Label(setting.theme, ink="ink_2", wraps=True)
        self.inside.addWidget(self._words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def value(self) -> Block:
        return self._kept

    def set_value(self, block: Block, *, follow: bool = False) -> None:
        assert isinstance(block, Unknown)
        self._kept = block
        self.aside.setText(block.type)
        self._words.setText("This block was made by a newer version; it is kept as it is.")

    def focus_at(self, where: int) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, on: bool) -> None:
        """Nothing of it can be typed into anyway."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.left.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self.theme.colour
        box(painter, self.frame_rect(), 8, colour("sunken"), colour("line"))
        if self.hasFocus():
            ring(painter, self.frame_rect(), 8, colour("accent"))


WIDGET = UnknownBlock

"""Writing a part anew: a line for the headline, the composer's own blocks for a stretch of the body."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.content.clean import clean_content
from editor.content.entry import Content
from editor.ui.blocks import widgets
from editor.ui.blocks.base import BlockWidget, Setting
from editor.ui.blocks.fields import Line, field_sheet


class OwnHeadline(QWidget):
    """A headline. ``written`` comes when the writer pauses."""

    written = Signal()

    def __init__(self, setting: Setting, value: str) -> None:
        super().__init__()
        self._line = Line(setting.theme, "The headline in your own words")
        self._line.set_text(value)
        self._line.editingFinished.connect(self.written)
        self._line.run_closed.connect(self.written)
        self.setStyleSheet(field_sheet(setting.theme.colours))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 4)
        column.addWidget(self._line)

    def value(self) -> str:
        """What is written."""
        return clean_content(Content(headline=self._line.text())).headline

    def show_value(self, value: str) -> None:
        """Shows another one."""
        self._line.set_text(value)

    def take_focus(self) -> None:
        """The cursor goes into it."""
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.end(False)


class OwnBlocks(QWidget):
    """Blocks. ``written`` comes when the writer pauses."""

    written = Signal()

    def __init__(self, setting: Setting, value: tuple[Any, ...]) -> None:
        super().__init__()
        self._setting = setting
        self._widgets: list[BlockWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 6)
        self._column.setSpacing(8)
        self.setStyleSheet(field_sheet(setting.theme.colours))
        self.show_value(value)

    def value(self) -> tuple[Any, ...]:
        """What is written; blocks in which nothing is left are none."""
        found = (widget.value() for widget in self._widgets)
        blocks = tuple(block for block in found if block is not None and not block.is_empty())
        return clean_content(Content(body=blocks)).body

    def show_value(self, value: tuple[Any, ...]) -> None:
        """Shows other blocks; those of the same kinds keep their place and cursor."""
        if [widget.TYPE for widget in self._widgets] == [block.TYPE for block in value]:
            for widget, block in zip(self._widgets, value, strict=True):
                widget.set_value(block)
            return
        for widget in self._widgets:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets = [self._made(block) for block in value]

    def take_focus(self) -> None:
        """The cursor goes into the first block."""
        if self._widgets:
            self._widgets[0].focus_at(1)

    def _made(self, block: Any) -> BlockWidget:
        widget = widgets()[block.TYPE](self._setting)
        widget.set_value(block)
        widget.grip.setFixedSize(0, 0)
        widget.settled.connect(self.written)
        widget.left.connect(lambda way, widget=widget: self._go(widget, way))
        self._column.addWidget(widget)
        widget.show()
        return widget

    def _go(self, widget: BlockWidget, way: int) -> None:
        at = self._widgets.index(widget) + way
        if 0 <= at < len(self._widgets):
            self._widgets[at].focus_at(way)

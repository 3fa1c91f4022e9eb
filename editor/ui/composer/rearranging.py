"""Moving blocks: by the grip beside them, by its menu, and the line that shows where a block will land."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from editor.ui.blocks.base import GUTTER, BlockWidget
from editor.ui.theme.theme import Theme

if TYPE_CHECKING:
    from editor.ui.composer.column import Column

EDGE = 40
STEP = 12


class Rearranging(QObject):
    """Turns what the grips are told into moves of the column's blocks."""

    def __init__(self, column: Column, body: QWidget, theme: Theme) -> None:
        super().__init__(column)
        self._column = column
        self._body = body
        self._mark = _Mark(theme, body)

    def attach(self, widget: BlockWidget) -> None:
        """Listens to a block's grip."""
        widget.grip.dragged.connect(lambda at, widget=widget: self._drag(at))
        widget.grip.dropped.connect(lambda at, widget=widget: self._drop(widget, at))
        widget.grip.pressed_for_menu.connect(lambda at, widget=widget: self.menu(widget, at))

    def up(self, widget: BlockWidget) -> None:
        """Moves a block one place up."""
        self._column.move_block(widget, self._column.blocks.index(widget) - 1)

    def down(self, widget: BlockWidget) -> None:
        """Moves a block one place down."""
        self._column.move_block(widget, self._column.blocks.index(widget) + 1)

    def duplicate(self, widget: BlockWidget) -> None:
        """Puts a copy behind a block."""
        value = widget.value()
        if value is not None:
            at = self._column.blocks.index(widget) + 1
            self._column.insert(value.TYPE, at, value)

    def delete(self, widget: BlockWidget) -> None:
        """Takes a block away; the composer offers to undo it."""
        self._column.remove(widget)
        self._column.deleted.emit(widget.TITLE)

    def menu(self, widget: BlockWidget, at: QPoint) -> None:
        """What can be done with a block."""
        menu = QMenu(widget)
        menu.setAccessibleName(f"{widget.TITLE}: what to do")
        number = self._column.blocks.index(widget)
        entries = (
            ("Move up\tAlt+Up", self.up, number > 0),
            ("Move down\tAlt+Down", self.down, number < len(self._column.blocks) - 1),
            ("Duplicate\tCtrl+Shift+D", self.duplicate, widget.value() is not None),
            ("Delete\tCtrl+Shift+Backspace", self.delete, True),
        )
        for words, deed, possible in widget.deeds():
            own = menu.addAction(words, deed)
            own.setEnabled(possible)
        if widget.deeds():
            menu.addSeparator()
        for text, slot, enabled in entries:
            action = menu.addAction(text)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _=False, slot=slot: slot(widget))
        menu.popup(at)

    def gap_at(self, at: QPoint) -> int:
        """Before which block something dropped at a place (global) would stand."""
        y = self._body.mapFromGlobal(at).y()
        blocks = self._column.blocks
        return sum(y > block.geometry().center().y() for block in blocks)

    def _drag(self, at: QPoint) -> None:
        self._scroll(at)
        gap = self.gap_at(at)
        blocks = self._column.blocks
        if gap < len(blocks):
            y = blocks[gap].geometry().top() - 7
        else:
            y = blocks[-1].geometry().bottom() + 5
        first = blocks[0].geometry()
        self._mark.setGeometry(first.x() + GUTTER, y, first.width() - 2 * GUTTER, 3)
        self._mark.show()
        self._mark.raise_()

    def _drop(self, widget: BlockWidget, at: QPoint) -> None:
        self._mark.hide()
        gap = self.gap_at(at)
        start = self._column.blocks.index(widget)
        self._column.move_block(widget, gap - 1 if gap > start else gap)

    def _scroll(self, at: QPoint) -> None:
        viewport = self._column.viewport()
        y = viewport.mapFromGlobal(at).y()
        bar = self._column.verticalScrollBar()
        if y < EDGE:
            bar.setValue(bar.value() - STEP)
        elif y > viewport.height() - EDGE:
            bar.setValue(bar.value() + STEP)


class _Mark(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("accent"))

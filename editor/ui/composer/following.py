"""Follows the cursor: which block is being worked on, and that the cursor can be seen.

What folds above the cursor when the focus moves must not push the text away under it; the scroll bar makes up for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from editor.ui.blocks.base import BlockWidget
from editor.ui.blocks.growing import GrowingEdit
from editor.ui.blocks.text import TextBlock

if TYPE_CHECKING:
    from editor.ui.composer.column import Column


class Following(QObject):
    """Knows the column’s current block, and brings the cursor into view after the key has been painted."""

    def __init__(self, column: Column, body: QWidget) -> None:
        super().__init__(column)
        self._column = column
        self._body = body
        self._current: BlockWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._show_cursor)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    @property
    def current(self) -> BlockWidget | None:
        """The block that is being worked on, or was last."""
        return self._current

    @property
    def soon(self) -> Callable[[], None]:
        """Brings the cursor into view when the events that wait have been dealt with. A slot of Qt's own."""
        return self._timer.start

    def forget(self, widget: BlockWidget) -> None:
        """The block is gone."""
        if self._current is widget:
            self._current = None

    def go_to(self, widget: QWidget) -> None:
        """Takes the focus to a block or the headline, leaving the cursor where it is there."""
        if isinstance(widget, GrowingEdit):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(widget, TextBlock):
            widget.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(widget, BlockWidget):
            focus = QApplication.focusWidget()
            if focus is None or not widget.isAncestorOf(focus):
                widget.focus_at(1)
        self.soon()

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self._body.isAncestorOf(new):
            return
        blocks = self._column.blocks
        block = next((b for b in blocks if b is new or b.isAncestorOf(new)), None)
        if block is not self._current:
            before = self._height_of(new)
            if self._current is not None:
                self._current.set_active(False)
            self._current = block
            if block is not None:
                block.set_active(True)
            layout = self._body.layout()
            if layout is not None:
                layout.activate()
            bar = self._column.verticalScrollBar()
            bar.setValue(bar.value() + self._height_of(new) - before)
        self._column.settled.emit()

    def _height_of(self, widget: QWidget) -> int:
        return widget.mapTo(self._column.viewport(), QPoint()).y()

    def _show_cursor(self) -> None:
        widget = QApplication.focusWidget()
        if widget is None or not self._body.isAncestorOf(widget):
            return
        if isinstance(widget, GrowingEdit):
            area = widget.cursorRect()
            at = widget.viewport().mapTo(self._body, area.center())
            self._column.ensureVisible(at.x(), at.y(), 0, 28)
        else:
            self._column.ensureWidgetVisible(widget, 0, 20)

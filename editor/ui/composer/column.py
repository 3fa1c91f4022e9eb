"""The column: a headline and blocks, 640 pixels wide, that scroll as one text.

It turns a content into widgets and back. What is done with the content is the composer's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from editor.content.block import Block, Unknown
from editor.content.blocks import kinds
from editor.content.blocks.text import Text
from editor.ui.blocks import widgets
from editor.ui.blocks.base import GUTTER, BlockWidget, Setting
from editor.ui.blocks.fields import field_sheet
from editor.ui.blocks.growing import GrowingEdit
from editor.ui.blocks.text import TextBlock
from editor.ui.blocks.writing import pictures_in
from editor.ui.composer.arranging import matched
from editor.ui.composer.following import Following
from editor.ui.composer.reading_block import ReadingBlock
from editor.ui.composer.rearranging import Rearranging

WIDTH = 640


class Column(QScrollArea):
    """The text being written.

    ``edited`` comes with every key; ``settled`` when a change is complete (a run of typing closes); ``deleted`` names
    the kind of a block that was taken away; ``menu_wanted`` asks for the insert menu at a place.
    """

    edited = Signal()
    settled = Signal()
    deleted = Signal(str)
    menu_wanted = Signal(QPoint, bool)
    pasted = Signal(object, str, str)
    pictures_given = Signal(list)
    pictures_dropped = Signal(list, int)

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = setting
        self.blocks: list[BlockWidget] = []
        self._read_only = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(True)
        self._body = QWidget()
        self.setWidget(self._body)
        self._layout = QVBoxLayout(self._body)
        self._layout.setSpacing(12)
        self.headline = GrowingEdit(single=True)
        self.headline.setAccessibleName("Headline")
        self.headline.setPlaceholderText("Headline")
        self.headline.changed.connect(self.edited)
        self.headline.run_closed.connect(self.settled)
        self.headline.left.connect(self._leave_headline)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(GUTTER, 0, GUTTER, 0)
        self._head.addWidget(self.headline)
        self._layout.addLayout(self._head)
        self._layout.addStretch(1)
        self._following = Following(self, self._body)
        self.headline.cursorPositionChanged.connect(self._following.soon)
        self.rearranging = Rearranging(self, self._body, setting.theme)
        setting.theme.changed.connect(self._recolour)
        self._recolour()

    # What it shows

    @property
    def current(self) -> BlockWidget | None:
        """The block that is being worked on, or was last."""
        return self._following.current

    def body(self) -> tuple[Block, ...]:
        """The blocks' values. A text without words is a place to write, not a block."""
        values = (widget.value() for widget in self.blocks)
        return tuple(v for v in values if v is not None and not _is_blank_text(v))

    def show_content(self, headline: str, body: Sequence[Block], setting: Setting) -> None:
        """Opens another entry."""
        self._setting = setting
        gone, self.blocks = self.blocks, []
        for widget in gone:
            self._discard(widget)
        way = Qt.LayoutDirection.RightToLeft if setting.right_to_left else self.layoutDirection()
        self.headline.setLayoutDirection(way)
        self.headline.set_text(headline)
        for block in body:
            self._add(self._made(block), len(self.blocks))
        self._place_to_write()
        self.verticalScrollBar().setValue(0)

    def change_to(self, headline: str, body: Sequence[Block], *, follow: bool) -> None:
        """Shows another content of the same entry by touching only what differs.

        ``follow`` puts the cursor where the change was; otherwise it stays where it is.
        """
        changed: QWidget | None = None
        if headline != self.headline.text():
            self.headline.set_text(headline, follow=follow)
            changed = self.headline
        shown = [widget for widget in self.blocks if not isinstance(widget, ReadingBlock)]
        values: list[Any] = [widget.value() for widget in shown]
        order: list[BlockWidget] = []
        for block, at in zip(body, matched(values, body), strict=True):
            if at is None:
                widget = self._made(block)
                changed = changed or widget
            else:
                widget = shown[at]
                if values[at] != block:
                    widget.set_value(block, follow=follow)
                    changed = changed or widget
            order.append(widget)
        changed = self._arrange(order) or changed
        self._place_to_write()
        if follow and changed is not None:
            self._following.go_to(changed)

    def set_read_only(self, on: bool) -> None:
        """Whether anything may be typed."""
        self._read_only = on
        self.headline.setReadOnly(on)
        for widget in self.blocks:
            widget.set_read_only(on)
        self._place_to_write()

    def set_head(self, widget: QWidget) -> None:
        """Puts a widget over the headline."""
        self._head.insertWidget(0, widget)

    def reveal(self) -> None:
        """Brings the place with the cursor into view."""
        self._following.soon()

    # What is done to blocks

    def insert(self, kind: str, at: int | None = None, value: Block | None = None) -> BlockWidget:
        """Adds a block of a kind after the current one, or at a place, and goes there.

        An empty text that is being written in gives way; a text with the cursor inside is split.
        """
        widget = self._made(value if value is not None else kinds()[kind]())
        place = self._place_for(kind) if at is None else at
        self._add(widget, place)
        self.settled.emit()
        self._following.go_to(widget)
        return widget

    def insert_reading(self, widget: ReadingBlock, at: int | None) -> None:
        """Adds the place of a photo that is being read."""
        self._add(widget, self._place_for("photo") if at is None else at)

    def replace(self, widget: BlockWidget, block: Block) -> BlockWidget:
        """Puts a block in another's place and goes there."""
        place = self.blocks.index(widget)
        self._take_out(widget)
        made = self._made(block)
        self._add(made, place)
        self.settled.emit()
        self._following.go_to(made)
        return made

    def remove(self, widget: BlockWidget, *, onto: int = -1) -> None:
        """Takes a block away; the cursor goes to the one before it (or after: 1)."""
        place = self.blocks.index(widget)
        self._take_out(widget)
        self._place_to_write()
        self.settled.emit()
        near = self.blocks[max(0, min(place + (onto if onto < 0 else 0), len(self.blocks) - 1))]
        if place == 0 and onto < 0:
            self.headline.focus_at(-1)
        else:
            near.focus_at(onto)

    def move_block(self, widget: BlockWidget, to: int) -> None:
        """Moves a block so that it stands at ``to``."""
        at = self.blocks.index(widget)
        to = max(0, min(to, len(self.blocks) - 1))
        if to == at or self._read_only:
            return
        self.blocks.insert(to, self.blocks.pop(at))
        self._layout.removeWidget(widget)
        self._layout.insertWidget(to + 1, widget)
        self.settled.emit()
        self._following.soon()

    def join_with_previous(self, widget: TextBlock) -> None:
        """Makes one text of two that follow each other; Backspace at the start of a text does it."""
        at = self.blocks.index(widget)
        before = self.blocks[at - 1] if at else None
        if before is None:
            self.headline.focus_at(-1)
            return
        if not isinstance(before, TextBlock):
            before.focus_at(-1)
            return
        first, second = before.edit.text().rstrip("\n"), widget.edit.text()
        before.edit.set_text(f"{first}\n\n{second}" if first else second)
        start = len(first) + 2 if first else 0
        before.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        before.edit.select(start, start)
        self._take_out(widget)
        self.settled.emit()

    def write_below(self) -> None:
        """Goes to the text at the end, and makes one if the last block is none."""
        if not (self.blocks and isinstance(self.blocks[-1], TextBlock)):
            if self._read_only:
                return
            self._add(self._made(kinds()["text"]()), len(self.blocks))
        self.blocks[-1].focus_at(-1)

    def restore_focus(self) -> None:
        """The cursor goes back to where it was last."""
        near = self.current
        if near is None:
            self.headline.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._following.go_to(near)

    # Inside

    def _place_for(self, kind: str) -> int:
        current = self.current or (self.blocks[-1] if self.blocks else None)
        if current is None:
            return 0
        if isinstance(current, TextBlock):
            return self._make_room(current, kind)
        return self.blocks.index(current) + 1

    def _make_room(self, current: TextBlock, kind: str) -> int:
        """Where a block goes that is asked for inside a text, after the text has been cut there."""
        place = self.blocks.index(current) + 1
        if kind != "text" and current.edit.blank():
            self._take_out(current)
            return place - 1
        start, _ = current.edit.selected()
        text = current.edit.text()
        if text[:start].strip() and text[start:].strip() and text[:start].endswith("\n"):
            tail = current.edit.split_at_cursor()
            self._add(self._made(kinds()["text"](text=tail)), place)
        elif not text[start:].strip():
            current.edit.set_text(text.rstrip("\n"))
        elif not text[:start].strip():
            return place - 1
        return place

    def _made(self, block: Block) -> BlockWidget:
        kind = Unknown.TYPE if isinstance(block, Unknown) else block.TYPE
        widget = widgets()[kind](self._setting)
        widget.set_value(block)
        return widget

    def _add(self, widget: BlockWidget, at: int) -> None:
        self.blocks.insert(at, widget)
        self._layout.insertWidget(at + 1, widget)
        widget.set_read_only(self._read_only)
        widget.edited.connect(self.edited)
        widget.settled.connect(self.settled)
        widget.left.connect(lambda way, widget=widget: self._leave(widget, way))
        self.rearranging.attach(widget)
        if isinstance(widget, TextBlock):
            edit = widget.edit
            edit.cursorPositionChanged.connect(self._following.soon)
            edit.menu_wanted.connect(lambda how, widget=widget: self._want_menu(widget, how))
            edit.removal_wanted.connect(lambda widget=widget: self._on_backspace(widget))
            edit.join_wanted.connect(lambda widget=widget: self.join_with_previous(widget))
            edit.pictures_given.connect(self.pictures_given)
            edit.pasted.connect(lambda *what, widget=widget: self.pasted.emit(widget, *what))
        widget.show()

    def _take_out(self, widget: BlockWidget) -> None:
        self.blocks.remove(widget)
        self._discard(widget)

    def _discard(self, widget: BlockWidget) -> None:
        self._following.forget(widget)
        self._layout.removeWidget(widget)
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()

    def _arrange(self, order: list[BlockWidget]) -> BlockWidget | None:
        """Puts the widgets in order, waiting photos behind their neighbours; returns what moved or stands near a gap."""
        old = list(self.blocks)
        wanted = list(order)
        for at, widget in enumerate(old):
            if isinstance(widget, ReadingBlock):
                before = next((w for w in reversed(old[:at]) if w in wanted), None)
                wanted.insert(wanted.index(before) + 1 if before else 0, widget)
        if wanted == old:
            return None
        gone = [widget for widget in old if widget not in wanted]
        kept = [widget for widget in old if widget in wanted]
        near: BlockWidget | None = None
        if gone and wanted:
            near = wanted[max(0, min(old.index(gone[0]) - 1, len(wanted) - 1))]
        for widget in gone:
            self._take_out(widget)
        for at, widget in enumerate(wanted):
            if widget not in old:
                self._add(widget, at)
                near = widget
            elif self.blocks[at] is not widget:
                self.blocks.remove(widget)
                self.blocks.insert(at, widget)
                self._layout.removeWidget(widget)
                self._layout.insertWidget(at + 1, widget)
                near = near or (widget if kept != wanted else None)
        return near

    def _place_to_write(self) -> None:
        if not self.blocks and not self._read_only:
            self._add(self._made(kinds()["text"]()), 0)

    def _leave_headline(self, way: int) -> None:
        if way > 0 and self.blocks:
            self.blocks[0].focus_at(1)

    def _leave(self, widget: BlockWidget, way: int) -> None:
        at = self.blocks.index(widget) + way
        if at < 0:
            self.headline.focus_at(-1)
        elif at < len(self.blocks):
            self.blocks[at].focus_at(way)
        elif not isinstance(widget, TextBlock):
            self.write_below()

    def _want_menu(self, widget: TextBlock, how: str) -> None:
        corner = widget.edit.cursorRect().bottomLeft()
        self.menu_wanted.emit(widget.edit.viewport().mapToGlobal(corner), how == "/")

    def _on_backspace(self, widget: TextBlock) -> None:
        if len(self.blocks) > 1:
            self.remove(widget)
        else:
            self.headline.focus_at(-1)

    def _recolour(self) -> None:
        theme = self._setting.theme
        self.setStyleSheet(field_sheet(theme.colours))
        self.headline.set_look(theme.ui(22, 600), 28)
        palette = self._body.palette()
        palette.setColor(palette.ColorRole.Window, theme.colour("paper"))
        self._body.setPalette(palette)
        self._body.setAutoFillBackground(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(0, (self.viewport().width() - WIDTH - 2 * GUTTER) // 2)
        self._layout.setContentsMargins(side, 20, side, 28)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.write_below()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        known = event.mimeData().hasUrls() or event.mimeData().hasImage()
        if known and not self._read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._read_only:
            return
        if pictures := pictures_in(event.mimeData()):
            gap = self.rearranging.gap_at(self.viewport().mapToGlobal(event.position().toPoint()))
            self.pictures_dropped.emit(pictures, gap)
            event.acceptProposedAction()
        else:
            self.write_below()
            last = self.blocks[-1]
            assert isinstance(last, TextBlock)
            last.edit.insertFromMimeData(event.mimeData())
            event.acceptProposedAction()


def _is_blank_text(block: Block) -> bool:
    return isinstance(block, Text) and not block.text.strip()

"""The text block's widget: paragraphs straight on the paper, without a frame."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt

from editor.content.block import Block
from editor.content.blocks.text import Text
from editor.ui.blocks.base import BlockWidget, Offer, Setting
from editor.ui.blocks.writing import WritingEdit

PLACEHOLDER = "Write, or press / to add a photo, a quote or a post"


class TextBlock(BlockWidget):
    """Markdown as it is written."""

    TYPE: ClassVar[str] = "text"
    TITLE: ClassVar[str] = "Text"
    ICON: ClassVar[str] = "pen-line"
    OFFER: ClassVar[Offer | None] = Offer(1, "Text", "A paragraph", "Add text")
    FRAMED: ClassVar[bool] = False

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self.edit = WritingEdit(self)
        self.edit.setAccessibleName("Text")
        if setting.right_to_left:
            self.edit.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._kept = Text()
        self.inside.addWidget(self.edit)
        self.edit.changed.connect(self.edited)
        self.edit.run_closed.connect(self.settled)
        self.edit.left.connect(self.left)
        self.edit.focused.connect(self._on_focus)
        self.recolour()

    def value(self) -> Block:
        text = self.edit.text().rstrip("\n")
        if text != self._kept.text:
            self._kept = Text(text=text)
        return self._kept

    def set_value(self, block: Block, *, follow: bool = False) -> None:
        assert isinstance(block, Text)
        if self.value() != block:
            self._kept = block
            self.edit.set_text(block.text, follow=follow)

    def focus_at(self, where: int) -> None:
        self.edit.focus_at(where)

    def set_read_only(self, on: bool) -> None:
        self.edit.setReadOnly(on)

    def recolour(self) -> None:
        px = self.theme.text_px
        self.edit.set_look(self.theme.reading(), round(px * 1.6))
        self.edit.set_ground(self.theme.colour("paper"))
        self.edit.highlighter.recolour(
            self.theme.colour("line_strong"), self.theme.colour("accent")
        )
        super().recolour()

    def _on_focus(self, on: bool) -> None:
        self.edit.setPlaceholderText(PLACEHOLDER if on and not self.edit.isReadOnly() else "")


WIDGET = TextBlock

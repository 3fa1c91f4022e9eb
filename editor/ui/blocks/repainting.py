"""Paints only the paragraph that was typed in.

Qt's rich text field paints everything from its last check point on at each key, some 800 lines of pixels for one
letter. Where a change leaves every other paragraph where it was, painting the changed ones is enough.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtWidgets import QTextEdit

OVERHANG = 12  # letters of tall scripts reach over their line


class Repainting(QObject):
    """Stands between a field's layout and its viewport. The field must be as high as its text: it never scrolls."""

    def __init__(self, edit: QTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._document = edit.document()
        self._layout = self._document.documentLayout()
        self._changed: tuple[int, int] | None = None
        self._shape = (0, 0.0)
        self._document.contentsChange.connect(self._on_change)
        self._layout.update.disconnect()
        self._layout.update.connect(self._paint)

    def _on_change(self, position: int, _removed: int, added: int) -> None:
        # told before the text is laid out again
        self._changed = (position, position + added)

    def _paint(self, area: QRectF) -> None:
        changed, self._changed = self._changed, None
        shape = (self._document.blockCount(), self._layout.documentSize().height())
        same, self._shape = shape == self._shape, shape
        viewport = self._edit.viewport()
        if changed is None or not same:
            viewport.update(area.toAlignedRect() & viewport.rect())
            return
        first = self._layout.blockBoundingRect(self._document.findBlock(changed[0]))
        last = self._layout.blockBoundingRect(self._document.findBlock(changed[1]))
        top, bottom = int(first.top()) - OVERHANG, int(last.bottom()) + OVERHANG
        viewport.update(QRect(0, top, viewport.width(), bottom - top))

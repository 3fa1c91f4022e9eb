"""A row of controls that goes on in the next line where there is no room, in either direction of reading."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays its controls out one after the other, as words in a paragraph.

    ``outset`` is how far it reaches over its edges, so that the words of flat buttons begin where other words do.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 4, outset: int = 0) -> None:
        super().__init__(parent)
        self._outset = outset
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._placed(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._placed(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize()).expandedTo(item.sizeHint())
        margins: QMargins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _placed(self, rect: QRect, *, move: bool) -> int:
        """Where everything goes within ``rect``; returns the height that it takes."""
        margins: QMargins = self.contentsMargins()
        area = rect.marginsRemoved(margins).adjusted(-self._outset, 0, self._outset, 0)
        owner = self.parentWidget()
        mirrored = owner is not None and owner.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = y = tall = 0
        for item in self._shown():
            hint = item.sizeHint()
            if x and x + hint.width() > area.width():
                x, y, tall = 0, y + tall + self._gap, 0
            if move:
                left = area.width() - x - hint.width() if mirrored else x
                item.setGeometry(QRect(area.topLeft() + QPoint(left, y), hint))
            x += hint.width() + self._gap
            tall = max(tall, hint.height())
        return y + tall + margins.top() + margins.bottom()

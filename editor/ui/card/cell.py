"""How a photo of a card is drawn in the grid: picture, name, a tick where it is chosen, and what is known of it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from editor.ui.card.model import KNOWN, CardModel, Index
from editor.ui.kit.chips import paint_pill, pill_width
from editor.ui.kit.paint import box, ring
from editor.ui.theme.theme import Theme

PICTURE = QSize(150, 112)
CELL = QSize(170, 152)


class CellPainter(QStyledItemDelegate):
    """Draws one photo; the grid is no slower for what is not seen."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colour = self._theme.colour
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        cell = area.adjusted(2, 2, -2, -2)
        if chosen:
            box(painter, cell, 8, colour("accent_soft"), colour("accent"))
        place = QRect(0, 0, PICTURE.width(), PICTURE.height())
        place.moveCenter(cell.center())
        place.moveTop(cell.top() + 7)
        self._paint_picture(painter, place, index)
        self._paint_words(
            painter, QRect(place.left(), place.bottom() + 5, place.width(), 18), index
        )
        self._paint_marks(painter, place, index, chosen=chosen)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            ring(painter, cell, 8, colour("accent"))
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, index: Index) -> None:
        pixmap = index.data(Qt.ItemDataRole.DecorationRole)
        box(painter, place, 5, self._theme.colour("sunken"))
        if not isinstance(pixmap, QPixmap) or pixmap.isNull():
            icon = "image" if pixmap is None else "triangle-alert"
            at = place.center()
            mark = self._theme.pixmap(icon, "ink_3", 20, self._view)
            painter.drawPixmap(at.x() - 10, at.y() - 10, mark)
            return
        shown = pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        inner = QRect(0, 0, shown.width(), shown.height())
        inner.moveCenter(place.center())
        painter.drawPixmap(inner, pixmap)

    def _paint_words(self, painter: QPainter, place: QRect, index: Index) -> None:
        font = self._theme.ui(12)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        shown = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideMiddle, place.width())
        painter.setFont(font)
        painter.setPen(self._theme.colour("ink_2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_marks(self, painter: QPainter, place: QRect, index: Index, *, chosen: bool) -> None:
        theme = self._theme
        mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        tick = QRect(0, place.top() + 6, 20, 20)
        tick.moveLeft(place.left() + 6 if mirrored else place.right() - 26)
        if chosen:
            box(painter, tick, 10, theme.colour("accent"), theme.colour("on_accent"))
            painter.drawPixmap(
                tick.x() + 4, tick.y() + 4, theme.pixmap("check", "on_accent", 12, self._view)
            )
        words = "taken in before" if index.data(KNOWN) else ""
        model = index.model()
        if not words and isinstance(model, CardModel) and model.shots[index.row()].with_raw:
            words = "RAW + JPEG"
        if words:
            wide = pill_width(theme, words)
            pill = QRect(0, place.bottom() - 24, wide, 19)
            pill.moveLeft(place.right() - wide - 5 if mirrored else place.left() + 5)
            paint_pill(painter, theme, self._view, pill, words, "grey")

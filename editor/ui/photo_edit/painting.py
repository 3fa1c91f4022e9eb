"""How a photo that is edited is drawn: the picture turned, what is blurred, what is cut away, the handles."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QWidget

from editor.content.print import WHOLE, Box, Point
from editor.ui.kit.paint import box as paint_box
from editor.ui.kit.paint import ring
from editor.ui.photo_edit.geometry import HANDLES, handle_at
from editor.ui.photo_edit.hands import Hands
from editor.ui.theme.theme import Theme

HANDLE = 11
SHADE = QColor(0, 0, 0, 150)
LIGHT = QColor(255, 255, 255)
EDGE = QColor(0, 0, 0, 190)


class Drawing:
    """``image`` is the upright original, small; ``hidden`` the same with nothing left to be recognised."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.image = QImage()
        self.hidden = QImage()
        self._turned: dict[tuple[int, int], QImage] = {}

    def paint(
        self,
        painter: QPainter,
        whole: QRect,
        place: QRectF,
        hands: Hands,
        focused: bool,
        widget: QWidget,
    ) -> None:
        """Draws everything. ``place`` is where the photo is."""
        theme = self._theme
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        paint_box(painter, whole, 8, theme.colour("sunken"))
        if self.image.isNull():
            x, y = whole.center().x() - 14, whole.center().y() - 14
            painter.drawPixmap(x, y, theme.pixmap("image", "ink_3", 28, widget))
        else:
            self._paint_photo(painter, place, hands)
            getattr(self, f"_paint_{hands.mode}")(painter, place, hands, focused)
        if focused:
            ring(painter, whole, 8, theme.colour("accent"))

    def _paint_photo(self, painter: QPainter, place: QRectF, hands: Hands) -> None:
        turns = hands.draft.edit.turns
        painter.drawImage(place, self._seen(self.image, turns))
        if hands.blurs:
            hidden = self._seen(self.hidden, turns)
            for box in hands.blurs:
                area = _area(box, place)
                part = _area(box, QRectF(hidden.rect()))
                painter.drawImage(area, hidden, part)
        if hands.mode != "crop" and hands.draft.edit.crop is not None:
            self._shade(painter, place, _area(hands.crop, place))

    def _paint_crop(self, painter: QPainter, place: QRectF, hands: Hands, focused: bool) -> None:
        area = _area(hands.crop, place)
        self._shade(painter, place, area)
        painter.setPen(QPen(QColor(255, 255, 255, 110), 1))
        for third in (1, 2):
            x, y = area.x() + area.width() * third / 3, area.y() + area.height() * third / 3
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        self._frame(painter, area, held=focused and hands.held == "inside")
        self._handles(painter, place, hands.crop, hands.held if focused else "")

    def _paint_blur(self, painter: QPainter, place: QRectF, hands: Hands, focused: bool) -> None:
        for number, box in enumerate(hands.blurs):
            chosen = number == hands.chosen
            self._frame(painter, _area(box, place), held=chosen, dashed=not chosen)
            if chosen:
                self._handles(painter, place, box, hands.held if focused else "")

    def _paint_focus(self, painter: QPainter, place: QRectF, hands: Hands, focused: bool) -> None:
        if hands.focus is None:
            return
        at = _spot(hands.focus, place)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((EDGE, 4.0), (LIGHT, 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(at, 16, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawEllipse(at, 5, 5)

    def _shade(self, painter: QPainter, place: QRectF, area: QRectF) -> None:
        away = QPainterPath()
        away.addRect(place)
        stays = QPainterPath()
        stays.addRect(area)
        painter.fillPath(away.subtracted(stays), SHADE)

    def _frame(self, painter: QPainter, area: QRectF, *, held: bool, dashed: bool = False) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(EDGE, 3.0))
        painter.drawRect(area)
        line = QPen(self._theme.colour("accent") if held else LIGHT, 2.0 if held else 1.5)
        if dashed:
            line.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(line)
        painter.drawRect(area)

    def _handles(self, painter: QPainter, place: QRectF, box: Box, held: str) -> None:
        for handle in HANDLES:
            at = _spot(handle_at(box, handle), place)
            size = HANDLE + 4 if handle == held else HANDLE
            square = QRectF(at.x() - size / 2, at.y() - size / 2, size, size)
            painter.setPen(QPen(EDGE, 1.0))
            painter.setBrush(self._theme.colour("accent") if handle == held else LIGHT)
            painter.drawRoundedRect(square, 2.5, 2.5)

    def _seen(self, image: QImage, turns: int) -> QImage:
        """The image turned; kept, because a drag draws it at every move."""
        if not turns % 4:
            return image
        key = (image.cacheKey(), turns % 4)
        if key not in self._turned:
            self._turned[key] = image.transformed(QTransform().rotate(90 * turns))
        return self._turned[key]


def _area(box: Box, place: QRectF) -> QRectF:
    return QRectF(
        place.x() + place.width() * box.x / WHOLE,
        place.y() + place.height() * box.y / WHOLE,
        place.width() * box.width / WHOLE,
        place.height() * box.height / WHOLE,
    )


def _spot(point: Point, place: QRectF) -> QPointF:
    return QPointF(
        place.x() + place.width() * point.x / WHOLE, place.y() + place.height() * point.y / WHOLE
    )

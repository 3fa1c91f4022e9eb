"""Drawing that several controls share: rounded boxes, focus rings, pills, text that turns with its script."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPaintDevice,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)

FOCUS = 2.0


def box(
    painter: QPainter,
    rect: QRect | QRectF,
    radius: float,
    fill: QColor | None,
    border: QColor | None = None,
) -> None:
    """A rounded box whose hairline border lies within ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(border, 1.0) if border else Qt.PenStyle.NoPen)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)
    inner = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5) if border else QRectF(rect)
    painter.drawRoundedRect(inner, radius, radius)


def ring(painter: QPainter, rect: QRect | QRectF, radius: float, colour: QColor) -> None:
    """The focus ring, two pixels wide, within ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, FOCUS))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)


def direction(text: str) -> Qt.LayoutDirection:
    """Which way a text reads, by its first letter with a direction; digits and signs have none."""
    option = Qt.LayoutDirection
    return option.RightToLeft if _first_strong_is_right_to_left(text) else option.LeftToRight


def _first_strong_is_right_to_left(text: str) -> bool:
    from unicodedata import bidirectional

    for letter in text[:200]:
        kind = bidirectional(letter)
        if kind == "L":
            return False
        if kind in ("R", "AL"):
            return True
    return False


def painter_on(widget: QPaintDevice) -> QPainter:
    """A painter whose texts each read by their own letters, whichever way the window does."""
    painter = QPainter(widget)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    return painter


class Lines:
    """A text laid out once in at most ``most`` lines of ``width``, the last one elided; drawn as often as needed."""

    def __init__(self, text: str, font: QFont, width: float, most: int, step: float) -> None:
        self._parts: list[tuple[QTextLayout, float]] = []
        self.height = 0.0
        clean = " ".join(text.split())
        if clean:
            self._lay_out(clean, font, max(width, 20.0), most, step)

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Draws the lines in the painter's pen."""
        for layout, y in self._parts:
            layout.draw(painter, QPointF(at.x(), at.y() + y))

    def _lay_out(self, text: str, font: QFont, width: float, most: int, step: float) -> None:
        way = direction(text)
        layout, ends = _broken(text, font, width, way, most)
        units = len(text.encode("utf-16-le")) // 2
        if ends[-1] < units:
            start = ends[-2] if len(ends) > 1 else 0
            rest = text.encode("utf-16-le")[start * 2 :].decode("utf-16-le", "ignore")
            elided = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
            head = text.encode("utf-16-le")[: start * 2].decode("utf-16-le", "ignore")
            if head:
                layout, _ = _broken(head.rstrip(), font, width, way, most)
                self._place(layout, step)
            layout, _ = _broken(elided, font, width, way, 1)
        self._place(layout, step)

    def _place(self, layout: QTextLayout, step: float) -> None:
        """Lines stand ``step`` apart, or further where a script's letters are taller."""
        y = 0.0
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            tall = max(step, float(line.height()))
            line.setPosition(QPointF(line.position().x(), y + (tall - line.height()) / 2))
            y += tall
        self._parts.append((layout, self.height))
        self.height += y


def _broken(
    text: str, font: QFont, width: float, way: Qt.LayoutDirection, most: int
) -> tuple[QTextLayout, list[int]]:
    layout = QTextLayout(text, font)
    right = way is Qt.LayoutDirection.RightToLeft
    option = QTextOption(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(way)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    ends: list[int] = []
    layout.beginLayout()
    while len(ends) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    return layout, ends

"""Pills that say a state, and chips that choose a filter."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from editor.ui.kit.paint import box, painter_on, ring
from editor.ui.theme.theme import Theme


def tints(tint: str) -> tuple[str, str]:
    """A pill's ink and ground: ``grey`` or the name of a tint."""
    return ("ink_2", "sunken") if tint == "grey" else (tint, f"{tint}_soft")


def pill_width(theme: Theme, text: str, icon: str = "", dot: bool = False) -> int:
    """How wide a pill with this text is."""
    words = QFontMetrics(theme.ui(11, 600)).horizontalAdvance(text)
    return 16 + words + (17 if icon else 0) + (11 if dot else 0)


def paint_pill(
    painter: QPainter,
    theme: Theme,
    widget: QWidget,
    area: QRect,
    text: str,
    tint: str,
    *,
    icon: str = "",
    dot: bool = False,
) -> None:
    """Draws a pill into ``area``, mirrored where the widget is."""
    ink, ground = tints(tint)
    box(painter, area, area.height() / 2, theme.colour(ground))
    mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    inner = area.adjusted(8, 0, -8, 0)
    if icon:
        x = inner.right() - 11 if mirrored else inner.left()
        pixmap = theme.pixmap(icon, ink, 12, widget)
        painter.drawPixmap(x, area.top() + (area.height() - 12) // 2, pixmap)
        inner = inner.adjusted(0, 0, -17, 0) if mirrored else inner.adjusted(17, 0, 0, 0)
    if dot:
        x = inner.right() - 5 if mirrored else inner.left()
        box(painter, QRect(x, area.center().y() - 2, 6, 6), 3, theme.colour(ink))
        inner = inner.adjusted(0, 0, -11, 0) if mirrored else inner.adjusted(11, 0, 0, 0)
    painter.setPen(theme.colour(ink))
    painter.setFont(theme.ui(11, 600))
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, text)


class Pill(QWidget):
    """A state in one word, in its tint."""

    def __init__(self, theme: Theme, text: str = "", tint: str = "grey") -> None:
        super().__init__()
        self._theme = theme
        self._text = self._icon = ""
        self._tint = tint
        self._dot = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text, tint)
        theme.changed.connect(self.update)

    def say(self, text: str, tint: str = "grey", *, icon: str = "", dot: bool = False) -> None:
        """Shows another state; nothing when ``text`` is empty."""
        self._text, self._tint, self._icon, self._dot = text, tint, icon, dot
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self._theme, self._text, self._icon, self._dot), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_pill(
            painter,
            self._theme,
            self,
            self.rect(),
            self._text,
            self._tint,
            icon=self._icon,
            dot=self._dot,
        )


class Chip(QAbstractButton):
    """One of several filters; the chosen one is filled."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        self.setText(text)
        self.setAccessibleName(f"Show: {text}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(22 + QFontMetrics(self._theme.ui(12)).horizontalAdvance(self.text()), 24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, painter_on(self)
        colour = theme.colour
        if self.isChecked():
            box(painter, self.rect(), 12, colour("ink"))
        else:
            fill = colour("sunken") if self.underMouse() else None
            box(painter, self.rect(), 11.5, fill, colour("line"))
        painter.setFont(theme.ui(12))
        painter.setPen(colour("paper" if self.isChecked() else "ink_2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            inset = 3 if self.isChecked() else 0
            area = self.rect().adjusted(inset, inset, -inset, -inset)
            ring(painter, area, 11 - inset, colour("paper" if self.isChecked() else "accent"))

"""Icons for Qt's own menus, fields and title bars: drawn anew at every size, in the colours of the moment.

Apart from ``icons``, because Qt's icons come with the names of all its themes, and the first picture has none of them.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from editor.ui.theme.icons import Icons
from editor.ui.theme.tokens import Colours


class HasColours(Protocol):
    """Where an icon finds today's colours."""

    colours: Colours


class IconEngine(QIconEngine):
    """An icon that takes its colour from the theme at the moment it is drawn, so that it follows light and dark."""

    def __init__(self, icons: Icons, theme: HasColours, name: str, colour: str) -> None:
        super().__init__()
        self._icons = icons
        self._theme = theme
        self._name = name
        self._colour = colour

    def clone(self) -> QIconEngine:
        return IconEngine(self._icons, self._theme, self._name, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        side = min(rect.width(), rect.height())
        painter.drawPixmap(rect.topLeft(), self._pixmap(side, ratio, mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._pixmap(min(size.width(), size.height()), 1.0, mode)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # The size that is asked for is already in pixels of the device.
        pixmap = self._pixmap(min(size.width(), size.height()), 1.0, mode)
        pixmap = QPixmap(pixmap)
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def _pixmap(self, side: int, ratio: float, mode: QIcon.Mode) -> QPixmap:
        name = "line_strong" if mode is QIcon.Mode.Disabled else self._colour
        colour: str = getattr(self._theme.colours, name)
        return self._icons.pixmap(self._name, colour, side, ratio)

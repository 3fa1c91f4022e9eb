"""Line-drawn icons, tinted by the palette and drawn sharp at every scale; each is drawn when it is first shown."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from editor.ui.theme.tokens import Colours


class Icons:
    """Pixmaps of the SVG files of one folder, by name, colour and size."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
        """The icon ``name`` in ``colour`` (``#rrggbb``), ``size`` pixels of the design wide."""
        key = (name, colour, size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._draw(name, colour, size, ratio)
        return found

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer

        source = self._sources.get(name)
        if source is None:
            source = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
            self._sources[name] = source
        svg = source.replace("currentColor", colour)
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


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

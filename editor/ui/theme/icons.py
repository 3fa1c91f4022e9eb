"""Line-drawn icons, tinted by the palette and drawn sharp at every scale; each is drawn when it is first shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap


class Icons:
    """Pixmaps of the SVG files of one folder, by name, colour and size."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, bytes] = {}
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
            source = (self._folder / f"{name}.svg").read_bytes()
            self._sources[name] = source
        svg = source.replace(b"currentColor", colour.encode())
        renderer = QSvgRenderer(svg)
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

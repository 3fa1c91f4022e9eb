"""Small pictures for lists: made in the pool, by the names of prints, kept on disk and for a while in memory.

Nothing waits for one: a picture that is not there yet is announced by ``ready`` when it is. A print that is not made
yet is asked for again once something has changed.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QPixmap

from editor.domain.ids import AssetId
from editor.ports import Room
from editor.problems import Refused, Unavailable
from editor.ui.bridge import Bridge
from editor.ui.pictures import rendition

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

# Qt's classes for images are loaded when the pool is first used: their enumerations take long to make.
KEPT = 300


class Thumbnails(QObject):
    """Pictures of prints, cut to the shape that is asked for."""

    ready = Signal(str)

    def __init__(self, room: Room, bridge: Bridge, folder: Path) -> None:
        super().__init__(bridge)
        self._room = room
        self._bridge = bridge
        self._folder = folder
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._asked: set[str] = set()
        self._lacking: set[str] = set()
        bridge.changed.connect(self.look_again)

    def pixmap(self, asset: AssetId, width: int, height: int, ratio: float = 1.0) -> QPixmap | None:
        """The asset's picture, filling ``width`` by ``height``; None while it is being made, or cannot be."""
        wide, high = round(width * ratio), round(height * ratio)
        key = f"{asset[:40]}-{wide}x{high}"
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        if key not in self._asked:
            self._asked.add(key)
            self._bridge.run_in_pool(
                lambda: self._make(asset, key, QSize(wide, high)),
                lambda image: self._keep(asset, key, ratio, image),
                _forgive,
            )
        return None

    def look_again(self) -> None:
        """What could not be made before may be made now."""
        self._asked -= self._lacking
        if self._lacking:
            self._lacking.clear()
            self.ready.emit("")

    def _keep(self, asset: AssetId, key: str, ratio: float, image: QImage) -> None:
        if image.isNull():
            self._lacking.add(key)
            return
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        self._kept[key] = pixmap
        self._asked.discard(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(asset)

    def _make(self, asset: AssetId, key: str, size: QSize) -> QImage:
        from PySide6.QtGui import QImage, QImageWriter

        file = self._folder / f"{key}.jpg"
        image = QImage(str(file))
        if not image.isNull():
            return image
        image = self._from_renditions(asset, size)
        if image.isNull():
            image = _filling(self._room.shelf.original(asset), size)
        if not image.isNull():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            writer = QImageWriter(str(file), b"jpg")
            writer.setQuality(88)
            writer.write(image)
        return image

    def _from_renditions(self, asset: AssetId, size: QSize) -> QImage:
        """What is sent is what is seen, and it is small; only an original that has no print yet is read itself."""
        from PySide6.QtGui import QImage

        path = rendition(self._room, asset, max(size.width(), size.height()))
        return _filling(path, size) if path is not None else QImage()


def _forgive(error: Exception) -> None:
    """A list without a picture is still a list; a bug is still a bug."""
    if not isinstance(error, (Refused, Unavailable, OSError)):
        raise error


def _filling(path: Path, size: QSize) -> QImage:
    """The picture scaled and cut to fill ``size``, upright. Decodes no larger than it must."""
    from PySide6.QtGui import QImage, QImageReader

    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    whole = reader.size()
    if not whole.isValid():
        return QImage()
    turned = bool(reader.transformation().value & 4)
    wanted = size.transposed() if turned else size
    scaled = whole.scaled(wanted * 2, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    if scaled.width() < whole.width():
        reader.setScaledSize(scaled)
    image = reader.read()
    if image.isNull():
        return image
    image = image.scaled(
        size,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    x, y = (image.width() - size.width()) // 2, (image.height() - size.height()) // 2
    return image.copy(x, y, size.width(), size.height())

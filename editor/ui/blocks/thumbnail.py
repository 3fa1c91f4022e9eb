"""A photo in a block: the picture as it will be printed, or that there is none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from editor.ui.kit.paint import box
from editor.ui.theme.theme import Theme

THUMB = QSize(168, 118)


class Thumbnail(QWidget):
    """The picture, cut to the box; or, where it was cropped by hand, all of it within the box."""

    def __init__(self, theme: Theme, size: QSize = THUMB) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()
        self._missing = False
        self._whole = False
        self.setFixedSize(size)
        self.setAccessibleName("Photo")

    def show_image(self, image: QImage, *, whole: bool = False) -> None:
        """Shows a picture, or that there is none."""
        self._image, self._missing, self._whole = image, image.isNull(), whole
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if self._image.isNull() or self._whole:
            box(painter, self.rect(), 6, self._theme.colour("sunken"))
        if self._image.isNull():
            icon = "triangle-alert" if self._missing else "image"
            x, y = (self.width() - 20) // 2, (self.height() - 20) // 2
            painter.drawPixmap(x, y, self._theme.pixmap(icon, "ink_3", 20, self))
            return
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setClipPath(shape)
        ways = Qt.AspectRatioMode
        how = ways.KeepAspectRatio if self._whole else ways.KeepAspectRatioByExpanding
        shown = QSize(self._image.size()).scaled(self.size(), how)
        area = QRectF(0, 0, shown.width(), shown.height())
        area.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(area, self._image)

"""A photo as it will be printed, small: read no larger than it is shown, blurred, cropped and turned by Qt.

The print itself is made elsewhere, from the original's pixels. All of this is slow: for the pool.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QTransform

from editor.content.print import WHOLE, Box, Edit

COARSE = 14
"""What is left of a blurred photo's longer edge, in spots."""


def read_thumbnail(path: Path, width: int, height: int) -> QImage:
    """The picture, upright, decoded no larger than it is needed to fill the box. Slow: for the pool."""
    return _read(path, QSize(width, height), Qt.AspectRatioMode.KeepAspectRatioByExpanding)


def read_picture(path: Path, longest: int) -> QImage:
    """The whole picture, upright, its longer edge at most ``longest`` pixels. Slow: for the pool."""
    return _read(path, QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio)


def printed(image: QImage, edit: Edit) -> QImage:
    """An upright picture with its edit."""
    if image.isNull() or edit == Edit():
        return image
    if edit.blurs:
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        hidden = obscured(image)
        painter = QPainter(image)
        for box in edit.blurs:
            area = in_pixels(box, image.size())
            painter.drawImage(area, hidden, area)
        painter.end()
    if edit.crop is not None:
        image = image.copy(in_pixels(edit.crop, image.size()))
    if edit.turns % 4:
        image = image.transformed(QTransform().rotate(90 * edit.turns))
    return image


def obscured(image: QImage) -> QImage:
    """The picture with nothing left in it that could be recognised."""
    small = image.size().scaled(COARSE, COARSE, Qt.AspectRatioMode.KeepAspectRatio)
    small = small.expandedTo(QSize(2, 2))
    coarse = image.scaled(
        small, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return coarse.scaled(
        image.size(),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def in_pixels(box: Box, size: QSize) -> QRect:
    """A rectangle in the pixels of a picture of this size."""
    left, right = box.x * size.width() // WHOLE, (box.x + box.width) * size.width() // WHOLE
    top, bottom = box.y * size.height() // WHOLE, (box.y + box.height) * size.height() // WHOLE
    return QRect(left, top, max(1, right - left), max(1, bottom - top))


def _read(path: Path, box: QSize, how: Qt.AspectRatioMode) -> QImage:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        turned = reader.transformation().value & 4  # a quarter turn
        scaled = size.scaled(box.transposed() if turned else box, how)
        if scaled.width() < size.width():
            reader.setScaledSize(scaled)
    return reader.read()

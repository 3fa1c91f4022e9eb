"""What Qt's binding does by itself and must not do here: read every source, and make classes in two threads at once."""

from __future__ import annotations

import builtins
from functools import cache


def import_qt() -> None:
    """Imports Qt, and leaves ``import`` as it was.

    PySide6 puts a hook there that reads the source of every module that is imported after it, to find those that ask for Qt's
    names in snake case. None does here; reading them all costs a sixth of the start, and the memory for every source.
    """
    plain = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401

    builtins.__import__ = plain


@cache
def make_classes_for_the_pool() -> None:
    """Makes all that the pool's work needs of Qt's. To be called in the window's thread, before anything runs in the pool.

    PySide6 makes a class, and each of its enumerations, when it is first used, and lets another thread come between: one
    that uses what is half made ends the process. All work of the pool that needs Qt is with pictures.
    """
    from PySide6.QtCore import QByteArray, QIODevice, QPoint, QRect, QSize, Qt
    from PySide6.QtGui import (
        QImage,
        QImageIOHandler,
        QImageReader,
        QImageWriter,
        QPainter,
        QTransform,
    )

    _ = (QPoint, QRect, QSize, Qt.AspectRatioMode, Qt.TransformationMode)
    _ = (QByteArray.Base64Option, QIODevice.OpenModeFlag, QImage.Format, QPainter.RenderHint)
    _ = (QImageIOHandler.Transformation, QImageReader.ImageReaderError)
    _ = (QImageWriter.ImageWriterError, QTransform.TransformationType)

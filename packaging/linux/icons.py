"""The program's icon in the sizes that desktops ask for, drawn from the one drawing by the Qt that is packaged."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from product import ICON, NAME

if TYPE_CHECKING:
    from PIL.Image import Image

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def write_icons(hicolor: Path, name: str = NAME) -> None:
    """Fills a theme's folder, such as ``share/icons/hicolor``."""
    target = hicolor / "scalable" / "apps" / f"{name}.svg"
    target.parent.mkdir(parents=True)
    shutil.copyfile(ICON, target)
    for size in SIZES:
        folder = hicolor / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True)
        draw(size, folder / f"{name}.png")


def drawn(sizes: Sequence[int]) -> list[Image]:
    """The icon in these sizes, for files that hold several."""
    from PIL import Image

    images = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            draw(size, picture := Path(folder) / f"{size}.png")
            with Image.open(picture) as image:
                images.append(image.convert("RGBA"))
    return images


def draw(size: int, file: Path) -> None:
    """Draws the icon into a file of any kind that Qt writes (PNG, ICO, ICNS)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    # Text and fonts need an application; a drawing of shapes does too where a plug-in writes it.
    application = QGuiApplication.instance() or QGuiApplication([])
    assert application is not None
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(ICON)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    if not image.save(str(file)):
        raise OSError(f"Qt could not write {file}")

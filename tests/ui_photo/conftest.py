from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.content.blocks.photo import Photo
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.photos import add_photo
from editor.ui.blocks.photo import PhotoBlock
from tests.ui_composer.conftest import Writer, theme, writer

__all__ = ["theme", "writer"]

WAIT = 20_000


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Lets the window work until something is so."""
    loop, looks, end = QEventLoop(), QTimer(), QTimer()
    looks.setInterval(5)
    looks.timeout.connect(lambda: loop.quit() if true() else None)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    looks.start()
    end.start(WAIT)
    loop.exec()
    looks.stop()
    end.stop()
    if not true():
        pytest.fail(f"never came: {what}")


def make_photo(
    folder: Path, name: str, colour: str = "teal", size: tuple[int, int] = (600, 400)
) -> Path:
    """A photo's file: one colour, with a white square at its top left."""
    image = Image.new("RGB", size, colour)
    image.paste("white", (0, 0, 100, 100))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    image.save(path, quality=90)
    return path


def open_photos(writer: Writer, folder: Path, number: int = 1) -> str:
    """An entry with a text and so many photos, opened."""
    colours = ("teal", "maroon", "olive", "navy")
    paths = [make_photo(folder, f"{n}.jpg", colours[n % 4]) for n in range(number)]
    photos = [add_photo(writer.room.room, path) for path in paths]
    body = (Text(text="Before the photos."), *photos)
    return writer.open(Content(headline="Photos", body=body))


def photo_blocks(writer: Writer) -> list[PhotoBlock]:
    return [block for block in writer.column.blocks if isinstance(block, PhotoBlock)]


def stored_photos(writer: Writer) -> list[Photo]:
    entry = writer.composer.entry
    assert entry is not None
    return [block for block in writer.stored(entry).body if isinstance(block, Photo)]


def sheet() -> Any:
    """The sheet that is open."""
    found = QApplication.activeModalWidget()
    assert found is not None
    found.activateWindow()
    QTest.qWaitForWindowActive(found, 1000)
    return found

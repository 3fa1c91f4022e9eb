"""A photo's picture from the store, upright and no larger than it is shown, whatever its original's kind.

Slow: for the pool. What Qt cannot read itself (HEIC, very large PNG files) is read as what is sent is read, and where the
original is gone a form of it that was sent stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.domain.ids import AssetId
from editor.ports import Room
from editor.problems import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage


def upright(room: Room, asset: str, longest: int) -> QImage:
    """The whole photo as it was taken; a null image where it cannot be read."""
    from PySide6.QtGui import QImage

    from editor.media.card import thumbnail
    from editor.ui.blocks.printed import read_picture

    original = room.shelf.original(AssetId(asset))
    image = read_picture(original, longest)
    if not image.isNull():
        return image
    try:
        return QImage.fromData(room.lab.do(thumbnail, original, longest))
    except Refused:
        path = rendition(room, asset, longest)
        return image if path is None else read_picture(path, longest)


def rendition(room: Room, name: str, longest: int) -> Path | None:
    """The file of the smallest form of a print that is large enough, else of its largest."""
    with room.store.read() as tx:
        found = sorted(tx.renditions(AssetId(name)), key=lambda each: each.width)
    fitting = [each for each in found if max(each.width, each.height) >= longest] or found[-1:]
    return room.shelf.rendition(fitting[0].id) if fitting else None

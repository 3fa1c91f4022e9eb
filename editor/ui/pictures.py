"""A photo's picture from the store, upright and no larger than it is shown, whatever its original's kind.

Slow: for the pool. Originals are strangers' files, so they are opened in the photo process and never by Qt in this one;
where the original is gone, a form of it that was sent stands for it.
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

    try:
        original = room.shelf.original(AssetId(asset))
        return QImage.fromData(room.lab.do(thumbnail, original, longest))
    except Refused:
        path = rendition(room, asset, longest)
        return QImage() if path is None else read_picture(path, longest)


def rendition(room: Room, name: str, longest: int) -> Path | None:
    """The file of the smallest form of a print that is large enough, else of its largest."""
    with room.store.read() as tx:
        found = sorted(tx.renditions(AssetId(name)), key=lambda each: each.width)
    fitting = [each for each in found if max(each.width, each.height) >= longest] or found[-1:]
    return room.shelf.rendition(fitting[0].id) if fitting else None

"""A photo's picture from the store, upright and no larger than it is shown, whatever its original's kind.

Slow: for the pool. What Qt cannot read itself is shown by a form of it that is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.domain.ids import AssetId
from editor.ports import Room

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage


def upright(room: Room, asset: str, longest: int) -> QImage:
    """The whole photo as it was taken; a null image where it cannot be read."""
    from editor.ui.blocks.printed import read_picture

    image = read_picture(room.shelf.original(AssetId(asset)), longest)
    if image.isNull() and (path := rendition(room, asset, longest)) is not None:
        image = read_picture(path, longest)
    return image


def rendition(room: Room, name: str, longest: int) -> Path | None:
    """The file of the smallest form of a print that is large enough, else of its largest."""
    with room.store.read() as tx:
        found = sorted(tx.renditions(AssetId(name)), key=lambda each: each.width)
    fitting = [each for each in found if max(each.width, each.height) >= longest] or found[-1:]
    return room.shelf.rendition(fitting[0].id) if fitting else None

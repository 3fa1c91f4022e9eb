"""What is on a card, and what one of its photos looks like. Slow: for the pool."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtGui import QImage

from editor.media.card import photos_in
from editor.problems import Refused
from editor.ui.card.model import Seen, Shot


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """The photos in the card's order, and how many files are none."""

    shots: tuple[Shot, ...] = ()
    left_out: int = 0


def listed(folder: Path) -> Listed:
    """The photos of a folder and of those in it. Raises ``OSError``."""
    found = photos_in(folder)
    shots = tuple(Shot(path=path, with_raw=path in found.with_raw) for path in found.photos)
    return Listed(shots=shots, left_out=found.left_out)


def looker(
    thumbnail: Callable[[Path, int], bytes], longest: int, is_known: Callable[[str], bool]
) -> Callable[[Path], Seen]:
    """Looks at one photo after the other: a small picture, and whether it was taken in before."""

    def look(path: Path) -> Seen:
        try:
            image = QImage.fromData(thumbnail(path, longest))
        except Refused:
            return Seen(image=QImage(), known=False)
        with path.open("rb") as file:
            asset = hashlib.file_digest(file, "sha256").hexdigest()
        return Seen(image=image, known=is_known(asset))

    return look

"""What is on a card, and what one of its photos looks like. Slow: for the pool."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from editor.ui.blocks.printed import read_picture
from editor.ui.card.model import Seen, Shot

SHOWN = frozenset(".jpg .jpeg .png .webp .avif .heic .heif .tif .tiff .gif".split())
RAW = frozenset(".cr2 .cr3 .nef .arw .dng .raf .orf .rw2".split())


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """The photos in the card's order, and how many files are none."""

    shots: tuple[Shot, ...] = ()
    left_out: int = 0


def listed(folder: Path) -> Listed:
    """The photos of a folder and of those in it; what systems hide on a card counts for nothing. Raises ``OSError``."""
    files = sorted(path for path in folder.rglob("*") if _is_seen(path, folder))
    raw = {path.with_suffix("") for path in files if path.suffix.lower() in RAW}
    shots = tuple(
        Shot(path=path, with_raw=path.with_suffix("") in raw)
        for path in files
        if path.suffix.lower() in SHOWN
    )
    pairs = sum(shot.with_raw for shot in shots)
    return Listed(shots=shots, left_out=len(files) - len(shots) - pairs)


def _is_seen(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.is_file()


def looker(longest: int, is_known: Callable[[str], bool]) -> Callable[[Path], Seen]:
    """Looks at one photo after the other: a small picture, and whether it was taken in before."""

    def look(path: Path) -> Seen:
        with path.open("rb") as file:
            asset = hashlib.file_digest(file, "sha256").hexdigest()
        return Seen(image=read_picture(path, longest), known=is_known(asset))

    return look

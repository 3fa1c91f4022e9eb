"""What is on a memory card or in a folder: its photos, and a small picture of each to choose by.

A camera that writes two files of one shot means one photo: the JPEG is taken, and the raw file beside it is not counted
as left out. Links are not followed and hidden files are not looked at, so that a folder leads nowhere else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from editor.content.print import Asked
from editor.media.renditions import preview

PHOTOS = frozenset(".jpg .jpeg .png .webp .avif .heic .heif .hif .tif .tiff .gif".split())
RAW = frozenset(
    ".3fr .arw .cr2 .cr3 .crw .dng .erf .iiq .nef .nrw .orf .pef .raf .raw .rw2 .sr2 .srw".split()
)

DEEP = 8
MOST = 20_000
"""Files that are looked at: many cards' worth, and an end where somebody chose a whole disk."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The photos in the order of their names, and how many files are none that can be sent.

    ``with_raw`` are those of the photos that have the camera's raw file beside them.
    """

    photos: tuple[Path, ...] = ()
    left_out: int = 0
    with_raw: frozenset[Path] = frozenset()


def photos_in(folder: Path) -> Found:
    """The photos of a folder and of those in it. Looks at names only. Raises ``OSError`` where it cannot be listed."""
    os.scandir(folder).close()
    files = sorted(_files(folder))
    raw = {_shot(path) for path in files if path.suffix.lower() in RAW}
    photos = tuple(path for path in files if path.suffix.lower() in PHOTOS)
    shown = {_shot(path) for path in photos}
    silent = sum(path.suffix.lower() in RAW and _shot(path) in shown for path in files)
    return Found(
        photos=photos,
        left_out=len(files) - len(photos) - silent,
        with_raw=frozenset(path for path in photos if _shot(path) in raw),
    )


def thumbnail(path: Path, longest: int) -> bytes:
    """The whole photo upright as a small JPEG, with no metadata. Raises ``Refused`` as ``inspect``, and as
    ``make_renditions`` for damage.
    """
    return preview(path, Asked(), longest)


def _shot(path: Path) -> tuple[Path, str]:
    return path.parent, path.stem.casefold()


def _files(folder: Path) -> Iterator[Path]:
    left = MOST
    for place, folders, names in os.walk(folder):  # links to folders are not followed
        here = Path(place)
        deep = len(here.relative_to(folder).parts)
        folders[:] = sorted(name for name in folders if name[0] != "." and deep < DEEP)
        for name in sorted(names):
            path = here / name
            if name[0] == "." or path.is_symlink() or not path.is_file():
                continue
            if not left:
                return
            left -= 1
            yield path

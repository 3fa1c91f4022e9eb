"""Photo: an asset with the words that belong to it."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Photo(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="photo"):
    """A photo. ``asset`` is the SHA-256 of the untouched original; ``width`` and ``height`` are its pixels upright."""

    TYPE: ClassVar[str] = "photo"
    VERSION: ClassVar[int] = 1

    asset: str
    caption: str = ""
    alt: str = ""
    decorative: bool = False
    credit: str = ""
    width: int = 0
    height: int = 0
    location_kept: bool = False
    v: int = 1


BLOCK = Photo

"""What is done to a photo before readers get it, as part of the entry that shows it: nothing touches the original.

A *print* is a photo as it is sent. That of an untouched photo has its asset's name; any other is named by the digest of
the asset and of all that was asked for, so that what was approved is what is sent.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

WHOLE = 10_000
"""Places and lengths in a photo are told in parts of this, of the upright original's width and height."""

LONGEST = (2048, 1024, 480)
"""Pixels of a print's longer edge that may be asked for, and its renditions'."""


class Box(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle in the upright original."""

    x: int
    y: int
    width: int
    height: int


class Point(msgspec.Struct, frozen=True, array_like=True):
    """A place in the upright original."""

    x: int
    y: int


class Edit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Regions made unrecognisable, then a crop, then quarter turns clockwise."""

    blurs: tuple[Box, ...] = ()
    crop: Box | None = None
    turns: int = 0


class Rights(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is written into the files that are sent: who made the photo and what may be done with it, and no more.

    The names are those of IPTC Photo Metadata 2025.1. Caption and alternative text stand on the page only, where a
    correction reaches them.
    """

    creator: str = ""
    credit: str = ""
    copyright: str = ""
    source: str = ""
    licence: str = ""
    digital_source_type: str = ""
    data_mining: str = ""
    created: datetime | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that makes a print another than the photo as it was taken in."""

    edit: Edit = Edit()
    rights: Rights = Rights()
    longest: int = LONGEST[0]
    location: bool = False


def print_of(asset: str, asked: Asked) -> str:
    """The name of a print: 64 hexadecimal digits, or empty where there is no photo."""
    if not asset or asked == Asked():
        return asset
    from hashlib import sha256

    return sha256(asset.encode() + b"\n" + msgspec.json.encode(asked)).hexdigest()

"""What is done to a photo before readers get it, as part of the entry that shows it: nothing touches the original.

A *print* is a photo as it is sent. That of an untouched photo has its asset's name; any other is named by the digest of
the asset and of all that was asked for, so that what was approved is what is sent.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec.structs import astuple

WHOLE = 10_000
"""Places and lengths in a photo are told in parts of this, of the upright original's width and height."""

Longest = Literal[2048, 1024, 480]
LONGEST: tuple[Longest, ...] = (2048, 1024, 480)
"""Pixels of a print's longer edge that may be asked for, and its renditions'."""


Part = Annotated[int, msgspec.Meta(ge=0, le=WHOLE)]
Words = Annotated[str, msgspec.Meta(max_length=2000)]


class Box(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle in the upright original."""

    x: Part
    y: Part
    width: Part
    height: Part


class Point(msgspec.Struct, frozen=True, array_like=True):
    """A place in the upright original."""

    x: Part
    y: Part


class Edit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Regions made unrecognisable, then a crop, then quarter turns clockwise."""

    blurs: Annotated[tuple[Box, ...], msgspec.Meta(max_length=100)] = ()
    crop: Box | None = None
    turns: Annotated[int, msgspec.Meta(ge=0, le=3)] = 0


class Rights(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is written into the files that are sent: who made the photo and what may be done with it, and no more.

    The names are those of IPTC Photo Metadata 2025.1. Caption and alternative text stand on the page only, where a
    correction reaches them.
    """

    creator: Words = ""
    credit: Words = ""
    copyright: Words = ""
    source: Words = ""
    licence: Words = ""
    digital_source_type: Words = ""
    data_mining: Words = ""
    created: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """All that makes a print another than the photo as it was taken in."""

    edit: Edit = Edit()
    rights: Rights = Rights()
    longest: Longest = LONGEST[0]
    location: bool = False


def print_of(asset: str, asked: Asked) -> str:
    """The name of a print: 64 hexadecimal digits, or empty where there is no photo."""
    if not asset or asked == Asked():
        return asset
    from hashlib import sha256

    # every value in its place: what is left out of an encoded struct depends on which object a default is
    parts = (astuple(asked.edit), astuple(asked.rights), asked.longest, asked.location)
    return sha256(asset.encode() + b"\n" + msgspec.json.encode(parts)).hexdigest()

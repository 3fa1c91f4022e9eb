"""A photo's file in the local store, and the smaller ones that are sent in its place."""

from __future__ import annotations

from datetime import datetime

import msgspec

from editor.content.print import Rights
from editor.domain.ids import AssetId


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a photo's own file says of it, by the names of IPTC Photo Metadata 2025.1. Never sent by itself.

    ``credentials`` is what was found of Content Credentials: a signer's name and a state, empty where there are none.
    """

    headline: str = ""
    caption: str = ""
    alt: str = ""
    description: str = ""
    rights: Rights = Rights()
    credentials: str = ""
    signer: str = ""


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """An untouched original, named by its SHA-256. ``name`` is what its file was called; it never leaves the laptop."""

    id: AssetId
    mime: str
    width: int
    height: int
    size: int
    name: str
    added: datetime
    has_location: bool = False
    told: Told = Told()


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """A public form of a print, named by its own SHA-256. ``asset`` is the print, ``width`` its place in the ladder."""

    id: str
    asset: AssetId
    mime: str
    width: int
    height: int
    size: int

    @property
    def file_name(self) -> str:
        """Its name wherever it is served: the content's hash, never the original's name."""
        suffix = {"image/jpeg": "jpg", "image/webp": "webp", "image/png": "png"}[self.mime]
        return f"{self.id[:16]}-{self.width}.{suffix}"

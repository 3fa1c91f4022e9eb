"""A photo's file in the local store, and the smaller ones that are sent in its place."""

from __future__ import annotations

from datetime import datetime

import msgspec

from editor.domain.ids import AssetId


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


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """A public form of an asset, free of metadata, named by its own SHA-256. ``width`` is its place in the ladder."""

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

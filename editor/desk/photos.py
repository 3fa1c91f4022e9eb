"""Photos of a room: taking one in, and what it weighs.

The file is read, scaled and kept before the store hears of it; the rows come last, in one transaction, so a crash in
between leaves nothing half known.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from editor.content.block import PhotoFile
from editor.content.blocks.photo import Photo
from editor.domain.asset import Asset, Rendition
from editor.domain.ids import AssetId
from editor.media.photo import Inspected, inspect
from editor.media.renditions import check_pixels, make_renditions
from editor.ports import Room
from editor.problems import refuse


def add_photo(
    room: Room, path: Path, *, caption: str = "", alt: str = "", credit: str = ""
) -> Photo:
    """Takes a photo in: keeps the original and its renditions, and returns the block that shows it.

    Words that are not given are taken from the file's own metadata. The same photo twice is one asset. Slow: decodes
    and scales, never to be called on the UI thread. Raises ``Refused`` (``photo-missing``, ``photo-unreadable``,
    ``photo-not-an-image``, ``photo-heic``, ``photo-truncated``, ``photo-too-large``, ``photo-file-too-large``,
    ``profile-read-only``) or ``Unavailable`` (``disk-full``); then nothing is kept.
    """
    found = inspect(path)
    asset = _digest(path)
    if not _is_known(room, asset):
        _take_in(room, path, found)
    return Photo(
        asset=asset,
        caption=caption or found.caption,
        alt=alt or found.alt,
        credit=credit or found.credit,
        width=found.width,
        height=found.height,
    )


def develop(room: Room, photo: Photo) -> None:
    """Makes a photo's print. Nothing is made yet: an edited photo has no print, and is not sent."""


def look_at(path: Path) -> PhotoFile:
    """What ``add_photo`` would make of a file, with nothing kept. Slow, and raises, as ``add_photo``."""
    found = inspect(path)
    check_pixels(path)
    return PhotoFile(asset=_digest(path), width=found.width, height=found.height)


def sizes(room: Room, asset: AssetId) -> tuple[int, int]:
    """The bytes of the untouched original, and of all that is sent in its place.

    Raises ``Refused`` (``no-such-asset``).
    """
    with room.store.read() as tx:
        known = tx.asset(asset)
        renditions = tx.renditions(asset)
    if known is None:
        raise refuse("no-such-asset", asset=asset)
    return known.size, sum(rendition.size for rendition in renditions)


def had_location(room: Room, asset: AssetId) -> bool:
    """Whether the original says where it was taken; what is sent in its place never does."""
    with room.store.read() as tx:
        known = tx.asset(asset)
    return known is not None and known.has_location


def _digest(path: Path) -> AssetId:
    try:
        with path.open("rb") as file:
            return AssetId(hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        raise refuse(
            "photo-unreadable", str(path), name=path.name, reason=error.strerror or ""
        ) from error


def _is_known(room: Room, asset: AssetId) -> bool:
    """Whether the store knows the photo and all its files are still there."""
    with room.store.read() as tx:
        if tx.asset(asset) is None:
            return False
        renditions = tx.renditions(asset)
    places = [room.shelf.original(asset), *(room.shelf.rendition(r.id) for r in renditions)]
    return bool(renditions) and all(place.is_file() for place in places)


def _take_in(room: Room, path: Path, found: Inspected) -> None:
    made = make_renditions(path)
    asset = room.shelf.keep_original(path)
    renditions = [
        Rendition(
            id=room.shelf.keep_rendition(data),
            asset=asset,
            mime=mime,
            width=width,
            height=height,
            size=len(data),
        )
        for data, width, height, mime in made
    ]
    with room.store.write() as tx:
        tx.put_asset(
            Asset(
                id=asset,
                mime=found.mime,
                width=found.width,
                height=found.height,
                size=found.size,
                name=path.name,
                added=room.clock.now(),
                has_location=found.has_location,
            )
        )
        for rendition in renditions:
            tx.put_rendition(rendition)

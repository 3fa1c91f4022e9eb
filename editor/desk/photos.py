"""Photos of a room: taking one in, making what is sent of it, and what it weighs.

The file is read, scaled and kept before the store hears of it; the rows come last, so a crash in between leaves nothing
half known.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from editor.content.block import PhotoFile
from editor.content.blocks.photo import Photo
from editor.content.entry import Content, photos
from editor.content.print import LONGEST, Longest, Rights
from editor.domain.asset import Asset, Told
from editor.domain.ids import AssetId, BlogId, EntryId
from editor.media.darkroom import Darkroom
from editor.media.photo import Inspected, inspect
from editor.media.renditions import check_pixels, make_renditions
from editor.ports import Room
from editor.problems import Problem, Refused, refuse

USUAL = ("image/jpeg",)
"""What is made of a photo where nobody knows yet where it goes."""


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of several files: the photos in their order, and a problem for each file that was left out."""

    photos: tuple[Photo, ...] = ()
    problems: tuple[Problem, ...] = ()


def add_photo(
    room: Room,
    path: Path,
    *,
    caption: str = "",
    alt: str = "",
    credit: str = "",
    protect: bool = False,
    longest: Longest = LONGEST[0],
    mimes: Sequence[str] = USUAL,
) -> Photo:
    """Takes a photo in: keeps the original and the renditions of its print, and returns the block that shows it.

    Words that are not given are taken from the file's own metadata; who made it is written into what is sent, unless a
    source is to be protected. The same photo twice is one asset. Slow: decodes and scales, never to be called on the UI
    thread. Raises ``Refused`` (``photo-missing``, ``photo-unreadable``, ``photo-not-an-image``, ``photo-truncated``,
    ``photo-too-large``, ``photo-file-too-large``, ``profile-read-only``) or ``Unavailable`` (``disk-full``); then nothing
    is kept.
    """
    found = room.lab.do(inspect, path, room.signers)
    photo = Photo(
        asset=_digest(path),
        caption=caption or found.told.caption,
        alt=alt or found.told.alt,
        credit=credit or found.credit,
        width=found.width,
        height=found.height,
        rights=Rights() if protect else found.told.rights,
        longest=longest,
    )
    darkroom = Darkroom(room.store, room.shelf, room.lab)
    known = _is_known(room, photo)
    made = [
        room.lab.do(make_renditions, path, photo.asked, mime)
        for mime in mimes
        if not known or darkroom.lacks(photo, mime)
    ]
    if not known:
        _keep(room, path, found)
    for each in made:
        darkroom.keep(photo, each)
    return photo


def add_photo_to(room: Room, entry: EntryId, path: Path, *, longest: Longest = LONGEST[0]) -> Photo:
    """``add_photo`` for an entry: as its blog's targets take photos, and telling nobody's name where it protects a source.

    Raises ``no-such-entry`` too.
    """
    with room.store.read() as tx:
        kept = tx.entry(entry)
    mimes = mimes_of(room, kept.blog)
    return add_photo(room, path, protect=kept.protect_source, longest=longest, mimes=mimes)


def add_photos(
    room: Room,
    paths: Iterable[Path],
    *,
    protect: bool = False,
    longest: Longest = LONGEST[0],
    mimes: Sequence[str] = USUAL,
) -> Added:
    """Takes several in; one that is unfit has its problem and the others come all the same. Slow."""
    taken: list[Photo] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            taken.append(add_photo(room, path, protect=protect, longest=longest, mimes=mimes))
        except Refused as refused:
            problems += refused.problems
    return Added(photos=tuple(taken), problems=tuple(problems))


def develop(room: Room, photo: Photo, mimes: Sequence[str] = USUAL) -> None:
    """Makes what a photo's print lacks, after somebody asked for another one. Slow, and raises, as ``add_photo``."""
    darkroom = Darkroom(room.store, room.shelf, room.lab)
    for mime in mimes:
        darkroom.develop(photo, mime)


def mimes_of(room: Room, blog: BlogId) -> tuple[str, ...]:
    """The kinds of picture that a blog's targets are sent."""
    with room.store.read() as tx:
        kinds = dict.fromkeys(target.media for target in tx.targets(blog))
    return tuple(kinds) or USUAL


def look_at(room: Room, path: Path) -> PhotoFile:
    """What ``add_photo`` would make of a file, with nothing kept. Slow, and raises, as ``add_photo``."""
    found = room.lab.do(inspect, path, room.signers)
    room.lab.do(check_pixels, path)
    return PhotoFile(asset=_digest(path), width=found.width, height=found.height)


def keep_photos(
    room: Room, paths: Iterable[Path], contents: Iterable[Content], mimes: Sequence[str] = USUAL
) -> None:
    """Keeps the files that entry files name, and makes the prints that the entries ask for. Slow, and raises, as
    ``add_photo``; a photo that is not on this laptop is passed over.
    """
    for path in paths:
        add_photo(room, path, mimes=())
    wanted = {photo.print: photo for content in contents for photo in photos(content)}
    for photo in wanted.values():
        if _is_known(room, photo):
            develop(room, photo, mimes)


def sizes(room: Room, photo: Photo) -> tuple[int, int]:
    """The bytes of the untouched original, and of all that is sent in its place; 0 while that is not made.

    Raises ``Refused`` (``no-such-asset``).
    """
    return _asset(room, photo).size, weight(room, photo.print)


def weight(room: Room, name: str) -> int:
    """The bytes that are sent of a print to a target: of the kind of picture that has most. 0 while it is not made."""
    total = Counter[str]()
    with room.store.read() as tx:
        for rendition in tx.renditions(AssetId(name)):
            total[rendition.mime] += rendition.size
    return max(total.values(), default=0)


def had_location(room: Room, photo: Photo) -> bool:
    """Whether the original says where it was taken."""
    with room.store.read() as tx:
        known = tx.asset(AssetId(photo.asset))
    return known is not None and known.has_location


def told(room: Room, photo: Photo) -> Told:
    """What the original's own file says of it. Raises ``Refused`` (``no-such-asset``)."""
    return _asset(room, photo).told


def _asset(room: Room, photo: Photo) -> Asset:
    with room.store.read() as tx:
        known = tx.asset(AssetId(photo.asset))
    if known is None:
        raise refuse("no-such-asset", asset=photo.asset)
    return known


def _digest(path: Path) -> AssetId:
    try:
        with path.open("rb") as file:
            return AssetId(hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        raise refuse(
            "photo-unreadable", str(path), name=path.name, reason=error.strerror or ""
        ) from error


def _is_known(room: Room, photo: Photo) -> bool:
    """Whether the store knows the original and its file is still there."""
    with room.store.read() as tx:
        known = tx.asset(AssetId(photo.asset)) is not None
    return known and room.shelf.original(AssetId(photo.asset)).is_file()


def _keep(room: Room, path: Path, found: Inspected) -> None:
    asset = room.shelf.keep_original(path)
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
                told=found.told,
            )
        )

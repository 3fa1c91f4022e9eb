"""Entries from and as files: what the command line adds, edits and shows.

Photos are looked at while the files are read, and kept when every file is known to be fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from editor.content.block import Page, PhotoFile, Picture
from editor.content.entry import Content, prints
from editor.content.entry_file import read_file, write_entry
from editor.desk.photos import keep_photos, look_at, mimes_of
from editor.desk.writing import begin
from editor.domain.blog import Blog
from editor.domain.ids import AssetId, BlogId, EntryId
from editor.ports import Room
from editor.problems import refuse


def add_files(
    room: Room, blog: BlogId, files: Sequence[Path], *, protect_source: bool = False
) -> tuple[EntryId, ...]:
    """New drafts of these files, all or none; returns their ids. Raises ``Refused`` for the first that is unfit."""
    with room.store.read() as tx:
        zone = tx.blog(blog).zone
    photos: dict[Path, PhotoFile] = {}
    read = [_read(room, file, zone, photos) for file in files]
    with room.store.read() as tx:
        for file, (_, known) in zip(files, read, strict=True):
            if known is not None and tx.has_entry(known):
                raise refuse("entry-exists", field=file.name, entry=known)
    keep_photos(room, photos, (content for content, _ in read), mimes_of(room, blog))
    with room.store.write() as tx:
        return tuple(
            begin(room, tx, blog, content, known, protect_source=protect_source)
            for content, known in read
        )


def read_path(room: Room, file: Path, zone: tzinfo) -> tuple[Content, EntryId | None]:
    """A file's content and the id it gives; its photos are kept. Raises ``Refused``; slow where there are photos."""
    photos: dict[Path, PhotoFile] = {}
    read = _read(room, file, zone, photos)
    keep_photos(room, photos, [read[0]])
    return read


def _read(
    room: Room, file: Path, zone: tzinfo, photos: dict[Path, PhotoFile]
) -> tuple[Content, EntryId | None]:
    """A file's content and id, with nothing kept yet; the photos it names are looked at and join ``photos``."""

    def find_photo(named: str) -> PhotoFile:
        path = file.parent / named
        if path not in photos:
            photos[path] = look_at(room, path)
        return photos[path]

    content, known = read_file(file, find_photo=find_photo, zone=zone)
    return content, EntryId(known) if known else None


def entry_markdown(room: Room, content: Content, entry: EntryId) -> str:
    """The content as an entry file that can be read back on this laptop: its photos are named where they lie."""
    return write_entry(
        content, entry_id=entry, name_photo=lambda asset: str(room.shelf.original(AssetId(asset)))
    )


def entry_html(room: Room, content: Content, blog: Blog) -> str:
    """The body as readers get it, its photos named where they lie on this laptop."""
    page = Page(
        language=content.language or blog.language,
        zone=blog.zone,
        pictures={asset: local_picture(room, AssetId(asset)) for asset in prints(content)},
    )
    return "\n".join(filter(None, (block.html(page) for block in content.blocks)))


def local_picture(room: Room, asset: AssetId) -> Picture:
    """A photo's renditions as files of this laptop."""
    with room.store.read() as tx:
        renditions = tx.renditions(asset)
    if not renditions:
        return Picture(src="")
    paths = [(room.shelf.rendition(r.id).as_uri(), r) for r in renditions]
    src, largest = max(paths, key=lambda each: each[1].width)
    return Picture(
        src=src,
        sources=tuple((uri, rendition.width) for uri, rendition in paths),
        width=largest.width,
        height=largest.height,
    )

"""A whole live blog as files, and back: as entry files to read and edit, or as one JSON document.

What leaves is what readers may have: photos go as their print's largest rendition, which holds no place and no serial
number, named by hash. On the way back such a photo is known again by what is in it, so a blog that is exported and imported
into the same profile is unchanged; elsewhere the rendition becomes the original.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec.structs import replace

from editor.content.block import PhotoFile
from editor.content.blocks.photo import Photo
from editor.content.entry import Content, decode, encode, prints
from editor.content.entry import photos as photos_of
from editor.content.entry_file import write_entry
from editor.content.kept import Kept
from editor.desk.blogs import slug_of
from editor.desk.snapshots import snapshots_of
from editor.domain.blog import Blog, BlogStatus
from editor.domain.entry import Stage
from editor.domain.ids import AssetId, BlogId
from editor.ports import Room
from editor.problems import Problem, Unavailable, refuse
from editor.views import EntryView, Views

BLOG_FILE = "blog.json"
PHOTOS = "photos"
VERSION = 1


class BlogFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A blog's face in an export."""

    slug: str
    headline: str
    standfirst: str = ""
    byline: str = ""
    language: str = "en"
    timezone: str = "UTC"
    status: BlogStatus = BlogStatus.LIVE


class StoredEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry in an export as JSON. ``content`` is the working text as the store keeps it."""

    id: str
    stage: Stage
    content: msgspec.Raw
    note: str = ""
    created: str = ""
    published: str = ""
    corrected: str = ""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """``blog.json``. ``photos`` gives each print's file; an export as entry files has no ``entries`` in it.

    ``snapshots`` are what was seen of the posts that the entries tell of.
    """

    dateline: int = VERSION
    blog: BlogFacts
    photos: dict[str, str] = {}
    snapshots: tuple[Kept, ...] = ()
    entries: tuple[StoredEntry, ...] = ()

    def contents(self) -> Iterator[tuple[str, Content]]:
        """The entries that were not withdrawn, by their ids. Raises ``msgspec.DecodeError``."""
        for entry in self.entries:
            if entry.stage is not Stage.WITHDRAWN:
                yield entry.id, decode(bytes(entry.content))


def export_markdown(room: Room, views: Views, blog: BlogId, folder: Path) -> int:
    """Writes each entry's working text as an entry file, with its photos, and returns how many there are.

    Withdrawn entries stay behind. A second export into the same folder replaces the first one's files. Raises
    ``Refused`` (``no-such-blog``, ``folder-unwritable``) and ``Unavailable`` (``disk-full``).
    """
    face, entries = views.blog(blog), _entries(views, blog)
    entries = [view for view in entries if view.entry.stage is not Stage.WITHDRAWN]
    with _writing(folder):
        photos = _write_photos(room, entries, folder)
        for view in entries:
            tail = view.entry.id[-12:]
            for stale in folder.glob(f"*-{tail}.md"):
                stale.unlink()
            text = write_entry(
                _by_prints(view.content),
                entry_id=view.entry.id,
                name_photo=lambda name: photos.get(name, f"{PHOTOS}/{name[:16]}.jpg"),
            )
            _write(folder / f"{_stem(view, face)}-{tail}.md", text.encode())
        posts = _snapshots(room, entries)
        _write_document(folder, Document(blog=_facts(face), photos=photos, snapshots=posts))
    return len(entries)


def export_json(room: Room, views: Views, blog: BlogId, folder: Path) -> int:
    """Writes ``blog.json`` with every entry, its stage and its working text, and the photos beside it.

    Returns how many entries there are, and raises, as ``export_markdown``.
    """
    face, entries = views.blog(blog), _entries(views, blog)
    with _writing(folder):
        photos = _write_photos(room, entries, folder)
        stored = tuple(_stored(view) for view in entries)
        document = Document(
            blog=_facts(face), photos=photos, snapshots=_snapshots(room, entries), entries=stored
        )
        _write_document(folder, document)
    return len(entries)


def known_photos(room: Room, views: Views, blog: BlogId) -> Mapping[str, PhotoFile]:
    """The blog's photos by the hash of each file they were ever written as."""
    known: dict[str, PhotoFile] = {}
    shown = {p.print: p for view in _entries(views, blog) for p in photos_of(view.content)}
    with room.store.read() as tx:
        for name, photo in shown.items():
            if tx.asset(AssetId(photo.asset)) is None:
                continue
            file = PhotoFile(asset=photo.asset, width=photo.width, height=photo.height)
            known |= {rendition.id: file for rendition in tx.renditions(AssetId(name))}
    return known


def _by_prints(content: Content) -> Content:
    """The content with each photo under its print's name, by which its file is found."""
    body = (
        replace(block, asset=block.print) if isinstance(block, Photo) else block
        for block in content.blocks
    )
    return replace(content, body=tuple(body))


def _entries(views: Views, blog: BlogId) -> list[EntryView]:
    """Oldest first, so that an import gives them their places again."""
    views.blog(blog)  # refuses what is not there
    found = [views.entry(entry) for entry in views.timeline(blog)]
    return sorted(found, key=lambda view: view.entry.seq)


def _facts(blog: Blog) -> BlogFacts:
    return BlogFacts(**{name: getattr(blog, name) for name in BlogFacts.__struct_fields__})


def _stored(view: EntryView) -> StoredEntry:
    entry = view.entry
    return StoredEntry(
        id=entry.id,
        stage=entry.stage,
        content=msgspec.Raw(encode(view.content)),
        note=entry.note,
        created=entry.created.isoformat(),
        published=entry.published.isoformat() if entry.published else "",
        corrected=entry.corrected.isoformat() if entry.corrected else "",
    )


def _stem(view: EntryView, blog: Blog) -> str:
    time = (view.content.time or view.entry.created).astimezone(blog.zone)
    words = slug_of(view.content.headline)[:48].strip("-")
    return "-".join(filter(None, (f"{time:%Y-%m-%d-%H%M}", words)))


def _write_photos(room: Room, entries: list[EntryView], folder: Path) -> dict[str, str]:
    """Copies each print's largest rendition; a photo that is not on this laptop has none."""
    written: dict[str, str] = {}
    _make_folder(folder / PHOTOS)
    with room.store.read() as tx:
        for name in dict.fromkeys(name for view in entries for name in prints(view.content)):
            renditions = tx.renditions(AssetId(name))
            largest = max(renditions, key=lambda rendition: rendition.width, default=None)
            if largest is None or not (source := room.shelf.rendition(largest.id)).is_file():
                continue
            written[name] = f"{PHOTOS}/{largest.file_name}"
            _write(folder / written[name], source.read_bytes())
    return written


def _snapshots(room: Room, entries: list[EntryView]) -> tuple[Kept, ...]:
    with room.store.read() as tx:
        return snapshots_of(tx, (view.content for view in entries))


def _write_document(folder: Path, document: Document) -> None:
    _write(folder / BLOG_FILE, msgspec.json.format(msgspec.json.encode(document), indent=2))


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _write(path: Path, data: bytes) -> None:
    """Writes a file beside its place first: an export that is cut short leaves no half file."""
    if path.is_file() and path.read_bytes() == data:
        return
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(data)
    temporary.replace(path)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        _make_folder(folder)
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Unavailable(Problem(code="disk-full")) from error
        raise refuse("folder-unwritable", str(folder), path=str(folder)) from error

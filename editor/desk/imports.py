"""Entries from files: one entry file, a folder of them, or a blog that was exported, here or on another laptop.

Everything is read and looked at before anything is kept: a file that cannot be taken has a sentence of its own, and
then none is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from editor.content.block import PhotoFile
from editor.content.blocks.photo import Photo
from editor.content.entry import Content
from editor.content.entry_file import read_file
from editor.content.kept import Kept
from editor.desk.blogs import add_blog, edit_blog
from editor.desk.exchange import BLOG_FILE, VERSION, BlogFacts, Document, known_photos
from editor.desk.photos import keep_photos, look_at, mimes_of
from editor.desk.snapshots import fit_snapshot
from editor.desk.working import new_revision, set_aside, working_content
from editor.desk.writing import begin, keep_draft
from editor.domain.blog import BlogStatus
from editor.domain.entry import Entry, Kind, Origin, Stage
from editor.domain.ids import BlogId, EntryId
from editor.ports import Room, Transaction
from editor.problems import Problem, Refused, refuse
from editor.views import Views

_LARGEST_DOCUMENT = 500_000_000


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it was read: the file it came from, and the id that the file gives."""

    file: str
    content: Content
    id: str | None


class _Photos:
    """Finds the photos that files name: those known already, and those to be taken in when all is well."""

    def __init__(self, room: Room, known: Mapping[str, PhotoFile]) -> None:
        self._room = room
        self._known = known
        self._seen: dict[Path, PhotoFile] = {}
        self.new: dict[str, Path] = {}

    def beside(self, folder: Path) -> Callable[[str], PhotoFile]:
        """A finder of photos by their paths relative to a folder."""
        return lambda path: self._at(folder / path)

    def _at(self, path: Path) -> PhotoFile:
        if path not in self._seen:
            found = look_at(self._room, path)
            known = self._known.get(found.asset)
            if known is None:
                self.new[found.asset] = path
            self._seen[path] = known or found
        return self._seen[path]


def import_path(
    room: Room, views: Views, path: Path, *, blog: BlogId | None = None
) -> tuple[EntryId, ...]:
    """Reads entries as drafts and returns their ids in order: of an entry file, a folder of them, or an export.

    An id that is there already is updated, never doubled; an entry that says the same is left alone. What was typed
    stays in the history, and what came from the file is told as imported there. Without ``blog``
    they go to the blog that ``blog.json`` beside them names, which is made where it is not there yet. All or nothing.
    Raises ``Refused`` with a problem for each unfit file, ``blog-needed``, ``import-empty``, ``entry-elsewhere``.
    """
    folder = path if path.is_dir() else path.parent
    document = _document(path if path.suffix == ".json" else folder / BLOG_FILE)
    if blog is None:
        blog = _blog_like(room, document.blog) if document else None
        if blog is None and document is None:
            raise refuse("blog-needed", str(path), file=path.name)
    if blog is not None:
        with room.store.read() as tx:
            zone = tx.blog(blog).zone
    else:
        assert document is not None
        zone = _zone(document.blog.timezone)
    photos = _Photos(room, known_photos(room, views, blog) if blog else {})
    found = _read(path, folder, document, photos, zone)
    posts = _snapshots(path, document)
    _check(room, blog, found)
    if document is not None:
        found = [_with_new_originals(each, photos.new) for each in found]
    if blog is None:
        assert document is not None
        blog = _made(room, document.blog)
    contents = [each.content for each in found]
    keep_photos(room, photos.new.values(), contents, mimes_of(room, blog))
    with room.store.write() as tx:
        for kept in posts:
            tx.add_snapshot(kept)
        return tuple(_put(room, tx, blog, each) for each in found)


def _read(
    path: Path, folder: Path, document: Document | None, photos: _Photos, zone: ZoneInfo
) -> list[_Found]:
    """Every entry of a file or a folder, or a problem for each that cannot be read."""
    found: list[_Found] = []
    problems: list[Problem] = []
    files = sorted(folder.glob("*.md")) if path.is_dir() else [path]
    for file in files:
        if file.suffix == ".json":
            continue
        try:
            content, known = read_file(file, find_photo=photos.beside(file.parent), zone=zone)
            found.append(_Found(file=file.name, content=content, id=known))
        except Refused as refused:
            problems += refused.problems
    if document is not None and (path.is_dir() or path.suffix == ".json"):
        try:
            for known, content in document.contents():
                body = _with_photos(content.body, document.photos, photos.beside(folder))
                found.append(_Found(file=BLOG_FILE, content=replace(content, body=body), id=known))
        except Refused as refused:
            problems += refused.problems
        except msgspec.DecodeError as error:
            problems.append(_broken(BLOG_FILE, error))
    if problems:
        raise Refused(*problems)
    if not found:
        raise refuse("import-empty", str(path), path=path.name)
    return found


def _snapshots(path: Path, document: Document | None) -> list[Kept]:
    """What was seen of the posts of a whole export; one entry file alone brings none."""
    if document is None or not (path.is_dir() or path.suffix == ".json"):
        return []
    found = [fit_snapshot(kept) for kept in document.snapshots]
    if None in found:
        raise Refused(_broken(BLOG_FILE, ValueError("a snapshot of a post is none")))
    return [kept for kept in found if kept is not None]


def _with_new_originals(found: _Found, new: Mapping[str, Path]) -> _Found:
    """What an export carries of a photo is its print: cropped and made smaller already, it is an original here."""
    body = tuple(
        replace(block, edit=UNSET, focus=UNSET, longest=UNSET, location_kept=False)
        if isinstance(block, Photo) and block.asset in new
        else block
        for block in found.content.body
    )
    return replace(found, content=replace(found.content, body=body))


def _with_photos(
    body: tuple[Any, ...], files: Mapping[str, str], find_photo: Callable[[str], PhotoFile]
) -> tuple[Any, ...]:
    """The blocks of a JSON export with their photos as this laptop knows them."""

    def own(block: Any) -> Any:
        if not isinstance(block, Photo) or block.print not in files:
            return block
        photo = find_photo(files[block.print])
        return replace(block, asset=photo.asset, width=photo.width, height=photo.height)

    return tuple(map(own, body))


def _document(path: Path) -> Document | None:
    """The export's ``blog.json``, or None where there is none."""
    try:
        if path.stat().st_size > _LARGEST_DOCUMENT:
            raise refuse("file-too-large", path.name, file=path.name, most=_LARGEST_DOCUMENT)
        document = msgspec.json.decode(path.read_bytes(), type=Document)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refuse(
            "file-unreadable", path.name, file=path.name, reason=error.strerror or "", line=1
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(_broken(path.name, error)) from error
    if document.dateline > VERSION:
        raise refuse("export-newer", path.name, file=path.name)
    return document


def _broken(name: str, error: Exception) -> Problem:
    return Problem(
        code="export-broken", field=name, detail={"file": name, "message": str(error)[:200]}
    )


def _check(room: Room, blog: BlogId | None, found: list[_Found]) -> None:
    """Refuses ids that are given twice, that another blog has, or whose entry was withdrawn with other words."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    with room.store.read() as tx:
        for each in found:
            if each.id is None:
                continue
            detail: dict[str, str | int] = {"file": each.file, "entry": each.id}
            if each.id in seen:
                detail["other"] = seen[each.id]
                problems.append(Problem(code="entry-twice", field=each.file, detail=detail))
            seen[each.id] = each.file
            if not tx.has_entry(EntryId(each.id)):
                continue
            entry = tx.entry(EntryId(each.id))
            if entry.blog != blog:
                problems.append(Problem(code="entry-elsewhere", field=each.file, detail=detail))
            elif entry.stage is Stage.WITHDRAWN and working_content(tx, entry) != each.content:
                problems.append(Problem(code="entry-withdrawn", field=each.file, detail=detail))
    if problems:
        raise Refused(*problems)


def _put(room: Room, tx: Transaction, blog: BlogId, found: _Found) -> EntryId:
    known = EntryId(found.id) if found.id else None
    if known is None or not tx.has_entry(known):
        made = begin(room, tx, blog, found.content, known)
        _note(room, tx, tx.entry(made))
        return made
    entry = tx.entry(known)
    if working_content(tx, entry) != found.content:
        set_aside(room, tx, entry)
        keep_draft(room, tx, entry, found.content)
        _note(room, tx, entry)
    return known


def _note(room: Room, tx: Transaction, entry: Entry) -> None:
    """Keeps in the history what came from a file, whatever is made of the draft afterwards."""
    draft = tx.draft(entry.id)
    if draft is not None:
        revision = new_revision(room, tx, entry, draft.content, Kind.SET_ASIDE)
        tx.add_revision(replace(revision, origin=Origin.IMPORT))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse("timezone-unknown", BLOG_FILE, timezone=name[:60]) from None


def _blog_like(room: Room, facts: BlogFacts) -> BlogId | None:
    with room.store.read() as tx:
        blog = tx.blog_by_slug(facts.slug)
    return blog.id if blog else None


def _made(room: Room, facts: BlogFacts) -> BlogId:
    (blog,) = add_blog(
        room,
        headline=facts.headline,
        standfirst=facts.standfirst,
        byline=facts.byline,
        language=facts.language,
        timezone=facts.timezone,
        slug=facts.slug,
    ).blogs
    if facts.status is not BlogStatus.LIVE:
        edit_blog(room, blog, status=facts.status)
    return blog

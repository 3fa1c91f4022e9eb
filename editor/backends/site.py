"""A folder that any web server or content network can serve: the reader's page as plain files.

State lives in the folder itself, and everything in it is public. A folder keeps no drafts, so only what was released
is ever written. Settings: ``folder`` (where; the blog goes into a folder of its slug), ``address`` (what the folder is
called on the web, once it is), ``poll`` (how often open pages ask for news, in seconds).
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from editor.content.block import Picture
from editor.domain.blog import Blog, Target
from editor.domain.ids import EntryId, RevisionId
from editor.paths import resources
from editor.problems import Problem
from editor.sync.backend import (
    Backend,
    Capabilities,
    Field,
    Flow,
    Found,
    Moved,
    NotApplied,
    OneWay,
    Unanswered,
    at_will,
)
from editor.sync.delivery import Dispatch, Held, MediaFile, Visibility

if TYPE_CHECKING:
    from editor.site.site import Site
    from editor.site.state import Item, State

POLL = 15
POLL_BOUNDS = (1, 300)
FOR_OLD_READERS = 1000
"""The width in pixels next to which a photo is chosen for readers whose browser knows one size only."""


class SiteBackend(OneWay):
    """One blog's folder."""

    capabilities = Capabilities(
        drafts=False, versions=True, repeatable=True, settle=timedelta(seconds=0), network=False
    )

    def __init__(self, blog: Blog, folder: Path, address: str, poll: int) -> None:
        self._blog = blog
        self._folder = folder / blog.slug
        self._base = f"{address.rstrip('/')}/{blog.slug}/" if address else ""
        self._poll = poll
        self._site: Site | None = None

    def check(self) -> None:
        """Writes and removes a file where the blog's folder is, or will be made."""
        with _told(self._folder):
            existing = next(path for path in (self._folder, *self._folder.parents) if path.exists())
            if not existing.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(existing))
            trial = existing / f".dateline-{self._blog.id}.part"
            trial.write_bytes(b"")
            trial.unlink()

    def put_media(self, file: MediaFile, path: Path, flow: Flow = at_will) -> None:
        """Copies a rendition to ``m/``; one that is there already stays."""
        from editor.site.folder import Folder

        with _told(self._folder):
            folder = Folder(self._folder)
            name = f"m/{file.name}"
            there = folder.signature(name)
            if there is None or there[1] != file.size:
                folder.write(name, path.read_bytes())
                folder.sync()

    def remove_media(self, file: MediaFile) -> None:
        """Removes a rendition from ``m/``, and what a power cut left of its writing. The folder is this blog's alone."""
        from editor.site.folder import Folder

        with _told(self._folder):
            folder = Folder(self._folder)
            folder.discard(f"m/{file.name}")
            folder.sync()

    def picture(self, files: tuple[MediaFile, ...]) -> Picture:
        """Paths as seen from an entry's page."""
        from editor.site.items import FROM_ENTRY

        ladder = sorted(files, key=lambda file: file.width)
        plain = min(ladder, key=lambda file: abs(file.width - FOR_OLD_READERS))
        return Picture(
            src=f"{FROM_ENTRY}m/{plain.name}",
            sources=tuple((f"{FROM_ENTRY}m/{file.name}", file.width) for file in ladder),
            width=plain.width,
            height=plain.height,
        )

    def find(self, entry: EntryId, held: Held) -> Found | None:
        """The entry's own page, after an unfinished change was finished."""
        site, _ = self._settled(self._blog)
        with _told(self._folder):
            item = site.entry(entry)
            return None if item is None else Found(held=self._held(item))

    def put(self, dispatch: Dispatch, held: Held) -> Held:
        """Writes the entry's page and everything that shows the entry."""
        from editor.site.items import item_of

        return self._write(dispatch, held, item_of) if _is_public(dispatch) else held

    def withdraw(self, dispatch: Dispatch, held: Held) -> Held:
        """Takes the entry from every page. Its own page, and its place, keep the notice."""
        from editor.site.items import gone_item

        return self._write(dispatch, held, gone_item)

    def put_cover(self, blog: Blog) -> None:
        """Shows the blog's headline, standfirst, byline and status."""
        from editor.site.state import cover_of

        site, state = self._settled(blog)
        with _told(self._folder, lambda: site.begun):
            site.put_cover(state, cover_of(blog))

    def address(self) -> str:
        """The blog's address on the web when the folder has one, else the path of its first page."""
        return self._base or str(self._folder / "index.html")

    def close(self) -> None:
        """Nothing is held open."""

    def _write(self, dispatch: Dispatch, held: Held, make: Callable[..., Item]) -> Held:
        from editor.site.items import same_entry
        from editor.site.state import cover_of

        site, state = self._settled(dispatch.blog)
        with _told(self._folder, lambda: site.begun):
            there = site.entry(dispatch.entry)
            withdrawing = not _is_public(dispatch)
            if (there is None and (held.ref or withdrawing)) or (
                there is not None and there.gone is not None and not withdrawing
            ):
                raise Moved
            make = partial(make, dispatch, was=there)
            if there is not None and held.version != str(there.version):
                again = make(version=there.version, seq=there.seq)
                if same_entry(again, there):
                    return self._held(there)
                raise Moved
            item = make(version=there.version + 1 if there else 1, seq=state.seq + 1)
            site.put(state, cover_of(dispatch.blog), item)
            return self._held(item)

    def _settled(self, blog: Blog) -> tuple[Site, State]:
        from editor.site.state import cover_of

        with _told(self._folder):
            if self._site is None:
                self._site = self._open()
            return self._site, self._site.settle(cover_of(blog))

    def _open(self) -> Site:
        from editor.site.folder import Folder
        from editor.site.render import Renderer
        from editor.site.site import Site

        renderer = Renderer(resources() / "site", base=self._base, poll=self._poll)
        return Site(Folder(self._folder), renderer)

    def _held(self, item: Item) -> Held:
        page = self._folder / "e" / item.id / "index.html"
        return Held(
            revision=RevisionId(item.revision),
            visibility=Visibility.PUBLIC if item.gone is None else Visibility.GONE,
            ref=item.id,
            version=str(item.version),
            url=f"{self._base}e/{item.id}/" if self._base else page.as_uri(),
            digest=item.digest,
        )


def _is_public(dispatch: Dispatch) -> bool:
    return dispatch.visibility is Visibility.PUBLIC


@contextmanager
def _told(folder: Path, begun: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Tells what the disk says no to. Once a file was written, nobody is to believe that nothing happened."""
    try:
        yield
    except OSError as error:
        problem = _problem(folder, error)
        raise (Unanswered(problem) if begun() else NotApplied(problem)) from error


def _problem(folder: Path, error: OSError) -> Problem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem(code="site-disk-full", field="folder", detail={"folder": str(folder)})
    reason = os.strerror(error.errno) if error.errno else str(error)
    detail = {"folder": str(folder), "reason": reason}
    return Problem(code="site-folder-unwritable", field="folder", detail=detail)


class SiteKind:
    """The kind of publishing system: a folder."""

    KIND = "site"
    LABEL = "Folder"
    PICTURES = "image/webp"
    FIELDS = (
        Field(
            name="folder",
            label="Folder",
            help="Where the pages are written. Each live blog gets a folder in it.",
            required=True,
        ),
        Field(
            name="address",
            label="Web address",
            help="What the folder is called on the web, such as https://live.example.org. Leave it empty until it is.",
        ),
        Field(
            name="poll",
            label="Seconds between looks",
            help="How often an open page asks for new updates.",
            default=str(POLL),
        ),
    )

    def open(self, blog: Blog, target: Target, settings: Mapping[str, str], secret: str) -> Backend:
        """The blog's folder; nothing is looked at or made yet."""
        address = settings.get("address", "").strip()
        poll = settings.get("poll", "").strip()
        return SiteBackend(
            blog,
            Path(settings["folder"]).expanduser(),
            address,
            int(poll) if poll.isdecimal() else POLL,
        )

    def able(self, settings: Mapping[str, str]) -> Capabilities:
        """Every folder is alike."""
        return SiteBackend.capabilities

    def problems(self, settings: Mapping[str, str]) -> tuple[Problem, ...]:
        """Where the settings cannot be meant."""
        return tuple(_wrong(settings))


def _wrong(settings: Mapping[str, str]) -> Iterator[Problem]:
    folder = settings.get("folder", "").strip()
    if not folder:
        yield Problem(code="site-folder-missing", field="folder")
    elif not Path(folder).expanduser().is_absolute():
        yield Problem(code="site-folder-relative", field="folder", detail={"folder": folder})
    address = settings.get("address", "").strip()
    if address and not _is_web_address(address):
        yield Problem(code="site-address", field="address", detail={"address": address})
    poll = settings.get("poll", "").strip()
    low, high = POLL_BOUNDS
    if poll and not (poll.isdecimal() and low <= int(poll) <= high):
        yield Problem(
            code="site-poll", field="poll", detail={"poll": poll, "low": low, "high": high}
        )


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query


BACKEND = SiteKind()

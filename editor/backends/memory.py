"""Rehearsal: a publishing system that is kept in memory and forgotten when the program ends. The reference of its kind.

It speaks to no network. Each of its abilities can be switched off, so that the engine's every path is walked against
it, and a correspondent can rehearse a blog without a newsroom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from editor.content.block import Picture
from editor.content.entry import Content
from editor.domain.blog import Blog, Target
from editor.domain.ids import EntryId
from editor.problems import Problem
from editor.sync.backend import (
    Answer,
    Backend,
    Capabilities,
    Field,
    Flow,
    Found,
    Listed,
    Moved,
    Pulled,
    at_will,
)
from editor.sync.delivery import Dispatch, Held, MediaFile, Visibility

SWITCHES = ("on", "off")


@dataclass(frozen=True, kw_only=True)
class Stored:
    """An entry as the system keeps it. ``version`` counts its changes; ``author`` is empty for what we wrote."""

    ref: str
    entry: EntryId
    content: Content
    digest: str
    visibility: Visibility
    version: int = 1
    author: str = ""


@dataclass
class MemoryBlog:
    """What one target holds, and every version it ever held. Refs count up and are never used again."""

    objects: dict[str, Stored] = field(default_factory=dict)
    history: list[Stored] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    cover: Blog | None = None
    made: int = 0

    def of(self, entry: EntryId) -> list[Stored]:
        """Every object under an entry's key, the oldest first."""
        return [each for each in self.objects.values() if each.entry == entry]

    def keep(self, stored: Stored) -> None:
        """The object is this from now on."""
        self.objects[stored.ref] = stored
        self.history.append(stored)

    def public(self) -> list[Stored]:
        """What readers see."""
        return [each for each in self.objects.values() if each.visibility is Visibility.PUBLIC]


@dataclass
class MemoryServer:
    """The system itself: it outlives every backend that is opened on it, as a real one does."""

    blogs: dict[str, MemoryBlog] = field(default_factory=dict)

    def blog(self, target: Target) -> MemoryBlog:
        """What this target holds."""
        return self.blogs.setdefault(f"{target.account}/{target.id}", MemoryBlog())


class MemoryBackend:
    """One target of a memory server."""

    answer = Answer()

    def __init__(self, blog: MemoryBlog, capabilities: Capabilities) -> None:
        self.capabilities = capabilities
        self._blog = blog

    def check(self) -> None:
        """Memory can always be written to."""

    def put_media(self, file: MediaFile, path: Path, flow: Flow = at_will) -> None:
        """Keeps the bytes under the file's name."""
        self._blog.media[file.name] = path.read_bytes()

    def remove_media(self, file: MediaFile) -> None:
        """Forgets the bytes."""
        self._blog.media.pop(file.name, None)

    def picture(self, files: tuple[MediaFile, ...]) -> Picture:
        """Addresses that mean something to this server only."""
        largest = max(files, key=lambda file: file.width)
        return Picture(
            src=f"memory:{largest.name}",
            sources=tuple((f"memory:{file.name}", file.width) for file in files),
            width=largest.width,
            height=largest.height,
        )

    def find(self, entry: EntryId, held: Held) -> Found | None:
        """The object that is known; else, of those under the key, the oldest that is not in the bin, or the oldest."""
        if held.ref:
            stored = self._blog.objects.get(held.ref)
            return None if stored is None else _found(stored)
        objects = sorted(self._blog.of(entry), key=lambda each: each.visibility is Visibility.GONE)
        return _found(objects[0]) if objects else None

    def changes(self, cursor: str) -> Pulled:
        """The objects of which a version was written since; the cursor counts versions."""
        log = self._blog.history
        refs = dict.fromkeys(stored.ref for stored in log[int(cursor or "0") :])
        there = (self._blog.objects[ref] for ref in refs if ref in self._blog.objects)
        return Pulled(changed=tuple(_listed(each) for each in there), cursor=str(len(log)))

    def listing(self) -> tuple[Listed, ...]:
        """Everything, the bin included."""
        return tuple(_listed(stored) for stored in self._blog.objects.values())

    def clear(self, ref: str) -> None:
        """Into the bin; nobody sees it any more."""
        stored = self._blog.objects.get(ref)
        if stored is not None and stored.visibility is not Visibility.GONE:
            version = stored.version + 1
            self._blog.keep(replace(stored, visibility=Visibility.GONE, version=version))

    def replaced(self, entry: EntryId, before: Held, after: Held) -> tuple[Found, ...]:
        """The versions in between that somebody else wrote."""
        known, now = int(before.version or "0"), int(after.version or "0")
        return tuple(
            _found(stored)
            for stored in self._blog.history
            if stored.ref == after.ref and stored.author and known < stored.version < now
        )

    def put(self, dispatch: Dispatch, held: Held) -> Held:
        """Makes an object, or changes the one that is known. It does not look for the key: that is the engine's."""
        if not held.ref:
            self._blog.made += 1
            stored = Stored(
                ref=str(self._blog.made),
                entry=dispatch.entry,
                content=dispatch.content,
                digest=dispatch.digest,
                visibility=dispatch.visibility,
            )
        else:
            stored = self._changed(dispatch, held)
        self._blog.keep(stored)
        return _held(stored, dispatch)

    def withdraw(self, dispatch: Dispatch, held: Held) -> Held:
        """What readers saw leaves its notice; what they never saw is removed."""
        stored = self._changed(dispatch, held)
        if not dispatch.notice:
            del self._blog.objects[held.ref]
            return Held(visibility=dispatch.visibility)
        self._blog.keep(stored)
        return _held(stored, dispatch)

    def _changed(self, dispatch: Dispatch, held: Held) -> Stored:
        stored = self._blog.objects.get(held.ref)
        if stored is None:
            raise Moved
        if self.capabilities.versions and held.version != str(stored.version):
            raise Moved
        return replace(
            stored,
            content=dispatch.content,
            digest=dispatch.digest,
            visibility=dispatch.visibility,
            version=stored.version + 1,
            author="",
        )

    def put_cover(self, blog: Blog) -> None:
        """Keeps the blog's own face."""
        self._blog.cover = blog

    def address(self) -> str:
        """There is nothing to open."""
        return ""

    def close(self) -> None:
        """There is nothing to give back."""


class Memory:
    """The kind. Whoever makes one owns the server behind it; a registry makes one and keeps it."""

    KIND = "memory"
    LABEL = "Rehearsal (forgotten when the program ends)"
    PICTURES = "image/webp"
    FIELDS: tuple[Field, ...] = (
        Field(
            name="drafts",
            label="Keeps drafts",
            help="on: an entry is sent as a private draft first, then made public; off: it is public at once.",
            default="on",
        ),
        Field(
            name="versions",
            label="Checks versions",
            help="on: a change is refused when somebody else changed the entry meanwhile; off: the last one wins.",
            default="on",
        ),
    )

    def __init__(self, server: MemoryServer | None = None) -> None:
        self.server = server or MemoryServer()

    def open(self, blog: Blog, target: Target, settings: Mapping[str, str], secret: str) -> Backend:
        """The target's place on the server."""
        return MemoryBackend(self.server.blog(target), self.able(settings))

    def able(self, settings: Mapping[str, str]) -> Capabilities:
        """As its settings say."""
        return Capabilities(
            drafts=settings.get("drafts", "on") == "on",
            versions=settings.get("versions", "on") == "on",
            settle=timedelta(seconds=120),
            network=False,
            pulls=True,
            history=True,
        )

    def problems(self, settings: Mapping[str, str]) -> tuple[Problem, ...]:
        """Switches are on or off."""
        return tuple(
            Problem(code="setting-not-a-switch", field=each.name, detail={"value": value})
            for each in self.FIELDS
            if (value := settings.get(each.name, each.default)) not in SWITCHES
        )


def _held(stored: Stored, dispatch: Dispatch | None = None) -> Held:
    return Held(
        revision=None if dispatch is None else dispatch.revision,
        visibility=stored.visibility,
        ref=stored.ref,
        version=str(stored.version),
        digest=stored.digest,
        text_only=dispatch is not None and dispatch.text_only,
    )


def _found(stored: Stored) -> Found:
    return Found(held=_held(stored), content=stored.content, author=stored.author)


def _listed(stored: Stored) -> Listed:
    return Listed(
        ref=stored.ref,
        entry=stored.entry,
        version=str(stored.version),
        visibility=stored.visibility,
    )


BACKEND = Memory

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
from editor.domain.blog import Blog, Target
from editor.domain.ids import EntryId
from editor.problems import Problem
from editor.sync.backend import Backend, Capabilities, Field, Moved
from editor.sync.delivery import Dispatch, Held, MediaFile, Visibility

SWITCHES = ("on", "off")


@dataclass(frozen=True, kw_only=True)
class Stored:
    """An entry as the system keeps it. ``version`` counts its changes."""

    ref: str
    entry: EntryId
    dispatch: Dispatch
    visibility: Visibility
    version: int = 1


@dataclass
class MemoryBlog:
    """What one target holds. Refs count up and are never used again."""

    objects: dict[str, Stored] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    cover: Blog | None = None
    made: int = 0

    def of(self, entry: EntryId) -> list[Stored]:
        """Every object under an entry's key, the oldest first."""
        return [each for each in self.objects.values() if each.entry == entry]

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

    def __init__(self, blog: MemoryBlog, capabilities: Capabilities) -> None:
        self.capabilities = capabilities
        self._blog = blog

    def check(self) -> None:
        """Memory can always be written to."""

    def put_media(self, file: MediaFile, path: Path) -> None:
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

    def find(self, entry: EntryId) -> Held | None:
        """The oldest object under the entry's key, as a system with a search would give it."""
        found = self._blog.of(entry)
        return _held(found[0]) if found else None

    def put(self, dispatch: Dispatch, held: Held) -> Held:
        """Makes an object, or changes the one that is known. It does not look for the key: that is the engine's."""
        if not held.ref:
            self._blog.made += 1
            stored = Stored(
                ref=str(self._blog.made),
                entry=dispatch.entry,
                dispatch=dispatch,
                visibility=dispatch.visibility,
            )
        else:
            stored = self._changed(dispatch, held, dispatch.visibility)
        self._blog.objects[stored.ref] = stored
        return _held(stored)

    def withdraw(self, dispatch: Dispatch, held: Held) -> Held:
        """What readers saw leaves its notice; what they never saw is removed."""
        stored = self._changed(dispatch, held, dispatch.visibility)
        if not dispatch.notice:
            del self._blog.objects[held.ref]
            return Held(visibility=dispatch.visibility)
        self._blog.objects[stored.ref] = stored
        return _held(stored)

    def _changed(self, dispatch: Dispatch, held: Held, visibility: Visibility) -> Stored:
        stored = self._blog.objects.get(held.ref)
        if stored is None:
            raise Moved
        if self.capabilities.versions and held.version != str(stored.version):
            raise Moved
        return replace(stored, dispatch=dispatch, visibility=visibility, version=stored.version + 1)

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
        capabilities = Capabilities(
            drafts=settings.get("drafts", "on") == "on",
            versions=settings.get("versions", "on") == "on",
            settle=timedelta(seconds=120),
            network=False,
        )
        return MemoryBackend(self.server.blog(target), capabilities)

    def problems(self, settings: Mapping[str, str]) -> tuple[Problem, ...]:
        """Switches are on or off."""
        return tuple(
            Problem(code="setting-not-a-switch", field=each.name, detail={"value": value})
            for each in self.FIELDS
            if (value := settings.get(each.name, each.default)) not in SWITCHES
        )


def _held(stored: Stored) -> Held:
    return Held(
        revision=stored.dispatch.revision,
        visibility=stored.visibility,
        ref=stored.ref,
        version=str(stored.version),
        digest=stored.dispatch.digest,
    )


BACKEND = Memory

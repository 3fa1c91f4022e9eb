"""How a test opens each backend without a network but this machine's own: the small table that the contract runs over."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from msgspec import structs

from editor.backends.memory import Memory, MemoryBlog, Stored
from editor.content.entry import digest
from editor.domain.blog import Blog, Target
from editor.domain.ids import AccountId, BlogId, TargetId
from editor.registry import Kinds
from editor.sync.backend import Backend, BackendKind
from editor.sync.delivery import Dispatch, Held, Visibility
from tests.wire_server.client import WireServer

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BLOG = Blog(
    id=BlogId("01936f2a-7000-7000-8000-0000000000b0"),
    slug="flood",
    headline="Flood in the delta",
    standfirst="What happens on the river, as it happens.",
    created=NOON,
    coverage_start=NOON,
)
TARGET = Target(
    id=TargetId("01936f2a-7000-7000-8000-0000000000a0"),
    blog=BLOG.id,
    account=AccountId("test"),
    name="test",
)


class Desk(Protocol):
    """What somebody else does there."""

    def edit(self, ref: str, headline: str) -> None:
        """Changes the headline of an object."""
        ...

    def show(self, ref: str, visibility: Visibility) -> None:
        """Makes an object public, a draft, or puts it into the bin."""
        ...


@dataclass
class Opened:
    """A kind on an empty target, and what a test may look at behind its back."""

    kind: BackendKind
    settings: Mapping[str, str]
    shows: Callable[[str], bool]
    media: Callable[[], int]
    everything: Callable[[], object]
    desk: Desk | None = None
    secret: str = ""
    names_requests: bool = True
    others: Callable[[Callable[[], Held]], Held] = field(default=lambda put: put())
    backends: list[Backend] = field(default_factory=list)

    def backend(self) -> Backend:
        """Opened anew, as by a program that was just started."""
        self.backends.append(self.kind.open(BLOG, TARGET, self.settings, self.secret))
        return self.backends[-1]

    def second(self, sent: Dispatch) -> Held:
        """A second object under a key that there is one of already, as two laptops make it that send at once."""
        return self.others(lambda: self.backend().put(sent, Held()))


@dataclass
class MemoryDesk:
    """Somebody else at a memory server."""

    there: MemoryBlog

    def edit(self, ref: str, headline: str) -> None:
        stored = self.there.objects[ref]
        content = structs.replace(stored.content, headline=headline)
        self._keep(stored, content=content, digest=digest(content))

    def show(self, ref: str, visibility: Visibility) -> None:
        self._keep(self.there.objects[ref], visibility=visibility)

    def _keep(self, stored: Stored, **changes: Any) -> None:
        version = stored.version + 1
        self.there.keep(replace(stored, version=version, author="The desk", **changes))


@dataclass
class WireDesk:
    """Somebody else at a server."""

    server: WireServer

    def edit(self, ref: str, headline: str) -> None:
        self.server.edit(BLOG.slug, ref, headline=headline)

    def show(self, ref: str, visibility: Visibility) -> None:
        if visibility is Visibility.GONE:
            self.server.bin(BLOG.slug, ref)
        else:
            word = "public" if visibility is Visibility.PUBLIC else "draft"
            self.server.edit(BLOG.slug, ref, visibility=word)


def _memory(drafts: str, versions: str) -> Callable[[Path], Opened]:
    def made(folder: Path) -> Opened:
        kind = Memory()
        there = kind.server.blog(TARGET)
        return Opened(
            kind=kind,
            settings={"drafts": drafts, "versions": versions},
            shows=lambda words: any(words in each.content.headline for each in there.public()),
            media=lambda: len(there.media),
            everything=lambda: (dict(there.objects), dict(there.media), there.cover),
            desk=MemoryDesk(there),
        )

    return made


def _site(folder: Path) -> Opened:
    page = folder / "site"

    def shows(words: str) -> bool:
        """Every page and feed as they are served now; change sets of the past are not linked to any more."""
        served = [
            each
            for pattern in ("*.html", "*.xml", "*.json")
            for each in (page / BLOG.slug).rglob(pattern)
            if each.parent.name not in ("d", "s")
        ]
        return any(words in each.read_text("utf-8") for each in served)

    return Opened(
        kind=Kinds().get("site"),
        settings={"folder": str(page)},
        shows=shows,
        media=lambda: len(list((page / BLOG.slug / "m").iterdir())),
        everything=lambda: sorted(str(each) for each in folder.rglob("*")),
    )


@cache
def wire_server() -> WireServer:
    """One process for all tests; each begins with it as new."""
    server = WireServer(Path(tempfile.mkdtemp(prefix="dateline-wire-")))
    atexit.register(shutil.rmtree, server.folder, ignore_errors=True)
    atexit.register(server.close)
    return server


def _wire(drafts: str, versions: str) -> Callable[[Path], Opened]:
    def made(folder: Path) -> Opened:
        server = wire_server()
        server.reset()
        server.adjust(drafts=drafts == "on", versions=versions == "on")
        return Opened(
            kind=Kinds().get("wire"),
            settings={"address": server.address, "drafts": drafts, "versions": versions},
            secret=server.token,
            shows=lambda words: words in str(server.public()),
            media=lambda: len(server.media()),
            everything=lambda: [server.rows(name) for name in ("version", "media", "cover")],
            desk=WireDesk(server),
        )

    return made


OPENINGS: dict[str, Callable[[Path], Opened]] = {
    "memory": _memory("on", "on"),
    "memory without versions": _memory("on", "off"),
    "memory without drafts": _memory("off", "on"),
    "memory with nothing": _memory("off", "off"),
    "site": _site,
    "wire": _wire("on", "on"),
    "wire without versions": _wire("on", "off"),
    "wire without drafts": _wire("off", "on"),
}

"""How a test opens each backend that needs no network: the small table that the contract runs over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from editor.backends.memory import Memory
from editor.domain.blog import Blog, Target
from editor.domain.ids import AccountId, BlogId, TargetId
from editor.registry import Kinds
from editor.sync.backend import Backend, BackendKind

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


@dataclass
class Opened:
    """A kind on an empty target, and what a test may look at behind its back."""

    kind: BackendKind
    settings: Mapping[str, str]
    shows: Callable[[str], bool]
    media: Callable[[], int]
    everything: Callable[[], object]
    backends: list[Backend] = field(default_factory=list)

    def backend(self) -> Backend:
        """Opened anew, as by a program that was just started."""
        self.backends.append(self.kind.open(BLOG, TARGET, self.settings, ""))
        return self.backends[-1]


def _memory(drafts: str, versions: str) -> Callable[[Path], Opened]:
    def made(folder: Path) -> Opened:
        kind = Memory()
        there = kind.server.blog(TARGET)
        return Opened(
            kind=kind,
            settings={"drafts": drafts, "versions": versions},
            shows=lambda words: any(
                words in each.dispatch.content.headline for each in there.public()
            ),
            media=lambda: len(there.media),
            everything=lambda: (dict(there.objects), dict(there.media), there.cover),
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


OPENINGS: dict[str, Callable[[Path], Opened]] = {
    "memory": _memory("on", "on"),
    "memory without versions": _memory("on", "off"),
    "memory without drafts": _memory("off", "on"),
    "memory with nothing": _memory("off", "off"),
    "site": _site,
}

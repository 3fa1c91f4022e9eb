"""What the folder knows of itself: entries as they are public, and the blog around them.

Everything here lies in the folder and can be read by everybody, so it holds only what is public. An entry's item is
stored in its own page, from which all else can be rebuilt.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from editor.domain.blog import Blog, BlogStatus
from editor.site.times import key_time

Key = tuple[str, str]


class Cover(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The blog's own face."""

    id: str
    slug: str
    headline: str
    standfirst: str = ""
    byline: str = ""
    language: str = "en"
    timezone: str = "UTC"
    status: BlogStatus = BlogStatus.LIVE
    coverage_start: datetime
    coverage_end: datetime | None = None


def cover_of(blog: Blog) -> Cover:
    """The public part of a blog."""
    return Cover(**{name: getattr(blog, name) for name in Cover.__struct_fields__})


class Fix(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A change to a public entry that readers are told of. ``kind`` is an entry's ``Kind`` by its value."""

    kind: str
    note: str = ""
    at: datetime


class Image(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The first photo of an entry, for feeds and for what other pages show of it. ``src`` is seen from the blog."""

    src: str
    width: int = 0
    height: int = 0
    alt: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry as it is public.

    ``html`` has ``items.ROOT`` where a path to the blog's folder belongs. ``version`` counts the writes of the entry's
    page, ``seq`` is the change set it came with, ``was`` its time before that change set. ``gone`` is when it was
    withdrawn.
    """

    id: str
    time: datetime
    revision: str
    digest: str
    version: int
    seq: int
    published: datetime
    updated: datetime
    headline: str = ""
    html: str = ""
    text: str = ""
    byline: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    language: str = ""
    key_event: bool = False
    pinned: bool = False
    unverified: bool = False
    fixes: tuple[Fix, ...] = ()
    image: Image | None = None
    media: tuple[str, ...] = ()
    was: datetime | None = None
    gone: datetime | None = None
    notice: str = ""

    @property
    def key(self) -> Key:
        """Its place on the page: its time, never its arrival; its id where times are equal."""
        return (key_time(self.time), self.id)

    @property
    def old_key(self) -> Key:
        """Its place before its last change."""
        return (key_time(self.was or self.time), self.id)

    @property
    def listed(self) -> bool:
        """Whether it has a place on the page: as an entry, or as the notice of its withdrawal."""
        return self.gone is None or bool(self.notice)


class Mark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A key event."""

    id: str
    time: datetime
    headline: str
    unverified: bool = False

    @property
    def key(self) -> Key:
        """Its place in the list."""
        return (key_time(self.time), self.id)


class Note(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of the corrections page."""

    entry: str
    headline: str = ""
    fix: Fix


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """A page whose membership is fixed: every entry after the seal before it, up to ``upto``. ``count`` are public."""

    upto: Key
    count: int


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What ``site.json`` holds: all that is needed to publish one more entry.

    ``open`` are the entries newer than the last seal, newest first. ``seq`` counts change sets, ``snaps`` are the last
    two with a snapshot, ``epoch`` is the one at which the state was last made from nothing.
    """

    sum: str = "0" * 16
    v: int = 1
    epoch: int = 0
    seq: int = 0
    snaps: tuple[int, ...] = ()
    cover: Cover
    updated: datetime | None = None
    seals: tuple[Seal, ...] = ()
    open: tuple[Item, ...] = ()
    pinned: tuple[Item, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def snap(self) -> int:
        """The newest change set with a snapshot; 0 when there is none."""
        return self.snaps[-1] if self.snaps else 0

    @property
    def count(self) -> int:
        """How many entries readers can see."""
        return sum(seal.count for seal in self.seals) + visible(self.open)


class SealedPage(msgspec.Struct, frozen=True, kw_only=True):
    """What a sealed page's feed carries for us: enough to write the page again."""

    upto: Key
    items: tuple[Item, ...]


def visible(items: tuple[Item, ...]) -> int:
    """How many of them were not withdrawn."""
    return sum(item.gone is None for item in items)

"""Preflight: what stands against sending an entry, and what its writer should know before.

Pure: what it needs to know of the store and of the places an entry goes to is told in ``Around``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, tzinfo

import msgspec
from msgspec.structs import replace

from editor.content.block import Block
from editor.content.entry import Content
from editor.desk.checks import weighed
from editor.problems import Problem, Severity, warn
from editor.sync.backend import Capabilities

LONGEST_HEADLINE = 300
LONGEST_ALT = 250
_SOON = timedelta(minutes=1)
"""A time that was typed a moment ago is not ahead, whatever its seconds."""

_PLAIN_LINK = re.compile(r"(?:\]\(<?|<)(http://[^\s<>()]+)", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|heic|heif|webp|tiff?|gif|avif|dng)|(?:img|dsc[fn]?|pxl|mvimg)[_-]?\d[\w-]*",
    re.IGNORECASE,
)
_ADDRESSES = ("url", "source")


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A target by its name, and what its kind of system can do. ``reviews``: submissions are sent there."""

    name: str
    able: Capabilities
    reviews: bool = False


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry's text does not say itself.

    ``checks`` is the blog's own word on severities, ``file_names`` gives a photo's by its asset, ``twin`` tells when an
    entry with the same text became public, empty where there is none. ``first``: readers have not seen the entry yet.
    """

    now: datetime | None = None
    zone: tzinfo | None = None
    checks: Mapping[str, Severity] = {}
    file_names: Mapping[str, str] = {}
    twin: str = ""
    protected: bool = False
    places: tuple[Place, ...] = ()
    first: bool = True


NOTHING_KNOWN = Around()


def preflight(content: Content, around: Around = NOTHING_KNOWN) -> tuple[Problem, ...]:
    """Every problem of an entry, in reading order. Errors refuse submitting and publishing; warnings are shown."""
    found = [*_facts(content, around)]
    for number, block in enumerate(content.blocks):
        found += [
            replace(problem, field=f"body.{number}.{problem.field}".rstrip("."))
            for problem in (*block.problems(), *_of_block(block, around))
        ]
    found += _of_places(content, around)
    return tuple(weighed(problem, around.checks) for problem in found)


def told_time(moment: datetime, around: Around) -> str:
    """A time in the blog's zone, with its day where that is not today."""
    there = moment.astimezone(around.zone)
    today = around.now is not None and around.now.astimezone(around.zone).date() == there.date()
    return f"{there:%H:%M}" if today else f"{there:%Y-%m-%d %H:%M}"


def _facts(content: Content, around: Around) -> Iterator[Problem]:
    if content.is_empty():
        yield Problem(code="entry-empty", field="body")
    if len(content.headline) > LONGEST_HEADLINE:
        detail = {"limit": LONGEST_HEADLINE}
        yield Problem(code="headline-too-long", field="headline", detail=detail)
    if content.unverified:
        yield warn("claim-unverified", "unverified")
    if around.twin:
        yield warn("text-twice", "body", time=around.twin)
    if around.now is None:
        return
    if content.time is not None and content.time > around.now + _SOON:
        yield warn("time-ahead", "time", time=told_time(content.time, around))
    if content.embargo is not None and content.embargo > around.now:
        yield warn("embargo-set", "embargo", time=told_time(content.embargo, around))


def _of_block(block: Block, around: Around) -> Iterator[Problem]:
    for name in _ADDRESSES:
        address = getattr(block, name, "")
        if isinstance(address, str) and address[:7].lower() == "http://":
            yield warn("link-not-https", name, url=address[:80])
    if block.TYPE == "text":
        plain = _PLAIN_LINK.search(getattr(block, "text", ""))
        if plain is not None:
            yield warn("link-not-https", "text", url=plain[1][:80])
    if block.TYPE == "photo" and not block.is_empty():
        yield from _of_photo(block, around)


def _of_photo(photo: Block, around: Around) -> Iterator[Problem]:
    alt, caption, credit, asset = (
        getattr(photo, name, "").strip() for name in ("alt", "caption", "credit", "asset")
    )
    # whoever protects a source may have to leave out who made the photo
    if not credit and not around.protected:
        yield warn("photo-without-credit", "credit")
    if not alt or getattr(photo, "decorative", False):
        return
    name = around.file_names.get(asset, "")
    if _same(alt, name) or _same(alt, name.rpartition(".")[0]) or _FILE_NAME.fullmatch(alt):
        yield warn("alt-like-file-name", "alt")
    elif _same(alt, caption):
        yield warn("alt-like-caption", "alt")
    if len(alt) > LONGEST_ALT:
        yield warn("alt-too-long", "alt", length=len(alt), limit=LONGEST_ALT)


def _of_places(content: Content, around: Around) -> Iterator[Problem]:
    photo = next((n for n, b in enumerate(content.blocks) if b.TYPE == "photo"), None)
    for place in around.places:
        if photo is not None and not place.able.media:
            yield warn("target-without-media", f"body.{photo}", target=place.name)
        if around.first and not place.able.withdraws:
            yield warn("target-without-withdrawal", "body", target=place.name)
        if around.first and place.reviews and not place.able.drafts:
            yield warn("target-without-drafts", "body", target=place.name)


def _same(one: str, other: str) -> bool:
    return bool(other) and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()

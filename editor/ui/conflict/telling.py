"""How a part of the texts is told: its name, who changed it, and its words with what came and what went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from html import escape
from typing import Any, NamedTuple, assert_never

import msgspec
from PySide6.QtCore import Qt

from editor.content.blocks.photo import Photo
from editor.content.differences import Mark, Run, differences
from editor.content.entry import Content
from editor.content.merge import BODY, Change, Choice, Own, Part
from editor.ui.kit.paint import direction
from editor.ui.messages import count

NAMES = {
    "headline": "Headline",
    "time": "When it happened",
    "byline": "Byline",
    "key_event": "Key event",
    "pinned": "Pinned to the top",
    "labels": "Labels",
    "embargo": "Embargo",
    "language": "Language",
    "unverified": "Not verified",
}
KINDS = {
    "text": "Text",
    "photo": "Photo",
    "quote": "Quote",
    "social": "Social post",
    "story": "Story link",
}
_FIELDS = {
    "photo": (("caption", "Caption"), ("alt", "Alt text"), ("credit", "Credit")),
    "quote": (
        ("text", ""),
        ("translation", "Translation"),
        ("speaker", "Speaker"),
        ("reason", "Not named, because"),
        ("role", "Role"),
        ("how", "How"),
        ("place", "Place"),
        ("said", "Said"),
        ("source", "Source"),
        ("language", "Language"),
    ),
    "social": (
        ("text", ""),
        ("author", "Author"),
        ("handle", "Handle"),
        ("network", "Network"),
        ("url", "Address"),
        ("language", "Language"),
        ("edited", "Edited"),
        ("gone", "Deleted since"),
    ),
    "story": (
        ("headline", ""),
        ("outlet", "Outlet"),
        ("summary", "Summary"),
        ("url", "Address"),
    ),
}
_FLAGS = {
    "decorative": "Decorative: it needs no alt text",
    "location_kept": "Location kept",
    "unnamed": "The source is not named",
}


THIN_SPACE = "\u2009"


class Ink(NamedTuple):
    """The grounds of what came and what went, as ``#rrggbb``."""

    add: str
    remove: str


def title(part: Part) -> str:
    """``Headline``, ``Text``, ``Text and photo``."""
    if part.name != BODY:
        return NAMES[part.name]
    blocks = (*part.base, *part.mine, *part.theirs)
    kinds = list(dict.fromkeys(KINDS.get(block.TYPE, "Other block") for block in blocks))
    named = [kinds[0], *(kind.lower() for kind in kinds[1:])]
    return " and ".join(named) if len(named) < 3 else f"{', '.join(named[:-1])} and {named[-1]}"


def told(part: Part, *, base_known: bool) -> str:
    """Who changed a part, in a sentence."""
    match part.change:
        case Change.SAME:
            return "Nobody changed this."
        case Change.MINE:
            return f"Only you {_did(part, part.mine)}."
        case Change.THEIRS:
            return f"Only the desk {_did(part, part.theirs)}."
        case Change.ALIKE:
            return f"You and the desk {_did(part, part.mine)} alike."
        case Change.FIELDS:
            return "You and the desk changed different things in it, and both are in."
        case Change.CLASH:
            return _clash(part, base_known=base_known)
        case _:
            assert_never(part.change)


def _did(part: Part, side: Any) -> str:
    if part.name == BODY and not part.base:
        return "added this"
    if part.name == BODY and not side:
        return "took this out"
    return "changed this"


def _clash(part: Part, *, base_known: bool) -> str:
    if not base_known:
        return "The two texts differ here."
    mine, theirs = _did(part, part.mine), _did(part, part.theirs)
    if mine == theirs:
        return f"You and the desk both {mine}."
    return f"You {mine}; the desk {theirs}."


def stays(part: Part, choice: Choice | Own | None) -> str:
    """What will be there, in a few words; empty while that is open."""
    match choice:
        case Own():
            return "Your words for it stay."
        case Choice.BOTH:
            return "Both stay, yours first."
        case Choice.MINE:
            return "It stays out." if part.mine == () else "Yours stays."
        case Choice.THEIRS:
            return "It stays out." if part.theirs == () else "The desk’s stays."
        case None:
            return ""
        case _:
            assert_never(choice)


def same(blocks: int) -> str:
    """What a fold says."""
    return f"{count(blocks, 'block')} {'is' if blocks == 1 else 'are'} the same"


def plain(part: Part, value: Any, zone: tzinfo) -> str:
    """A fact's value or a stretch of blocks, in words; empty where there is nothing."""
    if part.name == BODY:
        whole = (*part.base, *part.mine, *part.theirs)
        named = len({block.TYPE for block in whole}) > 1 or len(value) > 1
        return "\n\n".join(_block(block, zone, named=named) for block in value)
    match value:
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return _moment(value, zone)
        case tuple():
            return ", ".join(value)
        case msgspec.UNSET:
            return "No"
        case None:
            return ""
        case _:
            return str(value)


def _moment(at: datetime, zone: tzinfo) -> str:
    there = at.astimezone(zone)
    return f"{there.day} {there:%b %Y %H:%M}"


def _block(block: Any, zone: tzinfo, *, named: bool) -> str:
    """A block's words; ``named`` puts its kind before them, where the part's title does not say it."""
    if block.TYPE == "text":
        return str(block.text)
    lines = [KINDS[block.TYPE]] if named and block.TYPE in KINDS else []
    if block.TYPE not in KINDS:
        lines.append(f"A block of the kind “{block.type}”, which this Dateline cannot show")
    for name, label in _FIELDS.get(block.TYPE, ()):
        if value := getattr(block, name):
            told = _moment(value, zone) if isinstance(value, datetime) else str(value)
            lines.append(f"{label}: {told}" if label else told)
    lines += [words for name, words in _FLAGS.items() if getattr(block, name, False)]
    return "\n".join(lines)


def runs(base: str | None, side: str, other: str) -> tuple[Run, ...]:
    """What a side shows: what it changed in the base; without one, what the other side does not have."""
    if base is not None:
        return differences(base, side)
    return tuple(run for run in differences(other, side) if run.mark is not Mark.REMOVED)


def html(found: Iterable[Run], ink: Ink) -> str:
    """The runs as paragraphs, each in its own direction; what came is underlined, what went is struck through."""

    out = []
    for words, marked in _paragraphs(found, ink):
        right = direction(words) is Qt.LayoutDirection.RightToLeft
        way = ' dir="rtl"' if right else ""
        out.append(f"<p{way}>{marked or '&nbsp;'}</p>")
    return "".join(out)


def _paragraphs(found: Iterable[Run], ink: Ink) -> Iterator[tuple[str, str]]:
    words = marked = ""
    went = False
    for mark, text in found:
        if went and mark is Mark.ADDED and words:
            # letters that join, as Arabic's do, would make one word of what went and what came
            marked += THIN_SPACE
        went = mark is Mark.REMOVED
        for number, line in enumerate(text.split("\n")):
            if number:
                yield words, marked
                words = marked = ""
            words += line
            marked += _marked(mark, line, ink)
    if words:
        yield words, marked


def _marked(mark: Mark, line: str, ink: Ink) -> str:
    if not line or mark is Mark.SAME:
        return escape(line)
    ground, how = (ink.add, "underline") if mark is Mark.ADDED else (ink.remove, "line-through")
    style = f"background-color:{ground};text-decoration:{how}"
    return f'<span style="{style}">{escape(line)}</span>'


def photos(part: Part, value: Any) -> tuple[Photo, ...]:
    """A stretch's photos."""
    if part.name != BODY:
        return ()
    return tuple(block for block in value if isinstance(block, Photo) and block.asset)


def headline(content: Content) -> str:
    """What an entry is called on the page."""
    return content.headline.strip() or "Untitled entry"

"""Texts that name themselves: "Ours 7.2" is the second correction of the seventh entry, "Theirs 7.1" the desk's first."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from editor.content.blocks.text import Text
from editor.content.entry import Content

WRITTEN = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
_NAME = re.compile(r"Ours (\d+)\.(\d+).*?Theirs (\d+)\.(\d+)", re.DOTALL)
_OURS, _THEIRS = re.compile(r"Ours \d+\.\d+"), re.compile(r"Theirs \d+\.\d+")


class Name(NamedTuple):
    """Which entry a text is of, and which of ours and of the desk's versions is in it."""

    number: int
    ours: int
    theirs: int


def words(number: int, ours: int = 0, theirs: int = 0) -> Content:
    """A text in two blocks: one that the correspondent changes, and one that the desk changes."""
    return Content(
        headline=f"Update {number} & no more",
        body=(
            Text(text=f'Ours {number}.{ours}: the gauge reads "{ours} m" & more, 水位.'),
            Text(text=f"Theirs {number}.{theirs}. وصل الماء"),
        ),
        time=WRITTEN,
        labels=("Flood", f"Day {number % 3}") if number % 2 else (),
    )


def name_in(text: str) -> Name:
    """What a text says that it is."""
    found = _NAME.search(text)
    assert found is not None, text
    return Name(int(found[1]), int(found[2]), int(found[4]))


def with_ours(content: Content, number: int, ours: int) -> Content:
    """A content with the correspondent's next words."""
    return _with(content, _OURS, f"Ours {number}.{ours}")


def with_theirs(content: Content, other: Content) -> Content:
    """A content with the desk's words out of another one."""
    found = next(each for block in other.body if (each := _THEIRS.search(block.text)))
    return _with(content, _THEIRS, found[0])


def edited(markup: str, number: int, theirs: int) -> str:
    """A post's markup with the desk's next words."""
    return _THEIRS.sub(f"Theirs {number}.{theirs}", markup)


def _with(content: Content, pattern: re.Pattern[str], new: str) -> Content:
    body = tuple(
        replace(block, text=pattern.sub(new, block.text)) if isinstance(block, Text) else block
        for block in content.body
    )
    return replace(content, body=body)

"""Values out of a stranger's JSON: of the kind that is due, cleaned and bounded, or nothing.

A wrong kind in one field costs that field only. Nothing here raises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from editor.content.clean import clean_text
from editor.embeds.results import Answer, NoAnswer
from editor.problems import Problem

LONGEST_LINE, LONGEST_TEXT = 300, 20_000

# Overrides turn the letters around them, so that a name can be made to look like another. A whole line never needs the
# other controls of direction either; in a text they may be the author's own, and end with their paragraph.
_OVERRIDES = re.compile("[\u202d\u202e]")
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Not the spaces of other scripts, such as the wide one of Japanese: they are the author's own.
_SPACES = re.compile("[ \t\n\r\f\v\u2028\u2029]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def read_object(answer: Answer, host: str) -> Mapping[str, Any]:
    """The JSON object of an answer. Raises ``NoAnswer`` (``post-not-understood``) for anything else."""
    try:
        found = json.loads(answer.body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NoAnswer(Problem(code="post-not-understood", detail={"host": host}))
    return found


def inside(value: Any, *names: str) -> Any:
    """What lies at the end of these names, one within the other; None where one is missing."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def items(value: Any, most: int = 100) -> Sequence[Mapping[str, Any]]:
    """The objects of a list."""
    listed = value[:most] if isinstance(value, list) else []
    return [item for item in listed if isinstance(item, dict)]


def text(value: Any, most: int = LONGEST_TEXT) -> str:
    """A text of several lines."""
    if not isinstance(value, str):
        return ""
    return _OVERRIDES.sub("", clean_text(_bounded(value, most))).strip(" \t\n")


def line(value: Any, most: int = LONGEST_LINE) -> str:
    """A name, a handle or a headline: one line."""
    if not isinstance(value, str):
        return ""
    one = _SPACES.sub(" ", clean_text(_bounded(value, 4 * most)))
    return _shortened(_CONTROLS.sub("", one).strip(), most)


def language(value: Any) -> str:
    """A language tag; empty for what is none."""
    return value if isinstance(value, str) and _LANGUAGE.fullmatch(value) else ""


def moment(value: Any, now: datetime) -> datetime | None:
    """A time as ISO 8601 has it, in UTC; None for one that cannot be: without a zone, before the web, or yet to come."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    return _possible(partial(datetime.fromisoformat, value), now)


def seconds(value: float, now: datetime) -> datetime | None:
    """A time in seconds since 1970; None for one that cannot be."""
    return _possible(partial(datetime.fromtimestamp, value, tz=UTC), now)


def _possible(read: Callable[[], datetime], now: datetime) -> datetime | None:
    """The time that ``read`` reads, unless it cannot be. Clocks differ, ours by a day at the most."""
    try:
        found = read()
        if found.tzinfo is None:
            return None
        found = found.astimezone(UTC)
        return found if found >= _EARLIEST and (found - now).days < 1 else None
    except (ValueError, OverflowError, OSError):
        return None


def _bounded(words: str, most: int) -> str:
    return words if len(words) <= most else _shortened(words, most)


def _shortened(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"

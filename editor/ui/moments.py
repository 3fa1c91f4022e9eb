"""Times as people type them, and back: ``14:21``, ``22.11. 14:21``, ``2026-11-22 14:21``, RFC 3339."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SHORT_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(?:(\d{4}))?\s")


def read_moment(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment that was typed, in ``zone``; today where no day is named. None where it cannot be read."""
    text = text.strip()
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        exact = None
    if exact is not None and (":" in text or "T" in text):
        return exact if exact.tzinfo else exact.replace(tzinfo=zone)
    today = now.astimezone(zone)
    year, month, day = today.year, today.month, today.day
    rest = text
    if found := _DAY.search(text):
        year, month, day = (int(part) for part in found.groups())
        rest = text[found.end() :]
    elif found := _SHORT_DAY.search(text + " "):
        day, month = int(found[1]), int(found[2])
        year = int(found[3]) if found[3] else year
        rest = text[found.end() :]
    time = _CLOCK.search(rest)
    if time is None:
        return None
    hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def write_moment(at: datetime | None, zone: tzinfo) -> str:
    """``2026-11-22 14:21`` in ``zone``; empty for none. ``read_moment`` reads it back."""
    if at is None:
        return ""
    there = at.astimezone(zone)
    return f"{there:%Y-%m-%d %H:%M:%S}" if there.second else f"{there:%Y-%m-%d %H:%M}"

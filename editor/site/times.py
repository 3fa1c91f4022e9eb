"""Times as readers see them: absolute, with their zone, in the page's language. Digits are left as they are."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from editor.content.dates import date

__all__ = ["clock", "date", "key_time", "moment", "stamp", "zone_name"]


def clock(at: datetime, zone: tzinfo) -> str:
    """``14:32``."""
    return f"{at.astimezone(zone):%H:%M}"


def zone_name(at: datetime, zone: tzinfo) -> str:
    """``CET``; ``UTC+3`` for zones without letters of their own."""
    name = at.astimezone(zone).tzname() or "UTC"
    if name[0] not in "+-":
        return name
    hours, minutes = name[1:3].lstrip("0") or "0", name[3:5]
    return f"UTC{name[0]}{hours}{':' + minutes if minutes.strip('0') else ''}"


def moment(at: datetime, zone: tzinfo) -> str:
    """``14:32 CET``."""
    return f"{clock(at, zone)} {zone_name(at, zone)}"


def stamp(at: datetime, zone: tzinfo) -> str:
    """RFC 3339 with the zone's offset, to the second."""
    return at.astimezone(zone).isoformat(timespec="seconds")


def key_time(at: datetime) -> str:
    """RFC 3339 in UTC to the microsecond: sorts as text in the order of time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

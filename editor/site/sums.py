"""A generated file carries its own checksum, so that an edit by hand is seen before it is written over.

The checksum stands near the file's start, in the form its syntax allows, and is taken with its own place zeroed.
"""

from __future__ import annotations

import hashlib
import re

ZERO = "0" * 16

_PLACE = re.compile(
    rb'dateline-sum(?:" content="|":\s*"|: )([0-9a-f]{16})|\A\{"_?sum":"([0-9a-f]{16})"'
)
_HEAD = 600


def stamped(data: bytes) -> bytes:
    """The file with its checksum in the place it left for it. Raises ``ValueError`` when it left none."""
    start, end = _span(data) or _missing()
    blank = data[:start] + ZERO.encode() + data[end:]
    return blank[:start] + _sum(blank).encode() + blank[end:]


def untouched(data: bytes) -> bool:
    """Whether this is a file that ``stamped`` made, byte for byte."""
    span = _span(data)
    if span is None:
        return False
    start, end = span
    blank = data[:start] + ZERO.encode() + data[end:]
    return data[start:end] == _sum(blank).encode()


def _span(data: bytes) -> tuple[int, int] | None:
    found = _PLACE.search(data[:_HEAD])
    return found.span(found.lastindex or 1) if found else None


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _missing() -> tuple[int, int]:
    raise ValueError("no place for a checksum")

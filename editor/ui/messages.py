"""The words for what the core says in codes. The window and the command line both take them from here.

No Qt in this module: the command line starts without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import assert_never

from msgspec.structs import replace

from editor.domain.stages import NO_NOTE
from editor.problems import Problem
from editor.sync.delivery import Visibility
from editor.ui.words import MORE, PLACES, SENTENCES
from editor.views import Badge, Counts, EntryRow

Detail = Mapping[str, str | int]


class _Gaps(dict[str, "str | int"]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(problem: Problem) -> str:
    """One sentence that says what is wrong. A code nobody wrote a sentence for still reads as one."""
    template = SENTENCES.get(problem.code)
    if template is not None:
        gaps = _Gaps(problem.detail)
        told = template.format_map(gaps)
        name, more = MORE.get(problem.code, ("", ""))
        return f"{told} {more.format_map(gaps)}" if problem.detail.get(name) else told
    said = problem.detail.get("message")
    if said:
        return str(said)
    words = problem.code.replace("-", " ").strip().capitalize()
    detail = ", ".join(str(value) for value in problem.detail.values())
    return f"{words} ({detail})." if detail else f"{words}."


def place(field: str) -> str:
    """Where a problem is, in words: ``body.2.alt`` is "block 3, the alt text"."""
    if not field:
        return ""
    first, _, rest = field.partition(".")
    if first == "body" and rest:
        number, _, part = rest.partition(".")
        if number.isdecimal():
            block = f"block {int(number) + 1}"
            return f"{block}, {place(part)}" if part else block
    return PLACES.get(field, field)


def sentence_with_place(problem: Problem) -> str:
    """The sentence, led by where it is, unless it names that itself."""
    said = sentence(problem)
    where = place(problem.field)
    if not where or problem.field in said:
        return said
    # A file keeps its name as it is; a field's words begin the sentence.
    led = where if where == problem.field else f"{where[:1].upper()}{where[1:]}"
    return f"{led}: {said}"


def badge_word(badge: Badge) -> str:
    """The one word of an entry's state."""
    return badge.value[:1].upper() + badge.value[1:]


def count(number: int, one: str, many: str = "") -> str:
    """``1 photo``, ``2 photos``, ``12,408 entries``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(octets: int) -> str:
    """``412 KB``, ``1.4 MB``: decimal, as the systems' file managers tell it."""
    if octets < 1000:
        return f"{octets} bytes"
    if octets < 999_500:
        return f"{round(octets / 1000)} KB"
    if octets < 999_500_000:
        return f"{octets / 1_000_000:.1f} MB"
    return f"{octets / 1_000_000_000:.1f} GB"


def part_of(done: int, total: int) -> str:
    """``120 of 412 KB``: both in the unit of the whole."""
    done = min(done, total)
    if total < 1000:
        return f"{done} of {size(total)}"
    if total < 999_500:
        return f"{round(done / 1000)} of {size(total)}"
    unit = 1_000_000 if total < 999_500_000 else 1_000_000_000
    return f"{done / unit:.1f} of {size(total)}"


def clock(at: datetime, zone: tzinfo, now: datetime | None = None) -> str:
    """``13:59``, with the day in front where it is not today's (``21 Nov 13:59``)."""
    there = at.astimezone(zone)
    time = f"{there:%H:%M}"
    if now is None or now.astimezone(zone).date() == there.date():
        return time
    if now.astimezone(zone).year == there.year:
        return f"{there.day} {there:%b} {time}"
    return f"{there.day} {there:%b %Y} {time}"


def waited(minutes: int) -> str:
    """``9 min``, ``2 h 5 min``, ``3 d``."""
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} d"


def holds(row: EntryRow) -> str:
    """What is in an entry: ``1 photo · 1 quote``."""
    parts = (
        (row.photos, "photo", "photos"),
        (row.quotes, "quote", "quotes"),
        (row.posts, "post", "posts"),
        (row.stories, "story", "stories"),
    )
    return " · ".join(count(number, one, many) for number, one, many in parts if number)


def marks(row: EntryRow) -> str:
    """``Not verified · key event · pinned``."""
    named = (
        (row.unverified, "not verified"),
        (row.protect_source, "source protected"),
        (row.unattributed, "quote without a speaker"),
        (row.key_event, "key event"),
        (row.pinned, "pinned"),
    )
    words = [word for on, word in named if on]
    text = " · ".join(words)
    return text[:1].upper() + text[1:]


def waits_for(row: EntryRow, zone: tzinfo, *, online: bool, now: datetime) -> str:
    """What stands beside an entry's badge: what it waits for, or what last happened to it."""
    amount = f" · {size(row.bytes_waiting)}" if row.bytes_waiting >= 1000 else ""
    match row.badge:
        case Badge.DRAFT:
            return holds(row)
        case Badge.QUEUED:
            if row.problem is not None and online:
                return sentence(row.problem)
            return f"waits for {'its turn' if online else 'a connection'}{amount}"
        case Badge.SENDING:
            return f"on its way{amount}"
        case Badge.IN_REVIEW:
            return f"sent {clock(row.submitted_at, zone, now)}" if row.submitted_at else ""
        case Badge.RETURNED:
            return f"“{row.note}”" if row.note not in ("", NO_NOTE) else ""
        case Badge.SCHEDULED:
            return f"goes out {clock(row.not_before, zone, now)}" if row.not_before else ""
        case Badge.PUBLISHED | Badge.CORRECTED:
            return _of_public(row, zone, now)
        case Badge.WITHDRAWN:
            return f"“{row.note}”" if row.note else ""
        case Badge.REFUSED:
            return sentence(row.problem) if row.problem else "needs your decision"
        case Badge.CONFLICT:
            return sentence(row.problem or Problem(code="conflict"))
        case _:
            assert_never(row.badge)


def _of_public(row: EntryRow, zone: tzinfo, now: datetime) -> str:
    if row.changed:
        warned = marks(replace(row, key_event=False, pinned=False))
        return " · ".join(filter(None, (warned, "your changes are not public yet")))
    if row.corrected:
        corrected = f"corrected {clock(row.corrected, zone, now)}"
        return f"{corrected} · {marks(row).lower()}" if marks(row) else corrected
    return marks(row)


def wanted(visibility: Visibility) -> str:
    """What a delivery is about: ``to be public``."""
    match visibility:
        case Visibility.PUBLIC:
            return "Publish"
        case Visibility.DESK:
            return "Show to the desk"
        case Visibility.GONE:
            return "Withdraw"
        case Visibility.NONE:
            return "Take back"
        case _:
            assert_never(visibility)


def outbox_title(counts: Counts) -> str:
    """``2 waiting in the outbox``, or ``All sent``."""
    return f"{counts.outbox:,} waiting in the outbox" if counts.outbox else "All sent"

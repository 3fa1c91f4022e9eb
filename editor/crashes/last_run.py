"""What a run that ended badly has left: which entry was being written, and where the process died, if it could say so."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from editor.crashes.frames import Cause, place, shortened
from editor.crashes.report import Report

MOST = 200_000
"""Bytes of a dump that are read: many threads, each with its hundred frames."""
THREADS = 4
KILLED = "The process was ended from outside, or the power went: nothing could be written down."

_SIGNALS = (
    "Segmentation fault",
    "Aborted",
    "Bus error",
    "Floating point exception",
    "Illegal instruction",
    "access violation",
    "stack overflow",
    "array bounds exceeded",
    "int divide by zero",
)
_FATAL = re.compile(r"^(?:Fatal Python error|Windows fatal exception): (.*)$", re.MULTILINE)
_THREAD = re.compile(r"^(?:Current thread|Thread) 0x[0-9a-f]+.*$", re.MULTILINE)
_FRAME = re.compile(r'^  File "(.*)", line (\d{1,7}) in (.*)$', re.MULTILINE)


class LastRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run that ended badly. ``whole`` is whether its mark says what it should: after a power cut it may be empty."""

    entry: str = ""
    whole: bool = True
    report: Report

    @property
    def died(self) -> bool:
        """Whether the process said where it died."""
        return self.report.causes[0].kind != KILLED


def read_last_run(path: Path, qt: str = "") -> LastRun:
    """Reads what was left. Raises ``OSError``."""
    with path.open("rb") as file:
        data = file.read(MOST)
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    said = data.decode("utf-8", "replace")
    entries = re.findall(r"^entry ([0-9a-f-]{36})$", said, re.MULTILINE)
    return LastRun(
        entry=entries[-1] if entries else "",
        whole=said.startswith("begun\n"),
        report=Report(at=at, causes=_died_of(said), thread="the last run", qt=qt),
    )


def _died_of(said: str) -> tuple[Cause, ...]:
    """The last dump that has frames, a cause for each thread, the one that died first.

    Windows writes others, of trouble it survived; an abort may come twice, the second time without any.
    """
    fatal = list(_FATAL.finditer(said))
    if not fatal:
        return (Cause(KILLED, ()),)
    ends = [*(found.start() for found in fatal[1:]), len(said)]
    dumps = [(found[1], said[found.end() : end]) for found, end in zip(fatal, ends, strict=True)]
    word, rest = next((dump for dump in reversed(dumps) if _FRAME.search(dump[1])), dumps[-1])
    kind = next((name for name in _SIGNALS if word.startswith(name)), "A fatal error")
    begins = [found.start() for found in _THREAD.finditer(rest)]
    threads = [rest[a:b] for a, b in zip(begins, [*begins[1:], len(rest)], strict=True)]
    threads.sort(key=lambda told: not told.startswith("Current thread"))
    return tuple(
        Cause("another thread" if number else kind, _frames(told))
        for number, told in enumerate(threads[:THREADS])
    ) or (Cause(kind, ()),)


def _frames(told: str) -> tuple[str, ...]:
    found = [place(file, function, int(line)) for file, line, function in _FRAME.findall(told)]
    return shortened(found[::-1])

"""The reports in the profile: the newest few, each for its owner's eyes only."""

from __future__ import annotations

import os
import zlib
from datetime import UTC, datetime
from pathlib import Path

from editor.crashes.frames import Cause
from editor.crashes.report import Report

KEPT = 10


def mark(causes: tuple[Cause, ...]) -> str:
    """A short name for errors of one kind at one place."""
    told = "\n".join(f"{cause.kind} {' '.join(cause.frames)}" for cause in causes)
    return f"{zlib.crc32(told.encode('utf-8', 'replace')):08x}"


def keep(folder: Path, report: Report, first: datetime | None = None) -> Path | None:
    """Writes a report, in the place of the one of the same error; None where nothing can be written.

    ``first`` is when that error came first. The oldest reports beyond ``KEPT`` are thrown away.
    """
    at = (first or report.at).astimezone(UTC)
    path = folder / f"{at:%Y%m%dT%H%M%SZ}-{mark(report.causes)}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(report.text().encode("utf-8", "replace"))
        new.replace(path)
        for old in kept(folder)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def kept(folder: Path) -> list[Path]:
    """The reports that are there, newest first."""
    try:
        return sorted(folder.glob("*.txt"), reverse=True)
    except OSError:
        return []

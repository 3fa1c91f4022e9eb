"""How a version in an entry's history is told: when, why, whose it was, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import assert_never

from editor.domain.entry import Kind, Origin
from editor.domain.ids import RevisionId
from editor.ui.messages import clock, count
from editor.views import RevisionRow

Rows = Mapping[RevisionId, RevisionRow]

ICONS = {
    Origin.FIELD: "pen-line",
    Origin.DESK: "newspaper",
    Origin.MERGE: "link-2",
    Origin.IMPORT: "download",
}


def described(row: RevisionRow, rows: Rows, zone: tzinfo, now: datetime) -> str:
    """Three or four short lines; ``rows`` are the other versions, from which a merge was made."""
    public = " · public" if row.public else ""
    lines = [f"{clock(row.at, zone, now)}  {_kind(row)}{public}"]
    lines.append(" · ".join(filter(None, (row.author, count(row.words, "word")))))
    lines.append(_origin(row, rows, zone, now))
    if row.note:
        lines.append(f"“{row.note}”")
    return "\n".join(lines)


def _kind(row: RevisionRow) -> str:
    if row.origin is Origin.IMPORT:
        return "Imported"
    if row.kind is not Kind.PULL:
        return row.kind.value.capitalize()
    return "Put together" if row.origin is Origin.MERGE else "Fetched"


def _origin(row: RevisionRow, rows: Rows, zone: tzinfo, now: datetime) -> str:
    match row.origin:
        case Origin.FIELD:
            return "From the field"
        case Origin.DESK:
            return "From the desk"
        case Origin.IMPORT:
            return "From a file"
        case Origin.MERGE:
            mine = rows.get(row.parent) if row.parent else None
            theirs = rows.get(row.merge_parent) if row.merge_parent else None
            if mine is None or theirs is None:
                return "Merged with the desk’s"
            times = f"{clock(mine.at, zone, now)} and the desk’s of {clock(theirs.at, zone, now)}"
            return f"Merged from {times}"
        case _:
            assert_never(row.origin)

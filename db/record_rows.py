"""What sync keeps beside the ledger, as rows and back: conflicts, notices, where a pull stands, the delivery log."""

from __future__ import annotations

from typing import Any

import msgspec

from db.rows import Row, from_time, maybe_from, maybe_to, to_time
from editor.problems import Problem
from editor.sync.records import Act, Conflict, LogLine, Notice, Watch

_problem = msgspec.json.Decoder(Problem)


def from_conflict(conflict: Conflict) -> dict[str, Any]:
    """An open conflict's row, without its number."""
    return {
        "entry": conflict.entry,
        "target": conflict.target,
        "base": conflict.base,
        "mine": conflict.mine,
        "theirs": conflict.theirs,
        "found": from_time(conflict.found),
    }


def to_conflict(row: Row) -> Conflict:
    """The conflict of a row."""
    return Conflict(
        entry=row["entry"],
        target=row["target"],
        base=row["base"],
        mine=row["mine"],
        theirs=row["theirs"],
        found=to_time(row["found"]),
    )


def from_notice(notice: Notice) -> dict[str, Any]:
    """A notice's row, without its number."""
    return {
        "entry": notice.entry,
        "target": notice.target,
        "at": from_time(notice.at),
        "problem": msgspec.json.encode(notice.problem).decode(),
        "seen": maybe_from(notice.seen),
    }


def to_notice(row: Row) -> Notice:
    """The notice of a row."""
    return Notice(
        id=row["id"],
        at=to_time(row["at"]),
        problem=_problem.decode(row["problem"]),
        entry=row["entry"],
        target=row["target"],
        seen=maybe_to(row["seen"]),
    )


def from_watch(watch: Watch) -> dict[str, Any]:
    """A watch's row."""
    return {
        "target": watch.target,
        "cursor": watch.cursor,
        "pulled": maybe_from(watch.pulled),
        "listed": maybe_from(watch.listed),
        "sweep": maybe_from(watch.sweep),
        "emptied": watch.emptied,
    }


def to_watch(row: Row) -> Watch:
    """The watch of a row."""
    return Watch(
        target=row["target"],
        cursor=row["cursor"],
        pulled=maybe_to(row["pulled"]),
        listed=maybe_to(row["listed"]),
        sweep=maybe_to(row["sweep"]),
        emptied=row["emptied"],
    )


def from_line(line: LogLine) -> dict[str, Any]:
    """A line of the delivery log, without its number."""
    return {
        "entry": line.entry,
        "target": line.target,
        "at": from_time(line.at),
        "act": line.act.value,
        "outcome": line.outcome,
        "status": line.status,
        "request_id": line.request_id,
        "sent": line.sent,
        "took": line.took,
        "next_try": maybe_from(line.next_try),
        "code": line.code,
    }


def to_line(row: Row) -> LogLine:
    """The line of a row."""
    return LogLine(
        entry=row["entry"],
        target=row["target"],
        at=to_time(row["at"]),
        act=Act(row["act"]),
        outcome=row["outcome"],
        status=row["status"],
        request_id=row["request_id"],
        sent=row["sent"],
        took=row["took"],
        next_try=maybe_to(row["next_try"]),
        code=row["code"],
    )

"""What sync keeps beside the ledger: conflicts, notices, where a pull stands, and the delivery log."""

from __future__ import annotations

from datetime import datetime

from db import schema
from db.record_rows import (
    from_conflict,
    from_line,
    from_notice,
    from_watch,
    to_conflict,
    to_watch,
)
from db.rows import from_time
from db.statements import add, change, find
from db.transaction.base import Base
from editor.domain.ids import EntryId, TargetId
from editor.sync.records import Conflict, LogLine, Notice, Watch

KEPT_LINES = 500
_PRUNE_EVERY = 50

_OPEN = "SELECT * FROM conflict WHERE entry = :entry AND target = :target AND settled IS NULL"
_PUT_CONFLICT = """
INSERT INTO conflict (entry, target, base, mine, theirs, found)
VALUES (:entry, :target, :base, :mine, :theirs, :found)
ON CONFLICT (entry, target) WHERE settled IS NULL DO UPDATE SET
    base = excluded.base, mine = excluded.mine, theirs = excluded.theirs, found = excluded.found
"""
_SETTLE = """
UPDATE conflict SET settled = :at WHERE entry = :entry AND target = :target AND settled IS NULL
"""
_UNSEEN = "SELECT entry FROM notice WHERE id = :id AND seen IS NULL"
_SEE = change(schema.notice, "seen", key="id")
_WATCH = find(schema.watch, "target")
_WAIT_FOR = "SELECT entry FROM delivery WHERE target = :target AND unsettled = 1"
_LOG = """
INSERT INTO log (
    entry, line, target, at, act, outcome, status, request_id, sent, took, next_try, code
)
VALUES (
    :entry, coalesce((SELECT max(line) FROM log WHERE entry = :entry), 0) + 1,
    :target, :at, :act, :outcome, :status, :request_id, :sent, :took, :next_try, :code
)
RETURNING line
"""
_PRUNE = "DELETE FROM log WHERE entry = :entry AND line <= :line"


class Records(Base):
    """The tables ``conflict``, ``notice``, ``watch`` and ``log``."""

    def conflict(self, entry: EntryId, target: TargetId) -> Conflict | None:
        row = self._row(_OPEN, entry=entry, target=target)
        return None if row is None else to_conflict(row)

    def put_conflict(self, conflict: Conflict) -> None:
        self._do(_PUT_CONFLICT, **from_conflict(conflict))
        self._deliveries.add(conflict.entry)

    def settle_conflict(self, entry: EntryId, target: TargetId, at: datetime) -> None:
        self._do(_SETTLE, entry=entry, target=target, at=from_time(at))
        self._deliveries.add(entry)

    def add_notice(self, notice: Notice) -> None:
        row = from_notice(notice)
        self._do(add(schema.notice, *row), **row)
        self._announce(notice.entry)

    def see_notice(self, notice: int, at: datetime) -> None:
        row = self._row(_UNSEEN, id=notice)
        if row is not None:
            self._do(_SEE, id=notice, seen=from_time(at))
            self._announce(row["entry"])

    def watch(self, target: TargetId) -> Watch:
        row = self._row(_WATCH, target=target)
        return Watch(target=target) if row is None else to_watch(row)

    def put_watch(self, watch: Watch) -> None:
        """Announced only where people see it: that a pull was made is nobody's news."""
        before = self.watch(watch.target)
        self._put(schema.watch, from_watch(watch))
        if before.emptied != watch.emptied:
            self._accounts = True
            waits = self._rows(_WAIT_FOR, target=watch.target)
            self._deliveries.update(row["entry"] for row in waits)

    def log(self, line: LogLine) -> None:
        """Announced by what it tells of: the delivery's row is written with it."""
        number = self._value(_LOG, **from_line(line))
        if number > KEPT_LINES and number % _PRUNE_EVERY == 0:
            self._do(_PRUNE, entry=line.entry, line=number - KEPT_LINES)

    def _announce(self, entry: EntryId | None) -> None:
        """What concerns no entry concerns the whole target."""
        if entry is None:
            self._accounts = True
        else:
            self._deliveries.add(entry)

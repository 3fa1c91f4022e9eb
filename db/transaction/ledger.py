"""The delivery ledger: what targets shall hold and do hold, the requests in between, and the record of decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from db import schema
from db.media_use import LACKING, OWED, OWED_OF, WEIGH_ENTRY
from db.outgoing_rows import from_delivery, from_op, to_delivery, to_op
from db.rows import from_time, maybe_to, to_entry
from db.statements import add, change, find
from db.transaction.base import Base
from db.transaction.entries import ENTRY_COLUMNS
from editor.content.entry import decode, without_photos
from editor.domain.entry import Entry
from editor.domain.ids import EntryId, TargetId
from editor.sync.delivery import Delivery, Op, OpState, Owed

_DELIVERY = find(schema.delivery, "entry", "target")
_DELIVERIES = find(schema.delivery, "entry", order=("target",))
_OPEN = "SELECT * FROM delivery WHERE unsettled = 1"
_OPEN_ENTRIES = (
    f"SELECT {', '.join(ENTRY_COLUMNS)} FROM entry"
    " WHERE id IN (SELECT entry FROM delivery WHERE unsettled = 1)"
)
_BOUND = "SELECT * FROM delivery WHERE target = :target AND ref <> '' ORDER BY entry"
_SETTLE = change(schema.op, "state", "error", key="id") + " RETURNING entry"
_LAST = "SELECT * FROM op WHERE entry = :entry AND target = :target ORDER BY id DESC LIMIT 1"
_IN_FLIGHT = f"SELECT * FROM op WHERE state = '{OpState.IN_FLIGHT}' ORDER BY id"
_AUDITED = "SELECT count(*) FROM audit WHERE what = :what AND detail = :detail"
_GATE = "SELECT until FROM gate WHERE host = :host"


class Ledger(Base):
    """The tables ``delivery``, ``op``, ``gate`` and ``audit``."""

    def delivery(self, entry: EntryId, target: TargetId) -> Delivery | None:
        row = self._row(_DELIVERY, entry=entry, target=target)
        return None if row is None else to_delivery(row)

    def deliveries(self, entry: EntryId) -> tuple[Delivery, ...]:
        return tuple(to_delivery(row) for row in self._rows(_DELIVERIES, entry=entry))

    def open_deliveries(self) -> tuple[tuple[Delivery, Entry], ...]:
        entries = {row["id"]: to_entry(row) for row in self._rows(_OPEN_ENTRIES)}
        deliveries = [to_delivery(row) for row in self._rows(_OPEN)]
        pairs = [(delivery, entries[delivery.entry]) for delivery in deliveries]
        pairs.sort(key=lambda pair: (pair[1].blog, pair[1].seq, pair[0].target))
        return tuple(pairs)

    def bound(self, target: TargetId) -> tuple[Delivery, ...]:
        return tuple(to_delivery(row) for row in self._rows(_BOUND, target=target))

    def owed(self, entry: EntryId | None = None) -> Mapping[tuple[EntryId, TargetId], Owed]:
        rows = self._rows(OWED) if entry is None else self._rows(OWED_OF, entry=entry)
        return {
            (row["entry"], row["target"]): Owed(
                bytes=row["bytes"], readable=not without_photos(decode(row["content"])).is_empty()
            )
            for row in rows
        }

    def lacking(self) -> tuple[Delivery, ...]:
        return tuple(to_delivery(row) for row in self._rows(LACKING))

    def put_delivery(self, delivery: Delivery) -> None:
        self._put(schema.delivery, from_delivery(delivery))
        self._do(WEIGH_ENTRY, entry=delivery.entry, target=delivery.target)
        self._deliveries.add(delivery.entry)

    def add_op(self, op: Op) -> Op:
        row = from_op(op)
        number = self._connection.execute(add(schema.op, *row), row).lastrowid
        assert number is not None
        self._deliveries.add(op.entry)
        return replace(op, id=number)

    def settle_op(self, op: int, state: OpState, error: str = "") -> None:
        self._deliveries.add(self._value(_SETTLE, id=op, state=state.value, error=error))

    def last_op(self, entry: EntryId, target: TargetId) -> Op | None:
        row = self._row(_LAST, entry=entry, target=target)
        return None if row is None else to_op(row)

    def ops_in_flight(self) -> tuple[Op, ...]:
        return tuple(to_op(row) for row in self._rows(_IN_FLIGHT))

    def gate(self, host: str) -> datetime | None:
        return maybe_to(self._value(_GATE, host=host))

    def put_gate(self, host: str, until: datetime) -> None:
        self._put(schema.gate, {"host": host, "until": from_time(until)})
        self._accounts = True

    def audit(self, at: datetime, what: str, entry: EntryId | None, detail: str = "") -> None:
        row = {"at": from_time(at), "what": what, "entry": entry, "detail": detail}
        self._do(add(schema.audit, *row), **row)
        if entry is not None:
            self._entries.add(entry)

    def audited(self, what: str, detail: str) -> bool:
        return bool(self._value(_AUDITED, what=what, detail=detail))

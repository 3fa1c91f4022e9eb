"""The delivery ledger: what targets shall hold and do hold, the requests in between, and the record of decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import insert, select, update

from db import schema
from db.media_use import OWED, WEIGH_ENTRY
from db.outgoing_rows import from_delivery, from_op, to_delivery, to_op
from db.rows import from_time, maybe_to, to_entry
from db.transaction.base import Base
from editor.content.entry import decode, without_photos
from editor.domain.entry import Entry
from editor.domain.ids import EntryId, TargetId
from editor.sync.delivery import Delivery, Op, OpState, Owed


class Ledger(Base):
    """The tables ``delivery``, ``op``, ``gate`` and ``audit``."""

    def delivery(self, entry: EntryId, target: TargetId) -> Delivery | None:
        at = schema.delivery.c
        row = self._row(select(schema.delivery).where(at.entry == entry, at.target == target))
        return None if row is None else to_delivery(row)

    def deliveries(self, entry: EntryId) -> tuple[Delivery, ...]:
        at = schema.delivery.c
        query = select(schema.delivery).where(at.entry == entry).order_by(at.target)
        return tuple(to_delivery(row) for row in self._rows(query))

    def open_deliveries(self) -> tuple[tuple[Delivery, Entry], ...]:
        of = schema.entry.c
        deliveries = [
            to_delivery(row)
            for row in self._rows(select(schema.delivery).where(schema.delivery.c.unsettled == 1))
        ]
        waiting = select(schema.delivery.c.entry).where(schema.delivery.c.unsettled == 1)
        rows = self._rows(select(schema.entry).where(of.id.in_(waiting)))
        entries = {row["id"]: to_entry(row) for row in rows}
        pairs = [(delivery, entries[delivery.entry]) for delivery in deliveries]
        pairs.sort(key=lambda pair: (pair[1].blog, pair[1].seq, pair[0].target))
        return tuple(pairs)

    def bound(self, target: TargetId) -> tuple[Delivery, ...]:
        at = schema.delivery.c
        query = select(schema.delivery).where(at.target == target, at.ref != "").order_by(at.entry)
        return tuple(to_delivery(row) for row in self._rows(query))

    def owed(self) -> Mapping[tuple[EntryId, TargetId], Owed]:
        return {
            (row["entry"], row["target"]): Owed(
                bytes=row["bytes"], readable=not without_photos(decode(row["content"])).is_empty()
            )
            for row in self._rows(OWED)
        }

    def put_delivery(self, delivery: Delivery) -> None:
        self._put(schema.delivery, from_delivery(delivery))
        self._do(WEIGH_ENTRY, {"entry": delivery.entry, "target": delivery.target})
        self._deliveries.add(delivery.entry)

    def add_op(self, op: Op) -> Op:
        made = self._connection.execute(insert(schema.op).values(from_op(op)))
        self._deliveries.add(op.entry)
        number = made.inserted_primary_key
        assert number is not None
        return replace(op, id=number[0])

    def settle_op(self, op: int, state: OpState, error: str = "") -> None:
        entry = self._value(select(schema.op.c.entry).where(schema.op.c.id == op))
        self._do(
            update(schema.op).where(schema.op.c.id == op).values(state=state.value, error=error)
        )
        self._deliveries.add(entry)

    def last_op(self, entry: EntryId, target: TargetId) -> Op | None:
        at = schema.op.c
        row = self._row(
            select(schema.op)
            .where(at.entry == entry, at.target == target)
            .order_by(at.id.desc())
            .limit(1)
        )
        return None if row is None else to_op(row)

    def ops_in_flight(self) -> tuple[Op, ...]:
        at = schema.op.c
        query = select(schema.op).where(at.state == OpState.IN_FLIGHT.value).order_by(at.id)
        return tuple(to_op(row) for row in self._rows(query))

    def gate(self, host: str) -> datetime | None:
        return maybe_to(self._value(select(schema.gate.c.until).where(schema.gate.c.host == host)))

    def put_gate(self, host: str, until: datetime) -> None:
        self._put(schema.gate, {"host": host, "until": from_time(until)})
        self._accounts = True

    def audit(self, at: datetime, what: str, entry: EntryId | None, detail: str = "") -> None:
        row = {"at": from_time(at), "what": what, "entry": entry, "detail": detail}
        self._do(insert(schema.audit).values(row))
        if entry is not None:
            self._entries.add(entry)

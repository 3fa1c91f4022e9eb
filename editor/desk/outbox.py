"""The outbox: try a delivery again at once, or give a request up. The text stays either way."""

from __future__ import annotations

from msgspec.structs import replace

from editor.changes import Changes
from editor.domain.ids import EntryId, TargetId
from editor.ports import Room, Transaction
from editor.problems import refuse
from editor.sync.delivery import Delivery, Phase, Wanted
from editor.sync.intent import again


def retry(room: Room, entry: EntryId, target: TargetId) -> Changes:
    """Lets a waiting or refused delivery go again now. One in doubt is looked up first, as always."""
    with room.store.write() as tx:
        delivery = _delivery(tx, entry, target)
        tx.put_delivery(again(delivery))
    return tx.changes


def discard(room: Room, entry: EntryId, target: TargetId) -> Changes:
    """Gives up what was asked of a target: it keeps what it holds. A request whose fate is unknown cannot be given up."""
    with room.store.write() as tx:
        delivery = _delivery(tx, entry, target)
        if delivery.phase is Phase.IN_DOUBT:
            raise refuse("delivery-in-doubt")
        held = delivery.held
        tx.put_delivery(
            replace(
                delivery,
                wanted=Wanted(revision=held.revision, visibility=held.visibility),
                phase=Phase.DONE,
                next_try=None,
                attempts=0,
                problem=None,
            )
        )
        tx.audit(room.clock.now(), "discard request", entry, target)
    return tx.changes


def _delivery(tx: Transaction, entry: EntryId, target: TargetId) -> Delivery:
    delivery = tx.delivery(entry, target)
    if delivery is None:
        raise refuse("no-such-delivery")
    return delivery

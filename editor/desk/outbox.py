"""The outbox: try a delivery again at once, give a request up, or let everything rest. The text stays either way."""

from __future__ import annotations

from msgspec.structs import replace

from editor.changes import Changes
from editor.content.entry import assets
from editor.domain.blog import AccountState
from editor.domain.ids import AssetId, EntryId, TargetId
from editor.ports import Room, Transaction
from editor.problems import refuse
from editor.sync.delivery import Delivery, Held, Phase, Visibility, Wanted
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


def send_all_again(room: Room, target: TargetId) -> Changes:
    """Forgets what a target was known to hold, so that everything that is released goes to it once more.

    For a target that lost what it held, such as a folder that a backup did not carry. The target looks by each entry's
    key, so that nothing stands there twice.
    """
    with room.store.write() as tx:
        blog = tx.target(target).blog
        for entry in tx.entries(blog):
            delivery = tx.delivery(entry.id, target)
            if delivery is None or delivery.wanted.visibility is not Visibility.PUBLIC:
                continue
            tx.put_delivery(again(replace(delivery, held=Held(), phase=Phase.PENDING)))
            _forget_media(tx, target, delivery)
        tx.put_target(replace(tx.target(target), cover=""))
        tx.audit(room.clock.now(), "send all again", None, target)
    return tx.changes


def pause(room: Room) -> Changes:
    """From now on nothing is sent and nothing is asked for, until ``resume``. It outlasts the program.

    An account that waits for its user to sign in goes on waiting for that.
    """
    return _switch(room, AccountState.READY, AccountState.PAUSED, "pause")


def resume(room: Room) -> Changes:
    """Lets everything go on that was paused."""
    return _switch(room, AccountState.PAUSED, AccountState.READY, "resume")


def _switch(room: Room, old: AccountState, new: AccountState, what: str) -> Changes:
    with room.store.write() as tx:
        found = [account.id for account in tx.accounts() if account.state is old]
        for account in found:
            tx.set_account_state(account, new)
        if found:
            tx.audit(room.clock.now(), what, None, ", ".join(found))
    return tx.changes


def _forget_media(tx: Transaction, target: TargetId, delivery: Delivery) -> None:
    if delivery.wanted.revision is None:
        return
    for asset in assets(tx.revision(delivery.wanted.revision).content):
        for rendition in tx.renditions(AssetId(asset)):
            tx.doubt_media_at(target, rendition.id)


def _delivery(tx: Transaction, entry: EntryId, target: TargetId) -> Delivery:
    delivery = tx.delivery(entry, target)
    if delivery is None:
        raise refuse("no-such-delivery")
    return delivery

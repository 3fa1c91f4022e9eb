"""The outbox: try a delivery again at once, give a request up, or let everything rest. The text stays either way."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from editor.changes import Changes
from editor.content.entry import prints
from editor.domain.blog import AccountState
from editor.domain.entry import Entry
from editor.domain.ids import AssetId, EntryId, TargetId
from editor.ports import Room, Transaction
from editor.problems import Problem, refuse
from editor.sync.delivery import Delivery, Held, Phase, Visibility, Wanted
from editor.sync.intent import OFF, again
from editor.sync.reconcile import GONE, SEND_AGAIN, TAKEN_DOWN, UNPUBLISHED


def retry(room: Room, entry: EntryId, target: TargetId) -> Changes:
    """Lets a waiting or refused delivery go again now. One in doubt is looked up first, as always.

    What others removed or hid there is sent anew, as it is released by now. Raises ``Refused`` (``choose-first``) while two texts clash.
    """
    with room.store.write() as tx:
        delivery = _delivery(tx, entry, target)
        _must_be_chosen(tx, delivery)
        released = _as_released(tx.entry(entry), delivery)
        gone = _is_taken_down(delivery) and _code(delivery) == GONE
        tx.put_delivery(_missing_there(released) if gone else again(released))
    return tx.changes


def retry_all(room: Room, deliveries: Iterable[tuple[EntryId, TargetId]]) -> Changes:
    """Lets many go again now. What waits for a person's choice goes on waiting for it."""
    with room.store.write() as tx:
        for entry, target in deliveries:
            delivery = tx.delivery(entry, target)
            if delivery is not None and delivery.phase is not Phase.CONFLICT:
                tx.put_delivery(again(delivery))
    return tx.changes


def discard(room: Room, entry: EntryId, target: TargetId) -> Changes:
    """Gives up what was asked of a target: it keeps what it holds.

    Raises ``Refused``: ``delivery-in-doubt`` for a request whose fate is unknown, ``choose-first`` while two texts clash.
    """
    with room.store.write() as tx:
        delivery = _delivery(tx, entry, target)
        _must_be_chosen(tx, delivery)
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


def leave_down(room: Room, entry: EntryId, target: TargetId) -> Changes:
    """Accepts that others removed an entry there, or took it from the public: nothing is sent until it is released anew.

    The entry's stage stays, for other targets may show it; who wants it gone for good withdraws it, with a reason.
    Raises ``Refused`` (``not-taken-down``) where nobody did so.
    """
    with room.store.write() as tx:
        delivery = _delivery(tx, entry, target)
        if not _is_taken_down(delivery):
            raise refuse("not-taken-down")
        tx.put_delivery(_as_it_is(delivery))
        tx.audit(room.clock.now(), "leave down", entry, target)
    return tx.changes


def accept_emptied(room: Room, target: TargetId) -> Changes:
    """Answers that so much is gone from a target because somebody took it down. Nothing of it is sent again.

    Each entry is looked at once more; what is there after all stays as it is.
    """
    with room.store.write() as tx:
        for entry in tx.entries(tx.target(target).blog):
            delivery = tx.delivery(entry.id, target)
            if delivery is None:
                continue
            if delivery.phase is Phase.CONFLICT and _code(delivery) == GONE:
                tx.put_delivery(_as_it_is(delivery))
            elif delivery.held.ref and delivery.phase in (Phase.DONE, Phase.PENDING):
                look = Problem(code=TAKEN_DOWN)
                tx.put_delivery(replace(delivery, phase=Phase.IN_DOUBT, problem=look))
        tx.put_watch(replace(tx.watch(target), emptied=0))
        tx.audit(room.clock.now(), "accept emptied", None, target)
    return tx.changes


def send_all_again(room: Room, target: TargetId) -> Changes:
    """Lets everything that is released go to a target once more where it is not there.

    For a target that lost what it held, such as a folder that a backup did not carry. Each entry is looked for first, so
    that nothing stands there twice. Where two texts clash, the choice goes on waiting.
    """
    with room.store.write() as tx:
        blog = tx.target(target).blog
        for entry in tx.entries(blog):
            delivery = tx.delivery(entry.id, target)
            if delivery is None or delivery.wanted.visibility is not Visibility.PUBLIC:
                continue
            if _clashes(tx, delivery):
                continue
            tx.put_delivery(_missing_there(_as_released(entry, delivery)))
            _forget_media(tx, target, delivery)
        tx.put_target(replace(tx.target(target), cover=""))
        tx.put_watch(replace(tx.watch(target), emptied=0))
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
    for asset in prints(tx.revision(delivery.wanted.revision).content):
        for rendition in tx.renditions(AssetId(asset)):
            tx.doubt_media_at(target, rendition.id)


def _delivery(tx: Transaction, entry: EntryId, target: TargetId) -> Delivery:
    delivery = tx.delivery(entry, target)
    if delivery is None:
        raise refuse("no-such-delivery")
    return delivery


def _clashes(tx: Transaction, delivery: Delivery) -> bool:
    if delivery.phase is not Phase.CONFLICT:
        return False
    return tx.conflict(delivery.entry, delivery.target) is not None


def _must_be_chosen(tx: Transaction, delivery: Delivery) -> None:
    if _clashes(tx, delivery):
        raise refuse("choose-first", entry=delivery.entry)


def _as_released(entry: Entry, delivery: Delivery) -> Delivery:
    """What was approved since the row was put aside is what it shall show."""
    public = delivery.wanted.visibility is Visibility.PUBLIC
    if not public or entry.published is None or entry.approved is None:
        return delivery
    return replace(delivery, wanted=replace(delivery.wanted, revision=entry.approved))


def _code(delivery: Delivery) -> str:
    return delivery.problem.code if delivery.problem is not None else ""


def _missing_there(delivery: Delivery) -> Delivery:
    """The row that looks for its entry and, where it is gone, makes it anew: a person said so."""
    look = Problem(code=SEND_AGAIN)
    return replace(delivery, phase=Phase.IN_DOUBT, attempts=0, next_try=None, problem=look)


def _is_taken_down(delivery: Delivery) -> bool:
    return delivery.phase is Phase.CONFLICT and _code(delivery) in (GONE, UNPUBLISHED)


def _gone(held: Held) -> Held:
    return held if held.visibility in OFF else Held()


def _as_it_is(delivery: Delivery) -> Delivery:
    """The row that wants what is there."""
    held = _gone(delivery.held) if _code(delivery) == GONE else delivery.held
    revision = None if held.visibility is Visibility.NONE else held.revision
    wanted = Wanted(revision=revision, visibility=held.visibility)
    return again(replace(delivery, held=held, wanted=wanted))

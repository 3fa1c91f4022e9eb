"""Blogs that leave a place, and those that come to one where something of theirs may lie already.

What was published at a place stays there when its account goes, and nobody at this laptop knows it any more. So whoever
sends to such a place again looks for each entry first: nothing is ever public there twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from editor.content.entry import prints
from editor.domain.blog import Account, Target
from editor.domain.entry import Entry, Stage
from editor.domain.ids import AccountId, AssetId, BlogId
from editor.ports import Room, Transaction
from editor.problems import Problem, refuse
from editor.sync.delivery import Delivery, Held, Phase, Visibility, Wanted
from editor.sync.intent import OFF, want
from editor.sync.plan import LONGEST, landing_for
from editor.sync.reconcile import SEND_AGAIN
from editor.sync.records import Watch

LEFT = "leave"
"""What the record of decisions says of a blog that goes to a place no more; the detail names both."""
PLACE = ("folder", "address")
"""The settings that say where an account's system is, whatever its kind; the first that is there."""
_ADDRESS = re.compile(r"(?:https?://)?([^/\\:\[]+|\[[^/\\]+\])(:\d+)?(/.*)?", re.IGNORECASE)
"""A host, a port and a path, with or without a scheme."""

Waits = tuple[Delivery, Entry]


def waiting_at(tx: Transaction, account: AccountId) -> tuple[Waits, ...]:
    """What is not settled yet at an account, with its entries; what is in doubt is among it."""
    targets = {each.id for each in targets_of(tx, account)}
    return tuple(row for row in tx.open_deliveries() if row[0].target in targets)


def targets_of(tx: Transaction, account: AccountId) -> tuple[Target, ...]:
    """The targets of an account, in every blog."""
    every = (target for blog in tx.blogs() for target in tx.targets(blog.id))
    return tuple(target for target in every if target.account == account)


def leave(room: Room, tx: Transaction, account: Account) -> None:
    """Keeps in mind which blogs went to an account that is about to go."""
    for target in targets_of(tx, account.id):
        tx.audit(room.clock.now(), LEFT, None, _stay(target, account))


def want_what_is_public(tx: Transaction, target: Target) -> None:
    """Lets what is released in a blog go to a target of it that is new.

    Where the blog was before, what was withdrawn since is taken back there too.
    """
    known = _was_there(tx, target)
    for entry in tx.entries(target.blog):
        if entry.stage in (Stage.PUBLISHED, Stage.SCHEDULED) and entry.approved:
            public = Wanted(
                revision=entry.approved,
                visibility=Visibility.PUBLIC,
                not_before=entry.not_before,
            )
            tx.put_delivery(_want_there(tx, entry, target, public, known=known))
        elif known and entry.stage is Stage.WITHDRAWN and entry.published and entry.approved:
            gone = Wanted(revision=entry.approved, visibility=Visibility.GONE)
            row = Delivery(entry=entry.id, target=target.id, wanted=gone)
            tx.put_delivery(_looks_first(row))


def move(room: Room, tx: Transaction, rows: tuple[Waits, ...], to: Mapping[BlogId, Target]) -> int:
    """Lets what waits go to the targets ``to``, by blog. Returns how many entries go.

    A submission goes only where submissions are sent; elsewhere it waits on this laptop, as it would have from the start.
    """
    moved = set()
    known = {target.id: _was_there(tx, target) for target in to.values()}
    for row, entry in rows:
        target = to[entry.blog]
        if row.wanted.visibility is Visibility.DESK and not target.reviews:
            continue
        op = tx.last_op(row.entry, row.target) if row.phase is Phase.IN_DOUBT else None
        lands = landing_for(op, room.clock.steady()) if op is not None else 0.0
        until = room.clock.now() + min(timedelta(seconds=lands), LONGEST) if lands else None
        there = _want_there(tx, entry, target, row.wanted, known=known[target.id], until=until)
        tx.put_delivery(there)
        moved.add(row.entry)
    return len(moved)


def is_elsewhere(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether an account with the new settings is at another place than with the old ones."""
    return _spelt(_place(old)) != _spelt(_place(new))


def must_be_chosen(tx: Transaction, account: AccountId) -> None:
    """Raises ``Refused`` (``choose-first``) while two texts of an entry clash at an account."""
    for target in targets_of(tx, account):
        for entry in tx.entries(target.blog):
            if tx.conflict(entry.id, target.id) is not None:
                raise refuse("choose-first", entry=entry.id)


def come_elsewhere(tx: Transaction, account: AccountId) -> None:
    """An account's system is at another place from now on: what it holds is not what we knew by its numbers.

    Everything is looked for by its own key, and sent where it is not. Raises ``Refused`` (``choose-first``).
    """
    must_be_chosen(tx, account)
    for target in targets_of(tx, account):
        for entry in tx.entries(target.blog):
            row = tx.delivery(entry.id, target.id)
            if row is None:
                continue
            if row.phase is Phase.CONFLICT:
                tx.put_delivery(replace(row, held=replace(row.held, ref="", version="", url="")))
            elif not (row.settled and row.wanted.visibility in OFF):
                _doubt_photos(tx, row)
                tx.put_delivery(_looks_first(replace(row, held=Held())))
        tx.put_target(replace(target, cover=""))
        tx.put_watch(Watch(target=target.id))


def _was_there(tx: Transaction, target: Target) -> bool:
    """Whether a target's blog went to the same place under an account that is gone."""
    return tx.audited(LEFT, _stay(target, tx.account(target.account)))


def _want_there(
    tx: Transaction,
    entry: Entry,
    target: Target,
    wanted: Wanted,
    *,
    known: bool,
    until: datetime | None = None,
) -> Delivery:
    """The row that wants this of a target. Where the blog is ``known``, it looks first.

    ``until`` is how long a request made under another account may still have its effect there.
    """
    row = want(
        tx.delivery(entry.id, target.id),
        entry=entry.id,
        target=target.id,
        revision=wanted.revision,
        visibility=wanted.visibility,
        not_before=wanted.not_before,
    )
    is_new = not row.held.ref and row.phase in (Phase.PENDING, Phase.IN_DOUBT)
    return _looks_first(row, until) if known and is_new else row


def _looks_first(row: Delivery, until: datetime | None = None) -> Delivery:
    look = Problem(code=SEND_AGAIN)
    return replace(row, phase=Phase.IN_DOUBT, attempts=0, next_try=until, problem=look)


def _doubt_photos(tx: Transaction, row: Delivery) -> None:
    if row.wanted.revision is None:
        return
    for asset in prints(tx.revision(row.wanted.revision).content):
        for rendition in tx.renditions(AssetId(asset)):
            tx.doubt_media_at(row.target, rendition.id)


def _stay(target: Target, account: Account) -> str:
    """A blog at a place, as the record names it: by the host, so that an address that is spelt otherwise is known."""
    place = _place(account.settings) or f"account:{account.id}"
    address = _ADDRESS.fullmatch(place)
    return f"{target.blog} {address[1].lower() if address else place}"


def _place(settings: Mapping[str, str]) -> str:
    places = (settings.get(name, "").strip() for name in PLACE)
    return next((place for place in places if place), "")


def _spelt(place: str) -> str:
    """An address without what may change while it stays the same place: its scheme, capitals of its host, a last slash."""
    place = place.rstrip("/")
    address = _ADDRESS.fullmatch(place)
    if address is None:  # a folder
        return place
    return f"{address[1].lower()}{address[2] or ''}{address[3] or ''}"

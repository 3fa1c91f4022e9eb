"""Accounts and targets: where a blog's entries go, and what this laptop's user may do there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec.structs import replace

from editor.changes import Changes
from editor.desk.blogs import LOCAL
from editor.desk.moving import (
    Waits,
    come_elsewhere,
    is_elsewhere,
    leave,
    move,
    targets_of,
    waiting_at,
    want_what_is_public,
)
from editor.domain.blog import Account, AccountState, Role, Target
from editor.domain.ids import AccountId, BlogId, TargetId
from editor.ports import Room, Transaction
from editor.problems import Problem, Refused, refuse
from editor.sync.intent import OFF


def add_account(
    room: Room,
    *,
    kind: str,
    name: str,
    settings: Mapping[str, str],
    role: Role = Role.DESK,
    problems: tuple[Problem, ...] = (),
) -> Changes:
    """Adds an account; its id is its name. ``problems`` are what its kind says of the settings.

    The secret is not given here: it goes to the keyring.
    """
    name = name.strip()
    if not name:
        raise refuse("account-name-missing", field="name")
    if problems:
        raise Refused(*problems)
    with room.store.write() as tx:
        if any(account.name == name for account in tx.accounts()):
            raise refuse("account-exists", field="name", name=name)
        tx.put_account(
            Account(id=AccountId(name), name=name, kind=kind, role=role, settings=dict(settings))
        )
    return tx.changes


def change_account(
    room: Room,
    account: AccountId,
    *,
    settings: Mapping[str, str],
    state: AccountState | None = None,
) -> Changes:
    """Gives an account other settings, and this state where one is given.

    Where its system is at another place from now on, everything is looked for there before anything is sent. Raises
    ``Refused`` (``choose-first``) for that while two texts clash.
    """
    with room.store.write() as tx:
        old = tx.account(account)
        tx.put_account(replace(old, settings=dict(settings), state=state or old.state))
        if is_elsewhere(old.settings, settings):
            come_elsewhere(tx, account)
            tx.audit(room.clock.now(), "account elsewhere", None, account)
    return tx.changes


class Waiting(StrEnum):
    """What becomes of entries that wait for an account that goes.

    ``KEEP``: they stay on this laptop as they are, and go nowhere. ``MOVE``: they go to another account instead.
    """

    KEEP = "keep"
    MOVE = "move"


def remove_account(
    room: Room,
    account: AccountId,
    *,
    waiting: Waiting | None = None,
    to: AccountId | None = None,
    reviews: bool = False,
    media: str = "image/jpeg",
) -> Changes:
    """Forgets an account and its targets. Entries stay, and what was published there too; the local account cannot go.

    To move what waits, each blog gets a target at the account ``to`` where it has none yet, as ``add_target`` makes it
    with ``reviews`` and ``media``. Raises ``Refused``: ``account-has-waiting`` where something waits and nobody said what
    becomes of it, ``account-has-withdrawals`` for what can only be taken back by this account and so cannot move,
    ``account-to-missing`` where there is no other account to move it to.
    """
    if account == LOCAL:
        raise refuse("account-local")
    with room.store.write() as tx:
        gone = tx.account(account)
        rows = waiting_at(tx, account)
        number, back = _entries(rows), _entries(_taken_back(rows))
        moved = 0
        if rows and waiting is None:
            detail: dict[str, str | int] = {"name": gone.name, "count": number}
            if back:
                detail["withdrawals"] = back
            raise Refused(Problem(code="account-has-waiting", detail=detail))
        leave(room, tx, gone)
        if waiting is Waiting.MOVE:
            if back:
                raise refuse("account-has-withdrawals", name=gone.name, count=back)
            if to is None or to == account:
                raise refuse("account-to-missing")
            owner = tx.account(to)
            places = {
                target.blog: _place_at(room, tx, owner, target, gone, reviews=reviews, media=media)
                for target in targets_of(tx, account)
            }
            moved = move(room, tx, rows, places)
        tx.remove_account(account)
        said = f"{account}: {number} waited, {moved} moved" + (f" to {to}" if moved else "")
        tx.audit(room.clock.now(), "remove account", None, said)
    return tx.changes


def signed_in(room: Room, account: AccountId) -> Changes:
    """Lets an account go on whose credentials were refused, now that its secret was put into the keyring anew.

    Nothing that waited was lost meanwhile. An account that is paused stays so.
    """
    with room.store.write() as tx:
        if tx.account(account).state is AccountState.SIGN_IN:
            tx.set_account_state(account, AccountState.READY)
            tx.audit(room.clock.now(), "sign in", None, account)
    return tx.changes


def set_role(room: Room, account: AccountId, role: Role) -> Changes:
    """Chooses what this laptop's user is on an account: correspondent or desk. The local one is always the desk."""
    if account == LOCAL:
        raise refuse("account-local")
    with room.store.write() as tx:
        tx.put_account(replace(tx.account(account), role=role))
    return tx.changes


def add_target(
    room: Room,
    blog: BlogId,
    account: AccountId,
    *,
    settings: Mapping[str, str],
    name: str = "",
    reviews: bool = False,
    media: str = "image/jpeg",
) -> Changes:
    """Lets a blog's entries go to an account too, those that are public already included.

    ``media`` is the kind of picture that its system is sent.
    """
    with room.store.write() as tx:
        tx.blog(blog)
        owner = tx.account(account)
        name = name or owner.name
        if any(target.name == name for target in tx.targets(blog)):
            raise refuse("target-exists", field="name", name=name)
        _new_target(room, tx, blog, owner, name, settings=settings, reviews=reviews, media=media)
    return tx.changes


def _new_target(
    room: Room,
    tx: Transaction,
    blog: BlogId,
    account: Account,
    name: str,
    *,
    settings: Mapping[str, str],
    reviews: bool,
    media: str,
) -> Target:
    target = Target(
        id=TargetId(room.ids.fresh()),
        blog=blog,
        account=account.id,
        name=name,
        settings=dict(settings),
        reviews=reviews,
        media=media,
    )
    tx.put_target(target)
    want_what_is_public(tx, target)
    return target


def _place_at(
    room: Room,
    tx: Transaction,
    owner: Account,
    old: Target,
    gone: Account,
    *,
    reviews: bool,
    media: str,
) -> Target:
    """Where a blog goes at an account in the place of an old target. At the same system it goes to the same part of it."""
    names = {target.name for target in tx.targets(old.blog)}
    for target in tx.targets(old.blog):
        if target.account == owner.id:
            return target
    same = owner.kind == gone.kind and not is_elsewhere(gone.settings, owner.settings)
    return _new_target(
        room,
        tx,
        old.blog,
        owner,
        owner.name if owner.name not in names else f"{owner.name} ({old.name})",
        settings=old.settings if same else {},
        reviews=reviews,
        media=media,
    )


def _taken_back(rows: tuple[Waits, ...]) -> tuple[Waits, ...]:
    return tuple(row for row in rows if row[0].wanted.visibility in OFF)


def _entries(rows: tuple[Waits, ...]) -> int:
    return len({entry.id for _, entry in rows})

"""Accounts and targets: where a blog's entries go, and what this laptop's user may do there."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from editor.changes import Changes
from editor.desk.blogs import LOCAL
from editor.domain.blog import Account, AccountState, Role, Target
from editor.domain.entry import Stage
from editor.domain.ids import AccountId, BlogId, TargetId
from editor.ports import Room, Transaction
from editor.problems import Problem, Refused, refuse
from editor.sync.delivery import Visibility
from editor.sync.intent import want


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


def remove_account(room: Room, account: AccountId) -> Changes:
    """Forgets an account and what waits for it. What was published there stays; the local one cannot go."""
    if account == LOCAL:
        raise refuse("account-local")
    with room.store.write() as tx:
        tx.account(account)
        tx.remove_account(account)
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
        target = Target(
            id=TargetId(room.ids.fresh()),
            blog=blog,
            account=account,
            name=name,
            settings=dict(settings),
            reviews=reviews,
            media=media,
        )
        tx.put_target(target)
        _want_what_is_public(tx, target)
    return tx.changes


def _want_what_is_public(tx: Transaction, target: Target) -> None:
    for entry in tx.entries(target.blog):
        if entry.stage in (Stage.PUBLISHED, Stage.SCHEDULED) and entry.approved:
            tx.put_delivery(
                want(
                    None,
                    entry=entry.id,
                    target=target.id,
                    revision=entry.approved,
                    visibility=Visibility.PUBLIC,
                    not_before=entry.not_before,
                )
            )

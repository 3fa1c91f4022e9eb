"""Accounts and targets: where entries go."""

from __future__ import annotations

from db import schema
from db.outgoing_rows import from_account, from_target, to_account, to_target
from db.statements import change, find, remove
from db.transaction.base import Base
from editor.domain.blog import Account, AccountState, Target
from editor.domain.ids import AccountId, BlogId, TargetId
from editor.problems import refuse

_ACCOUNT = find(schema.account, "id")
_ACCOUNTS = find(schema.account, order=("name",))
_STATE = change(schema.account, "state", key="id")
_TARGET = find(schema.target, "id")
_TARGETS = find(schema.target, "blog", order=("name", "id"))
_TARGETS_OF = find(schema.target, "account")
_WAIT_FOR = "SELECT entry FROM delivery WHERE target = :target"
_FORGET = tuple(
    remove(table, "target")
    for table in (
        schema.op,
        schema.conflict,
        schema.notice,
        schema.watch,
        schema.asset_remote,
        schema.delivery,
    )
)
_REMOVE_TARGETS = remove(schema.target, "account")
_REMOVE_ACCOUNT = remove(schema.account, "id")


class Accounts(Base):
    """The tables ``account`` and ``target``."""

    def account(self, account: AccountId) -> Account:
        row = self._row(_ACCOUNT, id=account)
        if row is None:
            raise refuse("no-such-account", account=account)
        return to_account(row)

    def accounts(self) -> tuple[Account, ...]:
        return tuple(to_account(row) for row in self._rows(_ACCOUNTS))

    def put_account(self, account: Account) -> None:
        self._put(schema.account, from_account(account))
        self._accounts = True

    def remove_account(self, account: AccountId) -> None:
        """Forgets the account, its targets, and what they hold or wait for; the audit and the log keep their lines."""
        for target in self._rows(_TARGETS_OF, account=account):
            waits = self._rows(_WAIT_FOR, target=target["id"])
            self._deliveries.update(row["entry"] for row in waits)
            self._blogs.add(target["blog"])
            for forget in _FORGET:
                self._do(forget, target=target["id"])
        self._do(_REMOVE_TARGETS, account=account)
        self._do(_REMOVE_ACCOUNT, id=account)
        self._accounts = True

    def set_account_state(self, account: AccountId, state: AccountState) -> None:
        self._do(_STATE, id=account, state=state.value)
        self._accounts = True

    def target(self, target: TargetId) -> Target:
        row = self._row(_TARGET, id=target)
        if row is None:
            raise refuse("no-such-target", target=target)
        return to_target(row)

    def targets(self, blog: BlogId) -> tuple[Target, ...]:
        return tuple(to_target(row) for row in self._rows(_TARGETS, blog=blog))

    def put_target(self, target: Target) -> None:
        self._put(schema.target, from_target(target))
        self._blogs.add(target.blog)

"""Accounts and targets: where entries go."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, select, update

from db import schema
from db.outgoing_rows import from_account, from_target, to_account, to_target
from db.transaction.base import Base
from editor.domain.blog import Account, AccountState, Target
from editor.domain.ids import AccountId, BlogId, TargetId
from editor.problems import refuse


class Accounts(Base):
    """The tables ``account`` and ``target``."""

    def account(self, account: AccountId) -> Account:
        row = self._row(select(schema.account).where(schema.account.c.id == account))
        if row is None:
            raise refuse("no-such-account", account=account)
        return to_account(row)

    def accounts(self) -> tuple[Account, ...]:
        rows = self._rows(select(schema.account).order_by(schema.account.c.name))
        return tuple(to_account(row) for row in rows)

    def put_account(self, account: Account) -> None:
        self._put(schema.account, from_account(account))
        self._accounts = True

    def remove_account(self, account: AccountId) -> None:
        """Forgets the account, its targets, and what they hold or wait for; the audit keeps its lines."""
        targets = [row["id"] for row in self._rows(_targets_of(account))]
        waits = select(schema.delivery.c.entry).where(schema.delivery.c.target.in_(targets))
        self._deliveries.update(row["entry"] for row in self._rows(waits))
        self._blogs.update(row["blog"] for row in self._rows(_targets_of(account)))
        for table in (
            schema.op,
            schema.conflict,
            schema.notice,
            schema.watch,
            schema.asset_remote,
            schema.delivery,
        ):
            self._do(delete(table).where(table.c.target.in_(targets)))
        self._do(delete(schema.target).where(schema.target.c.account == account))
        self._do(delete(schema.account).where(schema.account.c.id == account))
        self._accounts = True

    def set_account_state(self, account: AccountId, state: AccountState) -> None:
        accounts = schema.account
        self._do(update(accounts).where(accounts.c.id == account).values(state=state.value))
        self._accounts = True

    def target(self, target: TargetId) -> Target:
        row = self._row(select(schema.target).where(schema.target.c.id == target))
        if row is None:
            raise refuse("no-such-target", target=target)
        return to_target(row)

    def targets(self, blog: BlogId) -> tuple[Target, ...]:
        query = (
            select(schema.target)
            .where(schema.target.c.blog == blog)
            .order_by(schema.target.c.name, schema.target.c.id)
        )
        return tuple(to_target(row) for row in self._rows(query))

    def put_target(self, target: Target) -> None:
        self._put(schema.target, from_target(target))
        self._blogs.add(target.blog)


def _targets_of(account: AccountId) -> Select[Any]:
    return select(schema.target).where(schema.target.c.account == account)

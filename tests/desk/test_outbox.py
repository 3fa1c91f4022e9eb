"""Pause and resume: everything rests, and goes on, by one press each."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from editor.desk import accounts, outbox
from editor.domain.blog import AccountState
from editor.domain.ids import AccountId, BlogId
from tests.rooms import TestRoom


def states(house: TestRoom) -> dict[str, AccountState]:
    return {account.name: account.state for account in house.views.accounts()}


def test_a_pause_rests_every_account_until_it_is_resumed(house: TestRoom, blog: BlogId) -> None:
    accounts.add_account(house.room, kind="memory", name="newsroom", settings={})
    changes = outbox.pause(house.room)
    assert changes.accounts
    assert set(states(house).values()) == {AccountState.PAUSED}
    assert outbox.resume(house.room).accounts
    assert set(states(house).values()) == {AccountState.READY}


def test_a_pause_twice_changes_nothing_more(house: TestRoom, blog: BlogId) -> None:
    outbox.pause(house.room)
    assert not outbox.pause(house.room)
    outbox.resume(house.room)
    assert not outbox.resume(house.room)


def test_an_account_that_has_to_sign_in_is_not_let_in_by_a_pause(
    house: TestRoom, blog: BlogId
) -> None:
    accounts.add_account(house.room, kind="memory", name="newsroom", settings={})
    with house.store.write() as tx:
        tx.set_account_state(AccountId("newsroom"), AccountState.SIGN_IN)
    outbox.pause(house.room)
    outbox.resume(house.room)
    assert states(house)["newsroom"] is AccountState.SIGN_IN


def test_a_pause_is_kept_in_the_record_of_decisions(house: TestRoom, blog: BlogId) -> None:
    outbox.pause(house.room)
    outbox.resume(house.room)
    with closing(sqlite3.connect(house.profile.database)) as store:
        said = [row[0] for row in store.execute("SELECT what FROM audit ORDER BY rowid")]
    assert said[-2:] == ["pause", "resume"]

"""Changing an account, signing in anew, and taking one away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest

from editor.desk import release
from editor.domain.blog import AccountState, Role
from editor.problems import Problem, Unavailable
from editor.ui.accounts.form_sheet import ChangeSheet, show_change
from editor.ui.accounts.page import AccountPage
from editor.ui.accounts.removing import RemoveSheet, show_remove
from editor.ui.dialogs.sign_in import SignInSheet, show_sign_in
from editor.ui.main_window import MainWindow
from tests.accounts_office import SECRET, HandKeyring, Site, TableKind
from tests.rooms import TestRoom
from tests.ui.conftest import DeskOffice, settle
from tests.ui_accounts.conftest import NEWSROOM, PARTNER, add, calm, closed, until, words


def changing(window: MainWindow) -> tuple[ChangeSheet, AccountPage]:
    sheet = show_change(window, NEWSROOM)
    until(lambda: sheet.page is not None, "the form")
    assert sheet.page is not None
    return sheet, sheet.page


def test_what_is_not_changed_stays_the_secret_included(
    window: MainWindow, at: TestRoom, keyring: HandKeyring
) -> None:
    add(at)
    keyring.there[NEWSROOM] = SECRET
    sheet, page = changing(window)
    assert page.form.lines["address"].text() == "https://newsroom.example"
    assert page.form.lines["password"].text() == ""
    assert not page.person.name_field.isVisible()
    page.form.more.click()
    QTest.keyClicks(page.form.lines["key_tag"], "Wichtig")
    sheet.done_button.click()
    closed(sheet)
    kept = at.views.account(NEWSROOM)
    assert kept.settings["key_tag"] == "Wichtig"
    assert kept.settings["rest"] == "https://newsroom.example/wp-json/"
    assert keyring.there == {NEWSROOM: SECRET}
    assert "put" not in keyring.asked


def test_it_is_tested_with_the_secret_that_is_kept(
    window: MainWindow, at: TestRoom, keyring: HandKeyring
) -> None:
    add(at)
    keyring.there[NEWSROOM] = SECRET
    sheet, page = changing(window)
    sheet.test_button.click()
    calm(page)
    assert "Signed in as" in words(page.answers.welcome)
    sheet.reject()


def test_the_kept_secret_is_never_told_to_another_place(
    window: MainWindow, at: TestRoom, keyring: HandKeyring, kind: TableKind
) -> None:
    add(at)
    keyring.there[NEWSROOM] = SECRET
    kind.sites["elsewhere.example"] = Site(name="Elsewhere")
    sheet, page = changing(window)
    line = page.form.lines["address"]
    line.selectAll()
    QTest.keyClicks(line, "elsewhere.example")
    sheet.test_button.click()
    calm(page)
    assert "another place" in page.form.fields["password"].wrong()
    assert [what for what, _ in kind.asked] == ["discover"]
    assert "get" not in keyring.asked
    sheet.reject()


def test_a_new_secret_lets_an_account_go_on_that_waited_for_it(
    window: MainWindow, at: TestRoom, keyring: HandKeyring
) -> None:
    add(at, state=AccountState.SIGN_IN)
    keyring.there[NEWSROOM] = "old"
    sheet, page = changing(window)
    QTest.keyClicks(page.form.lines["password"], SECRET)
    sheet.done_button.click()
    closed(sheet)
    assert keyring.there == {NEWSROOM: SECRET}
    assert at.views.account(NEWSROOM).state is AccountState.READY


def test_the_role_can_be_lowered_alone_and_nobody_is_asked(
    window: MainWindow, at: TestRoom, kind: TableKind
) -> None:
    add(at)
    sheet, page = changing(window)
    page.person._roles.setCurrentIndex(1)
    page.person._roles.activated.emit(1)
    sheet.done_button.click()
    closed(sheet)
    assert at.views.account(NEWSROOM).role is Role.CORRESPONDENT
    assert kind.asked == []


def test_a_locked_keyring_is_told_at_the_secret_when_the_kept_one_is_needed(
    window: MainWindow, at: TestRoom, keyring: HandKeyring
) -> None:
    add(at)
    keyring.trouble = "keyring-locked"
    sheet, page = changing(window)
    sheet.test_button.click()
    calm(page)
    assert "locked" in page.form.fields["password"].wrong()
    assert page.answers.untested.text()
    sheet.reject()


def test_a_new_secret_may_be_for_this_session_only(
    window: MainWindow, at: TestRoom, keyring: HandKeyring
) -> None:
    add(at)
    keyring.trouble = "keyring-denied"
    sheet, page = changing(window)
    QTest.keyClicks(page.form.lines["password"], SECRET)
    sheet.done_button.click()
    until(page.answers.keeping.panel.text, "the offer")
    page.answers.keeping.session.click()
    closed(sheet)
    assert (keyring.there, keyring.session) == ({}, {NEWSROOM: SECRET})


def signing_in(window: MainWindow, secret: str) -> SignInSheet:
    sheet = show_sign_in(window, NEWSROOM)
    QTest.keyClicks(sheet.secret, secret)
    sheet.done_button.click()
    return sheet


def test_signing_in_offers_this_session_where_the_keyring_takes_nothing(
    window: MainWindow, at: TestRoom, office: DeskOffice
) -> None:
    add(at, state=AccountState.SIGN_IN)
    office.secrets.trouble = "keyring-none"
    sheet = signing_in(window, office.secret)
    until(sheet.keeping.panel.text, "the offer")
    assert "no keyring" in sheet.keeping.panel.text()
    assert at.views.account(NEWSROOM).state is AccountState.SIGN_IN
    sheet.keeping.session.click()
    closed(sheet)
    assert office.secrets.session == {NEWSROOM: office.secret}
    assert at.views.account(NEWSROOM).state is AccountState.READY


def test_typing_anew_takes_the_offer_back(
    window: MainWindow, at: TestRoom, office: DeskOffice
) -> None:
    add(at)
    office.secrets.trouble = "keyring-locked"
    sheet = signing_in(window, office.secret)
    until(sheet.keeping.panel.text, "the offer")
    QTest.keyClicks(sheet.secret, "x")
    assert not sheet.keeping.isVisible()
    sheet.reject()


@pytest.fixture
def waiting(window: MainWindow, at: TestRoom) -> int:
    """Three entries that wait for the account, in a blog that goes there."""
    flood = next(row.id for row in window.blogs if row.headline == "Flood in the delta")
    for entry in window.timeline.model.ids()[:3]:
        release.publish(at.room, entry)
    add(at, blogs=(flood,))
    return 3


def removing(window: MainWindow) -> RemoveSheet:
    sheet = show_remove(window, NEWSROOM)
    settle()
    return sheet


def at_account(window: MainWindow, account: str) -> int:
    return sum(row.account == account for row in window.views.outbox())


def test_an_account_for_which_nothing_waits_is_removed_with_its_secret(
    window: MainWindow, at: TestRoom, keyring: HandKeyring
) -> None:
    add(at)
    keyring.there[NEWSROOM] = SECRET
    sheet = removing(window)
    assert not sheet.keep.isVisible()
    assert sheet.cancel_button is not None and sheet.cancel_button.hasFocus()
    sheet.done_button.click()
    closed(sheet)
    assert [row.id for row in window.views.accounts()] == ["local"]
    assert keyring.there == {}


def test_waiting_entries_are_kept_on_this_laptop(
    window: MainWindow, at: TestRoom, waiting: int
) -> None:
    before = window.timeline.model.ids()
    sheet = removing(window)
    assert "3 entries wait for newsroom.example." in words(sheet)
    assert not sheet.move_.isVisible()
    sheet.done_button.click()
    closed(sheet)
    assert at_account(window, NEWSROOM) == 0
    assert window.timeline.model.ids() == before


def test_waiting_entries_are_moved_to_another_account(
    window: MainWindow, at: TestRoom, waiting: int
) -> None:
    add(at, PARTNER)
    sheet = removing(window)
    assert not sheet.to_field.isVisible()
    sheet.move_.click()
    assert sheet.to_field.isVisible()
    assert sheet.to.currentText() == "partner.example · WordPress"
    sheet.done_button.click()
    closed(sheet)
    assert at_account(window, PARTNER) == waiting


def test_cancelling_changes_nothing(window: MainWindow, at: TestRoom, waiting: int) -> None:
    sheet = removing(window)
    assert sheet.cancel_button is not None
    sheet.cancel_button.click()
    assert at_account(window, NEWSROOM) == waiting
    assert at.views.account(NEWSROOM).name == NEWSROOM


def test_what_is_refused_is_said_and_the_account_stays(
    window: MainWindow, at: TestRoom, waiting: int
) -> None:
    add(at, PARTNER)
    sheet = removing(window)
    sheet.move_.click()
    with at.store.write() as tx:
        tx.remove_account(PARTNER)
    sheet.done_button.click()
    until(sheet.trouble.text, "the sentence")
    assert "not there any more" in sheet.trouble.text()
    assert sheet.done_button.isEnabled()
    assert at_account(window, NEWSROOM) == waiting
    sheet.reject()


def test_a_secret_that_stays_in_the_keyring_is_told_and_the_account_is_gone(
    window: MainWindow, at: TestRoom, keyring: HandKeyring
) -> None:
    add(at)
    keyring.trouble = "keyring-locked"
    sheet = removing(window)
    sheet.done_button.click()
    closed(sheet)
    assert "still has its secret" in window.notice.accessibleName()
    assert [row.id for row in window.views.accounts()] == ["local"]


def test_the_account_on_this_laptop_cannot_be_removed(window: MainWindow) -> None:
    from editor.ui.accounts.sheet import show_accounts

    sheet = show_accounts(window)
    assert all("remove" not in card.buttons for card in sheet.cards.values())
    sheet.reject()


def test_a_bug_while_saving_is_a_bug_and_the_sheet_can_be_used_on(
    window: MainWindow,
    at: TestRoom,
    office: DeskOffice,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: Callable[[str], None],
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("a bug")

    expected_log("a bug")
    add(at)
    monkeypatch.setattr(office, "change_account", broken)
    sheet, page = changing(window)
    sheet.done_button.click()
    until(lambda: not page.busy, "the end")
    assert sheet.isVisible()
    assert sheet.done_button.isEnabled()
    sheet.reject()


def test_problems_without_a_field_are_said_under_the_form(
    window: MainWindow, at: TestRoom, office: DeskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unavailable(Problem(code="disk-full"))

    add(at)
    monkeypatch.setattr(office, "change_account", full)
    sheet, page = changing(window)
    sheet.done_button.click()
    until(page.answers.trouble.text, "the sentence")
    assert "disk is full" in page.answers.trouble.text()
    assert sheet.done_button.hasFocus()
    sheet.reject()

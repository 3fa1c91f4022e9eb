"""The list of accounts: how each stands, what can be done with it, and the ways to it."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from editor.desk import outbox
from editor.domain.blog import AccountState, Role
from editor.sync.backend import May
from editor.ui.accounts.adding import AddSheet
from editor.ui.accounts.sheet import AccountsSheet, show_accounts
from editor.ui.bridge import Connection
from editor.ui.dialogs.settings import SettingsSheet
from editor.ui.kit.buttons import FlatButton
from editor.ui.main_window import MainWindow
from tests.accounts_office import SECRET, HandKeyring, Site, TableKind, unreached
from tests.rooms import NOON, TestRoom
from tests.ui.conftest import DeskOffice, settle
from tests.ui_accounts.conftest import NEWSROOM, PARTNER, add, until, words


def opened(window: MainWindow) -> AccountsSheet:
    sheet = show_accounts(window)
    settle()
    return sheet


def test_opening_it_asks_neither_the_network_nor_the_keyring(
    window: MainWindow, at: TestRoom, office: DeskOffice
) -> None:
    add(at, blogs=(window.blogs[0].id,))
    sheet = opened(window)
    QTest.qWait(50)
    assert office.kind.asked == [] and office.secrets.asked == []
    sheet.reject()


def test_each_account_says_what_it_is_how_it_stands_and_what_goes_there(
    window: MainWindow, at: TestRoom
) -> None:
    add(at, blogs=(window.blogs[0].id,))
    add(at, PARTNER, kind="wire", role=Role.CORRESPONDENT, state=AccountState.SIGN_IN)
    sheet = opened(window)
    shown = words(sheet.cards[NEWSROOM])
    assert "WordPress · noor · Desk editor" in shown
    assert f"Live blogs: {window.blogs[0].headline}" in shown
    assert sheet.cards[NEWSROOM].state.accessibleName() == "Ready"
    assert "Newsroom server · noor · Correspondent" in words(sheet.cards[PARTNER])
    assert sheet.cards[PARTNER].state.accessibleName() == "Sign in again"
    assert next(iter(sheet.cards[PARTNER].buttons)) == "sign_in"
    sheet.reject()


def test_this_laptop_is_last_and_stays(window: MainWindow, at: TestRoom) -> None:
    add(at)
    sheet = opened(window)
    assert list(sheet.cards) == [NEWSROOM, "local"]
    local = sheet.cards[window.views.accounts()[0].id]
    assert "This laptop" in words(local) and local.buttons == {}
    sheet.reject()


def test_it_follows_what_changes(window: MainWindow, at: TestRoom) -> None:
    sheet = opened(window)
    assert sheet._alone.isVisible()
    add(at)
    settle()
    assert NEWSROOM in sheet.cards
    assert not sheet._alone.isVisible()
    window.bridge.tell_state(Connection(online=False, since=NOON))
    assert sheet.cards[NEWSROOM].state.accessibleName() == "Offline"
    outbox.pause(at.room)
    assert sheet.cards[NEWSROOM].state.accessibleName() == "Paused"
    assert "Everything is paused" in sheet.paused.text()
    assert not sheet.pause_button.isVisible()
    outbox.resume(at.room)
    assert sheet.paused.text() == ""
    with at.store.write() as tx:
        tx.remove_account(NEWSROOM)
    settle()
    assert NEWSROOM not in sheet.cards
    sheet.reject()


def test_a_profile_without_accounts_says_what_to_do(empty_window: MainWindow) -> None:
    sheet = opened(empty_window)
    assert sheet.nothing.isVisible()
    assert "No account yet" in words(sheet.nothing)
    sheet.add_button.click()
    assert sheet.findChildren(AddSheet)
    sheet.findChildren(AddSheet)[0].reject()
    sheet.reject()


def test_testing_shows_the_welcome_in_its_card(
    window: MainWindow, at: TestRoom, keyring: HandKeyring
) -> None:
    add(at)
    keyring.there[NEWSROOM] = SECRET
    sheet = opened(window)
    card = sheet.cards[NEWSROOM]
    card.buttons["test"].click()
    assert not card.buttons["test"].isEnabled()
    until(card.welcome.isVisible, "the welcome")
    assert "Signed in as Noor Haddad" in words(card.welcome)
    assert card.buttons["test"].isEnabled()
    sheet.reject()


def test_what_a_test_meets_is_said_in_the_card(
    window: MainWindow, at: TestRoom, kind: TableKind
) -> None:
    add(at)
    kind.sites["newsroom.example"].trouble = unreached("newsroom.example")
    office = window.office
    assert isinstance(office, DeskOffice)
    office.secrets.there[NEWSROOM] = SECRET
    sheet = opened(window)
    card = sheet.cards[NEWSROOM]
    card.buttons["test"].click()
    until(lambda: "cannot be reached" in card.said.text(), "the sentence")
    sheet.reject()


def test_a_locked_keyring_is_told_where_the_test_was_asked(
    window: MainWindow, at: TestRoom, keyring: HandKeyring
) -> None:
    add(at)
    keyring.trouble = "keyring-locked"
    sheet = opened(window)
    card = sheet.cards[NEWSROOM]
    card.buttons["test"].click()
    until(lambda: "locked" in card.said.text(), "the sentence")
    sheet.reject()


def test_a_test_that_goes_well_lets_an_account_go_on(
    window: MainWindow, at: TestRoom, office: DeskOffice
) -> None:
    add(at, state=AccountState.SIGN_IN)
    office.secrets.there[NEWSROOM] = SECRET
    sheet = opened(window)
    sheet.cards[NEWSROOM].buttons["test"].click()
    until(lambda: office.woken, "the worker")
    assert at.views.account(NEWSROOM).state is AccountState.READY
    sheet.reject()


def test_a_desk_whose_right_was_taken_can_become_a_correspondent(
    window: MainWindow, at: TestRoom, kind: TableKind, keyring: HandKeyring
) -> None:
    add(at)
    keyring.there[NEWSROOM] = SECRET
    kind.sites["newsroom.example"] = Site(may=frozenset((May.SUBMIT,)))
    sheet = opened(window)
    card = sheet.cards[NEWSROOM]
    card.buttons["test"].click()
    until(card.lesser.text, "the offer")
    card.asked.emit("lower")
    assert at.views.account(NEWSROOM).role is Role.CORRESPONDENT
    assert card.lesser.text() == ""
    sheet.reject()


def test_a_kind_that_cannot_greet_is_tried_with_its_live_blogs(
    window: MainWindow, at: TestRoom
) -> None:
    add(at, PARTNER, kind="site", blogs=(window.blogs[0].id, window.blogs[1].id))
    sheet = opened(window)
    card = sheet.cards[PARTNER]
    assert "sign_in" not in card.buttons
    card.buttons["test"].click()
    until(card.said.text, "the answer")
    assert card.said.text() == "It answers for 2 live blogs."
    sheet.reject()


def test_closing_it_while_it_tests_is_safe(
    window: MainWindow, at: TestRoom, kind: TableKind, keyring: HandKeyring
) -> None:
    add(at)
    keyring.there[NEWSROOM] = SECRET
    kind.gate = Event()
    sheet = opened(window)
    sheet.cards[NEWSROOM].buttons["test"].click()
    sheet.reject()
    settle()
    kind.gate.set()
    QTest.qWait(100)
    settle()


def test_a_session_only_secret_is_told(
    window: MainWindow, at: TestRoom, keyring: HandKeyring
) -> None:
    add(at)
    keyring.keep(NEWSROOM, SECRET)
    sheet = opened(window)
    assert "signed in for this session only" in words(sheet.cards[NEWSROOM])
    sheet.reject()


def test_the_ways_to_it(window: MainWindow) -> None:
    window.side.account.click()
    (sheet,) = window.findChildren(AccountsSheet)
    sheet.reject()
    settle()
    window.registry.run("settings")
    (settings,) = window.findChildren(SettingsSheet)
    next(b for b in settings.findChildren(QAbstractButton) if b.text() == "Accounts…").click()
    settle()
    (sheet,) = window.findChildren(AccountsSheet)
    sheet.reject()
    for name in ("accounts", "account.add"):
        action = window.registry.find(name)
        assert action is not None and action.in_menu and action.group == "Accounts"


def test_the_first_run_leads_to_adding_one(empty_window: MainWindow) -> None:
    buttons = empty_window.findChildren(FlatButton)
    next(b for b in buttons if "newsroom’s account" in b.text()).click()
    (sheet,) = empty_window.findChildren(AddSheet)
    sheet.reject()


def test_many_accounts_with_long_names_fit_the_smallest_window(
    window: MainWindow, at: TestRoom
) -> None:
    from editor.domain.ids import AccountId

    window.resize(720, 560)
    for number in range(30):
        name = AccountId(f"{number} a-newsroom-with-a-very-long-name.{'x' * 60}.example")
        add(at, name, blogs=(window.blogs[0].id,))
    sheet = opened(window)
    sheet.resize(460, 420)
    settle()
    assert sheet.size().toTuple() == (460, 420)
    assert all(card.width() <= 460 for card in sheet.cards.values())
    sheet.reject()


@pytest.mark.parametrize("dark", [False, True])
def test_every_control_has_a_name(window: MainWindow, at: TestRoom, dark: bool) -> None:
    from editor.ui.theme.theme import Appearance

    window.theme.set_appearance(Appearance.DARK if dark else Appearance.LIGHT)
    add(at)
    sheet = opened(window)
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        for control in sheet.findChildren(kind):
            assert control.accessibleName() or not control.isVisibleTo(sheet), control
    sheet.reject()
    window.theme.set_appearance(Appearance.SYSTEM)

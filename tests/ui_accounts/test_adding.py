"""An account is added: found by itself, tested, kept, and sent to."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from editor.domain.blog import Role
from editor.problems import warn
from editor.sync.backend import May, Place
from editor.ui.accounts import asking
from editor.ui.accounts.adding import AddSheet, show_add
from editor.ui.accounts.secret_edit import SecretEdit
from editor.ui.main_window import MainWindow
from tests.accounts_office import SECRET, HandKeyring, Site, TableKind, unreached
from tests.rooms import TestRoom
from tests.ui.conftest import DeskOffice, settle
from tests.ui_accounts.conftest import (
    NEWSROOM,
    activate,
    calm,
    closed,
    fill,
    page_of,
    press_tab,
    until,
    words,
)


def test_only_kinds_that_publish_are_offered_and_each_has_a_line_of_help(
    window: MainWindow,
) -> None:
    sheet = show_add(window)
    assert list(sheet.picks)[:3] == ["wordpress", "wire", "site"]
    assert "memory" not in sheet.picks
    assert all(pick.accessibleDescription().endswith(".") for pick in sheet.picks.values())
    sheet.reject()


def test_leaving_the_address_finds_the_site_and_shows_its_name_and_address(
    form: AddSheet, kind: TableKind
) -> None:
    page = page_of(form)
    QTest.keyClicks(page.form.lines["address"], "newsroom.example")
    assert kind.asked == []
    page.form.lines["user"].setFocus()
    calm(page)
    assert [what for what, _ in kind.asked] == ["discover"]
    assert page.found.line.text() == "Found: Delta News · https://newsroom.example"
    assert page.form.address == "https://newsroom.example"
    assert page.person.name() == "newsroom.example"
    assert page.found.browser.isVisible()


def test_it_is_not_looked_for_twice(form: AddSheet, kind: TableKind) -> None:
    page = fill(form)
    calm(page)
    page.form.lines["address"].setFocus()
    page.form.lines["user"].setFocus()
    calm(page)
    assert [what for what, _ in kind.asked] == ["discover"]


def test_what_is_wrong_with_an_address_is_said_there_and_whoever_types_on_is_left_alone(
    form: AddSheet,
) -> None:
    page = page_of(form)
    QTest.keyClicks(page.form.lines["address"], "nowhere.example")
    page.form.lines["user"].setFocus()
    calm(page)
    assert page.form.fields["address"].wrong().startswith("There is no such place at nowhere")
    assert page.form.lines["user"].hasFocus()
    assert not page.found.isVisible()
    page.form.lines["address"].setFocus()
    QTest.keyClicks(page.form.lines["address"], "x")
    assert page.form.fields["address"].wrong() == ""


def test_a_search_that_takes_its_time_is_told_after_half_a_second(
    form: AddSheet, kind: TableKind
) -> None:
    assert asking.SLOW_MS == 500
    page = page_of(form)
    kind.gate = Event()
    QTest.keyClicks(page.form.lines["address"], "newsroom.example")
    page.form.lines["user"].setFocus()
    assert page.found.line.text() == ""
    until(page.found.line.text, "the word that it is looked for")
    assert page.found.line.text() == "Looking for newsroom.example…"
    kind.gate.set()
    calm(page)
    assert page.found.line.text().startswith("Found")


def test_testing_shows_who_what_where_and_the_clock(form: AddSheet, kind: TableKind) -> None:
    kind.sites["newsroom.example"] = Site(
        ahead=40.2, may=frozenset(May) - {May.OTHERS}, remarks=(warn("link-not-https", url="x"),)
    )
    page = fill(form)
    form.test_button.click()
    assert form.test_button.text() == "Testing…"
    assert not form.done_button.isEnabled()
    calm(page)
    shown = words(page.answers.welcome)
    for said in (
        "Signed in as Noor Haddad",
        "May publish",
        "May not change what others wrote",
        "6 places for live blogs: Flood in the delta, News, Weather, Sport and 2 more.",
        "This laptop’s clock is 40 seconds ahead.",
        "The link x is not encrypted; begin it with https:// where that works.",
    ):
        assert said in shown
    assert form.test_button.text() == "Test"
    assert form.done_button.hasFocus()


def test_the_role_follows_what_the_place_allows_and_may_be_lowered(
    form: AddSheet, kind: TableKind, window: MainWindow
) -> None:
    page = fill(form)
    assert page.person.role() is Role.CORRESPONDENT
    page.test()
    calm(page)
    assert page.person.role() is Role.DESK
    roles = page.person._roles
    roles.setCurrentIndex(1)
    roles.activated.emit(1)
    form.done_button.click()
    until(lambda: form.blogs is not None, "the last step")
    assert window.views.account(NEWSROOM).role is Role.CORRESPONDENT


def test_who_may_not_publish_is_a_correspondent(form: AddSheet, kind: TableKind) -> None:
    kind.sites["newsroom.example"] = Site(may=frozenset((May.SUBMIT,)))
    page = fill(form)
    page.test()
    calm(page)
    assert page.person.role() is Role.CORRESPONDENT
    assert page.person._roles.count() == 1
    assert "does not let you publish" in words(page.person)


def test_a_wrong_password_is_said_at_the_password(form: AddSheet) -> None:
    page = fill(form, secret="the one I sign in with")
    form.done_button.click()
    calm(page)
    assert "does not accept" in page.form.fields["password"].wrong()
    assert page.form.lines["password"].hasFocus()
    assert page.found.line.text().startswith("Found")
    assert form.blogs is None


def test_nothing_is_kept_before_it_was_tested(form: AddSheet, window: MainWindow) -> None:
    page = fill(form, secret="wrong")
    form.done_button.click()
    calm(page)
    assert [row.id for row in window.views.accounts()] == ["local"]


def test_without_a_network_it_can_be_kept_without_a_test(
    form: AddSheet, kind: TableKind, window: MainWindow
) -> None:
    kind.sites["newsroom.example"].trouble = unreached("newsroom.example")
    page = fill(form)
    form.done_button.click()
    calm(page)
    assert "cannot be reached" in page.form.fields["address"].wrong()
    assert "could not be tested" in page.answers.untested.text()
    page.answers.anyway.emit()
    until(lambda: form.blogs is not None, "the last step")
    kept = window.views.account(NEWSROOM)
    assert (kept.role, kept.settings["address"]) == (Role.CORRESPONDENT, "newsroom.example")


def test_what_is_missing_is_said_at_its_field_and_nobody_is_asked(
    form: AddSheet, kind: TableKind
) -> None:
    page = page_of(form)
    form.test_button.click()
    assert page.form.fields["address"].wrong() == "Type the address."
    assert page.form.fields["password"].wrong() == "Type the application password."
    assert kind.asked == []


def test_saving_keeps_settings_in_the_store_and_the_secret_in_the_keyring_alone(
    form: AddSheet,
    window: MainWindow,
    keyring: HandKeyring,
    at: TestRoom,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    fill(form)
    form.done_button.click()
    until(lambda: form.blogs is not None, "the last step")
    assert keyring.there == {NEWSROOM: SECRET}
    assert dict(window.views.account(NEWSROOM).settings) == {
        "address": "https://newsroom.example",
        "rest": "https://newsroom.example/wp-json/",
        "user": "noor",
        "may": "blogs others photos publish submit",
    }
    form.reject()
    window.settings.sync()
    files = [path for path in Path(at.profile.folder).rglob("*") if path.is_file()]
    assert files
    for part in (SECRET, SECRET.replace(" ", "")):
        assert not any(part.encode() in path.read_bytes() for path in files)
        assert part not in caplog.text


@pytest.mark.parametrize(
    "code", ["keyring-none", "keyring-locked", "keyring-denied", "keyring-closed"]
)
def test_a_keyring_that_takes_nothing_is_told_and_this_session_is_offered(
    form: AddSheet, window: MainWindow, keyring: HandKeyring, code: str
) -> None:
    keyring.trouble = code
    page = fill(form)
    form.done_button.click()
    until(page.answers.keeping.panel.text, "the offer")
    activate(form)
    assert "keyring" in page.answers.keeping.panel.text()
    assert page.answers.keeping.retry.hasFocus()
    assert [row.id for row in window.views.accounts()] == ["local"]
    page.answers.keeping.session.click()
    until(lambda: form.blogs is not None, "the last step")
    assert (keyring.there, keyring.session) == ({}, {NEWSROOM: SECRET})


def test_a_keyring_that_was_unlocked_takes_it(
    form: AddSheet, window: MainWindow, keyring: HandKeyring
) -> None:
    keyring.trouble = "keyring-locked"
    page = fill(form)
    form.done_button.click()
    until(page.answers.keeping.panel.text, "the offer")
    keyring.trouble = ""
    page.answers.keeping.retry.click()
    until(lambda: form.blogs is not None, "the last step")
    assert keyring.there == {NEWSROOM: SECRET}


def test_plain_http_is_warned_of_and_nothing_is_sent_before_somebody_agrees(
    form: AddSheet, kind: TableKind, window: MainWindow
) -> None:
    page = fill(form, address="http://newsroom.example")
    plain = page.form.plain
    assert plain is not None and plain.isVisible()
    form.test_button.click()
    assert "is not encrypted" in page.form.fields["address"].wrong()
    assert kind.asked == []
    plain.tick.click()
    form.done_button.click()
    until(lambda: form.blogs is not None, "the last step")
    assert window.views.account(NEWSROOM).settings["plain"] == "on"


def test_plain_http_can_be_made_https_with_one_button(form: AddSheet, kind: TableKind) -> None:
    page = fill(form, address="http://newsroom.example")
    assert page.form.plain is not None
    page.form.plain.https.click()
    calm(page)
    assert page.form.address == "https://newsroom.example"
    assert not page.form.plain.isVisible()
    assert page.found.line.text().startswith("Found")
    assert "plain" not in page.form.values()


@pytest.mark.parametrize(
    "address", ["http://localhost:8080", "http://127.0.0.1", "https://a.example"]
)
def test_this_laptop_and_https_are_not_warned_of(form: AddSheet, address: str) -> None:
    page = page_of(form)
    QTest.keyClicks(page.form.lines["address"], address)
    assert page.form.plain is not None
    assert not page.form.plain.isVisible()


def test_the_browser_is_opened_and_what_comes_next_is_told(
    form: AddSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browser(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", browser)
    page = page_of(form)
    QTest.keyClicks(page.form.lines["address"], "newsroom.example")
    page.form.lines["user"].setFocus()
    calm(page)
    page.found.browser.click()
    assert opened == [
        "https://newsroom.example/wp-admin/authorize-application.php?app_name=Dateline"
    ]
    assert "press Yes" in page.found.steps.text()
    assert "paste it below" in words(page.found.steps)
    assert page.form.lines["user"].hasFocus()


def test_without_a_browser_the_link_can_be_copied(
    form: AddSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    page = page_of(form)
    QTest.keyClicks(page.form.lines["address"], "newsroom.example")
    page.form.lines["user"].setFocus()
    calm(page)
    page.found.browser.click()
    assert "No browser could be opened" in page.found.steps.text()
    assert "authorize-application" in words(page.found.steps)
    page.found._copy()
    assert "authorize-application" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "", "https://a b"])
def test_a_way_in_that_is_no_web_page_is_never_opened(
    form: AddSheet, kind: TableKind, link: str
) -> None:
    kind.sites["newsroom.example"] = Site(sign_in=link)
    page = fill(form)
    calm(page)
    assert not page.found.browser.isVisible()


def test_another_address_forgets_what_was_found_at_the_first(
    form: AddSheet, kind: TableKind
) -> None:
    kind.sites["other.example"] = Site(name="The other", places=(Place(name="a", title="A"),))
    page = fill(form)
    page.test()
    calm(page)
    assert page.met.settings()
    page.form.lines["address"].setFocus()
    page.form.lines["address"].selectAll()
    QTest.keyClicks(page.form.lines["address"], "other.example")
    assert page.met.settings() == {}
    assert not page.answers.welcome.isVisible()
    page.form.lines["user"].setFocus()
    calm(page)
    assert "The other" in page.found.line.text()


def test_a_change_while_it_is_tested_makes_the_answer_worthless(
    form: AddSheet, kind: TableKind
) -> None:
    page = fill(form)
    calm(page)
    kind.gate = Event()
    page.test()
    QTest.keyClicks(page.form.lines["password"], "x")
    assert not page.busy
    kind.gate.set()
    settle()
    QTest.qWait(50)
    settle()
    assert page.met.welcome is None
    assert form.test_button.isEnabled()


@pytest.mark.parametrize("step", ["finding", "testing", "saving"])
def test_closing_while_something_runs_is_safe(
    form: AddSheet, kind: TableKind, keyring: HandKeyring, step: str
) -> None:
    page = fill(form)
    if step != "finding":
        calm(page)
    kind.gate = Event()
    if step == "finding":
        page.form.lines["user"].setFocus()
    else:
        page.test(then_save=step == "saving")
    form.reject()
    settle()
    kind.gate.set()
    QTest.qWait(100)
    settle()
    assert keyring.there == {}


def test_a_secret_that_could_not_be_kept_is_told_when_the_sheet_is_gone(
    form: AddSheet, window: MainWindow, keyring: HandKeyring
) -> None:
    page = fill(form)
    page.test()
    calm(page)
    keyring.trouble = "keyring-locked"
    page.save()
    form.reject()
    until(lambda: "keyring is locked" in window.notice.accessibleName(), "the notice")
    assert [row.id for row in window.views.accounts()] == ["local"]


def test_a_name_that_is_taken_is_said_at_the_name(form: AddSheet, window: MainWindow) -> None:
    page = fill(form)
    page.person._name.setText("local")
    form.done_button.click()
    calm(page)
    assert "named “local” already" in page.person.name_field.wrong()


def test_back_shows_the_kinds_again_and_forgets_what_was_typed(form: AddSheet) -> None:
    fill(form)
    form.back_button.click()
    assert form.page is None
    assert form.picks["wordpress"].hasFocus()
    assert not form.done_button.isVisible()


def test_the_secret_is_dots_until_somebody_asks(form: AddSheet) -> None:
    page = fill(form)
    secret = page.form.lines["password"]
    assert isinstance(secret, SecretEdit)
    eye = secret.eye
    assert secret.displayText() != SECRET
    QTest.keyClick(eye, Qt.Key.Key_Space)
    assert secret.displayText() == SECRET
    assert eye.accessibleName() == "Hide: Application password"
    QTest.keyClick(eye, Qt.Key.Key_Space)
    assert secret.echoMode() is QLineEdit.EchoMode.Password


def test_an_account_is_added_with_the_keyboard_alone(
    window: MainWindow, office: DeskOffice
) -> None:
    window.registry.run("account.add")
    (sheet,) = window.findChildren(AddSheet)
    activate(sheet)

    def key(what: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or sheet, what)

    def type_(text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or sheet, text)

    key(Qt.Key.Key_Return)
    until(lambda: sheet.page is not None, "the form")
    activate(sheet)
    page = page_of(sheet)
    type_("newsroom.example")
    press_tab(sheet)
    calm(page)
    type_("noor")
    press_tab(sheet)
    type_(SECRET)
    key(Qt.Key.Key_Return)
    calm(page)
    assert page.met.welcome is not None
    assert sheet.focusWidget() is sheet.done_button
    key(Qt.Key.Key_Return)
    until(lambda: sheet.blogs is not None, "the live blogs")
    activate(sheet)
    key(Qt.Key.Key_Space)
    for _ in range(12):
        if press_tab(sheet) is sheet.done_button:
            break
    key(Qt.Key.Key_Return)
    closed(sheet)
    targets = [t for row in window.views.blogs() for t in window.views.targets(row.id)]
    assert [t.account for t in targets].count(NEWSROOM) == 1


def test_tab_reaches_everything_in_the_order_of_the_eye(form: AddSheet) -> None:
    page = fill(form)
    calm(page)
    page.form.lines["address"].setFocus()
    names = [press_tab(form).accessibleName() for _ in range(11)]
    assert names == [
        "Sign in with the browser",
        "User",
        "Application password",
        "Show: Application password",
        "Name on this laptop",
        "What you do there",
        "More options",
        "Back",
        "Cancel",
        "Test",
        "Save",
    ]


def test_more_options_fold_and_keep_what_is_usual_out_of_the_settings(form: AddSheet) -> None:
    page = fill(form)
    assert not page.form.fields["key_tag"].isVisible()
    page.form.more.click()
    assert page.form.fields["key_tag"].isVisible()
    assert page.form.lines["key_tag"].placeholderText() == "Key event"
    assert "key_tag" not in page.form.values()
    page.form.checks["embeds"].click()
    assert page.form.values()["embeds"] == "on"
    assert "category" not in page.form.fields and "plain" not in page.form.fields

"""A window with two live blogs over a real store; the network and the keyring do as a test tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import isValid

from editor.desk import accounts
from editor.domain.blog import Account, AccountState, Role
from editor.domain.ids import AccountId, BlogId
from editor.ui.accounts.adding import AddSheet, show_add
from editor.ui.accounts.page import AccountPage
from editor.ui.main_window import MainWindow
from tests.accounts_office import SECRET, HandKeyring, TableKind
from tests.rooms import TestRoom
from tests.ui.conftest import DeskOffice, at, empty_window, offscreen_limits, settle, window

__all__ = ["at", "empty_window", "offscreen_limits", "window"]

NEWSROOM = AccountId("newsroom.example")
PARTNER = AccountId("partner.example")


@pytest.fixture
def office(window: MainWindow) -> Iterator[DeskOffice]:
    """What is around the window. Whatever a test does: the window's thread asks neither network nor keyring."""
    found = window.office
    assert isinstance(found, DeskOffice)
    yield found
    assert found.kind.on_window_thread == 0
    assert found.secrets.on_window_thread == 0


@pytest.fixture
def kind(office: DeskOffice) -> TableKind:
    return office.kind


@pytest.fixture
def keyring(office: DeskOffice) -> HandKeyring:
    return office.secrets


@pytest.fixture
def form(window: MainWindow, office: DeskOffice) -> Iterator[AddSheet]:
    """A new WordPress account's form."""
    sheet = show_add(window)
    sheet.picks["wordpress"].click()
    until(lambda: sheet.page is not None, "the form")
    activate(sheet)
    yield sheet
    if is_open(sheet):
        sheet.reject()
    settle()


def is_open(sheet: QWidget) -> bool:
    """Whether a sheet is still there; it is deleted soon after it was closed."""
    return isValid(sheet) and sheet.isVisible()


def closed(sheet: QWidget) -> None:
    """Waits until a sheet is closed."""
    until(lambda: not is_open(sheet), "the end")


def activate(sheet: QWidget) -> None:
    """Gives a sheet the keyboard; the offscreen platform first gives it to nobody."""

    def is_active() -> bool:
        if QApplication.activeWindow() is not sheet:
            sheet.activateWindow()
        return QApplication.activeWindow() is sheet

    settle()
    if is_open(sheet):
        until(is_active, "the keyboard")


def until(true: Callable[[], object], what: str) -> None:
    """Lets the window work until something is so."""
    loop, looks, end = QEventLoop(), QTimer(), QTimer()
    looks.setInterval(5)
    looks.timeout.connect(lambda: loop.quit() if true() else None)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    looks.start()
    end.start(8000)
    loop.exec()
    looks.stop()
    end.stop()
    if not true():
        pytest.fail(f"never came: {what}")


def page_of(sheet: AddSheet) -> AccountPage:
    assert sheet.page is not None
    return sheet.page


def fill(
    sheet: AddSheet, address: str = "newsroom.example", user: str = "noor", secret: str = SECRET
) -> AccountPage:
    """Types into the three fields that are asked for, and leaves them."""
    page = page_of(sheet)
    for name, text in (("address", address), ("user", user), ("password", secret)):
        line = page.form.lines[name]
        line.setFocus(Qt.FocusReason.TabFocusReason)
        line.selectAll()
        QTest.keyClicks(line, text)
    page.form.lines["user"].setFocus(Qt.FocusReason.TabFocusReason)
    return page


def calm(page: AccountPage) -> None:
    """Waits until nothing is asked any more."""
    until(lambda: not page.busy and not page._finding.busy, "an answer")
    activate(page.window())


def words(widget: QWidget) -> str:
    """Everything that can be read on a widget."""
    shown = (label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))
    return "\n".join(shown)


def add(
    at: TestRoom,
    name: AccountId = NEWSROOM,
    *,
    kind: str = "wordpress",
    role: Role = Role.DESK,
    state: AccountState = AccountState.READY,
    blogs: tuple[BlogId, ...] = (),
) -> Account:
    """An account that is there already, with blogs that go there."""
    settings = {"address": f"https://{name}", "user": "noor", "rest": f"https://{name}/wp-json/"}
    accounts.add_account(at.room, kind=kind, name=name, settings=settings, role=role)
    for blog in blogs:
        accounts.add_target(at.room, blog, name, settings={"category": "news"})
    with at.store.write() as tx:
        tx.set_account_state(name, state)
    return at.views.account(name)


def press_tab(sheet: QWidget) -> QWidget:
    """Goes one on by keyboard; where the focus is then."""
    QTest.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Tab)
    now = QApplication.focusWidget()
    assert now is not None
    return now

"""Pictures of the accounts: the list, an account being added step by step, what can go wrong, and one being taken away."""

from __future__ import annotations

from types import ModuleType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import accounts
from editor.desk.blogs import add_blog
from editor.desk.release import publish
from editor.desk.writing import new_entry
from editor.domain.blog import AccountState, Role
from editor.domain.ids import AccountId, BlogId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.sync.backend import May
from editor.ui.accounts.adding import AddSheet, show_add
from editor.ui.accounts.found import STEPS
from editor.ui.accounts.page import AccountPage
from editor.ui.accounts.removing import show_remove
from editor.ui.accounts.sheet import show_accounts
from editor.ui.main_window import MainWindow
from editor.ui.theme.theme import Appearance
from tests.accounts_office import SECRET, HandKeyring, Site, TableKind, kinds_with

NEWSROOM, PARTNER = AccountId("newsroom.example"), AccountId("partner.example")
SETTINGS = {"address": "https://newsroom.example", "user": "noor"}
Parts = tuple[MainWindow, TableKind, HandKeyring]


def take(profile: Profile) -> None:
    """Takes the pictures in a profile of their own."""
    from tests import pictures

    with Newsroom(profile) as newsroom:
        kind, keyring = TableKind(), HandKeyring()
        kind.sites["delta.example"] = Site(name="Delta News", ahead=40.0)
        vars(newsroom).update(kinds=kinds_with(kind), secrets=keyring)
        _fill(newsroom)

        def shown(window: MainWindow) -> None:
            _take((window, kind, keyring), pictures)

        pictures._with_window(newsroom, shown)


def _fill(newsroom: Newsroom) -> None:
    """Three live blogs, and accounts in every state."""
    room = newsroom.room
    zone = "Europe/Budapest"
    headlines = ("Marathon 2026", "Budget day", "Flood in the delta")
    blogs = [
        next(iter(add_blog(room, headline=headline, timezone=zone).blogs)) for headline in headlines
    ]
    for name, kind, role, settings in (
        (NEWSROOM, "wordpress", Role.DESK, SETTINGS),
        (PARTNER, "wire", Role.CORRESPONDENT, {"address": "https://partner.example/dateline"}),
    ):
        accounts.add_account(room, kind=kind, name=name, settings=settings, role=role)
    for blog, account in ((blogs[2], NEWSROOM), (blogs[1], NEWSROOM), (blogs[0], PARTNER)):
        accounts.add_target(room, blog, account, settings={"category": "news"})
    for number in range(7):
        _release(newsroom, blogs[2], number)
    with room.store.write() as tx:
        tx.set_account_state(PARTNER, AccountState.SIGN_IN)


def _release(newsroom: Newsroom, blog: BlogId, number: int) -> None:
    content = Content(headline=f"Update {number + 1}", body=(Text(text="The water rises."),))
    (entry,) = new_entry(newsroom.room, blog, content).entries
    publish(newsroom.room, entry)


def _take(parts: Parts, to: ModuleType) -> None:
    window = parts[0]
    sheet = show_accounts(window)
    to._keep(sheet, "account-list")
    window.theme.set_appearance(Appearance.DARK)
    to._keep(sheet, "account-list-dark")
    window.theme.set_appearance(Appearance.LIGHT)
    sheet.reject()
    _adding(parts, to)
    _troubles(parts, to)
    remove = show_remove(window, NEWSROOM)
    remove.move_.setFocus()
    remove.move_.click()
    to._keep(remove, "account-removing")
    remove.reject()
    _mirrored(parts, to)


def _adding(parts: Parts, to: ModuleType) -> None:
    window = parts[0]
    sheet = show_add(window)
    to._keep(sheet, "account-add")
    page = _form(sheet, to)
    _type(page, "address", "delta.example")
    page.form.lines["user"].setFocus(Qt.FocusReason.TabFocusReason)
    to._keep(sheet, "account-found")
    page.found.steps.say(*STEPS)
    page.found.browser.hide()
    to._keep(sheet, "account-browser")
    page.found.put_away_steps()
    _type(page, "user", "noor")
    _type(page, "password", SECRET)
    page.test()
    to._keep(sheet, "account-tested")
    window.theme.set_appearance(Appearance.DARK)
    to._keep(sheet, "account-tested-dark")
    window.theme.set_appearance(Appearance.LIGHT)
    page.save()
    to._wait(300)
    assert sheet.blogs is not None
    for line in list(sheet.blogs.lines.values())[:2]:
        line.tick.click()
    to._keep(sheet, "account-blogs")
    sheet.reject()


def _troubles(parts: Parts, to: ModuleType) -> None:
    window, _, keyring = parts
    sheet = show_add(window)
    page = _form(sheet, to)
    _type(page, "address", "newsroom.example")
    _type(page, "user", "noor")
    _type(page, "password", "the one I sign in with")
    page.test()
    to._keep(sheet, "account-wrong-password")
    _type(page, "password", SECRET)
    keyring.trouble = "keyring-locked"
    page.save()
    to._keep(sheet, "account-keyring-locked")
    keyring.trouble = ""
    sheet.go_back()
    page = _form(sheet, to)
    _type(page, "address", "http://newsroom.example")
    to._keep(sheet, "account-plain-http")
    sheet.reject()


def _mirrored(parts: Parts, to: ModuleType) -> None:
    """The window of somebody whose system reads from right to left, and a site in Arabic."""
    window, kind, _ = parts
    kind.sites["akhbar.example"] = Site(
        name="أخبار الدلتا", user="نور حداد", role="محرر", may=frozenset((May.SUBMIT, May.PHOTOS))
    )
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    sheet = show_add(window)
    page = _form(sheet, to)
    _type(page, "address", "akhbar.example")
    _type(page, "user", "noor")
    _type(page, "password", SECRET)
    page.test()
    to._keep(sheet, "account-tested-arabic")
    sheet.reject()
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def _form(sheet: AddSheet, to: ModuleType) -> AccountPage:
    sheet.picks["wordpress"].click()
    to._wait(200)
    assert sheet.page is not None
    return sheet.page


def _type(page: AccountPage, name: str, text: str) -> None:
    """As if it were typed, and left."""
    line = page.form.lines[name]
    line.setText(text)
    line.textEdited.emit(text)
    line.editingFinished.emit()

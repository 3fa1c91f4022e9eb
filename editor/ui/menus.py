"""The menus of the window, of a live blog and of an entry. Made when they are opened."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from editor.domain.blog import BlogStatus
from editor.domain.entry import Stage
from editor.domain.ids import BlogId, EntryId
from editor.sync.delivery import Visibility
from editor.ui.actions import Action

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow


def main_menu(window: MainWindow) -> QMenu:
    """Everything the window can do, one submenu a group."""
    menu = _menu(window)
    shown = [action for action in window.registry.all() if action.in_menu]
    shown.sort(key=lambda action: action.group == "General")
    for group, actions in groupby(shown, key=lambda action: action.group):
        if group == "General":
            menu.addSeparator()
            part = menu
        else:
            part = menu.addMenu(group)
        for action in actions:
            _add(window, part, action)
    return menu


def entry_menu(window: MainWindow, entry: EntryId) -> QMenu:
    """What can be done with an entry of the list. It is opened first: the composer knows how."""

    def on_entry(name: str) -> None:
        window.open_entry(entry)
        window.registry.run(name)

    menu = _menu(window)
    (row,) = window.views.rows((entry,))
    menu.addAction("Open", lambda: window.open_entry(entry))
    public = row.stage is Stage.PUBLISHED
    words = [("entry.duplicate", "Duplicate"), ("entry.link", "Copy link")]
    if row.stage is not Stage.WITHDRAWN:
        words += [
            ("entry.pin", "Unpin" if row.pinned else "Pin on top"),
            ("entry.key_event", "Not a key event" if row.key_event else "Key event"),
        ]
    words += [("entry.history", "History"), ("entry.deliveries", "Deliveries…")]
    if public or row.stage is Stage.SCHEDULED:
        words.append(("entry.withdraw", "Withdraw…"))
    for name, text in words:
        if name in ("entry.history", "entry.withdraw"):
            menu.addSeparator()
        menu.addAction(text).triggered.connect(lambda _=False, name=name: on_entry(name))
    return menu


def blog_menu(window: MainWindow, blog: BlogId) -> QMenu:
    """What can be done with a live blog of the side bar."""
    menu = _menu(window)
    row = window.blog_row(blog)

    def with_blog(name: str) -> None:
        if window.timeline.blog() != blog:
            window.show_blog(blog)
        window.registry.run(name)

    over = row is not None and row.status is BlogStatus.ENDED
    ends = ("blog.reopen", "Reopen") if over else ("blog.end", "End")
    for name, text in (("blog.page", "Open the live page"), ("blog.edit", "Edit…"), ends):
        menu.addAction(text).triggered.connect(lambda _=False, name=name: with_blog(name))
    return menu


def copy_link(window: MainWindow, entry: EntryId) -> None:
    """Puts the entry's public address on the clipboard, or says that there is none."""
    deliveries = window.views.entry(entry).deliveries
    held = [d.held for d in deliveries if d.held.visibility is Visibility.PUBLIC and d.held.url]
    if not held:
        window.say("This entry has no link yet: it is not public.")
        return
    addresses = [one.url for one in held]
    best = next((url for url in addresses if url.startswith("https:")), addresses[0])
    QGuiApplication.clipboard().setText(best)
    window.say("The link was copied.")


def open_live_page(window: MainWindow, blog: BlogId) -> None:
    """Opens the page that readers get in the browser."""
    address = window.office.live_page(blog)
    if not address:
        window.say("There is no page yet: publish an entry first.")
        return
    remote = address.startswith(("http:", "https:", "file:"))
    url = QUrl(address) if remote else QUrl.fromLocalFile(address)
    if not QDesktopServices.openUrl(url):
        clipboard = QGuiApplication.clipboard()
        window.say(
            f"No browser was found. The page is {address}",
            "Copy the address",
            lambda: clipboard.setText(address),
        )


def _menu(window: MainWindow) -> QMenu:
    menu = QMenu(window)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _add(window: MainWindow, menu: QMenu, action: Action) -> None:
    label = action.text
    line = menu.addAction(f"{label}\t{action.keys}" if action.keys else label)
    line.setEnabled(action.enabled())
    line.triggered.connect(lambda: window.registry.run(action.id))

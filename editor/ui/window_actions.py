"""The main window's own actions. The composer brings its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from editor.desk import blogs
from editor.domain.blog import BlogStatus
from editor.domain.ids import BlogId
from editor.ui.actions import Action
from editor.ui.theme.theme import Appearance

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow


def window_actions(window: MainWindow) -> tuple[Action, ...]:
    """Everything that the window can do, in the order of its menu."""
    parts = (_entry, _blog, _go, _outbox, _accounts, _view, _help)
    return tuple(action for part in parts for action in part(window))


def _entry(window: MainWindow) -> tuple[Action, ...]:
    def copy_link() -> None:
        from editor.ui import menus

        if entry := window.current_entry():
            menus.copy_link(window, entry)

    def deliveries() -> None:
        from editor.ui.dialogs.delivery_log import show_delivery_log

        if entry := window.current_entry():
            show_delivery_log(window, entry)

    group = "Entry"
    return (
        Action(
            id="entry.new", text="New entry", shortcut="Ctrl+N", group=group, slot=window.new_entry
        ),
        Action(
            id="entry.link",
            text="Copy the entry’s link",
            group=group,
            slot=copy_link,
            enabled=lambda: window.current_entry() is not None,
        ),
        Action(
            id="entry.deliveries",
            text="Deliveries of this entry…",
            group=group,
            slot=deliveries,
            enabled=lambda: window.current_entry() is not None,
        ),
    )


def _blog(window: MainWindow) -> tuple[Action, ...]:
    def on_blog(work: Callable[[BlogId], object]) -> Callable[[], object]:
        def slot() -> None:
            if blog := window.current_blog():
                window.attempt(lambda: work(blog))

        return slot

    def status() -> BlogStatus | None:
        row = window.blog_row(window.current_blog())
        return row.status if row else None

    def new() -> None:
        from editor.ui.dialogs.blog import new_blog

        new_blog(window)

    def edit(blog: BlogId) -> None:
        from editor.ui.dialogs.blog import edit_blog

        edit_blog(window, blog)

    def end(blog: BlogId) -> None:
        blogs.end_blog(window.room, blog)
        window.office.wake()
        window.say("The live blog has ended.", "Undo", lambda: reopen(blog))

    def reopen(blog: BlogId) -> None:
        blogs.reopen_blog(window.room, blog)
        window.office.wake()

    def page(blog: BlogId) -> None:
        from editor.ui.menus import open_live_page

        open_live_page(window, blog)

    group = "Live blog"
    return (
        Action(
            id="blog.new", text="New live blog…", shortcut="Ctrl+Shift+N", group=group, slot=new
        ),
        Action(
            id="blog.edit",
            text="Edit this live blog…",
            group=group,
            slot=on_blog(edit),
            enabled=lambda: status() is not None,
        ),
        Action(
            id="blog.end",
            text="End this live blog",
            group=group,
            slot=on_blog(end),
            enabled=lambda: status() in (BlogStatus.LIVE, BlogStatus.UPCOMING),
        ),
        Action(
            id="blog.reopen",
            text="Reopen this live blog",
            group=group,
            slot=on_blog(reopen),
            enabled=lambda: status() is BlogStatus.ENDED,
        ),
        Action(
            id="blog.page",
            text="Open the live page",
            shortcut="Ctrl+Shift+O",
            group=group,
            slot=on_blog(page),
            enabled=lambda: status() is not None,
        ),
    )


def _go(window: MainWindow) -> tuple[Action, ...]:
    def to(which: str) -> Callable[[], object]:
        return lambda: window.show_list(which)

    def find() -> None:
        if window.timeline.blog() is None and (blog := window.current_blog()):
            window.show_blog(blog)
        window.panes.show_list()
        window.timeline.focus_search()

    def focus_list() -> None:
        window.panes.show_list()
        shown = window.middle.currentWidget()
        here = window.timeline.list if shown is window.timeline else shown
        if here is not None:
            here.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_composer() -> None:
        if entry := window.current_entry():
            window.open_entry(entry)

    group = "Go to"
    return (
        Action(
            id="go.search", text="Search the entries", shortcut="Ctrl+F", group=group, slot=find
        ),
        Action(id="go.list", text="Go to the list", shortcut="Alt+1", group=group, slot=focus_list),
        Action(
            id="go.composer",
            text="Go to the entry",
            shortcut="Alt+2",
            group=group,
            slot=focus_composer,
        ),
        Action(id="go.review", text="Go to “To review”", group=group, slot=to("review")),
        Action(id="go.returned", text="Go to “Returned”", group=group, slot=to("returned")),
        Action(id="go.scheduled", text="Go to “Scheduled”", group=group, slot=to("scheduled")),
        Action(
            id="go.outbox",
            text="Go to the outbox",
            shortcut="Ctrl+Shift+B",
            group=group,
            slot=to("outbox"),
        ),
        Action(
            id="go.back",
            text="Back to the list",
            shortcut="Alt+Left",
            group=group,
            slot=window.panes.show_list,
            enabled=lambda: window.panes.narrow,
        ),
    )


def _outbox(window: MainWindow) -> tuple[Action, ...]:
    def pause() -> None:
        from editor.ui.outbox.deeds import toggle_pause

        toggle_pause(window)

    def retry() -> None:
        from editor.ui.outbox.deeds import retry_everything

        retry_everything(window)

    group = "Outbox"
    return (
        Action(id="outbox.retry", text="Retry everything that waits", group=group, slot=retry),
        Action(id="outbox.pause", text="Pause or resume sending", group=group, slot=pause),
    )


def _accounts(window: MainWindow) -> tuple[Action, ...]:
    def accounts() -> None:
        from editor.ui.accounts.sheet import show_accounts

        show_accounts(window)

    def add() -> None:
        from editor.ui.accounts.adding import show_add

        show_add(window)

    group = "Accounts"
    return (
        Action(
            id="accounts", text="Accounts…", shortcut="Ctrl+Shift+A", group=group, slot=accounts
        ),
        Action(id="account.add", text="Add an account…", group=group, slot=add),
    )


def _view(window: MainWindow) -> tuple[Action, ...]:
    def look(appearance: Appearance) -> Callable[[], object]:
        def slot() -> None:
            window.settings.setValue("appearance", appearance.value)
            window.theme.set_appearance(appearance)

        return slot

    def settings() -> None:
        from editor.ui.dialogs.settings import show_settings

        show_settings(window)

    group = "Window"
    return (
        Action(
            id="view.side",
            text="Show or hide the side bar",
            shortcut="F9",
            group=group,
            slot=window.panes.toggle_side,
        ),
        Action(
            id="view.light",
            text="Use the light appearance",
            group=group,
            slot=look(Appearance.LIGHT),
            in_menu=False,
        ),
        Action(
            id="view.dark",
            text="Use the dark appearance",
            group=group,
            slot=look(Appearance.DARK),
            in_menu=False,
        ),
        Action(
            id="view.system",
            text="Follow the system’s appearance",
            group=group,
            slot=look(Appearance.SYSTEM),
            in_menu=False,
        ),
        Action(id="settings", text="Settings…", shortcut="Ctrl+,", group=group, slot=settings),
    )


def _help(window: MainWindow) -> tuple[Action, ...]:
    def palette() -> None:
        from editor.ui.dialogs.palette import show_palette

        show_palette(window)

    def shortcuts() -> None:
        from editor.ui.dialogs.shortcuts import show_shortcuts

        show_shortcuts(window)

    def menu() -> None:
        from PySide6.QtCore import QPoint

        window.popup_menu(window.mapToGlobal(QPoint(16, 48)))

    return (
        Action(id="palette", text="Command palette", shortcut="Ctrl+K", slot=palette),
        Action(id="menu", text="Menu", shortcut="F10", slot=menu, in_menu=False),
        Action(id="shortcuts", text="Keyboard shortcuts", shortcut="F1", slot=shortcuts),
        Action(id="quit", text="Quit", shortcut="Ctrl+Q", slot=window.close),
    )

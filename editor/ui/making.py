"""Makes the window's larger parts when they are first wanted, and joins them to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.domain.ids import BlogId, EntryId, TargetId
from editor.settings import load_settings

if TYPE_CHECKING:
    from editor.ui.composer.composer import Composer
    from editor.ui.first_run import FirstRun
    from editor.ui.main_window import MainWindow
    from editor.ui.outbox.view import OutboxView


def make_composer(window: MainWindow) -> Composer:
    """The right pane, and what it can do among the window's actions."""
    from editor.ui.actions import Action
    from editor.ui.composer.composer import Composer

    choices = window.office.profile.choices
    composer = Composer(
        window.room,
        window.views,
        window.bridge,
        window.theme,
        lambda asked: load_settings(choices).may_fetch(asked=asked),
    )
    composer.notice.connect(window.say)
    composer.new_entry_wanted.connect(window.new_entry)
    composer.choosing.wanted.connect(lambda entry, target: choose(window, entry, target))
    composer.entry_changed.connect(window.entry_shown)
    composer.photos.developed.connect(window.thumbnails.look_again)
    composer.verbs.deliveries_asked.connect(lambda _: window.registry.run("entry.deliveries"))
    for name, text, shortcut, slot in composer.actions():
        action = Action(id=name, text=text, shortcut=shortcut, slot=slot, group="Writing")
        window.registry.add(action, bind=False)
    return composer


def make_outbox(window: MainWindow) -> OutboxView:
    """The outbox in the middle pane."""
    from editor.ui.outbox.view import OutboxView

    outbox = OutboxView(window)
    outbox.conflict_asked.connect(lambda entry, target: choose(window, entry, target))
    return outbox


def choose(window: MainWindow, entry: str, target: str) -> None:
    """Shows the texts of an entry that clash, at a target or in its draft, so that somebody chooses."""
    from editor.ui.conflict.opening import open_choice

    open_choice(window, EntryId(entry), TargetId(target) if target else None)


def make_first_run(window: MainWindow) -> FirstRun:
    """What stands in the window's place until there is a live blog."""
    from editor.ui.first_run import FirstRun

    page = FirstRun(window.theme, window.bridge, window.office)
    page.new_blog.connect(lambda: window.registry.run("blog.new"))
    page.account_wanted.connect(lambda: window.registry.run("account.add"))
    page.made.connect(lambda blog: window.show_blog(BlogId(blog)))
    return page

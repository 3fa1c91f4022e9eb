"""Everything the composer can do, by name and key: for the shortcuts, the command palette and the shortcuts sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from editor.ui.blocks import widgets

if TYPE_CHECKING:
    from editor.ui.blocks.base import BlockWidget
    from editor.ui.composer.composer import Composer

Command = tuple[str, str, str, Callable[[], object]]


def table(composer: Composer) -> list[Command]:
    """The commands as (id, words, shortcut, what it calls)."""
    move, photos = composer.column.rearranging, composer.photos

    def on_block(slot: Callable[[BlockWidget], None]) -> Callable[[], None]:
        def call() -> None:
            block = composer.column.current
            if block is not None:
                slot(block)

        return call

    return [
        ("text.bold", "Bold", "Ctrl+B", lambda: composer.adding.mark("bold")),
        ("text.italic", "Italic", "Ctrl+I", lambda: composer.adding.mark("italic")),
        ("text.link", "Make a link", "Ctrl+L", lambda: composer.adding.mark("link")),
        ("text.list", "List", "Ctrl+Shift+L", lambda: composer.adding.mark("list")),
        ("text.undo", "Undo", "Ctrl+Z", composer.undo),
        ("text.redo", "Redo", "Ctrl+Shift+Z", composer.redo),
        ("text.redo2", "", "Ctrl+Y", composer.redo),
        ("block.insert", "Insert a block…", "Ctrl+Shift+I", composer.adding.open_menu),
        *_adding(composer),
        ("photo.edit", "Edit photo: crop, turn, blur…", "Ctrl+Shift+M", photos.edit_current),
        ("photo.captions", "Captions and credits…", "Ctrl+Shift+T", photos.write_captions),
        ("photo.card", "Add photos from a folder…", "Ctrl+Shift+F", photos.choose_card),
        ("block.up", "Move block up", "Alt+Up", on_block(move.up)),
        ("block.down", "Move block down", "Alt+Down", on_block(move.down)),
        ("block.duplicate", "Duplicate block", "Ctrl+Shift+D", on_block(move.duplicate)),
        ("block.delete", "Delete block", "Ctrl+Shift+Backspace", on_block(move.delete)),
        ("entry.key_event", "Key event", "", lambda: composer.toggle_fact("key_event")),
        ("entry.pin", "Pin to the top", "", lambda: composer.toggle_fact("pinned")),
        ("entry.unverified", "Not verified", "", lambda: composer.toggle_fact("unverified")),
        ("entry.protect", "Protect the source", "", composer.verbs.toggle_protection),
        ("entry.problems", "Before it goes out: the list", "", composer.checks.toggle),
        ("entry.next_problem", "Go to the next thing to mend", "F8", composer.checks.go_on),
        ("entry.details", "Details: labels, byline, time", "Ctrl+Shift+E", composer.toggle_details),
        ("entry.preview", "Preview", "Ctrl+P", composer.toggle_preview),
        ("entry.history", "History of this entry", "Ctrl+Shift+H", composer.versions.toggle),
        ("entry.save", "Save draft", "Ctrl+S", composer.flush),
        ("entry.release", "Submit or publish", "Ctrl+Return", composer.verbs.do_primary),
        ("entry.duplicate", "Duplicate entry", "", lambda: composer.verbs.do("duplicate")),
        ("entry.send_back", "Send back…", "", lambda: composer.verbs.do_offered("send_back")),
        ("entry.publish_at", "Publish at…", "", lambda: composer.verbs.do_offered("publish_at")),
        (
            "entry.recall",
            "Take back or unschedule",
            "",
            lambda: composer.verbs.do_offered("recall"),
        ),
        ("entry.discard", "Discard changes", "", lambda: composer.verbs.do_offered("discard")),
        ("entry.withdraw", "Withdraw…", "", lambda: composer.verbs.do_offered("withdraw")),
    ]


def _adding(composer: Composer) -> list[Command]:
    """A command for every kind of block that is offered."""
    offers = sorted((widget.OFFER, kind) for kind, widget in widgets().items() if widget.OFFER)
    return [
        (f"block.{kind}", offer.command, offer.shortcut, partial(composer.adding.insert, kind))
        for offer, kind in offers
    ]

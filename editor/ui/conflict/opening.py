"""Opens the page for an entry whose texts clash, and does what was chosen on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from editor.changes import Changes
from editor.content.entry import Content
from editor.desk import conflicts
from editor.domain.ids import EntryId, TargetId
from editor.problems import Refused, Unavailable
from editor.ui.blocks.base import Setting, reads_right_to_left
from editor.ui.conflict.choices import Texts
from editor.ui.conflict.page import ConflictPage
from editor.ui.messages import sentence
from editor.ui.pictures import upright

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

NOTHING = "There is nothing to choose here any more."
DONE = "That is the entry’s text now. The texts it was made of are in its history."


def open_choice(window: MainWindow, entry: EntryId, target: TargetId | None) -> None:
    """Shows the texts of an entry that clash at a target, or without one those of its overtaken draft."""
    window.flush()
    texts = _texts(window, entry, target)
    if texts is None:
        window.say(NOTHING)
        return
    page = ConflictPage(_setting(window, texts), texts)
    page.used.connect(partial(_use, window, page, target))
    page.left.connect(lambda: _close(window, page))
    # what the keys of the window do would be done behind the page
    page.held = [action for action in window.actions() if action.isEnabled()]
    for action in page.held:
        action.setEnabled(False)
    window.whole.addWidget(page)
    window.whole.setCurrentWidget(page)
    page.focus_first()


def _texts(window: MainWindow, entry: EntryId, target: TargetId | None) -> Texts | None:
    if target is not None:
        found = window.views.conflict(entry, target)
        if found is None:
            return None
        return Texts(
            entry=entry,
            blog=found.blog,
            base=None if found.base == Content() else found.base,
            mine=found.mine,
            theirs=found.theirs,
            author=found.author,
            place=found.target_name,
            typed=window.views.entry(entry).is_draft,
            found=found.found,
        )
    draft = conflicts.overtaken(window.room, entry)
    if draft is None:
        return None
    return Texts(
        entry=entry,
        blog=window.views.entry(entry).blog,
        base=draft.base,
        mine=draft.mine,
        theirs=draft.theirs,
        author=draft.author,
    )


def _setting(window: MainWindow, texts: Texts) -> Setting:
    blog = texts.blog
    return Setting(
        theme=window.theme,
        zone=blog.zone,
        now=window.room.clock.now,
        run_in_pool=window.bridge.run_in_pool,
        picture=partial(upright, window.room),
        size_note=lambda _: "",
        speakers=lambda: window.views.speakers(blog.id),
        right_to_left=reads_right_to_left(texts.mine.language or blog.language),
    )


def _use(window: MainWindow, page: ConflictPage, target: TargetId | None, content: Content) -> None:
    entry, seen = page.texts.entry, (page.texts.mine, page.texts.theirs)
    settle: Callable[[], Changes]
    if target is not None:
        settle = partial(conflicts.settle, window.room, entry, target, content, seen=seen)
    else:
        settle = partial(conflicts.settle_draft, window.room, entry, content, seen=seen)
    try:
        settle()
    except Unavailable as unavailable:
        page.complain(sentence(unavailable.problem))
        return
    except Refused as refused:
        if refused.first.code != "changed-meanwhile":
            page.complain(sentence(refused.first))
            return
        # the texts are others by now: they are shown, and chosen from anew
        _close(window, page)
        window.tell(refused.first)
        open_choice(window, entry, target)
        return
    _close(window, page)
    window.go_to(entry)
    window.say(DONE)
    window.office.wake()


def _close(window: MainWindow, page: ConflictPage) -> None:
    for action in page.held:
        action.setEnabled(True)
    page.pool.close()
    window.whole.removeWidget(page)
    page.hide()
    page.deleteLater()
    window.whole.setCurrentIndex(0)
    window.panes.show_right()

"""The composer: one entry, written, looked at, released.

It keeps three things apart: the column owns what is typed, the history stack what was, the saver what is safe on disk.
Keys only start timers; all but a save while typing happens when the writer pauses.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.changes import Changes
from editor.content.clean import clean_content
from editor.content.entry import Content
from editor.content.protected import protected
from editor.domain.entry import Stage
from editor.domain.ids import EntryId
from editor.ports import Room
from editor.problems import Refused
from editor.ui.blocks.base import Setting
from editor.ui.bridge import Bridge
from editor.ui.composer import commands, standing
from editor.ui.composer.adding import Adding
from editor.ui.composer.checking import Checking
from editor.ui.composer.choosing import Choosing
from editor.ui.composer.facts_line import FactsLine
from editor.ui.composer.frame import Frame
from editor.ui.composer.history_stack import HistoryStack
from editor.ui.composer.looking_up import LookingUp
from editor.ui.composer.photo_deeds import PhotoDeeds
from editor.ui.composer.photo_intake import PhotoIntake, parted
from editor.ui.composer.saver import Saver
from editor.ui.composer.setting import made_setting
from editor.ui.composer.verbs import Verbs
from editor.ui.composer.versions import Versions
from editor.ui.messages import sentence
from editor.ui.theme.theme import Theme
from editor.views import EntryView, Views

QUIET_MS = 400
ORIGIN = "composer"


class Composer(QWidget):
    """The right pane of the window. ``notice`` carries a sentence, an action's words and its callback."""

    entry_changed = Signal()
    notice = Signal(str, str, object)
    new_entry_wanted = Signal()

    def __init__(
        self,
        room: Room,
        views: Views,
        bridge: Bridge,
        theme: Theme,
        may_fetch: Callable[[bool], bool] = lambda _: False,
    ) -> None:
        super().__init__()
        self._looking = LookingUp(self, room, may_fetch)
        self._room, self._views, self._bridge, self._theme = room, views, bridge, theme
        self._view: EntryView | None = None
        self._facts_line = FactsLine(room)
        self.photos = PhotoDeeds(self, room, bridge, self._facts_line)
        self.setting = self._made_setting(None)
        self._stack = HistoryStack(Content())
        self._quiet_timer = QTimer(self)
        self._quiet_timer.setSingleShot(True)
        self._quiet_timer.setInterval(QUIET_MS)
        self._quiet_timer.timeout.connect(self.settle)
        self._showing = False
        self.frame = Frame(self.setting, self.new_entry_wanted.emit)
        self.column = self.frame.column
        self.adding = Adding(self.column, theme)
        self._saver = Saver(room, ORIGIN, self)
        self.checks = Checking(self, room)
        self.verbs = Verbs(self, room)
        self.versions = Versions(self, room, views)
        self.choosing = Choosing(self, room)
        self._intake = PhotoIntake(room, views, bridge, self.column, self.photos.longest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self._connect()
        self.close_entry()

    # Opening and closing

    @property
    def entry(self) -> EntryId | None:
        """The entry that is open."""
        return self._view.entry.id if self._view is not None else None

    @property
    def view(self) -> EntryView | None:
        """The open entry as it was read last."""
        return self._view

    @property
    def text(self) -> Content:
        """The content as it was when the writer last paused."""
        return self._stack.now

    def open_entry(self, entry: EntryId) -> None:
        """Shows an entry; what was typed into the one before is saved first."""
        if entry == self.entry:
            return
        self.flush()
        view = self._views.entry(entry)
        self._view = view
        self.setting = self._made_setting(view)
        self._showing = True
        self.frame.drawer.show_facts(view.content, view.blog.zone, self._room.clock.now())
        self.column.show_content(view.content.headline, view.content.body, self.setting)
        self._showing = False
        # what the widgets make of the content is the base, so that opening alone never saves
        self._stack = HistoryStack(self._typed())
        self._saver.open(entry, view.content, view.saved, view.entry.head)
        self.frame.asking.put_away()
        self.frame.shows_history = False
        self._show_standing()
        self.arrange()
        self._look_over()
        self.entry_changed.emit()

    def close_entry(self) -> None:
        """Saves and shows the empty page."""
        self.flush()
        self._view = None
        self._saver.open(None, Content(), None)
        self.frame.asking.put_away()
        self._show_standing()
        self.arrange()
        self.entry_changed.emit()

    def flush(self) -> bool:
        """Saves what is typed, now. Returns whether everything is safe on disk."""
        self.settle()
        return self._saver.retry()

    def safe_text(self) -> Content | None:
        """The content on the screen once the store holds exactly that; None where it could not be saved."""
        return self.text if self.flush() and self._saver.save(self.text) else None

    def focus_text(self) -> None:
        """The cursor goes to the headline of an empty entry, else to the end of the text."""
        if self._view is None:
            return
        if not self.column.headline.text():
            self.column.headline.focus_at(1)
        else:
            self.column.write_below()

    def actions(self) -> list[commands.Command]:  # type: ignore[override]
        """Everything that can be done here, as (id, words, shortcut, what it calls)."""
        return [command for command in commands.table(self) if command[1]]

    # What is typed

    def settle(self) -> None:
        """Closes a run of typing: one step of undo, one save, and the look of what depends on it."""
        self._quiet_timer.stop()
        if self._view is None or self._showing or self.read_only:
            return
        content = self._typed()
        if self._stack.keep(content):
            self._saver.save(content)
            self._look_over()

    def undo(self) -> None:
        """Takes the last step back, wherever it was made."""
        self.settle()
        if not self.read_only and (content := self._stack.undo()) is not None:
            self._change_to(content)

    def redo(self) -> None:
        """Makes the step again that was taken back last."""
        self.settle()
        if not self.read_only and (content := self._stack.redo()) is not None:
            self._change_to(content)

    def apply(self, content: Content) -> None:
        """Shows another content as a step of its own, which can be undone."""
        self.settle()
        if self._stack.keep(content):
            self._change_to(content)

    def _typed(self) -> Content:
        assert self._view is not None
        typed = replace(
            self._view.content,
            headline=self.column.headline.text(),
            body=self.column.body(),
            **self.frame.drawer.facts(),
        )
        return clean_content(protected(typed) if self._view.entry.protect_source else typed)

    def _change_to(self, content: Content, *, follow: bool = True) -> None:
        assert self._view is not None
        self._showing = True
        self.frame.drawer.show_facts(content, self._view.blog.zone, self._room.clock.now())
        self.column.change_to(content.headline, content.body, follow=follow)
        self._showing = False
        self._saver.save(content)
        self._look_over()

    def _on_edited(self) -> None:
        if not self._showing:
            self._quiet_timer.start()
            self._saver.save_soon(self._typed)

    def _on_settled(self) -> None:
        if not self._showing:
            self.settle()

    def _look_over(self) -> None:
        """What depends on the text: words and size, problems, the preview, the buttons."""
        if self._view is None:
            return
        content = self._stack.now
        self.frame.drawer.keep(content)
        self._facts_line.look_at(content)
        self.photos.look_at(content)
        self._tell_saved()
        self.frame.toolbar.set_checked("key_event", content.key_event)
        self.checks.look(content)
        if self.frame.previews:
            self.frame.preview.show_content(content, self._view.blog)
        if self.frame.shows_history:
            self.frame.history.set_now(content)

    # What is shown around the text

    def _show_standing(self) -> None:
        view = self._view
        self.adding.writable = not self.read_only
        if view is None:
            self.frame.banner.say("")
            return
        self.frame.foot.offer(standing.offer(view))
        self.frame.banner.say(*self.choosing.told(view))
        self.column.set_read_only(self.read_only)
        self.frame.drawer.set_read_only(self.read_only)

    def arrange(self) -> None:
        """Shows the parts that belong to what is open and switched on."""
        view = self._view
        self.frame.arrange(open_now=view is not None)
        if view is not None:
            self.frame.toolbar.set_writable(not self.read_only)
            if self.frame.previews:
                self.frame.preview.show_content(self._stack.now, view.blog)

    @property
    def read_only(self) -> bool:
        """Whether the open entry can only be looked at."""
        return self._view is None or self._view.entry.stage is Stage.WITHDRAWN

    def toggle_preview(self) -> None:
        """Shows the entry as readers get it, or the text again."""
        self.settle()
        self.frame.previews = not self.frame.previews
        self.frame.shows_history = False
        self.arrange()
        if not self.frame.previews:
            self.column.restore_focus()

    def toggle_details(self) -> None:
        """Shows or hides the drawer."""
        self.frame.drawer.setVisible(not self.frame.drawer.isVisibleTo(self))
        self.arrange()
        if self.frame.drawer.isVisible():
            self.frame.drawer.labels.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_saved(self) -> None:
        if self._view is None:
            return
        self._bridge.unsaved.emit(self._saver.problem is not None)
        if (problem := self._saver.problem) is not None:
            self.frame.foot.complain(f"Not saved: {sentence(problem)}")
            return
        self.frame.foot.complain("")
        self.frame.foot.say(self._facts_line.text(self._saver.at, self._view.blog.zone))

    # What others do

    def _on_changes(self, changes: Changes) -> None:
        entry = self.entry
        if entry is None or not (
            changes.everything or entry in changes.entries | changes.deliveries
        ):
            return
        try:
            self._view = self._views.entry(entry)
        except Refused:
            self._view = None
            self.arrange()
            self.entry_changed.emit()
            return
        if changes.origin != ORIGIN:
            self._take_in(self._view.content)
        self._saver.follow(self._view, self._stack.now)
        self._show_standing()
        self._look_over()
        self.entry_changed.emit()

    def _take_in(self, theirs: Content) -> None:
        """Somebody else has changed the text: it is shown, unless something was typed that it would replace."""
        if theirs in (self._saver.stored, self._stack.now):
            return
        untouched = self._typed() == self._stack.now and not self._saver.waits
        self._saver.take(theirs)
        if untouched:
            self._stack.keep(theirs)
            self._change_to(theirs, follow=False)
        else:
            self.versions.offer(theirs)

    # Blocks and facts

    def toggle_fact(self, name: str) -> None:
        """Key event, pin or not verified, on or off."""
        if not self.read_only:
            box = self.frame.drawer.flags[name]
            box.setChecked(not box.isChecked())
            self.settle()

    def add_photos(self, sources: list[Path | QImage], at: int | None = None) -> None:
        """Adds photos from files or the clipboard; they are read in the background."""
        entry = self.entry
        if sources and entry and not self.read_only:
            files, folders = parted(sources)
            self._intake.take(files, entry, self.setting, at=at)
            for folder in folders:
                self.photos.open_card(folder)

    def _on_pressed(self, name: str) -> None:
        match name:
            case "bold" | "italic" | "link" | "list":
                self.adding.mark(name)
            case "key_event":
                self.toggle_fact(name)
            case "preview":
                self.toggle_preview()
            case "details":
                self.toggle_details()
            case _:
                self.adding.insert(name)

    def _offer_undo(self, sentence: str) -> None:
        self.notice.emit(sentence, "Undo", self.undo)

    # Making it

    def _made_setting(self, view: EntryView | None) -> Setting:
        made = made_setting(self._room, self._views, self._bridge, self._theme, self.photos, view)
        return dataclasses.replace(made, looking=self._looking)

    def _connect(self) -> None:
        frame, adding = self.frame, self.adding
        self.column.edited.connect(self._on_edited)
        self.column.settled.connect(self._on_settled)
        self.column.deleted.connect(lambda title: self._offer_undo(f"{title} deleted."))
        self.column.pictures_given.connect(self.add_photos)
        self.column.pictures_dropped.connect(self.add_photos)
        self.photos.developed.connect(self._look_over)
        adding.photos_given.connect(self.add_photos)
        adding.offered.connect(self.notice)
        adding.embedded.connect(self._offer_undo)
        frame.drawer.changed.connect(self._on_settled)
        frame.drawer.closed.connect(self.toggle_details)
        frame.toolbar.pressed.connect(self._on_pressed)
        frame.asking.closed.connect(self.column.restore_focus)
        self._saver.told.connect(self._tell_saved)
        self._bridge.changed.connect(self._on_changes)
        for _, _, keys, call in commands.table(self):
            if keys:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(call)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # the window hands the focus on; what merely lost its own does not come here to write
        if not self._showing and event.reason() is Qt.FocusReason.OtherFocusReason:
            self.focus_text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self.settle()

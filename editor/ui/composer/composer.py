"""The composer: one entry, written, looked at, released.

It keeps three things apart: the column owns what is typed, the history stack what was, the saver what is safe on disk.
Keys only restart a timer; everything else happens when the writer pauses.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from editor.changes import Changes
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.clean import clean_content
from editor.content.entry import Content
from editor.content.networks import recognise
from editor.desk.preflight import preflight
from editor.desk.writing import duplicate, restore
from editor.domain.entry import Stage
from editor.domain.ids import EntryId, RevisionId
from editor.ports import Room
from editor.problems import Refused, Unavailable
from editor.ui.blocks.base import BlockWidget, Setting
from editor.ui.blocks.text import TextBlock
from editor.ui.bridge import Bridge
from editor.ui.composer import commands, releasing, standing
from editor.ui.composer.asking import Answer, Asking
from editor.ui.composer.banner import Banner, Before
from editor.ui.composer.column import Column
from editor.ui.composer.drawer import Drawer
from editor.ui.composer.facts_line import FactsLine
from editor.ui.composer.foot import Foot
from editor.ui.composer.history_panel import OTHER, HistoryPanel
from editor.ui.composer.history_stack import HistoryStack
from editor.ui.composer.insert_menu import InsertMenu
from editor.ui.composer.photo_intake import PhotoIntake
from editor.ui.composer.preview import Preview
from editor.ui.composer.saver import Saver
from editor.ui.composer.toolbar import Toolbar
from editor.ui.kit.labels import EmptyState, Hairline
from editor.ui.kit.paint import direction
from editor.ui.messages import sentence
from editor.ui.theme.theme import Theme
from editor.views import EntryView, Views

QUIET_MS = 400
SIDE_BY_SIDE = 1100
ORIGIN = "composer"
EMPTY, WRITING, PREVIEW, HISTORY = range(4)
RTL = ("ar", "fa", "he", "ur", "yi", "ps", "ckb", "dv", "ug", "sd")
PHOTO_FILES = "Photos (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.heic *.heif *.gif)"


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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._room, self._views, self._bridge, self._theme = room, views, bridge, theme
        self._view: EntryView | None = None
        self._setting = self._made_setting(None)
        self._stack = HistoryStack(Content())
        self._quiet_timer = QTimer(self)
        self._quiet_timer.setSingleShot(True)
        self._quiet_timer.setInterval(QUIET_MS)
        self._quiet_timer.timeout.connect(self.settle)
        self._showing = False
        self._preview_on = False
        self._history_on = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._saver = Saver(room, ORIGIN, self)
        self._saver.told.connect(self._tell_saved)
        self._intake = PhotoIntake(room, views, bridge, self.column)
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

    def open_entry(self, entry: EntryId) -> None:
        """Shows an entry; what was typed into the one before is saved first."""
        if entry == self.entry:
            return
        self.flush()
        view = self._views.entry(entry)
        self._view = view
        self._setting = self._made_setting(view)
        self._showing = True
        self.drawer.show_facts(view.content, view.blog.zone, self._room.clock.now())
        self.column.show_content(view.content.headline, view.content.body, self._setting)
        self._showing = False
        # what the widgets make of the content is the base, so that opening alone never saves
        self._stack = HistoryStack(self._typed())
        self._saver.open(entry, self._stack.now, view.saved)
        self.asking.put_away()
        self._history_on = False
        self._show_standing()
        self._show_pages()
        self._look_over()
        self.entry_changed.emit()

    def close_entry(self) -> None:
        """Saves and shows the empty page."""
        self.flush()
        self._view = None
        self._saver.open(None, Content(), None)
        self.asking.put_away()
        self._show_standing()
        self._show_pages()
        self.entry_changed.emit()

    def flush(self) -> bool:
        """Saves what is typed, now. Returns whether everything is safe on disk."""
        self.settle()
        return self._saver.retry()

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
        if self._view is None or self._showing or self._read_only():
            return
        content = self._typed()
        changed = self._stack.keep(content)
        self._saver.save(content)
        if changed:
            self._look_over()

    def undo(self) -> None:
        """Takes the last step back, wherever it was made."""
        self.settle()
        if not self._read_only() and (content := self._stack.undo()) is not None:
            self._change_to(content)

    def redo(self) -> None:
        """Makes the step again that was taken back last."""
        self.settle()
        if not self._read_only() and (content := self._stack.redo()) is not None:
            self._change_to(content)

    def apply(self, content: Content) -> None:
        """Shows another content as a step of its own, which can be undone."""
        self.settle()
        if self._stack.keep(content):
            self._change_to(content)

    def _typed(self) -> Content:
        assert self._view is not None
        return clean_content(
            replace(
                self._view.content,
                headline=self.column.headline.text(),
                body=self.column.body(),
                **self.drawer.facts(),
            )
        )

    def _change_to(self, content: Content, *, follow: bool = True) -> None:
        assert self._view is not None
        self._showing = True
        self.drawer.show_facts(content, self._view.blog.zone, self._room.clock.now())
        self.column.change_to(content.headline, content.body, follow=follow)
        self._showing = False
        self._saver.save(content)
        self._look_over()

    def _on_edited(self) -> None:
        if not self._showing:
            self._quiet_timer.start()

    def _on_settled(self) -> None:
        if not self._showing:
            self.settle()

    def _look_over(self) -> None:
        """What depends on the text: words and size, problems, the preview, the buttons."""
        if self._view is None:
            return
        content = self._stack.now
        self.facts_line.look_at(content)
        self._tell_saved()
        self.toolbar.set_checked("key_event", content.key_event)
        problems = preflight(content) if not content.is_empty() else ()
        self.column.show_problems(problems)
        whole = [p for p in problems if not p.field.startswith("body.")]
        grave = any(p.refuses for p in problems)
        lines = dict.fromkeys(sentence(p) for p in (whole or problems))
        self.before.say(tuple(lines) if not self._read_only() else (), grave=grave)
        if self._preview_on:
            self.preview.show_content(content, self._view.blog)
        if self._history_on:
            self.history.set_now(content)

    # What is shown around the text

    def _show_standing(self) -> None:
        view = self._view
        self.toolbar.set_open(view is not None)
        if view is None:
            self.banner.say("")
            return
        self.foot.offer(standing.offer(view))
        text, tint = standing.told(view, self._room.clock.now())
        self.banner.say(text, tint)
        fixed = self._read_only()
        self.column.set_read_only(fixed)
        self.drawer.set_read_only(fixed)
        self.toolbar.set_writable(not fixed)

    def _read_only(self) -> bool:
        return self._view is None or self._view.entry.stage is Stage.WITHDRAWN

    def _show_pages(self) -> None:
        open_now = self._view is not None
        beside = self._preview_on and self.width() >= SIDE_BY_SIDE
        over = self._preview_on and not beside
        page = EMPTY
        if open_now:
            page = HISTORY if self._history_on else PREVIEW if over else WRITING
        holder = self._beside if beside and open_now and not self._history_on else self._alone
        if self.preview.parentWidget() is not holder:
            layout = holder.layout()
            assert layout is not None
            layout.addWidget(self.preview)
        self._beside.setVisible(beside and open_now and not self._history_on)
        self.pages.setCurrentIndex(page)
        self.foot.setVisible(open_now)
        self.toolbar.set_checked("preview", self._preview_on and open_now)
        self.toolbar.set_checked("details", self.drawer.isVisibleTo(self))
        if self._preview_on and self._view is not None:
            self.preview.show_content(self._stack.now, self._view.blog)

    def toggle_preview(self) -> None:
        """Shows the entry as readers get it, or the text again."""
        self.settle()
        self._preview_on = not self._preview_on
        self._history_on = False
        self._show_pages()
        if not self._preview_on:
            self.column.restore_focus()

    def toggle_history(self) -> None:
        """Shows the entry's versions, or the text again."""
        self.settle()
        self._history_on = not self._history_on
        self._show_history(None)
        self._show_pages()

    def toggle_details(self) -> None:
        """Shows or hides the drawer."""
        self.drawer.setVisible(not self.drawer.isVisibleTo(self))
        self._show_pages()
        if self.drawer.isVisible():
            self.drawer.labels.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_history(self, other: Content | None) -> None:
        if self._view is None or not self._history_on:
            return
        self.history.show_history(
            self._views.history(self._view.entry.id),
            self._views.revision_content,
            self._stack.now,
            self._view.blog,
            self._room.clock.now(),
            writable=not self._read_only(),
            other=other,
        )

    def _tell_saved(self) -> None:
        if self._view is None:
            return
        problem = self._saver.problem
        if problem is not None:
            self.foot.complain(f"Not saved: {sentence(problem)} Your text is kept in the window.")
            return
        self.foot.complain("")
        self.foot.say(self.facts_line.text(self._saver.at, self._view.blog.zone))

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
            self._show_pages()
            self.entry_changed.emit()
            return
        if changes.origin != ORIGIN:
            self._take_in(self._view.content)
        self._show_standing()
        self.entry_changed.emit()

    def _take_in(self, theirs: Content) -> None:
        """Somebody else has changed the text: it is shown, unless something was typed that it would replace."""
        if theirs in (self._saver.stored, self._stack.now):
            return
        mine = self._typed()
        if mine == self._stack.now and not self._saver.waits:
            self._saver.take(theirs)
            self._stack.keep(theirs)
            self._change_to(theirs, follow=False)
            return
        self._saver.take(theirs)
        self.notice.emit(
            "This entry was changed elsewhere while you were writing.",
            "Show the other text",
            lambda: self._show_other(theirs),
        )

    def _show_other(self, theirs: Content) -> None:
        self._history_on = True
        self._show_history(theirs)
        self._show_pages()

    def _on_restored(self, content: Content, revision: RevisionId) -> None:
        if self._view is None:
            return
        if revision == OTHER:
            self.apply(content)
        else:
            before = self._stack.now
            try:
                restore(self._room, self._view.entry.id, revision)
            except (Refused, Unavailable) as trouble:
                self._say_trouble(trouble)
                return
            self.notice.emit(
                "The old version is your draft now.", "Undo", lambda: self.apply(before)
            )
        self._history_on = False
        self._show_pages()

    # What is asked of the entry

    def do(self, name: str, answer: Answer | None = None) -> None:
        """Does what a button or a command names; asks first where something has to be known."""
        if name in ("save", "retry"):
            self.flush()
            return
        if self._view is None:
            return
        if name == "duplicate":
            self._duplicate()
            return
        if name == "history":
            self.toggle_history()
            return
        asked = releasing.question(name, self._view, self._room.clock.now)
        if asked is not None and answer is None:
            self.asking.ask(asked)
            return
        if not self.flush():
            return
        verb = releasing.act(name, self._room, self._view.entry.id, self._saver.stored, answer)
        if verb is None:
            return
        try:
            verb()
        except (Refused, Unavailable) as trouble:
            self._say_trouble(trouble)
            return
        self.asking.put_away()
        self.notice.emit(releasing.done_sentence(name, self._view), "", None)

    def do_primary(self) -> None:
        """Ctrl+Enter: the button that comes next."""
        if self._view is not None and self.foot.primary:
            self.settle()
            self.do(self.foot.primary)

    def do_offered(self, name: str) -> None:
        """Does it if the entry's standing offers it now."""
        if name in self.foot.names():
            self.do(name)

    def _duplicate(self) -> None:
        assert self._view is not None
        self.flush()
        try:
            made = duplicate(self._room, self._view.entry.id)
        except (Refused, Unavailable) as trouble:
            self._say_trouble(trouble)
            return
        self.open_entry(next(iter(made.entries)))
        self.focus_text()

    def _say_trouble(self, trouble: Refused | Unavailable) -> None:
        problems = trouble.problems if isinstance(trouble, Refused) else (trouble.problem,)
        lines = tuple(dict.fromkeys(sentence(problem) for problem in problems))
        if self.asking.asks:
            self.asking.complain(lines[0])
        else:
            self.column.show_problems(problems)
            self.before.say(lines, grave=True)
            self.column.ensureWidgetVisible(self.before)
            self.notice.emit(lines[0], "", None)

    # Blocks and marks

    def insert(self, kind: str) -> None:
        """Adds a block after the one that is being written in."""
        if self._read_only():
            return
        if kind == "photo":
            self.choose_photos()
        else:
            self.column.insert(kind)

    def choose_photos(self) -> None:
        """Asks for files and adds them as photos."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "Add photos", "", PHOTO_FILES)
        self.add_photos([Path(name) for name in chosen])

    def add_photos(self, sources: list[Path]) -> None:
        """Adds photos from files; they are read in the background."""
        entry = self.entry
        if sources and entry is not None and not self._read_only():
            self._intake.take(sources, entry, self._setting)

    def mark(self, what: str) -> None:
        """Bold, italic, a link or a list, in the text that is being written in."""
        block = self.column.current
        if not isinstance(block, TextBlock):
            return
        match what:
            case "bold":
                block.edit.toggle("**")
            case "italic":
                block.edit.toggle("*")
            case "link":
                block.edit.make_link()
            case "list":
                block.edit.toggle_list()

    def toggle_fact(self, name: str) -> None:
        """Key event or pin, on or off."""
        if not self._read_only():
            box = self.drawer.key_event if name == "key_event" else self.drawer.pinned
            box.setChecked(not box.isChecked())
            self.settle()

    def open_insert_menu(self, at: QPoint | None = None, slash: bool = False) -> None:
        """Opens the insert menu at a place, or at the cursor."""
        if self._read_only():
            return
        if at is None:
            near = self.column.current or self.column.headline
            at = near.mapToGlobal(QPoint(40, near.height()))
        self._menu.open_at(at, slash=slash)

    def _on_menu_given_up(self, typed: str) -> None:
        block = self.column.current
        if isinstance(block, TextBlock):
            block.edit.setFocus(Qt.FocusReason.PopupFocusReason)
            if typed:
                block.edit.textCursor().insertText(typed)

    def _offer_embed(self, widget: BlockWidget, address: str) -> None:
        found = recognise(address)
        what = f"a {found.label} post" if found else "a story link"
        self.notice.emit(
            f"Show this address as {what}?", "Embed", lambda: self._embed(widget, address)
        )

    def _embed(self, widget: BlockWidget, address: str) -> None:
        value = widget.value() if widget in self.column.blocks else None
        if value is None or getattr(value, "text", "").strip() != address:
            return
        found = recognise(address)
        if found is not None:
            block: Social | Story = Social(
                url=found.url, network=found.network, handle=found.handle
            )
        else:
            block = Story(url=address)
        self.column.replace(widget, block)
        self.notice.emit("The address is a block now.", "Undo", self.undo)

    def _on_deleted(self, title: str) -> None:
        self.notice.emit(f"{title} deleted.", "Undo", self.undo)

    def _on_pressed(self, name: str) -> None:
        match name:
            case "bold" | "italic" | "link" | "list":
                self.mark(name)
            case "key_event":
                self.toggle_fact(name)
            case "preview":
                self.toggle_preview()
            case "details":
                self.toggle_details()
            case _:
                self.insert(name)

    # Making it

    def _made_setting(self, view: EntryView | None) -> Setting:
        from datetime import UTC

        blog = view.blog if view is not None else None
        language = (view.content.language or view.blog.language) if view is not None else "en"
        said = direction(view.content.headline) if view is not None else None
        return Setting(
            theme=self._theme,
            zone=blog.zone if blog is not None else UTC,
            now=self._room.clock.now,
            run_in_pool=self._bridge.run_in_pool,
            original=lambda asset: self._room.shelf.original(asset),  # type: ignore[arg-type]
            size_note=lambda asset: self.facts_line.size_note(asset),
            speakers=lambda: self._views.speakers(blog.id) if blog is not None else (),
            right_to_left=language.partition("-")[0].lower() in RTL
            or said is Qt.LayoutDirection.RightToLeft,
        )

    def _build(self) -> None:
        theme = self._theme
        self.facts_line = FactsLine(self._room)
        self.toolbar = Toolbar(theme)
        self.banner = Banner(theme)
        self.column = Column(self._setting)
        self.before = Before(theme)
        self.column.set_foot(self.before)
        self.preview = Preview(theme, self._setting.original, self._bridge.run_in_pool)
        self.history = HistoryPanel(theme, self._setting.original, self._bridge.run_in_pool)
        self.drawer = Drawer(theme)
        self.drawer.hide()
        self.asking = Asking(theme)
        self.foot = Foot(theme)
        empty = EmptyState(theme, "pen-line")
        empty.say(
            "Nothing is open",
            "Choose an entry on the left, or begin a new one with Ctrl N.",
            "New entry",
            self.new_entry_wanted.emit,
        )
        self._menu = InsertMenu(theme, self)
        self._beside, self._alone = QWidget(), QWidget()
        for holder in (self._beside, self._alone):
            inner = QHBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(0)
        beside = self._beside.layout()
        assert beside is not None
        beside.addWidget(Hairline(theme, upright=True))
        writing = QWidget()
        row = QHBoxLayout(writing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.column, 3)
        row.addWidget(self._beside, 2)
        self.pages = QStackedWidget()
        for page in (empty, writing, self._alone, self.history):
            self.pages.addWidget(page)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self.drawer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addWidget(self.asking)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.column.edited.connect(self._on_edited)
        self.column.settled.connect(self._on_settled)
        self.column.deleted.connect(self._on_deleted)
        self.column.menu_wanted.connect(self.open_insert_menu)
        self.column.address_pasted.connect(self._offer_embed)
        self.column.pictures_given.connect(self.add_photos)
        self.drawer.changed.connect(self._on_settled)
        self.drawer.closed.connect(self.toggle_details)
        self.toolbar.pressed.connect(self._on_pressed)
        self.foot.pressed.connect(self.do)
        self.asking.answered.connect(lambda answer: self.do(answer.name, answer))
        self.asking.closed.connect(self.column.restore_focus)
        self.history.restored.connect(self._on_restored)
        self.history.closed.connect(self.toggle_history)
        self._menu.chosen.connect(self.insert)
        self._menu.given_up.connect(self._on_menu_given_up)
        self._bridge.changed.connect(self._on_changes)
        for _, _, keys, call in commands.table(self):
            if keys:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(call)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focus_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_pages()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self.settle()

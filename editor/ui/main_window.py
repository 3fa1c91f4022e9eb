"""The main window: three panes as in a mail program, and the way from what is chosen to what is shown.

It calls the desk and asks the views; what changed comes back through the bridge, whoever changed it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from editor.changes import Changes
from editor.domain.blog import Role
from editor.domain.ids import BlogId, EntryId
from editor.domain.roles import role_over
from editor.ports import Room
from editor.problems import Problem, Refused, Unavailable
from editor.ui.actions import Actions
from editor.ui.bridge import Bridge
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.labels import EmptyState
from editor.ui.messages import sentence_with_place
from editor.ui.office import Office
from editor.ui.panes import Panes
from editor.ui.side_bar import LISTS, SideBar
from editor.ui.status_bar import StatusBar
from editor.ui.theme.chosen import chosen_theme
from editor.ui.thumbnails import Thumbnails
from editor.ui.timeline.pane import TimelinePane
from editor.ui.window_place import keep_place, restore_place
from editor.views import BlogRow, Views

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from editor.ui.composer.composer import Composer
    from editor.ui.kit.notice import Notice
    from editor.ui.outbox.view import OutboxView

T = TypeVar("T")


class MainWindow(QMainWindow):
    """The window. ``office`` is the program around it; ``painted`` comes once, after the first picture; ``entry_shown`` when
    the composer shows another entry, or the same one anew.
    """

    painted = Signal()
    entry_shown = Signal()

    def __init__(self, room: Room, views: Views, bridge: Bridge, office: Office) -> None:
        super().__init__()
        self.room = room
        self.views = views
        self.bridge = bridge
        self.office = office
        self.settings = QSettings(str(office.profile.settings), QSettings.Format.IniFormat)
        self.theme = chosen_theme(self.settings)
        self.thumbnails = Thumbnails(room, bridge, office.profile.folder / "thumbnails")
        self.registry = Actions(self)
        self.blogs: tuple[BlogRow, ...] = ()
        self.composer: Composer | None = None
        self.outbox: OutboxView | None = None
        self.panes: Panes
        self.where = ""
        self._first_run: QWidget | None = None
        self._was_painted = False
        self._build()
        bridge.changed.connect(self._follow)
        bridge.sync_state.connect(lambda _: self._show_connection())
        restore_place(self, self.panes, self.settings)
        self._open_first()

    def show_blog(self, blog: BlogId) -> None:
        """Shows a live blog's timeline, and its first entry beside it."""
        row = self.blog_row(blog)
        if row is None:
            return
        self.where = blog
        self.side.mark(blog=blog)
        self.middle.setCurrentWidget(self.timeline)
        self.timeline.show_blog(row)
        self.status.show_zone(row.timezone)
        self.settings.setValue("blog", blog)
        self.panes.show_list()
        self._show_first()

    def show_list(self, which: str) -> None:
        """Shows one of the desk's lists, or the outbox."""
        self.where = which
        self.side.mark(which=which)
        self.panes.show_list()
        if which == "outbox":
            self._outbox_view().renew()
            self.middle.setCurrentWidget(self._outbox_view())
            return
        self.middle.setCurrentWidget(self.timeline)
        zone = self.blogs[0].timezone if self.blogs else "UTC"
        self.timeline.show_desk(LISTS[which], self.blogs, zone)
        self._show_first()

    def open_entry(self, entry: EntryId, *, focus: bool = True) -> None:
        """Opens an entry in the composer."""
        composer = self._composer()
        if composer.entry != entry:
            try:
                composer.open_entry(entry)
            except Refused as refused:
                self.tell(refused.first)
                return
        self.right.setCurrentWidget(composer)
        self.timeline.list.select(entry)
        if focus:
            self.panes.show_right()
            composer.focus_text()

    def go_to(self, entry: EntryId) -> None:
        """Shows an entry in its blog's timeline and opens it."""
        blog = self.views.entry(entry).blog.id
        if self.where != blog:
            self.show_blog(blog)
        self.open_entry(entry)

    def new_entry(self) -> None:
        """Begins an entry in the blog that is shown, or in the first one."""
        blog = self.current_blog()
        if blog is None:
            self.registry.run("blog.new")
            return
        if self.where != blog:
            self.show_blog(blog)
        from editor.desk import writing

        changes = self.attempt(lambda: writing.new_entry(self.room, blog))
        if changes:
            self.open_entry(next(iter(changes.entries)))

    def current_blog(self) -> BlogId | None:
        """The blog that is shown, or that the open entry belongs to."""
        if shown := self.timeline.blog():
            return shown
        if self.composer and self.composer.entry:
            return self.views.entry(self.composer.entry).blog.id
        return self.blogs[0].id if self.blogs else None

    def current_entry(self) -> EntryId | None:
        """The entry that is selected or open."""
        if self.composer and self.composer.entry and self.right.currentWidget() is self.composer:
            return self.composer.entry
        return self.timeline.list.current()

    def blog_row(self, blog: BlogId | None) -> BlogRow | None:
        """A blog as the side bar shows it."""
        return next((row for row in self.blogs if row.id == blog), None)

    def role(self) -> Role:
        """What the one at this laptop may do."""
        return role_over(account.role for account in self.views.accounts())

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Does something of the desk's; what it refuses is told in a notice, and None is returned."""
        try:
            return work()
        except Refused as refused:
            self.tell(refused.first)
        except Unavailable as unavailable:
            self.tell(unavailable.problem)
        return None

    def tell(self, problem: Problem) -> None:
        """Tells a problem at the foot of the right pane."""
        self.say(sentence_with_place(problem))

    def say(self, text: str, action: str = "", callback: Callable[[], None] | None = None) -> None:
        """Tells something, with one thing to do about it."""
        self.notice.say(text, action, callback)

    def flush(self) -> bool:
        """Saves what was typed, now. Returns whether everything is safe on the disk."""
        return self.composer is None or self.composer.flush()

    def come_to_front(self) -> None:
        """Another window was asked for: this is the one."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def add_strip(self, strip: QWidget, *, above: bool = False) -> None:
        """Puts a strip of news over the window, or at its foot."""
        if above:
            self._column.insertWidget(0, strip)
        elif self.whole.currentWidget() is self._desktop:
            self.status.add_strip(strip)
        else:
            self._column.addWidget(strip)

    def popup_menu(self, at: QPoint) -> None:
        """Shows everything that can be done, as a menu."""
        from editor.ui.menus import main_menu

        main_menu(self).popup(at)

    def _follow(self, changes: Changes) -> None:
        if changes.blogs or changes.entries or changes.everything:
            self._renew_blogs()
        self._show_counts()
        if changes.accounts or changes.everything:
            self._show_connection()
        shown = self.timeline.blog()
        self.timeline.follow(changes, self.blog_row(shown))
        if self.outbox is not None and self.middle.currentWidget() is self.outbox:
            self.outbox.renew()

    def _renew_blogs(self) -> None:
        self.blogs = self.views.blogs()
        self.side.show_blogs(self.blogs)
        if row := self.blog_row(self.timeline.blog()):
            self.status.show_zone(row.timezone)
        if self.blogs and self.whole.currentWidget() is self._first_run:
            self.whole.setCurrentWidget(self._desktop)

    def _show_counts(self) -> None:
        counts = self.views.counts()
        self.side.show_counts(counts, self.role())
        self.status.show_counts(counts)

    def _show_connection(self) -> None:
        accounts = self.views.accounts()
        self.side.show_account(accounts, self.bridge.connection)
        self.status.show_connection(self.bridge.connection, accounts)

    def _show_unsaved(self, unsaved: bool) -> None:
        self.status.show_unsaved(unsaved)
        self.timeline.show_unsaved(unsaved)

    def _open_first(self) -> None:
        self._renew_blogs()
        self._show_counts()
        self._show_connection()
        if not self.blogs:
            self._show_first_run()
            return
        last = self.blog_row(BlogId(str(self.settings.value("blog", ""))))
        self.show_blog((last or self.blogs[0]).id)

    def _show_first(self) -> None:
        """Selects the list's first entry; it is opened when the list has been painted."""
        ids = self.timeline.model.ids()
        if not ids:
            self.right.setCurrentWidget(self._nothing)
            return
        self.timeline.list.select(ids[0])
        if self._was_painted:
            QTimer.singleShot(0, self._open_selected)

    def _open_selected(self) -> None:
        if entry := self.timeline.list.current():
            self.open_entry(entry, focus=False)

    def _after_first_picture(self) -> None:
        """What the first picture does not need: names and shortcuts of what can be done, the composer."""
        from editor.ui.window_actions import window_actions

        self.setWindowIcon(self.theme.icon("dateline", "accent"))
        self.registry.add_all(window_actions(self))
        self._open_selected()
        self.painted.emit()

    def _show_first_run(self) -> None:
        from editor.ui.making import make_first_run

        if self._first_run is None:
            self._first_run = make_first_run(self)
            self.whole.addWidget(self._first_run)
        self.whole.setCurrentWidget(self._first_run)

    def _composer(self) -> Composer:
        if self.composer is None:
            from editor.ui.making import make_composer

            self.composer = make_composer(self)
            self.composer.entry_changed.connect(self._select_open)
            self.right.addWidget(self.composer)
        return self.composer

    def _select_open(self) -> None:
        """The composer opened another entry by itself: a duplicate."""
        if self.composer is not None and self.composer.entry is not None:
            self.timeline.list.select(self.composer.entry)

    @cached_property
    def notice(self) -> Notice:
        """News at the foot of the right pane."""
        from editor.ui.kit.notice import Notice

        bar = Notice(self.theme)
        self._right_column.addWidget(bar)
        return bar

    @cached_property
    def _nothing(self) -> EmptyState:
        page = EmptyState(self.theme, "pen-line")
        page.say("Nothing is open", "Choose an entry, or begin a new one with Ctrl N.")
        self.right.addWidget(page)
        return page

    def _outbox_view(self) -> OutboxView:
        if self.outbox is None:
            from editor.ui.making import make_outbox

            self.outbox = make_outbox(self)
            self.middle.addWidget(self.outbox)
        return self.outbox

    def _entry_menu(self, entry: str, at: QPoint) -> None:
        from editor.ui.menus import entry_menu

        entry_menu(self, EntryId(entry)).popup(at)

    def _blog_menu(self, blog: str, at: QPoint) -> None:
        from editor.ui.menus import blog_menu

        blog_menu(self, BlogId(blog)).popup(at)

    def _build(self) -> None:
        theme, clock = self.theme, self.room.clock
        self.setWindowTitle("Dateline")
        self.setMinimumSize(720, 560)
        self.side = SideBar(theme, "Ctrl N")
        self.timeline = TimelinePane(theme, self.views, self.bridge, self.thumbnails, clock)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.timeline)
        self.right = QStackedWidget()
        back = FlatButton(theme, "Back to the list", icon="list", text="Back to the list")
        back.clicked.connect(lambda: self.panes.show_list())
        pane = QWidget()
        # What is in the pane may want more; it never pushes the list aside.
        pane.setMinimumWidth(360)
        self._right_column = column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(back)
        column.addWidget(self.right, 1)
        self.panes = Panes(self.side, self.middle, pane, back)
        self.status = StatusBar(theme, clock)
        self._desktop = QWidget()
        whole = QVBoxLayout(self._desktop)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.panes, 1)
        whole.addWidget(self.status)
        self.whole = QStackedWidget()
        self.whole.addWidget(self._desktop)
        self._column = strips = QVBoxLayout(centre := QWidget())
        strips.setContentsMargins(0, 0, 0, 0)
        strips.setSpacing(0)
        strips.addWidget(self.whole)
        self.setCentralWidget(centre)
        self.side.blog_chosen.connect(lambda blog: self.show_blog(BlogId(blog)))
        self.side.list_chosen.connect(self.show_list)
        self.side.blog_menu.connect(self._blog_menu)
        self.side.new_entry.connect(self.new_entry)
        self.side.new_blog.connect(lambda: self.registry.run("blog.new"))
        self.side.menu_wanted.connect(self.popup_menu)
        self.side.account_wanted.connect(lambda: self.registry.run("accounts"))
        self.timeline.selected.connect(lambda entry: self.open_entry(EntryId(entry), focus=False))
        self.timeline.list.clicked.connect(lambda _: self.panes.follow_click())
        self.timeline.opened.connect(lambda entry: self.open_entry(EntryId(entry)))
        self.timeline.menu_wanted.connect(self._entry_menu)
        self.timeline.new_wanted.connect(self.new_entry)
        self.bridge.unsaved.connect(self._show_unsaved)
        self.status.outbox_wanted.connect(lambda: self.show_list("outbox"))
        self.status.minute.connect(self.timeline.tick)
        self.setTabOrder(self.side, self.timeline)
        self.timeline.list.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._after_first_picture)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.flush()
        keep_place(self, self.panes, self.settings)
        super().closeEvent(event)

"""The middle pane: the blog's headline and status, search, filter chips, and the timeline below."""

from __future__ import annotations

from functools import cached_property
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from editor.changes import Changes
from editor.domain.blog import BlogStatus
from editor.domain.ids import BlogId, EntryId
from editor.ports import Clock
from editor.ui.bridge import Bridge
from editor.ui.kit.chips import Chip, Pill
from editor.ui.kit.labels import Elided, EmptyState, Hairline
from editor.ui.messages import count, waited
from editor.ui.theme.theme import Theme
from editor.ui.thumbnails import Thumbnails
from editor.ui.timeline.card import Scene
from editor.ui.timeline.list import EntryList
from editor.ui.timeline.model import TimelineModel
from editor.views import BlogRow, Filter, Views

SEARCH_MS = 120
CHIPS = (
    (Filter.ALL, "All"),
    (Filter.DRAFTS, "Drafts"),
    (Filter.IN_REVIEW, "In review"),
    (Filter.PUBLISHED, "Published"),
    (Filter.KEY_EVENTS, "Key events"),
)
DESK_TITLES = {
    Filter.IN_REVIEW: "To review",
    Filter.RETURNED: "Returned",
    Filter.SCHEDULED: "Scheduled",
}


class TimelinePane(QWidget):
    """A blog's timeline, or one of the desk's lists."""

    selected = Signal(str)
    opened = Signal(str)
    menu_wanted = Signal(str, QPoint)
    new_wanted = Signal()

    def __init__(
        self, theme: Theme, views: Views, bridge: Bridge, thumbnails: Thumbnails, clock: Clock
    ) -> None:
        super().__init__()
        self._unsaved = False
        self._theme = theme
        self._views = views
        self._bridge = bridge
        self._clock = clock
        self._blog: BlogRow | None = None
        self._blog_names: dict[str, str] = {}
        self._zone = ZoneInfo("UTC")
        self.model = TimelineModel(views, self)
        self.list = EntryList(theme, self.model, thumbnails, self._scene)
        self._build()
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(SEARCH_MS)
        self._debounce.timeout.connect(self._search_now)
        self.search.textChanged.connect(lambda _: self._debounce.start())
        self.search.left.connect(self._enter_list)
        self.list.selected.connect(self.selected)
        self.list.opened.connect(self.opened)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._ask_menu)
        bridge.sync_state.connect(lambda _: self.list.viewport().update())

    def show_blog(self, blog: BlogRow) -> None:
        """Shows a blog's timeline: all of it, from the top."""
        self._blog = blog
        self._zone = ZoneInfo(blog.timezone)
        self._chips[0].setChecked(True)
        self._tell_head()
        quiet = self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(quiet)
        self.model.show(blog.id)
        self.list.verticalScrollBar().setValue(0)
        self._tell_empty()

    def show_desk(self, which: Filter, blogs: tuple[BlogRow, ...], zone: str) -> None:
        """Shows one of the desk's lists, over all blogs."""
        self._blog = None
        self._zone = ZoneInfo(zone)
        self._blog_names = {blog.id: blog.headline for blog in blogs}
        self.model.show(None, which)
        self._tell_head()
        self._tell_empty()

    def blog(self) -> BlogId | None:
        """The blog that is shown."""
        return self._blog.id if self._blog else None

    def follow(self, changes: Changes, blog: BlogRow | None) -> None:
        """Reads again what a commit touched; ``blog`` is the shown blog as it is now."""
        if blog is not None and self._blog is not None:
            self._blog = blog
            self._zone = ZoneInfo(blog.timezone)
        here = self.list.current()
        self.model.follow(changes)
        if here and self.list.current() != here:
            self.list.select(here)
        self._tell_head()
        self._tell_empty()

    def show_unsaved(self, unsaved: bool) -> None:
        """The open entry's row does not say that it is saved while it is not."""
        if unsaved != self._unsaved:
            self._unsaved = unsaved
            self.list.viewport().update()

    def tick(self) -> None:
        """A minute has passed: what waits has waited longer."""
        if self._blog is None:
            self._tell_head()
        self.list.viewport().update()

    def choose(self, which: Filter) -> None:
        """Chooses a filter chip."""
        for chip, (mine, _) in zip(self._chips, CHIPS, strict=True):
            if mine is which:
                chip.click()

    def focus_search(self) -> None:
        """Puts the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _scene(self) -> Scene:
        return Scene(
            saved=not self._unsaved,
            zone=self._zone,
            now=self._clock.now(),
            online=self._bridge.connection.online,
            desk=self._blog is None,
            blog_names=self._blog_names,
        )

    def _search_now(self) -> None:
        self._debounce.stop()
        if self._blog is not None:
            which = next(
                mine for chip, (mine, _) in zip(self._chips, CHIPS, strict=True) if chip.isChecked()
            )
            here = self.list.current()
            self.model.show(self._blog.id, which, self.search.text().strip())
            self.list.select(here)
            self.list.verticalScrollBar().setValue(0)
            self._tell_empty()

    def _tell_head(self) -> None:
        blog = self._blog
        for part in (self.search, self._chip_row):
            part.setVisible(blog is not None)
        self._note.setVisible(blog is None)
        if blog is None:
            self._title.setText(DESK_TITLES.get(self.model.which, "Entries"))
            self._note.setText(self._desk_note())
            self._status.say("")
            return
        self._title.setText(blog.headline)
        self.search.setPlaceholderText(f"Search {count(blog.entries, 'entry', 'entries')}")
        match blog.status:
            case BlogStatus.LIVE:
                self._status.say("Live", "live", dot=True)
            case BlogStatus.UPCOMING:
                self._status.say("Upcoming", "accent")
            case BlogStatus.ENDED:
                self._status.say("Ended", "grey")

    def _desk_note(self) -> str:
        ids = self.model.ids()
        if self.model.which is not Filter.IN_REVIEW or not ids:
            return count(len(ids), "entry", "entries")
        oldest = self.model.row(0)
        since = oldest.submitted_at if oldest else None
        now = self._clock.now()
        minutes = int((now - (since or now)).total_seconds() // 60)
        return f"Oldest first · {len(ids)} waiting, longest {waited(max(0, minutes))}"

    @cached_property
    def _empty(self) -> EmptyState:
        page = EmptyState(self._theme, "newspaper")
        self._stack.addWidget(page)
        return page

    def _tell_empty(self) -> None:
        if self.model.ids():
            self._stack.setCurrentWidget(self.list)
            return
        if self._blog is None:
            self._empty.say("Nothing here", "There is nothing waiting in this list.")
        elif self.model.words:
            self._empty.say(
                "Nothing found",
                f"No entry has “{self.model.words}” in it.",
                "Clear the search",
                self.search.clear,
            )
        elif self.model.which is not Filter.ALL:
            self._empty.say(
                "Nothing here",
                "No entry of this live blog is in this list.",
                "Show all",
                lambda: self.choose(Filter.ALL),
            )
        else:
            text = "What you write is saved on this laptop as you type."
            self._empty.say("No entries yet", text, "New entry", self.new_wanted.emit)
        self._stack.setCurrentWidget(self._empty)

    def _ask_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if index.isValid():
            self.list.setCurrentIndex(index)
            if entry := self.list.current():
                self.menu_wanted.emit(EntryId(entry), self.list.viewport().mapToGlobal(at))

    def _build(self) -> None:
        self.setMinimumWidth(300)
        self._title = Elided(self._theme, px=17, weight=600)
        self._status = Pill(self._theme)
        self._note = Elided(self._theme, ink="ink_2")
        self.search = SearchField()
        self.search.setAccessibleName("Search the entries")
        self._chips = [Chip(self._theme, text) for _, text in CHIPS]
        self._chips[0].setChecked(True)
        title_row = QHBoxLayout()
        title_row.setSpacing(8)
        title_row.addWidget(self._title)
        title_row.addWidget(self._status)
        title_row.addStretch(1)
        self._chip_row = QWidget()
        chips = QHBoxLayout(self._chip_row)
        chips.setContentsMargins(0, 0, 0, 0)
        chips.setSpacing(6)
        for chip in self._chips:
            chip.clicked.connect(self._search_now)
            chips.addWidget(chip)
        chips.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(18, 15, 18, 10)
        head.setSpacing(0)
        head.addLayout(title_row)
        head.addWidget(self._note)
        head.addSpacing(8)
        head.addWidget(self.search)
        head.addSpacing(10)
        head.addWidget(self._chip_row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline(self._theme))
        column.addWidget(self._stack, 1)

    def _enter_list(self) -> None:
        """From the search field into the list."""
        self._search_now()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if self.list.current() is None and self.model.ids():
            self.list.setCurrentIndex(self.model.index(0))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("surface"))


class SearchField(QLineEdit):
    """A field from which Down and Enter lead into the list, and which Escape clears."""

    left = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt looks for this button's icon through all themes of the system.
        self.setClearButtonEnabled(True)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.left.emit()
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case _:
                super().keyPressEvent(event)

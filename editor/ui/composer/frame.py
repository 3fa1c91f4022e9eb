"""The composer's parts and where they stand: bars above and below, the text between, the preview beside or over it."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from editor.ui.blocks.base import Setting
from editor.ui.composer.asking import Asking
from editor.ui.composer.banner import Banner, Marks
from editor.ui.composer.checklist import Checklist
from editor.ui.composer.column import Column
from editor.ui.composer.drawer import Drawer
from editor.ui.composer.foot import Foot
from editor.ui.composer.history_panel import HistoryPanel
from editor.ui.composer.preview import Preview
from editor.ui.composer.toolbar import Toolbar
from editor.ui.kit.labels import EmptyState, Hairline

SIDE_BY_SIDE = 1100


class Page(IntEnum):
    """What fills the middle."""

    EMPTY = 0
    WRITING = 1
    PREVIEW = 2
    HISTORY = 3


class Frame(QWidget):
    """Lays the parts out. What they do is the composer's business."""

    def __init__(self, setting: Setting, new_entry: Callable[[], None]) -> None:
        super().__init__()
        theme = setting.theme
        self.toolbar = Toolbar(theme)
        self.banner = Banner(theme)
        self.column = Column(setting)
        self.marks = Marks(theme)
        self.column.set_head(self.marks)
        self.preview = Preview(theme, setting.picture, setting.run_in_pool)
        self.history = HistoryPanel(theme, setting.picture, setting.run_in_pool)
        self.drawer = Drawer(theme)
        self.drawer.hide()
        self.asking = Asking(theme)
        self.checklist = Checklist(theme)
        self.foot = Foot(theme)
        self.previews = False
        self.shows_history = False
        self._open = False
        empty = EmptyState(theme, "pen-line")
        empty.say(
            "Nothing is open",
            "Choose an entry on the left, or begin a new one with Ctrl N.",
            "New entry",
            new_entry,
        )
        self._beside, self._over = _holder(), _holder()
        _row(self._beside).addWidget(Hairline(theme, upright=True))
        writing = _holder()
        _row(writing).addWidget(self.column, 3)
        _row(writing).addWidget(self._beside, 2)
        self._pages = QStackedWidget()
        # the widest page must not hold a narrow window open
        self._pages.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        for page in (empty, writing, self._over, self.history):
            self._pages.addWidget(page)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._pages, 1)
        middle.addWidget(self.drawer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addWidget(self.asking)
        column.addWidget(self.checklist)
        column.addWidget(self.foot)

    def arrange(self, *, open_now: bool) -> None:
        """Shows what fits the width: the preview stands beside the text where there is room, else in its place."""
        self._open = open_now
        wide = self.width() >= SIDE_BY_SIDE
        beside = open_now and self.previews and wide and not self.shows_history
        page = Page.EMPTY
        if open_now:
            page = Page.PREVIEW if self.previews and not wide else Page.WRITING
            page = Page.HISTORY if self.shows_history else page
        holder = self._over if page is Page.PREVIEW else self._beside
        if self.preview.parentWidget() is not holder:
            _row(holder).addWidget(self.preview)
        self._beside.setVisible(beside)
        self._pages.setCurrentIndex(page)
        self.toolbar.set_open(open_now)
        self.toolbar.set_checked("preview", open_now and self.previews)
        self.toolbar.set_checked("details", self.drawer.isVisibleTo(self))
        self.foot.setVisible(open_now)
        self.drawer.setEnabled(open_now)

    @property
    def page(self) -> Page:
        """What fills the middle now."""
        return Page(self._pages.currentIndex())

    def resizeEvent(self, event: object) -> None:
        self.arrange(open_now=self._open)


def _holder() -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    return holder


def _row(holder: QWidget) -> QHBoxLayout:
    row = holder.layout()
    assert isinstance(row, QHBoxLayout)
    return row

"""Which of this laptop's live blogs go to an account, and to which place there: a row for each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from editor.domain.blog import Account
from editor.domain.ids import BlogId
from editor.problems import Problem
from editor.sync.backend import BackendKind, May, Welcome
from editor.ui.accounts import work
from editor.ui.accounts.asking import Asking, Trouble
from editor.ui.accounts.blog_line import BlogLine
from editor.ui.accounts.parts import REACH, Panel, Reaching, Scrolled, column_in, relabel
from editor.ui.kit.buttons import Button
from editor.ui.kit.labels import Label
from editor.ui.kit.sheet import Sheet
from editor.ui.messages import count, sentence

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

MEANS = (
    "What is public in a live blog is sent there as well, and from then on everything that you release in it."
    " The page on this laptop stays as it is."
)
NONE_YET = "There is no live blog on this laptop yet. Begin one, then choose here where it goes."


class BlogsPage(QWidget):
    """``moved`` comes when another blog was ticked or work began or ended, ``done`` when all that was ticked goes there."""

    moved = Signal()
    done = Signal(str)
    new_blog_wanted = Signal()

    def __init__(self, window: MainWindow, account: Account, kind: BackendKind) -> None:
        super().__init__()
        theme = window.theme
        self._window, self._account = window, account
        self._blogs = {row.id: window.views.blog(row.id) for row in window.views.blogs()}
        field = work.place_field(kind)
        self.has_places = bool(field)
        self.lines: dict[BlogId, BlogLine] = {}
        self._asking = Asking(window.bridge, self)
        self._asking.rested.connect(self.moved)
        self.trouble = Panel(theme, "live", "circle-alert")
        inner = QWidget()
        rows = column_in(inner, spacing=8)
        for row in window.views.blogs():
            mine = [t for t in window.views.targets(row.id) if t.account == account.id]
            place = mine[0].settings.get(field, "") if mine else None
            line = self.lines[row.id] = BlogLine(theme, row, place, places=bool(field))
            line.changed.connect(self.moved)
            rows.addWidget(line)
        rows.addStretch(1)
        column = column_in(self, spacing=12)
        column.setContentsMargins(REACH, 0, REACH, 0)
        column.addWidget(Label(theme, MEANS if self.lines else NONE_YET, ink="ink_2", wraps=True))
        column.addWidget(self.trouble)
        if self.lines:
            self._scroll = Scrolled(inner)
            column.addLayout(Reaching(self._scroll), 1)
        else:
            begin = Button(theme, "New live blog…")
            begin.clicked.connect(lambda: self.new_blog_wanted.emit())
            column.addWidget(begin, 0, Qt.AlignmentFlag.AlignLeading)
            column.addStretch(1)
        self.know(None)

    @property
    def busy(self) -> bool:
        """Whether it is being done."""
        return self._asking.busy

    def chosen(self) -> dict[BlogId, str]:
        """The blogs that shall go there and do not yet, each with its place."""
        return {blog: line.wanted_place() for blog, line in self.lines.items() if line.chosen}

    def know(self, welcome: Welcome | None) -> None:
        """Offers the places that were found; where none are known, they are typed."""
        places = welcome.places if welcome else ()
        new = welcome is None or May.BLOGS in welcome.may
        for line in self.lines.values():
            line.offer(places, new=new)

    def tell(self, trouble: Trouble) -> None:
        """Says what is wrong with all of it."""
        self.trouble.say(sentence(trouble.problem))

    def focus_first(self) -> None:
        """The first blog that can be ticked."""
        for line in self.lines.values():
            if line.tick.isEnabled():
                line.tick.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def save(self) -> None:
        """Lets what is ticked go there."""
        chosen = self.chosen()
        for line in self.lines.values():
            if line.chosen:
                line.tell("")
        missing = [
            blog for blog, place in chosen.items() if self.lines[blog].needs_place and not place
        ]
        for blog in missing:
            self.lines[blog].tell("Say which place it goes to.")
        if missing:
            self.lines[missing[0]].place.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(self.lines[missing[0]], 0, 8)
            return
        self.trouble.say("")
        window, account = self._window, self._account
        blogs = self._blogs
        self._asking.ask(
            lambda: work.let_go_there(window.office, window.room, account, chosen, blogs),
            partial(self._on_done, chosen),
            self.tell,
            window.tell,
        )
        self.moved.emit()

    def close_up(self) -> None:
        """The sheet is closed."""
        self._asking.close()

    def _on_done(self, chosen: dict[BlogId, str], refused: dict[BlogId, Problem]) -> None:
        self._window.office.wake()
        for blog in chosen:
            if blog in refused:
                self.lines[blog].tell(sentence(refused[blog]))
            else:
                self.lines[blog].goes_there()
        self.moved.emit()
        if not refused:
            number = len(chosen)
            goes = "goes" if number == 1 else "go"
            self.done.emit(f"{count(number, 'live blog')} {goes} to {self._account.name} now.")


def show_buttons(sheet: Sheet, page: BlogsPage) -> None:
    """The foot of a sheet on which live blogs are chosen: it ends, or first does what was ticked."""
    chosen = bool(page.chosen())
    relabel(sheet.done_button, "Saving…" if page.busy else "Save" if chosen else "Done")
    sheet.done_button.setVisible(True)
    sheet.done_button.setEnabled(not page.busy)
    if sheet.cancel_button is not None:
        relabel(sheet.cancel_button, "Not now")
        sheet.cancel_button.setVisible(chosen)

"""Adding an account in three steps: its kind, its form, and which live blogs go there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from editor.domain.blog import Account
from editor.domain.ids import AccountId
from editor.sync.backend import BackendKind
from editor.ui.accounts.blogs_page import BlogsPage, show_buttons
from editor.ui.accounts.form_sheet import FormSheet
from editor.ui.accounts.kinds import offers, title_of
from editor.ui.accounts.parts import Scrolled, column_in, tab_in_order
from editor.ui.accounts.picks import Pick
from editor.ui.accounts.work import Met
from editor.ui.kit.labels import Label

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

ASKS = "Where do you publish? Dateline talks to that place only, and sends nothing there before you release it."
WHICH = "Which live blogs go there?"


def show_add(window: MainWindow, over: QWidget | None = None) -> AddSheet:
    """Asks for a new account, over the window or another sheet."""
    sheet = AddSheet(window, over or window)
    sheet.open()
    return sheet


class AddSheet(FormSheet):
    """It goes from step to step, and can go back to the first one."""

    def __init__(self, window: MainWindow, over: QWidget) -> None:
        super().__init__(window, over, "Add an account")
        theme = window.theme
        self._kind: BackendKind | None = None
        self.blogs: BlogsPage | None = None
        inner = QWidget()
        column = column_in(inner, spacing=8)
        column.addWidget(Label(theme, ASKS, ink="ink_2", wraps=True))
        column.addSpacing(6)
        self.picks: dict[str, Pick] = {}
        for offer in offers():
            pick = self.picks[offer.name] = Pick(theme, offer.title, offer.help, icon=offer.icon)
            pick.clicked.connect(lambda _=False, name=offer.name: self.load(name))
            column.addWidget(pick)
        column.addStretch(1)
        self._kinds = Scrolled(inner)
        self.stack.addWidget(self._kinds)
        self.back_button.clicked.connect(self.go_back)
        self._show_buttons()
        tab_in_order(self)
        next(iter(self.picks.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_form(self, kind: BackendKind, account: Account | None = None) -> None:
        """The second step."""
        self._kind = kind
        self.trouble.say("")
        self.heading.setText(f"Add an account: {title_of(kind.KIND)}")
        super().show_form(kind)
        self.back_button.show()

    def go_back(self) -> None:
        """Back to the kinds."""
        name = self._kind.KIND if self._kind else ""
        self.put_form_away()
        self.heading.setText("Add an account")
        self.back_button.hide()
        self.stack.setCurrentWidget(self._kinds)
        self._show_buttons()
        if name in self.picks:
            self.picks[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def on_stored(self, account: str) -> None:
        """The third step."""
        met = self.page.met if self.page is not None else Met()
        assert self._kind is not None
        self.put_form_away()
        self.back_button.hide()
        self.heading.setText(WHICH)
        kept = self._window.views.account(AccountId(account))
        page = self.blogs = BlogsPage(self._window, kept, self._kind)
        page.know(met.welcome)
        page.moved.connect(self._show_buttons)
        page.done.connect(self._on_blogs)
        page.new_blog_wanted.connect(self._begin_blog)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self._show_buttons()
        tab_in_order(self)
        page.focus_first()

    def accept(self) -> None:
        """Goes on, or ends."""
        if self.blogs is None:
            super().accept()
        elif self.blogs.chosen():
            self.blogs.save()
        else:
            self._end()

    def done(self, result: int) -> None:
        """Closed, however that came."""
        if self.blogs is not None:
            self.blogs.close_up()
        super().done(result)

    def _end(self) -> None:
        self.done(int(AddSheet.DialogCode.Accepted))

    def _on_blogs(self, said: str) -> None:
        self._window.say(said)
        self._end()

    def _begin_blog(self) -> None:
        self._end()
        self._window.registry.run("blog.new")

    def _show_buttons(self) -> None:
        super()._show_buttons()
        if self.blogs is not None:
            show_buttons(self, self.blogs)

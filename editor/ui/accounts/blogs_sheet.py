"""Which live blogs go to an account that is there already. Its places are asked for while the sheet is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from editor.domain.blog import Account
from editor.domain.ids import AccountId
from editor.sync.backend import BackendKind, Welcome
from editor.ui.accounts import work
from editor.ui.accounts.asking import Asking, Trouble
from editor.ui.accounts.blogs_page import BlogsPage, show_buttons
from editor.ui.accounts.parts import IconLine, Reaching, tab_in_order
from editor.ui.kit.sheet import Sheet
from editor.ui.messages import sentence

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

SIZE = (600, 560)
UNKNOWN = "Type the place’s name where it is not offered."


def show_blogs(
    window: MainWindow, account: AccountId, welcome: Welcome | None, over: QWidget | None = None
) -> BlogsSheet:
    """Opens the live blogs of an account; ``welcome`` is what its place said before, if anything."""
    sheet = BlogsSheet(window, over or window, window.views.account(account), welcome)
    sheet.open()
    return sheet


class BlogsSheet(Sheet):
    """The page appears as soon as the kind is loaded; nothing has to be waited for."""

    def __init__(
        self, window: MainWindow, over: QWidget, account: Account, welcome: Welcome | None
    ) -> None:
        super().__init__(window.theme, over, f"Live blogs for {account.name}", "Done")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._account, self._welcome = window, account, welcome
        self.page: BlogsPage | None = None
        self.said = IconLine(window.theme)
        self.column.addWidget(self.said)
        self.asking = Asking(window.bridge, self)
        self.asking.slow.connect(self._tell_slow)
        self.fit(*SIZE)
        kinds = window.office.kinds
        self.asking.ask(lambda: kinds.get(account.kind), self._show, self._tell)

    def accept(self) -> None:
        """Does what was ticked, or ends where nothing was."""
        if self.page is not None and self.page.chosen():
            self.page.save()
        else:
            super().accept()

    def done(self, result: int) -> None:
        """Closed, however that came."""
        self.asking.close()
        if self.page is not None:
            self.page.close_up()
        super().done(result)

    def _show(self, kind: BackendKind) -> None:
        page = self.page = BlogsPage(self._window, self._account, kind)
        self.column.insertLayout(0, Reaching(page), 1)
        page.moved.connect(partial(show_buttons, self, page))
        page.done.connect(self._on_done)
        page.new_blog_wanted.connect(self._begin_blog)
        page.know(self._welcome)
        show_buttons(self, page)
        tab_in_order(self)
        page.focus_first()
        if self._welcome is None and page.has_places and work.greets(kind):
            office, account = self._window.office, self._account.id
            self.asking.ask(lambda: office.welcome(account), self._know, self._tell)

    def _know(self, welcome: Welcome | None) -> None:
        self.said.say("")
        if self.page is not None:
            self.page.know(welcome)

    def _tell(self, trouble: Trouble) -> None:
        self.said.say(f"{sentence(trouble.problem)} {UNKNOWN}", "circle-alert", "live")

    def _tell_slow(self) -> None:
        self.said.say("Asking for the places there…", "clock", "ink_3")

    def _on_done(self, said: str) -> None:
        self._window.say(said)
        super().accept()

    def _begin_blog(self) -> None:
        super().accept()
        self._window.registry.run("blog.new")

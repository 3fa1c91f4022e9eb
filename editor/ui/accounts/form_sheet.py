"""A sheet with an account's form: the buttons at its foot follow what is asked and what came back. And the change of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from editor.domain.blog import Account
from editor.domain.ids import AccountId
from editor.sync.backend import BackendKind
from editor.ui.accounts.asking import Asking, Trouble
from editor.ui.accounts.page import AccountPage
from editor.ui.accounts.parts import Panel, Reaching, Scrolled, relabel, tab_in_order
from editor.ui.kit.buttons import Button
from editor.ui.kit.sheet import Sheet
from editor.ui.messages import sentence

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

SIZE = (600, 640)


def show_change(window: MainWindow, account: AccountId, over: QWidget | None = None) -> ChangeSheet:
    """Opens an account's settings, over the window or another sheet."""
    sheet = ChangeSheet(window, over or window, window.views.account(account))
    sheet.open()
    return sheet


class FormSheet(Sheet):
    """Pages in a stack, one of which is an account's form."""

    def __init__(self, window: MainWindow, over: QWidget, title: str) -> None:
        super().__init__(window.theme, over, title, "Save")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self.page: AccountPage | None = None
        self._scroll: Scrolled | None = None
        self.asking = Asking(window.bridge, self)
        self.stack = QStackedWidget()
        self.back_button = Button(window.theme, "Back")
        self.back_button.hide()
        self.test_button = Button(window.theme, "Test")
        self.test_button.hide()
        self.test_button.clicked.connect(self._test)
        self.foot.insertWidget(0, self.back_button)
        self.foot.insertWidget(self.foot.count() - 1, self.test_button)
        self.trouble = Panel(window.theme, "live", "circle-alert")
        self.column.addWidget(self.trouble)
        self.column.addLayout(Reaching(self.stack), 1)
        self.fit(*SIZE)

    def load(self, kind: str, account: Account | None = None) -> None:
        """Shows the form of a kind; importing the kind may take a moment."""
        kinds = self._window.office.kinds
        show = partial(self.show_form, account=account)
        self.asking.ask(lambda: kinds.get(kind), show, self.tell)

    def show_form(self, kind: BackendKind, account: Account | None = None) -> None:
        """Shows a new form in the stack."""
        self.put_form_away()
        page = self.page = AccountPage(self._window, kind, account)
        self._scroll = Scrolled(page)
        self.stack.addWidget(self._scroll)
        self.stack.setCurrentWidget(self._scroll)
        page.moved.connect(self._show_buttons)
        page.tested.connect(self._focus_done)
        page.stuck.connect(self._focus_done)
        page.stored.connect(self.on_stored)
        page.answers.grown.connect(self._scroll_to)
        page.form.pointed.connect(self._scroll_to)
        self._show_buttons()
        tab_in_order(self)
        page.form.focus_first()

    def put_form_away(self) -> None:
        """Closes the form that is shown, and waits for none of its answers."""
        if self.page is not None and self._scroll is not None:
            self.page.close_up()
            self.stack.removeWidget(self._scroll)
            self._scroll.deleteLater()
        self.page = self._scroll = None

    def tell(self, trouble: Trouble) -> None:
        """Says what is wrong with all of it."""
        self.trouble.say(sentence(trouble.problem))

    def on_stored(self, account: str) -> None:
        """The account is kept."""
        self.done(int(Sheet.DialogCode.Accepted))

    def accept(self) -> None:
        """Saves; it stays open until that was done."""
        if self.page is not None:
            self.page.save()

    def done(self, result: int) -> None:
        """Closed, however that came: answers that are still to come find nobody."""
        self.asking.close()
        if self.page is not None:
            self.page.close_up()
        super().done(result)

    def _test(self) -> None:
        if self.page is not None:
            self.page.test()

    def _focus_done(self) -> None:
        self.done_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_buttons(self) -> None:
        page = self.page
        busy, saves = (page.busy, page.saves) if page else (False, False)
        relabel(self.test_button, "Testing…" if busy and not saves else "Test")
        relabel(self.done_button, "Saving…" if busy and saves else "Save")
        self.test_button.setVisible(page is not None and page.greets)
        self.done_button.setVisible(page is not None)
        for button in (self.test_button, self.done_button):
            button.setEnabled(not busy)

    def _scroll_to(self, part: QWidget) -> None:
        # the part has no place yet: the layout is made after this
        QTimer.singleShot(0, self, lambda: self._reveal(part))

    def _reveal(self, part: QWidget) -> None:
        if self._scroll is not None and self._scroll.isAncestorOf(part):
            self._scroll.ensureWidgetVisible(part, 0, 12)


class ChangeSheet(FormSheet):
    """An account's settings and secret. What is not typed anew stays as it is."""

    def __init__(self, window: MainWindow, over: QWidget, account: Account) -> None:
        super().__init__(window, over, f"Change {account.name}")
        self._show_buttons()
        self.load(account.kind, account)

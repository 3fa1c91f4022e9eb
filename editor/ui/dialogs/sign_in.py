"""Signing in again: an account's secret is asked for, kept in the system's keyring, and what waited goes on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from editor.changes import Changes
from editor.domain.blog import AccountState
from editor.domain.ids import AccountId
from editor.ui.accounts.account_words import waits
from editor.ui.accounts.asking import Asking, Trouble
from editor.ui.accounts.keeping import KeepingPanel, is_keyrings
from editor.ui.accounts.parts import Reaching, Scrolled, column_in, relabel, tab_in_order
from editor.ui.accounts.secret_edit import SecretEdit
from editor.ui.kit.field import Field
from editor.ui.kit.labels import Label
from editor.ui.kit.sheet import Sheet
from editor.ui.messages import sentence

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

LABEL = "Password or token"


def show_sign_in(
    window: MainWindow, account: AccountId, over: QWidget | None = None
) -> SignInSheet:
    """Asks for an account's secret, over the window or another dialog."""
    sheet = SignInSheet(window, account, over)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    return sheet


class SignInSheet(Sheet):
    """It stays open until the secret was taken, by the place and by the keyring or this session."""

    def __init__(self, window: MainWindow, account: AccountId, over: QWidget | None = None) -> None:
        kept = window.views.account(account)
        super().__init__(window.theme, over or window, f"Sign in to {kept.name}", "Sign in")
        self._window = window
        self._account = account
        self._asking = Asking(window.bridge, self)
        self._asking.rested.connect(self._rest)
        self.fit(500, 300)  # so that a refusal of two lines has its room
        waiting = len({row.entry for row in window.views.outbox() if row.account == account})
        if kept.state is AccountState.SIGN_IN:
            said = f"{kept.name} does not accept what this laptop signs in with any more."
        else:
            said = f"Type what {kept.name} accepts from now on; it takes the place of the old one."
        if waiting:
            said += f" {waits(waiting)} for it; nothing is lost."
        inner = QWidget()
        column = column_in(inner)
        column.addWidget(Label(window.theme, said, ink="ink_2", wraps=True))
        if user := kept.settings.get("user", ""):
            column.addWidget(Label(window.theme, f"User: {user}", wraps=True))
        self.secret = SecretEdit(window.theme, LABEL)
        help = "It is kept in the system’s keyring and nowhere else."
        self.field = Field(window.theme, LABEL, self.secret, help)
        self.keeping = KeepingPanel(window.theme)
        self.keeping.again.connect(self.accept)
        self.keeping.for_session.connect(partial(self._sign_in, session_only=True))
        column.addWidget(self.field)
        column.addWidget(self.keeping)
        column.addStretch(1)
        self.column.addLayout(Reaching(Scrolled(inner)), 1)
        tab_in_order(self)
        self.secret.textEdited.connect(self._on_typed)
        self.secret.returnPressed.connect(self.accept)
        self.secret.setFocus()

    def accept(self) -> None:
        """Tries the secret in the background; the keyring and the place may take their time."""
        self._sign_in()

    def done(self, result: int) -> None:
        """Closed, however that came: an answer that is still to come finds nobody."""
        self._asking.close()
        super().done(result)

    def _sign_in(self, *, session_only: bool = False) -> None:
        secret, office, account = self.secret.text(), self._window.office, self._account
        if self._asking.busy:
            return
        if not secret:
            self.field.tell("Type the password or token.")
            return
        self._on_typed()
        self.secret.hide_secret()
        work = partial(office.sign_in, account, secret, session_only=session_only)
        self._asking.ask(work, self._on_taken, self._on_trouble)
        relabel(self.done_button, "Signing in…")
        self.done_button.setEnabled(False)

    def _on_taken(self, _: Changes) -> None:
        self._window.office.wake()
        super().accept()

    def _on_trouble(self, trouble: Trouble) -> None:
        if is_keyrings(trouble.problem):
            self.keeping.tell(trouble.problem)
            self.keeping.retry.setFocus()
            self.fit(max(self.width(), 540), max(self.height(), 430))
        else:
            self.field.tell(sentence(trouble.problem))
            self.secret.setFocus()

    def _on_typed(self) -> None:
        self.field.tell("")
        self.keeping.clear()

    def _rest(self) -> None:
        self.done_button.setEnabled(True)
        relabel(self.done_button, "Sign in")

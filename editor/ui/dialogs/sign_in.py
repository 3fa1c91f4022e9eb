"""Signing in again: an account's secret is asked for, kept in the system's keyring, and what waited goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from editor.changes import Changes
from editor.domain.ids import AccountId
from editor.problems import Refused, Unavailable
from editor.ui.kit.field import Field
from editor.ui.kit.labels import Label
from editor.ui.kit.sheet import Sheet
from editor.ui.messages import count, sentence

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow


def show_sign_in(
    window: MainWindow, account: AccountId, over: QWidget | None = None
) -> SignInSheet:
    """Asks for an account's secret, over the window or another dialog."""
    sheet = SignInSheet(window, account, over)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    return sheet


class SignInSheet(Sheet):
    """It stays open until the secret was taken."""

    def __init__(self, window: MainWindow, account: AccountId, over: QWidget | None = None) -> None:
        kept = window.views.account(account)
        super().__init__(window.theme, over or window, f"Sign in to {kept.name}", "Sign in")
        self._window = window
        self._account = account
        self._is_open = True
        self.setMinimumHeight(300)  # so that a refusal of two lines has its room
        waiting = sum(row.account == account for row in window.views.outbox())
        said = f"{kept.name} does not accept what this laptop signs in with any more."
        if waiting:
            waits = "waits" if waiting == 1 else "wait"
            said += f" {count(waiting, 'entry', 'entries')} {waits} for it; nothing is lost."
        self.column.addWidget(Label(window.theme, said, ink="ink_2", wraps=True))
        if user := kept.settings.get("user", ""):
            self.column.addWidget(Label(window.theme, f"User: {user}", wraps=True))
        secret = QLineEdit()
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        help = "It is kept in the system’s keyring and nowhere else."
        self.field = Field(window.theme, "Password or token", secret, help)
        self.column.addWidget(self.field)
        self.column.addStretch(1)
        secret.returnPressed.connect(self.accept)
        secret.setFocus()

    def accept(self) -> None:
        """Tries the secret in the background; the keyring and the place may take their time."""
        assert isinstance(self.field.control, QLineEdit)
        secret, office, account = self.field.control.text(), self._window.office, self._account
        if not secret:
            self.field.tell("Type the password or token.")
            return
        self.field.tell("")
        self._rest(True)
        self._window.bridge.run_in_pool(
            lambda: office.sign_in(account, secret), self._on_taken, self._on_trouble
        )

    def _on_taken(self, _: Changes) -> None:
        self._window.office.wake()
        if self._is_open:
            super().accept()

    def _on_trouble(self, trouble: Exception) -> None:
        if self._is_open:
            self._rest(False)
        match trouble:
            case Refused():
                said = sentence(trouble.first)
            case Unavailable():
                said = sentence(trouble.problem)
            case _:
                raise trouble
        if self._is_open:
            self.field.tell(said)
            self.field.control.setFocus()

    def _rest(self, on: bool) -> None:
        self.done_button.setEnabled(not on)
        self.done_button.setText("Signing in…" if on else "Sign in")
        self.done_button.updateGeometry()

    def done(self, result: int) -> None:
        """Closed, however that came: an answer that is still to come finds nobody."""
        self._is_open = False
        super().done(result)

"""Taking an account away: what becomes of the entries that wait for it is asked, and none of them is ever dropped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QWidget

from editor.changes import Changes
from editor.desk.accounts import Waiting
from editor.desk.blogs import LOCAL
from editor.domain.ids import AccountId
from editor.ui.accounts.account_words import waits
from editor.ui.accounts.asking import Asking, Trouble
from editor.ui.accounts.kinds import title_of
from editor.ui.accounts.parts import (
    Panel,
    Reaching,
    Scrolled,
    column_in,
    of_any_width,
    relabel,
    tab_in_order,
)
from editor.ui.accounts.picks import Pick
from editor.ui.kit.choice import Choice
from editor.ui.kit.field import Field
from editor.ui.kit.labels import Label
from editor.ui.kit.sheet import Sheet
from editor.ui.messages import sentence

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

STAYS = (
    "What was published there stays there, and every entry stays on this laptop."
    " Dateline forgets the account and its password."
)
ASKS = "What shall become of them?"
REMOVE = "Remove the account"


def show_remove(window: MainWindow, account: AccountId, over: QWidget | None = None) -> RemoveSheet:
    """Asks what has to be asked before an account goes."""
    sheet = RemoveSheet(window, over or window, account)
    sheet.open()
    return sheet


class RemoveSheet(Sheet):
    """It cannot be undone, so it asks."""

    def __init__(self, window: MainWindow, over: QWidget, account: AccountId) -> None:
        kept = window.views.account(account)
        super().__init__(window.theme, over, f"Remove {kept.name}?", REMOVE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme = window.theme
        self._window, self._account = window, account
        self._asking = Asking(window.bridge, self)
        self._asking.rested.connect(self._on_rested)
        self.waiting = window.office.waiting_at(account)
        others = [row for row in window.views.accounts() if row.id not in (LOCAL, account)]
        inner = QWidget()
        column = column_in(inner, spacing=10)
        column.addWidget(Label(theme, STAYS, ink="ink_2", wraps=True))
        self.keep = Pick(
            theme,
            "Keep them on this laptop",
            "They are sent nowhere. The texts stay as they are, and can be released again later.",
        )
        self.move_ = Pick(
            theme,
            "Send them to another account",
            "They wait there instead, and their live blogs go there from now on. Nothing is published twice.",
        )
        self.to = of_any_width(Choice(theme))
        for row in others:
            self.to.addItem(f"{row.name} · {title_of(row.kind)}", row.id)
        self.to_field = Field(theme, "To", self.to)
        self._group = QButtonGroup(self)
        self.keep.setChecked(True)
        for pick in (self.keep, self.move_):
            self._group.addButton(pick)
            pick.toggled.connect(self._show_to)
        self.move_.setVisible(bool(others) and self.waiting > 0)
        self.trouble = Panel(theme, "live", "circle-alert")
        if self.waiting:
            asks = f"{waits(self.waiting)} for {kept.name}. {ASKS}"
            column.addWidget(Label(theme, asks, weight=600, wraps=True))
            for part in (self.keep, self.move_, self.to_field):
                column.addWidget(part)
        column.addWidget(self.trouble)
        column.addStretch(1)
        self.column.addLayout(Reaching(Scrolled(inner)), 1)
        self._show_to()
        tab_in_order(self)
        self.fit(540, 460 if self.waiting else 240)
        first = self.keep if self.waiting else self.cancel_button
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Removes it in the background: the keyring may take its time."""
        if self._asking.busy:
            return
        self.trouble.say("")
        moves = self.move_.isChecked()
        waiting = None if not self.waiting else Waiting.MOVE if moves else Waiting.KEEP
        to = AccountId(str(self.to.currentData())) if self.waiting and moves else None
        office = self._window.office
        work = partial(office.remove_account, self._account, waiting=waiting, to=to)
        self._asking.ask(work, self._on_removed, self._tell, self._window.tell)
        relabel(self.done_button, "Removing…")
        self.done_button.setEnabled(False)

    def done(self, result: int) -> None:
        """Closed, however that came."""
        self._asking.close()
        super().done(result)

    def _on_removed(self, _: Changes) -> None:
        self._window.office.wake()
        super().accept()

    def _tell(self, trouble: Trouble) -> None:
        if trouble.problem.code == "secret-stayed":
            self._window.tell(trouble.problem)  # the account itself is gone
            super().accept()
        else:
            self.trouble.say(sentence(trouble.problem))

    def _on_rested(self) -> None:
        relabel(self.done_button, REMOVE)
        self.done_button.setEnabled(True)

    def _show_to(self) -> None:
        self.to_field.setVisible(self.move_.isChecked() and self.waiting > 0)

"""Withdrawing an entry cannot be undone, so it asks: why, in a few words that readers may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from editor.desk import release
from editor.domain.ids import EntryId
from editor.problems import Refused, Unavailable
from editor.ui.kit.field import Field
from editor.ui.kit.labels import Label
from editor.ui.kit.sheet import Sheet
from editor.ui.messages import sentence

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow


def ask_to_withdraw(window: MainWindow, entry: EntryId) -> WithdrawSheet:
    """Asks why, then withdraws the entry."""
    sheet = WithdrawSheet(window, entry)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    return sheet


class WithdrawSheet(Sheet):
    """The entry's headline, what happens, and the reason."""

    def __init__(self, window: MainWindow, entry: EntryId) -> None:
        super().__init__(window.theme, window, "Withdraw the entry?", "Withdraw")
        self._window = window
        self._entry = entry
        shown = window.views.entry(entry)
        public = shown.entry.approved is not None
        said = (
            "It is taken off the page, and a notice with your reason stays in its place."
            if public
            else "It stays in this list as withdrawn. Nobody outside has seen it."
        )
        headline = shown.content.headline or "Untitled entry"
        theme = window.theme
        self.column.addWidget(Label(theme, f"“{headline}”", weight=600, wraps=True))
        text = f"{said} This cannot be undone; you can duplicate it and publish it anew."
        self.column.addWidget(Label(theme, text, ink="ink_2", wraps=True))
        label = "Reason, shown to readers" if public else "Reason (may be left empty)"
        self.note = Field(theme, label, QLineEdit())
        self.column.addWidget(self.note)
        self.note.control.setFocus()

    def accept(self) -> None:
        """Withdraws it; where it is refused, says so and stays open."""
        try:
            release.withdraw(self._window.room, self._entry, self.note.text())
        except Refused as refused:
            self.note.tell(sentence(refused.first))
            return
        except Unavailable as unavailable:
            self.note.tell(sentence(unavailable.problem))
            return
        self._window.office.wake()
        super().accept()

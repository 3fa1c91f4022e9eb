"""The warning before anything is sent in the clear, and where a person says that it may be."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.ui.accounts.parts import Panel
from editor.ui.blocks.fields import Check
from editor.ui.theme.theme import Theme

SAID = "This address is not encrypted."
MEANS = (
    "Everybody on the way, such as the others in this wireless network, can read the password and every entry before"
    " it is public, and change them. Use https:// wherever the site has it."
)
AGREE = "Send it in the clear all the same"


class PlainWarning(QWidget):
    """It shows itself for addresses that begin with http:// and are not this laptop's own.

    ``secured`` is wished for where somebody wants the address to be encrypted; ``consented`` when the tick changes.
    """

    secured = Signal()
    consented = Signal()

    def __init__(self, theme: Theme, agreed: bool) -> None:
        super().__init__()
        self._panel = Panel(theme, "amber")
        self.https = self._panel.add("Use https://", self.secured.emit, icon="lock")
        self.tick = Check(theme, AGREE)
        self.tick.setChecked(agreed)
        self.tick.setMinimumHeight(self.https.sizeHint().height())
        self.tick.toggled.connect(lambda _: self.consented.emit())
        self._panel.add_widget(self.tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        self.hide()

    @property
    def agreed(self) -> bool:
        """Whether a person wants it so."""
        return self.tick.isChecked()

    def show_for(self, address: str) -> None:
        """Warns of this address; of none where it is empty."""
        if bool(address) == self.isHidden():
            self._panel.say(SAID if address else "", MEANS)
            self.setVisible(bool(address))

"""What stands at the address, told under it: looking, found, and the way in by the browser."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.content.links import is_safe
from editor.sync.backend import Door
from editor.ui.accounts.parts import IconLine, Panel, column_in
from editor.ui.kit.announcing import announce
from editor.ui.kit.buttons import Button
from editor.ui.theme.theme import Theme

STEPS = (
    "The page is open in your browser. Sign in there if it asks, and press Yes.",
    "It then shows a password once. Copy it, come back, and paste it below. It is for Dateline on this laptop alone, and can be"
    " taken back there at any time.",
)
NO_BROWSER = "No browser could be opened. Open this link in one, on any device:"


class FoundLine(QWidget):
    """``opened`` comes when the way in by the browser was taken."""

    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._link = ""
        self.line = IconLine(theme)
        self.browser = Button(theme, "Sign in with the browser", icon="external-link")
        self.browser.clicked.connect(self._open)
        self.steps = Panel(theme, "accent", "info")
        self.steps.add("Open it again", self._open)
        self.steps.add("Copy the link", self._copy, icon="copy")
        row = QHBoxLayout()
        row.addWidget(self.browser)
        row.addStretch(1)
        column = column_in(self, spacing=8)
        column.addWidget(self.line)
        column.addLayout(row)
        column.addWidget(self.steps)
        self.clear()

    def clear(self) -> None:
        """Nothing is known of the address."""
        self._link = ""
        self.line.say("")
        self.browser.hide()
        self.steps.say("")
        self.hide()

    def looking(self, host: str) -> None:
        """It takes a while."""
        self.line.say(f"Looking for {host or 'it'}…", "search", "ink_3")
        self.show()
        announce(self, self.line.text())

    def found(self, door: Door, address: str) -> None:
        """This is there."""
        named = f"Found: {door.site}" if door.site else "Found"
        self.line.say(f"{named} · {address}" if address else named, "check", "green")
        safe = door.sign_in.startswith(("http://", "https://")) and is_safe(door.sign_in)
        self._link = door.sign_in if safe else ""
        self.browser.setVisible(safe)
        self.show()
        announce(self, self.line.text())

    def put_away_steps(self) -> None:
        """Nobody needs to be told any more what to do in the browser."""
        self.steps.say("")
        self.browser.setVisible(bool(self._link))

    def _open(self) -> None:
        if QDesktopServices.openUrl(QUrl(self._link)):
            self.steps.say(*STEPS)
        else:
            self.steps.say(NO_BROWSER, self._link)
        self.browser.hide()
        self.opened.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._link)
        announce(self, "The link was copied.")

"""When it is worth asking again: the network came back, somebody looks at the window, a public entry is opened.

None of it needs a click, and none of it asks a server more often than every fifteen seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from editor.domain.entry import Stage
from editor.ui.network import Network

if TYPE_CHECKING:
    from editor.changes import Changes
    from editor.ui.main_window import MainWindow

RARELY = 15.0
"""How many seconds apart others' changes are asked for, at most."""


class Presence(QObject):
    """Watches for the window. ``network`` tells its coming and going; a test gives its own."""

    def __init__(self, window: MainWindow, network: Network | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._asked: float | None = None
        self._entry: str | None = None
        self.network = network or Network(self)
        self.network.came.connect(self._on_came)
        self.network.went.connect(self._on_went)
        window.bridge.changed.connect(self._on_changed)
        window.entry_shown.connect(self._look_at_entry)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.connect(self._on_state)
        self._listen()

    def look_at(self) -> None:
        """Others' changes are wanted soon: somebody looks."""
        now = self._window.room.clock.steady()
        if self._asked is None or now - self._asked >= RARELY:
            self._asked = now
            self._window.office.pull_soon()

    def _listen(self) -> None:
        """The system is listened to where entries go over a network at all."""
        if any(account.kind != "site" for account in self._window.views.accounts()):
            self.network.listen()

    def _on_changed(self, changes: Changes) -> None:
        if changes.accounts or changes.everything:
            self._listen()

    def _on_came(self) -> None:
        self._window.bridge.tell_network(None)
        self._window.office.wake()

    def _on_went(self) -> None:
        self._window.bridge.tell_network(self._window.room.clock.now())

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.look_at()

    def _look_at_entry(self) -> None:
        """Before a public entry is edited, the desk's changes to it are fetched."""
        composer = self._window.composer
        if composer is None or composer.view is None:
            return
        entry = composer.view.entry
        if entry.id != self._entry:
            self._entry = entry.id
            if entry.stage is Stage.PUBLISHED:
                self.look_at()

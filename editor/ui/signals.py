"""The system's signals in Qt's event loop, so that what was typed is saved before the program ends."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier

NAMES = ("SIGTERM", "SIGINT", "SIGHUP")


class Signals:
    """Calls ``end`` on SIGTERM, SIGINT and SIGHUP.

    Python runs its handlers between any two bytecodes, in the middle of a save or of a picture; so they do nothing, and
    the wake-up socket has Qt's loop call ``end`` when its turn comes.
    """

    def __init__(self, end: Callable[[], None]) -> None:
        self._end = end
        self._ours, self._pythons = socket.socketpair()
        for side in (self._ours, self._pythons):
            side.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_signal)
        signal.set_wakeup_fd(self._pythons.fileno(), warn_on_full_buffer=False)
        for number in (getattr(signal, name) for name in NAMES if hasattr(signal, name)):
            signal.signal(number, lambda *_: None)

    def close(self) -> None:
        """Listens no more."""
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        self._ours.close()
        self._pythons.close()

    def _on_signal(self) -> None:
        self._ours.recv(64)
        self._end()

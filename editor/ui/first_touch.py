"""The first key or click in the window: the moment after which something may have to be saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.DragEnter})


class FirstTouch(QObject):
    """Calls ``then`` once, and stops listening."""

    def __init__(self, application: QApplication, then: Callable[[], None]) -> None:
        super().__init__(application)
        self._application = application
        self._then = then
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._application.removeEventFilter(self)
            self._then()
        return False

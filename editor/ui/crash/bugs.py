"""An error of ours while the window is open: what was typed is saved first, then one strip says so, however many come.

It listens before the first picture is made; what it takes to tell comes with the first error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from editor.crashes.guard import Guard
    from editor.ui.kit.strip import Strip
    from editor.ui.main_window import MainWindow

REST_MS = 1000
"""How long the strip rests between two countings: an error may come with each picture."""
COPIED = 5
"""How many different errors are copied at once."""


class Bugs(QObject):
    """Tells the window's user what the guard hears."""

    _came = Signal()

    def __init__(self, window: MainWindow, guard: Guard) -> None:
        super().__init__(window)
        self._window = window
        self._guard = guard
        self._strip: Strip | None = None
        self._marks: list[str] = []
        self._seen: set[str] = set()
        self._times = 0
        self._asked = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._tell_more)
        # never within what has just failed: a picture that is being made, a transaction
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        guard.listener = self.hear

    def hear(self, mark: str, waited_for: bool) -> None:
        """An error came. What nobody waits for is told once: the worker tries again each minute. Any thread."""
        known = mark in self._seen
        self._seen.add(mark)
        if known and not waited_for and mark not in self._marks:
            return
        if mark not in self._marks:
            self._marks.append(mark)
        self._times += 1
        if not self._asked:
            self._asked = True
            self._came.emit()

    def details(self) -> str:
        """The reports of what the strip tells of, to be copied."""
        reports = [self._guard.report(mark) for mark in self._marks[:COPIED]]
        return "\n\n".join(report.text() for report in reports if report is not None)

    def _tell(self) -> None:
        if not self._rest.isActive():
            self._tell_more()

    def _tell_more(self) -> None:
        if not self._asked:
            return
        self._asked = False
        self._rest.start()
        saved = self._guard.quietly(self._window.flush)
        self._guard.quietly(lambda: self._show(saved))

    def _show(self, saved: bool) -> bool:
        from editor.problems import Problem
        from editor.ui.kit.strip import Strip
        from editor.ui.messages import sentence

        if self._strip is None:
            self._strip = Strip(self._window.theme)
            self._strip.add_button("Copy details", self._copy)
            self._strip.put_away.connect(self._forget)
        if self._strip.isHidden():
            self._window.add_strip(self._strip)
        code = "bug" if saved else "bug-unsaved"
        times = {"times": f"{self._times:,}"} if self._times > 1 else {}
        self._strip.say(sentence(Problem(code=code, detail=times)))
        return True

    def _copy(self) -> None:
        from PySide6.QtGui import QGuiApplication

        QGuiApplication.clipboard().setText(self.details())

    def _forget(self) -> None:
        """It was put away: what comes from now on is counted anew."""
        self._marks.clear()
        self._times = 0

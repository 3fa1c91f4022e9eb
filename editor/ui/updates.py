"""Tells that there is a newer version: one line over the foot, where somebody switched that on. It never fetches or runs it.

Nothing here is asked at a start, nor on the window's thread; as long as it is switched off there is not even a timer.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from editor.problems import Problem, Refused, Unavailable
from editor.settings import load_settings
from editor.ui.kit.strip import Strip
from editor.ui.messages import sentence

if TYPE_CHECKING:
    from editor.releases.release import Release
    from editor.ui.main_window import MainWindow

FIRST_MS = 5 * 60_000
"""How long after a start it is looked for the first time whether a day has passed."""
AGAIN_MS = 30 * 60_000


class Updates(QObject):
    """Asks once a day, if that is switched on, and shows what was heard.

    ``heard`` carries the newer version or None, ``failed`` the problem, whoever had asked.
    """

    heard = Signal(object)
    failed = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._strip: Strip | None = None
        self._asks = False
        self._by_itself = False
        self.timer = QTimer(self, singleShot=True)
        self.timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self.timer.timeout.connect(self.look)
        self.follow_setting()

    def follow_setting(self) -> None:
        """The setting was read, or changed just now."""
        if not load_settings(self._window.office.profile.choices).updates:
            self.timer.stop()
        elif not self.timer.isActive():
            self.timer.start(FIRST_MS)

    def look(self) -> None:
        """Asks if a day has passed; while there is no network it waits for the next time."""
        self.timer.start(AGAIN_MS)
        if self._window.bridge.connection.online and self._window.office.releases.is_due():
            self._by_itself = True
            self.ask()

    def ask(self) -> None:
        """Asks now, in the pool; one question at a time."""
        if not self._asks:
            self._asks = True
            ask = self._window.office.releases.ask
            self._window.bridge.run_in_pool(ask, self._done, self._trouble)

    def _done(self, release: Release | None) -> None:
        by_itself, self._by_itself, self._asks = self._by_itself, False, False
        if by_itself and release and not self._window.office.releases.is_put_away(release):
            self.show(release)
        self.heard.emit(release)

    def _trouble(self, error: Exception) -> None:
        self._by_itself = self._asks = False
        match error:
            case Refused():
                self.failed.emit(error.first)
            case Unavailable():
                self.failed.emit(error.problem)
            case _:
                raise error

    def show(self, release: Release) -> None:
        """The line about a version."""
        if self._strip is not None:
            self._strip.deleteLater()
        self._strip = strip = Strip(self._window.theme, "accent", closes=False)
        strip.add_button("What is new", partial(self.open_page, release))
        strip.add_button("Not now", partial(self._put_away, release))
        self._window.add_strip(strip)
        strip.say(told(release))

    def open_page(self, release: Release) -> None:
        """Opens the page about a version in the browser."""
        self._hide()
        if not QDesktopServices.openUrl(QUrl(release.page)):
            self._window.say(f"The page is {release.page}")

    def _put_away(self, release: Release) -> None:
        self._hide()
        self._window.attempt(lambda: self._window.office.releases.put_away(release))

    def _hide(self) -> None:
        if self._strip is not None:
            self._strip.hide()


def updates_of(window: MainWindow) -> Updates:
    """The window's one; made when it is first wanted."""
    return window.findChild(Updates) or Updates(window)


def told(release: Release) -> str:
    """The sentence about a newer version."""
    return sentence(Problem(code="release-newer", detail={"version": release.version}))

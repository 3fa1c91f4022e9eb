"""The window's composition root: the only module that knows the core, the worker and the widgets.

What the first painted frame does not need comes after it: SQLAlchemy, the worker, the daily copy of the store.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QFileSystemWatcher, QTimer, qVersion
from PySide6.QtWidgets import QApplication

from editor.changes import Changes
from editor.clock import SystemClock
from editor.crashes.guard import Guard
from editor.crashes.running import Running
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.problems import Problem, Refused, Unavailable, refuse
from editor.settings import load_settings
from editor.sync.lock import turn_in
from editor.ui.bridge import Bridge, Connection
from editor.ui.crash.bugs import Bugs
from editor.ui.main_window import MainWindow
from editor.ui.theme.style import STYLE

if TYPE_CHECKING:
    from editor.sync.report import SyncState
    from editor.ui.first_touch import FirstTouch
    from editor.ui.presence import Presence
    from editor.ui.signals import Signals

T = TypeVar("T")

LOOK_MS = (150, 2000, 15_000)
"""How long after a write to the store's log somebody else's commit is looked for: SQLite writes first, waits for the
disk, which may be slow, and commits then."""

HAND_OVER = 0.0005
"""Seconds after which a busy thread lets the window have its turn: Python's own 5 ms can be felt in typing."""


def run_window(profile: Profile) -> int:
    """Opens the window on a profile and runs until it is closed; returns the exit code."""
    application = QApplication([*sys.argv[:1], *STYLE])
    application.setApplicationName("Dateline")
    application.setDesktopFileName(os.environ.get("FLATPAK_ID", "dateline"))
    guard = Guard(profile.crashes, SystemClock().now, qVersion())
    guard.install()
    with ExitStack() as held:
        alone = _opened(profile, guard, lambda: _is_first(profile, held))
        if alone is None:
            return 1
        if not alone:
            profile.raise_request.write_text("")
            sys.stderr.write("dateline: It is open already; its window comes to the front.\n")
            return 0
        newsroom = _opened(profile, guard, lambda: held.enter_context(Newsroom(profile)))
        if newsroom is None:
            return 1
        window = _opened(profile, guard, lambda: _App(application, newsroom, guard))
        return window.run() if window is not None else 1


def _opened(profile: Profile, guard: Guard, work: Callable[[], T]) -> T | None:
    """Does what opens the profile, as often as somebody mends what is wrong with it; None when they give up.

    A bug is told with a way to copy its report, and ends the program: there is no window yet in which to go on.
    """
    while True:
        try:
            return work()
        except (Refused, Unavailable) as trouble:
            from editor.ui.dialogs.trouble import tell_trouble
            from editor.ui.messages import sentence

            problem = trouble.first if isinstance(trouble, Refused) else trouble.problem
            sys.stderr.write(f"dateline: {sentence(problem)}\n")
            restore = partial(_restore, profile, str(problem.detail.get("backup", "")))
            if not tell_trouble(profile, trouble, restore):
                return None
        except Exception as bug:
            from editor.ui.dialogs.trouble import tell_bug

            report = guard.report(guard.note(bug))
            tell_bug(profile, report.text() if report is not None else "")
            return None


def _is_first(profile: Profile, held: ExitStack) -> bool:
    """Whether no other window has the profile; then it is this one's. Raises ``Refused`` and ``Unavailable``."""
    profile.make()
    try:
        return held.enter_context(turn_in(profile.window_lock)())
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Unavailable(Problem(code="disk-full")) from error
        raise refuse("profile-read-only", path=str(profile.folder)) from error


def _restore(profile: Profile, backup: str) -> None:
    """Puts a copy of the store in the damaged one's place, which is kept aside."""
    from db.backup import restore

    restore(Path(backup), profile.database, now=SystemClock().now())


class _App:
    """The running window, its worker, and what comes to it from outside."""

    def __init__(self, application: QApplication, newsroom: Newsroom, guard: Guard) -> None:
        self._application = application
        self._newsroom = newsroom
        self._guard = guard
        self._running = Running(newsroom.profile.running)
        self._bridge = Bridge(newsroom.feed)
        self._window = MainWindow(newsroom.room, newsroom.views, self._bridge, newsroom)
        self._watcher = QFileSystemWatcher()
        self._looks = [QTimer(singleShot=True, interval=wait) for wait in LOOK_MS]
        self._bugs = Bugs(self._window, guard)
        self._signals: Signals | None = None
        self._first_touch: FirstTouch | None = None
        self._presence: Presence | None = None

    def run(self) -> int:
        """Shows the window, starts the rest after its first picture, and ends everything in order."""
        self._running.begin()
        sys.setswitchinterval(HAND_OVER)
        self._window.painted.connect(self._after_first_paint)
        # a system that shuts down may not let the loop return
        self._application.aboutToQuit.connect(self._end_properly)
        self._window.show()
        code = self._application.exec()
        self._end_properly()
        self._newsroom.stop_worker()
        self._bridge.close()
        self._guard.listener = None
        if self._signals is not None:
            self._signals.close()
        return code

    def _end_properly(self) -> None:
        """What was typed is saved, and the next start has nothing to offer."""
        self._window.flush()
        self._running.end()

    def _after_first_paint(self) -> None:
        gc.freeze()
        gc.enable()
        from editor.crashes.from_log import watch_the_log
        from editor.log import start_log
        from editor.ui.first_touch import FirstTouch
        from editor.ui.presence import Presence
        from editor.ui.signals import Signals

        start_log(self._newsroom.profile.log)
        watch_the_log(self._guard)
        self._bridge.changed.connect(self._note_writing)
        if self._running.before is not None:
            self._offer_last_time(self._running.before)
        self._signals = Signals(self._application.quit)
        self._watch()
        self._first_touch = FirstTouch(self._application, self._warm_up)
        self._newsroom.watch_the_outbox(lambda state: self._bridge.tell_state(_connection(state)))
        self._presence = Presence(self._window)
        if load_settings(self._newsroom.profile.choices).updates:
            from editor.ui.updates import updates_of

            updates_of(self._window)
        copy = self._newsroom.keep_daily_copy
        self._bridge.run_in_pool(copy, lambda _: None, self._on_failed_copy)

    def _warm_up(self) -> None:
        """What would make the first save wait if it came with it."""
        from threading import Thread

        Thread(target=self._newsroom.warm_up, name="warm-up", daemon=True).start()

    def _on_failed_copy(self, trouble: Exception) -> None:
        """The day's copy could not be made: the writer goes on, and knows it."""
        match trouble:
            case Refused():
                self._window.tell(trouble.first)
            case Unavailable():
                self._window.tell(trouble.problem)
            case _:
                raise trouble

    def _watch(self) -> None:
        """Commands that write beside the window, and a second window that asks for this one."""
        profile = self._newsroom.profile
        profile.raise_request.touch(mode=0o600)
        write_ahead = profile.database.with_name(profile.database.name + "-wal")
        self._watcher.addPaths([str(profile.raise_request), str(write_ahead)])
        self._watcher.fileChanged.connect(self._on_file)
        for look in self._looks:
            look.timeout.connect(self._look_elsewhere)

    def _on_file(self, path: str) -> None:
        if path == str(self._newsroom.profile.raise_request):
            self._window.come_to_front()
            return
        soon, *later = self._looks
        if not soon.isActive():
            # once it waits it is not put off: somebody who touches the file all the time would keep it from ever looking
            soon.start()
        for look in later:
            look.start()

    def _look_elsewhere(self) -> None:
        if self._newsroom.views.changed_elsewhere():
            self._newsroom.feed.tell(Changes(everything=True))
            self._newsroom.wake()

    def _note_writing(self, changes: Changes) -> None:
        """Which entry is being written: the next start offers it, should this run end badly."""
        from editor.ui.composer.composer import ORIGIN

        for entry in changes.entries if changes.origin == ORIGIN else ():
            self._running.writes(entry)

    def _offer_last_time(self, left: Path) -> None:
        """The last run ended badly: its death is reported where it was seen, and what was written is offered."""
        from editor.crashes.folder import keep
        from editor.crashes.last_run import read_last_run
        from editor.ui.crash.last_time import offer_last_time

        try:
            last = read_last_run(left, qVersion())
        except OSError:
            return
        if last.died:
            keep(self._newsroom.profile.crashes, last.report)
        # should this run end badly before anything is written in it, it is still that entry
        self._running.writes(last.entry)
        left.unlink(missing_ok=True)
        offer_last_time(self._window, last)


def _connection(state: SyncState) -> Connection:
    """How sync stands, as the window shows it."""
    sending = state.sending
    return Connection(
        online=state.online is not False,
        since=state.since,
        sending=sending is not None,
        done=sending.done if sending else 0,
        total=sending.bytes if sending else 0,
        skew=state.skew,
        sync=state,
    )


def describe_qt() -> str:
    """Starts Qt without a screen, as ``dateline self-test`` asks; raises what is wrong with it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    return f"Qt {qVersion()}, {type(application).__name__}"

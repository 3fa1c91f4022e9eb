"""Hears of every error that nobody caught, in whatever thread, writes a report of it, and tells whoever listens.

It is installed before the window is made, so it imports nothing until there is an error. It must not fail itself, and
must never let Python print an error: its message would be in whatever keeps the program's output.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editor.crashes.report import Report

KINDS = 50
"""How many different errors of a run are told apart; more are counted with the last."""
THREADS = {"MainThread": "the window’s thread", "sync": "the thread that sends"}
BESIDE = "a thread beside the window’s"


class Guard:
    """Of one run. ``now`` is the clock; ``qt`` the version of Qt that the report names."""

    def __init__(self, folder: Path, now: Callable[[], datetime], qt: str = "") -> None:
        self._folder = folder
        self._now = now
        self._qt = qt
        self._lock = threading.RLock()
        self._known: dict[str, Report] = {}
        self._began: dict[str, datetime] = {}
        self._before: tuple[object, object, object] | None = None
        self.listener: Callable[[str, bool], None] | None = None
        """Told of each error by its mark, and whether somebody waits for what failed: it was in the window's thread."""

    def install(self) -> None:
        """From now on, what nobody caught comes here."""
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable

    def remove(self) -> None:
        """Lets it go where it went before."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before  # type: ignore[assignment]
            self._before = None

    def note(self, error: BaseException, *, waited_for: bool = False) -> str:
        """Writes the report of an error and tells of it. Returns the error's mark. Any thread."""
        mark = self._keep(error)
        if self.listener is not None:
            self.listener(mark, waited_for)
        return mark

    def quietly(self, work: Callable[[], bool]) -> bool:
        """Does what has to be done after an error; a second one is kept as well, and told to nobody."""
        try:
            return work()
        except Exception as error:
            self._keep(error)
            return False

    def report(self, mark: str) -> Report | None:
        """The report of an error, with how often it came by now."""
        with self._lock:
            return self._known.get(mark)

    def _keep(self, error: BaseException) -> str:
        try:
            return self._kept(error)
        except Exception:
            # no error may come of an error
            return ""

    def _kept(self, error: BaseException) -> str:
        from msgspec.structs import replace

        from editor.crashes.folder import keep, mark
        from editor.crashes.frames import causes
        from editor.crashes.report import Report

        chain = causes(error)
        name = mark(chain)
        with self._lock:
            if name not in self._known and len(self._known) >= KINDS:
                name = next(reversed(self._known))
            now = self._now()
            known = self._known.get(name)
            thread = THREADS.get(threading.current_thread().name, BESIDE)
            made = Report(at=now, causes=chain, thread=thread, qt=self._qt)
            report = replace(known, at=now, times=known.times + 1) if known else made
            self._known[name] = report
            began = self._began.setdefault(name, now)
            # an error of every picture comes sixty times a second
            is_news = report.times & (report.times - 1) == 0
            if is_news:
                keep(self._folder, report, began)
        if is_news:
            # never with the lock: whoever writes to the log may be on the way here
            _tell(report)
        return name

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            self.note(error, waited_for=threading.current_thread() is threading.main_thread())

    def _on_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and not issubclass(told.exc_type, SystemExit):
            self.note(told.exc_value)

    def _on_unraisable(self, told: sys.UnraisableHookArgs) -> None:
        # ``told.object`` and ``told.err_msg`` may say anything
        if told.exc_value is not None:
            self.note(told.exc_value)


def _tell(report: Report) -> None:
    """A line in the log, which leads to the report."""
    import logging

    cause = report.causes[0]
    logging.getLogger("dateline").error(
        "a bug: %s at %s (%d)", cause.kind, cause.frames[-1] if cause.frames else "?", report.times
    )

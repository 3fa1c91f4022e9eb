"""The one thread that sends: a pass, then sleep until something is due or somebody changes what is wanted.

When nothing waits it sleeps without a timer, so that an idle laptop is left alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Protocol

from editor.problems import Unavailable
from editor.sync.engine import Engine
from editor.sync.ledger import ORIGIN, Now
from editor.sync.lock import Turn
from editor.sync.report import PassReport, Sending, SyncState

log = logging.getLogger("dateline.sync")

NEXT_LOOK = 60.0
"""The longest sleep before a known time, in seconds: a laptop's timers stand still while it is closed."""
TURN_AGAIN = timedelta(seconds=2)
STORE_AGAIN = timedelta(seconds=5)
MISTAKE_AGAIN = timedelta(seconds=60)


class Told(Protocol):
    """What the feed tells, as far as sync listens (``editor.changes.Changes``)."""

    @property
    def origin(self) -> str: ...
    @property
    def blogs(self) -> object: ...
    @property
    def deliveries(self) -> object: ...
    @property
    def accounts(self) -> bool: ...
    @property
    def everything(self) -> bool: ...


class Worker:
    """Runs passes of an engine on a thread of its own. ``listener`` is called on that thread."""

    def __init__(
        self,
        engine: Engine,
        turn: Turn,
        clock: Now,
        listener: Callable[[SyncState], None],
    ) -> None:
        self._engine = engine
        self._turn = turn
        self._clock = clock
        self._listener = listener
        self._woken = Event()
        self._ending = False
        self._state = SyncState()
        self._thread = Thread(target=self._run, name="sync", daemon=True)
        engine.tell = self._sending

    def start(self) -> None:
        """Begins with a pass at once."""
        self._woken.set()
        self._thread.start()

    def wake(self) -> None:
        """There may be something to send. Any thread."""
        self._engine.look_again()
        self._woken.set()

    def retry_now(self) -> None:
        """The network changed, or somebody pressed *Retry now*: hosts that could not be reached are tried. Any thread."""
        self._engine.retry_now()
        self._woken.set()

    def pull_soon(self) -> None:
        """Somebody is about to read or edit: what others changed is asked for at once. Any thread."""
        self._engine.pull_soon()
        self._woken.set()

    def heard(self, changes: Told) -> None:
        """For the feed: wakes for what concerns sync and was not begun by it. A draft that was saved does not."""
        concerns = changes.deliveries or changes.blogs or changes.accounts or changes.everything
        if concerns and changes.origin != ORIGIN:
            self.wake()

    def stop(self, timeout: float = 5.0) -> bool:
        """Ends after the current request. Returns whether the thread has ended by then; it is a daemon in any case."""
        self._ending = True
        self._engine.end()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        sleep: float | None = None
        while True:
            self._woken.wait(sleep)
            self._woken.clear()
            if self._ending:
                return
            sleep = self._seconds_until(self._pass())

    def _pass(self) -> datetime | None:
        """One pass, and when the next is due. The border: a mistake of ours must not end the thread."""
        try:
            with self._turn() as mine:
                if not mine:
                    return self._clock.now() + TURN_AGAIN
                report = self._engine.run_pass()
        except Unavailable as error:
            log.warning("the store does not answer: %s", error.problem.code)
            return self._clock.now() + STORE_AGAIN
        except Exception:
            log.exception("a pass ended by a mistake of ours")
            return self._clock.now() + MISTAKE_AGAIN
        self._reported(report)
        return report.next_wake

    def _seconds_until(self, due: datetime | None) -> float | None:
        if due is None:
            return None
        return min(max((due - self._clock.now()).total_seconds(), 0.05), NEXT_LOOK)

    def _reported(self, report: PassReport) -> None:
        online, since = self._state.online, self._state.since
        if report.online is not None and report.online != online:
            online, since = report.online, self._clock.now()
        self._tell(
            SyncState(
                online=online,
                since=since,
                waiting=report.waiting,
                refused=report.refused,
                sign_in=report.sign_in,
                skew=report.skew,
                slow=report.slow,
            )
        )

    def _sending(self, sending: Sending | None) -> None:
        self._tell(replace(self._state, sending=sending))

    def _tell(self, state: SyncState) -> None:
        if state != self._state:
            self._state = state
            self._listener(state)

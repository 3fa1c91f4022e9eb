"""From the core's threads to the window's: the feed's changes and the sync's state as Qt signals, slow work in a pool.

A commit made on the window's own thread is told at once; one made elsewhere waits its turn in the event loop.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, QThread, QThreadPool, Signal

from editor.changes import Changes, Feed
from editor.ui.qt import make_classes_for_the_pool

if TYPE_CHECKING:
    from editor.sync.report import SyncState

T = TypeVar("T")


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """What the sync is doing. ``since`` is when it went online or offline; ``done`` of ``total`` bytes are sent.

    ``sync`` is all that the worker told, once there is one; ``skew`` how far this laptop's clock is ahead, in seconds.
    """

    online: bool = True
    since: datetime | None = None
    sending: bool = False
    done: int = 0
    total: int = 0
    skew: float = 0.0
    sync: SyncState | None = None


class Bridge(QObject):
    """The one place where other threads reach the window."""

    changed = Signal(object)
    sync_state = Signal(object)
    unsaved = Signal(bool)
    _changed_elsewhere = Signal(object)
    _state_elsewhere = Signal(object)
    _finished = Signal(object, object)

    def __init__(self, feed: Feed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.connection = self._told = Connection()
        self._gone_since: datetime | None = None
        self._pool = QThreadPool(self)
        queued = Qt.ConnectionType.QueuedConnection
        self._changed_elsewhere.connect(self._pass_on, queued)
        self._state_elsewhere.connect(self._keep_state, queued)
        self._finished.connect(self._call, queued)
        self._deaf = feed.listen(self.tell)

    def tell(self, changes: Changes) -> None:
        """Tells the window what was committed. From any thread."""
        if QThread.currentThread() is self.thread():
            self.changed.emit(changes)
        else:
            self._changed_elsewhere.emit(changes)

    def tell_state(self, connection: Connection) -> None:
        """Tells the window what the sync is doing. From any thread."""
        if QThread.currentThread() is self.thread():
            self._keep_state(connection)
        else:
            self._state_elsewhere.emit(connection)

    def tell_network(self, gone_since: datetime | None) -> None:
        """Tells that the system has lost its network, and since when, or (None) that there is one. The window's thread."""
        self._gone_since = gone_since
        # what was being sent tells nothing any more, until the next bytes leave
        self._keep_state(replace(self._told, sending=False) if gone_since else self._told)

    def run_in_pool(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Does slow work in another thread; ``done`` or ``failed`` is called in the window's."""

        def task() -> None:
            try:
                result = work()
            except Exception as problem:
                self._finished.emit(failed, problem)
            else:
                self._finished.emit(done, result)

        make_classes_for_the_pool()
        self._pool.start(task)

    def close(self) -> None:
        """Listens no more, and waits for what still runs."""
        self._deaf()
        self._pool.waitForDone(5000)

    def _pass_on(self, changes: Changes) -> None:
        self.changed.emit(changes)

    def _keep_state(self, connection: Connection) -> None:
        """What the worker told, unless the network has gone since it heard from a server."""
        gone, since = self._gone_since, connection.since
        if connection.sending or (gone is not None and since is not None and since > gone):
            gone = self._gone_since = None
        self._told = self.connection = connection
        if gone is not None and connection.online:
            self.connection = replace(connection, online=False, since=gone)
        self.sync_state.emit(self.connection)

    def _call(self, callback: Callable[[object], None], value: object) -> None:
        callback(value)

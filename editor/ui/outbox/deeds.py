"""What the outbox's buttons do: they ask the desk, and wake the worker where something may go out now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from editor.changes import Changes
from editor.desk import notices, outbox
from editor.domain.blog import AccountState
from editor.domain.ids import TargetId
from editor.ports import Room
from editor.sync.report import SyncState
from editor.ui.outbox.choices import CAN_GO
from editor.ui.outbox_words import EMPTIED, state_of
from editor.views import OutboxRow

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow


def do(window: MainWindow, name: str, row: OutboxRow) -> None:
    """Does what was chosen for a row; what has to be asked before was asked."""
    room = window.room
    match name:
        case "open":
            window.open_entry(row.entry)
        case "details":
            from editor.ui.dialogs.delivery_log import show_delivery_log

            show_delivery_log(window, row.entry)
        case "sign_in":
            from editor.ui.dialogs.sign_in import show_sign_in

            show_sign_in(window, row.account)
        case "retry" | "send_again":
            if _did(window, lambda: outbox.retry(room, row.entry, row.target)):
                window.office.wake()
        case "leave":
            if _did(window, lambda: outbox.leave_down(room, row.entry, row.target)):
                window.say("It stays down. The text is kept as it is.")
        case "discard_sure":
            if _did(window, lambda: outbox.discard(room, row.entry, row.target)):
                window.say("The request was discarded. The text is kept as it is.")


def answer(window: MainWindow, target: TargetId, desk: Callable[[Room, TargetId], Changes]) -> None:
    """Tells the desk what became of the entries that vanished at once; the question is put away with it."""
    room = window.room
    if not _did(window, lambda: desk(room, target)):
        return
    for notice in window.views.notices():
        if notice.problem.code == EMPTIED and notice.target == target:
            notices.seen(room, notice.id)
    window.office.wake()


def dismiss(window: MainWindow, notice: int) -> None:
    """Puts a notice away for good."""
    _did(window, lambda: notices.seen(window.room, notice))


def retry_everything(window: MainWindow) -> None:
    """Lets everything go that may; what waits for a choice goes on waiting."""
    now, sync = window.room.clock.now(), sync_of(window)
    rows = window.views.outbox()
    keys = [(row.entry, row.target) for row in rows if state_of(row, sync, now) in CAN_GO]
    if _did(window, lambda: outbox.retry_all(window.room, keys)):
        window.office.wake()


def toggle_pause(window: MainWindow) -> None:
    """Pauses everything, or lets it go on."""
    room = window.room
    if _did(window, lambda: outbox.resume(room) if is_paused(window) else outbox.pause(room)):
        window.office.wake()


def is_paused(window: MainWindow) -> bool:
    """Whether somebody wanted a pause."""
    return any(account.state is AccountState.PAUSED for account in window.views.accounts())


def sync_of(window: MainWindow) -> SyncState:
    """How sync stands, as far as the window was told."""
    connection = window.bridge.connection
    told = connection.sync or SyncState(online=connection.online)
    return told if connection.online else replace(told, online=False)


def _did(window: MainWindow, work: Callable[[], Changes]) -> bool:
    """Does it and says whether it was done; the list follows what the feed tells."""
    return window.attempt(work) is not None

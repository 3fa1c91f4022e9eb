"""The outbox: everything that waits to reach a target, why in plain words, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from editor.changes import Changes
from editor.desk import outbox
from editor.domain.ids import EntryId, TargetId
from editor.sync.delivery import Phase
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.chips import Pill
from editor.ui.kit.labels import Elided, EmptyState, Hairline, Label
from editor.ui.messages import count, outbox_line, size, wanted
from editor.views import OutboxRow

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

SHOWN = 200
LOOKS = {
    Phase.PENDING: ("Queued", "accent", "cloud-upload"),
    Phase.DONE: ("Queued", "accent", "cloud-upload"),
    Phase.IN_DOUBT: ("Looking up", "amber", "search"),
    Phase.REFUSED: ("Refused", "live", "circle-alert"),
    Phase.CONFLICT: ("Conflict", "live", "triangle-alert"),
}


class OutboxView(QWidget):
    """A list in the middle pane."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._theme = window.theme
        self._shown: tuple[object, ...] = ()
        self.setMinimumWidth(300)
        title = Label(self._theme, "Outbox", px=17, weight=600)
        self._note = Label(self._theme, ink="ink_2", wraps=True)
        head = QVBoxLayout()
        head.setContentsMargins(18, 15, 18, 10)
        head.setSpacing(2)
        head.addWidget(title)
        head.addWidget(self._note)
        self._empty = EmptyState(self._theme, "check-check")
        self._empty.say("All sent", "What you release waits here until it has arrived.")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline(self._theme))
        column.addWidget(self._stack, 1)
        window.bridge.sync_state.connect(lambda _: self.renew())
        window.status.minute.connect(self.renew)

    def renew(self) -> None:
        """Reads the outbox again; what has not changed is not drawn anew."""
        rows = self._window.views.outbox()
        lines = tuple((row, self._line(row)) for row in rows)
        waits = f"{count(len(rows), 'entry', 'entries')} waiting"
        amount = sum(row.bytes for row in rows)
        self._note.setText(f"{waits} · {size(amount)}" if amount else waits)
        self._note.setVisible(bool(rows))
        if lines == self._shown:
            return
        self._shown = lines
        if not rows:
            self._stack.setCurrentWidget(self._empty)
            return
        place = self._scroll.verticalScrollBar().value()
        self._scroll.setWidget(self._list(lines))
        self._scroll.verticalScrollBar().setValue(place)
        self._stack.setCurrentWidget(self._scroll)

    def _list(self, lines: tuple[tuple[OutboxRow, str], ...]) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row, line in lines[:SHOWN]:
            column.addWidget(self._row(row, line))
            column.addWidget(Hairline(self._theme))
        if len(lines) > SHOWN:
            more = Label(self._theme, f"and {len(lines) - SHOWN:,} more", ink="ink_3")
            more.setContentsMargins(18, 12, 18, 12)
            column.addWidget(more)
        column.addStretch(1)
        return inner

    def _row(self, row: OutboxRow, line: str) -> QWidget:
        theme = self._theme
        word, tint, icon = LOOKS[row.phase]
        pill = Pill(theme)
        pill.say(word, tint, icon=icon)
        title = Elided(theme, row.headline or "Untitled entry", weight=600)
        to = f"{wanted(row.wanted)} · {row.blog_headline} → {row.target_name}"
        amount = f" · {size(row.bytes)}" if row.bytes else ""
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(title, 1)
        top.addWidget(pill)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 4, 0, 0)
        buttons.setSpacing(4)
        for name, icon_name, slot in (
            ("Retry now", "refresh-cw", lambda: self._retry(row.entry, row.target)),
            ("Discard the request", "x", lambda: self._discard(row.entry, row.target)),
            ("Open", "pen-line", lambda: self._window.open_entry(row.entry)),
        ):
            button = FlatButton(
                theme, f"{name}: {row.headline}", icon=icon_name, text=name, px=12, height=26
            )
            button.clicked.connect(slot)
            buttons.addWidget(button)
        buttons.addStretch(1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(18, 12, 18, 8)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(Elided(theme, to + amount, px=12, ink="ink_3"))
        column.addWidget(Label(theme, line, ink="ink_2", wraps=True))
        column.addLayout(buttons)
        return whole

    def _retry(self, entry: EntryId, target: TargetId) -> None:
        if self._done(lambda: outbox.retry(self._window.room, entry, target)):
            self._window.office.wake()

    def _discard(self, entry: EntryId, target: TargetId) -> None:
        if self._done(lambda: outbox.discard(self._window.room, entry, target)):
            self._window.say("The request was discarded. The text is kept as it is.")

    def _done(self, work: Callable[[], Changes]) -> bool:
        return self._window.attempt(work) is not None

    def _line(self, row: OutboxRow) -> str:
        blog = self._window.blog_row(row.blog)
        return outbox_line(
            row,
            ZoneInfo(blog.timezone if blog else "UTC"),
            online=self._window.bridge.connection.online,
            now=self._window.room.clock.now(),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("surface"))

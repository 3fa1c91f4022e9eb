"""The status bar: what waits to go out, the connection in one sentence, the blog's zone and its time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from editor.ports import Clock
from editor.ui.bridge import Connection
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.labels import Elided, Label
from editor.ui.kit.paint import box
from editor.ui.messages import clock as clock_text
from editor.ui.messages import outbox_title
from editor.ui.theme.theme import Theme
from editor.views import Counts

HEIGHT = 30


class StatusBar(QWidget):
    """Thirty pixels at the foot of the window. ``minute`` passes when the clock's minute does."""

    outbox_wanted = Signal()
    minute = Signal()

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self._theme = theme
        self._clock = clock
        self._zone = "UTC"
        self._connection = Connection()
        self._remote = False
        self._unsaved = False
        self.setFixedHeight(HEIGHT)
        self._outbox = FlatButton(
            theme, "Open the outbox", icon="check", text=" ", px=12, height=24
        )
        self._outbox.clicked.connect(self.outbox_wanted)
        self._progress = ProgressLine(theme)
        self._sentence = Elided(theme, px=12, ink="ink_2")
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._time = Label(theme, px=12, ink="ink_2")
        self._time.setFont(theme.fonts.numbers(12))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 1, 14, 0)
        row.setSpacing(16)
        row.addWidget(self._outbox)
        row.addWidget(self._progress)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._time)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self._tick)
        theme.changed.connect(self.update)
        self._tick()

    def show_counts(self, counts: Counts) -> None:
        """Shows how much waits."""
        text = outbox_title(counts)
        self._outbox.setText(text)
        self._outbox.setAccessibleName(f"{text}. Open the outbox")
        self._outbox.set_icon("cloud-upload" if counts.outbox else "check")
        self._outbox.updateGeometry()

    def show_connection(self, connection: Connection, *, remote: bool) -> None:
        """Shows the connection; with no account but this laptop there is none to speak of."""
        self._connection, self._remote = connection, remote
        self._progress.show_part(connection.done, connection.total, connection.sending)
        self._sentence.setText(self._say())

    def show_unsaved(self, unsaved: bool) -> None:
        """Shows that something typed could not be saved yet, until it is."""
        if unsaved != self._unsaved:
            self._unsaved = unsaved
            self._sentence.set_ink("live" if unsaved else "ink_2")
            self._sentence.setText(self._say())

    def show_zone(self, zone: str) -> None:
        """Tells the time in another zone."""
        self._zone = zone
        self._tell_time()

    def _say(self) -> str:
        if self._unsaved:
            return "Not everything is saved yet — the text is kept in this window"
        connection = self._connection
        if connection.online:
            if not self._remote:
                return "Everything is saved on this laptop"
            return "Sending…" if connection.sending else "Online"
        if connection.since is None:
            return "Offline — everything is saved on this laptop"
        since = clock_text(connection.since, ZoneInfo(self._zone), self._clock.now())
        return f"Offline since {since} — everything is saved on this laptop"

    def _tell_time(self) -> None:
        now = self._clock.now().astimezone(ZoneInfo(self._zone))
        self._time.setText(f"{self._zone} · {now:%H:%M}")
        self._sentence.setText(self._say())

    def _tick(self) -> None:
        self._tell_time()
        self.minute.emit()
        self._timer.start(_to_next_minute(self._clock.now()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("sunken"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))


class ProgressLine(QWidget):
    """How much of what is being sent has left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._part = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_part(self, done: int, total: int, sending: bool) -> None:
        """Shows ``done`` of ``total``; hides where nothing is on its way."""
        self._part = min(1.0, done / total) if total else 0.0
        self.setAccessibleName(f"{round(self._part * 100)} per cent sent")
        self.setVisible(sending or bool(total and done < total))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), 2, self._theme.colour("line"))
        done = self.rect()
        done.setWidth(round(self.width() * self._part))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            done.moveRight(self.rect().right())
        box(painter, done, 2, self._theme.colour("accent"))


def _to_next_minute(now: datetime) -> int:
    return 60_000 - now.second * 1000 - now.microsecond // 1000 + 20

"""The status bar: what waits to go out, the connection in one sentence, the blog's zone and its time.

Over it, where it is so, a line that says that this laptop's clock is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from editor.ports import Clock
from editor.ui.bridge import Connection
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.labels import Elided, Label
from editor.ui.kit.progress import ProgressLine
from editor.ui.messages import outbox_title
from editor.ui.status_words import ASKING, clock_sentence, status_sentence
from editor.ui.theme.theme import Theme
from editor.views import AccountRow, Counts

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
        self._accounts: Sequence[AccountRow] = ()
        self._waiting = 0
        self._unsaved = False
        self._wrong_clock: WrongClock | None = None
        self._outbox = FlatButton(
            theme, "Open the outbox", icon="check", text=" ", px=12, height=24
        )
        self._outbox.clicked.connect(self.outbox_wanted)
        self._progress = ProgressLine(theme)
        self._sentence = Elided(theme, px=12, ink="ink_2")
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._time = Label(theme, px=12, ink="ink_2")
        self._time.setFont(theme.fonts.numbers(12))
        line = QWidget()
        line.setFixedHeight(HEIGHT)
        row = QHBoxLayout(line)
        row.setContentsMargins(6, 1, 14, 0)
        row.setSpacing(16)
        row.addWidget(self._outbox)
        row.addWidget(self._progress)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._time)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self._tick)
        theme.changed.connect(self.update)
        self._tick()

    @property
    def sentence(self) -> str:
        """What it says of the connection."""
        return self._sentence.text()

    def show_counts(self, counts: Counts) -> None:
        """Shows how much waits."""
        self._waiting = counts.outbox
        text = outbox_title(counts)
        self._outbox.setText(text)
        self._outbox.setAccessibleName(f"{text}. Open the outbox")
        self._outbox.set_icon("cloud-upload" if counts.outbox else "check")
        self._outbox.updateGeometry()
        self._say()

    def show_connection(self, connection: Connection, accounts: Sequence[AccountRow]) -> None:
        """Shows the connection; with no account but this laptop there is none to speak of."""
        self._connection, self._accounts = connection, accounts
        self._progress.show_part(connection.done, connection.total, connection.sending)
        self._say()
        self._tell_clock(clock_sentence(connection.skew))

    def add_strip(self, strip: QWidget) -> None:
        """Puts a strip of news over the foot."""
        self._column.insertWidget(0, strip)

    def show_unsaved(self, unsaved: bool) -> None:
        """Shows that something typed could not be saved yet, until it is."""
        if unsaved != self._unsaved:
            self._unsaved = unsaved
            self._say()

    def show_zone(self, zone: str) -> None:
        """Tells the time in another zone."""
        self._zone = zone
        self._tell_time()

    def _say(self) -> None:
        connection = self._connection
        if self._unsaved:
            self._sentence.set_ink("live")
            said = "Not everything is saved yet — the text is kept in this window"
        else:
            said = status_sentence(
                self._accounts,
                self._clock.now(),
                ZoneInfo(self._zone),
                online=connection.online,
                since=connection.since,
                sending=(connection.done, connection.total) if connection.sending else None,
                waiting=self._waiting,
            )
            asks = said.startswith(ASKING)
            self._sentence.set_ink("amber" if asks else "ink_2")
        if said != self._sentence.text():
            self._sentence.setText(said)
            self._announce(said)

    def _announce(self, said: str) -> None:
        """Tells screen readers what changed; bytes that go by are no news."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        if QAccessible.isActive() and not said.startswith("Sending "):
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._sentence, said))

    def _tell_clock(self, said: str) -> None:
        if self._wrong_clock is None:
            if not said:
                return
            self._wrong_clock = WrongClock(self._theme)
            self._column.insertWidget(0, self._wrong_clock)
        self._wrong_clock.say(said)

    def _tell_time(self) -> None:
        now = self._clock.now().astimezone(ZoneInfo(self._zone))
        self._time.setText(f"{self._zone} · {now:%H:%M}")
        self._say()

    def _tick(self) -> None:
        self._tell_time()
        self.minute.emit()
        self._timer.start(_to_next_minute(self._clock.now()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("sunken"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))


class WrongClock(QWidget):
    """A strip over the foot; put away, it stays away until it would say something else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._said = ""
        self._words = Label(theme, px=12, wraps=True)
        away = FlatButton(theme, "Dismiss", icon="x", height=24)
        away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 4, 8, 4)
        row.addWidget(self._words, 1)
        row.addWidget(away)
        theme.changed.connect(self.update)

    def say(self, said: str) -> None:
        """Shows the sentence; hides when there is none."""
        if said == self._said:
            return
        self._said = said
        self._words.setText(f"{said} Scheduled times follow the server’s." if said else "")
        self.setAccessibleName(self._words.text())
        self.setVisible(bool(said))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("amber_soft"))


def _to_next_minute(now: datetime) -> int:
    return 60_000 - now.second * 1000 - now.microsecond // 1000 + 20

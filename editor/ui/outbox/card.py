"""One row of the outbox: the entry, where it goes, how it stands there in one sentence, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from editor.sync.report import SyncState
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.chips import Pill
from editor.ui.kit.flow import Flow
from editor.ui.kit.labels import Elided, Label
from editor.ui.kit.paint import ring
from editor.ui.kit.progress import ProgressLine
from editor.ui.messages import size, wanted
from editor.ui.outbox.choices import DISCARD, Choice, choices
from editor.ui.outbox_words import State, word
from editor.ui.theme.theme import Theme
from editor.views import OutboxRow

LOOKS: dict[State, tuple[str, str]] = {
    State.SENDING: ("accent", "upload"),
    State.EMPTIED: ("live", "triangle-alert"),
    State.CHANGED: ("live", "triangle-alert"),
    State.TAKEN_DOWN: ("live", "ban"),
    State.REFUSED: ("live", "circle-alert"),
    State.UNSURE: ("amber", "search"),
    State.DONE: ("green", "check"),
    State.PAUSED: ("grey", "circle-dot"),
    State.SIGN_IN: ("amber", "log-in"),
    State.HELD: ("grey", "save"),
    State.SCHEDULED: ("accent", "calendar-clock"),
    State.ASKED_TO_WAIT: ("amber", "clock"),
    State.OFFLINE: ("amber", "wifi-off"),
    State.FAILED: ("amber", "refresh-cw"),
    State.WAITS: ("accent", "cloud-upload"),
}
SURE = "Give this request up? The place keeps what it has, and your text stays as it is."
KEEP: Choice = ("keep", "Keep it", "undo-2")
DISCARD_SURE: Choice = ("discard_sure", "Discard the request", "x")


class Card(QWidget):
    """``asked`` carries the name of what was chosen, and the row. ``moved`` is a step up or down the list."""

    asked = Signal(str, object)
    moved = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row: OutboxRow | None = None
        self._state = State.WAITS
        self._said = ""
        self._choices: tuple[Choice, ...] = ()
        self._asks_whether = False
        self._pill = Pill(theme)
        self._title = Elided(theme, weight=600)
        self._place = Elided(theme, px=12, ink="ink_3")
        self._line = ProgressLine(theme, wide=True)
        self._sentence = Label(theme, ink="ink_2", wraps=True)
        self._flow = Flow(outset=8)
        self._flow.setContentsMargins(0, 4, 0, 0)
        self._buttons: dict[str, FlatButton] = {}
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title, 1)
        top.addWidget(self._pill)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 8)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(self._place)
        column.addWidget(self._line)
        column.addWidget(self._sentence)
        column.addLayout(self._flow)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    @property
    def row(self) -> OutboxRow:
        """What it shows."""
        assert self._row is not None
        return self._row

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._sentence.text()

    def names(self) -> tuple[str, ...]:
        """What can be chosen here."""
        return tuple(name for name, _, _ in self._choices)

    def show_row(self, row: OutboxRow, state: State, said: str, sync: SyncState) -> None:
        """Shows a row as it stands now."""
        self._row, self._state, self._said = row, state, said
        self._title.setText(row.headline or "Untitled entry")
        tint, icon = LOOKS[state]
        self._pill.say(word(row, state), tint, icon=icon)
        amount = f" · {size(row.bytes)}" if row.bytes else ""
        place = f"{row.blog_headline} → {row.target_name}"
        self._place.setText(f"{wanted(row.wanted)} · {place}{amount}")
        sending = sync.sending if state is State.SENDING else None
        done, total = (sending.done, sending.bytes) if sending else (0, 0)
        self._line.show_part(done, total, bool(total))
        self._render()

    def ask_whether(self, on: bool) -> None:
        """Asks whether the request shall be discarded, or puts the question away."""
        self._asks_whether = on
        self._render()
        self._buttons[self._choices[0][0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self) -> None:
        offered = choices(self.row, self._state)
        self._asks_whether = self._asks_whether and DISCARD in offered
        said = SURE if self._asks_whether else self._said
        self._sentence.setText(said)
        self.setAccessibleName(f"{self._title.text()}, {self.row.target_name}. {said}")
        self._offer((KEEP, DISCARD_SURE) if self._asks_whether else offered)

    def _offer(self, offered: tuple[Choice, ...]) -> None:
        if offered == self._choices:
            return
        had = next((name for name, button in self._buttons.items() if button.hasFocus()), "")
        for button in self._buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._choices = offered
        self._buttons = {}
        for name, text, icon in offered:
            what = "Discard the request" if name == "discard" else text
            says = f"{what}: {self._title.text()}"
            button = FlatButton(self._theme, says, icon=icon, text=text, px=12, height=26)
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name, self.row))
            self._flow.addWidget(button)
            self._buttons[name] = button
            button.show()
        if had:
            (self._buttons.get(had) or self).setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.asked.emit("open", self.row)
            case Qt.Key.Key_Delete if "discard" in self._buttons:
                self.asked.emit("discard", self.row)
            case Qt.Key.Key_Escape if "keep" in self._buttons:
                self.asked.emit("keep", self.row)
            case _:
                super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.asked.emit("open", self.row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for name, text, _ in self._choices:
            line = menu.addAction(text)
            line.triggered.connect(lambda _=False, name=name: self.asked.emit(name, self.row))
        menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.fillRect(self.rect(), self._theme.colour("accent_soft"))
            ring(painter, self.rect().adjusted(2, 2, -2, -2), 6, self._theme.colour("accent"))

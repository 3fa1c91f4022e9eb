"""The outbox: everything that waits to reach a target, why in plain words, and what can be done about it.

What needs a person stands on top, then what the desk did meanwhile, then what goes out by itself.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from editor.desk import outbox
from editor.domain.ids import EntryId, TargetId
from editor.sync.records import Notice
from editor.sync.report import SyncState
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.labels import EmptyState, Hairline, Label
from editor.ui.messages import clock, count, sentence, size
from editor.ui.outbox import deeds
from editor.ui.outbox.asked import News, Question
from editor.ui.outbox.card import Card
from editor.ui.outbox.choices import CAN_GO
from editor.ui.outbox_words import (
    EMPTIED,
    NEEDS_YOU,
    State,
    outbox_sentence,
    question,
    state_of,
)
from editor.ui.status_words import PAUSED
from editor.views import OutboxRow

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

SHOWN = 50
Key = tuple[EntryId, TargetId]


class OutboxView(QWidget):
    """A list in the middle pane. ``conflict_asked`` is emitted where somebody wants to choose between two texts."""

    conflict_asked = Signal(str, str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._theme = window.theme
        self._rows: tuple[OutboxRow, ...] = ()
        self._notices: tuple[Notice, ...] = ()
        self._cards: dict[Key, Card] = {}
        self._others: list[QWidget] = []
        self._order: tuple[object, ...] = ()
        self._keys: list[Key] = []
        self._paused = False
        self._build()
        window.bridge.sync_state.connect(lambda _: self._follow())
        window.status.minute.connect(self._follow)

    def renew(self) -> None:
        """Reads the outbox again; what has not changed is not drawn anew, and keeps the focus."""
        window = self._window
        self._rows = window.views.outbox()
        self._notices = window.views.notices()
        self._paused = deeds.is_paused(window)
        self._show()

    def cards(self) -> tuple[Card, ...]:
        """The rows that are shown, from top to bottom."""
        return tuple(self._cards[key] for key in self._keys)

    def _follow(self) -> None:
        """Time went by, or bytes: what is shown is worded anew, and nothing is read."""
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        sync, now = deeds.sync_of(self._window), self._window.room.clock.now()
        states = [(row, state_of(row, sync, now)) for row in self._rows]
        self._show_head([state for _, state in states])
        # the place in a blog's order stays; only what needs a person comes first
        states.sort(key=lambda pair: pair[1] not in NEEDS_YOU)
        shown = states[:SHOWN]
        mates = Counter(row.account for row in self._rows)
        for row, state in shown:
            self._show_card(row, state, sync, mates[row.account])
        for key in set(self._cards) - {(row.entry, row.target) for row, _ in shown}:
            self._cards.pop(key).deleteLater()
        yours = [(row.entry, row.target) for row, state in shown if state in NEEDS_YOU]
        others = [(row.entry, row.target) for row, state in shown if state not in NEEDS_YOU]
        self._arrange(yours, others, len(states) - len(shown))
        full = bool(self._rows or self._notices)
        self._stack.setCurrentWidget(self._scroll if full else self._empty)

    def _show_head(self, states: list[State]) -> None:
        number = len(states)
        parts = [count(number, "entry", "entries") + " waiting"] if number else []
        if amount := sum(row.bytes for row in self._rows):
            parts.append(size(amount))
        said = " · ".join(parts)
        if self._paused:
            said = f"{PAUSED}\n{said}".strip()
        self._note.setText(said)
        self._note.setVisible(bool(said))
        self._note.set_ink("amber" if self._paused else "ink_2")
        self._pause.setText("Resume" if self._paused else "Pause")
        self._pause.setAccessibleName("Resume sending" if self._paused else "Pause sending")
        self._pause.set_icon("send" if self._paused else "circle-dot")
        self._pause.updateGeometry()
        self._retry_all.setVisible(not self._paused and bool(CAN_GO.intersection(states)))

    def _show_card(self, row: OutboxRow, state: State, sync: SyncState, mates: int) -> None:
        key = (row.entry, row.target)
        card = self._cards.get(key)
        if card is None:
            card = self._cards[key] = Card(self._theme)
            card.asked.connect(self._do)
            card.moved.connect(self._move)
        blog = self._window.blog_row(row.blog)
        zone = ZoneInfo(blog.timezone if blog else "UTC")
        now = self._window.room.clock.now()
        card.show_row(row, state, outbox_sentence(row, sync, now, zone, waiting=mates), sync)

    def _arrange(self, yours: list[Key], others: list[Key], more: int) -> None:
        """Puts everything in its order, if that has changed. The rows themselves stay, and so does the focus."""
        emptied = self._emptied()
        news = tuple(notice for notice in self._notices if notice.problem.code != EMPTIED)
        order = (emptied, yours, news, others, more)
        self._keys = yours + others
        if order == self._order:
            return
        self._order = order
        place = self._scroll.verticalScrollBar().value()
        while self._column.count():
            self._column.takeAt(0)
        for widget in self._others:
            widget.deleteLater()
        self._others = []
        several = bool(emptied or yours) + bool(news) + bool(others) > 1
        self._section("Needs you", several and bool(emptied or yours))
        for target, (name, number) in emptied.items():
            self._add(self._question(target, name, number))
        self._add_cards(yours)
        self._section("What the desk did", several and bool(news))
        for notice in news:
            self._add(self._news(notice))
        self._section("On its way", several and bool(others))
        self._add_cards(others)
        if more:
            said = Label(self._theme, f"and {more:,} more", ink="ink_3")
            said.setContentsMargins(18, 12, 18, 12)
            self._add(said, line=False)
        self._column.addStretch(1)
        self._scroll.verticalScrollBar().setValue(place)

    def _emptied(self) -> dict[TargetId, tuple[str, int]]:
        """The targets that lost many entries at once, with their names and how many."""
        found: dict[TargetId, tuple[str, int]] = {}
        for notice in self._notices:
            if notice.problem.code == EMPTIED and notice.target is not None:
                number = int(notice.problem.detail.get("count", 0))
                found[notice.target] = (self._name(notice.target), number)
        for row in self._rows:
            if row.emptied:
                found[row.target] = (row.target_name, row.emptied)
        return found

    def _name(self, target: TargetId) -> str:
        views = self._window.views
        targets = (each for row in self._window.blogs for each in views.targets(row.id))
        return next((each.name for each in targets if each.id == target), "there")

    def _add_cards(self, keys: list[Key]) -> None:
        for key in keys:
            self._column.addWidget(self._cards[key])
            self._rule()

    def _add(self, widget: QWidget, *, line: bool = True) -> None:
        self._others.append(widget)
        self._column.addWidget(widget)
        if line:
            self._rule()

    def _rule(self) -> None:
        rule = Hairline(self._theme)
        self._others.append(rule)
        self._column.addWidget(rule)

    def _section(self, title: str, shown: bool) -> None:
        if shown:
            label = Label(self._theme, title, px=12, weight=600, ink="ink_3")
            label.setContentsMargins(18, 12, 18, 4)
            self._add(label, line=False)

    def _question(self, target: TargetId, name: str, number: int) -> Question:
        return Question(
            self._theme,
            question(name, number),
            lambda: deeds.answer(self._window, target, outbox.accept_emptied),
            lambda: deeds.answer(self._window, target, outbox.send_all_again),
        )

    def _news(self, notice: Notice) -> News:
        window, entry = self._window, notice.entry
        rows = window.views.rows((entry,)) if entry is not None else ()
        headline = (rows[0].headline or rows[0].excerpt) if rows else ""
        blog = window.blog_row(rows[0].blog) if rows else None
        zone = ZoneInfo(blog.timezone if blog else "UTC")
        return News(
            self._theme,
            headline or "Untitled entry",
            sentence(notice.problem),
            clock(notice.at, zone, window.room.clock.now()),
            (lambda: window.open_entry(entry)) if rows and entry is not None else None,
            lambda: deeds.dismiss(window, notice.id),
        )

    def _do(self, name: str, row: OutboxRow) -> None:
        card = self._cards[row.entry, row.target]
        match name:
            case "choose":
                self.conflict_asked.emit(row.entry, row.target)
            case "discard":
                card.ask_whether(True)
            case "keep":
                card.ask_whether(False)
            case _:
                deeds.do(self._window, name, row)

    def _move(self, step: int) -> None:
        cards = self.cards()
        here = next((n for n, card in enumerate(cards) if card.hasFocus()), 0)
        if 0 <= here + step < len(cards):
            cards[here + step].setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(cards[here + step])

    def _build(self) -> None:
        theme = self._theme
        self.setMinimumWidth(300)
        self._note = Label(theme, ink="ink_2", wraps=True)
        self._retry_all = FlatButton(
            theme, "Retry all", icon="refresh-cw", text="Retry all", px=12, height=26
        )
        self._retry_all.clicked.connect(lambda: deeds.retry_everything(self._window))
        self._pause = FlatButton(
            theme, "Pause sending", icon="circle-dot", text="Pause", px=12, height=26
        )
        self._pause.clicked.connect(lambda: deeds.toggle_pause(self._window))
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(Label(theme, "Outbox", px=17, weight=600), 1)
        top.addWidget(self._retry_all)
        top.addWidget(self._pause)
        head = QVBoxLayout()
        head.setContentsMargins(18, 15, 12, 10)
        head.setSpacing(2)
        head.addLayout(top)
        head.addWidget(self._note)
        self._empty = EmptyState(theme, "check-check")
        self._empty.say("All sent", "What you release waits here until it has arrived.")
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline(theme))
        column.addWidget(self._stack, 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if cards := self.cards():
            cards[0].setFocus(event.reason())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("surface"))

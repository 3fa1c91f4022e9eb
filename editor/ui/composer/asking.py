"""The small panel over the foot that asks for what a release needs: a kind and a note, a reason, or a time.

It is not modal: one can go on writing, and Escape puts it away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from editor.domain.entry import CORRECTIONS, NEEDS_NOTE, Kind
from editor.ui.blocks.fields import FramedEdit, Line, field_sheet
from editor.ui.kit.buttons import Button, FlatButton
from editor.ui.kit.labels import Label
from editor.ui.theme.theme import Theme


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked. ``note`` and ``time`` are the labels of those fields, empty where they are not asked for."""

    name: str
    title: str
    action: str
    hint: str = ""
    kinds: bool = False
    note: str = ""
    note_needed: bool = True
    time: str = ""
    start: str = ""
    read_time: Callable[[str], datetime | None] | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered to the question of that name."""

    name: str
    kind: Kind = Kind.CORRECTION
    note: str = ""
    time: datetime | None = None


class Asking(QWidget):
    """Shows one question at a time; ``answered`` carries the answer."""

    answered = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._question: Question | None = None
        self._title = Label(theme, weight=600)
        self._hint = Label(theme, px=12, ink="ink_2", wraps=True)
        self._kind = QComboBox()
        self._kind.setAccessibleName("Kind of change")
        for kind in CORRECTIONS:
            self._kind.addItem(kind.value.capitalize(), kind)
        self._kind.currentIndexChanged.connect(self._check)
        self._note = FramedEdit(theme, "Note")
        self._note.changed.connect(self._check)
        self._note.left.connect(lambda way: self._answer() if way > 0 else None)
        self._time = Line(theme, "Time", "18:00, or 2026-11-22 18:00")
        self._time.changed.connect(self._check)
        self._time.left.connect(lambda way: self._answer() if way > 0 else None)
        self._labels = {name: Label(theme, px=12, ink="ink_3") for name in ("kind", "note", "time")}
        self._labels["kind"].setText("Kind")
        self._go = Button(theme, "", primary=True)
        self._go.clicked.connect(self._answer)
        close = FlatButton(theme, "Close", icon="x")
        close.clicked.connect(self.put_away)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, field) in enumerate(
            (("kind", self._kind), ("note", self._note), ("time", self._time))
        ):
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(field, row, 1)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(close)
        last = QHBoxLayout()
        last.addWidget(self._hint, 1)
        last.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 8, 18, 12)
        column.addLayout(head)
        column.addLayout(grid)
        column.addLayout(last)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.hide()

    @property
    def asks(self) -> str:
        """The name of the question that is open, or nothing."""
        return self._question.name if self._question is not None and self.isVisible() else ""

    def ask(self, question: Question) -> None:
        """Shows a question and goes there."""
        self._question = question
        self._title.setText(question.title)
        self.setAccessibleName(question.title)
        self._go.setText(question.action)
        self._go.setAccessibleName(question.action)
        self._go.updateGeometry()
        self._note.set_text("")
        self._time.set_text(question.start)
        shown = {"kind": question.kinds, "note": bool(question.note), "time": bool(question.time)}
        fields: dict[str, QWidget] = {"kind": self._kind, "note": self._note, "time": self._time}
        for name, on in shown.items():
            self._labels[name].setVisible(on)
            fields[name].setVisible(on)
        self._labels["note"].setText(question.note)
        self._labels["time"].setText(question.time)
        self._note.setAccessibleName(question.note)
        self._time.setAccessibleName(question.time)
        self._hint.setText(question.hint)
        self._check()
        self.show()
        first = self._kind if question.kinds else self._note if question.note else self._time
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def complain(self, sentence: str) -> None:
        """Says why the answer was not taken."""
        self._hint.setText(sentence)
        self._hint.set_ink("live")

    def put_away(self) -> None:
        """Closes without an answer."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def _check(self) -> None:
        question = self._question
        if question is None:
            return
        needed = question.note_needed
        if question.kinds:
            needed = self._chosen_kind() in NEEDS_NOTE
            self._labels["note"].setText(question.note if needed else f"{question.note} (optional)")
        fine = not (question.note and needed and self._note.blank())
        if question.time:
            fine = fine and self._read_time() is not None
        self._go.setEnabled(fine)
        self._hint.setText(question.hint)
        self._hint.set_ink("ink_2")

    def _chosen_kind(self) -> Kind:
        # Qt hands a text enum back as a plain str
        return Kind(self._kind.currentData())

    def _read_time(self) -> datetime | None:
        question = self._question
        if question is None or question.read_time is None:
            return None
        return question.read_time(self._time.text())

    def _answer(self) -> None:
        if self._question is None or not self._go.isEnabled():
            return
        self.answered.emit(
            Answer(
                name=self._question.name,
                kind=self._chosen_kind(),
                note=self._note.text().strip(),
                time=self._read_time() if self._question.time else None,
            )
        )

    def _recolour(self) -> None:
        self.setStyleSheet(field_sheet(self._theme.colours))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Ctrl+Enter answers here, and must not publish past the question
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._answer()
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))

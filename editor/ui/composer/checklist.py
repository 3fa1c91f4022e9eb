"""The list above the foot: what is to mend before an entry goes out, and what to know. Each line leads to its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from editor.problems import Problem
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.labels import Label
from editor.ui.kit.paint import Lines, box, painter_on, ring
from editor.ui.messages import place, sentence
from editor.ui.theme.theme import Theme

TALLEST = 184
_STEP, _PAD, _LEFT = 19.0, 5, 30


class CheckLine(QAbstractButton):
    """One problem: its sign, its sentence, and where it is."""

    def __init__(self, theme: Theme, problem: Problem) -> None:
        super().__init__()
        self.problem = problem
        self._theme = theme
        self._said = sentence(problem)
        where = place(problem.field)
        self._where = where[:1].upper() + where[1:]
        self._lines = Lines("", theme.ui(13), 20, 2, _STEP)
        weight = "To mend" if problem.refuses else "Warning"
        self.setText(self._said)
        self.setAccessibleName(f"{weight}: {self._said}")
        self.setAccessibleDescription(f"Goes to {where}" if where else "")
        self.setToolTip(self._said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(_STEP) + 2 * _PAD)
        self._tail = 0
        theme.changed.connect(self.update)

    def lay_out(self, width: int) -> None:
        """Breaks the sentence for a width, and takes the height that it needs."""
        room = QFontMetrics(self._theme.ui(12)).horizontalAdvance(self._where) + 16
        self._tail = min(room, width // 3) if self._where else 0
        wide = width - _LEFT - self._tail - 10
        self._lines = Lines(self._said, self._theme.ui(13), wide, 2, _STEP)
        self.setFixedHeight(round(self._lines.height) + 2 * _PAD)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.lay_out(event.size().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, painter_on(self)
        colour = theme.colour
        if self.underMouse() or self.isDown():
            box(painter, self.rect(), 6, colour("sunken"))
        grave = self.problem.refuses
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft

        def at(x: int, width: int) -> int:
            return self.width() - x - width if mirrored else x

        sign = theme.pixmap(
            "circle-alert" if grave else "triangle-alert", "live" if grave else "amber", 16, self
        )
        painter.drawPixmap(at(6, 16), _PAD + 2, sign)
        wide = self.width() - _LEFT - self._tail - 10
        painter.setPen(colour("ink"))
        self._lines.draw(painter, QPointF(at(_LEFT, wide), _PAD))
        if self._where:
            painter.setFont(theme.ui(12))
            painter.setPen(colour("ink_3"))
            area = QRect(at(self.width() - self._tail - 6, self._tail), _PAD, self._tail, 19)
            shown = painter.fontMetrics().elidedText(
                self._where, Qt.TextElideMode.ElideRight, self._tail
            )
            side = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
            flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, flags, shown)
        if self.hasFocus():
            ring(painter, self.rect(), 6, colour("accent"))


class Checklist(QWidget):
    """The lines, errors first. ``chosen`` carries the problem of the line that was pressed."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._problems: tuple[Problem, ...] = ()
        self.lines: list[CheckLine] = []
        self.setAccessibleName("Before it goes out")
        close = FlatButton(theme, "Close the list", icon="x")
        close.clicked.connect(self.put_away)
        head = QHBoxLayout()
        head.addWidget(Label(theme, "Before it goes out", weight=600))
        head.addStretch(1)
        head.addWidget(Label(theme, "F8 goes to the next", px=12, ink="ink_3"))
        head.addWidget(close)
        self._holder = QWidget()
        self._rows = QVBoxLayout(self._holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 6, 18, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._scroll)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        # the panel's own ground shows through
        for each in (self._holder, self._scroll.viewport()):
            each.setAutoFillBackground(False)
        theme.changed.connect(self.update)
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Shows these; the list goes away with the last of them."""
        ordered = tuple(sorted(problems, key=lambda problem: not problem.refuses))
        if ordered == self._problems:
            return
        self._problems = ordered
        held = next((n for n, line in enumerate(self.lines) if line.hasFocus()), None)
        for line in self.lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [self._made(problem) for problem in ordered]
        if not ordered:
            self.put_away()
        elif held is not None:
            self.lines[min(held, len(ordered) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def open(self) -> None:
        """Shows the list, where there is something in it."""
        if self._problems:
            self.show()
            self._fit()

    def put_away(self) -> None:
        """Closes the list."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def focus_first(self) -> None:
        """The first line takes the focus."""
        if self.lines:
            self.lines[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _made(self, problem: Problem) -> CheckLine:
        line = CheckLine(self._theme, problem)
        line.clicked.connect(lambda: self.chosen.emit(problem))
        self._rows.addWidget(line)
        return line

    def _fit(self) -> None:
        for line in self.lines:
            line.lay_out(max(200, self._scroll.viewport().width()))
        tall = sum(line.height() + 1 for line in self.lines)
        over = self.parentWidget()
        most = min(TALLEST, over.height() // 4) if over is not None else TALLEST
        least = round(_STEP) + 2 * _PAD
        self._scroll.setFixedHeight(max(least, min(most, tall)))

    def sizeHint(self) -> QSize:
        return QSize(300, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))

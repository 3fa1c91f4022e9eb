"""Small parts of the account sheets: a line with an icon, a tinted panel that asks, and a column that scrolls."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from editor.ui.kit.announcing import announce
from editor.ui.kit.buttons import Button
from editor.ui.kit.choice import Choice
from editor.ui.kit.flow import Flow
from editor.ui.kit.labels import Label
from editor.ui.kit.paint import box, painter_on
from editor.ui.theme.theme import Theme

REACH, BAR = 12, 10
"""How far a column that scrolls reaches over its sides, and how much of that is the scroll bar's, in pixels."""


class IconLine(QWidget):
    """A sentence led by an icon, which says the same for those who look."""

    def __init__(
        self, theme: Theme, text: str = "", icon: str = "info", tint: str = "ink_3"
    ) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QLabel()
        self._picture.setFixedSize(16, 18)
        self._words = Label(theme, wraps=True, ink="ink_2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        theme.changed.connect(self._draw)
        self.say(text, icon, tint)

    def say(self, text: str, icon: str = "info", tint: str = "ink_3") -> None:
        """Says something else; nothing at all where there are no words."""
        self._icon, self._tint = icon, tint
        self._words.setText(text)
        self.setVisible(bool(text))
        self._draw()

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def _draw(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(self._icon, self._tint, 16, self))


class Panel(QWidget):
    """A tinted box that says what is the matter and offers what mends it. It comes and goes without moving the focus."""

    def __init__(self, theme: Theme, tint: str = "amber", icon: str = "triangle-alert") -> None:
        super().__init__()
        self._theme, self._tint = theme, tint
        self._line = IconLine(theme, icon=icon, tint=tint)
        self._icon = icon
        self._more = Label(theme, px=12, ink="ink_2", wraps=True)
        self._answers = QWidget()
        self._flow = Flow(self._answers, gap=8)
        inset = QVBoxLayout()
        inset.setContentsMargins(24, 0, 0, 0)
        inset.setSpacing(8)
        inset.addWidget(self._more)
        inset.addWidget(self._answers)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        column.addWidget(self._line)
        column.addLayout(inset)
        theme.changed.connect(self.update)
        self.hide()

    def say(self, text: str, more: str = "") -> None:
        """Shows a sentence, and what else is to know."""
        self._line.say(text, self._icon, self._tint)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._answers.setVisible(self._flow.count() > 0)
        self.setAccessibleName(f"{text} {more}".strip())
        self.setVisible(bool(text))
        announce(self, text)

    def text(self) -> str:
        """What it says; nothing where it is not shown."""
        return "" if self.isHidden() else self._line.text()

    def add(self, text: str, slot: Callable[[], object], icon: str = "") -> Button:
        """Adds an answer."""
        button = Button(self._theme, text, icon=icon)
        button.clicked.connect(lambda: slot())
        self._flow.addWidget(button)
        return button

    def add_widget(self, widget: QWidget) -> None:
        """Adds something else that can be answered with."""
        self._flow.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = "sunken" if self._tint == "ink_3" else f"{self._tint}_soft"
        box(painter_on(self), self.rect(), 8, self._theme.colour(ground))


class Scrolled(QScrollArea):
    """A column that scrolls where it is longer than the sheet, and never sideways.

    It reaches over its place to both sides (see ``Reaching``): there are the scroll bar and the focus rings, so that
    what is in it stands under the sheet's title whether it scrolls or not.
    """

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self._make_room())
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._make_room()

    def _make_room(self) -> None:
        inner = self.widget()
        layout = inner.layout() if inner is not None else None
        if layout is None:
            return
        bar = BAR if self.verticalScrollBar().maximum() > 0 else 0
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, right = (REACH - bar, REACH) if mirrored else (REACH, REACH - bar)
        layout.setContentsMargins(left, 0, right, 4)


class Reaching(QVBoxLayout):
    """A layout for what reaches over its place to both sides."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.addWidget(widget)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect.adjusted(-REACH, 0, REACH, 0))


def column_in(widget: QWidget, *, spacing: int = 14, margins: int = 0) -> QVBoxLayout:
    """A column without margins of its own."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(margins, margins, margins, margins)
    column.setSpacing(spacing)
    return column


def of_any_width(choice: Choice) -> Choice:
    """Lets a box be as wide as its place is, however long what can be chosen is."""
    choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(8)
    choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return choice


def relabel(button: Button, text: str) -> None:
    """Gives a button other words, and the room for them."""
    if button.text() != text:
        button.setText(text)
        button.setAccessibleName(text)
        button.updateGeometry()


def empty(layout: QLayout) -> None:
    """Takes every widget out of a layout and puts it away."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def tab_in_order(whole: QWidget) -> None:
    """Lets Tab go through a widget as the eye does: in the order of its layouts, whenever the parts were made."""
    stops = list(_stops(whole))
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def _stops(widget: QWidget) -> list[QWidget]:
    found = [widget] if widget.focusPolicy() & Qt.FocusPolicy.TabFocus else []
    layout = widget.layout()
    inside = _of_layout(layout) if layout is not None else _loose(widget)
    return found + inside


def _loose(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QScrollArea) and (inner := widget.widget()) is not None:
        return _stops(inner)
    if isinstance(widget, Reached):
        return [stop for child in widget.reached() for stop in _stops(child)]
    return []


def _of_layout(layout: QLayout) -> list[QWidget]:
    found: list[QWidget] = []
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            found += _stops(widget)
        elif (inner := item.layout()) is not None:
            found += _of_layout(inner)
    return found


class Reached:
    """A widget without a layout that has others in it for Tab to reach."""

    def reached(self) -> tuple[QWidget, ...]:
        """Them, in their order."""
        return ()

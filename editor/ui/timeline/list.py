"""The timeline's list: lays out and paints only what is on the screen, whatever the length.

Qt's own list view measures every row before it shows one; ten thousand entries would take a second.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollBar, QWidget

from editor.domain.ids import EntryId
from editor.ui.kit.paint import painter_on
from editor.ui.theme.theme import Theme
from editor.ui.thumbnails import Thumbnails
from editor.ui.timeline.card import Card, Scene
from editor.ui.timeline.heights import Heights
from editor.ui.timeline.model import Index, TimelineModel

GUESS = 110
KEPT = 200
Action = QAbstractItemView.CursorAction
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class EntryList(QAbstractItemView):
    """Rows of the model, one selected. ``opened`` is Enter or a double click on a row."""

    selected = Signal(str)
    opened = Signal(str)

    def __init__(
        self, theme: Theme, model: TimelineModel, thumbnails: Thumbnails, scene: Callable[[], Scene]
    ) -> None:
        super().__init__()
        # A viewport of our own: to hand out Qt's, PySide6 would make every class of widget with its enumerations.
        self.setViewport(QWidget())
        self._theme = theme
        self._model = model
        self._thumbnails = thumbnails
        self._scene = scene
        self._heights = Heights(0, GUESS)
        self._cards: OrderedDict[EntryId, Card] = OrderedDict()
        self._over = -1
        self._by_keyboard = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName("Entries")
        self.verticalScrollBar().setSingleStep(28)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = _over(self)
        self.setModel(model)
        model.modelReset.connect(self._renew)
        model.rowsInserted.connect(self._renew)
        model.rowsRemoved.connect(self._renew)
        model.dataChanged.connect(self._drop_cards)
        thumbnails.ready.connect(self._repaint)
        theme.changed.connect(self._forget_cards)
        self._renew()

    def select(self, entry: EntryId | None) -> None:
        """Selects an entry, or nothing, without telling anybody."""
        place = self._model.place(entry)
        quiet = self.blockSignals(True)
        self.setCurrentIndex(self._model.index(place) if place >= 0 else QModelIndex())
        if place < 0:
            self.clearSelection()
        self.blockSignals(quiet)
        self.viewport().update()

    def current(self) -> EntryId | None:
        """The selected entry."""
        place = self.currentIndex().row()
        return self._model.ids()[place] if 0 <= place < len(self._model.ids()) else None

    def _renew(self) -> None:
        """The rows are others now: keep the heights of those that are known already."""
        self._heights = Heights(len(self._model.ids()), GUESS)
        for entry, card in self._cards.items():
            if (place := self._model.place(entry)) >= 0:
                self._heights.set(place, card.height)
        self._settle()

    def _drop_cards(self, first: QModelIndex, last: QModelIndex) -> None:
        for place in range(first.row(), last.row() + 1):
            self._cards.pop(self._model.ids()[place], None)
        self._settle()

    def _forget_cards(self) -> None:
        self._cards.clear()
        self._settle()

    def _repaint(self) -> None:
        self.viewport().update()

    def _card(self, place: int) -> Card | None:
        row = self._model.row(place)
        if row is None:
            return None
        card = self._cards.get(row.id)
        if card is None or card.row is not row:
            card = self._cards[row.id] = Card(self._theme, row, self.viewport().width())
            while len(self._cards) > KEPT:
                self._cards.popitem(last=False)
        return card

    def _settle(self) -> None:
        """Measures what is on the screen; what lies above the top edge does not push what is read."""
        if not self.isVisible():
            return  # its width is not known yet
        bar = self.verticalScrollBar()
        value, bottom = bar.value(), bar.value() + self.viewport().height()
        place = self._heights.at(value)
        top = self._heights.top(place) if place >= 0 else 0
        while 0 <= place < len(self._heights) and top < bottom:
            card = self._card(place)
            grown = self._heights.set(place, card.height if card else 0)
            if grown and top < value and value < self._heights.total - self.viewport().height():
                value, bottom = value + grown, bottom + grown
            top += self._heights.of(place)
            place += 1
        self._fit_bar()
        if value != bar.value():
            bar.setValue(value)
        self.viewport().update()

    def _fit_bar(self) -> None:
        page = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(page)
        bar.setRange(0, max(0, self._heights.total - page))

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= len(self._heights):
            return QRect()
        y = self._heights.top(index.row()) - self.verticalScrollBar().value()
        return QRect(0, y, self.viewport().width(), self._heights.of(index.row()))

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid() or index.row() >= len(self._heights):
            return
        if card := self._card(index.row()):
            self._heights.set(index.row(), card.height)
            self._fit_bar()
        top = self._heights.top(index.row())
        bottom = top + self._heights.of(index.row())
        bar, page = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + page:
            bar.setValue(bottom - page)

    def indexAt(self, point: QPoint) -> QModelIndex:
        y = point.y() + self.verticalScrollBar().value()
        if not 0 <= y < self._heights.total:
            return QModelIndex()
        return self._model.index(self._heights.at(y))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        last = len(self._heights) - 1
        if last < 0:
            return QModelIndex()
        here, page = self.currentIndex().row(), self.viewport().height()
        match action:
            case Action.MoveHome:
                target = 0
            case Action.MoveEnd:
                target = last
            case Action.MovePageUp | Action.MovePageDown:
                way = -page if action is Action.MovePageUp else page
                target = self._heights.at(self._heights.top(max(here, 0)) + way)
            case Action.MoveUp | Action.MovePrevious | Action.MoveLeft:
                target = here - 1
            case _:
                target = here + 1
        return self._model.index(max(0, min(last, target)))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        self.selectionModel().select(QItemSelection(index, index), flags)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and (entry := self.current()):
            self.selected.emit(entry)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._fit_bar()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size, wide = event.size(), self._bar.sizeHint().width()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._bar.setGeometry(0 if mirrored else size.width() - wide, 0, wide, size.height())
        if event.oldSize().width() != event.size().width():
            self._cards.clear()
        self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keyboard = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Typing does not hop about: Qt would read every row to find one that begins so."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.indexAt(event.position().toPoint()).row()
        if over != self._over:
            self._over = over
            self.viewport().update()

    def leaveEvent(self, event: object) -> None:
        self._over = -1
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.current():
            self.opened.emit(self.current())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("surface"))
        offset = self.verticalScrollBar().value()
        place = self._heights.at(offset + event.rect().top())
        scene = self._scene()
        wide, low = self.viewport().width(), offset + event.rect().bottom()
        focused = self.hasFocus() and self._by_keyboard
        here = self.currentIndex().row()
        top = self._heights.top(place) if place >= 0 else 0
        while 0 <= place < len(self._heights) and top <= low:
            tall = self._heights.of(place)
            if card := self._card(place):
                card.paint(
                    painter,
                    QRect(0, top - offset, wide, tall),
                    self,
                    scene,
                    self._thumbnails,
                    selected=place == here,
                    focused=focused and place == here,
                    over=place == self._over,
                )
            top += tall
            place += 1


def _over(view: EntryList) -> QScrollBar:
    """A scroll bar that lies in the rows' margin, so that rows are as wide with it as without."""
    real, bar = view.verticalScrollBar(), QScrollBar(Qt.Orientation.Vertical, view)
    bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(least: int, most: int) -> None:
        bar.setRange(least, most)
        bar.setPageStep(real.pageStep())
        bar.setSingleStep(real.singleStep())
        bar.setVisible(most > least)

    real.rangeChanged.connect(fit)
    real.valueChanged.connect(bar.setValue)
    bar.valueChanged.connect(real.setValue)
    fit(real.minimum(), real.maximum())
    return bar

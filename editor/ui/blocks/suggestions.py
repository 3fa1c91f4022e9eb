"""The list under a field with what fits what is typed. It takes neither the focus nor the mouse.

A pop-up window would: its first click elsewhere only closes it, and another is needed to do what was meant. So this is
a part of the window that it lies over, and goes at the next click, whatever that click does besides.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from editor.ui.kit.paint import box, direction
from editor.ui.theme.theme import Theme

ROW = 28
ROWS = 7
LEAST_WIDTH = 260
_PUTS_AWAY = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})
_DETAIL = Qt.ItemDataRole.UserRole


class Suggestions(QListWidget):
    """Names, each with a detail. Nothing is chosen until somebody goes there, so Enter never takes what was not meant."""

    taken = Signal(str, str)

    def __init__(self, theme: Theme, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._theme = theme
        self.setAccessibleName(f"Suggestions for {field.accessibleName()}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Row(theme, self))
        self.setUniformItemSizes(True)
        self.itemClicked.connect(self._take)
        self.hide()

    def offer(self, rows: Sequence[tuple[str, str]]) -> None:
        """Shows these under the field, or goes when there are none."""
        if not rows:
            self.close_up()
            return
        self.clear()
        for name, detail in rows:
            item = QListWidgetItem(name)
            item.setData(_DETAIL, detail)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{name}, {detail}" if detail else name
            )
            self.addItem(item)
        self.setCurrentRow(-1)
        self._dress()
        opens = not self.is_open
        self._place()
        if opens:
            self._application().installEventFilter(self)
        self.show()
        self.raise_()
        if QAccessible.isActive():
            said = f"{len(rows)} suggestions; Down goes to them"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, said))

    def close_up(self) -> None:
        """Goes, without a choice."""
        if self.is_open:
            self._application().removeEventFilter(self)
            self.hide()
            self.setParent(self._field)

    @property
    def is_open(self) -> bool:
        """Whether it is there to be chosen from."""
        return self.parentWidget() is not self._field

    def go(self, way: int) -> None:
        """One row on; before the first and after the last is none."""
        row = self.currentRow() + way
        if row < -1:
            row = self.count() - 1
        self.setCurrentRow(row if row < self.count() else -1)
        if self.currentRow() >= 0 and QAccessible.isActive():
            said = str(self.currentItem().data(Qt.ItemDataRole.AccessibleTextRole))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, said))

    def take_current(self) -> bool:
        """Takes the row that somebody went to. Returns whether there was one."""
        if self.currentRow() < 0:
            return False
        self._take(self.currentItem())
        return True

    def _take(self, item: QListWidgetItem) -> None:
        self.close_up()
        self.taken.emit(item.text(), str(item.data(_DETAIL)))

    def _dress(self) -> None:
        colours = self._theme.colours
        self.setStyleSheet(
            f"QListWidget {{ background: {colours.surface}; border: 1px solid {colours.line_strong};"
            " border-radius: 7px; padding: 3px; outline: 0; }"
        )

    def _place(self) -> None:
        field, window = self._field, self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setLayoutDirection(field.layoutDirection())
        width = min(max(LEAST_WIDTH, field.width()), window.width())
        height = min(ROWS, self.count()) * ROW + 8
        at = field.mapTo(window, QPoint(0, field.height() + 3))
        if at.y() + height > window.height():
            at.setY(max(0, field.mapTo(window, QPoint(0, 0)).y() - height - 3))
        at.setX(max(0, min(at.x(), window.width() - width)))
        self.setGeometry(QRect(at, QSize(width, height)))

    def _application(self) -> QCoreApplication:
        found = QCoreApplication.instance()
        assert found is not None
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            self._heed(watched, event.type())
        return False

    def _heed(self, watched: QWidget, kind: QEvent.Type) -> None:
        """Goes at a click elsewhere, and stays at its field where that is moved."""
        ours = watched in (self._field, self) or self.isAncestorOf(watched)
        window = watched is self._field.window()
        if (kind in _PUTS_AWAY and not ours) or (kind is QEvent.Type.Resize and window):
            self.close_up()
        elif kind is QEvent.Type.Move and (
            watched is self._field or watched.isAncestorOf(self._field)
        ):
            self._place()


class _Row(QStyledItemDelegate):
    """A name, and beside it the detail in a quieter ink."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(LEAST_WIDTH - 10, ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, rect = self._theme, option.rect
        view = self.parent()
        assert isinstance(view, Suggestions)
        painter.save()
        if index.row() == view.currentRow():
            box(painter, rect, 5, theme.colour("accent_soft"))
        name, detail = str(index.data()), str(index.data(_DETAIL) or "")
        mirrored = view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        area = rect.adjusted(9, 0, -9, 0)
        fonts = (theme.ui(13), theme.ui(12))
        room = area.width()
        first = min(QFontMetrics(fonts[0]).horizontalAdvance(name) + 4, room)
        widths = (first, max(0, room - first - 10))
        x = area.right() + 1 if mirrored else area.left()
        for text, font, ink, width in zip(
            (name, detail), fonts, ("ink", "ink_3"), widths, strict=True
        ):
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            painter.setLayoutDirection(direction(text))
            side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
            place = QRect(x - width - 1 if mirrored else x, area.top(), width + 1, area.height())
            painter.drawText(place, flags, shown)
            x += -(width + 10) if mirrored else width + 10
        painter.restore()

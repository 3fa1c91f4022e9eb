"""The command palette: every action by name, every live blog, and entries by their words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from editor.domain.ids import BlogId, EntryId
from editor.ui.actions import Action
from editor.ui.kit.paint import box
from editor.ui.theme.theme import Theme
from editor.views import Filter

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

ENTRIES = 8
WIDTH = 560
ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A line of the palette."""

    text: str
    hint: str
    run: Callable[[], object]


def show_palette(window: MainWindow) -> Palette:
    """Opens the palette over the window."""
    palette = Palette(window)
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    middle = (window.width() - WIDTH) // 2
    palette.move(window.mapToGlobal(window.rect().topLeft()) + QRect(middle, 84, 0, 0).topLeft())
    palette.open()
    return palette


def score(wish: str, text: str) -> int:
    """How well ``text`` answers ``wish``: 0 is not at all. Words' beginnings count most, then letters in order."""
    wish, text = wish.casefold().strip(), text.casefold()
    if not wish:
        return 1
    if text.startswith(wish):
        return 1000
    words = text.split()
    if all(any(word.startswith(part) for word in words) for part in wish.split()):
        return 800 - len(text)
    if wish in text:
        return 600 - text.index(wish)
    place, gaps = -1, 0
    for letter in wish.replace(" ", ""):
        found = text.find(letter, place + 1)
        if found < 0:
            return 0
        gaps += found - place - 1
        place = found
    return max(1, 300 - gaps * 4) if gaps <= 4 * len(wish) else 0


class Palette(QDialog):
    """A field and what answers it; Enter runs the marked line."""

    def __init__(self, window: MainWindow) -> None:
        flags = Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint
        super().__init__(window, flags)
        self._window = window
        self.setWindowTitle("Command palette")
        self.setFixedSize(WIDTH, 420)
        self.field = QLineEdit()
        self.field.setPlaceholderText("What would you like to do, or find?")
        self.field.setAccessibleName("Command palette")
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._renew)
        self.list = QListWidget()
        self.list.setAccessibleName("Results")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Line(window.theme, self.list))
        self.list.itemClicked.connect(self._run)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self._renew("")
        self.field.setFocus()

    def hits(self, wish: str) -> list[Hit]:
        """What answers: actions and blogs by their names, entries by their words."""
        registry = self._window.registry
        found = [
            (score(wish, action.text), _of_action(self._window, action))
            for action in registry.possible()
        ]
        found += [
            (score(wish, blog.headline), self._of_blog(blog.id, blog.headline))
            for blog in self._window.blogs
        ]
        best = sorted((pair for pair in found if pair[0]), key=lambda pair: -pair[0])
        hits = [hit for _, hit in best]
        return hits + self._entries(wish) if len(wish.strip()) > 1 else hits

    def _entries(self, wish: str) -> list[Hit]:
        ids = self._window.views.timeline(None, Filter.ALL, wish)[:ENTRIES]
        names = {blog.id: blog.headline for blog in self._window.blogs}
        return [
            Hit(
                text=row.headline or row.excerpt or "Untitled entry",
                hint=names.get(row.blog, ""),
                run=self._opener(row.id),
            )
            for row in self._window.views.rows(ids)
        ]

    def _opener(self, entry: EntryId) -> Callable[[], object]:
        return lambda: self._window.go_to(entry)

    def _of_blog(self, blog: BlogId, headline: str) -> Hit:
        return Hit(text=headline, hint="Live blog", run=lambda: self._window.show_blog(blog))

    def _renew(self, wish: str) -> None:
        self.list.clear()
        for hit in self.hits(wish):
            item = QListWidgetItem(hit.text)
            item.setData(ROLE, hit)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _run(self, item: QListWidgetItem) -> None:
        hit = item.data(ROLE)
        self.accept()
        hit.run()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colour = QPainter(self), self._window.theme.colour
        painter.fillRect(self.rect(), colour("surface"))
        painter.setPen(colour("line_strong"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            row, last = self.list.currentRow(), self.list.count() - 1
            match event.key():
                case Qt.Key.Key_Down:
                    self.list.setCurrentRow(min(row + 1, last))
                case Qt.Key.Key_Up:
                    self.list.setCurrentRow(max(row - 1, 0))
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    if row >= 0:
                        self._run(self.list.currentItem())
                case _:
                    return super().eventFilter(watched, event)
            return True
        return super().eventFilter(watched, event)


def _of_action(window: MainWindow, action: Action) -> Hit:
    return Hit(
        text=action.text,
        hint=action.keys or action.group,
        run=lambda: window.registry.run(action.id),
    )


class _Line(QStyledItemDelegate):
    """A line: words at the leading edge, the shortcut or the kind at the other."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(WIDTH - 40, 32)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        hit, theme = index.data(ROLE), self._theme
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            box(painter, area, 6, theme.colour("accent_soft"))
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        inner = area.adjusted(10, 0, -10, 0)
        absolute = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.setFont(theme.ui(12))
        painter.setPen(theme.colour("ink_3"))
        elide = Qt.TextElideMode.ElideRight
        hint = painter.fontMetrics().elidedText(hit.hint, elide, inner.width() // 2)
        painter.drawText(inner, absolute | (left if mirrored else right), hint)
        used = QFontMetrics(theme.ui(12)).horizontalAdvance(hint) + 16
        inner = inner.adjusted(used, 0, 0, 0) if mirrored else inner.adjusted(0, 0, -used, 0)
        painter.setFont(theme.ui())
        painter.setPen(theme.colour("ink"))
        text = painter.fontMetrics().elidedText(hit.text, elide, inner.width())
        painter.drawText(inner, absolute | (right if mirrored else left), text)

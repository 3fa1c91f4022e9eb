"""The small fields of a block: a framed text that grows, a line with suggestions, and their style sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from editor.ui.blocks.growing import GrowingEdit, is_ours
from editor.ui.blocks.suggestions import Suggestions
from editor.ui.kit.paint import box, ring
from editor.ui.theme.theme import Theme
from editor.ui.theme.tokens import Colours

FIELD_LINE = 19
Found = Sequence[tuple[str, str]]


def field_sheet(colours: Colours) -> str:
    """The style sheet of the column's fields."""
    return f"""
QTextEdit[framed="true"], QLineEdit[framed="true"] {{
  border: 1px solid {colours.line}; border-radius: 5px; background: {colours.paper};
  padding: 4px 8px; color: {colours.ink}; min-height: 0;
}}
QTextEdit[missing="true"], QLineEdit[missing="true"] {{ border: 1px solid {colours.amber}; }}
QTextEdit[framed="true"]:focus, QLineEdit[framed="true"]:focus {{
  border: 2px solid {colours.accent}; padding: 3px 7px;
}}
QLineEdit[wrong="true"], QLineEdit[wrong="true"]:focus {{ border-color: {colours.live}; }}
QTextEdit[framed="true"]:read-only, QLineEdit[framed="true"]:read-only {{
  background: transparent; color: {colours.ink_2};
}}
"""


def mark_missing(field: QWidget, on: bool) -> None:
    """Whether a field's frame says that something should stand in it that does not."""
    if on != bool(field.property("missing")):
        field.setProperty("missing", on)
        field.style().unpolish(field)
        field.style().polish(field)


class FramedEdit(GrowingEdit):
    """A field for a sentence or more, in a hairline frame."""

    def __init__(self, theme: Theme, name: str, *, single: bool = True) -> None:
        super().__init__(single=single)
        self.setProperty("framed", True)
        self.setAccessibleName(name)
        self.set_look(theme.ui(13), FIELD_LINE, chrome=10)


class Check(QCheckBox):
    """A box to tick, drawn in the design's lines so that it is seen in the dark as well."""

    def __init__(self, theme: Theme, text: str, *, px: int = 13) -> None:
        super().__init__(text)
        self._theme = theme
        self.setFont(theme.ui(px))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(26 + self.fontMetrics().horizontalAdvance(self.text()), 24)

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colour = QPainter(self), self._theme.colour
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        y = (self.height() - 16) // 2
        mark = QRect(self.width() - 17 if mirrored else 1, y, 16, 16)
        on = self.isChecked()
        border = None if on else colour("ink_3" if self.isEnabled() else "line_strong")
        box(painter, mark, 4, colour("accent" if on else "surface"), border)
        if on:
            tick = self._theme.pixmap("check", "on_accent", 12, self)
            painter.drawPixmap(mark.x() + 2, mark.y() + 2, tick)
        if self.hasFocus():
            ring(painter, mark.adjusted(-1, -1, 1, 1), 5, colour("ink" if on else "accent"))
        painter.setPen(colour("ink_2" if self.isEnabled() else "ink_3"))
        words = (
            self.rect().adjusted(0, 0, -24, 0) if mirrored else self.rect().adjusted(24, 0, 0, 0)
        )
        painter.setLayoutDirection(self.layoutDirection())
        lead = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, lead, self.text())


class Line(QLineEdit):
    """A field for a name or an address, with suggestions where there are some.

    ``taken`` carries the suggestion that was chosen, and its detail.
    """

    changed = Signal()
    left = Signal(int)
    run_closed = Signal()
    taken = Signal(str, str)

    def __init__(self, theme: Theme, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.setProperty("framed", True)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(theme.ui(13))
        self.setFixedHeight(FIELD_LINE + 10)
        self.textEdited.connect(self._on_edited)
        self._theme = theme
        self._find: Callable[[str], Found] | None = None
        self._offers_all = False
        self.suggestions: Suggestions | None = None

    def suggest(self, find: Callable[[str], Found], *, at_once: bool = False) -> None:
        """Offers what ``find`` finds for what is typed; ``at_once`` also before anything is."""
        self._find, self._offers_all = find, at_once

    def set_text(self, text: str, *, follow: bool = False) -> None:
        """Shows another text; the cursor stays unless it has to follow."""
        if text != self.text():
            at = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(len(text) if follow else min(at, len(text)))

    def tell(self, wrong: str) -> None:
        """Says what is wrong with what stands here, or nothing."""
        self.setToolTip(wrong)
        self.setAccessibleDescription(wrong)
        if bool(self.property("wrong")) != bool(wrong):
            self.setProperty("wrong", bool(wrong))
            self.style().unpolish(self)
            self.style().polish(self)

    def _on_edited(self) -> None:
        self.changed.emit()
        self._offer()

    def _on_taken(self, name: str, detail: str) -> None:
        self.run_closed.emit()
        self.setText(name)
        self.taken.emit(name, detail)
        self.changed.emit()
        self.run_closed.emit()

    def _offer(self) -> bool:
        """Shows what fits. Returns whether there is anything."""
        typed = self.text()
        if self._find is None or self.isReadOnly() or not (typed.strip() or self._offers_all):
            found: Found = ()
        else:
            found = [pair for pair in self._find(typed) if pair != (typed, "")]
        if found and self.suggestions is None:
            self.suggestions = Suggestions(self._theme, self)
            self.suggestions.taken.connect(self._on_taken)
        if self.suggestions is not None:
            self.suggestions.offer(found)
        return bool(found)

    def _close_up(self) -> None:
        if self.suggestions is not None:
            self.suggestions.close_up()

    def event(self, event: QEvent) -> bool:
        asks = event.type() is QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and is_ours(event):
            event.ignore()
            return False
        return super().event(event)

    def _choosing(self, key: int) -> bool:
        """Whether a key did something in the open list."""
        found = self.suggestions
        if found is None or not found.is_open:
            return False
        match key:
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                found.go(1 if key == Qt.Key.Key_Down else -1)
                return True
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return found.take_current()
            case Qt.Key.Key_Escape:
                found.close_up()
                return True
            case _:
                return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._choosing(key):
            return
        if key == Qt.Key.Key_Up:
            self.left.emit(-1)
        elif key == Qt.Key.Key_Down:
            if self.text() or not self._offer():
                self.left.emit(1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit(1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text():
            self._offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        onward = event.reason() is Qt.FocusReason.TabFocusReason
        if onward and self.suggestions is not None and self.suggestions.is_open:
            self.suggestions.take_current()
        self._close_up()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._close_up()
        super().hideEvent(event)

"""A text field that is as high as what is in it, and leaves undo, scrolling and shortcuts to the composer.

Every place for more than a word is one of these: the headline, the text, a quote's words, a caption.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from editor.ui.blocks.repainting import Repainting

OURS = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.Bold,
    QKeySequence.StandardKey.Italic,
    QKeySequence.StandardKey.Print,
)
_OUR_KEYS = frozenset(
    {Qt.Key.Key_Y, Qt.Key.Key_L, Qt.Key.Key_K, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_D}
)
_NOT_TEXT = {ord("\u2029"): "\n", ord("\u2028"): "\n", 0xFDD0: "\n", 0xFDD1: "\n", 0xFFFC: None}


def is_ours(event: QKeyEvent) -> bool:
    """Whether a key belongs to the composer, although Qt's fields would take it."""
    if any(event.matches(key) for key in OURS):
        return True
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in _OUR_KEYS


def units(text: str) -> int:
    """The length of a text as Qt counts it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class GrowingEdit(QTextEdit):
    """Plain text of one or more paragraphs. ``single`` keeps it to one: Enter goes on to the next field.

    ``changed`` is told at every key and must stay cheap; ``left`` says that the cursor wants to leave at the start
    (-1) or the end (1).
    """

    changed = Signal()
    left = Signal(int)
    run_closed = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, single: bool = False) -> None:
        super().__init__(parent)
        self._single = single
        self._line_height = 0
        self._chrome = 0
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._repainting = Repainting(self)
        # signal to signal: no Python runs for it at a key; a change of ours costs one look that finds nothing
        self.document().contentsChanged.connect(self.changed)

    def set_look(self, font: QFont, line_height: int, *, chrome: int = 0) -> None:
        """The font, the height of every line whatever its script, and the frame's height where there is one."""
        self._line_height = line_height
        self._chrome = chrome
        self.setFont(font)
        self.document().setDefaultFont(font)
        every = QTextCursor(self.document())
        every.select(QTextCursor.SelectionType.Document)
        every.mergeBlockFormat(self._block_format())
        self._grow(self.document().size())

    def set_ground(self, ground: QColor) -> None:
        """Paints its own ground, so that a key does not paint what lies behind it again."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, ground)
        self.setPalette(palette)
        # Under a style sheet the viewport keeps the palette it was born with.
        self.viewport().setPalette(palette)
        self.viewport().setAutoFillBackground(True)

    def text(self) -> str:
        """Exactly what was typed."""
        return self.document().toRawText().translate(_NOT_TEXT)

    def set_text(self, text: str, *, follow: bool = False) -> None:
        """Shows another text by changing only what differs; ``follow`` puts the cursor behind the change."""
        old = self.text()
        if text == old:
            return
        before = 0
        for mine, theirs in zip(old, text, strict=False):
            if mine != theirs:
                break
            before += 1
        after = 0
        limit = min(len(old), len(text)) - before
        while after < limit and old[-1 - after] == text[-1 - after]:
            after += 1
        self._replace(old, before, len(old) - after, text[before : len(text) - after], follow)

    def selected(self) -> tuple[int, int]:
        """The selection in code points."""
        cursor = self.textCursor()
        raw = self.text().encode("utf-16-le", "surrogatepass")
        ends = (cursor.selectionStart(), cursor.selectionEnd())
        first, last = (len(raw[: 2 * at].decode("utf-16-le", "surrogatepass")) for at in ends)
        return first, last

    def select(self, start: int, end: int) -> None:
        """Selects from ``start`` to ``end``, in code points."""
        text = self.text()
        cursor = self.textCursor()
        cursor.setPosition(units(text[:start]))
        cursor.setPosition(units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def focus_at(self, where: int) -> None:
        """Takes the focus with the cursor at the start (1: coming from above) or the end (-1)."""
        move = QTextCursor.MoveOperation.Start if where > 0 else QTextCursor.MoveOperation.End
        self.moveCursor(move)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def blank(self) -> bool:
        """Whether nothing but space is in it."""
        return self.document().isEmpty() or not self.text().strip()

    def _replace(self, old: str, start: int, end: int, words: str, follow: bool) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(old[:start]))
        cursor.setPosition(units(old[:end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)
        if follow:
            self.setTextCursor(cursor)

    def _block_format(self) -> QTextBlockFormat:
        made = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
        made.setLineHeight(float(self._line_height), fixed)
        return made

    def _grow(self, size: QSizeF) -> None:
        height = ceil(max(size.height(), self._line_height)) + self._chrome
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
            # at once, or the field scrolls within itself until the column is laid out again
            self.resize(self.width(), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text():
            super().keyPressEvent(event)
            return
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        key = event.key()
        if self._single and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if plain:
                self.left.emit(1)
            return
        moves = {
            Qt.Key.Key_Up: QTextCursor.MoveOperation.Up,
            Qt.Key.Key_Down: QTextCursor.MoveOperation.Down,
            Qt.Key.Key_Left: QTextCursor.MoveOperation.Left,
            Qt.Key.Key_Right: QTextCursor.MoveOperation.Right,
        }
        move = moves.get(Qt.Key(key)) if plain else None
        if move is not None and not self.textCursor().hasSelection():
            tried = self.textCursor()
            if not tried.movePosition(move):
                at_start, at_end = tried.atStart(), tried.atEnd()
                sideways = key == Qt.Key.Key_Right if at_start and at_end else at_end
                onward = key == Qt.Key.Key_Down or (key != Qt.Key.Key_Up and sideways)
                self.left.emit(1 if onward else -1)
                return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        asks = event.type() is QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and is_ours(event):
            event.ignore()
            return False
        return super().event(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # a file that is dropped on a field is meant for the entry, not its path for the words
        files = any(url.isLocalFile() for url in source.urls())
        return not files and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.run_closed.emit()
        text = source.text()
        self.textCursor().insertText(" ".join(text.split()) if self._single else text)
        self.run_closed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """It never scrolls within itself: the column does."""
        if self.verticalScrollBar().value():
            self.verticalScrollBar().setValue(0)

"""The field of a text block: Markdown with live styling, and the keys of a writing tool.

Enter makes a new paragraph, which in Markdown is an empty line between two; a list goes on by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from editor.ui.blocks.editing import Selected, linked, listed, next_item, toggled
from editor.ui.blocks.growing import GrowingEdit
from editor.ui.blocks.marks import Highlighter

PICTURES = frozenset(".jpg .jpeg .png .webp .heic .heif .tif .tiff .gif .bmp .avif".split())


def pictures_in(source: QMimeData) -> list[Path | QImage]:
    """What was pasted or dropped: files of photos and folders, or the pixels of a picture."""
    files = (Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile())
    given: list[Path | QImage] = [
        path for path in files if path.suffix.lower() in PICTURES or path.is_dir()
    ]
    if not given and source.hasImage() and not source.hasHtml():
        given.append(QImage(source.imageData()))
    return given


def plain_paragraphs(text: str) -> str:
    """Pasted plain text with one kind of line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n")
    return text.replace("\u2028", "\n")


class WritingEdit(GrowingEdit):
    """A text block's words. What it cannot do itself it asks for.

    ``menu_wanted`` carries how it was asked for: ``/`` or ``enter``; ``pasted`` what was put in and how it was copied.
    """

    menu_wanted = Signal(str)
    removal_wanted = Signal()
    join_wanted = Signal()
    pasted = Signal(str, str)
    pictures_given = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.highlighter = Highlighter(self.document())

    def toggle(self, mark: str) -> None:
        """Bold (``**``) or italic (``*``), on or off."""
        self._edit(lambda now: toggled(now, mark))

    def make_link(self) -> None:
        """Makes a link of the selection; an address on the clipboard becomes its target."""
        self._edit(linked)

    def toggle_list(self) -> None:
        """List items or plain paragraphs."""
        self._edit(listed)

    def split_at_cursor(self) -> str:
        """Cuts the text off at the cursor's paragraph and returns what stood behind it."""
        text = self.text()
        start, _ = self.selected()
        head, tail = text[:start].rstrip("\n"), text[start:].strip("\n")
        self.set_text(head)
        return tail

    def _edit(self, change: Callable[[Selected], Selected]) -> None:
        if self.isReadOnly():
            return
        self.run_closed.emit()
        done = change(Selected(self.text(), *self.selected()))
        self.set_text(done.text)
        self.select(done.start, done.end)
        self.setFocus()
        self.changed.emit()
        self.run_closed.emit()

    def _enter(self) -> None:
        cursor = self.textCursor()
        line = cursor.block().text()
        if self.blank():
            self.menu_wanted.emit("enter")
            return
        if not cursor.hasSelection():
            going_on = next_item(line)
            if going_on:
                cursor.insertText("\n" + going_on)
            elif going_on == "":
                cursor.select(QTextCursor.SelectionType.LineUnderCursor)
                cursor.removeSelectedText()
                if cursor.block().previous().text():
                    cursor.insertText("\n")
            elif not line and cursor.atEnd():
                self.menu_wanted.emit("enter")
                return
            else:
                cursor.insertText("\n\n" if line else "\n")
        else:
            cursor.insertText("\n\n")
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.run_closed.emit()

    def _backspace(self) -> bool:
        """Whether the key did something of ours: remove an empty block, join two, take a paragraph's gap away."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return False
        if cursor.atStart():
            if self.document().isEmpty():
                self.removal_wanted.emit()
            else:
                self.join_wanted.emit()
            return True
        if cursor.atBlockStart() and not cursor.block().previous().text():
            before = cursor.block().previous().previous()
            if before.isValid() and cursor.block().text() and next_item(before.text()) is None:
                cursor.deletePreviousChar()
                cursor.deletePreviousChar()
                self.run_closed.emit()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if self.isReadOnly() or (text and text != "/" and text.isprintable()):
            super().keyPressEvent(event)
            return
        key, modifiers = event.key(), event.modifiers()
        plain = modifiers in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if plain:
                self._enter()
            elif modifiers & Qt.KeyboardModifier.ShiftModifier:
                self.textCursor().insertText("\\\n")
            return
        if key == Qt.Key.Key_Backspace and plain and self._backspace():
            return
        if text == "/" and not self.textCursor().block().text():
            self.menu_wanted.emit("/")
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml() or source.hasImage() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if pictures := pictures_in(source):
            self.pictures_given.emit(pictures)
            return
        plain = plain_paragraphs(source.text())
        words = _markdown(source.html()) if source.hasHtml() else ""
        self.run_closed.emit()
        lone = lone_address(plain)
        start, end = self.selected()
        if lone and end > start:
            done = linked(Selected(self.text(), start, end), lone)
            self.set_text(done.text)
            self.select(done.start, done.end)
            self.changed.emit()
        else:
            self.textCursor().insertText(lone or words or plain)
        self.run_closed.emit()
        self.pasted.emit(lone or words or plain, lone or plain)


def lone_address(text: str) -> str:
    """The address that a text is, and nothing else; empty for any other text."""
    words = text.strip()
    if any(mark.isspace() for mark in words):
        return ""
    return words if words.startswith(("http://", "https://")) else ""


def _markdown(html: str) -> str:
    # the window's start can do without it
    from editor.content.from_html import markdown_from_html

    return markdown_from_html(html)

"""What is added to a text or done to its words: blocks, photos, marks, an address turned into a block."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.networks import recognise
from editor.ui.blocks.base import BlockWidget
from editor.ui.blocks.text import TextBlock
from editor.ui.blocks.writing import lone_address
from editor.ui.composer.column import Column
from editor.ui.composer.insert_menu import InsertMenu
from editor.ui.theme.theme import Theme

PHOTO_FILES = "Photos (*.jpg *.jpeg *.png *.webp *.avif *.tif *.tiff *.heic *.heif *.gif)"


class Adding(QObject):
    """Acts on the column for the tool bar, the insert menu and the commands.

    ``photos_given`` carries files or pictures; ``offered`` a question, the words for yes, and what that does;
    ``embedded`` says what was done.
    """

    photos_given = Signal(list)
    embedded = Signal(str)
    offered = Signal(str, str, object)

    def __init__(self, column: Column, theme: Theme) -> None:
        super().__init__(column)
        self._column = column
        self.writable = False
        self.menu = InsertMenu(theme, column)
        self.menu.chosen.connect(self.insert)
        self.menu.given_up.connect(self._on_given_up)
        column.menu_wanted.connect(self.open_menu)
        column.pasted.connect(self._on_pasted)

    def insert(self, kind: str) -> None:
        """Adds a block after the one that is being written in; a photo asks for its file."""
        if not self.writable:
            return
        if kind == "photo":
            self.choose_photos()
        else:
            self._column.insert(kind)

    def choose_photos(self) -> None:
        """Asks for files and adds them as photos."""
        parent = self._column.window()
        chosen, _ = QFileDialog.getOpenFileNames(parent, "Add photos", "", PHOTO_FILES)
        if chosen:
            self.photos_given.emit([Path(name) for name in chosen])

    def mark(self, what: str) -> None:
        """Bold, italic, a link or a list, in the text that is being written in."""
        block = self._column.current
        if not isinstance(block, TextBlock):
            return
        match what:
            case "bold":
                block.edit.toggle("**")
            case "italic":
                block.edit.toggle("*")
            case "link":
                block.edit.make_link()
            case "list":
                block.edit.toggle_list()

    def open_menu(self, at: QPoint | None = None, slash: bool = False) -> None:
        """Opens the insert menu at a place, or under the current block."""
        if not self.writable:
            return
        if at is None:
            near = self._column.current or self._column.headline
            at = near.mapToGlobal(QPoint(40, near.height()))
        self.menu.open_at(at, slash=slash)

    def _on_given_up(self, typed: str) -> None:
        block = self._column.current
        if isinstance(block, TextBlock):
            block.edit.setFocus(Qt.FocusReason.PopupFocusReason)
            if typed:
                block.edit.textCursor().insertText(typed)

    def _on_pasted(self, widget: BlockWidget, put_in: str, copied: str) -> None:
        """What was pasted stays as it is; where it is more than words, that is offered."""
        from editor.content.pasted_quote import parted, quotation

        if lone_address(copied) and _is(widget, copied):
            self._offer_embed(widget, copied)
        elif (quote := quotation(copied)) and parted(self._column.body(), put_in, quote):
            question = f"Is this a quote by {quote.speaker}?"
            self.offered.emit(
                question, "Make it a quote", lambda: self._make_quote(widget, put_in, quote)
            )

    def _make_quote(self, widget: BlockWidget, put_in: str, quote: Quote) -> None:
        from editor.content.pasted_quote import parted

        body = parted(self._column.body(), put_in, quote)
        if body is None or widget not in self._column.blocks or not self.writable:
            return
        self._column.change_to(self._column.headline.text(), body, follow=True)
        self._column.settled.emit()
        self.embedded.emit("The words are a quote now.")

    def _offer_embed(self, widget: BlockWidget, address: str) -> None:
        found = recognise(address)
        what = f"a {found.label} post" if found else "a story link"
        question = f"Show this address as {what}?"
        self.offered.emit(question, "Embed", lambda: self._embed(widget, address))

    def _embed(self, widget: BlockWidget, address: str) -> None:
        if widget not in self._column.blocks or not _is(widget, address) or not self.writable:
            return
        found = recognise(address)
        block: Social | Story = Story(url=address)
        if found is not None:
            block = Social(url=found.url, network=found.network, handle=found.handle)
        self._column.replace(widget, block).address_given()
        self.embedded.emit("The address is a block now.")


def _is(widget: BlockWidget, words: str) -> bool:
    """Whether a block is a text of just these words."""
    value = widget.value()
    return isinstance(value, Text) and value.text.strip() == words

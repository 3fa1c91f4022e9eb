"""The quote's widget: the words beside a bar, and whose they are; the fields show while it is worked on."""

from __future__ import annotations

from typing import ClassVar
from unicodedata import name

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from editor.content.block import Block
from editor.content.blocks.quote import Quote
from editor.ui.blocks.base import BlockWidget, Offer, Setting, reads_right_to_left
from editor.ui.blocks.growing import GrowingEdit
from editor.ui.blocks.quote_credit import credited, whence
from editor.ui.blocks.quote_fields import QuoteFields
from editor.ui.kit.labels import Label
from editor.ui.kit.paint import direction


class QuoteBlock(BlockWidget):
    """Somebody's words."""

    TYPE: ClassVar[str] = "quote"
    TITLE: ClassVar[str] = "Quote"
    ICON: ClassVar[str] = "quote"
    OFFER: ClassVar[Offer | None] = Offer(
        3, "Quote", "Somebody’s words", "Add a quote", "Ctrl+Shift+Q"
    )

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        theme = setting.theme
        self._kept = Quote()
        self._read_only = False
        self._slanted = True
        self.words = GrowingEdit()
        self.words.setAccessibleName("The words of the quote")
        self.words.setPlaceholderText("What was said")
        self.words.setContentsMargins(0, 0, 0, 0)
        self._bar = _Barred(self)
        self.inside.addWidget(self._bar)
        self.meaning = Label(theme, ink="ink_2", wraps=True)
        self.credit = Label(theme, ink="ink_2", wraps=True)
        self.credit.setTextFormat(Qt.TextFormat.RichText)
        self.whence = Label(theme, px=12, ink="ink_3", wraps=True)
        for label in (self.meaning, self.credit, self.whence):
            self.inside.addWidget(label)
        self.form = QuoteFields(setting)
        self.speaker, self.role = self.form.speaker, self.form.role
        self.inside.addWidget(self.form)
        self.words.changed.connect(self.edited)
        self.words.run_closed.connect(self.settled)
        self.words.left.connect(self._leave_words)
        self.form.changed.connect(self.edited)
        self.form.run_closed.connect(self.settled)
        self.form.left.connect(self._leave_form)
        self.form.language.editingFinished.connect(self._say)
        self.recolour()
        self.set_active(False)

    def value(self) -> Block:
        made = self.form.read(self.words.text().strip("\n"))
        if made != self._kept:
            self._kept = made
        return self._kept

    def set_value(self, block: Block, *, follow: bool = False) -> None:
        assert isinstance(block, Quote)
        self.words.set_text(block.text, follow=follow)
        self.form.show_quote(block, follow=follow)
        self._kept = block
        self._say()

    def focus_at(self, where: int) -> None:
        self.words.focus_at(where)

    def set_read_only(self, on: bool) -> None:
        self._read_only = on
        self.words.setReadOnly(on)
        self.form.set_read_only(on)
        self.set_active(self.active)

    def set_active(self, on: bool) -> None:
        if on and not self.active:
            self.form.begin()
        super().set_active(on)
        self.form.setVisible(on and not self._read_only)
        self._say()

    def recolour(self) -> None:
        self._dress()
        self.meaning.setFont(self.theme.reading(15))
        super().recolour()
        self._say()

    def _say(self) -> None:
        quote = self.value()
        assert isinstance(quote, Quote)
        folded = not self.form.isVisibleTo(self)
        zone, now = self.setting.zone, self.setting.now()
        self.meaning.setText((quote.translation or "").strip())
        self.credit.setText(credited(quote, self.theme.colours))
        self.whence.setText(whence(quote, zone, now))
        for label in (self.meaning, self.credit, self.whence):
            label.setVisible(folded and bool(label.text()))
        way = self._way(quote)
        self._bar.turn(way)
        if self._slants(quote) != self._slanted:
            self._dress()
        self.credit.setLayoutDirection(direction(quote.speaker) if quote.speaker else way)
        self.meaning.setLayoutDirection(direction(self.meaning.text()))

    def _dress(self) -> None:
        """The look of the words; scripts that know no italics stand upright, as on the reader's page."""
        self._slanted = self._slants(self._kept)
        self.words.set_look(self.theme.reading(17, italic=self._slanted), 26)

    def _slants(self, quote: Quote) -> bool:
        first = next((sign for sign in quote.text if sign.isalpha()), "a")
        return name(first, "").startswith(("LATIN", "GREEK", "CYRILLIC", "ARMENIAN"))

    def _way(self, quote: Quote) -> Qt.LayoutDirection:
        """Which way the words read: as their language does, or as they themselves do."""
        right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        if quote.language:
            return right if reads_right_to_left(quote.language) else left
        if not quote.text and self.setting.right_to_left:
            return right
        return direction(quote.text)

    def _leave_words(self, way: int) -> None:
        if way > 0 and self.form.isVisible():
            self.form.focus_first()
        else:
            self.left.emit(way)

    def _leave_form(self, way: int) -> None:
        if way < 0:
            self.words.focus_at(-1)
        else:
            self.left.emit(1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._read_only:
            self.focus_at(-1)


class _Barred(QWidget):
    """The words with a bar of three pixels where they begin."""

    def __init__(self, block: QuoteBlock) -> None:
        super().__init__()
        self._theme = block.theme
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(block.words)
        self._words = block.words
        self.turn(Qt.LayoutDirection.LeftToRight)

    def turn(self, way: Qt.LayoutDirection) -> None:
        """Puts the bar on the side where the words begin."""
        right_to_left = way is Qt.LayoutDirection.RightToLeft
        self.setContentsMargins(0, 0, 17, 0) if right_to_left else self.setContentsMargins(
            17, 0, 0, 0
        )
        self.setLayoutDirection(way)
        self._words.setLayoutDirection(way)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = self.width() - 3 if mirrored else 0
        QPainter(self).fillRect(x, 0, 3, self.height(), self._theme.colour("ink"))


WIDGET = QuoteBlock

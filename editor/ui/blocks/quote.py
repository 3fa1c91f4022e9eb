"""The quote's widget: the words beside a bar, and whose they are; the fields show while it is worked on."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from editor.content.block import Block
from editor.content.blocks.quote import Quote
from editor.ui.blocks.base import BlockWidget, Offer, Setting
from editor.ui.blocks.fields import Line
from editor.ui.blocks.form import Form
from editor.ui.blocks.growing import GrowingEdit
from editor.ui.kit.labels import Label
from editor.ui.kit.paint import direction

WAYS = (
    "to this reporter",
    "to this reporter, by phone",
    "by phone",
    "at a press conference",
    "in a statement",
    "to another outlet",
)


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
        self._roles: dict[str, str] = {}
        self.words = GrowingEdit()
        self.words.setAccessibleName("The words of the quote")
        self.words.setPlaceholderText("What was said")
        self.words.setContentsMargins(0, 0, 0, 0)
        self._bar = _Barred(self)
        self.inside.addWidget(self._bar)
        self.credit = Label(theme, ink="ink_2", wraps=True)
        self.credit.setTextFormat(Qt.TextFormat.RichText)
        self.inside.addWidget(self.credit)
        self.speaker = Line(theme, "Speaker", "Who said it")
        self.role = Line(theme, "Role or organisation")
        self.how = Line(theme, "How it was obtained")
        self.source = Line(theme, "Source link", "https://")
        self.language = Line(theme, "Language of the quote", "as the blog")
        self.form = Form(
            theme,
            (
                ("Speaker", self.speaker),
                ("Role", self.role),
                ("Obtained", self.how),
                ("Source", self.source),
                ("Language", self.language),
            ),
        )
        self.how.suggest(WAYS, at_once=True)
        self.inside.addWidget(self.form)
        self.words.changed.connect(self.edited)
        self.words.run_closed.connect(self.settled)
        self.words.left.connect(self._leave_words)
        self.form.changed.connect(self.edited)
        self.form.run_closed.connect(self.settled)
        self.form.left.connect(self._leave_form)
        self.speaker.editingFinished.connect(self._fill_role)
        self.recolour()
        self.set_active(False)

    def value(self) -> Block:
        made = Quote(
            text=self.words.text().strip("\n"),
            speaker=self.speaker.text(),
            role=self.role.text(),
            how=self.how.text(),
            source=self.source.text(),
            language=self.language.text(),
        )
        if made != self._kept:
            self._kept = made
        return self._kept

    def set_value(self, block: Block, *, follow: bool = False) -> None:
        assert isinstance(block, Quote)
        self.words.set_text(block.text, follow=follow)
        pairs = (
            (self.speaker, block.speaker),
            (self.role, block.role),
            (self.how, block.how),
            (self.source, block.source),
            (self.language, block.language),
        )
        for field, text in pairs:
            field.set_text(text)
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
            seen = dict(reversed(self.setting.speakers()))
            self.speaker.suggest(list(reversed(seen)))
            self._roles = seen
        super().set_active(on)
        self._say()
        self.form.setVisible(on and not self._read_only)
        self.credit.setVisible(not self.form.isVisibleTo(self))

    def recolour(self) -> None:
        self.words.set_look(self.theme.reading(17, italic=True), 26)
        super().recolour()
        self._say()

    def _say(self) -> None:
        quote = self.value()
        assert isinstance(quote, Quote)
        self.credit.setText(self._credited(quote))
        way = direction(quote.text)
        if not quote.text and self.setting.right_to_left:
            way = Qt.LayoutDirection.RightToLeft
        self._bar.turn(way)
        self.credit.setLayoutDirection(way)

    def _credited(self, quote: Quote) -> str:
        from html import escape

        colours = self.theme.colours
        if not quote.speaker.strip():
            return f'<span style="color:{colours.amber}">— Who said this?</span>'
        line = f"— <b>{escape(quote.speaker)}</b>"
        if quote.role.strip():
            line += f", {escape(quote.role)}"
        if quote.how.strip():
            line += f', <span style="color:{colours.ink_3}">{escape(quote.how)}</span>'
        return line

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

    def _fill_role(self) -> None:
        known = self._roles.get(self.speaker.text(), "")
        if known and not self.role.text():
            self.role.set_text(known)
            self.edited.emit()

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

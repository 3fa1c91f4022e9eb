"""The quote's block: speakers who are remembered, facts behind a fold, and a pasted quote that becomes one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.ui.blocks.quote import QuoteBlock
from editor.ui.blocks.suggestions import Suggestions
from editor.ui.blocks.text import TextBlock
from editor.ui.composer.preview import NOBODYS
from tests.ui_composer.conftest import Writer

MAYOR = Quote(text="We stay.", speaker="Ana García", role="mayor")
KHALED = Quote(text="نبقى هنا.", speaker="خَالِد", role="مهندس")
KEYS = Qt.Key
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def quote_block(writer: Writer) -> QuoteBlock:
    found = next(block for block in writer.column.blocks if isinstance(block, QuoteBlock))
    return found


def begin(writer: Writer, *before: Quote, quote: Quote | None = None) -> QuoteBlock:
    """A new quote's block with the cursor in the speaker's field, in a blog that knows these."""
    writer.open(Content(headline="Before", body=before))
    writer.open(Content(body=(quote or Quote(text="Words."), Text(text="After."))))
    block = quote_block(writer)
    block.focus_at(-1)
    block.speaker.setFocus()
    return block


def offered(block: QuoteBlock) -> list[str]:
    found = block.speaker.suggestions
    if found is None or not found.is_open:
        return []
    return [found.item(row).text() for row in range(found.count())]


def test_a_speaker_is_found_without_accents_and_chosen_by_keyboard_with_the_role(
    writer: Writer,
) -> None:
    block = begin(writer, MAYOR, KHALED)
    writer.type("gar")
    assert offered(block) == ["Ana García"]
    writer.key(KEYS.Key_Down)
    writer.key(KEYS.Key_Return)
    assert (block.speaker.text(), block.role.text()) == ("Ana García", "mayor")
    assert offered(block) == []
    writer.composer.settle()
    assert writer.column.body()[0] == Quote(text="Words.", speaker="Ana García", role="mayor")
    writer.composer.undo()
    assert block.speaker.text() == "gar"


def test_an_arabic_speaker_is_found_without_vowel_signs(writer: Writer) -> None:
    block = begin(writer, MAYOR, KHALED)
    block.speaker.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for letter in "خا":
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(block.speaker, key)
    assert offered(block) == ["خَالِد"]
    writer.key(KEYS.Key_Down)
    writer.key(KEYS.Key_Tab)
    assert (block.speaker.text(), block.role.text()) == ("خَالِد", "مهندس")
    assert QApplication.focusWidget() is block.role


def test_enter_takes_nobody_that_was_not_gone_to_and_escape_only_closes(writer: Writer) -> None:
    block = begin(writer, MAYOR)
    writer.type("An")
    assert offered(block) == ["Ana García"]
    writer.key(KEYS.Key_Escape)
    assert offered(block) == []
    writer.type("n")
    writer.key(KEYS.Key_Return)
    assert block.speaker.text() == "Ann"
    assert QApplication.focusWidget() is block.role


def test_a_role_that_was_typed_is_not_replaced(writer: Writer) -> None:
    block = begin(writer, MAYOR, quote=Quote(text="Words.", role="candidate"))
    writer.type("gar")
    writer.key(KEYS.Key_Down)
    writer.key(KEYS.Key_Return)
    assert block.role.text() == "candidate"


def test_the_first_click_elsewhere_closes_the_list_and_does_what_was_meant(writer: Writer) -> None:
    block = begin(writer, MAYOR)
    writer.type("gar")
    assert offered(block)
    text = writer.column.blocks[1]
    assert isinstance(text, TextBlock)
    window = writer.composer.windowHandle()
    at = text.edit.viewport().mapTo(writer.composer, QPoint(30, 8))
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=at)
    assert offered(block) == []
    assert QApplication.focusWidget() is text.edit


def test_a_click_on_a_name_takes_it(writer: Writer) -> None:
    block = begin(writer, MAYOR)
    writer.type("gar")
    found = block.speaker.suggestions
    assert found is not None
    at = found.mapTo(writer.composer, found.visualItemRect(found.item(0)).center() + QPoint(4, 4))
    QTest.mouseClick(writer.composer.windowHandle(), Qt.MouseButton.LeftButton, pos=at)
    assert (block.speaker.text(), block.role.text()) == ("Ana García", "mayor")
    assert QApplication.focusWidget() is block.speaker


def test_a_list_goes_with_its_block(writer: Writer) -> None:
    block = begin(writer, MAYOR)
    writer.type("gar")
    assert writer.composer.findChildren(Suggestions, options=DIRECT)
    writer.column.remove(block)
    QApplication.processEvents()
    assert writer.composer.findChildren(Suggestions, options=DIRECT) == []


def test_a_source_that_is_not_named_is_not_remembered_as_a_speaker(writer: Writer) -> None:
    nurse = Quote(text="a", speaker="A nurse", unnamed=True, reason="fear")
    block = begin(writer, nurse, MAYOR)
    writer.key(KEYS.Key_Down)
    assert offered(block) == ["Ana García"]


def test_every_fact_typed_is_in_the_store_and_folds_into_a_line(writer: Writer) -> None:
    writer.open(Content(body=(Quote(text="نحتاج إلى عشر مضخات."), Text(text="After."))))
    entry = writer.composer.entry
    assert entry is not None
    block = quote_block(writer)
    block.focus_at(-1)
    form = block.form
    assert not form.more.isVisible()
    form.fold.setFocus()
    writer.key(KEYS.Key_Return)
    assert form.more.isVisible()
    for field, typed in (
        (form.language, "arabic"),
        (form.translation, "We need ten pumps."),
        (form.place, "Basra"),
        (form.said, "2026-11-22 14:20"),
        (form.source, "https://example.org/a"),
    ):
        field.setFocus()
        writer.type(typed)
    form.unnamed.setFocus()
    writer.key(KEYS.Key_Space)
    assert QApplication.focusWidget() is form.reason
    writer.type("she fears for her job")
    writer.column.blocks[1].focus_at(-1)
    writer.composer.flush()
    assert writer.stored(entry).body[0] == Quote(
        text="نحتاج إلى عشر مضخات.",
        language="ar",
        translation="We need ten pumps.",
        place="Basra",
        said=datetime(2026, 11, 22, 13, 20, tzinfo=UTC),
        source="https://example.org/a",
        unnamed=True,
        reason="she fears for her job",
    )
    assert "unnamed, because \u2068she fears for her job\u2069" in block.credit.text()
    assert not block.words.font().italic()
    told = block.whence.text().translate({0x2068: None, 0x2069: None})
    assert told.startswith("Basra, ")
    assert told.endswith("translated from Arabic · example.org")
    assert block.meaning.text() == "We need ten pumps."
    block.focus_at(-1)
    assert form.more.isVisible()


def test_opening_a_quote_with_every_fact_changes_nothing(writer: Writer) -> None:
    whole = Quote(
        text="a",
        speaker="b",
        translation="c",
        place="d",
        said=datetime(2026, 11, 22, 13, 20, 5, 7, tzinfo=UTC),
        unnamed=True,
        reason="e",
        language="he",
    )
    writer.open(Content(body=(whole,)))
    block = quote_block(writer)
    assert writer.column.body() == (whole,)
    assert block._bar.layoutDirection() is Qt.LayoutDirection.RightToLeft
    writer.composer.apply(Content(body=(Quote(text="a"),)))
    assert writer.column.body() == (Quote(text="a"),)
    writer.composer.undo()
    assert writer.column.body() == (whole,)


def test_a_time_and_a_source_that_cannot_be_read_are_marked_at_their_field(writer: Writer) -> None:
    block = begin(writer)
    form = block.form
    form.fold.click()
    form.said.setFocus()
    writer.type("noonish")
    form.source.setFocus()
    writer.type("nonsense")
    form.place.setFocus()
    assert "14:21" in form.said.accessibleDescription()
    assert "not a web address" in form.source.accessibleDescription()


def test_an_unnamed_source_without_a_reason_is_asked_for_it(writer: Writer) -> None:
    block = begin(writer)
    block.form.unnamed.click()
    writer.composer.settle()
    writer.column.blocks[1].focus_at(-1)
    assert "Why is the source not named?" in block.credit.text()


PASTED = "“We need ten pumps.” — River engineer, city waterworks"
MADE = Quote(text="We need ten pumps.", speaker="River engineer", role="city waterworks")


def paste(writer: Writer, plain: str, html: str = "") -> None:
    block = writer.column.blocks[-1]
    assert isinstance(block, TextBlock)
    source = QMimeData()
    source.setText(plain)
    if html:
        source.setHtml(html)
    block.focus_at(-1)
    block.edit.insertFromMimeData(source)


@pytest.mark.parametrize("html", ["", f"<p>{PASTED}</p>"])
def test_a_pasted_quote_stays_as_it_is_and_one_step_makes_it_a_quote(
    writer: Writer, html: str
) -> None:
    writer.open(Content(headline="x", body=(Text(text="Before."),)))
    writer.column.write_below()
    writer.key(KEYS.Key_Return)
    paste(writer, PASTED, html)
    assert writer.column.body() == (Text(text=f"Before.\n\n{PASTED}"),)
    question, action, accept = writer.notices[-1]
    assert (question, action) == ("Is this a quote by River engineer?", "Make it a quote")
    assert accept is not None
    accept()
    assert writer.column.body() == (Text(text="Before."), MADE)
    assert writer.notices[-1][:2] == ("The words are a quote now.", "Undo")
    writer.composer.undo()
    assert writer.column.body() == (Text(text=f"Before.\n\n{PASTED}"),)


def test_an_arabic_quote_is_offered_as_well(writer: Writer) -> None:
    writer.open()
    paste(writer, "«نحتاج إلى عشر مضخات.» — مهندس النهر، مياه المدينة")
    accept = writer.notices[-1][2]
    assert accept is not None
    accept()
    (quote,) = writer.column.body()
    assert quote == Quote(text="نحتاج إلى عشر مضخات.", speaker="مهندس النهر", role="مياه المدينة")


def test_an_offer_that_came_too_late_changes_nothing(writer: Writer) -> None:
    writer.open()
    paste(writer, PASTED)
    accept = writer.notices[-1][2]
    writer.type(" More.")
    before = writer.column.body()
    assert accept is not None
    accept()
    assert writer.column.body() == before


def test_an_offer_says_nothing_of_another_entry(writer: Writer) -> None:
    writer.open()
    paste(writer, PASTED)
    accept = writer.notices[-1][2]
    same = Content(headline="Other", body=(Text(text=PASTED),))
    writer.open(same)
    assert accept is not None
    accept()
    assert writer.column.body() == same.body


def test_a_quote_pasted_into_a_sentence_or_a_plain_text_offers_nothing(writer: Writer) -> None:
    writer.open(Content(headline="x", body=(Text(text="She said "),)))
    paste(writer, PASTED)
    paste(writer, "The water rose.")
    assert [said for said in writer.notices if said[1] == "Make it a quote"] == []


def test_the_preview_shows_the_translation_first_and_marks_what_nobody_said(writer: Writer) -> None:
    translated = Quote(text="نبقى هنا.", language="ar", translation="We stay.", speaker="Mayor")
    writer.open(Content(body=(translated, Quote(text="Words."))))
    writer.composer.toggle_preview()
    shown = writer.composer.frame.preview.toPlainText()
    assert (
        shown.index("We stay.") < shown.index("Translated from Arabic") < shown.index("نبقى هنا.")
    )
    assert shown.count(NOBODYS) == 1
    assert shown.index("Words.") < shown.index(NOBODYS)


def test_the_preview_cuts_nothing_off_that_begins_at_the_right(writer: Writer) -> None:
    writer.open(Content(headline="صوتان من المدينة", body=(KHALED,)))
    writer.composer.resize(1100, 800)
    writer.composer.toggle_preview()
    preview = writer.composer.frame.preview
    QApplication.processEvents()
    assert preview.document().textWidth() <= preview.viewport().width()

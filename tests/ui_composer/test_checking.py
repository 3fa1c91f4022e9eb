"""Before it goes out, in the window: the tally, the list, the way to each place, by mouse and by keyboard."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.content.merge import compare
from editor.desk.blogs import edit_blog
from editor.desk.writing import save_draft
from editor.domain.entry import Stage
from editor.problems import Problem, Severity
from editor.ui.blocks.photo import PhotoBlock
from editor.ui.blocks.quote import QuoteBlock
from editor.ui.composer.checking import tally
from editor.ui.composer.compare import differences_html
from editor.ui.composer.frame import Page
from editor.ui.conflict.telling import plain
from editor.ui.dialogs.checks import ChecksTable
from tests.ui_composer.conftest import Writer

PHOTO = Photo(asset="a" * 64, caption="The dyke", credit="Staff", width=30, height=20)
TO_MEND = Content(
    headline="Pumps said to have stopped",
    body=(
        Text(text="Two witnesses say so."),
        PHOTO,
        Quote(text="We heard them fall silent."),
        Story(url="http://example.org/pumps", headline="How pumps work"),
    ),
)


def focused() -> QWidget | None:
    QApplication.processEvents()
    return QApplication.focusWidget()


def block(writer: Writer, kind: type) -> QWidget:
    return next(each for each in writer.column.blocks if isinstance(each, kind))


def codes(writer: Writer) -> list[str]:
    return [problem.code for problem in writer.composer.checks.problems]


def test_the_tally_beside_the_button_opens_the_list_and_a_line_leads_to_its_field(
    writer: Writer,
) -> None:
    writer.open(TO_MEND)
    foot, checklist = writer.composer.frame.foot, writer.composer.frame.checklist
    assert foot.tally.text() == "1 to mend · 2 warnings"
    assert foot.tally.accessibleName().endswith("1 to mend · 2 warnings")
    assert not checklist.isVisible()
    QTest.mouseClick(foot.tally, Qt.MouseButton.LeftButton)
    assert checklist.isVisible()
    assert [line.problem.code for line in checklist.lines] == [
        "photo-without-alt",
        "quote-without-speaker",
        "link-not-https",
    ]
    assert all(line.accessibleName() and line.accessibleDescription() for line in checklist.lines)
    QTest.mouseClick(checklist.lines[1], Qt.MouseButton.LeftButton)
    quote = block(writer, QuoteBlock)
    assert isinstance(quote, QuoteBlock)
    assert focused() is quote.speaker


def test_by_keyboard_the_list_is_walked_chosen_from_and_put_away(writer: Writer) -> None:
    writer.open(TO_MEND)
    checklist = writer.composer.frame.checklist
    writer.composer.checks.toggle()
    assert focused() is checklist.lines[0]
    writer.key(Qt.Key.Key_Down)
    assert focused() is checklist.lines[1]
    writer.key(Qt.Key.Key_Up)
    writer.key(Qt.Key.Key_Return)
    photo = block(writer, PhotoBlock)
    assert isinstance(photo, PhotoBlock)
    assert focused() is photo.alt
    checklist.lines[2].setFocus()
    writer.key(Qt.Key.Key_Escape)
    assert not checklist.isVisible()
    assert writer.column.isAncestorOf(focused())  # type: ignore[arg-type]


def test_f8_goes_round_and_what_is_mended_leaves_the_list_at_the_pause(writer: Writer) -> None:
    writer.open(TO_MEND)
    photo = block(writer, PhotoBlock)
    assert isinstance(photo, PhotoBlock)
    writer.column.headline.focus_at(-1)
    writer.key(Qt.Key.Key_F8)
    assert focused() is photo.alt
    writer.type("Sandbags along a dyke")
    assert "photo-without-alt" in codes(writer)  # nothing is looked over with a key
    writer.composer.settle()
    assert codes(writer) == ["quote-without-speaker", "link-not-https"]
    assert writer.composer.frame.foot.tally.text() == "2 warnings"
    seen = []
    for _ in range(3):
        writer.key(Qt.Key.Key_F8)
        seen.append(focused())
    assert seen[0] is seen[2] is not seen[1]
    writer.open(Content(headline="Nothing to say against it"))
    writer.key(Qt.Key.Key_F8)
    assert writer.notices[-1][0] == "Nothing is left to mend."
    assert not writer.composer.frame.foot.tally.isVisible()


def test_errors_open_the_list_and_warnings_let_it_go(writer: Writer) -> None:
    entry = writer.open(TO_MEND)
    writer.column.headline.focus_at(-1)
    writer.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert writer.composer.frame.checklist.isVisible()
    photo = block(writer, PhotoBlock)
    assert isinstance(photo, PhotoBlock)
    assert focused() is photo.alt
    assert writer.room.views.entry(entry).entry.stage is Stage.DRAFT
    writer.type("Sandbags along a dyke")
    writer.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert writer.room.views.entry(entry).entry.stage is Stage.PUBLISHED
    assert not writer.composer.frame.checklist.isVisible()
    assert not writer.composer.frame.foot.tally.isVisible()


def test_nothing_is_asked_before_an_error_is_mended(writer: Writer) -> None:
    writer.open(TO_MEND)
    writer.composer.verbs.do("publish_at")
    assert not writer.composer.frame.asking.isVisible()
    assert writer.composer.frame.checklist.isVisible()


def test_a_fact_leads_into_the_details(writer: Writer) -> None:
    ahead = writer.room.clock.now() + timedelta(hours=3)
    writer.open(Content(headline="x", unverified=True, embargo=ahead))
    drawer = writer.composer.frame.drawer
    assert drawer.isHidden()
    writer.key(Qt.Key.Key_F8)
    assert focused() is drawer.unverified
    writer.key(Qt.Key.Key_F8)
    assert focused() is drawer.embargo


def test_the_way_leads_out_of_the_preview_and_the_history(writer: Writer) -> None:
    writer.open(TO_MEND)
    pages = []
    for goes_away in (writer.composer.toggle_preview, writer.composer.versions.toggle):
        goes_away()
        pages.append(writer.composer.frame.page)
        writer.composer.checks.go_on()
        pages.append(writer.composer.frame.page)
    assert pages == [Page.PREVIEW, Page.WRITING, Page.HISTORY, Page.WRITING]
    quote = block(writer, QuoteBlock)
    assert quote.isAncestorOf(focused())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quote", "field"),
    [
        (Quote(text="نعم", unnamed=True), "reason"),
        (Quote(text="نعم", speaker="A resident", source="http://example.org"), "source"),
        (Quote(text="نعم", speaker="A resident", source="nowhere"), "source"),
    ],
)
def test_a_field_behind_a_fold_is_led_to_as_well(writer: Writer, quote: Quote, field: str) -> None:
    writer.open(Content(headline="x", body=(quote,)))
    writer.column.headline.focus_at(-1)
    writer.key(Qt.Key.Key_F8)
    made = block(writer, QuoteBlock)
    assert isinstance(made, QuoteBlock)
    assert focused() is getattr(made.form, field)


def test_the_numbers_of_blocks_pass_over_an_empty_place_to_write(writer: Writer) -> None:
    writer.open(replace(TO_MEND, body=TO_MEND.body[1:]))
    writer.column.insert("text", 0)
    writer.composer.settle()
    photo = block(writer, PhotoBlock)
    assert isinstance(photo, PhotoBlock)
    assert photo._problems.text()
    writer.composer.checks.go(writer.composer.checks.problems[0])
    assert focused() is photo.alt


def test_a_blog_that_weighs_otherwise_is_heard_at_once(writer: Writer) -> None:
    writer.open(TO_MEND)
    wishes = {"photo-without-alt": Severity.WARNING, "link-not-https": Severity.ERROR}
    edit_blog(writer.room.room, writer.blog, checks=wishes)
    writer.composer.frame.drawer.pinned.click()
    errors = [problem.code for problem in writer.composer.checks.problems if problem.refuses]
    assert errors == ["link-not-https"]


def test_the_list_turns_with_the_window_and_keeps_its_lines_within_it(writer: Writer) -> None:
    long = "http://example.org/" + "water-" * 60
    writer.open(replace(TO_MEND, body=(*TO_MEND.body, Story(url=long, headline="جسر"))))
    writer.composer.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    writer.composer.resize(560, 520)
    writer.composer.checks.toggle()
    QApplication.processEvents()
    checklist = writer.composer.frame.checklist
    for line in checklist.lines:
        assert line.layoutDirection() is Qt.LayoutDirection.RightToLeft
        assert 0 < line.width() <= checklist.width()
        assert not line.grab().isNull()
    assert checklist.height() < writer.composer.height() // 2
    writer.composer.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize(
    ("errors", "warnings", "said"),
    [(0, 0, ""), (1, 0, "1 to mend"), (0, 1, "1 warning"), (2, 3, "2 to mend · 3 warnings")],
)
def test_the_tally_counts(errors: int, warnings: int, said: str) -> None:
    assert tally(errors, warnings) == said


# Marks


def test_not_verified_is_set_in_the_details_and_taken_back_by_undo(writer: Writer) -> None:
    entry = writer.open(Content(headline="Pumps said to have stopped"))
    writer.composer.toggle_details()
    QTest.mouseClick(writer.composer.frame.drawer.unverified, Qt.MouseButton.LeftButton)
    assert writer.stored(entry).unverified is True
    assert writer.composer.frame.marks.isVisible()
    assert writer.room.views.rows((entry,))[0].unverified
    writer.composer.undo()
    assert not writer.stored(entry).unverified
    assert not writer.composer.frame.marks.isVisible()
    assert not writer.room.views.rows((entry,))[0].unverified
    writer.composer.toggle_fact("unverified")
    assert writer.stored(entry).unverified is True


def test_a_source_is_protected_with_what_was_just_typed_and_photos_stay_bare(
    writer: Writer,
) -> None:
    telling = replace(PHOTO, alt="Sandbags", location_kept=True)
    entry = writer.open(replace(TO_MEND, body=(TO_MEND.body[0], telling)))
    writer.column.headline.focus_at(-1)
    writer.type(" today")
    drawer = writer.composer.frame.drawer
    writer.composer.toggle_details()
    QTest.mouseClick(drawer.protect, Qt.MouseButton.LeftButton)
    view = writer.room.views.entry(entry)
    assert view.entry.protect_source
    assert view.content.headline.endswith(" today")
    assert not view.content.body[1].location_kept
    assert drawer.protect.isChecked()
    assert writer.composer.frame.marks.isVisible()
    writer.composer.undo()  # the text, not the mark
    writer.composer.flush()
    assert writer.composer.view is not None
    assert writer.composer.view.entry.protect_source
    assert not writer.stored(entry).body[1].location_kept
    writer.composer.verbs.do_primary()
    assert writer.room.views.entry(entry).entry.stage is Stage.PUBLISHED
    writer.composer.verbs.toggle_protection()
    assert not drawer.protect.isChecked()


def test_a_source_protected_elsewhere_shows_at_once(writer: Writer) -> None:
    from editor.desk.protecting import protect

    entry = writer.open(TO_MEND)
    protect(writer.room.room, entry, True)
    QApplication.processEvents()
    assert writer.composer.frame.drawer.protect.isChecked()
    save_draft(writer.room.room, entry, replace(TO_MEND, headline="Elsewhere"))
    QApplication.processEvents()
    assert writer.composer.text.headline == "Elsewhere"


def test_what_was_said_to_be_verified_since_is_seen_in_the_history_and_in_a_clash() -> None:
    old, new = Content(headline="x", unverified=True), Content(headline="x")
    colours = {"add": "#a", "remove": "#d", "quiet": "#q"}
    assert "line-through" in differences_html(old, new, **colours)
    assert "underline" in differences_html(new, old, **colours)
    assert "verified" not in differences_html(new, new, **colours)
    part = next(each for each in compare(None, old, new) if each.name == "unverified")
    assert part.clashes
    assert [plain(part, value, UTC) for value in (part.mine, part.theirs)] == ["Yes", "No"]


# The blog's settings


def test_the_settings_show_what_stops_and_give_back_what_was_ticked(writer: Writer) -> None:
    table = ChecksTable(writer.composer._theme, {"alt-too-long": Severity.ERROR})
    ticked = {code for code, box in table.boxes.items() if box.isChecked()}
    assert ticked == {"photo-without-alt", "alt-too-long"}
    table.boxes["alt-too-long"].click()
    table.boxes["text-twice"].click()
    edit_blog(writer.room.room, writer.blog, checks=table.wishes())
    assert writer.room.views.blog(writer.blog).checks == {"text-twice": Severity.ERROR}
    assert all(box.accessibleName() or box.text() for box in table.boxes.values())
    table.deleteLater()


def test_trouble_that_is_no_problem_of_the_text_is_listed_too(writer: Writer) -> None:
    writer.open(Content(headline="x"))
    writer.composer.checks.complain((Problem(code="disk-full"),))
    (line,) = writer.composer.frame.checklist.lines
    assert writer.composer.frame.checklist.isVisible()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert writer.column.isAncestorOf(focused())  # type: ignore[arg-type]

"""Captions and credits of many photos at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.content.blocks.photo import Photo
from editor.ui.captions.filling import filled
from tests.ui_composer.conftest import Writer
from tests.ui_photo.conftest import open_photos, sheet, stored_photos

KEY = Qt.Key
PHOTOS = {
    1: Photo(asset="a" * 64, credit="Field team B"),
    3: Photo(asset="b" * 64, credit="  "),
    4: Photo(asset="c" * 64),
}


def test_a_text_goes_where_nothing_stands_or_everywhere() -> None:
    done = filled(PHOTOS, (), "credit", "河川局", only_empty=True)
    assert [photo.credit for photo in done.values()] == ["Field team B", "河川局", "河川局"]
    done = filled(PHOTOS, (), "credit", "河川局", only_empty=False)
    assert {photo.credit for photo in done.values()} == {"河川局"}


def test_a_text_goes_to_those_that_were_chosen() -> None:
    done = filled(PHOTOS, {1, 4}, "caption", "نهر", only_empty=True)
    assert [photo.caption for photo in done.values()] == ["نهر", "", "نهر"]


def test_credits_of_all_photos_are_given_at_once_and_taken_back_in_one_step(
    writer: Writer, tmp_path: Path
) -> None:
    open_photos(writer, tmp_path, 4)
    writer.composer.photos.write_captions()
    opened = sheet()
    opened.text.setFocus()
    QTest.keyClicks(opened.text, "Field team A")
    opened.fill.click()
    rows = list(opened.rows.values())
    QTest.keyClicks(rows[2].fields["alt"], "A bridge")
    QTest.mouseClick(rows[3].decorative, Qt.MouseButton.LeftButton)
    opened.done_button.click()
    photos = stored_photos(writer)
    assert [photo.credit for photo in photos] == ["Field team A"] * 4
    assert [photo.alt for photo in photos] == ["", "", "A bridge", ""]
    assert [photo.decorative for photo in photos] == [False, False, False, True]
    writer.composer.undo()
    assert {(photo.credit, photo.alt, photo.decorative) for photo in stored_photos(writer)} == {
        ("", "", False)
    }


def test_only_the_photos_that_are_ticked_are_filled_in(writer: Writer, tmp_path: Path) -> None:
    open_photos(writer, tmp_path, 3)
    writer.composer.photos.write_captions()
    opened = sheet()
    rows = list(opened.rows.values())
    QTest.mouseClick(rows[1].tick, Qt.MouseButton.LeftButton)
    assert opened.fill.text() == "Fill in 1 chosen"
    QTest.keyClicks(opened.text, "Field team A")
    opened.fill.click()
    opened.done_button.click()
    assert [photo.credit for photo in stored_photos(writer)] == ["", "Field team A", ""]


def test_the_arrows_go_from_photo_to_photo_in_the_same_field(
    writer: Writer, tmp_path: Path
) -> None:
    open_photos(writer, tmp_path, 3)
    writer.composer.photos.write_captions()
    opened = sheet()
    rows = list(opened.rows.values())
    first = rows[0].fields["credit"]
    first.setFocus()
    QTest.keyClick(first, KEY.Key_Down)
    assert opened.focusWidget() is rows[1].fields["credit"]
    QTest.keyClick(rows[1].fields["credit"], KEY.Key_Return)
    assert opened.focusWidget() is rows[2].fields["credit"]


def test_what_is_cancelled_describes_nothing(writer: Writer, tmp_path: Path) -> None:
    open_photos(writer, tmp_path, 2)
    writer.composer.photos.write_captions()
    opened = sheet()
    QTest.keyClicks(next(iter(opened.rows.values())).fields["caption"], "Water")
    QTest.keyClick(opened, KEY.Key_Escape)
    assert [photo.caption for photo in stored_photos(writer)] == ["", ""]


def test_an_entry_without_photos_says_so(writer: Writer) -> None:
    writer.open()
    writer.composer.photos.write_captions()
    assert QApplication.activeModalWidget() is None
    assert writer.notices[-1][0] == "There are no photos in this entry."

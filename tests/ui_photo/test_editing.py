"""The sheet on which a photo is edited, driven by keys and mouse, and what becomes of the entry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import UNSET
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from editor.content.print import WHOLE, Box, Edit, Point
from editor.ui.blocks.printed import obscured, printed
from editor.ui.photo_edit.canvas import LEAP, STEP, Canvas
from tests.ui_composer.conftest import Writer
from tests.ui_photo.conftest import open_photos, photo_blocks, sheet, stored_photos, wait_until

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def open_edit(writer: Writer, tmp_path: Path) -> Any:
    open_photos(writer, tmp_path)
    photo_blocks(writer)[0].edit_button.click()
    opened = sheet()
    canvas: Canvas = opened.canvas
    wait_until(lambda: not canvas._drawing.image.isNull(), "the photo's picture")
    return opened


def press(widget: QWidget, *keys: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    for key in keys:
        QTest.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)


def spot(canvas: Canvas, x: int, y: int) -> QPoint:
    """Where a place of the photo, in parts of it as it is shown, is on the canvas."""
    place = canvas._place()
    return QPoint(
        round(place.x() + place.width() * x / WHOLE), round(place.y() + place.height() * y / WHOLE)
    )


def drag(canvas: Canvas, first: tuple[int, int], last: tuple[int, int]) -> None:
    start, end = spot(canvas, *first), spot(canvas, *last)
    QTest.mousePress(canvas, LEFT, pos=start)
    QTest.mouseMove(canvas, start + (end - start) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, LEFT, pos=end)
    QApplication.processEvents()


def near(box: Box, *wanted: int) -> bool:
    """Whether a rectangle is where a drag left it, but for the pixels of the screen."""
    parts = (box.x, box.y, box.width, box.height)
    return all(abs(part - was) <= 60 for part, was in zip(parts, wanted, strict=True))


def test_a_photo_is_cropped_by_keys_alone_and_that_is_one_step_of_the_composer(
    writer: Writer, tmp_path: Path
) -> None:
    opened = open_edit(writer, tmp_path)
    canvas = opened.canvas
    assert canvas.hasFocus()
    press(canvas, KEY.Key_Tab)
    assert "top left corner" in canvas.accessibleName()
    press(canvas, KEY.Key_Right, KEY.Key_Down, modifier=CONTROL)
    press(canvas, KEY.Key_Backtab)
    press(canvas, KEY.Key_Left)
    press(canvas, KEY.Key_Left, modifier=SHIFT)
    opened.done_button.click()
    (photo,) = stored_photos(writer)
    crop = Box(LEAP - STEP, LEAP, WHOLE - LEAP - STEP, WHOLE - LEAP)
    assert photo.edit == Edit(crop=crop)
    assert photo.v == 2
    writer.composer.undo()
    (photo,) = stored_photos(writer)
    assert photo.edit is UNSET
    assert photo.v == 1
    writer.composer.redo()
    assert stored_photos(writer)[0].edit == Edit(crop=crop)


def test_words_typed_before_an_edit_are_a_step_of_their_own(writer: Writer, tmp_path: Path) -> None:
    opened = open_edit(writer, tmp_path)
    opened.reject()
    block = photo_blocks(writer)[0]
    block.caption.setFocus()
    QTest.keyClicks(block.caption, "By the river")
    assert block.caption.text() == "By the river"
    block.edit()
    press(sheet().canvas, KEY.Key_R, modifier=CONTROL)
    assert sheet().draft.edit.turns == 1
    sheet().done_button.click()
    writer.composer.undo()
    (photo,) = stored_photos(writer)
    assert photo.caption == "By the river"
    assert photo.edit is UNSET


def test_a_photo_is_cropped_by_one_drag_and_the_frame_moved_by_another(
    writer: Writer, tmp_path: Path
) -> None:
    opened = open_edit(writer, tmp_path)
    canvas = opened.canvas
    drag(canvas, (2000, 2000), (6000, 7000))
    assert near(opened.draft.edit.crop, 2000, 2000, 4000, 5000)
    assert "whole frame" in canvas.accessibleName()
    drag(canvas, (3000, 4000), (4000, 5000))
    assert near(opened.draft.edit.crop, 3000, 3000, 4000, 5000)
    press(canvas, KEY.Key_Delete)
    assert opened.draft.edit == Edit()


def test_a_region_is_blurred_by_a_drag_moved_resized_and_taken_away(
    writer: Writer, tmp_path: Path
) -> None:
    opened = open_edit(writer, tmp_path)
    canvas = opened.canvas
    opened.modes.chip("blur").click()
    drag(canvas, (2000, 2000), (5000, 6000))
    (box,) = opened.draft.edit.blurs
    assert near(box, 2000, 2000, 3000, 4000)
    drag(canvas, (3000, 3000), (4000, 3500))
    (box,) = opened.draft.edit.blurs
    assert near(box, 3000, 2500, 3000, 4000)
    drag(canvas, (6000, 6500), (7000, 8000))
    (box,) = opened.draft.edit.blurs
    assert near(box, 3000, 2500, 4000, 5500)
    drag(canvas, (500, 500), (1500, 1500))
    assert len(opened.draft.edit.blurs) == 2
    press(canvas, KEY.Key_Delete)
    (box,) = opened.draft.edit.blurs
    assert near(box, 3000, 2500, 4000, 5500)
    opened.done_button.click()
    assert stored_photos(writer)[0].edit == Edit(blurs=(box,))


def test_a_region_is_blurred_by_keys_alone(writer: Writer, tmp_path: Path) -> None:
    opened = open_edit(writer, tmp_path)
    canvas = opened.canvas
    opened.show_mode("blur")
    press(canvas, KEY.Key_N)
    press(canvas, KEY.Key_Left)
    press(canvas, KEY.Key_Down, modifier=SHIFT)
    (box,) = opened.draft.edit.blurs
    assert box == Box(4000 - STEP, 4000, 2000, 2000 + STEP)
    press(canvas, KEY.Key_N)
    assert "region 2 of 2" in canvas.accessibleName()
    press(canvas, KEY.Key_Backtab)
    assert "region 1 of 2" in canvas.accessibleName()


def test_a_click_on_a_canvas_that_is_no_drag_blurs_nothing(writer: Writer, tmp_path: Path) -> None:
    opened = open_edit(writer, tmp_path)
    opened.show_mode("blur")
    QTest.mouseClick(opened.canvas, LEFT, pos=spot(opened.canvas, 3000, 3000))
    assert opened.draft.edit == Edit()
    assert not opened._undo.isEnabled()


def test_a_locked_shape_holds_while_a_handle_is_pulled_and_after_a_turn(
    writer: Writer, tmp_path: Path
) -> None:
    opened = open_edit(writer, tmp_path)
    canvas = opened.canvas
    opened.shapes.chip("16:9").click()
    crop = opened.draft.edit.crop
    assert abs(crop.width * 600 * 9 - crop.height * 400 * 16) < 10_000 * 16
    drag(canvas, (10_000, crop.y + crop.height), (7000, 7000))
    crop = opened.draft.edit.crop
    assert abs(crop.width * 600 * 9 - crop.height * 400 * 16) < 10_000 * 16
    opened.turn_right()
    crop = opened.draft.edit.crop
    # seen turned, it is sixteen to nine again: nine to sixteen in the upright original
    assert abs(crop.width * 600 * 16 - crop.height * 400 * 9) < 10_000 * 16


def test_what_matters_most_is_told_by_a_click_or_by_arrows_in_the_upright_original(
    writer: Writer, tmp_path: Path
) -> None:
    opened = open_edit(writer, tmp_path)
    canvas = opened.canvas
    opened.turn_right()
    opened.show_mode("focus")
    QTest.mouseClick(canvas, LEFT, pos=spot(canvas, 9000, 1000))
    focus = opened.draft.focus
    assert abs(focus.x - 1000) < 60
    assert abs(focus.y - 1000) < 60
    press(canvas, KEY.Key_Delete)
    gone = opened.draft
    assert gone.focus is None
    press(canvas, KEY.Key_Right)
    assert opened.draft.focus == Point(5000, 5000 - STEP)
    opened.done_button.click()
    assert stored_photos(writer)[0].focus == Point(5000, 5000 - STEP)


def test_undo_redo_and_reset_stay_inside_the_sheet(writer: Writer, tmp_path: Path) -> None:
    opened = open_edit(writer, tmp_path)
    press(opened.canvas, KEY.Key_L, modifier=CONTROL)
    opened._left.click()
    assert opened.draft.edit.turns == 2
    press(opened, KEY.Key_Z, modifier=CONTROL)
    assert opened.draft.edit.turns == 3
    opened._reset.click()
    assert opened.draft.edit == Edit()
    press(opened, KEY.Key_Z, modifier=CONTROL)
    assert opened.draft.edit.turns == 3
    press(opened, KEY.Key_Z, modifier=CONTROL | SHIFT)
    assert opened.draft.edit == Edit()


def test_what_is_cancelled_changes_nothing(writer: Writer, tmp_path: Path) -> None:
    opened = open_edit(writer, tmp_path)
    told = len(writer.room.told)
    opened.turn_left()
    press(opened, KEY.Key_Escape)
    assert stored_photos(writer)[0].edit is UNSET
    assert len(writer.room.told) == told


def test_a_print_is_drawn_blurred_cropped_and_turned_in_this_order() -> None:
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    for x in range(0, 200, 2):
        for y in range(200):
            image.setPixelColor(x, y, QColor("white"))
    edit = Edit(blurs=(Box(0, 0, 5000, 10_000),), crop=Box(2500, 0, 5000, 10_000), turns=1)
    done = printed(image, edit)
    assert (done.width(), done.height()) == (200, 200)
    greys = {done.pixelColor(100, y).lightness() for y in range(20, 80)}
    assert max(greys) - min(greys) < 30, "the stripes are gone where it is blurred"
    assert done.pixelColor(100, 190).lightness() == 0
    assert not printed(QImage(), edit).width()


def test_nothing_can_be_recognised_in_what_is_blurred() -> None:
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    for x in range(300):
        for y in range(300):
            if (x // 6 + y // 6) % 2:
                image.setPixelColor(x, y, QColor("white"))
    hidden = obscured(image)
    greys = [hidden.pixelColor(x, 150).lightness() for x in range(300)]
    assert max(greys) - min(greys) < 40

"""Photos by drag and drop, from a folder and from a card."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from editor.content.entry import Content
from editor.desk.photos import add_photo
from editor.ui.blocks.text import TextBlock
from editor.ui.card.model import AT_ONCE, KNOWN, CardModel, Seen, Shot
from tests.ui_composer.conftest import Writer
from tests.ui_photo.conftest import (
    make_photo,
    open_photos,
    photo_blocks,
    sheet,
    stored_photos,
    wait_until,
)

KEY = Qt.Key
COPY = Qt.DropAction.CopyAction
NOTHING = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def drop(
    target: QWidget, *paths: Path, image: QImage | None = None, at: QPoint | None = None
) -> bool:
    """Drags something over a widget and lets it go there, as the system tells it. Whether it was taken."""
    data = QMimeData()
    if paths:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if image is not None:
        data.setImageData(image)
    at = at or target.rect().center()
    enter = QDragEnterEvent(at, COPY, data, LEFT, NOTHING)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(target, QDragMoveEvent(at, COPY, data, LEFT, NOTHING))
    event = QDropEvent(QPointF(at), COPY, data, LEFT, NOTHING, QEvent.Type.Drop)
    QApplication.sendEvent(target, event)
    QApplication.processEvents()
    return event.isAccepted()


def make_card(folder: Path) -> Path:
    card = folder / "CARD"
    for number, colour in enumerate(("teal", "maroon", "olive")):
        make_photo(card / "DCIM", f"DSC_{number}.JPG", colour)
    (card / "DCIM" / "DSC_1.NEF").write_bytes(b"raw")
    (card / "MISC.DAT").write_bytes(b"")
    (card / "DCIM" / "._DSC_0.JPG").write_bytes(b"what a system leaves beside a photo")
    return card


def open_card(writer: Writer, folder: Path) -> Any:
    opened = sheet()
    wait_until(lambda: bool(opened.model.shots), "the photos of the card")
    return opened


def test_a_photo_is_dropped_onto_the_page(writer: Writer, tmp_path: Path) -> None:
    writer.open()
    assert drop(writer.column.viewport(), make_photo(tmp_path, "a.jpg"))
    wait_until(lambda: bool(photo_blocks(writer)), "the photo")
    assert len(stored_photos(writer)) == 1


def test_two_photos_are_dropped_into_a_text_and_stay_in_order(
    writer: Writer, tmp_path: Path
) -> None:
    writer.open()
    text = next(block for block in writer.column.blocks if isinstance(block, TextBlock))
    paths = [make_photo(tmp_path, "a.jpg"), make_photo(tmp_path, "b.jpg", "olive")]
    assert drop(text.edit.viewport(), *paths)
    wait_until(lambda: len(photo_blocks(writer)) == 2, "both photos")
    known = [add_photo(writer.room.room, path).asset for path in paths]
    assert [photo.asset for photo in stored_photos(writer)] == known


def test_a_picture_is_dropped_as_pixels(writer: Writer) -> None:
    writer.open()
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    assert drop(writer.column.viewport(), image=image)
    wait_until(lambda: bool(photo_blocks(writer)), "the photo")


def test_a_folder_that_is_dropped_is_shown_first_and_what_is_chosen_comes_in_in_its_order(
    writer: Writer, tmp_path: Path
) -> None:
    writer.open(Content(headline="A card"))
    card = make_card(tmp_path)
    assert drop(writer.column.viewport(), card)
    opened = open_card(writer, card)
    assert [shot.path.name for shot in opened.model.shots] == [
        "DSC_0.JPG",
        "DSC_1.JPG",
        "DSC_2.JPG",
    ]
    assert [shot.with_raw for shot in opened.model.shots] == [False, True, False]
    assert opened.said == "3 photos · 1 with a raw file, shown once · 1 other file left out"
    assert not opened.done_button.isEnabled()
    opened.all.click()
    assert opened.done_button.text() == "Add 3 photos"
    opened.done_button.click()
    wait_until(lambda: len(photo_blocks(writer)) == 3, "all photos")
    files = sorted((card / "DCIM").glob("DSC*.JPG"))
    known = [add_photo(writer.room.room, path).asset for path in files]
    assert [photo.asset for photo in stored_photos(writer)] == known


def test_photos_of_a_card_are_chosen_by_keys_alone(writer: Writer, tmp_path: Path) -> None:
    writer.open()
    card = make_card(tmp_path)
    writer.composer.photos.open_card(card)
    opened = open_card(writer, card)
    grid = opened.grid
    grid.setFocus()
    QTest.keyClick(grid, KEY.Key_Right)
    QTest.keyClick(grid, KEY.Key_Space)
    assert [path.name for path in opened.files()] == ["DSC_1.JPG"]
    QTest.keyClick(grid, KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert [path.name for path in opened.files()] == ["DSC_1.JPG", "DSC_2.JPG"]
    QTest.keyClick(grid, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(opened.files()) == 3
    opened.none.click()
    assert opened.files() == []
    opened.reject()


def test_a_photo_that_was_taken_in_before_is_marked(writer: Writer, tmp_path: Path) -> None:
    writer.open()
    card = make_card(tmp_path)
    add_photo(writer.room.room, card / "DCIM" / "DSC_2.JPG")
    writer.composer.photos.open_card(card)
    opened = open_card(writer, card)
    marked = opened.model.index(2, 0)
    wait_until(lambda: bool(marked.data(KNOWN)), "the mark")
    assert "on this laptop already" in marked.data(Qt.ItemDataRole.AccessibleTextRole)
    wait_until(lambda: opened.model.index(0, 0).data(KNOWN) is False, "the others")
    opened.reject()


def test_a_folder_without_photos_says_so(writer: Writer, tmp_path: Path) -> None:
    writer.open()
    (tmp_path / "empty").mkdir()
    writer.composer.photos.open_card(tmp_path / "empty")
    opened = sheet()
    wait_until(lambda: "no photos" in opened.said, "what it says")
    opened.reject()


def test_a_photo_that_is_dropped_on_another_block_is_taken_in_and_its_path_stays_out_of_the_words(
    writer: Writer, tmp_path: Path
) -> None:
    open_photos(writer, tmp_path / "own")
    caption = photo_blocks(writer)[0].caption
    path = make_photo(tmp_path, "b.jpg", "olive")
    assert drop(caption.viewport(), path)
    wait_until(lambda: len(photo_blocks(writer)) == 2, "the photo")
    assert not any(photo.caption for photo in stored_photos(writer))


def test_a_photo_stands_where_it_was_dropped(writer: Writer, tmp_path: Path) -> None:
    open_photos(writer, tmp_path / "own")
    path = make_photo(tmp_path, "b.jpg", "olive")
    page = writer.column.viewport()
    top = page.mapFromGlobal(writer.column.blocks[0].mapToGlobal(QPoint(60, 2)))
    assert drop(page, path, at=top)
    wait_until(lambda: len(photo_blocks(writer)) == 2, "the photo")
    new = add_photo(writer.room.room, path).asset
    assert stored_photos(writer)[0].asset == new


class HandPool:
    """A pool whose work is done when a test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], object], Callable[[Any], None]]] = []

    def run(self, work: Callable[[], object], done: Callable[[Any], None], _: object) -> None:
        self.waiting.append((work, done))

    def do_one(self) -> None:
        work, done = self.waiting.pop(0)
        done(work())


def test_pictures_are_made_only_where_one_is_seen_and_the_last_asked_for_first(
    writer: Writer, tmp_path: Path
) -> None:
    pool, looked = HandPool(), []

    def look(path: Path) -> Seen:
        looked.append(int(path.stem))
        return Seen(image=QImage())

    model = CardModel(look, pool.run)
    model.show_shots([Shot(path=Path(f"{number}.jpg")) for number in range(300)])
    for row in (0, 1, 2, 100):
        assert model.index(row, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert len(pool.waiting) == AT_ONCE
    while pool.waiting:
        pool.do_one()
    assert looked == [0, 1, 100, 2]


def test_dropping_onto_an_entry_that_cannot_be_written_to_does_nothing(
    writer: Writer, tmp_path: Path
) -> None:
    writer.open()
    writer.column.set_read_only(True)
    drop(writer.column.viewport(), make_photo(tmp_path, "a.jpg"))
    assert not photo_blocks(writer)

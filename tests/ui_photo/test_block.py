"""The photo's block: what it says of the file that is sent, and what can be chosen before it is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import UNSET
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.content.blocks.photo import Photo
from editor.content.print import Box, Edit, Rights
from editor.desk.photos import add_photo
from editor.domain.asset import Asset, Told
from editor.domain.ids import AssetId
from editor.sync.report import SyncState
from editor.ui.blocks import photo_words
from editor.ui.bridge import Connection
from tests.ui_composer.conftest import Writer
from tests.ui_photo.conftest import (
    make_photo,
    open_photos,
    photo_blocks,
    stored_photos,
    wait_until,
)

RIGHTS = Rights(creator="Field team A", copyright="© The newsroom")


def open_signed(writer: Writer, tmp_path: Path) -> None:
    """A photo whose file says where it was taken and who made it."""
    open_photos(writer, tmp_path)
    (photo,) = stored_photos(writer)
    with writer.room.room.store.write() as tx:
        known = tx.asset(AssetId(photo.asset))
        assert known is not None
        told = Told(rights=RIGHTS, credentials="valid", signer="Field camera 3")
        tx.put_asset(replace(known, has_location=True, told=told))
    entry = writer.composer.entry
    assert entry is not None
    writer.composer.photos._assets.clear()
    writer.composer.close_entry()
    writer.composer.open_entry(entry)
    block = photo_blocks(writer)[0]
    block.caption.setFocus()
    QApplication.processEvents()
    assert block.active


def test_a_photo_that_says_nothing_to_the_blind_is_marked_until_it_is_described_or_decorative(
    writer: Writer, tmp_path: Path
) -> None:
    open_photos(writer, tmp_path)
    block = photo_blocks(writer)[0]
    assert block.alt.property("missing")
    assert block.decorative.isVisible()
    block.alt.setFocus()
    QTest.keyClicks(block.alt, "dam")
    assert not block.alt.property("missing")
    QTest.keyClick(block.alt, Qt.Key.Key_Backspace)
    QTest.keyClick(block.alt, Qt.Key.Key_Backspace)
    QTest.keyClick(block.alt, Qt.Key.Key_Backspace)
    assert block.alt.property("missing")
    QTest.mouseClick(block.decorative, Qt.MouseButton.LeftButton)
    assert not block.alt.property("missing")
    assert stored_photos(writer)[0].decorative
    assert "alt text" not in block._problems.text()


def test_the_location_is_kept_only_where_it_is_asked_for_and_with_a_warning(
    writer: Writer, tmp_path: Path
) -> None:
    open_signed(writer, tmp_path)
    block = photo_blocks(writer)[0]
    assert block.aside.text().endswith("location removed")
    assert not block._warning.isVisible()
    QTest.mouseClick(block.location, Qt.MouseButton.LeftButton)
    assert stored_photos(writer)[0].location_kept
    assert block._warning.isVisible()
    assert block.aside.text().endswith("location kept")
    writer.composer.undo()
    assert not stored_photos(writer)[0].location_kept
    assert not block.location.isChecked()


def test_rights_are_put_into_the_file_and_left_out_again(writer: Writer, tmp_path: Path) -> None:
    open_signed(writer, tmp_path)
    block = photo_blocks(writer)[0]
    assert "Nothing about who made it" in block._rights.text()
    block.rights_button.click()
    assert stored_photos(writer)[0].rights == RIGHTS
    assert block._rights.text() == "Sent inside the file: creator, copyright"
    block.rights_button.click()
    assert stored_photos(writer)[0].rights is UNSET
    assert stored_photos(writer)[0].v == 1


def test_a_protected_source_has_neither_names_nor_a_place_sent_and_the_block_says_so(
    writer: Writer, tmp_path: Path
) -> None:
    open_signed(writer, tmp_path)
    block = photo_blocks(writer)[0]
    block.amend(rights=RIGHTS, location_kept=True)
    writer.composer.verbs.toggle_protection()
    QApplication.processEvents()
    assert block.aside.text().endswith("location removed")
    assert not block.location.isVisible()
    assert not block.rights_button.isVisible()
    assert "The source is protected" in block._rights.text()
    assert stored_photos(writer)[0].rights is UNSET
    writer.composer.undo()
    assert stored_photos(writer)[0].rights is UNSET
    assert block.aside.text().endswith("location removed")
    writer.composer.verbs.toggle_protection()
    QApplication.processEvents()
    assert block.location.isVisible()
    assert block.rights_button.isVisible()


def test_who_signed_the_file_is_said(writer: Writer, tmp_path: Path) -> None:
    open_signed(writer, tmp_path)
    said = photo_blocks(writer)[0]._credentials.text()
    assert said == "Content Credentials: signed by Field camera 3, valid"


def test_how_large_a_photo_is_sent_is_chosen_and_shown(writer: Writer, tmp_path: Path) -> None:
    open_signed(writer, tmp_path)
    block = photo_blocks(writer)[0]
    deeds = {words: call for words, call, possible in block.deeds() if possible}
    assert not [words for words in deeds if "2048" in words], "it is sent so already"
    next(call for words, call in deeds.items() if "480 px" in words)()
    assert stored_photos(writer)[0].longest == 480
    assert "480 px" in block.aside.text()
    deeds = {words: call for words, call, possible in block.deeds() if possible}
    next(call for words, call in deeds.items() if "2048 px" in words)()
    assert stored_photos(writer)[0].longest is UNSET


def test_on_a_slow_line_new_photos_come_in_small_and_say_so(writer: Writer, tmp_path: Path) -> None:
    writer.open()
    writer.bridge.tell_state(Connection(sync=SyncState(online=True, slow=True)))
    writer.composer.add_photos([make_photo(tmp_path, "a.jpg")])
    wait_until(lambda: bool(photo_blocks(writer)), "the photo")
    assert stored_photos(writer)[0].longest == 1024
    assert "1024 px for a slow line" in photo_blocks(writer)[0].aside.text()
    writer.bridge.tell_state(Connection(sync=SyncState(online=True)))
    writer.composer.add_photos([make_photo(tmp_path, "b.jpg", "olive")])
    wait_until(lambda: len(photo_blocks(writer)) == 2, "the second photo")
    assert [photo.longest for photo in stored_photos(writer)] == [1024, UNSET]


def test_a_photo_of_an_entry_that_is_withdrawn_can_only_be_looked_at(
    writer: Writer, tmp_path: Path
) -> None:
    open_signed(writer, tmp_path)
    block = photo_blocks(writer)[0]
    block.set_read_only(True)
    assert not any(possible for _, _, possible in block.deeds())
    block.edit()
    assert QApplication.activeModalWidget() is None


def test_the_print_is_made_once_somebody_asked_for_another_one_and_the_header_tells_its_size(
    writer: Writer, tmp_path: Path
) -> None:
    open_photos(writer, tmp_path)
    block = photo_blocks(writer)[0]
    whole = block.aside.text()
    block.amend(edit=Edit(crop=Box(0, 0, 5000, 5000), turns=1))
    (photo,) = stored_photos(writer)
    assert photo.print != photo.asset
    assert "making the print" in block.aside.text()
    wait_until(lambda: "making" not in block.aside.text(), "the print’s size")
    assert block.aside.text() != whole
    with writer.room.room.store.read() as tx:
        made = tx.renditions(AssetId(photo.print))
    assert (made[0].width, made[0].height) == (200, 300)
    writer.composer.undo()
    assert block.aside.text() == whole
    writer.composer.redo()
    assert "making" not in block.aside.text(), "it is there already"


def test_a_print_that_cannot_be_made_says_why_and_the_text_goes_on(
    writer: Writer, tmp_path: Path
) -> None:
    open_photos(writer, tmp_path)
    block = photo_blocks(writer)[0]
    (photo,) = stored_photos(writer)
    writer.room.room.shelf.original(AssetId(photo.asset)).unlink()
    block.amend(edit=Edit(turns=1))
    wait_until(lambda: "→" not in block.aside.text(), "what went wrong")
    assert block.aside.text()
    assert stored_photos(writer)[0].edit == Edit(turns=1)


ASSET = Asset(
    id=AssetId("a" * 64),
    mime="image/jpeg",
    width=6000,
    height=4000,
    size=8_100_000,
    name="a.jpg",
    added=datetime(2026, 11, 22, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Told(), ""),
        (Told(credentials="valid", signer="A"), "Content Credentials: signed by A, valid"),
        (
            Told(credentials="changed", signer="A"),
            "Content Credentials: signed by A, and changed since",
        ),
        (
            Told(credentials="unknown", signer="A"),
            "Content Credentials: signed by A, unchanged; nobody here knows the signer",
        ),
    ],
)
def test_credentials_are_told_in_one_line(told: Told, said: str) -> None:
    assert photo_words.credentials(replace(ASSET, told=told)) == said


def test_what_is_sent_is_told_in_one_line() -> None:
    photo = Photo(asset=ASSET.id)
    assert photo_words.sent(photo, None, 0, slow=False) == ""
    assert photo_words.sent(photo, ASSET, 412_000, slow=True) == "8.1 MB → 412 KB"
    assert photo_words.sent(photo, ASSET, 0, slow=False) == "8.1 MB → making the print…"


def test_the_same_photo_taken_in_twice_is_known(writer: Writer, tmp_path: Path) -> None:
    writer.open()
    photo = add_photo(writer.room.room, make_photo(tmp_path, "a.jpg"))
    assert writer.composer.photos.asset(photo.asset) is not None
    assert writer.composer.photos.asset("b" * 64) is None

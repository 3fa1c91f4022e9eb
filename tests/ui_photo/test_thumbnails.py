"""Small pictures of prints: of what is sent, of an original that is not, and of a print that is made later."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtGui import QPixmap

from editor.changes import Changes
from editor.content.print import Asked, Edit, print_of
from editor.desk.photos import add_photo
from editor.domain.asset import Rendition
from editor.domain.ids import AssetId
from editor.ui.blocks.printed import read_picture
from editor.ui.pictures import upright
from editor.ui.thumbnails import Thumbnails
from tests.ui_composer.conftest import Writer
from tests.ui_photo.conftest import make_photo, wait_until


def keep_rendition(writer: Writer, name: str, folder: Path, colour: str) -> None:
    path = folder / "made.jpg"
    Image.new("RGB", (480, 320), colour).save(path)
    data = path.read_bytes()
    room = writer.room.room
    with room.store.write() as tx:
        tx.put_rendition(
            Rendition(
                id=room.shelf.keep_rendition(data),
                asset=AssetId(name),
                mime="image/jpeg",
                width=480,
                height=320,
                size=len(data),
            )
        )


def picture(thumbnails: Thumbnails, name: str) -> QPixmap:
    wait_until(lambda: thumbnails.pixmap(AssetId(name), 60, 40) is not None, "the picture")
    found = thumbnails.pixmap(AssetId(name), 60, 40)
    assert found is not None
    return found


def test_a_print_that_is_made_later_is_shown_then(writer: Writer, tmp_path: Path) -> None:
    photo = add_photo(writer.room.room, make_photo(tmp_path, "a.jpg"))
    name = print_of(photo.asset, Asked(edit=Edit(turns=1)))
    thumbnails = Thumbnails(writer.room.room, writer.bridge, tmp_path / "thumbnails")
    told: list[str] = []
    thumbnails.ready.connect(told.append)
    assert thumbnails.pixmap(AssetId(name), 60, 40) is None
    wait_until(lambda: bool(thumbnails._lacking), "that there is none")
    assert thumbnails.pixmap(AssetId(name), 60, 40) is None
    keep_rendition(writer, name, tmp_path, "red")
    writer.bridge.tell(Changes())
    assert told == [""], "the lists look again"
    assert picture(thumbnails, name).toImage().pixelColor(30, 20).red() > 200


def test_the_picture_of_a_photo_is_what_is_sent_of_it(writer: Writer, tmp_path: Path) -> None:
    photo = add_photo(writer.room.room, make_photo(tmp_path, "a.jpg", "navy"))
    thumbnails = Thumbnails(writer.room.room, writer.bridge, tmp_path / "thumbnails")
    assert picture(thumbnails, photo.asset).toImage().pixelColor(50, 35).blue() > 100


def test_an_original_that_qt_cannot_read_is_read_as_what_is_sent_is_read(
    writer: Writer, tmp_path: Path
) -> None:
    path = tmp_path / "a.avif"
    Image.new("RGB", (600, 400), "red").save(path)
    assert read_picture(path, 400).isNull(), "or this proves nothing"
    photo = add_photo(writer.room.room, path)
    shown = upright(writer.room.room, photo.asset, 300)
    assert (shown.width(), shown.height()) == (300, 200)
    assert shown.pixelColor(100, 100).red() > 200


def test_an_original_that_is_gone_or_broken_is_shown_by_what_is_sent_of_it(
    writer: Writer, tmp_path: Path
) -> None:
    strange = tmp_path / "a.heic"
    strange.write_bytes(b"nothing that Qt reads")
    asset = writer.room.room.shelf.keep_original(strange)
    assert upright(writer.room.room, asset, 400).isNull()
    keep_rendition(writer, asset, tmp_path, "red")
    shown = upright(writer.room.room, asset, 400)
    assert shown.pixelColor(100, 100).red() > 200
    assert max(shown.width(), shown.height()) == 400

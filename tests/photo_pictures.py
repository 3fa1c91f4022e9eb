"""The pictures of a photo's block and its sheets: an entry with two photos, and a card with many."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QWidget

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.content.print import Box, Edit, Rights
from editor.desk.blogs import add_blog
from editor.desk.photos import add_photo
from editor.desk.writing import new_entry
from editor.domain.asset import Told
from editor.domain.ids import AssetId, EntryId
from editor.media.paintings import PAINTINGS, write_painting
from editor.newsroom import Newsroom
from editor.ui.blocks.photo import PhotoBlock
from editor.ui.main_window import MainWindow
from editor.ui.theme.theme import Appearance

RIGHTS = Rights(
    creator="Field team A",
    credit="Staff photographer",
    copyright="© The newsroom",
    created=datetime(2026, 11, 22, 13, 5, tzinfo=UTC),
)
EDIT = Edit(blurs=(Box(5600, 5200, 1100, 1700),), crop=Box(900, 1300, 7600, 6413))
COPIES = 6  # of each painting on the card

Keep = Callable[[QWidget, str], None]
"""Waits until the window is calm and keeps its picture under a name."""


def make_entry(newsroom: Newsroom, folder: Path) -> EntryId:
    """An entry with two photos: one edited, signed and with a place; one without words."""
    (blog,) = add_blog(newsroom.room, headline="Flood in the delta").blogs
    paths = [write_painting(name, folder) for name in ("sandbags", "convoy", "bridge")]
    sandbags, convoy, bridge = (add_photo(newsroom.room, path) for path in paths)
    with newsroom.room.store.write() as tx:
        known = tx.asset(AssetId(sandbags.asset))
        assert known is not None
        told = Told(rights=RIGHTS, credentials="valid", signer="Field camera 3")
        tx.put_asset(replace(known, told=told, has_location=True))
    body = (
        Text(text="Volunteers have passed sandbags from hand to hand since noon."),
        replace(sandbags, alt="A line of people on a dyke", rights=RIGHTS, edit=EDIT),
        replace(convoy, longest=1024),
        bridge,
    )
    content = Content(headline="Sandbags reach the lower town", body=body)
    return next(iter(new_entry(newsroom.room, blog, content).entries))


def make_card(folder: Path) -> Path:
    """A card with photos of the paintings, raw files beside some of them, and what is no photo."""
    card = folder / "NORTH QUAY"
    (card / "DCIM").mkdir(parents=True)
    for number, name in enumerate(PAINTINGS):
        painted = write_painting(name, folder)
        for copy in range(COPIES):
            stem = f"DSC_{4100 + copy * len(PAINTINGS) + number}"
            shutil.copy(painted, card / "DCIM" / f"{stem}.JPG")
            if copy % 2:
                (card / "DCIM" / f"{stem}.NEF").write_bytes(b"raw")
    (card / "MISC.DAT").write_bytes(b"")
    return card


def take_photo_pictures(
    window: MainWindow, entry: EntryId, card: Path, keep: Keep, wait: Callable[[], None]
) -> None:
    """The block, both sheets, and the card; the crop and the card in the dark as well."""
    window.open_entry(entry, focus=False)
    composer = window.composer
    assert composer is not None
    wait()
    block = next(each for each in composer.column.blocks if isinstance(each, PhotoBlock))
    block.set_active(True)
    keep(window, "photo-block")
    block.edit()
    sheet = _open_sheet()
    wait()
    keep(sheet, "photo-crop")
    window.theme.set_appearance(Appearance.DARK)
    keep(sheet, "photo-crop-dark")
    window.theme.set_appearance(Appearance.LIGHT)
    sheet.show_mode("blur")
    keep(sheet, "photo-blur")
    sheet.reject()
    composer.photos.write_captions()
    sheet = _open_sheet()
    keep(sheet, "photo-captions")
    sheet.reject()
    composer.photos.open_card(card)
    sheet = _open_sheet()
    wait()
    for number in (0, 2, 3, 9):
        index = sheet.model.index(number, 0)
        sheet.grid.selectionModel().select(index, sheet.grid.selectionModel().SelectionFlag.Select)
    keep(sheet, "card")
    window.theme.set_appearance(Appearance.DARK)
    keep(sheet, "card-dark")
    window.theme.set_appearance(Appearance.LIGHT)
    sheet.reject()


def _open_sheet() -> Any:
    sheet = QApplication.activeModalWidget()
    assert sheet is not None
    return sheet

"""Everything that can be reached by keys says what it is, and stays in sight at twice the size of letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui_composer.conftest import Writer
from tests.ui_photo.conftest import make_photo, open_photos, photo_blocks, sheet, wait_until


def nameless(root: QWidget) -> list[str]:
    """What can take the focus and has no name."""
    return [
        f"{type(widget).__name__}"
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not (hasattr(widget, "text") and widget.text())
    ]


@pytest.mark.parametrize("what", ["edit", "captions", "card"])
def test_every_control_of_a_sheet_has_a_name(writer: Writer, tmp_path: Path, what: str) -> None:
    open_photos(writer, tmp_path, 2)
    match what:
        case "edit":
            photo_blocks(writer)[0].edit()
        case "captions":
            writer.composer.photos.write_captions()
        case _:
            make_photo(tmp_path / "card", "a.jpg")
            writer.composer.photos.open_card(tmp_path / "card")
    opened = sheet()
    if what == "card":
        wait_until(lambda: bool(opened.model.shots), "the card")
    assert nameless(opened) == []
    if what == "edit":
        for mode in ("blur", "focus"):
            opened.show_mode(mode)
            assert nameless(opened) == []
    opened.reject()


def test_every_control_of_the_block_has_a_name(writer: Writer, tmp_path: Path) -> None:
    open_photos(writer, tmp_path)
    block = photo_blocks(writer)[0]
    block.caption.setFocus()
    QApplication.processEvents()
    assert nameless(block) == []
    assert block.edit_button.isVisible()


def test_a_sheet_is_never_larger_than_the_screen(writer: Writer, tmp_path: Path) -> None:
    open_photos(writer, tmp_path)
    photo_blocks(writer)[0].edit()
    opened = sheet()
    opened.fit(5000, 5000)
    room = opened.screen().availableGeometry()
    assert opened.width() < room.width()
    assert opened.height() < room.height()
    opened.reject()


def test_what_can_be_done_with_photos_is_among_the_commands(writer: Writer) -> None:
    words = {name: (text, keys) for name, text, keys, _ in writer.composer.actions()}
    assert words["photo.edit"][1]
    assert words["photo.captions"][1]
    assert words["photo.card"][1]
    keys = [key for _, key in words.values() if key]
    assert len(keys) == len(set(keys)), "two commands under one key"

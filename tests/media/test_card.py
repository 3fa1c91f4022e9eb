from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from editor.media import card
from editor.media.card import photos_in, thumbnail
from editor.problems import Refused
from tests.media.pictures import SECRETS, drawn, telling_jpeg


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in photos_in(folder).photos]


def test_photos_are_found_in_folders_within_folders_in_order(tmp_path: Path) -> None:
    touch(
        tmp_path, "DCIM/101/b.JPG", "DCIM/100/z.heic", "DCIM/100/الجسر.jpg", "桥.png", "a/🌊.webp"
    )
    assert names(tmp_path) == [
        "DCIM/100/z.heic",
        "DCIM/100/الجسر.jpg",
        "DCIM/101/b.JPG",
        "a/🌊.webp",
        "桥.png",
    ]


def test_a_shot_in_raw_and_jpeg_is_one_photo_and_raw_alone_is_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "DSC1.NEF", "dsc1.jpg", "DSC2.ARW", "other/DSC2.JPG", "film.mov")
    found = photos_in(tmp_path)
    assert [path.name for path in found.photos] == ["dsc1.jpg", "DSC2.JPG"]
    assert found.with_raw == {tmp_path / "dsc1.jpg"}
    assert found.left_out == 2


def test_hidden_files_are_neither_shown_nor_counted(tmp_path: Path) -> None:
    touch(tmp_path, ".Trashes/a.jpg", "._b.jpg", "c.jpg")
    found = photos_in(tmp_path)
    assert [path.name for path in found.photos] == ["c.jpg"]
    assert found.left_out == 0


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    touch(tmp_path, "home/private.jpg", "card/a.jpg")
    inside = tmp_path / "card"
    (inside / "away").symlink_to(tmp_path / "home", target_is_directory=True)
    (inside / "b.jpg").symlink_to(tmp_path / "home" / "private.jpg")
    (inside / "round").symlink_to(inside, target_is_directory=True)
    os.mkfifo(inside / "c.jpg")
    assert names(inside) == ["a.jpg"]


def test_a_whole_disk_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "MOST", 3)
    touch(tmp_path, *(f"{number}.jpg" for number in range(9)))
    touch(tmp_path, "1/2/3/4/5/6/7/8/9/deep.jpg")
    assert len(photos_in(tmp_path).photos) == 3


def test_what_lies_too_deep_is_not_looked_for(tmp_path: Path) -> None:
    touch(tmp_path, "1/2/3/4/5/6/7/8/last.jpg", "1/2/3/4/5/6/7/8/9/deep.jpg")
    assert [path.name for path in photos_in(tmp_path).photos] == ["last.jpg"]


def test_a_card_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        photos_in(tmp_path / "gone")


def test_a_small_picture_is_upright_and_tells_nothing(tmp_path: Path) -> None:
    path = telling_jpeg(tmp_path / "photo.jpg", orientation=6, size=(1600, 1200))
    data = thumbnail(path, 240)
    (tmp_path / "small").write_bytes(data)
    with Image.open(tmp_path / "small") as image:
        assert (image.size, image.format) == ((180, 240), "JPEG")
    assert not [secret for secret in SECRETS if secret in data]


def test_a_photo_smaller_than_asked_stays_as_it_is(tmp_path: Path) -> None:
    drawn((90, 60)).save(tmp_path / "photo.png")
    (tmp_path / "small").write_bytes(thumbnail(tmp_path / "photo.png", 240))
    with Image.open(tmp_path / "small") as image:
        assert image.size == (90, 60)


def test_a_file_that_is_no_photo_has_no_small_picture(tmp_path: Path) -> None:
    touch(tmp_path, "photo.jpg")
    with pytest.raises(Refused):
        thumbnail(tmp_path / "photo.jpg", 240)

from __future__ import annotations

from pathlib import Path

import pytest

from editor.desk.photos import add_photo, look_at, sizes
from editor.domain.ids import AssetId
from editor.problems import Refused
from tests.media.pictures import drawn, telling_jpeg
from tests.rooms import TestRoom


def files(house: TestRoom) -> list[Path]:
    return sorted(path for path in house.profile.photos.rglob("*") if path.is_file())


def test_a_photo_is_kept_whole_and_sent_small(house: TestRoom, tmp_path: Path) -> None:
    path = telling_jpeg(tmp_path / "צילום.jpg", orientation=6, size=(3000, 2000))
    photo = add_photo(house.room, path)
    asset = AssetId(photo.asset)
    assert house.room.shelf.original(asset).read_bytes() == path.read_bytes()
    assert (photo.width, photo.height) == (2000, 3000)
    with house.store.read() as tx:
        kept, renditions = tx.asset(asset), tx.renditions(asset)
    assert kept is not None and kept.has_location and kept.name == "צילום.jpg"
    assert sorted(max(r.width, r.height) for r in renditions) == [480, 1024, 2048]
    original, sent = sizes(house.room, asset)
    assert original == path.stat().st_size
    assert sent == sum(house.room.shelf.rendition(r.id).stat().st_size for r in renditions)


def test_words_that_are_given_win_over_the_files(house: TestRoom, tmp_path: Path) -> None:
    path = telling_jpeg(tmp_path / "photo.jpg")
    found = add_photo(house.room, path)
    assert found.caption.startswith("Hochwasser") and found.alt.startswith("पानी")
    given = add_photo(house.room, path, caption="橋", alt="橋下的水", credit="Desk")
    assert (given.caption, given.alt, given.credit) == ("橋", "橋下的水", "Desk")


def test_the_same_photo_twice_is_one_asset(house: TestRoom, tmp_path: Path) -> None:
    first = add_photo(house.room, telling_jpeg(tmp_path / "one.jpg"))
    kept = files(house)
    again = tmp_path / "two.jpg"
    again.write_bytes((tmp_path / "one.jpg").read_bytes())
    assert add_photo(house.room, again) == first
    assert files(house) == kept


def test_a_photo_whose_files_were_lost_is_taken_in_again(house: TestRoom, tmp_path: Path) -> None:
    path = telling_jpeg(tmp_path / "photo.jpg")
    add_photo(house.room, path)
    kept = files(house)
    for lost in kept:
        lost.unlink()
    add_photo(house.room, path)
    assert files(house) == kept


def test_a_photo_cut_off_leaves_nothing(house: TestRoom, tmp_path: Path) -> None:
    path = telling_jpeg(tmp_path / "photo.jpg", size=(1500, 1000))
    path.write_bytes(path.read_bytes()[:-5000])
    for take in (look_at, lambda p: add_photo(house.room, p)):
        with pytest.raises(Refused) as caught:
            take(path)
        assert caught.value.first.code == "photo-truncated"
    assert files(house) == []


def test_looking_at_a_photo_keeps_nothing(house: TestRoom, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    drawn().save(path)
    looked = look_at(path)
    assert files(house) == []
    assert looked.asset == add_photo(house.room, path).asset


def test_a_photo_nobody_took_in_has_no_size(house: TestRoom) -> None:
    with pytest.raises(Refused) as caught:
        sizes(house.room, AssetId("ab" * 32))
    assert caught.value.first.code == "no-such-asset"

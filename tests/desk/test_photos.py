from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from msgspec import UNSET
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageStat

from editor.content.blocks.photo import Photo
from editor.content.print import Box, Edit, Rights
from editor.desk.photos import add_photo, add_photos, develop, look_at, sizes
from editor.desk.photos import told as facts
from editor.domain.ids import AssetId
from editor.problems import Refused
from tests.media.pictures import HOLDERS, SECRETS, drawn, telling_jpeg
from tests.media.signing import BY, Signer
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
        kept, renditions = tx.asset(asset), tx.renditions(AssetId(photo.print))
    assert kept is not None and kept.has_location and kept.name == "צילום.jpg"
    assert sorted(max(r.width, r.height) for r in renditions) == [480, 1024, 2048]
    original, sent = sizes(house.room, photo)
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
    for take in (lambda p: look_at(house.room, p), lambda p: add_photo(house.room, p)):
        with pytest.raises(Refused) as caught:
            take(path)
        assert caught.value.first.code == "photo-truncated"
    assert files(house) == []


def test_looking_at_a_photo_keeps_nothing(house: TestRoom, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    drawn().save(path)
    looked = look_at(house.room, path)
    assert files(house) == []
    assert looked.asset == add_photo(house.room, path).asset


def test_a_photo_nobody_took_in_has_no_size(house: TestRoom) -> None:
    with pytest.raises(Refused) as caught:
        sizes(house.room, Photo(asset="ab" * 32))
    assert caught.value.first.code == "no-such-asset"


def told(house: TestRoom, photo: Photo, mime: str = "image/jpeg") -> list[bytes]:
    """The files of a photo's print in one kind of picture, the largest first."""
    with house.store.read() as tx:
        made = [each for each in tx.renditions(AssetId(photo.print)) if each.mime == mime]
    made.sort(key=lambda each: -each.width)
    return [house.room.shelf.rendition(each.id).read_bytes() for each in made]


def test_who_made_a_photo_is_written_into_what_is_sent_and_nothing_else(
    house: TestRoom, tmp_path: Path
) -> None:
    photo = add_photo(house.room, telling_jpeg(tmp_path / "witness-house.jpg"))
    assert isinstance(photo.rights, Rights)
    assert photo.rights.creator == "Field team A"
    assert photo.print != photo.asset
    for data in told(house, photo):
        assert b"Field team A" in data
        assert b"Delta Foto 2026" in data
        assert not [secret for secret in SECRETS if secret in data]
    bare = replace(photo, rights=UNSET)
    develop(house.room, bare)
    assert all(b"Field team A" not in data for data in told(house, bare))


def test_a_photo_of_a_protected_source_tells_nobodys_name(house: TestRoom, tmp_path: Path) -> None:
    photo = add_photo(house.room, telling_jpeg(tmp_path / "a.jpg"), protect=True)
    assert photo.rights is UNSET
    assert photo.print == photo.asset
    assert not [s for data in told(house, photo) for s in (*SECRETS, *HOLDERS) if s in data]


def test_the_place_is_sent_only_where_it_is_asked_for(house: TestRoom, tmp_path: Path) -> None:
    photo = add_photo(house.room, telling_jpeg(tmp_path / "a.jpg"), protect=True)
    there = replace(photo, location_kept=True)
    develop(house.room, there, ("image/jpeg", "image/webp"))
    for mime in ("image/jpeg", "image/webp"):
        for data in told(house, there, mime):
            place = Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
            assert set(place) == {1, 2, 3, 4}
    assert all(not Image.open(io.BytesIO(data)).getexif() for data in told(house, photo))


def test_a_crop_and_turns_give_another_print_and_leave_the_first_as_it_was(
    house: TestRoom, tmp_path: Path
) -> None:
    photo = add_photo(house.room, telling_jpeg(tmp_path / "a.jpg", size=(3000, 2000)), protect=True)
    before = told(house, photo)
    edited = replace(photo, edit=Edit(crop=Box(0, 0, 5000, 10_000), turns=1))
    develop(house.room, edited, ("image/webp",))
    (large, *_) = told(house, edited, "image/webp")
    assert Image.open(io.BytesIO(large)).size == (2000, 1500)
    assert told(house, photo) == before
    assert sizes(house.room, edited)[1] == sum(map(len, told(house, edited, "image/webp")))


def test_a_small_crop_of_a_large_photo_is_as_sharp_as_the_original_allows(
    house: TestRoom, tmp_path: Path
) -> None:
    photo = add_photo(house.room, telling_jpeg(tmp_path / "a.jpg", size=(3000, 2000)), protect=True)
    edited = replace(photo, edit=Edit(crop=Box(2500, 2500, 5000, 5000)), longest=1024)
    develop(house.room, edited)
    assert [Image.open(io.BytesIO(data)).width for data in told(house, edited)] == [1024, 480]


def test_nothing_of_a_blurred_region_can_be_told_again(house: TestRoom, tmp_path: Path) -> None:
    """Two originals that differ in the region alone, in every pixel of a plate, give the same few colours."""
    made = []
    for seed in (1, 2):
        path = tmp_path / f"{seed}.png"
        picture = drawn((900, 600))
        plate = Image.frombytes("L", (120, 40), random.Random(seed).randbytes(4800))
        picture.paste(plate.point(lambda value: 255 * (value > 127)), (300, 200))
        picture.save(path)
        photo = add_photo(house.room, path)
        hidden = replace(photo, edit=Edit(blurs=(Box(3200, 3200, 1600, 900),)))
        develop(house.room, hidden)
        made.append(Image.open(io.BytesIO(told(house, hidden)[0])).crop((300, 200, 420, 240)))
    colours = made[0].resize((12, 4)).getcolors() or []
    spread = ImageStat.Stat(made[0].convert("L")).stddev[0]
    assert len(colours) > 1
    assert spread < 40, "black and white spots have 127"
    assert ImageStat.Stat(ImageChops.difference(made[0], made[1])).mean[0] < 25


def test_one_unfit_file_leaves_the_others(house: TestRoom, tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_bytes(b"")
    paths = [
        telling_jpeg(tmp_path / "a.jpg"),
        tmp_path / "b.jpg",
        telling_jpeg(tmp_path / "c.jpg", orientation=3),
    ]
    added = add_photos(house.room, paths)
    assert len(added.photos) == 2
    assert [problem.code for problem in added.problems] == ["photo-not-an-image"]


def test_what_is_there_already_is_not_made_again(
    house: TestRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = add_photo(house.room, telling_jpeg(tmp_path / "a.jpg"))
    monkeypatch.setattr("editor.media.darkroom.make_renditions", lambda *_: pytest.fail("again"))
    develop(house.room, photo)
    with pytest.raises(Refused) as caught:
        develop(house.room, Photo(asset="ab" * 32))
    assert caught.value.first.code == "photo-file-missing"


def test_a_photo_of_the_newsrooms_own_camera_is_known_by_its_certificate(
    house: TestRoom, tmp_path: Path
) -> None:
    path, signer = tmp_path / "a.jpg", Signer()
    signer.sign(telling_jpeg(tmp_path / "plain.jpg"), path, "image/jpeg")
    house.room.signers = tmp_path / "signers.pem"
    house.room.signers.write_bytes(signer.anchor)
    photo = add_photo(house.room, path)
    assert (facts(house.room, photo).credentials, facts(house.room, photo).signer) == ("valid", BY)

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from editor.media.photo import inspect
from editor.media.renditions import make_renditions
from editor.problems import Refused
from tests.media.pictures import XMP, drawn, png_bomb, telling_exif, telling_jpeg, with_iptc


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        inspect(path)
        make_renditions(path)
    assert caught.value.first.detail["name"] == path.name
    return caught.value.first.code


def test_a_photo_is_seen_upright_with_its_size_and_place(tmp_path: Path) -> None:
    path = telling_jpeg(tmp_path / "حقل.jpg", orientation=6)
    found = inspect(path)
    assert (found.mime, found.width, found.height) == ("image/jpeg", 600, 900)
    assert found.size == path.stat().st_size
    assert found.has_location


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_size_is_upright_in_every_format(tmp_path: Path, kind: str, orientation: int) -> None:
    path = tmp_path / f"photo.{kind}"
    exif = Image.Exif()
    exif[0x0112] = orientation
    drawn((90, 60)).save(path, kind, exif=exif)
    found = inspect(path)
    made = make_renditions(path)
    assert (found.width, found.height) == ((60, 90) if orientation >= 5 else (90, 60))
    assert made[0][1:3] == (found.width, found.height)


def test_words_come_from_exif_then_xmp_then_iptc(tmp_path: Path) -> None:
    full = inspect(telling_jpeg(tmp_path / "full.jpg"))
    assert full.told.caption == "Hochwasser – přehrada je plná"
    assert full.credit == "خبرگزاری دلتا"
    assert full.told.alt == "पानी में डूबी सड़क 🌊"

    iptc = tmp_path / "iptc.jpg"
    drawn().save(iptc, "JPEG", xmp=XMP.replace(b"dc:description", b"dc:relation"))
    with_iptc(iptc, {(2, 120): "تصویر\0از پل".encode(), (2, 80): b"Jos\xe9"})
    assert inspect(iptc).told.caption == "تصویر از پل"
    assert inspect(iptc).credit == "خبرگزاری دلتا"

    xmp = tmp_path / "xmp.jpg"
    drawn().save(xmp, "JPEG", xmp=XMP.replace(b"photoshop:Credit", b"photoshop:City"))
    assert inspect(xmp).told.caption == "水位过了红线"
    assert inspect(xmp).credit == "צלמת, छायाकार"
    assert inspect(xmp).has_location


def test_alternative_text_is_never_taken_from_the_caption(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    drawn().save(path, "JPEG", exif=telling_exif())
    assert inspect(path).told.caption
    assert inspect(path).told.alt == ""


def test_what_a_camera_writes_by_itself_is_no_caption(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x010E] = "OLYMPUS DIGITAL CAMERA         "
    drawn().save(path, "JPEG", exif=exif)
    assert inspect(path).told.caption == ""


def test_an_xmp_packet_with_entities_is_not_parsed(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>' + XMP
    drawn().save(path, "JPEG", xmp=bomb)
    assert inspect(path).told.caption == ""


def test_each_way_of_being_no_photo_has_its_own_code(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.jpg") == "photo-missing"
    assert refusal(tmp_path) == "photo-not-an-image"
    fake = tmp_path / "نامه.jpg"
    fake.write_text("dear desk", encoding="utf-8")
    assert refusal(fake) == "photo-not-an-image"
    empty = tmp_path / "empty.png"
    empty.touch()
    assert refusal(empty) == "photo-not-an-image"
    page = tmp_path / "page.svg"
    page.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    assert refusal(page) == "photo-not-an-image"
    heic = tmp_path / "phone.HEIC"
    heic.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    assert refusal(heic) == "photo-not-an-image"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_file_cut_off_on_its_way_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"half.{kind}"
    Image.effect_noise((300, 200), 60).convert("RGB").save(path, kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refusal(path) in {"photo-truncated", "photo-not-an-image"}


def test_half_a_jpeg_says_that_it_is_half(tmp_path: Path) -> None:
    path = telling_jpeg(tmp_path / "half.jpg", size=(1500, 1000))
    path.write_bytes(path.read_bytes()[:-4000])
    assert refusal(path) == "photo-truncated"


def test_a_bomb_is_refused_by_its_header_alone(tmp_path: Path) -> None:
    path = png_bomb(tmp_path / "bomb.png", 20_000, 15_000)
    tracemalloc.start()
    try:
        assert refusal(path) == "photo-too-large"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert refusal(png_bomb(tmp_path / "bigger.png", 2**31 - 1, 2**31 - 1)) == "photo-too-large"
    assert inspect(png_bomb(tmp_path / "wide.png", 12_000, 10_000)).width == 12_000


def test_a_file_over_a_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = telling_jpeg(tmp_path / "long.jpg")
    with path.open("r+b") as file:
        file.truncate(100_000_001)
    assert refusal(path) == "photo-file-too-large"


def test_of_an_animation_the_first_picture_counts(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "lime", "blue")]
    for kind in ("GIF", "WEBP", "PNG"):
        path = tmp_path / f"moving.{kind}"
        frames[0].save(path, kind, save_all=True, append_images=frames[1:], duration=100)
        data, width, height, mime = make_renditions(path)[0]
        assert (width, height, mime) == (64, 48, "image/jpeg")
        (tmp_path / "out.jpg").write_bytes(data)
        with Image.open(tmp_path / "out.jpg") as out:
            red, green, blue = out.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
        assert red > 240 and green < 15 and blue < 15


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("sound")
    telling_jpeg(folder / "JPEG", size=(120, 90))
    for kind in ("PNG", "WEBP", "AVIF", "TIFF", "GIF"):
        drawn((120, 90)).save(folder / kind, kind, exif=telling_exif(6), xmp=XMP)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    sound: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(sorted(sound)))
    broken = bytearray(sound[kind])
    for _ in range(data.draw(st.integers(1, 12))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "broken"
    path.write_bytes(
        broken[: data.draw(st.integers(0, len(broken)))] if data.draw(st.booleans()) else broken
    )
    try:
        inspect(path)
        assert make_renditions(path)
    except Refused as refused:
        assert refused.first.code.startswith("photo-")


@pytest.mark.parametrize("kind", ["TIFF", "GIF"])
def test_what_is_read_after_heic_is_read_before_any_heic_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.delitem(Image.OPEN, "HEIF", raising=False)
    path = tmp_path / f"photo.{kind.lower()}"
    drawn((30, 20)).save(path, kind)
    assert inspect(path).width == 30

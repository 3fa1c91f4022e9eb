"""Every kind of file that a newsroom is handed, and what must never stop the window: pipes, devices, bombs."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageStat

from editor.media.photo import inspect
from editor.media.renditions import make_renditions
from editor.problems import Refused
from tests.media.pictures import SAMPLES, drawn, png_bomb, telling_exif

PHONE = SAMPLES / "iphone.heic"
needs_phone = pytest.mark.skipif(
    not PHONE.is_file(), reason="the public sample photos are not on this machine"
)


def code(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        inspect(path)
        make_renditions(path)
    return caught.value.first.code


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@needs_phone
def test_a_phones_heic_is_read_upright_with_what_it_says() -> None:
    found = inspect(PHONE)
    made = make_renditions(PHONE)
    assert found.mime == "image/heic"
    assert (found.width, found.height) == (2566, 3313)
    assert [(width, height) for _, width, height, _ in made] == [
        (1586, 2048),
        (793, 1024),
        (372, 480),
    ]
    assert {mime for *_, mime in made} == {"image/jpeg"}


@needs_phone
def test_a_heic_under_another_ending_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "تصویر.jpg"
    shutil.copy(PHONE, path)
    assert inspect(path).mime == "image/heic"


@needs_phone
@pytest.mark.parametrize("kept", [13, 400, 3000, 60_000])
def test_a_heic_that_is_cut_off_is_refused(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "half.heic"
    path.write_bytes(PHONE.read_bytes()[:kept])
    assert code(path) in {"photo-truncated", "photo-not-an-image"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_under_a_photos_name_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "photo.jpg")
    assert code(tmp_path / "photo.jpg") == "photo-not-an-image"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_link_to_a_device_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").symlink_to("/dev/zero")
    assert code(tmp_path / "photo.jpg") == "photo-not-an-image"


def test_an_archive_under_a_photos_name_is_no_photo(tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "archive"), "zip", Path(__file__).parent)
    path = (tmp_path / "archive.zip").rename(tmp_path / "photo.jpg")
    assert code(path) == "photo-not-an-image"


def test_a_wrong_ending_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    drawn((90, 60)).save(path, "PNG")
    assert inspect(path).mime == "image/png"


def test_a_jpeg_in_printing_inks_keeps_its_colours(tmp_path: Path) -> None:
    path = tmp_path / "print.jpg"
    Image.new("RGB", (64, 48), (200, 40, 40)).convert("CMYK").save(path, "JPEG", quality=95)
    red, green, blue = ImageStat.Stat(shown(make_renditions(path)[0][0])).mean
    assert red > 150 and green < 90 and blue < 90


def test_sixteen_bits_of_grey_are_not_blown_out(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    Image.frombytes("I;16", (64, 48), b"\0\x80" * (64 * 48)).save(path)
    assert all(120 < mean < 136 for mean in ImageStat.Stat(shown(make_renditions(path)[0][0])).mean)


def test_a_png_whose_words_unpack_to_a_flood_is_refused_or_read_small(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    for number in range(80):
        words.add_text(f"Comment{number}", "A" * 1_000_000, zip=True)
    path = tmp_path / "flood.png"
    drawn((90, 60)).save(path, pnginfo=words)
    assert path.stat().st_size < 200_000
    assert code(path) in {"photo-truncated", "photo-not-an-image"}


def test_metadata_as_large_as_it_may_be_is_read(tmp_path: Path) -> None:
    path = tmp_path / "full.webp"
    exif = telling_exif()
    exif.get_ifd(0x8769)[0x927C] = bytes(3_000_000)
    drawn((90, 60)).save(path, "WEBP", exif=exif)
    assert inspect(path).width == 90


def test_a_file_that_goes_while_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "card.jpg"
    drawn((90, 60)).save(path)

    def gone(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", gone)
    assert code(path) == "photo-unreadable"


def test_a_picture_that_is_larger_than_any_camera_makes_is_refused_by_its_header(
    tmp_path: Path,
) -> None:
    tiff = tmp_path / "huge.tif"
    drawn((64, 48)).save(tiff)
    data = tiff.read_bytes()
    wide, high = (tag.to_bytes(2, "little") + b"\x04\0\x01\0\0\0" for tag in (256, 257))
    for tag, pixels in ((wide, 64), (high, 48)):
        assert tag + pixels.to_bytes(4, "little") in data
        data = data.replace(
            tag + pixels.to_bytes(4, "little"), tag + (30_000).to_bytes(4, "little")
        )
    tiff.write_bytes(data)
    assert code(tiff) == "photo-too-large"
    assert code(png_bomb(tmp_path / "huge.png", 30_000, 30_000)) == "photo-too-large"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@given(data=st.data())
def test_a_file_cut_off_anywhere_is_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / f"whole.{kind}"
    Image.frombytes("RGB", (64, 48), Random(1).randbytes(64 * 48 * 3)).save(path, kind)
    whole = path.read_bytes()
    # The last bytes may be padding, or an end that nobody needs.
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 64))])
    assert code(path) in {"photo-truncated", "photo-not-an-image"}

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from editor.media.renditions import make_renditions
from tests.media.pictures import HOLDERS, SAMPLES, SECRETS, XMP, drawn, telling_exif, telling_jpeg


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def segments(data: bytes) -> set[int]:
    """The markers before the pixels of a JPEG."""
    found, at = set(), 2
    while data[at + 1] != 0xDA:
        found.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found


@pytest.mark.parametrize(
    ("size", "ladder"),
    [
        ((3000, 2000), [(2048, 1365), (1024, 682), (480, 320)]),
        ((2000, 3000), [(1365, 2048), (682, 1024), (320, 480)]),
        ((1500, 1000), [(1500, 1000), (1024, 683), (480, 320)]),
        ((1024, 300), [(1024, 300), (480, 141)]),
        ((480, 480), [(480, 480)]),
        ((5, 4), [(5, 4)]),
        ((9000, 2), [(2048, 1), (1024, 1), (480, 1)]),
    ],
)
def test_the_ladder_never_enlarges(
    tmp_path: Path, size: tuple[int, int], ladder: list[tuple[int, int]]
) -> None:
    path = tmp_path / "photo.jpg"
    drawn(size).save(path, "JPEG", quality=95)
    made = make_renditions(path)
    assert [(width, height) for _, width, height, _ in made] == ladder
    assert [picture(data).size for data, *_ in made] == ladder
    assert {mime for *_, mime in made} == {"image/jpeg"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_the_camera_comes_out_upright(
    tmp_path: Path, kind: str, orientation: int
) -> None:
    upright = drawn((300, 200))
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = upright.transpose(turns[orientation]) if orientation in turns else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photo"
    held.save(path, kind, exif=exif)
    made = picture(make_renditions(path)[0][0])
    assert made.size == upright.size
    assert difference(made, upright) < 6


@pytest.mark.parametrize("orientation", range(1, 9))
def test_no_byte_of_metadata_leaves(tmp_path: Path, orientation: int) -> None:
    path = telling_jpeg(tmp_path / "witness-house.jpg", orientation=orientation, size=(2400, 1600))
    original = path.read_bytes()
    assert sum(secret in original for secret in SECRETS + HOLDERS) >= 10
    for data, *_ in make_renditions(path):
        assert not [secret for secret in SECRETS + HOLDERS if secret in data]
        assert not [m for m in segments(data) if m == 0xFE or 0xE1 <= m <= 0xEF]
        out = Image.open(io.BytesIO(data))
        assert not out.getexif()
        assert set(out.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "TIFF"])
def test_other_formats_leak_nothing_either(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "witness-house"
    drawn().save(path, kind, exif=telling_exif(3), xmp=XMP, comment=b"COMMENT-FROM-HOME")
    for data, *_ in make_renditions(path):
        assert not [secret for secret in SECRETS + HOLDERS if secret in data]
        assert not [m for m in segments(data) if m == 0xFE or 0xE1 <= m <= 0xEF]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the public sample photos are not on this machine")
def test_photos_of_real_cameras_leak_nothing() -> None:
    paths = sorted(SAMPLES.glob("*.jpg"))
    assert paths
    for path in paths:
        for data, *_ in make_renditions(path):
            assert not [m for m in segments(data) if m == 0xFE or 0xE1 <= m <= 0xEF], path.name
            for word in (
                b"Exif",
                b"GPS",
                b"NIKON",
                b"Nikon",
                b"COOLPIX",
                b"xmp",
                b"8BIM",
                path.stem.encode(),
            ):
                assert word not in data, (path.name, word)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the public sample photos are not on this machine")
def test_photos_of_real_cameras_come_out_upright() -> None:
    upright = picture(make_renditions(SAMPLES / "landscape_1.jpg")[0][0])
    for number in range(2, 9):
        turned = picture(make_renditions(SAMPLES / f"landscape_{number}.jpg")[0][0])
        assert turned.size == upright.size
        assert difference(turned, upright) < 12


def test_colours_are_converted_by_the_profile(tmp_path: Path) -> None:
    """In a profile with red and green changed over, what says red is green."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    path = tmp_path / "photo.jpg"
    drawn().save(path, "JPEG", quality=95, icc_profile=swapped_profile())
    plain = tmp_path / "plain.jpg"
    drawn().save(plain, "JPEG", quality=95, icc_profile=lab)
    red, green, _ = picture(make_renditions(path)[0][0]).getpixel((20, 20))  # type: ignore[misc]
    assert green > red
    assert difference(picture(make_renditions(plain)[0][0]), drawn()) < 6


def swapped_profile() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for at in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12):
        if profile[at : at + 4] == b"rXYZ":
            profile[at : at + 4] = b"gXYZ"
        elif profile[at : at + 4] == b"gXYZ":
            profile[at : at + 4] = b"rXYZ"
    return bytes(profile).replace(b"s\0R\0G\0B", b"s\0W\0A\0P")


def test_a_damaged_profile_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    drawn().save(path, "JPEG", quality=95, icc_profile=b"not a profile at all")
    assert difference(picture(make_renditions(path)[0][0]), drawn()) < 6


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_kind_of_pixel_becomes_a_jpeg(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "photo.tif"
    grey = Image.new("L", (64, 48), 128)
    if mode == "I;16":
        Image.frombytes("I;16", (64, 48), b"\0\x80" * (64 * 48)).save(path, "TIFF")
    elif mode == "I":
        grey.convert("I").point(lambda value: value * 256).save(path, "TIFF")
    else:
        grey.convert(mode).save(path, "TIFF")
    seen = ImageStat.Stat(picture(make_renditions(path)[0][0])).mean
    assert all(100 < channel < 160 for channel in seen)


def test_transparency_is_laid_on_white(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    Image.new("RGBA", (64, 48), (0, 0, 0, 0)).save(path)
    assert ImageStat.Stat(picture(make_renditions(path)[0][0])).mean == [255, 255, 255]
    palette = Image.new("P", (64, 48), 0)
    palette.putpalette([0, 0, 0] * 256)
    palette.save(path, transparency=0)
    assert ImageStat.Stat(picture(make_renditions(path)[0][0])).mean == [255, 255, 255]


def test_the_same_photo_makes_the_same_bytes(tmp_path: Path) -> None:
    path = telling_jpeg(tmp_path / "photo.jpg")
    assert make_renditions(path) == make_renditions(path)

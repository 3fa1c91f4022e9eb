"""What leaves the laptop says of a photo what the writer wrote and nothing else, whatever the file and whatever is asked.

Every rendition of every sample, in both kinds of picture, with and without rights and edits, is searched byte by byte,
and read by exiftool where that is installed.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.content.print import Asked, Box, Edit, Rights
from editor.media.card import thumbnail
from editor.media.image import opened
from editor.media.renditions import make_renditions, preview
from editor.problems import Refused
from tests.media.pictures import HOLDERS, SAMPLES, SECRETS, XMP, drawn, telling_exif, telling_jpeg

RIGHTS = Rights(
    creator="छायाकार & <ביחד>",
    credit="خبرگزاری دلتا",
    copyright="© 三角洲 2026 ]]>",
    source="Delta",
    licence="https://example.org/terms?a=1&b=2",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    data_mining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
    created=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
)
EDIT = Edit(blurs=(Box(1000, 1000, 3000, 3000),), crop=Box(500, 500, 8000, 8000), turns=3)
ASKED = {
    "as it is": Asked(),
    "rights": Asked(rights=RIGHTS),
    "edited": Asked(edit=EDIT),
    "all": Asked(rights=RIGHTS, edit=EDIT, longest=1024),
}
MIMES = ("image/jpeg", "image/webp")

FOREIGN = re.compile(
    rb"GPS|SerialNumber|MakerNote|Photoshop 3\.0|8BIM|ICC_PROFILE|http://ns\.adobe\.com/exif/|"
    rb"http://ns\.adobe\.com/xap/1\.0/(mm|sType)|DocumentID|InstanceID|History|CreatorTool|"
    rb"HostComputer|OwnerName|c2pa|jumb|regions|NIKON|COOLPIX|Apple|iPhone|Canon|AROT|MPF\0",
    re.IGNORECASE,
)
# Groups of exiftool's that are of the container itself, and what may be said in the others.
CONTAINER = {"SourceFile", "ExifTool", "System", "File", "Composite", "JFIF", "RIFF", "VP8"}
ALLOWED = {
    "IFD0": {"Artist", "Copyright", "ExifByteOrder"},
    "ExifIFD": {"DateTimeOriginal", "OffsetTimeOriginal"},
    "XMP-x": {"XMPToolkit"},
    "XMP-dc": {"Creator", "Rights"},
    "XMP-photoshop": {"Credit", "Source", "DateCreated"},
    "XMP-xmpRights": {"WebStatement"},
    "XMP-iptcExt": {"DigitalSourceType"},
    "XMP-plus": {"DataMining"},
}
PLACE = {"GPSLatitude", "GPSLatitudeRef", "GPSLongitude", "GPSLongitudeRef", "GPSVersionID"}

needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the public sample photos are not on this machine"
)
needs_exiftool = pytest.mark.skipif(
    shutil.which("exiftool") is None, reason="exiftool is not installed"
)


def made_samples(folder: Path) -> Iterator[Path]:
    for orientation in (1, 6):
        yield telling_jpeg(folder / f"witness-house-{orientation}.jpg", orientation=orientation)
    yield with_thumbnail(folder / "witness-house-small.jpg")
    for kind in ("PNG", "WEBP", "AVIF", "TIFF", "GIF"):
        path = folder / f"witness-house.{kind.lower()}"
        drawn().save(path, kind, exif=telling_exif(3), xmp=XMP, comment=b"COMMENT-FROM-HOME")
        yield path


def with_thumbnail(path: Path) -> Path:
    """A JPEG whose EXIF holds a small picture of what was cropped away."""
    small = drawn((160, 106))
    small.save(path, "JPEG")
    data = telling_exif().tobytes() + path.read_bytes()
    drawn().save(path, "JPEG", exif=data)
    return path


def public_samples() -> list[Path]:
    return sorted(path for path in SAMPLES.glob("*") if path.suffix in {".jpg", ".heic"})


def sent(path: Path) -> Iterator[tuple[str, bytes]]:
    for name, asked in ASKED.items():
        for mime in MIMES:
            for data, width, *_ in make_renditions(path, asked, mime):
                yield f"{path.name}, {name}, {mime}, {width}", data


def beside_pixels(data: bytes) -> bytes:
    """All of a file but its compressed pixels, in which any three letters stand by chance."""
    return b"".join(_jpeg_segments(data) if data[:2] == b"\xff\xd8" else _webp_chunks(data))


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    at = 2
    while data[at + 1] != 0xD9:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        yield data[at:end]
        at = end
        while data[at] != 0xFF or data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 1  # pixels
    assert at + 2 == len(data), "something stands behind the picture"


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    assert int.from_bytes(data[4:8], "little") + 8 == len(data)
    at = 12
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] not in {b"VP8 ", b"VP8L"}:
            yield data[at : at + 8 + size]
        at += 8 + size + size % 2


def clean(what: str, data: bytes, path: Path, asked: Rights) -> None:
    held = beside_pixels(data)
    found = FOREIGN.search(held)
    assert found is None, (what, found)
    if asked == Rights():
        assert not [holder for holder in HOLDERS if holder in held], what
    own = {text for text in (path.stem, path.name, str(path.parent)) if len(text) > 4}
    for secret in (*SECRETS, *(text.encode() for text in own)):
        assert secret not in data, (what, secret)
    assert not re.search(rb"\xff\xd8\xff[\xdb\xe0\xe1]", data[2:]), (what, "a picture in it")


def seen_by_exiftool(folder: Path) -> list[dict[str, object]]:
    command = ["exiftool", "-j", "-G1", "-a", "-u", "-U", "-ee3", "-r", str(folder)]
    told = subprocess.run(command, capture_output=True, check=True, timeout=300).stdout
    found: list[dict[str, object]] = json.loads(told)
    return found


def strangers(told: dict[str, object], more: dict[str, set[str]] | None = None) -> list[str]:
    """What exiftool sees in a file that is not on the list."""
    allowed = ALLOWED | (more or {})
    out = []
    for key in told:
        group, _, name = key.partition(":")
        if group not in CONTAINER and name not in allowed.get(group, set()):
            out.append(key)
    return out


def scan(paths: list[Path], folder: Path) -> tuple[int, int, int]:
    files = renditions = size = 0
    for path in paths:
        files += 1
        for what, data in sent(path):
            rights = RIGHTS if ", as it is," not in what and ", edited," not in what else Rights()
            clean(what, data, path, rights)
            (
                folder / f"{renditions}.{'jpg' if data[:2] == bytes((255, 216)) else 'webp'}"
            ).write_bytes(data)
            renditions += 1
            size += len(data)
        for data in (thumbnail(path, 240), preview(path, Asked(rights=RIGHTS, location=True), 480)):
            clean(f"{path.name}, small", data, path, Rights())
    return files, renditions, size


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    telling = [path for path in made_samples(tmp_path) if path.suffix in {".jpg", ".webp"}]
    assert len(telling) == 4
    for path in telling:
        held = beside_pixels(path.read_bytes())
        assert FOREIGN.search(held)
        assert sum(secret in held for secret in SECRETS) >= 5
        with pytest.raises(AssertionError):
            clean("the original", path.read_bytes(), path, Rights())


def test_no_print_of_a_made_sample_tells_more_than_was_asked(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    files, renditions, _ = scan(list(made_samples(tmp_path)), out)
    assert (files, renditions) == (8, 8 * 16)
    if shutil.which("exiftool"):
        told = seen_by_exiftool(out)
        assert len(told) == renditions
        assert {each["SourceFile"]: strangers(each) for each in told if strangers(each)} == {}


@needs_samples
@pytest.mark.slow
def test_no_print_of_a_public_sample_tells_more_than_was_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = public_samples()
    assert any(path.suffix == ".heic" for path in paths)
    files, renditions, size = scan(paths, tmp_path)
    assert renditions >= files * 8
    if shutil.which("exiftool"):
        told = seen_by_exiftool(tmp_path)
        assert len(told) == renditions
        assert {each["SourceFile"]: strangers(each) for each in told if strangers(each)} == {}
    with capsys.disabled():
        print(f" {files} files, {renditions} renditions, {size} bytes", end=" ")


@pytest.mark.parametrize("mime", MIMES)
def test_the_place_goes_along_only_where_it_is_asked_for(tmp_path: Path, mime: str) -> None:
    path = telling_jpeg(tmp_path / "witness-house.jpg")
    for asked, located in ((Asked(), False), (Asked(location=True), True)):
        for data, *_ in make_renditions(path, asked, mime):
            out = tmp_path / "out"
            out.write_bytes(data)
            with opened(out) as image:
                assert (0x8825 in image.getexif()) is located
                place = dict(image.getexif().get_ifd(0x8825))
            assert set(place) == ({1, 2, 3, 4} if located else set())


@needs_exiftool
@pytest.mark.parametrize("mime", MIMES)
def test_other_programs_read_the_rights_that_were_written(tmp_path: Path, mime: str) -> None:
    path = telling_jpeg(tmp_path / "photo.jpg")
    out = tmp_path / "out"
    out.mkdir()
    (out / f"print.{mime[6:]}").write_bytes(
        make_renditions(path, Asked(rights=RIGHTS, location=True), mime)[0][0]
    )
    (told,) = seen_by_exiftool(out)
    assert strangers(told, {"GPS": PLACE}) == []
    assert told["XMP-dc:Creator"] == RIGHTS.creator
    assert told["XMP-dc:Rights"] == RIGHTS.copyright
    assert told["XMP-photoshop:Credit"] == RIGHTS.credit
    assert told["XMP-xmpRights:WebStatement"] == RIGHTS.licence
    assert told["ExifIFD:OffsetTimeOriginal"] == "+00:00"


def test_a_photo_that_cannot_be_read_is_not_sent_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe1" + b"x" * 4000)
    with pytest.raises(Refused):
        make_renditions(path)

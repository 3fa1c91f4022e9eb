"""Promise 3, of photos: what a camera, a computer or an owner wrote into a file does not leave with it.

Every photo goes the whole way, by the real command line, to a folder for readers and into exports; then every byte that
came out is looked at, by the tests themselves and by ExifTool as a second opinion.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from tests.media.pictures import HOLDERS, SAMPLES, SECRETS, drawn, telling_exif, telling_jpeg
from tests.promises.driver import run

pytestmark = pytest.mark.slow
with_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the public sample photos are not on this machine"
)
with_exiftool = pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool")

SUFFIXES = frozenset(".jpg .heic".split())
OWN = "IMG from my source 水位 أ.jpg"
HOST = "laptop-of-the-reporter"
SECRET_TAGS = re.compile(
    r"Serial|Owner|HostComputer|UniqueID|DocumentID|InstanceID|GPS|Lens|^Model$|CameraModel|UserComment"
)
ALLOWED = {
    "IFD0": {"Artist", "Copyright"},
    "ExifIFD": {"DateTimeOriginal", "OffsetTimeOriginal"},
    "XMP-x": {"XMPToolkit"},
    "XMP-dc": {"Creator", "Rights"},
    "XMP-photoshop": {"Credit", "Source", "DateCreated"},
    "XMP-xmpRights": {"WebStatement"},
    "XMP-iptcExt": {"DigitalSourceType"},
    "XMP-plus": {"DataMining"},
}
"""What may stand in a file that is sent: who made it, and what may be done with it."""

ABOUT_THE_PIXELS = {"ExifTool", "System", "File", "RIFF", "JFIF", "Composite"}
PLACE = {"GPSLatitudeRef", "GPSLatitude", "GPSLongitudeRef", "GPSLongitude"}
SPELT = re.compile(rb"GPS(Latitude|Longitude|Position|DateStamp|Altitude|ImgDirection)")


class Sent:
    """What came out of a laptop: a folder that readers get, the exports, and what went in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.profile = folder / "profile"
        self.mine = folder / "home of the reporter"
        self.site = self.profile / "site" / "river-watch"
        self.exports = [folder / "out-site", folder / "out-markdown"]
        self.samples: list[Path] = []

    def files(self) -> Iterator[Path]:
        for place in (self.site, *self.exports):
            yield from (path for path in sorted(place.rglob("*")) if path.is_file())

    def pictures(self) -> list[Path]:
        return [path for path in self.files() if path.suffix in (".jpg", ".webp", ".png")]

    def holding(self, words: list[bytes]) -> list[tuple[str, bytes]]:
        """The files whose bytes, names included, hold one of these words, in UTF-8 or UTF-16."""
        spelt = [(word, spelling) for word in words for spelling in _spellings(word)]
        found = []
        for path in self.files():
            name = str(path.relative_to(self.folder))
            data = path.read_bytes() + b"\n" + name.encode()
            found += [(name, word) for word, spelling in spelt if spelling in data]
        return found


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    made = Sent(tmp_path_factory.mktemp("laptop"))
    made.mine.mkdir()
    card = made.mine / "card"
    card.mkdir()
    telling_jpeg(card / OWN, size=(2400, 1600), orientation=6)
    exif = telling_exif(3)
    exif[ExifTags.Base.HostComputer] = HOST
    for kind in ("png", "tiff", "webp"):
        drawn((700, 500)).save(card / f"witness-house.{kind}", exif=exif)
    if SAMPLES.is_dir():
        made.samples = sorted(path for path in SAMPLES.iterdir() if path.suffix in SUFFIXES)
    telling_jpeg(made.mine / "edited-witness-house.jpg", size=(1600, 1200))
    telling_jpeg(made.mine / "place-of-witness-house.jpg", size=(1500, 1100))
    for name, body in {
        "all": "Words وصل.",
        "edited": "```dateline-photo\nfile: edited-witness-house.jpg\nalt: पुल\ncrop: 1000 500 7000 8000\n"
        "blurs: [2000 2000 1500 1500]\nturns: 1\ncreator: Field team A\n```",
        "placed": "```dateline-photo\nfile: place-of-witness-house.jpg\nalt: 橋\nlocation_kept: true\n```",
    }.items():
        (made.mine / f"{name}.md").write_text(f"---\nheadline: {name}\n---\n\n{body}\n", "utf-8")
    run(made.profile, "blog", "add", "--headline", "River watch")
    run(made.profile, "blog", "edit", "river-watch", "--check", "photo-without-alt=warning")
    texts = [str(made.mine / f"{name}.md") for name in ("all", "edited", "placed")]
    entries = run(made.profile, "entry", "add", "river-watch", *texts)[0].split()
    run(made.profile, "photo", "add", entries[0], str(card), *map(str, made.samples))
    for entry in entries:
        run(made.profile, "entry", "publish", entry)
    run(made.profile, "sync")
    for place, form in zip(made.exports, ("site", "markdown"), strict=True):
        run(made.profile, "export", "river-watch", str(place), "--as", form)
    return made


def test_every_photo_is_there_and_none_tells_what_it_told_at_home(sent: Sent) -> None:
    page = (sent.site / "index.html").read_text("utf-8")
    assert page.count("<img ") >= 6 + len(sent.samples)
    assert len(sent.pictures()) > 3 * 6
    secrets = [word for word in SECRETS if word not in (b"ICC_PROFILE", b"GPSLatitude")]
    assert sent.holding(secrets) == []
    assert sent.holding([b"IMG from my source", b"MakerNote", b"8BIM", HOLDERS[2]]) == []


def test_these_looks_find_what_they_look_for(sent: Sent, tmp_path: Path) -> None:
    careless = Sent(tmp_path)
    shutil.copytree(sent.mine, careless.exports[0])
    words = [b"SERIAL-4711-0815", b"OWNER-OF-THE-CAMERA", b"COMMENT-FROM-HOME", HOST.encode()]
    assert {word for _, word in careless.holding([*words, b"witness-house"])} > set(words)
    assert SPELT.search((sent.mine / "card" / OWN).read_bytes())


def test_nothing_tells_of_the_laptop(sent: Sent) -> None:
    words = [str(sent.folder), sent.mine.name, str(SAMPLES), f"{Path.home()}/", HOST]
    assert sent.holding([word.encode() for word in words]) == []


def test_a_picture_has_no_part_but_pixels_and_labels(sent: Sent) -> None:
    for path in sent.pictures():
        data = path.read_bytes()
        assert not SPELT.search(data), path
        if path.suffix == ".webp":
            assert set(_chunks(data)) <= {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"EXIF", b"XMP "}
        with Image.open(path) as image:
            exif = image.getexif()
            assert not exif.get_ifd(ExifTags.IFD.IFD1), f"{path} has a thumbnail"
            assert ExifTags.Base.MakerNote not in exif.get_ifd(ExifTags.IFD.Exif)
            assert set(exif) <= {0x013B, 0x8298, ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo}


def test_only_the_photo_that_was_asked_tells_where_and_nothing_more(sent: Sent) -> None:
    told = {}
    for path in sent.pictures():
        with Image.open(path) as image:
            if place := image.getexif().get_ifd(ExifTags.IFD.GPSInfo):
                told[path] = {tag: place[tag] for tag in place}
                assert image.size[0] * 1100 // 1500 in range(image.size[1] - 2, image.size[1] + 3)
    at_home = {path for path in told if path.is_relative_to(sent.site)}
    assert len(at_home) == 3, "1500, 1024 and 480 pixels"
    for place in told.values():
        assert set(place) == {1, 2, 3, 4}
        assert (place[1], place[3]) == ("N", "E")
        assert tuple(map(float, place[2])) == (47.0, 29.0, 52.0)
        assert tuple(map(float, place[4])) == (19.0, 29.0, 52.0)


@with_samples
@with_exiftool
def test_what_cameras_wrote_about_themselves_and_their_owners_stays_at_home(sent: Sent) -> None:
    assert len(sent.samples) > 10
    words = set()
    for tags in _exiftool(*sent.samples):
        for tag, value in tags.items():
            name = tag.rpartition(":")[2]
            if SECRET_TAGS.search(name) and isinstance(value, str) and len(value) > 5:
                words.add(value.encode())
    assert len(words) > 10
    assert sent.holding(sorted(words)) == []
    assert sent.holding([path.name.encode() for path in sent.samples]) == []


@with_exiftool
def test_a_second_reader_finds_nothing_else(sent: Sent) -> None:
    seen = _exiftool("-r", sent.site, *sent.exports)
    pictures = {str(path) for path in sent.pictures()}
    assert {tags["SourceFile"] for tags in seen} >= pictures
    placed = []
    for tags in seen:
        if tags["SourceFile"] not in pictures:
            continue
        for tag in tags:
            group, _, name = tag.rpartition(":")
            if group == "GPS":
                placed.append(name)
            elif name not in ALLOWED.get(group, ()):
                assert not group or group in ABOUT_THE_PIXELS, (tags["SourceFile"], tag)
    assert set(placed) == PLACE


def _exiftool(*words: object) -> list[dict[str, Any]]:
    ran = subprocess.run(
        ["exiftool", "-j", "-G1", "-a", "-u", *map(str, words)],
        capture_output=True,
        timeout=300,
        check=False,
    )
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found


def _spellings(word: bytes) -> tuple[bytes, ...]:
    text = word.decode("utf-8")
    return word, text.encode("utf-16-le"), text.encode("utf-16-be")


def _chunks(data: bytes) -> Iterator[bytes]:
    """The names of the parts of a WebP file."""
    at = 12
    while at < len(data):
        yield data[at : at + 4]
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2

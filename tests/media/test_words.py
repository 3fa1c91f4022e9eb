"""What a photo's file tells of itself: whose word counts, and that no metadata can stop or mislead the reader."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from hashlib import md5
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from editor.media.photo import Inspected, inspect
from tests.media.pictures import SAMPLES, XMP, drawn, with_iptc

CAPTION, CREDIT, DATE, TIME = (2, 120), (2, 110), (2, 55), (2, 60)
OF_XMP, OF_IIM = "水位过了红线", "تصویر از پل"


def told(
    path: Path, xmp: bytes = b"", iim: dict[tuple[int, int], bytes] | None = None
) -> Inspected:
    drawn((90, 60)).save(path, "JPEG", **({"xmp": xmp} if xmp else {}))
    if iim:
        with_iptc(path, iim)
    return inspect(path)


def packet(fields: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        f' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">{fields}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


@pytest.mark.parametrize(
    ("digest", "caption"),
    [
        (None, OF_XMP),
        (md5, OF_XMP),
        (b"changed since then", OF_IIM),
        (bytes(16), OF_XMP),
    ],
    ids=["none", "in step", "changed since", "left empty"],
)
def test_iptc_counts_where_it_was_changed_after_xmp(
    tmp_path: Path, digest: object, caption: str
) -> None:
    path = tmp_path / "photo.jpg"
    drawn((90, 60)).save(path, "JPEG", xmp=XMP)
    said = OF_IIM.encode()
    data = b"\x1c\x02\x78" + len(said).to_bytes(2, "big") + said
    kept = md5(data).digest() if digest is md5 else digest
    with_iptc(path, {CAPTION: said}, digest=kept[:16] if isinstance(kept, bytes) else None)
    assert inspect(path).told.caption == caption


def test_all_fields_of_the_standard_are_read(tmp_path: Path) -> None:
    found = told(
        tmp_path / "photo.jpg",
        packet(
            "<photoshop:Headline>Überflutet</photoshop:Headline>"
            "<photoshop:Source>Delta</photoshop:Source>"
            "<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>© דלתא</rdf:li></rdf:Alt></dc:rights>"
            "<Iptc4xmpCore:ExtDescrAccessibility><rdf:Alt><rdf:li xml:lang='hi'>लंबा वर्णन</rdf:li>"
            "</rdf:Alt></Iptc4xmpCore:ExtDescrAccessibility>"
            "<Iptc4xmpExt:DigitalSourceType rdf:resource='http://example.org/captured'/>"
            "<plus:DataMining>http://example.org/prohibited</plus:DataMining>"
            "<xmpRights:WebStatement>https://example.org/terms?a=1&amp;b=2</xmpRights:WebStatement>"
            "<photoshop:DateCreated>2026-11-22T14:05:00+05:30</photoshop:DateCreated>"
        ),
    ).told
    assert (found.headline, found.description) == ("Überflutet", "लंबा वर्णन")
    rights = found.rights
    assert (rights.source, rights.copyright) == ("Delta", "© דלתא")
    assert rights.digital_source_type == "http://example.org/captured"
    assert rights.data_mining == "http://example.org/prohibited"
    assert rights.licence == "https://example.org/terms?a=1&b=2"
    zone = timezone(timedelta(hours=5, minutes=30))
    assert rights.created == datetime(2026, 11, 22, 14, 5, tzinfo=zone)


def test_a_date_without_a_zone_is_no_time(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    bare = packet("<photoshop:DateCreated>2026-11-22T14:05:00</photoshop:DateCreated>")
    assert told(path, bare).told.rights.created is None
    filed = {DATE: b"20261122", TIME: b"140500+0000"}
    assert told(path, bare, filed).told.rights.created == datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
    assert told(path, b"", {DATE: b"20261122"}).told.rights.created is None


def test_a_caption_of_something_within_the_photo_is_not_the_photos(tmp_path: Path) -> None:
    inner = "<rdf:Description><dc:description>a face</dc:description></rdf:Description>"
    found = told(tmp_path / "photo.jpg", packet(f"<dc:relation>{inner}</dc:relation>"))
    assert found.told.caption == ""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-7", "cp037"])
def test_entities_do_not_hide_behind_an_encoding(tmp_path: Path, encoding: str) -> None:
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "{"a" * 4000}">'
        f'<!ENTITY b "{"&a;" * 4000}"><!ENTITY c "{"&b;" * 40}">]>'
    ) + packet("<dc:description>&c;</dc:description>").decode()
    assert told(tmp_path / "photo.jpg", bomb.encode(encoding)[:60_000]).told.caption == ""


def test_a_packet_of_nothing_but_depth_is_read_at_once(tmp_path: Path) -> None:
    deep = "<rdf:Description>" * 20_000 + "</rdf:Description>" * 20_000
    path = tmp_path / "photo.webp"
    drawn((90, 60)).save(path, "WEBP", xmp=packet(f"<dc:relation>{deep}</dc:relation>"))
    assert inspect(path).told.caption == ""


def test_a_packet_longer_than_anybody_writes_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "photo.webp"
    for length, caption in ((900_000, "x"), (1_000_001, "")):
        long = packet(
            f"<dc:relation>{' ' * length}</dc:relation><dc:description>x</dc:description>"
        )
        drawn((90, 60)).save(path, "WEBP", xmp=long)
        assert inspect(path).told.caption == caption


def test_no_value_is_longer_than_a_page_can_bear(tmp_path: Path) -> None:
    found = told(tmp_path / "photo.jpg", packet(f"<dc:description>{'長' * 9000}</dc:description>"))
    assert len(found.told.caption) == 2000


ANY_EXIF = st.binary(max_size=300).map(lambda data: b"Exif\0\0MM\0*\0\0\0\x08" + data)
ANY_IIM = st.dictionaries(
    st.tuples(st.integers(0, 9), st.sampled_from([55, 60, 80, 90, 105, 110, 115, 116, 120])),
    st.binary(max_size=40),
    max_size=6,
)
ANY_XMP = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: packet(text)),
    st.tuples(st.integers(0, len(XMP) - 1), st.binary(min_size=1, max_size=8)).map(
        lambda change: XMP[: change[0]] + change[1] + XMP[change[0] + len(change[1]) :]
    ),
)


@given(exif=ANY_EXIF, iim=ANY_IIM, xmp=ANY_XMP)
def test_any_metadata_is_read_or_left_alone(
    tmp_path_factory: pytest.TempPathFactory,
    exif: bytes,
    iim: dict[tuple[int, int], bytes],
    xmp: bytes,
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jpg"
    Image.new("RGB", (8, 8)).save(path, "JPEG", exif=exif, xmp=xmp)
    found = inspect(with_iptc(path, iim))
    assert (found.width, found.height) in {(8, 8)}
    assert all(len(word) <= 2000 for word in (found.told.caption, found.credit, found.told.alt))


@pytest.mark.skipif(
    not SAMPLES.is_dir() or shutil.which("exiftool") is None,
    reason="the public sample photos, or exiftool, are not on this machine",
)
def test_another_program_reads_the_same_in_photos_of_others() -> None:
    paths = sorted(path for path in SAMPLES.glob("*") if path.suffix in {".jpg", ".heic"})
    asked = ["-MWG:Description", "-MWG:Creator", "-MWG:Copyright", "-XMP-photoshop:Headline"]
    command = ["exiftool", "-j", "-use", "MWG", *asked, *map(str, paths)]
    seen = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    for path, other in zip(paths, seen, strict=True):
        own = inspect(path).told
        assert own.caption == plain(other.get("Description")), path.name
        assert own.rights.creator.replace("; ", ", ") == plain(other.get("Creator")), path.name
        assert own.rights.copyright == plain(other.get("Copyright")), path.name


def plain(value: object) -> str:
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return " ".join(said.split())

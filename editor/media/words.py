"""What a photo's file tells of the picture: its words and its rights, from EXIF, IPTC and XMP.

The order is that of the Metadata Working Group (2.0, section 3): EXIF, then XMP, then IPTC-IIM; IIM before XMP where it was
changed since by a program that knows no XMP, which the digest beside it tells. Alternative text is read from its own
field only (IPTC Photo Metadata 2025.1, AltTextAccessibility): a caption says something else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from xml.etree import ElementTree

import msgspec

from editor.content.print import Rights
from editor.domain.asset import Told
from editor.media.image import DAMAGE

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

T = TypeVar("T")

_IMAGE_DESCRIPTION, _ARTIST, _COPYRIGHT, _EXIF, _GPS = 0x010E, 0x013B, 0x8298, 0x8769, 0x8825
_TAKEN, _TAKEN_OFFSET = 0x9003, 0x9011
_GPS_LATITUDE, _GPS_LONGITUDE, _GPS_DESTINATION = 2, 4, 20
_CHARSET, _BYLINE, _HEADLINE, _CREDIT = (1, 90), (2, 80), (2, 105), (2, 110)
_SOURCE, _NOTICE, _CAPTION = (2, 115), (2, 116), (2, 120)
_DATE, _TIME = (2, 55), (2, 60)
_IIM_DATA, _IIM_DIGEST = 0x0404, 0x0425
_UTF8 = b"\x1b%G"

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_IPTC_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_IPTC_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_XMP_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# What cameras write where a person should.
_NOBODY = frozenset(
    {
        "olympus digital camera",
        "sony dsc",
        "minolta digital camera",
        "samsung",
        "default",
        "untitled",
    }
)
_LONGEST = 2000
_LONGEST_PACKET = 1_000_000
"""Bytes of XMP that are read: an agency's packet has some thousands."""


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says of the picture, for the writer to look over. ``credit`` is the best that a page can say."""

    told: Told = Told()
    credit: str = ""
    has_location: bool = False


def words_of(image: ImageFile) -> Words:
    """The words in an opened image's metadata. Damaged metadata counts as none. Nothing is decoded."""
    packet = _packet(image)
    exif: Mapping[int, str] = _best(lambda: _exif(image), {})
    iim: Mapping[tuple[int, int], str] = _best(lambda: _iim(image), {})
    xmp: Mapping[str, str] = _best(lambda: _xmp(packet), {})
    located = _best(lambda: _has_gps(image), False) or b"GPSLatitude" in packet
    newer = _best(lambda: _iim_is_newer(image), False)

    def both(tag: tuple[int, int], name: str) -> tuple[str | None, ...]:
        pair = (xmp.get(name), iim.get(tag))
        return pair[::-1] if newer else pair

    rights = Rights(
        creator=_first(exif.get(_ARTIST), *both(_BYLINE, f"{_DC}creator")),
        credit=_first(*both(_CREDIT, f"{_PHOTOSHOP}Credit")),
        copyright=_first(exif.get(_COPYRIGHT), *both(_NOTICE, f"{_DC}rights")),
        source=_first(*both(_SOURCE, f"{_PHOTOSHOP}Source")),
        licence=_first(xmp.get(f"{_XMP_RIGHTS}WebStatement")),
        digital_source_type=_first(xmp.get(f"{_IPTC_EXT}DigitalSourceType")),
        data_mining=_first(xmp.get(f"{_PLUS}DataMining")),
        created=_taken(exif, xmp, iim),
    )
    told = Told(
        headline=_first(*both(_HEADLINE, f"{_PHOTOSHOP}Headline")),
        caption=_first(exif.get(_IMAGE_DESCRIPTION), *both(_CAPTION, f"{_DC}description")),
        alt=_first(xmp.get(f"{_IPTC_CORE}AltTextAccessibility")),
        description=_first(xmp.get(f"{_IPTC_CORE}ExtDescrAccessibility")),
        rights=rights,
    )
    credit = rights.credit or rights.creator or rights.copyright
    return Words(told=told, credit=credit, has_location=located)


def _taken(
    exif: Mapping[int, str], xmp: Mapping[str, str], iim: Mapping[tuple[int, int], str]
) -> datetime | None:
    """When it was taken, where the file says in which zone: a camera's bare clock may be hours off."""
    typed = exif.get(_TAKEN, "").replace(":", "-", 2) + exif.get(_TAKEN_OFFSET, "")
    filed = f"{iim.get(_DATE, '')}T{iim.get(_TIME, '')}"
    for value in (typed, xmp.get(f"{_PHOTOSHOP}DateCreated", ""), filed):
        with suppress(ValueError):
            taken = datetime.fromisoformat(value.strip())
            if taken.tzinfo is not None:
                return taken
    return None


def _best(read: Callable[[], T], otherwise: T) -> T:
    try:
        return read()
    except (*DAMAGE, ElementTree.ParseError):
        return otherwise


def _first(*values: str | None) -> str:
    for value in values:
        said = " ".join("".join(c if c.isprintable() else " " for c in value or "").split())
        if said and said.casefold() not in _NOBODY:
            return said[:_LONGEST]
    return ""


def _exif(image: ImageFile) -> Mapping[int, str]:
    found = image.getexif()
    inner = found.get_ifd(_EXIF)
    said = {tag: found.get(tag) for tag in (_IMAGE_DESCRIPTION, _ARTIST, _COPYRIGHT)}
    said |= {tag: inner.get(tag) for tag in (_TAKEN, _TAKEN_OFFSET)}
    return {tag: _utf8(value) for tag, value in said.items() if isinstance(value, str)}


def _utf8(value: str) -> str:
    """EXIF text is ASCII by the book, UTF-8 in life, and Latin-1 as Pillow hands it over."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _has_gps(image: ImageFile) -> bool:
    place = image.getexif().get_ifd(_GPS)
    return any(tag in place for tag in (_GPS_LATITUDE, _GPS_LONGITUDE, _GPS_DESTINATION))


def _iim(image: ImageFile) -> Mapping[tuple[int, int], str]:
    from PIL import IptcImagePlugin

    found = IptcImagePlugin.getiptcinfo(image) or {}
    utf8 = found.get(_CHARSET) == _UTF8
    text: dict[tuple[int, int], str] = {}
    for tag in (_DATE, _TIME, _BYLINE, _HEADLINE, _CREDIT, _SOURCE, _NOTICE, _CAPTION):
        value = found.get(tag)
        parts = value if isinstance(value, list) else [value]
        said = [_decoded(part, utf8) for part in parts if isinstance(part, bytes)]
        if said:
            text[tag] = ", ".join(said)
    return text


def _iim_is_newer(image: ImageFile) -> bool:
    """Whether IIM is not what it was when XMP was written beside it."""
    from hashlib import md5

    resources = image.info.get("photoshop") or {}
    digest, data = resources.get(_IIM_DIGEST), resources.get(_IIM_DATA)
    if not isinstance(digest, bytes) or not isinstance(data, bytes) or not any(digest):
        return False
    return md5(data, usedforsecurity=False).digest() != digest


def _decoded(value: bytes, utf8: bool) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8", "replace") if utf8 else value.decode("latin-1")


def _packet(image: ImageFile) -> bytes:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return packet.encode() if isinstance(packet, str) else bytes(packet)


def _xmp(packet: bytes) -> Mapping[str, str]:
    """The packet's own properties. Only where they belong: what lies deeper speaks of other things, or is an attack."""
    if len(packet) > _LONGEST_PACKET:
        return {}
    # As text: a packet's declared encoding cannot hide anything then.
    text = packet.decode("utf-8", "replace").strip("\0 \r\n\t\ufeff")
    if not text or "<!DOCTYPE" in text or "<!ENTITY" in text:
        return {}  # XMP needs no entities; a packet that has some is an attack on the parser
    root = ElementTree.fromstring(text)
    rdf = root if root.tag == f"{_RDF}RDF" else root.find(f"{_RDF}RDF")
    found: dict[str, str] = {}
    for description in () if rdf is None else rdf.findall(f"{_RDF}Description"):
        found.update(description.attrib)
        found.update((child.tag, _value(child)) for child in description)
    return found


def _value(element: ElementTree.Element) -> str:
    for kind in ("Alt", "Seq", "Bag"):
        items = element.findall(f"{_RDF}{kind}/{_RDF}li")
        if items and kind == "Alt":
            chosen = next((item for item in items if item.get(_LANG) == "x-default"), items[0])
            return chosen.text or ""
        if items:
            return ", ".join(item.text for item in items if item.text)
    return element.text or element.get(f"{_RDF}resource") or ""

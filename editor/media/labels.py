"""What is written into the files that are sent: who made the photo and what may be done with it, by an allow-list.

Nothing of the original's own metadata is copied; each value is set here, in EXIF (CIPA DC-008) for the few fields that it
has and in an XMP packet (ISO 16684-1) by the names of IPTC Photo Metadata 2025.1. Where the writer asked to keep the
place, its coordinates are added, and nothing else of the GPS block: no direction, no time, no name of a place.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from editor.content.print import Rights

if TYPE_CHECKING:
    from PIL.Image import Image

_ARTIST, _COPYRIGHT, _EXIF, _GPS = 0x013B, 0x8298, 0x8769, 0x8825
_TAKEN, _TAKEN_OFFSET = 0x9003, 0x9011
_COORDINATES = (1, 2, 3, 4)
"""GPSLatitudeRef, GPSLatitude, GPSLongitudeRef, GPSLongitude."""

_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}
_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about=""{spaces}>{fields}</rdf:Description>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)


def labels(rights: Rights, place: dict[int, Any]) -> dict[str, bytes]:
    """What a Pillow encoder is given to write: ``exif`` and ``xmp``, each only where it says something."""
    made = {}
    if exif := _exif(rights, place):
        made["exif"] = exif
    if xmp := _xmp(rights):
        made["xmp"] = xmp
    return made


def place_of(image: Image) -> dict[int, Any]:
    """The coordinates in an opened image's EXIF; empty where it has none."""
    found = image.getexif().get_ifd(_GPS)
    place = {tag: found[tag] for tag in _COORDINATES if tag in found}
    return place if len(place) == len(_COORDINATES) else {}


def _exif(rights: Rights, place: dict[int, Any]) -> bytes:
    from PIL import Image

    exif = Image.Exif()
    if rights.creator:
        exif[_ARTIST] = rights.creator
    if rights.copyright:
        exif[_COPYRIGHT] = rights.copyright
    if rights.created is not None:
        inner = exif.get_ifd(_EXIF)
        inner[_TAKEN] = f"{rights.created:%Y:%m:%d %H:%M:%S}"
        inner[_TAKEN_OFFSET] = rights.created.isoformat()[-6:]
    if place:
        exif.get_ifd(_GPS).update(place)
    return exif.tobytes() if len(exif) or rights.created is not None or place else b""


def _xmp(rights: Rights) -> bytes:
    fields = [
        ("dc:creator", _list("Seq", rights.creator)),
        ("dc:rights", _list("Alt", rights.copyright)),
        ("photoshop:Credit", escape(rights.credit)),
        ("photoshop:Source", escape(rights.source)),
        ("photoshop:DateCreated", rights.created.isoformat() if rights.created else ""),
        ("xmpRights:WebStatement", escape(rights.licence)),
        ("Iptc4xmpExt:DigitalSourceType", escape(rights.digital_source_type)),
        ("plus:DataMining", escape(rights.data_mining)),
    ]
    told = [f"<{name}>{value}</{name}>" for name, value in fields if value]
    if not told:
        return b""
    spaces = "".join(f' xmlns:{name}="{uri}"' for name, uri in _SPACES.items())
    return _PACKET.format(spaces=spaces, fields="".join(told)).encode()


def _list(kind: str, value: str) -> str:
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    item = f"<rdf:li{language}>{escape(value)}</rdf:li>"
    return f"<rdf:{kind}>{item}</rdf:{kind}>" if value else ""

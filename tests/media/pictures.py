"""Pictures that the tests make: with every kind of metadata that must not leave, in every way of holding a camera."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, TiffImagePlugin

SAMPLES = Path(
    os.environ.get("PHOTO_SAMPLES")
    or Path(__file__).resolve().parents[2].parent / "shared" / "photos"
)
"""Public test images that the project does not ship."""

SECRETS = (
    b"SERIAL-4711-0815",
    b"LENS-SERIAL-99",
    b"MAKERNOTE-DEEP-THROAT",
    b"GPSLatitude",
    b"47.4979",
    b"OWNER-OF-THE-CAMERA",
    b"COMMENT-FROM-HOME",
    b"ICC_PROFILE",
    b"witness-house",
)
HOLDERS = (b"Exif\0\0", b"http://ns.adobe.com", b"Photoshop 3.0")
"""What metadata of any kind begins with in a JPEG."""

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 exif:GPSLatitude="47,29.874N" exif:GPSLongitude="19,2.4E" photoshop:Credit="خبرگزاری دلتا">
<dc:description><rdf:Alt><rdf:li xml:lang="hu">Árvíz</rdf:li>
<rdf:li xml:lang="x-default">水位过了红线</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>צלמת</rdf:li><rdf:li>छायाकार</rdf:li></rdf:Seq></dc:creator>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">पानी में डूबी सड़क 🌊</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def drawn(size: tuple[int, int] = (900, 600)) -> Image.Image:
    """A picture that looks different whichever way it is turned."""
    image = Image.new("RGB", size, (40, 90, 140))
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle((0, 0, width // 2, height // 3), fill=(230, 60, 40))
    draw.rectangle((width // 2, height // 2, width, height), fill=(60, 200, 90))
    draw.line((0, height, width, 0), fill=(250, 250, 250), width=9)
    return image


def telling_exif(orientation: int = 1) -> Image.Exif:
    """Everything a camera tells of its owner, with a thumbnail and the place."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "Hochwasser – přehrada je plná".encode()
    exif[0x013B] = "Field team A"
    exif[0x8298] = "Delta Foto 2026"
    details = exif.get_ifd(0x8769)
    details[0xA430] = "OWNER-OF-THE-CAMERA"
    details[0xA431] = "SERIAL-4711-0815"
    details[0xA435] = "LENS-SERIAL-99"
    details[0x927C] = b"MAKERNOTE-DEEP-THROAT"
    details[0x9286] = b"ASCII\0\0\0COMMENT-FROM-HOME"
    place = exif.get_ifd(0x8825)
    place[1], place[3] = "N", "E"
    for tag, degrees in ((2, 47), (4, 19)):
        place[tag] = tuple(TiffImagePlugin.IFDRational(part, 1) for part in (degrees, 29, 52))
    return exif


def telling_jpeg(path: Path, *, orientation: int = 1, size: tuple[int, int] = (900, 600)) -> Path:
    """A JPEG with EXIF, GPS, XMP, IPTC, a comment and a colour profile."""
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    drawn(size).save(
        path,
        "JPEG",
        quality=90,
        exif=telling_exif(orientation),
        xmp=XMP,
        icc_profile=profile,
        comment=b"COMMENT-FROM-HOME",
    )
    return with_iptc(
        path, {(1, 90): b"\x1b%G", (2, 120): "تصویر".encode(), (2, 110): b"Delta Foto"}
    )


def with_iptc(
    path: Path, values: dict[tuple[int, int], bytes], *, digest: bytes | None = None
) -> Path:
    """The JPEG with an IPTC-IIM record put into an APP13 segment, and the digest that another program left there."""
    iim = b"".join(
        b"\x1c" + bytes(tag) + struct.pack(">H", len(v)) + v for tag, v in values.items()
    )
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(iim)) + iim + b"\0" * (len(iim) % 2)
    if digest is not None:
        resource += b"8BIM\x04\x25\0\0" + struct.pack(">I", len(digest)) + digest
    segment = b"Photoshop 3.0\0" + resource
    data = path.read_bytes()
    path.write_bytes(
        data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]
    )
    return path


def png_bomb(path: Path, width: int, height: int) -> Path:
    """A PNG of a few bytes that says it has so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000, 9)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )
    return path

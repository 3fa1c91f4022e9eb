"""Opening an image file, with limits, and one sentence for each way in which it can be wrong.

Files come from strangers: nothing is decoded before its header was judged, and whatever Pillow may raise at damage is
told as a problem with the file.
"""

from __future__ import annotations

import logging
import stat
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from editor.problems import Refused, refuse

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MAX_PIXELS = 120_000_000
MAX_BYTES = 100_000_000

MIME = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "HEIF": "image/heic",
    "TIFF": "image/tiff",
    "GIF": "image/gif",
}

# What Pillow's readers raise at damaged data, beside their own UnidentifiedImageError (an OSError).
DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)

_ORIENTATION = 0x0112


@contextmanager
def opened(path: Path) -> Iterator[ImageFile]:
    """The image in the file, its header read and nothing decoded; closed at the end.

    Raises ``Refused``: ``photo-missing``, ``photo-unreadable``, ``photo-file-too-large``,
    ``photo-not-an-image``, ``photo-too-large``, ``photo-truncated`` (of HEIC and AVIF).
    """
    from PIL import Image

    boxes = _begin(path)[4:8] == b"ftyp"
    if boxes:
        _read_heic_too()
    # The size is judged here, by its header. Pillow's own limit would only warn below twice its value.
    Image.MAX_IMAGE_PIXELS = None
    # Damaged metadata is told on stderr otherwise. Set at each call: tests reset the filters.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
    logging.getLogger("PIL").setLevel(logging.CRITICAL)
    try:
        if boxes and not _is_whole(path):
            raise refuse("photo-truncated", str(path), name=path.name)
        # Pillow stumbles over a name that it was not told how to read.
        others = ("MPO",) if boxes else ("MPO", "HEIF")
        image = Image.open(path, formats=[name for name in MIME if name not in others])
    except DAMAGE as error:
        raise _told(path, error, "photo-not-an-image") from error
    with image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise refuse(
                "photo-too-large",
                str(path),
                name=path.name,
                megapixels=round(width * height / 1_000_000),
                most=MAX_PIXELS // 1_000_000,
            )
        yield image


@contextmanager
def decoding(path: Path) -> Iterator[None]:
    """Tells damage found while the pixels are decoded as ``Refused`` (``photo-truncated``)."""
    try:
        yield
    except DAMAGE as error:
        raise _told(path, error, "photo-truncated") from error


def orientation(image: Image) -> int:
    """How the camera was held, 1 to 8 as in EXIF 3.0, section 4.6.5.1.6; 1 where nothing sensible is said."""
    try:
        said = image.getexif().get(_ORIENTATION, 1)
    except DAMAGE:
        return 1
    return said if said in range(1, 9) else 1


def _read_heic_too() -> None:
    """Tells Pillow how HEIC is read. Its reader turns the picture by itself, and tells no orientation then."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def _is_whole(path: Path) -> bool:
    """Whether the boxes of an ISO 14496-12 file end in it. A HEIC reader leaves the tiles that it misses grey."""
    size, at = path.stat().st_size, 0
    with path.open("rb") as file:
        while at < size:
            file.seek(at)
            head = file.read(16)
            length = int.from_bytes(head[:4], "big")
            if length == 1:
                length = int.from_bytes(head[8:], "big")
            elif length == 0:  # to the end of the file
                return True
            if length < 8:
                return False
            at += length
    return at == size


def _begin(path: Path) -> bytes:
    """The file's first bytes. A device or a pipe is not opened: reading it might never end."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise refuse("photo-not-an-image", str(path), name=path.name)
        with path.open("rb") as file:
            head = file.read(12)
    except FileNotFoundError:
        raise refuse("photo-missing", str(path), name=path.name) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise refuse("photo-unreadable", str(path), name=path.name, reason=str(error)) from error
    if found.st_size > MAX_BYTES:
        raise refuse(
            "photo-file-too-large",
            str(path),
            name=path.name,
            megabytes=round(found.st_size / 1_000_000),
            most=MAX_BYTES // 1_000_000,
        )
    return head


def _told(path: Path, error: BaseException, code: str) -> Refused:
    if isinstance(error, OSError) and error.errno is not None:
        return refuse("photo-unreadable", str(path), name=path.name, reason=error.strerror or "")
    return refuse(code, str(path), name=path.name)

"""What a photo's file is: its kind, its pixels upright, its size, and the words it brings along.

Looking at a photo reads its header only, so that it costs milliseconds whatever the file holds.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec.structs import replace

from editor.domain.asset import Told
from editor.media.credentials import credentials_of
from editor.media.image import MIME, decoding, opened, orientation
from editor.media.words import words_of


class Inspected(msgspec.Struct, frozen=True, kw_only=True):
    """A photo's file as it was found. ``width`` and ``height`` are its pixels upright, ``size`` its bytes.

    ``credit`` is the best that a page can say of whose it is.
    """

    mime: str
    width: int
    height: int
    size: int
    has_location: bool = False
    told: Told = Told()
    credit: str = ""


def inspect(path: Path, signers: Path | None = None) -> Inspected:
    """Looks at a photo's file without decoding it. Of an animation, the first picture counts.

    ``signers`` are the certificates by which who signed it may be known.

    Raises ``Refused``: ``photo-missing``, ``photo-unreadable``, ``photo-file-too-large``,
    ``photo-not-an-image``, ``photo-too-large``. That a file was cut off is seen when its pixels are decoded.
    """
    with opened(path) as image, decoding(path):
        width, height = image.size
        # Pillow's TIFF reader gives the size as turned; every other as stored.
        turned = image.format != "TIFF" and orientation(image) >= 5
        words = words_of(image)
        credentials = credentials_of(path, MIME[image.format or ""], signers)
        return Inspected(
            mime=MIME[image.format or ""],
            width=height if turned else width,
            height=width if turned else height,
            size=path.stat().st_size,
            has_location=words.has_location,
            told=replace(
                words.told, credentials=credentials.state.value, signer=credentials.signer
            ),
            credit=words.credit,
        )

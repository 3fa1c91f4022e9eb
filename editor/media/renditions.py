"""The forms of a photo that leave the laptop: upright, in sRGB, as the writer asked for them.

Each is encoded from pixels alone, so what a camera wrote into the file (place, serial numbers, names, an uncropped
thumbnail) has no way out; what is written in again is on a short list (``labels``). Pure functions of a file: they may
run in a pool's thread or another process.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from editor.content.print import LONGEST, WHOLE, Asked
from editor.media.image import DAMAGE, decoding, opened, orientation
from editor.media.labels import labels, place_of
from editor.media.retouching import retouched

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

_QUALITY = {"image/jpeg": 82, "image/webp": 80}

_AS_IT_IS = Asked()

Made: TypeAlias = tuple[bytes, int, int, str]


def make_renditions(
    path: Path, asked: Asked = _AS_IT_IS, mime: str = "image/jpeg"
) -> tuple[Made, ...]:
    """The photo's print at each rung of the ladder (pixels of its longer edge), largest first, never enlarged.

    ``mime`` is ``image/jpeg`` or ``image/webp``. Each is (bytes, width, height, MIME type). A print smaller than a rung
    has one rendition of its own size in the place of all the rungs above it. Transparency is laid on white. Raises
    ``Refused`` as ``inspect`` does, and ``photo-truncated`` when the file ends too early.
    """
    with opened(path) as image, decoding(path):
        written = labels(asked.rights, place_of(image) if asked.location else {})
        picture = retouched(_upright(image, _room(asked)), asked.edit)
    longest = min(max(picture.size), asked.longest)
    made: list[Made] = []
    for rung in (longest, *(rung for rung in LONGEST if rung < longest)):
        picture = _fitted(picture, rung)
        made.append((_encoded(picture, mime, written), *picture.size, mime))
    return tuple(made)


def preview(path: Path, asked: Asked, longest: int) -> bytes:
    """The print as a JPEG of at most so many pixels, to be looked at on this laptop. Raises as ``make_renditions``."""
    with opened(path) as image, decoding(path):
        picture = retouched(
            _upright(image, round(_room(asked) * longest / asked.longest)), asked.edit
        )
    return _encoded(_fitted(picture, longest), "image/jpeg", {})


def check_pixels(path: Path) -> None:
    """Decodes the photo and keeps nothing. Raises ``Refused`` as ``make_renditions`` does."""
    with opened(path) as image, decoding(path):
        image.draft("RGB", _fit(image.size, LONGEST[-1]))
        image.load()


def _room(asked: Asked) -> int:
    """How long the whole picture's longer edge has to be for what is left of it to be as large as asked."""
    crop = asked.edit.crop
    if crop is None:
        return asked.longest
    return round(asked.longest * WHOLE / max(min(crop.width, crop.height), 1))


def _upright(image: ImageFile, longest: int) -> Image:
    """The first picture, at most so long, turned as the camera was held, in sRGB."""
    profile = image.info.get("icc_profile")
    image.draft("RGB", _fit(image.size, longest))  # JPEG is decoded at a half or less
    image.load()
    held = orientation(image)  # asked now: Pillow's TIFF reader has turned the picture by itself
    return _srgb(_opaque(_turned(_fitted(_drawable(image), longest), held)), profile)


def _turned(image: Image, held: int) -> Image:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[held]) if held in turns else image


def _drawable(image: Image) -> Image:
    """In a mode that can be scaled without harm to colours."""
    if image.mode in ("RGB", "RGBA", "L", "LA", "CMYK"):
        return image
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith("I"):  # sixteen bits of grey
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("L" if image.mode == "F" else "RGB")


def _fit(size: tuple[int, int], longest: int) -> tuple[int, int]:
    width, height = size
    scale = min(1.0, longest / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _fitted(image: Image, longest: int) -> Image:
    from PIL.Image import Resampling

    size = _fit(image.size, longest)
    if size == image.size:
        return image
    return image.resize(size, Resampling.LANCZOS, reducing_gap=3.0)


def _opaque(image: Image) -> Image:
    from PIL import Image as Images

    if not image.has_transparency_data:
        return image
    seen = image.convert("RGBA")
    ground = Images.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _srgb(image: Image, profile: bytes | None) -> Image:
    """Converted by its colour profile. A profile that is damaged or of another colour space counts as none."""
    from PIL import ImageCms

    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if not ImageCms.getProfileDescription(source).startswith("sRGB"):
                converted = ImageCms.profileToProfile(
                    image,
                    source,
                    ImageCms.createProfile("sRGB"),
                    renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                    outputMode="RGB",
                    flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )
                image = converted or image
        except (ImageCms.PyCMSError, *DAMAGE):
            pass
    return image.convert("RGB")


def _encoded(image: Image, mime: str, written: dict[str, bytes]) -> bytes:
    image.info.clear()  # comments and density would be written otherwise
    out = io.BytesIO()
    if mime == "image/webp":
        image.save(out, "WEBP", quality=_QUALITY[mime], method=4, **written)
    else:
        image.save(out, "JPEG", quality=_QUALITY[mime], progressive=True, optimize=True, **written)
    return out.getvalue()

"""What a writer asked to be done to a photo: regions made unrecognisable, a crop, quarter turns.

Places are parts of ``WHOLE`` of the upright picture (``content.print``). A blurred region is averaged to a few colours
before anything is drawn over it, so that nothing of what was there is left in the file to be sharpened again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.content.print import WHOLE, Box, Edit

if TYPE_CHECKING:
    from PIL.Image import Image

CELLS = 6
"""How many colours a region keeps along its longer edge: fewer than a face needs to be told, or a plate to be read."""


def retouched(image: Image, edit: Edit) -> Image:
    """The upright picture as the edit wants it; the same object where it wants nothing."""
    for box in edit.blurs:
        _blur(image, box)
    if edit.crop is not None:
        image = image.crop(pixels(edit.crop, image.size))
    return _turned(image, edit.turns)


def pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A box in whole pixels: left, top, right, bottom. It covers all that it names, and at least one pixel."""
    left, right = _span(box.x, box.width, size[0])
    top, bottom = _span(box.y, box.height, size[1])
    return left, top, right, bottom


def _span(start: int, length: int, whole: int) -> tuple[int, int]:
    first = min(start * whole // WHOLE, whole - 1)
    last = -(-(start + length) * whole // WHOLE)
    return first, min(max(last, first + 1), whole)


def _blur(image: Image, box: Box) -> None:
    from PIL.Image import Resampling

    place = pixels(box, image.size)
    region = image.crop(place)
    longer = max(region.size)
    few = tuple(max(1, round(edge * CELLS / longer)) for edge in region.size)
    small = region.resize((few[0], few[1]), Resampling.BOX)
    image.paste(small.resize(region.size, Resampling.BICUBIC), place)


def _turned(image: Image, turns: int) -> Image:
    from PIL.Image import Transpose

    match turns % 4:
        case 1:
            return image.transpose(Transpose.ROTATE_270)
        case 2:
            return image.transpose(Transpose.ROTATE_180)
        case 3:
            return image.transpose(Transpose.ROTATE_90)
        case _:
            return image

"""The sample's photos: painted, not taken, so that the sample shows nobody and belongs to the project.

Calm pictures of a river in flood, 2400 by 1600 pixels, the same every time. They carry what a camera would write,
a place among it, so that the sample shows the place being removed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import msgspec
from PIL import Image, TiffImagePlugin

from editor.media.paintings import brush, country, river


class Painting(msgspec.Struct, frozen=True, kw_only=True):
    """How to paint a photo, and what its file says. ``place`` is latitude and longitude in degrees."""

    paint: Callable[[Random], Image.Image]
    caption: str = ""
    credit: str = ""
    place: tuple[float, float] | None = None


PAINTINGS: Mapping[str, Painting] = {
    "bridge": Painting(
        paint=river.bridge,
        caption="The old bridge at first light",
        credit="Staff photographer",
        place=(47.07, 18.31),
    ),
    "sandbags": Painting(
        paint=river.sandbags,
        caption="Volunteers fill sandbags below the old bridge",
        credit="Staff photographer",
        place=(47.06, 18.32),
    ),
    "gauge": Painting(paint=river.gauge, credit="River authority"),
    "convoy": Painting(paint=country.convoy, credit="Field team B", place=(47.11, 18.40)),
    "lights": Painting(paint=river.lights, credit="Field team A"),
    "railway": Painting(paint=country.railway, credit="Field team B", place=(47.02, 18.27)),
    "delta": Painting(
        paint=country.delta, caption="The delta from the air", credit="River authority"
    ),
    "hall": Painting(paint=country.hall, credit="Staff photographer"),
}


def write_painting(name: str, folder: Path) -> Path:
    """Paints one of ``PAINTINGS`` into a JPEG file in the folder, with its metadata, and returns the file's path."""
    painting = PAINTINGS[name]
    exif = Image.Exif()
    exif[0x010E] = painting.caption
    exif[0x013B] = painting.credit
    exif[0x0110] = "Paintbox 2400"
    if painting.place:
        place = exif.get_ifd(0x8825)
        for tag, degrees, side in zip((1, 3), painting.place, "NE", strict=True):
            minutes = degrees % 1 * 60
            place[tag] = side
            place[tag + 1] = tuple(
                TiffImagePlugin.IFDRational(round(part * 100), 100)
                for part in (degrees // 1, minutes // 1, minutes % 1 * 60)
            )
    path = folder / f"{name}.jpg"
    paint(name).save(path, "JPEG", quality=92, exif=exif)
    return path


def paint(name: str) -> Image.Image:
    """One of ``PAINTINGS`` as a picture."""
    dice = Random(f"dateline {name}")
    return brush.finished(PAINTINGS[name].paint(dice), dice)

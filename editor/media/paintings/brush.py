"""A few ways to paint with Pillow: skies, hills, water that mirrors, rain. For the sample's photos.

Everything comes from a seeded ``dice.Random``, so the same seed paints the same picture.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

Colour = tuple[int, int, int]
Point = tuple[float, float]

SIZE = (2400, 1600)
_FINE = 2  # shapes are drawn this much larger and scaled down, for smooth edges


def sky(size: tuple[int, int], stops: Sequence[tuple[float, Colour]]) -> Image.Image:
    """Colours from top to bottom; each stop is (height from 0 to 1, colour)."""
    width, height = size
    column = Image.new("RGB", (1, height))
    for y in range(height):
        at = y / max(1, height - 1)
        below = next((i for i, stop in enumerate(stops) if stop[0] >= at), len(stops) - 1)
        (low, first), (high, second) = stops[max(0, below - 1)], stops[below]
        share = 0.0 if high == low else (at - low) / (high - low)
        column.putpixel((0, y), mixed(first, second, min(1.0, max(0.0, share))))
    return column.resize((width, height))


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """A colour between two; ``share`` is how much of the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def cloud(
    dice: Random, size: tuple[int, int], cells: tuple[int, int], octaves: int = 5
) -> Image.Image:
    """Soft noise from 0 to 255; ``cells`` is how many lumps it has across and down."""
    total = Image.new("L", size, 128)
    strength = 0.5
    across, down = cells
    for _ in range(octaves):
        lumps = Image.frombytes("L", (across, down), dice.randbytes(across * down))
        total = Image.blend(total, lumps.resize(size, Image.Resampling.BICUBIC), strength)
        across, down, strength = min(across * 2, size[0]), min(down * 2, size[1]), strength * 0.62
    return ImageOps.autocontrast(total, cutoff=1)


def clouded(
    image: Image.Image, dice: Random, colour: Colour, cells: tuple[int, int], most: float
) -> Image.Image:
    """The image with clouds of a colour over it, at their thickest ``most`` opaque."""
    small = (image.width // 4, image.height // 4)
    mask = cloud(dice, small, cells).point(lambda v: max(0.0, (v - 96) * 1.6) * most)
    mask = mask.resize(image.size, Image.Resampling.BICUBIC)
    return Image.composite(Image.new("RGB", image.size, colour), image, mask)


def glow(
    image: Image.Image, centre: Point, radius: float, colour: Colour, strength: float
) -> Image.Image:
    """Puts light around a point of the image, and returns it."""
    light = ImageOps.invert(Image.radial_gradient("L")).resize((round(radius * 2),) * 2)
    light = light.point(lambda v: (v / 255) ** 2 * 255 * strength)
    lit = Image.merge("RGB", [light.point(lambda v, c=c: v * c / 255) for c in colour])
    corner = (round(centre[0] - radius), round(centre[1] - radius))
    box = _within(image, (*corner, corner[0] + lit.width, corner[1] + lit.height))
    part = lit.crop(
        (box[0] - corner[0], box[1] - corner[1], box[2] - corner[0], box[3] - corner[1])
    )
    image.paste(ImageChops.screen(image.crop(box), part), box)
    return image


def shape(size: tuple[int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty mask to draw on, larger than life; ``fill`` takes it, ``fine`` gives its coordinates."""
    mask = Image.new("L", (size[0] * _FINE, size[1] * _FINE))
    return mask, ImageDraw.Draw(mask)


def fine(*points: Point) -> list[Point]:
    """Points of the picture as points of a shape."""
    return [(x * _FINE, y * _FINE) for x, y in points]


def fill(
    image: Image.Image, mask: Image.Image, colour: Colour | Image.Image, blur: float = 0
) -> Image.Image:
    """Fills a shape on the image by a colour, or by another image of its size, and returns it."""
    found = mask.getbbox()
    if found is None:
        return image
    left, top, right, bottom = (round(edge / _FINE) for edge in found)
    more = 2 + round(blur * 3)
    box = _within(image, (left - more, top - more, right + more, bottom + more))
    part = mask.crop((box[0] * _FINE, box[1] * _FINE, box[2] * _FINE, box[3] * _FINE))
    part = part.reduce(_FINE)
    if blur:
        part = part.filter(ImageFilter.GaussianBlur(blur))
    image.paste(colour.crop(box) if isinstance(colour, Image.Image) else colour, box, part)
    return image


def _within(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    left, top = min(max(left, 0), image.width), min(max(top, 0), image.height)
    return left, top, max(left, min(right, image.width)), max(top, min(bottom, image.height))


def ridge(dice: Random, width: int, base: float, rise: float, steps: int = 7) -> list[Point]:
    """A line of hills from left to right, by halving and shifting."""
    heights = [dice.uniform(-0.3, 1) * rise, dice.uniform(-0.3, 1) * rise]
    spread = rise
    for _ in range(steps):
        spread *= 0.52
        between = [
            (a + b) / 2 + dice.uniform(-spread, spread) for a, b in itertools.pairwise(heights)
        ]
        heights = [h for pair in zip(heights, between, strict=False) for h in pair] + [heights[-1]]
    step = width / (len(heights) - 1)
    return [(i * step, base - h) for i, h in enumerate(heights)]


def hills(
    image: Image.Image, dice: Random, base: float, rise: float, colour: Colour, foot: float
) -> Image.Image:
    """The image with a range of hills between ``base`` and ``foot``."""
    mask, draw = shape(image.size)
    line = ridge(dice, image.width, base, rise)
    draw.polygon(fine(*line, (image.width, foot), (0, foot)), fill=255)
    return fill(image, mask, colour)


def trees(
    image: Image.Image,
    dice: Random,
    base: float,
    size: float,
    colour: Colour,
    span: tuple[float, float],
) -> Image.Image:
    """The image with a row of trees whose feet are at ``base``."""
    mask, draw = shape(image.size)
    x = span[0]
    while x < span[1]:
        height = size * dice.uniform(0.6, 1.15)
        for _ in range(46):
            angle, out = dice.uniform(0, math.tau), math.sqrt(dice.random())
            dx, dy = math.cos(angle) * out * height * 0.36, math.sin(angle) * out * height * 0.46
            r = height * dice.uniform(0.03, 0.11)
            at = (x + dx, base - height * 0.5 - dy)
            draw.ellipse(fine((at[0] - r, at[1] - r), (at[0] + r, at[1] + r)), fill=255)
        draw.rectangle(
            fine((x - height * 0.5, base - height * 0.22), (x + height * 0.5, base + 3)), fill=255
        )
        x += height * dice.uniform(0.3, 0.62)
    return fill(image, mask, colour)


def mirrored(
    image: Image.Image, dice: Random, line: int, tint: Colour, calm: float = 1.0
) -> Image.Image:
    """The image with water below ``line`` that mirrors what is above it."""
    width, height = image.size
    deep = height - line
    above = image.crop((0, max(0, line - deep), width, line))
    mirror = ImageOps.flip(above).resize((width, deep))
    mirror = mirror.filter(ImageFilter.BoxBlur(3)).resize((width // 6, deep)).resize((width, deep))
    water = Image.new("RGB", (width, deep))
    phase = dice.uniform(0, 6)
    for y in range(deep):
        near = y / deep
        pace = 2.2 + near * 26
        sway = math.sin(y / pace * 2.1 + phase) + 0.6 * math.sin(y / pace * 5.3 + phase * 2)
        shift = round(sway * (2 + near * 16) / calm)
        take = min(deep - 1, max(0, y + round(sway * near * 9 / calm)))
        row = mirror.crop((0, take, width, take + 1))
        water.paste(row, (shift, y))
        if shift:
            edge = row.crop(
                (width - abs(shift), 0, width, 1) if shift > 0 else (0, 0, abs(shift), 1)
            )
            water.paste(ImageOps.mirror(edge), (0 if shift > 0 else width + shift, y))
    water = Image.blend(water, Image.new("RGB", water.size, tint), 0.38)
    ripples = cloud(dice, (width // 4, deep // 2), (9, max(8, deep // 9)), 3)
    ripples = ripples.resize((width, deep), Image.Resampling.BICUBIC).point(lambda v: v * 0.35 + 83)
    water = ImageChops.overlay(water, Image.merge("RGB", (ripples,) * 3))
    out = image.copy()
    out.paste(water, (0, line))
    return out


def rain(image: Image.Image, dice: Random, drops: int, strength: int) -> Image.Image:
    """The image with rain falling a little to the left."""
    mask, draw = shape(image.size)
    for _ in range(drops):
        x, y = dice.uniform(0, image.width * 1.1), dice.uniform(-60, image.height)
        long = dice.uniform(24, 90)
        draw.line(
            fine((x, y), (x - long * 0.2, y + long)), fill=dice.randint(30, strength), width=3
        )
    return fill(image, mask, (214, 222, 230))


def finished(image: Image.Image, dice: Random) -> Image.Image:
    """The image as a camera gives it: a little brighter in the middle, with a fine grain."""
    corners = Image.radial_gradient("L").resize(image.size)
    corners = corners.point(lambda v: 255 - max(0, v - 128) * 0.32)
    image = ImageChops.multiply(image, Image.merge("RGB", (corners,) * 3))
    image = image.point([round(255 * (v / 255) ** 0.86) for v in range(256)] * 3)
    size = (image.width // 2, image.height // 2)
    noise = Image.frombytes("L", size, dice.randbytes(size[0] * size[1])).resize(image.size)
    return Image.blend(image, ImageChops.overlay(image, Image.merge("RGB", (noise,) * 3)), 0.055)

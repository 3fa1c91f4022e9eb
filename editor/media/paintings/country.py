"""Pictures around the town: a convoy, a railway, the delta from the air, a hall with cots."""

from __future__ import annotations

import math
from random import Random

from PIL import Image, ImageChops

from editor.media.paintings import brush
from editor.media.paintings.brush import SIZE, fill, fine, mixed, shape


def convoy(dice: Random) -> Image.Image:
    """Trucks on a causeway, in the rain."""
    line = 900
    image = brush.sky(
        SIZE,
        [
            (0, (70, 84, 100)),
            (0.45, (128, 138, 146)),
            (0.58, (178, 172, 160)),
            (1, (150, 146, 140)),
        ],
    )
    image = brush.clouded(image, dice, (80, 88, 102), (3, 6), 0.85)
    image = brush.hills(image, dice, 860, 90, (84, 92, 98), line)
    image = brush.trees(image, dice, line, 130, (50, 56, 58), (-40, 900))
    image = brush.mirrored(image, dice, line, (84, 90, 94), 3.0)
    road, draw = shape(SIZE)
    draw.polygon(fine((1490, line - 4), (1620, line - 4), (2150, 1600), (-350, 1600)), fill=190)
    image = fill(image, road, (62, 67, 74), 2)
    for i in range(9):
        near = (i / 8) ** 2
        x, y, long = 1545 - near * 800, line + 6 + near * 690, 8 + near * 90
        dash, draw = shape(SIZE)
        wide = 2 + near * 9
        draw.polygon(
            fine(
                (x, y),
                (x + wide, y),
                (x + wide - long * 1.05, y + long),
                (x - wide - long * 1.05, y + long),
            ),
            fill=150,
        )
        image = fill(image, dash, (196, 192, 176), 1)
    for size in (0.15, 0.21, 0.3, 0.43, 0.66, 1.05):
        x, foot = 1575 - size * 560, line + 16 + size * 420
        high, wide = 520 * size, 400 * size
        body, draw = shape(SIZE)
        draw.rounded_rectangle(
            fine((x - wide / 2, foot - high), (x + wide / 2, foot - 30 * size)), 24 * size, fill=255
        )
        for side in (-1, 1):
            draw.rectangle(
                fine(
                    (x + side * wide * 0.36 - wide * 0.09, foot - 60 * size),
                    (x + side * wide * 0.36 + wide * 0.09, foot),
                ),
                fill=255,
            )
        image = fill(image, body, mixed((96, 104, 104), (58, 66, 58), min(1.0, size)), 1)
        glass, draw = shape(SIZE)
        draw.rounded_rectangle(
            fine((x - wide * 0.42, foot - high * 0.86), (x + wide * 0.42, foot - high * 0.52)),
            16 * size,
            fill=255,
        )
        image = fill(image, glass, (112, 124, 134), 1)
        for side in (-1, 1):
            lamp = (x + side * wide * 0.35, foot - high * 0.26)
            bulb, draw = shape(SIZE)
            r = 20 * size
            draw.ellipse(fine((lamp[0] - r, lamp[1] - r), (lamp[0] + r, lamp[1] + r)), fill=255)
            streak = fine(
                (lamp[0] - r * 0.6, foot + 20 * size), (lamp[0] + r * 0.6, foot + 300 * size)
            )
            image = fill(image, bulb, (255, 246, 220), 1)
            shine, draw = shape(SIZE)
            draw.rectangle(streak, fill=110)
            image = fill(image, shine, (255, 232, 186), 12 * size + 2)
            image = brush.glow(image, lamp, 170 * size + 20, (255, 226, 170), 0.75)
    return brush.rain(image, dice, 900, 90)


def railway(dice: Random) -> Image.Image:
    """A railway line that runs into the water."""
    line = 760
    image = brush.sky(
        SIZE,
        [
            (0, (118, 134, 146)),
            (0.3, (176, 184, 186)),
            (0.5, (222, 218, 204)),
            (1, (222, 214, 196)),
        ],
    )
    image = brush.clouded(image, dice, (132, 142, 150), (3, 8), 0.8)
    image = brush.hills(image, dice, 730, 60, (146, 154, 152), line)
    image = brush.trees(image, dice, line, 90, (104, 114, 104), (-40, 1000))
    image = brush.trees(image, dice, line, 110, (100, 110, 100), (1500, 2440))
    image = brush.mirrored(image, dice, line, (138, 132, 112), 1.6)
    bed, draw = shape(SIZE)
    shore = [(x, 1130 + y) for x, y in brush.ridge(dice, 2400, 0, 26, 8)]
    draw.polygon(fine(*shore, (2400, 1600), (0, 1600)), fill=255)
    ground = brush.clouded(Image.new("RGB", SIZE, (104, 104, 78)), dice, (66, 70, 48), (60, 44), 1)
    image = fill(image, bed, ground, 3)
    gravel, draw = shape(SIZE)
    draw.polygon(fine((1010, 1120), (1390, 1120), (2020, 1600), (380, 1600)), fill=235)
    stones = brush.clouded(
        Image.new("RGB", SIZE, (128, 122, 114)), dice, (76, 72, 68), (200, 150), 1
    )
    image = fill(image, gravel, stones, 4)
    sleepers, draw = shape(SIZE)
    for i in range(15):
        near = (i / 14) ** 1.8
        y, half = 1090 + near * 540, 150 + near * 400
        draw.polygon(
            fine(
                (1200 - half, y),
                (1200 + half, y),
                (1200 + half * 1.03, y + 9 + near * 36),
                (1200 - half * 1.03, y + 9 + near * 36),
            ),
            fill=60 if i < 3 else 255,
        )
    image = fill(image, sleepers, (72, 62, 52), 1)
    rails, draw = shape(SIZE)
    for side in (-1, 1):
        draw.polygon(
            fine(
                (1200 + side * 76, 1010),
                (1200 + side * 82, 1010),
                (1200 + side * 430, 1600),
                (1200 + side * 396, 1600),
            ),
            fill=255,
        )
    wet = Image.new("L", (1, 1600))
    for y in range(1600):
        wet.putpixel((0, y), max(0, min(255, round((y - 1010) * 1.6))))
    fade = wet.resize(SIZE).resize(rails.size)
    image = fill(
        image,
        ImageChops.multiply(rails, fade),
        brush.sky(SIZE, [(0, (200, 204, 204)), (0.7, (190, 192, 190)), (1, (128, 122, 116))]),
    )
    mast, draw = shape(SIZE)
    for x, foot, high in ((1560, 1200, 640), (1395, 930, 300), (1330, 840, 160)):
        draw.rectangle(fine((x, foot - high), (x + high * 0.022, foot)), fill=255)
        draw.line(
            fine((x, foot - high * 0.94), (x - high * 0.42, foot - high * 0.9)),
            fill=255,
            width=max(3, round(high * 0.016)),
        )
    draw.line(fine((1290, 570), (1150, 0)), fill=190, width=5)
    return fill(image, mast, (62, 66, 68))


def delta(dice: Random) -> Image.Image:
    """A river that divides, from the air."""
    land = Image.new("RGB", SIZE, (58, 74, 52))
    land = brush.clouded(land, dice, (86, 92, 58), (6, 5), 0.9)
    land = brush.clouded(land, dice, (34, 50, 42), (14, 10), 0.9)
    land = brush.clouded(land, dice, (128, 116, 74), (9, 7), 0.45)
    silver = brush.sky(SIZE, [(0, (246, 214, 170)), (0.35, (206, 188, 170)), (1, (112, 124, 134))])
    wet, draw = shape(SIZE)

    def river(x: float, y: float, aim: float, width: float, splits: int) -> None:
        heading, length = aim, dice.uniform(150, 330) * (1 + splits * 0.12)
        swing = dice.uniform(0, math.tau)
        for step in range(round(length / 4) if splits else 600):
            heading = aim + 0.5 * math.sin(step / 26 + swing) + dice.gauss(0, 0.04)
            x, y = x + math.cos(heading) * 4, y + math.sin(heading) * 4
            draw.ellipse(
                fine((x - width / 2, y - width / 2), (x + width / 2, y + width / 2)), fill=255
            )
        if splits:
            share, open_ = dice.uniform(0.5, 0.75), dice.uniform(0.3, 0.46)
            river(x, y, aim - open_ * (1.35 - share), width * share**0.5 * 0.9, splits - 1)
            river(x, y, aim + open_ * (0.5 + share), width * (1 - share) ** 0.5 * 0.9, splits - 1)

    river(1130, -260, math.pi / 2, 130, 4)
    flood = brush.cloud(dice, (600, 400), (7, 5), 4).point(
        lambda v: max(0, min(255, (v - 196) * 9))
    )
    wet = ImageChops.lighter(
        wet, flood.resize(wet.size, Image.Resampling.BICUBIC).point(lambda v: v * 0.8)
    )
    shore = fill(land, wet, (40, 46, 40), 9)
    image = fill(shore, wet, silver, 1.2)
    image = brush.glow(image, (1300, -150), 1500, (255, 214, 150), 0.55)
    return brush.clouded(image, dice, (236, 226, 212), (3, 4), 0.35)


def hall(dice: Random) -> Image.Image:
    """Cots in a sports hall."""
    wall = brush.sky(
        SIZE,
        [
            (0, (72, 58, 46)),
            (0.25, (146, 118, 86)),
            (0.5, (188, 156, 116)),
            (0.51, (128, 98, 68)),
            (1, (74, 54, 38)),
        ],
    )
    image = wall
    frame, draw = shape(SIZE)
    for x in (0, 2400):
        draw.polygon(
            fine(
                (x, -20),
                (1200 + (x - 1200) * 0.36, 330),
                (1200 + (x - 1200) * 0.36, 800),
                (x, 1600),
            ),
            fill=120,
        )
    image = fill(image, frame, (104, 80, 58), 1)
    beams, draw = shape(SIZE)
    for i in range(6):
        deep = 0.36 + (i / 5) ** 1.6 * 0.64
        draw.line(
            fine(
                (1200 - 1200 * deep, 330 - 350 * (deep - 0.36) * 1.5),
                (1200, 250 - 420 * (deep - 0.36) * 1.5),
                (1200 + 1200 * deep, 330 - 350 * (deep - 0.36) * 1.5),
            ),
            fill=255,
            width=round(10 + 34 * deep),
            joint="curve",
        )
    image = fill(image, beams, (70, 52, 38), 1)
    panes, draw = shape(SIZE)
    for i in range(4):
        x = 830 + i * 195
        draw.rounded_rectangle(fine((x, 400), (x + 140, 620)), 60, fill=255)
    image = fill(
        image,
        panes,
        brush.sky(
            SIZE,
            [
                (0, (150, 170, 190)),
                (0.3, (186, 200, 210)),
                (0.45, (214, 214, 206)),
                (1, (200, 200, 200)),
            ],
        ),
    )
    for x in (900, 1095, 1290, 1485):
        image = brush.glow(image, (x, 510), 330, (190, 206, 220), 0.35)
    for row in range(5):
        deep = (row / 4) ** 1.5
        y, wide, high = 850 + deep * 560, 120 + deep * 300, 34 + deep * 84
        for column in range(-3, 4):
            x = 1200 + column * (wide * 1.32)
            if column == 0 or abs(x - 1200) > 1500:
                continue
            cot, draw = shape(SIZE)
            draw.rounded_rectangle(fine((x - wide / 2, y), (x + wide / 2, y + high)), 22, fill=255)
            for side in (-1, 1):
                draw.line(
                    fine(
                        (x + side * wide * 0.42, y + high), (x + side * wide * 0.46, y + high * 1.6)
                    ),
                    fill=255,
                    width=round(6 + deep * 12),
                )
            image = fill(image, cot, (62, 54, 50), 1)
            cover, draw = shape(SIZE)
            draw.rounded_rectangle(
                fine((x - wide * 0.48, y - high * 0.22), (x + wide * 0.48, y + high * 0.62)),
                26,
                fill=255,
            )
            tone = dice.choice(((150, 60, 48), (70, 92, 112), (170, 142, 86), (92, 108, 84)))
            image = fill(image, cover, mixed(tone, (60, 46, 38), 0.25), 1.5)
            pillow, draw = shape(SIZE)
            draw.rounded_rectangle(
                fine((x - wide * 0.46, y - high * 0.36), (x - wide * 0.18, y + high * 0.2)),
                26,
                fill=255,
            )
            image = fill(image, pillow, (232, 222, 204), 1.5)
    for i in range(3):
        deep = 0.2 + i * 0.4
        for side in (-1, 1):
            lamp = (1200 + side * (260 + deep * 560), 330 - deep * 150)
            image = brush.glow(image, lamp, 220 + deep * 260, (255, 206, 130), 0.95)
    return image

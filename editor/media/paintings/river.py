"""Pictures of the river in the town: its bridge, its gauge, its lights, and people with sandbags."""

from __future__ import annotations

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from editor.media.paintings import brush
from editor.media.paintings.brush import SIZE, Colour, fill, fine, mixed, shape


def bridge(dice: Random) -> Image.Image:
    """An old stone bridge at first light."""
    line = 1010
    image = brush.sky(
        SIZE,
        [(0, (58, 78, 104)), (0.35, (150, 144, 148)), (0.6, (240, 186, 142)), (1, (252, 214, 160))],
    )
    image = brush.clouded(image, dice, (88, 92, 112), (4, 9), 0.75)
    image = brush.glow(image, (1560, 900), 900, (255, 196, 120), 0.75)
    image = brush.hills(image, dice, 930, 190, (140, 128, 134), line)
    image = brush.hills(image, dice, 975, 90, (104, 98, 108), line)
    image = brush.trees(image, dice, line, 120, (60, 58, 66), (-40, 620))
    image = brush.trees(image, dice, line, 90, (64, 60, 68), (1960, 2440))
    image = _arches(image, 380, 2060, 800, line, (58, 52, 56))
    return brush.mirrored(image, dice, line, (112, 92, 78))


def gauge(dice: Random) -> Image.Image:
    """A gauge board that the water reaches at 7.2 metres."""
    line = 980
    image = brush.sky(SIZE, [(0, (84, 96, 90)), (0.6, (126, 130, 116)), (1, (140, 138, 120))])
    image = brush.clouded(image, dice, (52, 64, 54), (7, 5), 0.9)
    image = brush.trees(image, dice, line, 420, (62, 74, 58), (-100, 2500)).filter(
        ImageFilter.GaussianBlur(16)
    )
    board, draw = shape(SIZE)
    draw.rectangle(fine((1010, -10), (1390, line)), fill=255)
    image = fill(image, board, brush.sky(SIZE, [(0, (236, 232, 216)), (1, (206, 198, 174))]))
    marks, draw = shape(SIZE)
    large, small = ImageFont.load_default(260), ImageFont.load_default(150)
    for step in range(-1, 10):
        y = 60 + step * 116
        draw.rectangle(fine((1010, y), (1150 if step % 2 else 1104, y + 58)), fill=255)
        if step % 2 == 0 and step >= 0:
            tenth = 80 - step
            font = large if tenth % 10 == 0 else small
            draw.text(
                fine((1210, y + 30))[0],
                str(tenth // 10 if tenth % 10 == 0 else tenth % 10),
                fill=255,
                font=font,
                anchor="lm",
            )
    image = fill(image, marks, (24, 30, 40))
    wear, draw = shape(SIZE)
    draw.rectangle(fine((1010, line - 260), (1390, line)), fill=150)
    image = fill(image, wear, (112, 96, 66), 60)
    edge, draw = shape(SIZE)
    draw.rectangle(fine((982, -10), (1012, line)), fill=255)
    draw.rectangle(fine((1388, -10), (1412, line)), fill=255)
    image = fill(image, edge, (70, 66, 56))
    image = brush.mirrored(image, dice, line, (134, 108, 72), 0.7)
    foam, draw = shape(SIZE)
    for _ in range(60):
        x, low = dice.gauss(1200, 210), line + abs(dice.gauss(4, 9))
        draw.ellipse(
            fine((x, low), (x + dice.uniform(14, 70), low + dice.uniform(3, 8))),
            fill=dice.randint(60, 190),
        )
    return fill(image, foam, (232, 222, 200), 1.5)


def lights(dice: Random) -> Image.Image:
    """Houses at night, their windows in the water."""
    line = 960
    image = brush.sky(
        SIZE, [(0, (14, 22, 44)), (0.4, (36, 50, 84)), (0.6, (96, 92, 112)), (1, (110, 100, 112))]
    )
    image = brush.clouded(image, dice, (22, 28, 48), (4, 7), 0.8)
    image = brush.hills(image, dice, 880, 150, (40, 46, 66), line)
    town, draw = shape(SIZE)
    windows: list[tuple[float, float]] = []
    x = -30.0
    while x < 2400:
        wide, high = dice.uniform(90, 190), dice.uniform(90, 230)
        top = line - high
        draw.polygon(
            fine(
                (x, line),
                (x, top),
                (x + wide / 2, top - wide * dice.uniform(0.2, 0.45)),
                (x + wide, top),
                (x + wide, line),
            ),
            fill=255,
        )
        for row in range(int(high // 62)):
            for column in range(int(wide // 46)):
                if dice.random() < 0.42:
                    windows.append((x + 20 + column * 44, top + 18 + row * 58))
        x += wide + dice.choice((-4, -4, 26, 60))
    draw.polygon(fine((1480, line), (1480, 590), (1520, 430), (1560, 590), (1560, line)), fill=255)
    image = fill(image, town, (20, 22, 34))
    panes, draw = shape(SIZE)
    for left, top in windows:
        draw.rectangle(fine((left, top), (left + 17, top + 26)), fill=dice.randint(150, 255))
    image = fill(image, panes, (255, 206, 128))
    halo = Image.new("RGB", SIZE)
    halo = (
        fill(halo, panes, (255, 170, 84))
        .filter(ImageFilter.GaussianBlur(22))
        .point(lambda v: min(255, v * 1.8))
    )
    image = ImageChops.screen(image, halo)
    return brush.mirrored(image, dice, line, (24, 28, 46), 0.8)


def sandbags(dice: Random) -> Image.Image:
    """A line of people behind a wall of sandbags."""
    line = 930
    image = brush.sky(
        SIZE,
        [
            (0, (96, 112, 124)),
            (0.35, (160, 164, 164)),
            (0.6, (206, 196, 178)),
            (1, (220, 206, 184)),
        ],
    )
    image = brush.clouded(image, dice, (98, 106, 116), (3, 7), 0.85)
    image = brush.glow(image, (700, 760), 800, (255, 226, 178), 0.5)
    image = brush.hills(image, dice, 880, 110, (150, 150, 148), line)
    image = _arches(image, 1000, 2300, 730, line, (112, 106, 102))
    image = brush.trees(image, dice, line, 100, (110, 110, 106), (-40, 480))
    image = brush.mirrored(image, dice, line, (122, 106, 84))
    people, draw = shape(SIZE)
    x = 70.0
    while x < 2380:
        _person(draw, dice, x, 1570 - x * 0.03, dice.uniform(500, 590), dice.random() < 0.5)
        x += dice.uniform(190, 290)
    image = fill(image, people, brush.sky(SIZE, [(0, (66, 66, 70)), (1, (40, 39, 40))]), 1.5)
    image = image.filter(ImageFilter.GaussianBlur(4))  # the bags in front are in focus
    bank, draw = shape(SIZE)
    edge = [(x, y + 1405 - x * 0.03) for x, y in brush.ridge(dice, 2400, 0, 10, 8)]
    draw.polygon(fine(*edge, (2400, 1600), (0, 1600)), fill=255)
    image = fill(image, bank, (44, 40, 31))
    for row in (3, 2, 1, 0):
        for i in range(-1, 19):
            x = i * 138 + (row % 2) * 69 + dice.uniform(-8, 8)
            y = 1330 - x * 0.03 + row * 68 + dice.uniform(-6, 6)
            shade = mixed((136, 122, 92), (100, 90, 68), dice.random())
            _bag(image, dice, x, y, shade)
    return image


def _arches(
    image: Image.Image,
    left: float,
    right: float,
    deck: float,
    water: float,
    colour: Colour,
    count: int = 4,
) -> Image.Image:
    """A stone bridge, a little higher in its middle, with arches that the water nearly fills."""
    mask, draw = shape(image.size)
    span = (right - left) / count
    hump = [
        (left + (right - left) * i / 60, deck - math.sin(math.pi * i / 60) * span * 0.12)
        for i in range(61)
    ]
    draw.polygon(
        fine(
            (left - 1500, deck + 30),
            *hump,
            (right + 900, deck + 30),
            (right + 900, water),
            (left - 1500, water),
        ),
        fill=255,
    )
    for i in range(count):
        middle = left + span * (i + 0.5)
        wide, high = (
            span * 0.38,
            (water - deck) * (0.72 + 0.1 * math.sin(math.pi * (i + 0.5) / count)),
        )
        draw.ellipse(fine((middle - wide, water - high), (middle + wide, water + high)), fill=0)
    image = fill(image, mask, colour)
    mask, draw = shape(image.size)
    draw.line(fine(*[(x, y + 3) for x, y in hump]), fill=120, width=10)
    for x, y in hump[::6]:
        draw.rectangle(fine((x - 3, y - 34), (x + 3, y)), fill=255)
        draw.ellipse(fine((x - 8, y - 48), (x + 8, y - 32)), fill=255)
    return fill(image, mask, mixed(colour, (255, 240, 214), 0.25))


def _person(
    draw: ImageDraw.ImageDraw, dice: Random, x: float, foot: float, tall: float, bag: bool
) -> None:
    """Somebody in a rain coat, seen against the light; the legs are behind the bags."""
    lean, turn = dice.uniform(-0.05, 0.09) * tall, dice.choice((-1, 1))

    def at(right: float, up: float) -> brush.Point:
        return x + right * tall + lean * up, foot - up * tall

    coat = [(-0.115, 0.79), (-0.05, 0.835), (0.05, 0.835), (0.115, 0.79), (0.12, 0.6), (0.14, 0.3)]
    draw.polygon(fine(*(at(*p) for p in [*coat, (-0.14, 0.3), (-0.12, 0.6)])), fill=255)
    draw.polygon(
        fine(*(at(*p) for p in ((-0.035, 0.8), (-0.035, 0.9), (0.035, 0.9), (0.035, 0.8)))),
        fill=255,
    )
    draw.ellipse(fine(at(-0.052 + 0.01 * turn, 0.99), at(0.052 + 0.01 * turn, 0.855)), fill=255)
    if dice.random() < 0.45:  # a helmet
        draw.ellipse(fine(at(-0.068, 1.0), at(0.068, 0.9)), fill=255)
        draw.rectangle(fine(at(-0.085, 0.945), at(0.085, 0.93)), fill=255)
    else:  # a hood
        draw.polygon(
            fine(
                *(
                    at(*p)
                    for p in ((-0.075, 0.8), (-0.06, 0.95), (0, 1.01), (0.06, 0.95), (0.075, 0.8))
                )
            ),
            fill=255,
        )
    reach = 0.24 if bag else 0.1
    for shoulder, elbow in ((-0.1 * turn, -0.02 * turn), (0.1 * turn, 0.19 * turn)):
        hand = at(reach * turn, 0.56 if bag else 0.5)
        arm = (at(shoulder, 0.77), at(elbow, 0.62), hand)
        draw.line(fine(*arm), fill=255, width=round(tall * 0.13), joint="curve")
        r = tall * 0.034
        for joint in (arm[0], hand):
            draw.ellipse(fine((joint[0] - r, joint[1] - r), (joint[0] + r, joint[1] + r)), fill=255)
    if bag:
        left, right = sorted((at(0.17 * turn, 0.6)[0], at(0.43 * turn, 0.6)[0]))
        top = at(0, 0.64)[1]
        box = fine((left, top), (right, top + tall * 0.15))
        draw.rounded_rectangle(box, tall * 0.11, fill=255)


def _bag(image: Image.Image, dice: Random, x: float, y: float, shade: Colour) -> None:
    """A filled sandbag, lit from above."""
    wide, high, rim = 150, 84, 24
    corner = (round(x) - rim, round(y) - rim)
    box = (*corner, corner[0] + wide + 2 * rim, corner[1] + high + 2 * rim)
    tile = image.crop(box)

    def oval(edges: tuple[float, float, float, float], colour: Colour, most: int) -> None:
        mask, draw = shape(tile.size)
        left, top, right, bottom = edges
        draw.ellipse(
            fine(
                (rim + wide * left, rim + high * top),
                (rim + wide * right, rim + high * bottom),
            ),
            fill=most,
        )
        fill(tile, mask, colour, 8)

    oval((0.02, 0.2, 0.98, 1.14), (26, 24, 20), 200)
    body, draw = shape(tile.size)
    draw.polygon(fine(*_sagging(dice, (rim, rim), (wide, high))), fill=255)
    fill(tile, body, shade, 1)
    oval((0.16, 0.08, 0.84, 0.42), (226, 214, 182), 120)
    oval((0.1, 0.66, 0.9, 1.02), (46, 40, 30), 130)
    image.paste(tile, corner)


def _sagging(
    dice: Random, corner: tuple[float, float], size: tuple[float, float]
) -> list[brush.Point]:
    """The outline of something soft and heavy."""
    outline = []
    for step in range(40):
        across, down = math.cos(step / 40 * math.tau), math.sin(step / 40 * math.tau)
        across *= dice.uniform(0.96, 1)
        down = math.copysign(abs(down) ** 0.6, down)
        outline.append(
            (corner[0] + (1 + across) * size[0] / 2, corner[1] + (1 + down) * size[1] / 2)
        )
    return outline

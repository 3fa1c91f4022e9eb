"""Rectangles in a photo, in parts of its width and height: moved, resized, kept to a shape, and seen turned.

Pure, so that every rule holds for every rectangle and not only for those that a hand happened to draw. Whatever goes
in, a rectangle that comes out lies within the photo and can be taken hold of.
"""

from __future__ import annotations

from collections.abc import Sequence

from editor.content.print import WHOLE, Box, Edit, Point

ALL = Box(0, 0, WHOLE, WHOLE)
LEAST = 200
"""The shortest side of a rectangle, so that it can still be seen and taken hold of."""
HANDLES = ("nw", "n", "ne", "e", "se", "s", "sw", "w")
"""The places by which a rectangle is resized, clockwise from the top left."""


def moved(box: Box, dx: int, dy: int) -> Box:
    """The rectangle elsewhere, pushed no further than the photo's edge."""
    x = max(0, min(box.x + dx, WHOLE - box.width))
    y = max(0, min(box.y + dy, WHOLE - box.height))
    return Box(x, y, box.width, box.height)


def spanned(first: Point, second: Point) -> Box:
    """The rectangle between two places, which a drag gave in any order and maybe outside the photo."""
    x, width = _span(first.x, second.x)
    y, height = _span(first.y, second.y)
    return Box(x, y, width, height)


def resized(box: Box, handle: str, dx: int, dy: int, ratio: float | None = None) -> Box:
    """The rectangle with one side or corner elsewhere; the opposite one stays.

    With a ``ratio`` (width by height, in parts) it keeps that shape and follows the direction that moved further.
    """
    left, right = box.x, box.x + box.width
    top, bottom = box.y, box.y + box.height
    if "w" in handle:
        left = max(0, min(left + dx, right - LEAST))
    if "e" in handle:
        right = min(WHOLE, max(right + dx, left + LEAST))
    if "n" in handle:
        top = max(0, min(top + dy, bottom - LEAST))
    if "s" in handle:
        bottom = min(WHOLE, max(bottom + dy, top + LEAST))
    if ratio is None:
        return Box(left, top, right - left, bottom - top)
    if handle in ("n", "s"):
        width = (bottom - top) * ratio
    elif handle in ("e", "w"):
        width = float(right - left)
    else:
        wider = abs(right - left - box.width) >= abs(bottom - top - box.height) * ratio
        width = float(right - left) if wider else (bottom - top) * ratio
    return _held(box, handle, width, ratio)


def shaped(box: Box, ratio: float) -> Box:
    """The largest rectangle of a shape about the middle of another, within the photo and no larger than it was."""
    width = min(float(box.width), box.height * ratio)
    return _centred(box, *_sized(width, ratio))


def largest(ratio: float) -> Box:
    """The largest rectangle of a shape in the middle of the photo."""
    return shaped(ALL, ratio)


def in_parts(shape: tuple[int, int], width: int, height: int) -> float:
    """A shape of pixels, such as 16 by 9, as the ratio of parts of a photo of ``width`` by ``height`` pixels."""
    return shape[0] * max(1, height) / (shape[1] * max(1, width))


def turned(box: Box, turns: int) -> Box:
    """A rectangle as it is seen after quarter turns clockwise."""
    for _ in range(turns % 4):
        box = Box(WHOLE - box.y - box.height, box.x, box.height, box.width)
    return box


def unturned(box: Box, turns: int) -> Box:
    """The rectangle in the upright original of one that is seen after quarter turns clockwise."""
    return turned(box, -turns % 4)


def turned_point(point: Point, turns: int) -> Point:
    """A place as it is seen after quarter turns clockwise."""
    for _ in range(turns % 4):
        point = Point(WHOLE - point.y, point.x)
    return point


def clamped(point: Point) -> Point:
    """The nearest place within the photo."""
    return Point(max(0, min(point.x, WHOLE)), max(0, min(point.y, WHOLE)))


def found_at(boxes: Sequence[Box], point: Point) -> int | None:
    """The number of the rectangle at a place; the last drawn lies on top."""
    for number in reversed(range(len(boxes))):
        box = boxes[number]
        if 0 <= point.x - box.x <= box.width and 0 <= point.y - box.y <= box.height:
            return number
    return None


def handle_at(box: Box, handle: str) -> Point:
    """Where a rectangle's handle is."""
    x = box.x if "w" in handle else box.x + box.width if "e" in handle else box.x + box.width // 2
    y = box.y if "n" in handle else box.y + box.height if "s" in handle else box.y + box.height // 2
    return Point(x, y)


def pixels(edit: Edit, width: int, height: int) -> tuple[int, int]:
    """How large a print of a photo of ``width`` by ``height`` pixels is, before it is made smaller."""
    crop = edit.crop or ALL
    wide = max(1, round(width * crop.width / WHOLE))
    high = max(1, round(height * crop.height / WHOLE))
    return (high, wide) if edit.turns % 2 else (wide, high)


def _span(one: int, other: int) -> tuple[int, int]:
    low, high = (max(0, min(each, WHOLE)) for each in sorted((one, other)))
    length = max(high - low, LEAST)
    return min(low, WHOLE - length), length


def _sized(width: float, ratio: float) -> tuple[int, int]:
    """A width and height of a shape, neither too short to be taken hold of nor longer than the photo."""
    least, most = max(LEAST, LEAST * ratio), min(WHOLE, WHOLE * ratio)
    width = min(max(width, least), most)
    return min(WHOLE, max(1, round(width))), min(WHOLE, max(1, round(width / ratio)))


def _centred(box: Box, width: int, height: int) -> Box:
    x = box.x + (box.width - width) // 2
    y = box.y + (box.height - height) // 2
    return moved(Box(x, y, width, height), 0, 0)


def _held(box: Box, handle: str, width: float, ratio: float) -> Box:
    """A rectangle of a shape, held at what is opposite a handle, and as wide as there is room for."""
    room_x = _room(box.x, box.width, "w" in handle, "e" in handle)
    room_y = _room(box.y, box.height, "n" in handle, "s" in handle)
    wide, high = _sized(min(width, room_x, room_y * ratio), ratio)
    x = box.x + box.width - wide if "w" in handle else box.x
    y = box.y + box.height - high if "n" in handle else box.y
    if handle in ("n", "s"):
        x = box.x + (box.width - wide) // 2
    if handle in ("e", "w"):
        y = box.y + (box.height - high) // 2
    return moved(Box(x, y, wide, high), 0, 0)


def _room(start: int, length: int, before: bool, after: bool) -> int:
    if before:
        return start + length
    return WHOLE - start if after else WHOLE

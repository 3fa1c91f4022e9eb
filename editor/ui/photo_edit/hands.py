"""What is held of a photo and what becomes of it: the same for the mouse and the keys, and without a widget.

Everything here is seen as the photo is shown, turned; drafts are told in the upright original.
"""

from __future__ import annotations

from msgspec.structs import replace

from editor.content.print import WHOLE, Box, Edit, Point
from editor.ui.photo_edit import geometry
from editor.ui.photo_edit.draft import Draft
from editor.ui.photo_edit.geometry import ALL, HANDLES

_NAMES = {
    "": "a new frame",
    "inside": "whole frame",
    "nw": "top left corner",
    "n": "top edge",
    "ne": "top right corner",
    "e": "right edge",
    "se": "bottom right corner",
    "s": "bottom edge",
    "sw": "bottom left corner",
    "w": "left edge",
}
MOST = 100
"""How many regions of a photo may be blurred, as its edit allows."""
_NEW = Box(4000, 4000, 2000, 2000)


class Hands:
    """``held`` is the crop's handle or ``inside``, ``chosen`` the number of a blurred region."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.mode = "crop"
        self.shape: tuple[int, int] | None = None
        self.held = "inside"
        self.chosen: int | None = None
        self.pixels = (1, 1)

    def show_mode(self, mode: str) -> None:
        """Another thing is done: nothing is held of the one before."""
        self.mode = mode
        self.held = "inside"
        self.chosen = 0 if self.draft.edit.blurs and mode == "blur" else None

    @property
    def crop(self) -> Box:
        """The crop as it is seen."""
        return geometry.turned(self.draft.edit.crop or ALL, self.draft.edit.turns)

    @property
    def blurs(self) -> tuple[Box, ...]:
        """The blurred regions as they are seen."""
        turns = self.draft.edit.turns
        return tuple(geometry.turned(box, turns) for box in self.draft.edit.blurs)

    @property
    def focus(self) -> Point | None:
        """What matters most, as it is seen."""
        point = self.draft.focus
        return None if point is None else geometry.turned_point(point, self.draft.edit.turns)

    @property
    def ratio(self) -> float | None:
        """The locked shape in parts of the photo as it is seen."""
        if self.shape is None:
            return None
        wide, high = self.pixels
        if self.draft.edit.turns % 2:
            wide, high = high, wide
        return geometry.in_parts(self.shape, wide, high)

    def words(self) -> str:
        """What is held, for who hears it."""
        match self.mode:
            case "crop":
                box = self.crop
                size = f"{_percent(box.width)} by {_percent(box.height)}"
                return f"Crop: {_NAMES[self.held]}, {size} of the photo"
            case "blur":
                count = len(self.blurs)
                if self.chosen is None or self.chosen >= count:
                    return f"Blur: {count} regions; N adds one" if count else "Blur: N adds one"
                box = self.blurs[self.chosen]
                size = f"{_percent(box.width)} by {_percent(box.height)}"
                return f"Blurred region {self.chosen + 1} of {count}, {size} of the photo"
            case _:
                if self.focus is None:
                    return "Focal point: none; the arrow keys set one"
                across, down = _percent(self.focus.x), _percent(self.focus.y)
                return f"Focal point, {across} across and {down} down"

    # Taking hold

    def go(self, way: int) -> bool:
        """Goes to the next thing that can be held; False beyond the last."""
        if self.mode == "crop":
            every = ("inside", *HANDLES)
            at = every.index(self.held or "inside") + way
            if 0 <= at < len(every):
                self.held = every[at]
                return True
        elif self.mode == "blur" and self.blurs:
            at = (-1 if self.chosen is None else self.chosen) + way
            if 0 <= at < len(self.blurs):
                self.chosen, self.held = at, "inside"
                return True
        return False

    def under(self, at: Point, reach: Box) -> str:
        """What would be held at a place: a handle, ``inside``, or nothing."""
        boxes = (self.crop,) if self.mode == "crop" else self.blurs if self.mode == "blur" else ()
        if self.mode == "blur" and self.chosen is not None and self.chosen < len(boxes):
            if handle := _handle(boxes[self.chosen], at, reach):
                return handle
        elif self.mode == "crop" and (handle := _handle(self.crop, at, reach)):
            return handle
        return "" if geometry.found_at(boxes, at) is None else "inside"

    def take_hold(self, at: Point, reach: Box) -> None:
        """Holds what is at a place. In a photo that is not cropped yet, a drag draws the frame."""
        self.held = self.under(at, reach)
        if self.mode == "blur" and self.held in ("", "inside"):
            self.chosen = geometry.found_at(self.blurs, at)
        if self.mode == "crop" and self.held == "inside" and self.crop == ALL:
            self.held = ""

    def let_go(self) -> None:
        """The mouse lets go: what was drawn is held as a whole."""
        self.held = self.held or "inside"

    # What becomes of it

    def dragged(self, began: Draft, first: Point, at: Point) -> Draft:
        """The draft when what was held is dragged from one place to another."""
        dx, dy = at.x - first.x, at.y - first.y
        turns = self.draft.edit.turns
        if self.mode == "focus":
            return self.focused(geometry.clamped(at))
        if self.mode == "crop":
            start = geometry.turned(began.edit.crop or ALL, turns)
            return self._cropped(self._pulled(start, first, at, self.ratio))
        blurs = tuple(geometry.turned(box, turns) for box in began.edit.blurs)
        if self.chosen is None or self.held == "" or self.chosen >= len(blurs):
            if max(abs(dx), abs(dy)) < geometry.LEAST // 4 or len(blurs) >= MOST:
                return began
            self.chosen, self.held = len(blurs), ""
            return self._blurred((*blurs, geometry.spanned(first, at)))
        changed = self._pulled(blurs[self.chosen], first, at, None)
        return self._blurred((*blurs[: self.chosen], changed, *blurs[self.chosen + 1 :]))

    def pushed(self, dx: int, dy: int, *, resize: bool) -> Draft:
        """The draft after an arrow key: what is held moves, or its size changes."""
        if self.mode == "focus":
            at = self.focus or Point(WHOLE // 2, WHOLE // 2)
            return self.focused(geometry.clamped(Point(at.x + dx, at.y + dy)))
        handle = self.held if self.held in HANDLES else "se" if resize else ""
        if self.mode == "crop":
            return self._cropped(_changed(self.crop, handle, dx, dy, self.ratio))
        blurs = self.blurs
        if self.chosen is None or self.chosen >= len(blurs):
            return self.draft
        changed = _changed(blurs[self.chosen], handle, dx, dy, None)
        return self._blurred((*blurs[: self.chosen], changed, *blurs[self.chosen + 1 :]))

    def added(self) -> Draft:
        """The draft with one more blurred region, in the middle."""
        if len(self.blurs) >= MOST:
            return self.draft
        self.chosen, self.held = len(self.blurs), "inside"
        return self._blurred((*self.blurs, _NEW))

    def deleted(self) -> Draft:
        """The draft without what is held."""
        if self.mode == "crop":
            return self._cropped(ALL)
        if self.mode == "focus":
            return replace(self.draft, focus=None)
        if self.chosen is None or self.chosen >= len(self.blurs):
            return self.draft
        left = (*self.blurs[: self.chosen], *self.blurs[self.chosen + 1 :])
        self.chosen = min(self.chosen, len(left) - 1) if left else None
        return self._blurred(left)

    def focused(self, at: Point) -> Draft:
        """The draft with another place that matters most."""
        turns = -self.draft.edit.turns % 4
        return replace(self.draft, focus=geometry.turned_point(at, turns))

    def cut_to(self, shape: tuple[int, int] | None) -> Draft:
        """The draft with its crop in a shape, which is kept from now on; None leaves it free."""
        self.shape = shape
        ratio = self.ratio
        return self.draft if ratio is None else self._cropped(geometry.shaped(self.crop, ratio))

    def _pulled(self, box: Box, first: Point, at: Point, ratio: float | None) -> Box:
        dx, dy = at.x - first.x, at.y - first.y
        if self.held == "inside":
            return geometry.moved(box, dx, dy)
        if self.held in HANDLES:
            return geometry.resized(box, self.held, dx, dy, ratio)
        if max(abs(dx), abs(dy)) < geometry.LEAST // 4:
            return box
        drawn = geometry.spanned(first, at)
        return geometry.shaped(drawn, ratio) if ratio is not None else drawn

    def _cropped(self, seen: Box) -> Draft:
        crop = geometry.unturned(seen, self.draft.edit.turns)
        return self._with(replace(self.draft.edit, crop=None if crop == ALL else crop))

    def _blurred(self, seen: tuple[Box, ...]) -> Draft:
        turns = self.draft.edit.turns
        blurs = tuple(geometry.unturned(box, turns) for box in seen)
        return self._with(replace(self.draft.edit, blurs=blurs))

    def _with(self, edit: Edit) -> Draft:
        return replace(self.draft, edit=edit)


def _changed(box: Box, handle: str, dx: int, dy: int, ratio: float | None) -> Box:
    if not handle:
        return geometry.moved(box, dx, dy)
    return geometry.resized(box, handle, dx, dy, ratio)


def _handle(box: Box, at: Point, reach: Box) -> str:
    # corners before edges: on a small rectangle they would be out of reach otherwise
    for handle in ("nw", "ne", "se", "sw", "n", "e", "s", "w"):
        place = geometry.handle_at(box, handle)
        if abs(place.x - at.x) <= reach.width and abs(place.y - at.y) <= reach.height:
            return handle
    return ""


def _percent(parts: int) -> str:
    return f"{round(parts * 100 / WHOLE)} %"

"""The rules of rectangles in a photo, for every rectangle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.content.print import WHOLE, Box, Edit, Point
from editor.ui.photo_edit import geometry
from editor.ui.photo_edit.draft import Draft, Steps
from editor.ui.photo_edit.geometry import ALL, HANDLES, LEAST

LENGTHS = st.integers(LEAST, WHOLE)
SHIFTS = st.integers(-2 * WHOLE, 2 * WHOLE)
RATIOS = st.sampled_from([(16, 9), (4, 5), (1, 1)]).flatmap(
    lambda shape: st.builds(
        geometry.in_parts, st.just(shape), st.integers(600, 9000), st.integers(600, 9000)
    )
)
OPPOSITE = {"nw": "se", "n": "s", "ne": "sw", "e": "w", "se": "nw", "s": "n", "sw": "ne", "w": "e"}


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    width, height = draw(LENGTHS), draw(LENGTHS)
    return Box(
        draw(st.integers(0, WHOLE - width)), draw(st.integers(0, WHOLE - height)), width, height
    )


def is_inside(box: Box) -> bool:
    right, bottom = box.x + box.width, box.y + box.height
    return box.x >= 0 and box.y >= 0 and right <= WHOLE and bottom <= WHOLE


@given(boxes(), SHIFTS, SHIFTS)
def test_a_moved_rectangle_keeps_its_size_and_stays_in_the_photo(
    box: Box, dx: int, dy: int
) -> None:
    there = geometry.moved(box, dx, dy)
    assert is_inside(there)
    assert (there.width, there.height) == (box.width, box.height)


@given(boxes(), st.sampled_from(HANDLES), SHIFTS, SHIFTS)
def test_a_resized_rectangle_stays_in_the_photo_and_holds_what_is_opposite(
    box: Box, handle: str, dx: int, dy: int
) -> None:
    there = geometry.resized(box, handle, dx, dy)
    assert is_inside(there)
    assert min(there.width, there.height) >= LEAST
    held = OPPOSITE[handle]
    before, after = geometry.handle_at(box, held), geometry.handle_at(there, held)
    assert before == after


@given(boxes(), st.sampled_from(HANDLES), SHIFTS, SHIFTS, RATIOS)
def test_a_locked_shape_is_kept_whatever_is_pulled(
    box: Box, handle: str, dx: int, dy: int, ratio: float
) -> None:
    there = geometry.resized(box, handle, dx, dy, ratio)
    assert is_inside(there)
    assert abs(there.width - there.height * ratio) <= 1 + ratio


@given(boxes(), st.sampled_from(("nw", "ne", "se", "sw")), SHIFTS, SHIFTS, RATIOS)
def test_a_corner_pulled_with_a_locked_shape_holds_the_opposite_corner(
    box: Box, handle: str, dx: int, dy: int, ratio: float
) -> None:
    start = geometry.shaped(box, ratio)
    there = geometry.resized(start, handle, dx, dy, ratio)
    if min(there.width, there.height) > LEAST + 1:
        held = OPPOSITE[handle]
        assert geometry.handle_at(there, held) == geometry.handle_at(start, held)


@given(boxes(), RATIOS)
def test_a_rectangle_takes_a_shape_within_the_photo(box: Box, ratio: float) -> None:
    there = geometry.shaped(box, ratio)
    assert is_inside(there)
    assert abs(there.width - there.height * ratio) <= 1 + ratio


@given(RATIOS)
def test_the_largest_rectangle_of_a_shape_touches_two_edges(ratio: float) -> None:
    there = geometry.largest(ratio)
    assert WHOLE in (there.width, there.height)


@given(st.builds(Point, SHIFTS, SHIFTS), st.builds(Point, SHIFTS, SHIFTS))
def test_a_drag_from_anywhere_to_anywhere_gives_a_rectangle_in_the_photo(
    first: Point, second: Point
) -> None:
    drawn = geometry.spanned(first, second)
    assert is_inside(drawn)
    assert min(drawn.width, drawn.height) >= LEAST
    assert drawn == geometry.spanned(second, first)


@given(boxes(), st.integers(-8, 8))
def test_what_is_turned_and_turned_back_is_as_it_was(box: Box, turns: int) -> None:
    assert geometry.unturned(geometry.turned(box, turns), turns) == box
    assert is_inside(geometry.turned(box, turns))


@given(boxes(), st.integers(0, 3), SHIFTS, SHIFTS)
def test_a_place_lies_in_a_rectangle_however_both_are_turned(
    box: Box, turns: int, x: int, y: int
) -> None:
    point = geometry.clamped(Point(x, y))
    upright = geometry.found_at([box], point)
    seen = geometry.found_at([geometry.turned(box, turns)], geometry.turned_point(point, turns))
    assert upright == seen


def test_a_quarter_turn_brings_the_top_left_to_the_top_right() -> None:
    assert geometry.turned(Box(0, 0, 2000, 1000), 1) == Box(9000, 0, 1000, 2000)


def test_the_last_drawn_of_two_rectangles_is_found_first() -> None:
    assert geometry.found_at([ALL, ALL], Point(5000, 5000)) == 1
    assert geometry.found_at([], Point(0, 0)) is None


@pytest.mark.parametrize(
    ("edit", "size"),
    [
        (Edit(), (6000, 4000)),
        (Edit(turns=1), (4000, 6000)),
        (Edit(crop=Box(0, 0, 5000, 5000)), (3000, 2000)),
        (Edit(crop=Box(0, 0, 5000, 5000), turns=3), (2000, 3000)),
    ],
)
def test_a_print_is_as_large_as_what_is_left_of_it(edit: Edit, size: tuple[int, int]) -> None:
    assert geometry.pixels(edit, 6000, 4000) == size


def test_a_run_of_keys_is_one_step_and_undo_goes_back_before_it() -> None:
    steps = Steps(Draft())
    for turns in (1, 2, 3):
        steps.take(Draft(edit=Edit(turns=turns)), run="turn")
    assert steps.now.edit.turns == 3
    steps.undo()
    assert steps.now == Draft()
    assert not steps.can_undo
    steps.redo()
    assert steps.now.edit.turns == 3


def test_a_closed_run_and_another_run_are_steps_of_their_own() -> None:
    steps = Steps(Draft())
    steps.take(Draft().rotated(1), run="keys")
    steps.close_run()
    steps.take(Draft().rotated(2), run="keys")
    steps.take(Draft().rotated(-1), run="other")
    steps.undo()
    steps.undo()
    assert steps.now == Draft().rotated(1)
    steps.take(Draft())
    assert not steps.can_redo

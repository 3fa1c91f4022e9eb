"""Whatever hands do to a photo, what comes out is an edit that can be stored, and the photo is never lost from sight."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from editor.content.print import WHOLE, Box, Edit, Point
from editor.ui.photo_edit.draft import Draft
from editor.ui.photo_edit.geometry import HANDLES, LEAST
from editor.ui.photo_edit.hands import MOST, Hands
from editor.ui.photo_edit.sheet import SHAPES

INSIDE = st.builds(Point, st.integers(0, WHOLE), st.integers(0, WHOLE))
ANYWHERE = st.builds(Point, st.integers(-WHOLE, 2 * WHOLE), st.integers(-WHOLE, 2 * WHOLE))
SHIFT = st.integers(-700, 700)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("mode"), st.sampled_from(("crop", "blur", "focus"))),
        st.tuples(st.just("go"), st.sampled_from((-1, 1))),
        st.tuples(st.just("turn"), st.integers(-3, 3)),
        st.tuples(st.just("drag"), INSIDE, ANYWHERE),
        st.tuples(st.just("push"), SHIFT, SHIFT, st.booleans()),
        st.tuples(st.just("shape"), st.sampled_from([shape for _, shape in SHAPES])),
        st.tuples(st.just("add")),
        st.tuples(st.just("delete")),
    ),
    max_size=25,
)
REACH = Box(0, 0, 200, 200)


def after(hands: Hands, deed: tuple[object, ...]) -> Draft:
    match deed:
        case ("mode", str(mode)):
            hands.show_mode(mode)
        case ("go", int(way)):
            hands.go(way)
        case ("turn", int(quarters)):
            return hands.draft.rotated(quarters)
        case ("drag", Point() as first, Point() as last):
            began = hands.draft
            hands.take_hold(first, REACH)
            return hands.dragged(began, first, last)
        case ("push", int(dx), int(dy), bool(resize)):
            return hands.pushed(dx, dy, resize=resize)
        case ("shape", shape):
            return hands.cut_to(shape)  # type: ignore[arg-type]
        case ("add",) if hands.mode == "blur":
            return hands.added()
        case ("delete",):
            return hands.deleted()
    return hands.draft


@given(DEEDS, st.integers(600, 9000), st.integers(600, 9000))
def test_what_is_done_to_a_photo_can_always_be_stored(
    deeds: list[tuple[object, ...]], width: int, height: int
) -> None:
    hands = Hands()
    hands.pixels = (width, height)
    for deed in deeds:
        hands.draft = after(hands, deed)
        edit, focus = hands.draft.edit, hands.draft.focus
        assert msgspec.convert(msgspec.to_builtins(edit), Edit) == edit
        for box in (*edit.blurs, *([edit.crop] if edit.crop else [])):
            assert box.x + box.width <= WHOLE
            assert box.y + box.height <= WHOLE
            assert min(box.width, box.height) >= LEAST - 1
        if focus is not None:
            assert msgspec.convert(msgspec.to_builtins(focus), Point) == focus
        assert hands.words()


@given(DEEDS)
def test_looking_at_a_photo_turned_changes_nothing_in_it(deeds: list[tuple[object, ...]]) -> None:
    hands = Hands()
    for deed in deeds:
        hands.draft = after(hands, deed)
    before = hands.draft
    seen = (hands.crop, hands.blurs)
    hands.draft = before.rotated(1).rotated(3)
    assert (hands.crop, hands.blurs) == seen
    assert replace(hands.draft, edit=replace(hands.draft.edit, turns=0)) == replace(
        before, edit=replace(before.edit, turns=0)
    )


def test_no_more_regions_are_blurred_than_can_be_stored() -> None:
    hands = Hands()
    hands.show_mode("blur")
    for _ in range(MOST + 5):
        hands.draft = hands.added()
    assert len(hands.blurs) == MOST
    hands.take_hold(Point(100, 100), REACH)
    assert hands.dragged(hands.draft, Point(100, 100), Point(3000, 3000)) == hands.draft


def test_tab_goes_over_every_handle_and_then_leaves_the_photo() -> None:
    hands = Hands()
    held = []
    while hands.go(1):
        held.append(hands.held)
    assert tuple(held) == HANDLES
    while hands.go(-1):
        held.append(hands.held)
    assert held[-1] == "inside"

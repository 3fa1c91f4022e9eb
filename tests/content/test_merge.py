"""Putting two texts together: nothing is lost, nothing is made up, and what both changed is a person's choice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from editor.content.alignment import keys
from editor.content.block import Unknown
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.content.merge import BODY, Change, Choice, Own, Part, compare, merge, settled
from tests.content.strategies import blocks, contents

DENIED = Text(text="The spokesman did not confirm that the dam had broken.")
RIVER = Text(text="وصل الماء إلى الجسر القديم")
BRIDGE = Text(text="洪水到达旧桥")
GAUGE = Text(text="पानी पुराने पुल तक पहुँचा")
PHOTO = Photo(asset="a" * 64, caption="Sandbags", alt="", credit="Staff")
QUOTE = Quote(text="We stay.", speaker="River engineer", role="Delta authority")
POLL = Unknown(type="poll", raw=b'{"type": "poll", "v": 9}')


def entry(*body: object, **facts: object) -> Content:
    return Content(body=body, **facts)  # type: ignore[arg-type]


def clashes(base: Content | None, mine: Content, theirs: Content) -> list[Part]:
    return [part for part in compare(base, mine, theirs) if part.clashes]


@st.composite
def edited(draw: st.DrawFn, base: Content) -> Content:
    """What somebody makes of a content: blocks taken out, changed, added and moved, facts of another."""
    body = list(base.body)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(body)))
        match draw(st.sampled_from(["drop", "change", "add", "move"])):
            case "drop" if at < len(body):
                del body[at]
            case "change" if at < len(body):
                body[at] = draw(blocks)
            case "move" if at < len(body):
                body.insert(draw(st.integers(0, len(body) - 1)), body.pop(at))
            case _:
                body.insert(at, draw(blocks))
    other = draw(contents)
    names = draw(st.sets(st.sampled_from(["headline", "labels", "embargo", "pinned", "byline"])))
    return replace(base, body=tuple(body), **{name: getattr(other, name) for name in names})


@st.composite
def trios(draw: st.DrawFn) -> tuple[Content, Content, Content]:
    base = draw(contents)
    return base, draw(edited(base)), draw(edited(base))


@given(trios())
def test_a_side_that_changed_nothing_changes_nothing(
    trio: tuple[Content, Content, Content],
) -> None:
    base, mine, theirs = trio
    for merged, meant in (
        (merge(base, mine, base), mine),
        (merge(base, base, theirs), theirs),
        (merge(base, mine, mine), mine),
        (merge(None, mine, mine), mine),
    ):
        assert merged is not None
        assert digest(merged) == digest(meant)


@given(trios())
def test_it_is_the_same_from_either_side(trio: tuple[Content, Content, Content]) -> None:
    base, mine, theirs = trio
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    assert (here is None) == (there is None)
    assert here is None or there is None or digest(here) == digest(there)


@given(trios())
def test_the_parts_are_all_of_the_three_texts(trio: tuple[Content, Content, Content]) -> None:
    base, mine, theirs = trio
    parts = [part for part in compare(base, mine, theirs) if part.name == BODY]
    for side, whole in (("base", base), ("mine", mine), ("theirs", theirs)):
        assert keys(b for part in parts for b in getattr(part, side)) == keys(whole.body)
    without_base = [part for part in compare(None, mine, theirs) if part.name == BODY]
    for side, whole in (("mine", mine), ("theirs", theirs)):
        assert keys(b for part in without_base for b in getattr(part, side)) == keys(whole.body)


@given(trios())
def test_no_block_is_lost_and_none_is_made_up(trio: tuple[Content, Content, Content]) -> None:
    base, mine, theirs = trio
    merged = merge(base, mine, theirs)
    if merged is None:
        return
    by_fields = {
        key
        for part in compare(base, mine, theirs)
        if part.name == BODY and part.change is Change.FIELDS
        for key in keys((*part.base, *part.mine, *part.theirs, *part.result))
    }
    before, here, there, after = (Counter(keys(c.body)) for c in (base, mine, theirs, merged))
    for key in {*before, *here, *there, *after} - by_fields:
        if here[key] == before[key]:
            assert after[key] == there[key]
        elif there[key] == before[key] or here[key] == there[key]:
            assert after[key] == here[key]
        else:
            assert after[key] in (here[key], there[key])


@given(trios())
def test_choosing_one_side_throughout_keeps_that_side_where_it_matters(
    trio: tuple[Content, Content, Content],
) -> None:
    base, mine, theirs = trio
    parts = compare(base, mine, theirs)
    for choice, side in ((Choice.MINE, mine), (Choice.THEIRS, theirs)):
        chosen = settled(parts, dict.fromkeys(range(len(parts)), choice))
        assert chosen is not None
        assert digest(chosen) == digest(side)


def test_not_confirming_and_denying_never_merge_to_the_opposite() -> None:
    mine = entry(Text(text=DENIED.text.replace("did not confirm", "did confirm")))
    theirs = entry(Text(text=DENIED.text.replace("confirm", "confirm or deny")))
    (clash,) = clashes(entry(DENIED), mine, theirs)
    assert (clash.mine, clash.theirs) == (mine.body, theirs.body)
    assert merge(entry(DENIED), mine, theirs) is None


def test_changes_to_neighbouring_blocks_and_to_facts_merge() -> None:
    base = entry(RIVER, PHOTO, headline="Flood")
    mine = entry(RIVER, replace(PHOTO, alt="Men with sandbags"), BRIDGE, headline="Flood")
    theirs = entry(Text(text=RIVER.text + "."), PHOTO, headline="Flood in the delta")
    assert merge(base, mine, theirs) == entry(
        theirs.body[0], mine.body[1], BRIDGE, headline="Flood in the delta"
    )


def test_two_fields_of_one_photo_merge_and_one_field_changed_twice_does_not() -> None:
    mine = entry(replace(PHOTO, alt="Men with sandbags"))
    theirs = entry(replace(PHOTO, caption="Sandbags at the old bridge"))
    (_, *_, part) = compare(entry(PHOTO), mine, theirs)
    assert part.change is Change.FIELDS
    assert merge(entry(PHOTO), mine, theirs) == entry(
        replace(PHOTO, alt="Men with sandbags", caption="Sandbags at the old bridge")
    )
    assert merge(entry(PHOTO), mine, entry(replace(PHOTO, alt="Sandbags"))) is None


def test_a_quotes_place_and_time_merge_and_its_translation_and_reason_do_not() -> None:
    place = entry(replace(QUOTE, place="Basra"))
    said = entry(replace(QUOTE, said=datetime(2026, 11, 22, 14, 20, tzinfo=UTC)))
    assert merge(entry(QUOTE), place, said) == entry(
        replace(QUOTE, place="Basra", said=said.body[0].said)
    )
    assert merge(entry(QUOTE), place, entry(replace(QUOTE, translation="Nous restons."))) is None
    unnamed = replace(QUOTE, unnamed=True, reason="fear")
    assert merge(entry(QUOTE), entry(unnamed), entry(replace(QUOTE, speaker="Mayor"))) is None
    assert merge(entry(QUOTE), entry(QUOTE), entry(unnamed)) == entry(unnamed)


def test_a_quote_never_gets_one_sides_words_and_the_others_speaker() -> None:
    mine = entry(replace(QUOTE, text="We leave."))
    assert merge(entry(QUOTE), mine, entry(replace(QUOTE, speaker="Mayor"))) is None
    role = entry(replace(QUOTE, role="Water board"))
    how = entry(replace(QUOTE, how="by phone"))
    assert merge(entry(QUOTE), role, how) == entry(
        replace(QUOTE, role="Water board", how="by phone")
    )


def test_another_photo_never_gets_the_old_ones_caption() -> None:
    mine = entry(replace(PHOTO, asset="b" * 64))
    assert merge(entry(PHOTO), mine, entry(replace(PHOTO, caption="At dawn"))) is None


def test_a_post_is_a_whole() -> None:
    post = Social(url="https://social.example/@gauges/1", author="Gauges", text="4.1 m")
    mine = entry(replace(post, text="4.2 m"))
    assert merge(entry(post), mine, entry(replace(post, author="River gauges"))) is None


def test_taking_out_what_the_other_changed_clashes() -> None:
    base = entry(RIVER, DENIED, BRIDGE)
    theirs = entry(RIVER, Text(text=DENIED.text + " It stands."), BRIDGE)
    (clash,) = clashes(base, entry(RIVER, BRIDGE), theirs)
    assert (clash.base, clash.mine, clash.theirs) == ((DENIED,), (), (theirs.body[1],))


def test_what_both_took_out_is_out() -> None:
    assert merge(entry(RIVER, BRIDGE), entry(BRIDGE), entry(BRIDGE)) == entry(BRIDGE)


def test_two_insertions_at_one_place_clash_and_at_two_places_do_not() -> None:
    base = entry(RIVER, BRIDGE)
    mine = entry(RIVER, GAUGE, BRIDGE)
    (clash,) = clashes(base, mine, entry(RIVER, QUOTE, BRIDGE))
    assert (clash.base, clash.mine, clash.theirs) == ((), (GAUGE,), (QUOTE,))
    assert merge(base, mine, entry(RIVER, BRIDGE, QUOTE)) == entry(RIVER, GAUGE, BRIDGE, QUOTE)
    assert merge(base, mine, mine) == mine


def test_an_edit_and_an_addition_by_one_side_leave_the_edit_settled() -> None:
    base = entry(DENIED)
    longer = Text(text=DENIED.text + " So the mayor.")
    parts = compare(base, entry(DENIED, GAUGE), entry(longer, QUOTE))
    assert [part.change for part in parts if part.name == BODY] == [Change.THEIRS, Change.CLASH]


def test_an_addition_beside_what_the_other_took_out_clashes() -> None:
    assert merge(entry(RIVER, DENIED), entry(RIVER, DENIED, GAUGE), entry(RIVER)) is None


def test_a_block_that_one_moved_and_the_other_took_out_does_not_come_back_by_itself() -> None:
    base = entry(RIVER, BRIDGE, GAUGE)
    assert merge(base, entry(BRIDGE, GAUGE, RIVER), entry(BRIDGE, GAUGE)) is None


def test_a_block_that_both_moved_does_not_stand_twice() -> None:
    base = entry(RIVER, BRIDGE, GAUGE, DENIED, QUOTE)
    mine = entry(BRIDGE, RIVER, GAUGE, DENIED, QUOTE)
    theirs = entry(BRIDGE, GAUGE, DENIED, RIVER, QUOTE)
    assert merge(base, mine, theirs) is None


def test_blocks_that_the_sides_moved_past_each_other_are_not_put_into_an_order_nobody_wrote() -> (
    None
):
    base = entry(RIVER, BRIDGE, GAUGE, DENIED, QUOTE, PHOTO)
    mine = entry(RIVER, BRIDGE, PHOTO, GAUGE, DENIED, QUOTE)
    theirs = entry(BRIDGE, GAUGE, RIVER, DENIED, QUOTE, PHOTO)
    assert merge(base, mine, theirs) is None
    assert len(clashes(base, mine, theirs)) == 4


def test_a_moved_block_stays_moved() -> None:
    base = entry(RIVER, BRIDGE, GAUGE)
    mine = entry(BRIDGE, GAUGE, RIVER)
    theirs = entry(RIVER, BRIDGE, GAUGE, pinned=True)
    assert merge(base, mine, theirs) == replace(mine, pinned=True)


def test_a_block_nobody_knows_is_compared_by_its_bytes() -> None:
    other = Unknown(type="poll", raw=b'{"type":"poll","v":9}')
    assert merge(entry(POLL, RIVER), entry(POLL, RIVER), entry(other, RIVER)) == entry(other, RIVER)
    third = Unknown(type="poll", raw=b'{"type": "poll", "v": 9, "q": "?"}')
    assert merge(entry(POLL), entry(other), entry(third)) is None


def test_without_a_base_everything_that_differs_clashes() -> None:
    mine = entry(RIVER, GAUGE, headline="Flood")
    theirs = entry(RIVER, QUOTE, BRIDGE, headline="Flood in the delta")
    assert [part.name for part in clashes(None, mine, theirs)] == ["headline", BODY]
    assert merge(None, mine, mine) == mine


def test_labels_are_a_set_and_a_byline_is_not() -> None:
    base = entry(labels=("River", "Delta"), byline=("Field team A",))
    mine = replace(base, labels=("River", "Delta", "Bridge"))
    theirs = replace(base, labels=("Delta", "Water"))
    merged = merge(base, mine, theirs)
    assert merged is not None
    assert merged.labels == ("Delta", "Bridge", "Water")
    turned = replace(base, labels=("Delta", "River"))
    assert merge(base, mine, turned) is None
    signed = replace(base, byline=("Field team A", "Desk"))
    assert merge(base, replace(base, byline=("Desk", "Field team A")), signed) is None


def test_choices_make_the_text_and_a_missing_one_makes_none() -> None:
    base = entry(DENIED, headline="Dam")
    mine = entry(RIVER, headline="Dam")
    theirs = entry(BRIDGE, headline="Dam stands")
    parts = compare(base, mine, theirs)
    (number,) = (n for n, part in enumerate(parts) if part.clashes)
    assert settled(parts, {}) is None
    for choice, body in (
        (Choice.MINE, (RIVER,)),
        (Choice.THEIRS, (BRIDGE,)),
        (Choice.BOTH, (RIVER, BRIDGE)),
        (Own((GAUGE,)), (GAUGE,)),
    ):
        assert settled(parts, {number: choice}) == entry(*body, headline="Dam stands")
    assert settled(parts, {0: Choice.MINE, number: Choice.MINE}) == mine
    with pytest.raises(ValueError, match="one value"):
        settled(parts, {0: Choice.BOTH, number: Choice.MINE})

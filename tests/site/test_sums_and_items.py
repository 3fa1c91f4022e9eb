"""A generated file knows itself, and carries its entry whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.paths import resources
from editor.site.items import ROOT, at, read_item, safe_json
from editor.site.render import Renderer
from editor.site.state import Fix, Item, cover_of
from editor.site.sums import ZERO, stamped, untouched
from tests.site.newsroom import a_blog, id_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
MOMENT = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
RENDERER = Renderer(resources() / "site")


@given(before=TEXT, after=TEXT, place=st.integers(0, 400), other=st.integers(1, 255))
def test_a_single_changed_byte_is_seen(before: str, after: str, place: int, other: int) -> None:
    made = stamped(f"<!-- dateline-sum: {ZERO} -->{before}{after}".encode())
    assert untouched(made)
    place %= len(made)
    changed = bytearray(made)
    changed[place] ^= other
    assert not untouched(bytes(changed))


def test_a_file_without_a_place_for_its_sum_is_not_ours() -> None:
    assert not untouched(b"<html>")
    with pytest.raises(ValueError, match="no place"):
        stamped(b"<html>")


@given(headline=TEXT, html=TEXT, text=TEXT, note=TEXT, time=MOMENT, pinned=st.booleans())
def test_an_entry_is_read_back_out_of_its_own_page(
    headline: str, html: str, text: str, note: str, time: datetime, pinned: bool
) -> None:
    item = Item(
        id=id_of(1),
        time=time,
        revision="r",
        digest="d",
        version=3,
        seq=7,
        published=time,
        updated=time,
        headline=headline,
        html=html,
        text=text,
        pinned=pinned,
        fixes=(Fix(kind="correction", note=note, at=time),),
    )
    page = RENDERER.entry(cover_of(a_blog()), item)
    assert read_item(page) == item
    assert untouched(page)


@given(TEXT)
def test_json_never_ends_the_element_it_stands_in(value: str) -> None:
    made = safe_json(json.dumps([value, "</script>", "<!--"], ensure_ascii=False).encode())
    assert "<" not in made
    assert json.loads(made) == [value, "</script>", "<!--"]


def test_paths_are_seen_from_where_the_page_lies() -> None:
    assert at("../", f'<img src="{ROOT}m/a.jpg">') == '<img src="../m/a.jpg">'

"""What Dateline leaves in a post is read again, whatever stands in it, also what an older program has left."""

from __future__ import annotations

import string
from typing import Any

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from editor.backends._wordpress_grammar import block, pieces
from editor.backends._wordpress_marks import Mark, mark_in

KEY = "01936f2a-7000-7000-8000-000000000001"
LEFT = (
    '<!-- wp:paragraph {"metadata":{"name":"Dateline 01936f2a-7000-7000-8000-000000000001",'
    '"datelineEntry":"w6HI0FDXyCjE0MgKVTUA"}} -->\n<p>Seven metres.</p>\n<!-- /wp:paragraph -->'
)
"""A post as the first of these programs wrote it."""

texts = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from('\\"<>-&/')), max_size=12)
values = st.recursive(
    st.one_of(texts, st.integers(-9, 99), st.booleans(), st.none()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
names = st.text(string.ascii_letters, min_size=1, max_size=8)


@given(st.dictionaries(names, values, max_size=4), st.sampled_from(["", "<p>Seven metres.</p>"]))
@example({"network": "\\"}, "")
@example({"network": '\\\\"\\'}, "<p></p>")
def test_attributes_come_back_as_they_were_written(attrs: dict[str, Any], inner: str) -> None:
    written = block("paragraph", attrs, inner)
    (piece,) = pieces(written)
    assert (piece.name, dict(piece.attrs), piece.source) == ("paragraph", attrs, written)
    # as WordPress does: no filter for HTML, and no end of a comment, is found within
    comment = written.removeprefix("<!--").partition("-->")[0]
    assert not set("<>&") & set(comment) and "--" not in comment and '\\"' not in comment


def test_what_the_first_program_left_is_read_for_ever() -> None:
    (piece,) = pieces(LEFT)
    facts = {"time": "2026-11-22T12:00:00+00:00"}
    assert msgspec.to_builtins(mark_in(piece)) == {"key": KEY, "facts": facts}


def test_a_mark_that_somebody_damaged_still_says_whose_entry_it_is() -> None:
    for spoiled in ("w6HI0FDX", "w6HI0FDXyCjE0MgKVT", "!", "é", "AAAA"):
        (piece,) = pieces(LEFT.replace("w6HI0FDXyCjE0MgKVTUA", spoiled))
        assert mark_in(piece) == Mark(key=KEY), spoiled

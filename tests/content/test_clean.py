"""What may be stored of what was typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.content.block import Unknown
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.clean import check_text, clean_content, clean_text
from editor.content.entry import Content, encode
from editor.content.print import Rights
from tests.content.strategies import SCRIPTS, contents


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\x00b", "ab"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("tab\there", "tab\there"),
        ("\x1b[31mred\x7f\x85", "[31mred"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("\ufffe\uffff", ""),
        ("\ufeff\u200d\u2028\u202e", "\ufeff\u200d\u2028\u202e"),
    ],
)
def test_characters_that_break_things_are_taken_out(typed: str, stored: str) -> None:
    assert clean_text(typed) == stored
    assert check_text(stored) is None


@pytest.mark.parametrize("words", SCRIPTS)
def test_every_script_stays_as_typed(words: str) -> None:
    for form in (words, unicodedata.normalize("NFD", words)):
        assert clean_text(form) == form


@given(st.text(st.characters()))
def test_what_is_clean_can_be_stored_and_stays_as_it_is(typed: str) -> None:
    stored = clean_text(typed)
    stored.encode()
    assert check_text(stored) is None
    assert clean_text(stored) == stored


def test_an_unfit_character_is_named_with_its_line() -> None:
    problem = check_text("one\ntwo\nthree \x07", "headline")
    assert problem is not None
    assert (problem.code, problem.field) == ("text-unfit", "headline")
    assert problem.detail == {"line": 3, "character": "U+0007"}


def test_a_content_is_cleaned_through_and_through() -> None:
    unknown = Unknown(type="poll", raw=b'{"type":"poll","q":"\\u0000"}')
    dirty = Content(
        headline="a\x00",
        labels=("b\x07",),
        body=(
            Text(text="c\r\nd"),
            Quote(speaker="\ud800e"),
            unknown,
            Photo(asset="f", rights=Rights(creator="g\x00")),
        ),
    )
    clean = clean_content(dirty)
    assert clean == Content(
        headline="a",
        labels=("b",),
        body=(
            Text(text="c\nd"),
            Quote(speaker="e"),
            unknown,
            Photo(asset="f", rights=Rights(creator="g")),
        ),
    )
    encode(clean).decode()


@given(contents)
def test_a_clean_content_is_the_same_object(content: Content) -> None:
    assert clean_content(content) is content

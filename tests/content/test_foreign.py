"""What a stranger hands over as a content is the same content, or cleaned, or nothing: never an accident."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from editor.content.block import Unknown
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.clean import clean_content
from editor.content.entry import Content, encode
from editor.content.foreign import read_foreign
from tests.content.strategies import contents

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "asset", "body", "headline", "time", "v", "labels", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def plain(content: Content) -> Content:
    """As a server keeps it that reads the JSON and writes it anew: blocks that we do not know are laid out otherwise."""
    body = tuple(
        Unknown(type=each.type, raw=msgspec.json.encode(each.fields()))
        if isinstance(each, Unknown)
        else each
        for each in content.body
    )
    return clean_content(structs.replace(content, body=body))


@given(contents)
def test_what_we_wrote_comes_back_as_it_was(content: Content) -> None:
    there = json.dumps(json.loads(encode(plain(content))), ensure_ascii=True, indent=1)
    assert read_foreign(there.encode()) == plain(content)


@given(st.binary(max_size=300) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_nothing_that_a_stranger_sends_is_an_accident(raw: bytes) -> None:
    found = read_foreign(raw)
    assert found is None or read_foreign(encode(found)) == found


def test_a_tower_of_brackets_is_nothing() -> None:
    assert read_foreign(b'{"body":[{"type":"x","a":' + b"[" * 100_000) is None
    assert read_foreign(b'{"body":' + b"[" * 100_000 + b"]" * 100_000 + b"}") is None


def test_a_photo_that_was_not_chosen_yet_is_no_reason_to_refuse_the_rest() -> None:
    content = Content(body=(Photo(asset=""), Text(text="x")))
    assert read_foreign(encode(content)) == content


@pytest.mark.parametrize(
    "asked",
    [
        {"edit": {"crop": [0, 0, 10_001, 5]}},
        {"edit": {"crop": [-1, 0, 5, 5]}},
        {"edit": {"turns": 4}},
        {"edit": {"blurs": [[0, 0, 1, 1]] * 101}},
        {"focus": [0, 20_000]},
        {"longest": 30_000},
        {"rights": {"creator": "x" * 2001}},
        {"rights": {"created": "2026-11-22T14:32:00"}},
    ],
    ids=lambda asked: str(asked)[:40],
)
def test_a_stranger_asks_nothing_of_a_photo_that_cannot_be(asked: dict[str, Any]) -> None:
    photo = {"type": "photo", "asset": "a" * 64, "v": 2}
    assert read_foreign(json.dumps({"body": [photo]}).encode()) is not None
    assert read_foreign(json.dumps({"body": [photo | asked]}).encode()) is None


def test_when_a_quote_was_said_has_a_zone_and_an_empty_fact_is_none() -> None:
    block = {"type": "quote", "text": "a", "v": 2, "said": "2026-11-22T14:20:00", "place": ""}
    found = read_foreign(json.dumps({"body": [block]}).encode())
    assert found is not None
    assert found.body == (Quote(text="a", said=datetime(2026, 11, 22, 14, 20, tzinfo=UTC)),)
    assert read_foreign(encode(found)) == found
    bad = {"type": "quote", "text": "a", "v": 2, "unnamed": "perhaps"}
    assert read_foreign(json.dumps({"body": [bad]}).encode()) is None

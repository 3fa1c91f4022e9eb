"""Whatever an answer holds, a look ends in a post of clean plain words, or in one reason: nothing raises, nothing is run."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.content.clean import check_text
from editor.content.kept import Kept, decode, encode
from editor.embeds.look import look, read_story
from editor.embeds.page import words_of
from editor.embeds.results import Answer, Denied, Due, Fetch, Gone, NoAnswer, Typed, Unread
from editor.ui.messages import sentence
from tests.embeds.samples import (
    API,
    BLUESKY,
    DID,
    MASTODON,
    NOW,
    X,
    bluesky_view,
    status,
    x_answer,
)

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
NASTY: list[Any] = [
    SCRIPT,
    "\x00\x1b[2J\u202eevil\u202c\u2066\u2028",
    "\ud800",
    "n" * 10_000,
    "",
    "9999-99-99T99:99:99Z",
    "0001-01-01T00:00:00+23:59",
    "2026-11-22",
    "2999-01-01T00:00:00Z",
    None,
    True,
    -1,
    1e308,
    10**400,
    [],
    [[]],
    [None, 7, {"val": []}],
    {},
    {"$type": 7},
]
VALUES = st.recursive(
    st.sampled_from(NASTY) | st.text(max_size=30) | st.integers() | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["text", "images", "alt", "did", "id"]), inner)
    ),
    max_leaves=6,
)


def fetch_of(answers: dict[str, bytes], kind: int = 200) -> Fetch:
    def fetch(url: str, *, hosts: Collection[str], due: Due) -> Answer:
        place = next((key for key in answers if key in url), "")
        return Answer(status=kind if place else 404, body=answers.get(place, b""))

    return fetch


def bluesky(view: Any) -> tuple[str, dict[str, bytes]]:
    answers = {"resolveHandle": dumped({"did": DID}), API: dumped({"posts": [view]})}
    return BLUESKY, answers


def mastodon(value: Any) -> tuple[str, dict[str, bytes]]:
    return MASTODON, {"social.example": dumped(value)}


def oembed(value: Any) -> tuple[str, dict[str, bytes]]:
    return X, {"publish.x.com": dumped(value)}


def dumped(value: Any) -> bytes:
    return json.dumps(value).encode()


READERS: dict[str, tuple[Callable[[Any], tuple[str, dict[str, bytes]]], Callable[[], Any]]] = {
    "bluesky": (bluesky, bluesky_view),
    "mastodon": (mastodon, status),
    "oembed": (oembed, x_answer),
}


def assert_decent(found: object) -> None:
    """A reason that has its sentence, or a snapshot of clean and bounded words that comes back from the store."""
    if not isinstance(found, Kept):
        assert isinstance(found, Gone | Denied | Typed | Unread)
        assert sentence(found.problem)
        return
    lines = [found.author, found.handle, found.author_id, found.post_id, found.language]
    for words in (*lines, found.text, *(medium.alt for medium in found.media)):
        assert check_text(words) is None
        assert not set(words) & set("\u202d\u202e")
    for line in lines:
        assert len(line) <= 310
        assert "\n" not in line
    assert len(found.text) <= 20_000
    for moment in (found.posted, found.edited):
        assert moment is None or moment.tzinfo is not None
    assert decode(encode(found)) == found


def places(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value within a value."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [before, *(place for key, each in inner for place in places(each, (*before, key)))]


def put(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    copied = value.copy()
    copied[place[0]] = put(value[place[0]], place[1:], new)
    return copied


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("nasty", range(len(NASTY)))
def test_a_wrong_value_in_any_field_costs_no_more_than_the_post(reader: str, nasty: int) -> None:
    made, sample = READERS[reader]
    whole = sample()
    for place in places(whole):
        url, answers = made(put(whole, place, NASTY[nasty]))
        assert_decent(look(url, fetch=fetch_of(answers), now=NOW))


@pytest.mark.parametrize("reader", READERS)
def test_a_script_in_every_field_stays_words(reader: str) -> None:
    made, sample = READERS[reader]
    whole = sample()
    for place in places(whole):
        held = whole
        for key in place:
            held = held[key]
        if isinstance(held, str) and place not in (("id",), ("uri",), ("visibility",)):
            whole = put(whole, place, SCRIPT)
    url, answers = made(whole)
    found = look(url, fetch=fetch_of(answers), now=NOW)
    assert_decent(found)
    if reader == "mastodon":
        assert isinstance(found, Kept)
        assert "alert" not in found.text.removeprefix(SCRIPT)


@pytest.mark.parametrize("reader", READERS)
@given(data=st.data())
def test_whatever_stands_in_an_answer_it_ends_decently(reader: str, data: st.DataObject) -> None:
    made, sample = READERS[reader]
    whole = sample()
    for place in data.draw(st.lists(st.sampled_from(places(whole)), max_size=4)):
        try:
            whole = put(whole, place, data.draw(VALUES))
        except (KeyError, TypeError, IndexError, AttributeError):
            continue
    url, answers = made(whole)
    assert_decent(look(url, fetch=fetch_of(answers), now=NOW))


@given(body=st.binary(max_size=300) | VALUES.map(dumped), answered=st.integers(200, 599))
def test_any_bytes_end_decently(body: bytes, answered: int) -> None:
    for url in (BLUESKY, MASTODON, X):
        assert_decent(look(url, fetch=fetch_of({"/": body}, answered), now=NOW))


PIECES = """<p>|</p>|<br>|<a href='|'>|</a>|<|>|&amp;|&#x202e;|&#0;|&#xd800;|<!--|-->|<script>|</script>|\x00|<title>
|<meta property=og:title content='|<script type=application/ld+json>|{"@type":"Article","headline":|"x"}""".split(
    "|"
)
HTML = st.lists(st.sampled_from([*PIECES, SCRIPT]) | st.text(max_size=8), max_size=25).map("".join)


@given(html=HTML, charset=st.sampled_from(["", "utf-8", "utf-16", "hex", "koi8-r"]) | st.text())
def test_any_page_ends_in_clean_words(html: str, charset: str) -> None:
    answer = Answer(status=200, body=html.encode("utf-8", "surrogatepass"), charset=charset)

    def fetch(url: str, *, hosts: Collection[str], due: Due) -> Answer:
        return answer

    try:
        told = read_story("https://news.example/a", fetch=fetch)
    except NoAnswer as none:
        raise AssertionError(none.problem) from none
    for words in (told.headline, told.outlet, told.summary):
        assert check_text(words) is None
        assert "\n" not in words


@given(html=HTML)
def test_the_words_of_a_post_are_never_longer_than_its_html(html: str) -> None:
    assert len(words_of(html)) <= 2 * len(html)


@pytest.mark.parametrize(
    "piece", ["<a ", "<p>", "<", "<!", "<a b", "<br>", "&", "<script>", "<p x='"]
)
def test_a_post_made_to_take_long_does_not(piece: str) -> None:
    whole = status(content=(piece * 400_000)[:900_000])
    url, answers = mastodon(whole)
    assert_decent(look(url, fetch=fetch_of(answers), now=NOW))

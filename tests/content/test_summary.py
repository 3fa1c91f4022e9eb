"""An entry in short."""

from __future__ import annotations

import pytest
from hypothesis import given

from editor.content.block import Unknown
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.content.stripped import strip_markdown
from editor.content.summary import EXCERPT, count_words, search_fields, summarise
from tests.content.strategies import SCRIPTS, contents

FULL = Content(
    headline="Water reaches the bridge",
    body=(
        Photo(asset="a", caption="Sandbags", alt="People in a line", credit="Staff"),
        Text(text="The gauge read **7.2 metres**."),
        Quote(text="We need ten.", speaker="River engineer", role="waterworks"),
        Social(text="Mark passed", author="Gauge service", handle="@gauges"),
        Story(url="https://example.org/", headline="Shelter opens"),
        Text(text="قال [المهندس](https://example.org/x)"),
        *(Photo(asset=letter) for letter in "abcde"),
        Unknown(type="poll", raw=b'{"type":"poll"}'),
    ),
)


def test_a_summary_counts_what_there_is() -> None:
    short = summarise(FULL)
    assert (short.photos, short.quotes, short.posts, short.stories) == (6, 1, 1, 1)
    assert short.thumbs == ("a", "b", "c", "d")
    assert short.excerpt == "The gauge read 7.2 metres. قال المهندس"
    assert short.headline == "Water reaches the bridge"


def test_search_finds_words_where_they_stand() -> None:
    fields = search_fields(FULL)
    assert fields.headline == "Water reaches the bridge"
    assert "7.2 metres" in fields.text
    assert "المهندس" in fields.text
    assert "Shelter opens" in fields.text
    assert "Mark passed" in fields.text
    assert fields.captions == "Sandbags\nPeople in a line\nStaff"
    assert fields.quotes == "We need ten."
    assert fields.speakers == "River engineer\nwaterworks\nGauge service\n@gauges"


def test_an_entry_without_text_is_excerpted_from_what_it_has() -> None:
    assert summarise(Content(body=(Quote(text="Ten.", speaker="A"),))).excerpt == "“Ten.” — A"
    assert summarise(Content()).excerpt == ""


def test_an_excerpt_ends_between_words() -> None:
    excerpt = summarise(Content(body=(Text(text="metres and " * 100),))).excerpt
    assert len(excerpt) <= EXCERPT + 1
    assert excerpt.endswith(("metres…", "and…"))
    assert len(summarise(Content(body=(Text(text="水" * 500),))).excerpt) == EXCERPT + 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("**bold** and *soft* and ***both***", "bold and soft and both"),
        ("__bold__ _soft_ snake_case 2 * 3 * 4", "bold soft snake_case 2 * 3 * 4"),
        ("# Heading\n\ntext", "Heading\n\ntext"),
        ("#hashtag", "#hashtag"),
        ("- one\n- two\n\n> said\n> more", "one\ntwo\n\nsaid\nmore"),
        ("[نهر](https://example.org/نهر) ![m](a.png)", "نهر m"),
        ("<https://example.org/>", "https://example.org/"),
        ("`code` \\*not bold\\*", "code *not bold*"),
        ("```python\nx = 1\n```", "x = 1"),
        ("one\n\n---\n\ntwo", "one\n\n\n\ntwo"),
        ("2 < 3 <b>", "2 < 3 <b>"),
        ("**जल** और **水**", "जल और 水"),
    ],
)
def test_markers_are_not_words(source: str, words: str) -> None:
    assert strip_markdown(source) == words


@pytest.mark.parametrize("words", SCRIPTS)
def test_words_of_every_script_are_kept(words: str) -> None:
    assert strip_markdown(f"**{words}**") == words


def test_words_are_counted_as_their_script_does() -> None:
    assert count_words("The gauge read 7.2 metres.") == 5
    assert count_words("وصل الماء إلى الجسر") == 4
    assert count_words("पानी पुराने पुल तक पहुँचा") == 5
    assert count_words("洪水到达旧桥") == 6
    assert count_words("gauge 七 marks") == 3
    assert count_words("") == 0


@given(contents)
def test_every_entry_has_a_summary(content: Content) -> None:
    short = summarise(content)
    assert len(short.excerpt) <= EXCERPT + 1
    assert "\n" not in short.excerpt
    search_fields(content)

"""Words are written so that neither WordPress's filters nor its shortcodes and embeds find anything in them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from editor.backends._wordpress_grammar import as_typed, essence, pieces
from editor.backends._wordpress_reading import read_rendered
from editor.content import markup
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.domain.entry import Kind
from editor.sync.delivery import Correction
from tests.real.samples import strange
from tests.wordpress.edits import WHOLE, back, post_of
from tests.wordpress.test_round_trip import NOON

BOOM = "[boom] https://boom.example/watch"


def html_of(content: Content, *corrections: Correction) -> str:
    return "".join(piece.html for piece in pieces(post_of(content, *corrections)))


def tags_and_words(html: str) -> tuple[str, str]:
    """Both as they are written."""
    tags, words = list[str](), list[str]()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            tags.append(self.get_starttag_text() or "")

        def handle_data(self, data: str) -> None:
            words.append(data)

    reader = Reader(convert_charrefs=False)
    reader.feed(html)
    reader.close()
    return "".join(tags), "".join(words)


def test_no_shortcode_stands_in_any_place_of_any_block() -> None:
    content = Content(headline=BOOM, byline=(BOOM,), body=strange(BOOM))
    note = Correction(kind=Kind.CORRECTION, note=BOOM, at=NOON)
    html = html_of(content, note)
    assert "[" not in html
    assert html.count("&#91;boom]") > 15
    assert back(post_of(content, note), BOOM) == content


def test_no_address_stands_alone_for_wordpress_to_embed() -> None:
    _, words = tags_and_words(html_of(Content(byline=(BOOM,), body=strange(BOOM))))
    assert "://" not in words


@pytest.mark.parametrize("words", ["&#91;", "&#x26; & &amp;#38;", "C:\\", 'a\\"b'])
def test_a_filter_that_reads_entities_twice_finds_none_that_was_typed(words: str) -> None:
    content = Content(headline=words, byline=(words,), body=strange(words))
    html = html_of(content)
    assert "&amp;#" not in html
    assert "\\" not in tags_and_words(html)[0]
    assert back(post_of(content), as_typed(markup.text(words))) == content
    assert essence(as_typed(markup.text(words))) == essence(markup.text(words))


def test_a_scheme_in_capitals_is_a_links_scheme_all_the_same() -> None:
    content = Content(body=(Text(text="<HTTPS://NEWS.EXAMPLE/A>"),))
    assert 'href="https://NEWS.EXAMPLE/A"' in html_of(content)
    assert back(post_of(content), "") == content


def test_what_readers_see_is_read_as_words_without_our_notes() -> None:
    note = Correction(kind=Kind.CORRECTION, note="It was 4.1 m.", at=NOON)
    page = html_of(replace(WHOLE, body=WHOLE.body[:2]), note)
    found = read_rendered("Water &#8211; gate", page)
    assert found is not None
    assert (found.headline, found.byline) == ("Water – gate", WHOLE.byline)
    assert found.unverified is True
    (text,) = found.body
    assert text.text.startswith("The gate is shut.\n\nThe *pumps* run.\n\n> We close the gate")
    assert "4.1 m" not in text.text

"""What an editor changes in WordPress's web editor comes back as blocks of ours, or is kept byte for byte."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from editor.backends._wordpress_grammar import pieces
from editor.content import markup
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.domain.entry import Kind
from editor.sync.delivery import Correction
from tests.wordpress.edits import (
    CARD,
    GROUP,
    LISTED,
    MADE_THERE,
    PHOTO,
    QUOTE,
    TABLE,
    TEXT,
    WHOLE,
    at,
    back,
    change,
    post_of,
    taking,
    whole,
)
from tests.wordpress.test_round_trip import KEY, NOON


def test_what_nobody_touched_comes_back_as_it_was() -> None:
    assert back(post_of(WHOLE)) == WHOLE


def test_words_changed_in_a_paragraph_change_that_text_alone() -> None:
    post = change(post_of(WHOLE), "The gate is shut.", "The gate is <strong>open</strong>.")
    expected = Text(text="The gate is **open**.\n\nThe *pumps* run.")
    assert back(post) == taking(WHOLE, 0, expected)


def test_words_changed_in_a_text_that_html_alone_does_not_say_are_taken_too() -> None:
    post = change(post_of(WHOLE), "<li>Mill road</li>", "<li>Mill road, both ways</li>")
    # the web editor has a heading of the second order as the highest in a post
    expected = LISTED.text.replace("## ", "### ").replace("Mill road", "Mill road, both ways")
    assert back(post) == taking(WHOLE, 3, Text(text=expected))


@pytest.mark.parametrize("level", [2, 4])
def test_a_heading_that_was_changed_comes_back_changed(level: int) -> None:
    post = post_of(WHOLE)
    block = at(post, "What is known")
    new = re.sub("h3", f"h{level}", block).replace('"level":3', f'"level":{level}')
    post = change(post, block, new.replace("What is known", "What we know"))
    (heading, *_) = back(post).body[3].text.split("\n")
    assert heading == f"{'#' * level} What we know"


def test_a_paragraph_added_in_the_middle_stands_there() -> None:
    new = "<!-- wp:paragraph -->\n<p>The desk has a word.</p>\n<!-- /wp:paragraph -->"
    post = post_of(WHOLE)
    photo = at(post, "Sandbags")
    post = change(post, photo, f"{new}\n\n{photo}")
    assert back(post) == taking(WHOLE, 2, Text(text="The desk has a word."), PHOTO)


def test_a_paragraph_added_within_a_text_is_part_of_it() -> None:
    new = "<!-- wp:paragraph -->\n<p>The desk has a word.</p>\n<!-- /wp:paragraph -->"
    post = post_of(WHOLE)
    second = at(post, "pumps")
    post = change(post, second, f"{new}\n\n{second}")
    expected = Text(text="The gate is shut.\n\nThe desk has a word.\n\nThe *pumps* run.")
    assert back(post) == taking(WHOLE, 0, expected)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "We close the gate"), (2, "Sandbags"), (4, "Gauge 7"), (5, "the dam")]
)
def test_a_block_that_was_deleted_is_gone_and_the_others_stay(number: int, words: str) -> None:
    post = post_of(WHOLE)
    assert back(change(post, at(post, words), "")) == taking(WHOLE, number)


def test_blocks_that_were_moved_come_back_in_their_new_order() -> None:
    post = post_of(WHOLE)
    quote, photo, card = at(post, "We close the gate"), at(post, "Sandbags"), at(post, "Gauge 7")
    post = change(post, card, f"{photo}\n\n{card}\n\n{quote}")
    post = post.replace(quote, "", 1).replace(photo, "", 1)
    text, listed, story = WHOLE.body[0], WHOLE.body[3], WHOLE.body[5]
    assert back(post).body == (text, listed, PHOTO, CARD, QUOTE, story)


@pytest.mark.parametrize("words", ["Not verified", "Field desk"], ids=["first", "last"])
def test_the_block_with_the_mark_may_be_deleted_for_it_stands_twice(words: str) -> None:
    post = post_of(replace(WHOLE, language="de")).replace("Nicht bestätigt", "Not verified")
    post = change(post, at(post, words), "")
    there = whole(post)
    assert there.mark is not None
    assert there.content is not None
    assert there.mark.key == KEY
    facts = {"time": there.content.time, "labels": there.content.labels}
    assert facts == {"time": NOON, "labels": ("Roads",)}
    assert there.content.language == "de"


def test_bold_a_link_and_a_line_break_are_taken_over() -> None:
    post = change(
        post_of(WHOLE),
        "The gate is shut.",
        'The <b>gate</b> is <a href="https://gates.example/7" target="_blank" rel="noreferrer">shut</a>.<br>Still.',
    )
    expected = "The **gate** is [shut](https://gates.example/7).\\\nStill.\n\nThe *pumps* run."
    assert back(post) == taking(WHOLE, 0, Text(text=expected))


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ('alt="Sandbags"', 'alt="Sandbags &amp; pumps"', {"alt": "Sandbags & pumps"}),
        ('alt="Sandbags"', 'alt=""', {"alt": ""}),
        ("The quay at noon.", "The <em>old</em> quay.", {"caption": "The old quay."}),
        ("The quay at noon. ", "", {"caption": ""}),
        (
            "Photograph: Field team A",
            "By somebody else",
            {"caption": "The quay at noon. By somebody else", "credit": ""},
        ),
    ],
)
def test_a_photos_words_may_be_changed(old: str, new: str, changed: dict[str, Any]) -> None:
    assert back(change(post_of(WHOLE), old, new)) == taking(WHOLE, 2, replace(PHOTO, **changed))


def test_a_photo_in_another_size_or_place_is_the_same_photo() -> None:
    post = post_of(WHOLE)
    new = at(post, "Sandbags").replace("size-full", "alignwide size-large")
    new = new.replace('"sizeSlug":"full"', '"sizeSlug":"large","align":"wide"')
    new = new.replace("u/2.jpg", "u/2-1024x576.jpg")
    assert back(change(post, at(post, "Sandbags"), new)) == WHOLE


def test_a_photo_that_was_replaced_is_kept_as_it_stands_without_our_hint() -> None:
    post = post_of(WHOLE)
    new = at(post, "Sandbags").replace('"id":9', '"id":91').replace("wp-image-9", "wp-image-91")
    post = change(post, at(post, "Sandbags"), new.replace("u/2.jpg", "u/crowd.jpg"))
    bare = re.sub(r',"metadata":\{[^{}]*\}', "", at(post, "Sandbags"))
    there = back(post).body[2]
    assert there.fields() == {"type": "wordpress", "markup": bare}
    assert "dateline" not in bare


def test_words_of_a_quote_leave_its_speaker_and_the_other_way_round() -> None:
    post = change(post_of(WHOLE), "We close the gate at six.", "We close it at <b>seven</b>.")
    assert back(post).body[1] == replace(QUOTE, text="We close it at seven.")
    cite = re.compile("<cite>.*?</cite>")
    post = cite.sub("<cite>— A lock keeper’s deputy</cite>", at(post_of(WHOLE), "We close"))
    (quote,) = back(post).body
    assert quote == Quote(text=QUOTE.text, speaker="A lock keeper’s deputy")


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("It holds.", "The dam holds.", {"translation": "The dam holds."}),
        ("Noch.", "Noch immer.", {"text": "Der Damm hält.\n\nNoch immer."}),
    ],
)
def test_of_a_translated_quote_each_language_is_changed_alone(
    old: str, new: str, changed: dict[str, Any]
) -> None:
    said = "Der Damm hält.\n\nNoch."
    quote = Quote(text=said, language="de", translation="It holds.", speaker="A warden")
    post = post_of(replace(WHOLE, body=(quote,)))
    assert back(change(post, old, new)).body == (replace(quote, **changed),)


def test_a_translated_quote_without_the_line_between_keeps_every_word() -> None:
    quote = Quote(text="Der Damm hält.", language="de", translation="It holds.", speaker="A warden")
    post = post_of(replace(WHOLE, body=(quote,)))
    line = "<!-- wp:paragraph -->\n<p>Translated from German</p>\n<!-- /wp:paragraph -->"
    expected = replace(quote, text="It holds.\n\nDer Damm hält.", translation=UNSET)
    assert back(change(post, line, "")).body == (expected,)


def test_a_card_whose_words_were_changed_is_a_quote_with_all_its_words() -> None:
    post = change(post_of(WHOLE), "Gauge 7: 4.12 m.", "Gauge 7: 4.2 m.")
    quote = back(post).body[4]
    assert isinstance(quote, Quote)
    assert quote.text.startswith("Gauge 7: 4.2 m.\n\nPicture: A gauge under water\n\nText kept")
    assert quote.speaker.startswith("River gauges")


def test_a_story_whose_headline_was_changed_is_text_with_its_link() -> None:
    post = change(post_of(WHOLE), "How the dam was built", "How they built it")
    expected = "[**How they built it**](https://paper.example/dam) The Paper"
    assert back(post) == taking(WHOLE, 5, Text(text=expected))


@pytest.mark.parametrize("markup", MADE_THERE.values(), ids=MADE_THERE)
def test_what_only_wordpress_knows_is_kept_byte_for_byte_and_sent_back_so(markup: str) -> None:
    post = post_of(WHOLE)
    photo = at(post, "Sandbags")
    there = back(change(post, photo, f"{photo}\n\n{markup}"))
    kept = there.body[3]
    assert kept.fields() == {"type": "wordpress", "markup": markup}
    assert there == taking(WHOLE, 2, PHOTO, kept)
    again = post_of(replace(there, headline="Another headline"))
    assert [piece.source for piece in pieces(again) if piece.source == markup] == [markup]
    assert back(again, "Another headline").body == there.body


def test_a_post_with_nothing_of_ours_but_the_slug_is_read_all_the_same() -> None:
    there = whole(f"{TABLE}\n\n{GROUP}", "Levels")
    assert there.mark is None
    assert there.content is not None
    assert [block.fields()["markup"] for block in there.content.body] == [TABLE, GROUP]
    sent = post_of(there.content)
    assert back(sent, "Levels") == there.content


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Fire &amp; flood", "Fire & flood"),
        ("Caf&eacute; &#8211; 5 &lt; 6", "Café – 5 < 6"),
        ("A <em>late</em> word", "A late word"),
        ("  Spaces   in it ", "Spaces in it"),
        ("", ""),
    ],
)
def test_a_title_says_its_words_without_entities_and_marks(title: str, headline: str) -> None:
    assert back(post_of(WHOLE), title) == replace(WHOLE, headline=headline)


def test_a_headline_that_a_title_cannot_say_comes_back_until_somebody_changes_it() -> None:
    content = replace(WHOLE, headline="Two  spaces\nand a line")
    post = post_of(content)
    assert back(post, markup.text(content.headline)) == content
    assert back(post, "Another one").headline == "Another one"


def test_words_in_the_place_of_the_unverified_mark_are_text_and_the_mark_is_off() -> None:
    post = change(post_of(WHOLE), "Not verified", "The police confirm it")
    there = back(post)
    assert there.unverified is UNSET
    assert there.body[0] == Text(text=f"**The police confirm it**\n\n{TEXT.text}")
    assert back(change(post_of(WHOLE), at(post_of(WHOLE), "Not verified"), "")) == replace(
        WHOLE, unverified=UNSET
    )


def test_words_in_the_place_of_a_correction_are_text() -> None:
    correction = Correction(kind=Kind.CORRECTION, note="It was 4.1 m.", at=NOON)
    post = post_of(WHOLE, correction)
    assert back(post) == WHOLE
    last = back(change(post, "It was 4.1 m.", "It was 4.2 m, says the desk.")).body[-1]
    assert isinstance(last, Text)
    assert "It was 4.2 m, says the desk." in last.text


def test_a_byline_that_was_changed_names_others() -> None:
    post = change(post_of(WHOLE), "Field desk, Photo desk", "Field desk, The night desk")
    assert back(post) == replace(WHOLE, byline=("Field desk", "The night desk"))


def test_an_old_editor_that_drops_metadata_leaves_every_word() -> None:
    post = re.sub(r',?"metadata":\{[^{}]*\}', "", post_of(WHOLE)).replace(" {}", "")
    assert "metadata" not in post
    there = whole(post)
    assert there.mark is None
    assert there.content is not None
    content = there.content
    assert (content.byline, content.unverified) == (WHOLE.byline, True)
    assert content.body[0] == TEXT
    assert "What is known" in content.body[3].text
    assert [type(block).__name__ for block in content.body] == [
        "Text", "Quote", "Unknown", "Text", "Quote", "Text",
    ]  # fmt: skip
    said = " ".join(block.plain() for block in content.body)
    assert all(words in said for words in ("Gauge 7: 4.12 m.", "lock keeper", "the dam was built"))


def test_the_classic_editors_words_are_paragraphs() -> None:
    post = "The gate is shut.\nStill.\n\nThe <em>pumps</em> run.\n\n<ul>\n<li>North</li>\n</ul>"
    assert back(post).body == (
        Text(text="The gate is shut.\\\nStill.\n\nThe *pumps* run.\n\n- North"),
    )
    assert back("<p>The gate is shut.</p>\r\n<p>Still.</p>").body == (
        Text(text="The gate is shut.\n\nStill."),
    )


@pytest.mark.parametrize(
    "words",
    [
        'A form: <form action="/x"><input name="y"></form>',
        '[gallery ids="1,2"]\n\nSome words.',
        '<img src="https://news.example/u/1.jpg" alt="">',
        "<table><tr><td>4.1 m</td></tr></table>",
    ],
)
def test_what_the_classic_editor_made_that_we_do_not_know_is_kept(words: str) -> None:
    (block,) = back(words).body
    assert block.fields() == {"type": "wordpress", "markup": words}
    assert words in post_of(back(words))


def test_an_editor_that_only_writes_the_html_in_its_own_way_changes_nothing() -> None:
    links = Text(
        text="At https://gates.example and [gallery] & [there](https://x.example/?a=1&b=2)"
    )
    content = replace(WHOLE, body=(*WHOLE.body, links))
    post = post_of(content)
    for ours, theirs in [
        ("&#58;", ":"),
        ("&#91;", "["),
        ("<br>", "<br/>"),
        ("/>", " />"),
        ("</li><", "</li>\n<"),
        ("<p>", '<p class="has-text-align-left">'),
        ("&amp;b=2", "&#038;b=2"),
    ]:
        post = post.replace(ours, theirs)
    assert back(post) == content


def test_a_paragraph_that_was_split_keeps_its_words_though_both_halves_bear_the_hint() -> None:
    post = post_of(replace(WHOLE, body=(Text(text="_One._ Two."),)))
    block = at(post, "One.")
    assert '"dateline":' in block
    halves = [change(block, "<em>One.</em> Two.", half) for half in ("<em>One.</em>", "Two.")]
    there = back(change(post, block, "\n\n".join(halves)))
    assert there.body == (Text(text="*One.*"), Text(text="Two."))


def test_a_block_that_was_doubled_stands_twice() -> None:
    post = post_of(WHOLE)
    quote = at(post, "We close the gate")
    assert back(change(post, quote, f"{quote}\n\n{quote}")) == taking(WHOLE, 1, QUOTE, QUOTE)


def test_a_hint_on_what_is_another_block_now_is_not_believed() -> None:
    post = post_of(replace(WHOLE, body=(QUOTE,)))
    block = at(post, "We close the gate")
    group = re.sub(r"<blockquote[^>]*>(.*)</blockquote>", r"<div>\1</div>", block, flags=re.S)
    group = group.replace("wp:quote", "wp:group").replace("at six", "at seven")
    (kept,) = back(change(post, block, group)).body
    assert "at seven" in kept.fields()["markup"]

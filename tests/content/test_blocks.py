"""Each block as readers see it, as words, and with what its writer should mend."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given

from editor.content.block import Block, Page, Picture
from editor.content.blocks import decode, kinds
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.quote_words import translated_from
from editor.problems import Severity
from tests.content.strategies import photos

CET = timezone(timedelta(hours=1))
PAGE = Page(
    zone=CET,
    pictures={
        "a": Picture(
            src="m/1-960.jpg",
            sources=(("m/1-640.jpg", 640), ("m/1-960.jpg", 960)),
            width=960,
            height=640,
        )
    },
)
POST = Social(
    url="https://social.example/@gauges/113456789012345678",
    network="mastodon",
    author="River gauge service",
    handle="@gauges@social.example",
    posted=datetime(2026, 11, 22, 13, 21, tzinfo=UTC),
    captured=datetime(2026, 11, 22, 13, 29, tzinfo=UTC),
    text="Gauge 7 passed the 1998 mark.\nPlease stay off the embankment.",
)


def test_text_is_paragraphs_that_find_their_own_direction() -> None:
    text = Text(text="The gauge read **7.2 metres**.\n\nوصل الماء إلى *الجسر* القديم.")
    assert text.html(PAGE) == (
        '<p dir="auto">The gauge read <strong>7.2 metres</strong>.</p>\n'
        '<p dir="auto">وصل الماء إلى <em>الجسر</em> القديم.</p>'
    )
    assert text.plain() == "The gauge read 7.2 metres.\n\nوصل الماء إلى الجسر القديم."


def test_a_photo_is_a_figure_with_reserved_space_and_its_credit() -> None:
    photo = Photo(
        asset="a",
        caption="Volunteers fill sandbags <below> the bridge",
        alt='People & "sandbags"',
        credit="Staff",
    )
    assert photo.html(PAGE) == (
        '<figure class="photo"><img src="m/1-960.jpg" srcset="m/1-640.jpg 640w, m/1-960.jpg 960w"'
        ' sizes="(min-width: 1080px) 648px, 100vw" width="960" height="640"'
        ' alt="People &amp; &quot;sandbags&quot;" loading="lazy" decoding="async">'
        '<figcaption dir="auto">Volunteers fill sandbags &lt;below&gt; the bridge.'
        ' <span class="credit">Photograph: Staff</span></figcaption></figure>'
    )


def test_a_caption_that_ends_its_sentence_gets_no_second_full_stop() -> None:
    for caption in ("The bridge.", "洪水到达旧桥。", "أين الماء؟", "पानी पुल तक पहुँचा।"):
        html = Photo(asset="a", caption=caption, credit="x").html(PAGE)
        assert f"{caption} <span" in html


def test_a_decorative_photo_has_an_empty_alternative_text() -> None:
    assert ' alt="" ' in Photo(asset="a", alt="River", decorative=True).html(PAGE)


def test_a_photo_whose_picture_is_missing_keeps_its_caption() -> None:
    html = Photo(asset="b", caption="The old bridge").html(PAGE)
    assert html == (
        '<figure class="photo"><figcaption dir="auto">The old bridge</figcaption></figure>'
    )
    assert Photo(asset="b").html(PAGE) == ""


def test_a_quote_shows_whose_words_they_are_and_where_they_were_said() -> None:
    quote = Quote(
        text="We need ten.\n\nEveryone here\nknows it.",
        speaker="River engineer",
        role="city waterworks",
        how="by phone",
        source="https://www.example.org/statement?a=1&b=2",
        language="en",
    )
    assert quote.html(PAGE) == (
        '<figure class="quote"><blockquote lang="en" dir="auto"'
        ' cite="https://www.example.org/statement?a=1&amp;b=2">'
        "<p>We need ten.</p><p>Everyone here<br>knows it.</p></blockquote>"
        '<figcaption dir="auto">— <cite>River engineer</cite>, city waterworks, by phone, '
        '<a href="https://www.example.org/statement?a=1&amp;b=2" rel="noopener noreferrer">'
        "example.org</a></figcaption></figure>"
    )
    assert Quote(text="a", speaker="b", role="c").plain() == "“a” — b, c"


def test_a_quote_without_a_speaker_has_no_empty_caption() -> None:
    assert Quote(text="a").html(PAGE) == (
        '<figure class="quote"><blockquote dir="auto"><p>a</p></blockquote></figure>'
    )


def a_translated_quote(**more: object) -> Quote:
    facts = {
        "text": "نحتاج إلى عشر مضخات.",
        "language": "ar",
        "translation": "We need ten pumps.",
        "speaker": "River engineer",
        "place": "Basra",
        "said": datetime(2026, 11, 22, 13, 20, tzinfo=CET),
        **more,
    }
    return Quote(**facts)  # type: ignore[arg-type]


def test_a_translation_comes_first_and_the_words_as_they_were_said_below_it() -> None:
    assert a_translated_quote().html(PAGE) == (
        '<figure class="quote"><blockquote lang="en" dir="auto"><p>We need ten pumps.</p></blockquote>'
        '<p class="from" dir="auto">Translated from Arabic</p>'
        '<blockquote class="original" lang="ar" dir="auto"><p>نحتاج إلى عشر مضخات.</p></blockquote>'
        '<figcaption dir="auto">— <cite>River engineer</cite> <span class="said">Basra, '
        '<time datetime="2026-11-22T13:20:00+01:00">22 November 2026 13:20</time></span>'
        "</figcaption></figure>"
    )
    assert a_translated_quote().plain() == (
        "“We need ten pumps.” — River engineer\n“نحتاج إلى عشر مضخات.”"
    )


@pytest.mark.parametrize(
    ("language", "told", "day"),
    [
        ("en", "Translated from Arabic", "22 November 2026"),
        ("ar", "مترجم عن العربية", "22 نوفمبر 2026"),
        ("de-AT", "Übersetzt aus dem Arabischen", "22. November 2026"),
        ("es", "Traducido del árabe", "22 de noviembre de 2026"),
        ("fa", "ترجمه از عربی", "22 نوامبر 2026"),
        ("fr", "Traduit de l’arabe", "22 novembre 2026"),
        ("he", "תורגם מערבית", "22 בנובמבר 2026"),
        ("hi", "अरबी से अनूदित", "22 नवंबर 2026"),
        ("hu", "Fordítás arabról", "2026. november 22."),
        ("zh-Hans", "译自阿拉伯语", "2026年11月22日"),
        ("fi", "Translated from Arabic", "22 November 2026"),
    ],
)
def test_what_a_quote_says_itself_is_in_the_pages_language(
    language: str, told: str, day: str
) -> None:
    html = a_translated_quote().html(Page(language=language, zone=CET))
    assert f">{told}</p>" in html
    assert f">{day} 13:20</time>" in html
    assert f'<blockquote lang="{language}" dir="auto">' in html
    reason = "{kept} <safe>"
    unnamed = a_translated_quote(unnamed=True, reason=reason).html(Page(language=language))
    assert "{kept} &lt;safe&gt;" in unnamed


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '"><img src=x onerror=a>'])
def test_no_fact_of_a_quote_becomes_markup(attack: str) -> None:
    quote = a_translated_quote(place=attack, reason=attack, unnamed=True, language=attack)
    html = msgspec.structs.replace(quote, translation=attack, role=attack).html(PAGE)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count(" lang=") == 1


def test_a_translation_from_a_language_without_a_name_here_is_told_as_one() -> None:
    for source in ("", "tlh", "<"):
        html = a_translated_quote(language=source).html(PAGE)
        assert '<p class="from" dir="auto">Translated</p>' in html


def test_every_page_language_names_every_language_that_is_known() -> None:
    for page in "en ar de es fa fr he hi hu zh".split():
        told = {translated_from(source, page) for source in "ar de en fr ko ku ps tr ur zh".split()}
        assert len(told) == 10


def test_a_source_that_is_not_named_is_described_with_the_reason() -> None:
    nurse = Quote(
        text="a",
        speaker="A nurse",
        role="district hospital",
        unnamed=True,
        reason="she fears for her job",
    )
    assert "— <cite>A nurse</cite>, district hospital, unnamed, because she fears" in nurse.html(
        PAGE
    )
    assert nurse.plain() == "“a” — A nurse, district hospital (she fears for her job)"
    nobody = Quote(text="a", unnamed=True, reason="fear")
    assert "— <cite>A source</cite>, unnamed, because fear" in nobody.html(PAGE)


def test_a_quote_is_attributed_by_a_speaker_or_by_a_reason_why_there_is_none() -> None:
    assert Quote(text="a", speaker="b").is_attributed
    assert not Quote(text="a", speaker=" ").is_attributed
    assert not Quote(text="a", speaker="A nurse", unnamed=True).is_attributed
    assert not Quote(text="a", unnamed=True, reason=" ").is_attributed
    assert Quote(text="a", unnamed=True, reason="fear").is_attributed
    assert not Quote(text="a", reason="fear").is_attributed


def test_a_quote_without_new_facts_keeps_its_bytes_and_one_with_them_has_a_new_version() -> None:
    old = b'{"type":"quote","text":"a","speaker":"b","role":"","how":"","source":"","language":"","v":1}'
    plain = Quote(text="a", speaker="b")
    assert msgspec.json.encode(plain) == old
    assert Quote(text="a", speaker="b", place="", reason="", translation="", unnamed=False) == plain
    assert decode(msgspec.Raw(old)) == plain
    assert Quote(place="Basra").v == 2
    assert msgspec.structs.replace(Quote(place="Basra"), place="").v == 1


def test_a_post_is_its_kept_words_and_loads_nothing() -> None:
    html = POST.html(PAGE)
    assert html == (
        '<figure class="post" data-frame="https://social.example/@gauges/113456789012345678/embed"'
        ' data-own="" data-load="Load the post from social.example. social.example will learn your address."'
        ' data-close="Close the post" data-title="Post on social.example">'
        "<figcaption><cite><bdi>River gauge service</bdi></cite>"
        ' <bdi class="handle">@gauges@social.example</bdi>'
        ' <span class="facts"><time datetime="2026-11-22T14:21:00+01:00">22 November 2026 14:21</time>'
        ' · <span class="network words">Mastodon</span></span></figcaption>'
        '<blockquote dir="auto" cite="https://social.example/@gauges/113456789012345678">'
        "<p>Gauge 7 passed the 1998 mark.<br>Please stay off the embankment.</p></blockquote>"
        '<p class="kept">Text kept at <time datetime="2026-11-22T14:29:00+01:00">14:29</time>.'
        ' <a href="https://social.example/@gauges/113456789012345678"'
        ' rel="noopener noreferrer nofollow">Open the post</a></p></figure>'
    )
    assert " src=" not in html


def test_a_story_is_its_headline_outlet_and_summary() -> None:
    story = Story(
        url="https://news.example.org/shelter",
        headline="First shelter <opens>",
        outlet="Delta News",
        summary="It is full.",
    )
    assert story.html(PAGE) == (
        '<aside class="story" dir="auto"><a href="https://news.example.org/shelter"'
        ' rel="noopener noreferrer">First shelter &lt;opens&gt;</a>'
        ' <span class="outlet">Delta News</span><p>It is full.</p></aside>'
    )
    assert story.plain() == "First shelter <opens> (Delta News)\nIt is full."
    assert ">news.example.org</a>" in Story(url=story.url).html(PAGE)


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en-GB", "Photograph"),
        ("ar", "الصورة"),
        ("fa", "عکس"),
        ("he", "צילום"),
        ("de", "Foto"),
        ("fr-CA", "Photographie"),
        ("es", "Fotografía"),
        ("hu", "Fotó"),
        ("zh-Hant", "摄影"),
        ("hi", "फ़ोटो"),
        ("tlh", "Photograph"),
        ("", "Photograph"),
    ],
)
def test_the_page_speaks_its_own_language(language: str, word: str) -> None:
    page = Page(language=language, pictures=PAGE.pictures)
    assert f"{word}: Staff" in Photo(asset="a", credit="Staff").html(page)
    assert "14:29" in POST.html(Page(language=language, zone=CET))


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '"><img src=x onerror=a>', "&lt;"])
def test_nothing_typed_becomes_markup(attack: str) -> None:
    a = attack
    blocks: list[Block] = [
        Photo(asset="a", caption=attack, alt=attack, credit=attack),
        Quote(text=a, language=a, speaker=a, role=a, how=a, source=a),
        Social(text=a, language=a, url=a, network=a, author=a, handle=a),
        Story(url=attack, headline=attack, outlet=attack, summary=attack),
    ]
    for block in blocks:
        html = block.html(PAGE)
        assert "<script" not in html
        assert "<img src=x" not in html
        assert "href" not in html
        assert "lang=" not in html
        assert "&amp;lt;" in html or attack != "&lt;"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_an_unsafe_address_never_becomes_a_link(url: str) -> None:
    for block in (Quote(text="a", source=url), Social(url=url, text="a"), Story(url=url)):
        assert "href" not in block.html(PAGE)
        assert "cite=" not in block.html(PAGE)
        assert "link-scheme" in [problem.code for problem in block.problems()]


def problems(block: Text | Photo | Quote | Social | Story) -> list[tuple[str, str, Severity]]:
    return [(found.code, found.field, found.severity) for found in block.problems()]


def test_what_a_writer_should_mend_is_told_at_its_field() -> None:
    warning, error = Severity.WARNING, Severity.ERROR
    assert problems(Text(text="fine")) == []
    assert problems(Text(text="[a](javascript:b)")) == [("link-scheme", "text", warning)]
    assert problems(Text(text="[a](https://example.org/)")) == []
    assert problems(Text(text="a" * 1_000_000)) == []
    assert problems(Text(text="a" * 1_000_001)) == [("text-too-long", "text", error)]
    assert problems(Text(text="水" * 400_000)) == [("text-too-long", "text", error)]
    assert problems(Photo(asset="a")) == [("photo-without-alt", "alt", warning)]
    assert problems(Photo(asset="a", decorative=True)) == []
    assert problems(Photo(asset="a", alt="River")) == []
    assert problems(Quote(text="a")) == [("quote-without-speaker", "speaker", warning)]
    reason = [("quote-without-speaker", "reason", warning)]
    assert problems(Quote(text="a", speaker="b", unnamed=True)) == reason
    assert problems(Quote(text="a", unnamed=True, reason="fear")) == []
    assert problems(Quote(speaker="a", source="x")) == [("link-malformed", "source", error)]
    assert problems(Social()) == [("social-without-url", "url", error)]
    assert problems(Story()) == [("story-without-url", "url", error)]
    assert problems(Story(url="https://")) == [("link-malformed", "url", error)]
    assert problems(POST) == []
    long = "https://example.org/" + "a" * 1_980
    assert problems(Story(url=long)) == []
    assert problems(Story(url=long + "a")) == [("link-too-long", "url", error)]


def test_a_block_is_empty_until_something_was_typed_or_chosen() -> None:
    empty: list[Block] = [
        Text(text=" \n"),
        Photo(asset=""),
        Quote(),
        Social(network="x"),
        Story(url=" "),
    ]
    assert all(block.is_empty() for block in empty)
    full: list[Block] = [
        Text(text="a"),
        Photo(asset="a"),
        Quote(how="x"),
        Social(url="x"),
        Story(outlet="x"),
    ]
    assert not any(block.is_empty() for block in full)


def test_every_kind_is_in_the_registry_under_its_own_name() -> None:
    assert set(kinds()) == {"text", "photo", "quote", "social", "story"}
    claims = [kind.PRIORITY for kind in kinds().values() if kind.PRIORITY is not None]
    assert len(set(claims)) == len(claims) == 4


def test_the_window_can_start_without_the_heavy_libraries() -> None:
    program = (
        "import sys, editor.content.summary, editor.content.clean, editor.content.blocks as b;"
        "b.kinds();"
        "print([m for m in ('markdown', 'nh3', 'yaml', 'urllib.parse') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


@given(photos())
def test_a_print_has_one_name_however_the_photo_came_to_be(photo: Photo) -> None:
    """Made here, read from a store, or copied."""
    again = msgspec.json.decode(msgspec.json.encode(photo), type=Photo)
    assert again == photo
    assert msgspec.json.encode(again) == msgspec.json.encode(photo)
    assert again.print == photo.print == msgspec.structs.replace(photo, caption="x").print

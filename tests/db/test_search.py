from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.reading import SqliteViews
from db.search import expression, words_of
from db.store import SqliteStore
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.entry import Content
from editor.domain.entry import Draft
from tests.db.samples import BLOG, NOW, content, entry


def keep(store: SqliteStore, *contents: Content) -> None:
    with store.write() as tx:
        tx.put_blog(BLOG)
        for number, said in enumerate(contents, 1):
            fresh = entry(f"e{number}", number)
            tx.put_entry(fresh)
            tx.put_draft(Draft(entry=fresh.id, content=said, saved=NOW))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Water reaches the old bridge", "bridge"),
        ("Water reaches the old bridge", "WATER bri"),
        ("The gauge read 7.2 metres", "7.2"),
        ("A well-known engineer’s note", "well-kno"),
        ("São Paulo: não", "sao nao"),
        ("Sao Paulo", "São"),
        ("Die Straße ist gesperrt", "STRASSE"),
        ("Die STRASSE ist gesperrt", "straße"),
        ("İstanbul'da sel, ışıklar söndü", "istanbul"),
        ("İstanbul'da sel, ışıklar söndü", "ISIKLAR"),
        ("ISPARTA", "ısparta"),
        ("Ёлка упала", "елка"),
        ("وَصَلَ المــاءُ إلى الجِسر", "الماء الى الجسر"),
        ("پل قدیمی در كنار شهر", "قدیمی کنار"),
        ("پل قديمي", "قدیمی"),
        ("جاده بسته می‌شود", "میشود"),
        ("ساعت ۱۴ و ١٥", "14"),
        ("ساعت ۱۴ و ١٥", "15"),
        ("הַמַּיִם הגיעו אל הגשר", "המים"),
        ("洪水到达旧桥，两座避难所已开放", "旧桥"),
        ("洪水到达旧桥，两座避难所已开放", "避难"),
        ("東京タワーの近くで避難が始まった", "避難"),
        ("東京タワーの近くで", "タワ"),
        ("ﾀﾜｰの近く", "タワー"),
        ("น้ำถึงสะพานเก่าแล้ว", "สะพาน"),
        ("पानी पुराने पुल तक पहुँचा", "पहुँचा"),
        ("पानी पुराने पुल तक पहुँचा", "पुरा"),
        ("한국 홍수 경보", "홍수"),
        ("The river is up 🌊🚨", "🌊"),
        ("Crew of 👩🏽‍🚒 on the way", "👩‍🚒"),
        ("½ metre", "1⁄2"),
        ("cafe\u0301 open", "café"),
    ],
)
def test_words_are_found_in_any_script(
    store: SqliteStore, views: SqliteViews, text: str, query: str
) -> None:
    keep(store, content("", text), content("", "Something else entirely"))
    assert views.timeline(BLOG.id, words=query) == ("e1",)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("पानी पुराने पुल", "पल"),  # a vowel sign is part of the word
        ("が始まった", "か"),  # so is a voicing mark
        ("旧的桥", "旧桥"),  # the characters stand next to each other
        ("the old bridge", "old the bridge x"),
        ("Flood", "flo od"),
    ],
)
def test_other_words_are_not_found(
    store: SqliteStore, views: SqliteViews, text: str, query: str
) -> None:
    keep(store, content("", text))
    assert views.timeline(BLOG.id, words=query) == ()


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "*",
        "AND",
        "bridge OR",
        "NEAR(",
        "words:bridge",
        "-bridge",
        "(",
        "a AND NOT b",
        "\0",
        "^bri",
        "{",
        '"bridge',
        "\ud800",
    ],
)
def test_quotes_and_operators_in_a_query_do_no_harm(
    store: SqliteStore, views: SqliteViews, query: str
) -> None:
    keep(store, content("", "the bridge"))
    views.timeline(BLOG.id, words=query)


def test_an_opening_quote_does_not_hide_anything_yet(
    store: SqliteStore, views: SqliteViews
) -> None:
    keep(store, content("", "the bridge"))
    assert views.timeline(BLOG.id, words='"') == ("e1",)
    assert views.timeline(BLOG.id, words='"bri') == ("e1",)


@given(st.text())
def test_any_query_is_understood_and_any_text_is_folded(text: str) -> None:
    assert words_of(" ".join(words_of(text))) == words_of(text)
    asked = expression(text)
    assert asked == "" or asked.count('"') % 2 == 0


def test_headline_captions_quotes_and_speakers_are_searched_and_no_phrase_spans_two_of_them(
    store: SqliteStore, views: SqliteViews
) -> None:
    keep(
        store,
        Content(
            headline="Old bridge",
            body=(
                Photo(asset="a" * 64, caption="Volunteers", alt="Sandbags", credit="Staff"),
                Quote(text="We need pumps", speaker="River engineer", role="Waterworks"),
            ),
        ),
    )
    for word in ("bridge", "volunteers", "sandbags", "staff", "pumps", "engineer", "waterworks"):
        assert views.timeline(BLOG.id, words=word) == ("e1",), word
    assert views.timeline(BLOG.id, words="bridge-volunteers") == ()


def test_what_a_draft_no_longer_says_is_no_longer_found(
    store: SqliteStore, views: SqliteViews
) -> None:
    keep(store, content("Water", "reaches the bridge"))
    with store.write() as tx:
        tx.put_draft(Draft(entry=entry().id, content=content("Wind"), saved=NOW))
    assert views.timeline(BLOG.id, words="bridge") == ()
    assert views.timeline(BLOG.id, words="wind") == ("e1",)

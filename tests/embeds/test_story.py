"""A story's page is read for its words, whatever it is made of, in whatever charset."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.content.tracking import untracked
from editor.embeds.fetching import Fetcher
from editor.embeds.look import read_story
from editor.embeds.results import Answer, NoAnswer, StoryFacts
from editor.embeds.story import read_page
from tests.embeds.web import Reply, Web, moved, page, trust

URL = "https://news.example/2026/11/water"


def facts(html: str | bytes, charset: str = "") -> StoryFacts:
    body = html if isinstance(html, bytes) else html.encode()
    return read_page(Answer(status=200, body=body, charset=charset), URL)


def test_open_graph_tells_headline_outlet_and_summary(web: Web) -> None:
    web.answers["news.example"] = page(
        "<!DOCTYPE html><html lang=ar><head><meta charset=utf-8><title>عنوان | موقع</title>"
        '<meta property="og:title" content="الماء &quot;يرتفع&quot; &amp; يصل">'
        "<meta content='أخبار > النهر' property='og:site_name'/>"
        '<META NAME="description" CONTENT="not this"><meta property=og:description content=قليل>'
        "</head><body><h1>Other</h1>"
    )
    assert read_story(URL, fetch=web.fetcher()) == StoryFacts(
        url=URL, headline='الماء "يرتفع" & يصل', outlet="أخبار > النهر", summary="قليل"
    )


@pytest.mark.parametrize(
    "linked",
    [
        {"@type": "NewsArticle"},
        {"@type": ["Thing", "LiveBlogPosting"]},
        {"@type": "ReportageNewsArticle"},
    ],
)
@pytest.mark.parametrize("within", ["alone", "list", "graph"])
def test_json_ld_tells_where_open_graph_does_not(linked: dict[str, object], within: str) -> None:
    story = {
        **linked,
        "headline": "पानी <b>पुल</b> तक",
        "description": "Line one\nand two",
        "publisher": {"@type": "Organization", "name": "River News"},
    }
    whole = {"alone": story, "list": [7, story], "graph": {"@graph": [{"@type": "Person"}, story]}}
    script = json.dumps(whole[within])
    html = f"<title>Title</title><script>let x = '<title>no</title>'</script><SCRIPT type='application/ld+json'>{script}</script>"
    assert facts(html) == StoryFacts(
        url=URL, headline="पानी <b>पुल</b> तक", outlet="River News", summary="Line one and two"
    )


def test_the_title_is_the_last_resort() -> None:
    html = "<html><title>\n Water  &eacute;lev&#233;e\n</title><body><title>no</title>"
    assert facts(html) == StoryFacts(url=URL, headline="Water élevée")
    assert facts("") == StoryFacts(url=URL)
    assert facts("no html at all") == StoryFacts(url=URL)
    assert facts("<!-- <title>no</title> --><style><title>no</title></style>") == StoryFacts(
        url=URL
    )


@pytest.mark.parametrize(
    ("words", "encoding", "header", "before"),
    [
        ("Вода поднимается", "windows-1251", "windows-1251", ""),
        ("Вода поднимается", "koi8-r", "", '<meta charset="koi8-r">'),
        ("Вода поднимается", "koi8-r", "x-unknown", "<meta content='text/html; charset=koi8-r'>"),
        ("Вода", "utf-8", "", ""),
        ("Élevée – l’eau", "windows-1252", "", ""),
        ("水が橋に", "shift_jis", "Shift_JIS", ""),
        ("洪水到达旧桥", "gb18030", "gb2312", ""),
        ("المياه", "windows-1256", "windows-1256", ""),
        ("水", "utf-16", "", ""),
        ("Água", "latin-1", "hex", ""),
        ("Água", "latin-1", "unicode_escape", "<meta charset=rot13>"),
        ("Água", "utf-8", "ascii", "<meta charset=utf-8>"),
    ],
)
def test_a_page_is_read_in_its_charset(words: str, encoding: str, header: str, before: str) -> None:
    html = f"{before}<title>{words}</title>".encode(encoding)
    assert facts(html, header).headline == words


def test_a_page_that_was_cut_off_within_a_character_is_read_all_the_same() -> None:
    html = "<title>Вода</title>" + "<p>я" * 10
    assert facts(html.encode()[:-1]).headline == "Вода"


def test_words_of_strangers_are_one_line_cleaned_and_bounded() -> None:
    nasty = "a\x00b\x1b[31m\ud800\u202egpj.exe\u202c \u2066c\u2069\r\n\td" + "x" * 10_000
    html = f'<meta property="og:title" content="{nasty}"><meta property="og:site_name" content="{nasty}">'
    told = facts(html.encode("utf-8", "surrogatepass"), "utf-8")
    for words in (told.headline, told.outlet):
        assert words.startswith("ab[31m")
        assert "gpj.exe c dxxx" in words
        assert len(words) == 300
        words.encode()
        assert not set(words) & set("\x00\x1b\ud800\u202e\u202c\u2066\u2069\r\n\t")


@pytest.mark.parametrize(
    "piece",
    """<|<!|<a |<!--|<a href="|</|<?|<![CDATA[|&|&#|<script>|<title>|<p x='|<a b|<div>|<table><a>|<meta a=b c='|\x00|<a/ /
|<meta property=og:title content=x>|<script type=application/ld+json>[|<svg><title>|<p>"'"'""".split(
        "|"
    ),
)
def test_a_page_made_to_take_long_does_not(piece: str) -> None:
    html = (piece * (1_000_000 // len(piece)))[:1_000_000]
    facts(html)
    facts(html + "<title>x</title>")


def test_a_deep_json_ld_is_passed_by() -> None:
    html = f"<script type='application/ld+json'>{'[' * 90_000}</script><title>Water</title>"
    assert facts(html).headline == "Water"


def test_a_story_is_asked_for_over_https_without_what_tracks(web: Web) -> None:
    web.answers["www.news.example/a?id=7"] = moved("https://news.example/a?id=7")
    web.answers["news.example/a?id=7"] = page("<title>Water</title>")
    url = "http://www.news.example/a?utm_source=x&id=7&fbclid=y#part"
    assert read_story(url, fetch=web.fetcher()).url == "http://www.news.example/a?id=7#part"
    assert [request.host for request in web.requests] == ["www.news.example", "news.example"]


def test_addresses_in_any_script_are_asked_for_as_the_web_writes_them(web: Web) -> None:
    path = "/%E6%B0%B4/%E2%80%93"
    web.answers["news.example/%E6%B0%B4%20?q=%D8%A2%D8%A8&a=b"] = moved(path)
    web.answers[f"news.example{path}"] = moved("/é".encode().decode("latin-1"))
    web.answers["news.example/%C3%A9"] = page("<title>水</title>")
    url = "https://news.example/水%20?q=آب&a=b"
    assert read_story(url, fetch=web.fetcher()) == StoryFacts(url=url, headline="水")
    with pytest.raises(NoAnswer, match="web-certificate"):
        read_story("https://новости.example/вода", fetch=web.fetcher())
    assert web.asked[-1] == "xn--b1amnebsh.example"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "story-gone"),
        (410, "story-gone"),
        (401, "post-needs-sign-in"),
        (402, "post-needs-sign-in"),
        (403, "post-needs-sign-in"),
        (429, "post-busy"),
        (500, "post-unwell"),
    ],
)
def test_a_page_that_is_not_shown_is_one_sentence(web: Web, status: int, code: str) -> None:
    web.answers["news.example"] = Reply(status=status, kind="text/html")
    with pytest.raises(NoAnswer, match=code):
        read_story(URL, fetch=web.fetcher())


@pytest.mark.parametrize(
    "url",
    """x|mailto:desk@example.org|javascript:alert(1)|https://[|https://|//a|https://router/a|https://news.example:8443/a
|https://who@news.example/a|https://[::1]/a|https://./a|https://a..b/c|file:///a||ftp://news.example/a""".split(
        "|"
    ),
)
def test_what_is_no_address_of_a_story_is_not_asked(web: Web, url: str) -> None:
    with pytest.raises(NoAnswer, match="story-no-address"):
        read_story(url, fetch=web.fetcher())
    assert web.silent


@given(
    url=st.text()
    | st.builds(
        "https://{}/{}".format, st.sampled_from(["news.example", "\ud800", "x" * 70]), st.text()
    )
)
def test_whatever_is_taken_for_a_storys_address_it_ends_in_facts_or_a_reason(url: str) -> None:
    asked: list[str] = []

    def nobody(host: str) -> list[str]:
        asked.append(host)
        return []

    with pytest.raises(NoAnswer):
        read_story(url, fetch=Fetcher(resolve=nobody, trust=trust()))
    assert all(host.isascii() for host in asked)


def test_metas_posts_are_no_stories_either(web: Web) -> None:
    with pytest.raises(NoAnswer, match="post-typed-meta"):
        read_story("https://www.instagram.com/p/C8abcDEFghi/", fetch=web.fetcher())
    assert web.silent


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("https://news.example/a?utm_source=x", "https://news.example/a"),
        (
            "https://news.example/a?id=7&utm_source=x&b=%20c#d",
            "https://news.example/a?id=7&b=%20c#d",
        ),
        ("https://news.example/a?UTM_Source=x&id", "https://news.example/a?id"),
        ("https://news.example/a?id=1&id=2", "https://news.example/a?id=1&id=2"),
        ("https://news.example/a#?utm_source=x", "https://news.example/a#?utm_source=x"),
        ("آب", "آب"),
        ("", ""),
    ],
)
def test_an_address_loses_what_tracks_and_nothing_else(url: str, clean: str) -> None:
    assert untracked(url) == clean
    assert untracked(clean) == clean

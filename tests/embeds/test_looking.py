"""What a look comes to: a post as plain words, or the reason why there are none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from editor.content.kept import Kept, Medium
from editor.embeds.look import address_to_look_at, can_look, look
from editor.embeds.results import Denied, Gone, Look, Typed, Unread
from tests.embeds.samples import (
    API,
    BLUESKY,
    DID,
    MASTODON,
    NOW,
    POSTS,
    RESOLVE,
    STATUS,
    X,
    bluesky_view,
    status,
    x_answer,
)
from tests.embeds.web import Reply, Web, page, said

POSTED = datetime(2026, 11, 22, 13, 5, 11, 123000, tzinfo=UTC)


def seen(web: Web, url: str) -> Look:
    return look(url, fetch=web.fetcher(), now=NOW)


def code(found: Look) -> str:
    assert not isinstance(found, Kept)
    return found.problem.code


@pytest.fixture
def bluesky(web: Web) -> Web:
    web.answers[RESOLVE] = said({"did": DID})
    web.answers[POSTS] = said({"posts": [bluesky_view()]})
    return web


def test_a_post_of_bluesky_is_asked_for_by_the_lasting_id_of_its_author(bluesky: Web) -> None:
    assert seen(bluesky, BLUESKY) == Kept(
        url=BLUESKY,
        network="bluesky",
        captured=NOW,
        post_id="3lbcdefghij2k",
        author_id=DID,
        author="Gauges of the Delta 🌊",
        handle="@gauges.example.org",
        text="The gauge reads 7.2 m.\n\nवह बढ़ रहा है",
        language="hi",
        posted=POSTED,
        media=(Medium(alt="A gauge in brown water"),),
    )
    assert bluesky.asked == [API, API]


def test_an_address_with_the_lasting_id_needs_one_question(bluesky: Web) -> None:
    url = f"https://bsky.app/profile/{DID}/post/3lbcdefghij2k"
    found = seen(bluesky, url)
    assert isinstance(found, Kept)
    assert (found.url, len(bluesky.requests)) == (url, 1)


def test_a_post_that_bluesky_does_not_list_is_gone(bluesky: Web) -> None:
    bluesky.answers[POSTS] = said({"posts": []})
    found = seen(bluesky, BLUESKY)
    assert isinstance(found, Gone)
    assert code(found) == "post-gone"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"posts": None},
        {"posts": {}},
        {"posts": [7]},
        {"posts": [{**bluesky_view(), "uri": f"at://{DID}/app.bsky.feed.post/3lzzzzzzzzzzz"}]},
    ],
)
def test_a_list_that_is_none_makes_no_post_deleted(bluesky: Web, answer: Any) -> None:
    bluesky.answers[POSTS] = said(answer)
    assert code(seen(bluesky, BLUESKY)) == "post-not-understood"


@pytest.mark.parametrize("where", ["author", "post"])
def test_an_author_who_asks_not_to_be_shown_to_everybody_is_not_kept(
    bluesky: Web, where: str
) -> None:
    view: dict[str, Any] = bluesky_view()
    (view["author"] if where == "author" else view)["labels"] = [{"val": "!no-unauthenticated"}]
    bluesky.answers[POSTS] = said({"posts": [view]})
    found = seen(bluesky, BLUESKY)
    assert isinstance(found, Denied)
    assert code(found) == "post-not-public"


def test_a_handle_that_nobody_has_is_no_word_on_the_post(bluesky: Web) -> None:
    bluesky.answers[RESOLVE] = said({"error": "InvalidRequest", "message": "no"}, status=400)
    found = seen(bluesky, BLUESKY)
    assert isinstance(found, Unread)
    assert code(found) == "post-handle-unknown"


def test_films_and_pictures_beside_a_quoted_post_are_told(bluesky: Web) -> None:
    view = bluesky_view()
    view["embed"] = {
        "record": {},
        "media": {"images": [{"alt": "one"}, {"alt": None}], "playlist": "x.m3u8", "alt": "a film"},
    }
    bluesky.answers[POSTS] = said({"posts": [view]})
    found = seen(bluesky, BLUESKY)
    assert isinstance(found, Kept)
    assert found.media == (Medium(alt="one"), Medium(), Medium(kind="video", alt="a film"))


def test_a_post_of_mastodon_comes_as_plain_words_with_its_lines(web: Web) -> None:
    web.answers[STATUS] = said(status())
    assert seen(web, MASTODON) == Kept(
        url=MASTODON,
        network="mastodon",
        captured=NOW,
        post_id="113456789012345678",
        author_id="42",
        author="سیل‌سنج",
        handle="@gauges@social.example",
        text="آب در میل ۷ متر است & بالا می‌آید\n\nMore:\nsee https://news.example/a",
        language="fa",
        posted=POSTED,
        media=(Medium(alt="میل در آب"), Medium(kind="video")),
    )
    assert [request.host for request in web.requests] == ["social.example"]


def test_an_edit_and_a_content_warning_are_kept_with_the_post(web: Web) -> None:
    web.answers[STATUS] = said(
        status(edited_at="2026-11-22T13:30:00Z", spoiler_text="Flood", content="<p>High</p>")
    )
    found = seen(web, MASTODON)
    assert isinstance(found, Kept)
    assert found.edited == datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
    assert found.text == "Flood\n\nHigh"


def test_spaces_of_other_scripts_are_the_authors_own(web: Web) -> None:
    content = "<p>　水が  橋に<br/>\n\t10\u00a0m\u200f\u2009!</p>\n<p> וגם <span>שם</span> </p>"
    account = {"id": "42", "acct": "gauges", "display_name": "山田　太郎\u2028x"}
    web.answers[STATUS] = said(status(content=content, account=account))
    found = seen(web, MASTODON)
    assert isinstance(found, Kept)
    assert found.text == "　水が 橋に\n10\u00a0m\u200f\u2009!\n\nוגם שם"
    assert found.author == "山田　太郎 x"


def test_the_author_of_a_post_from_elsewhere_keeps_the_home_of_their_own(web: Web) -> None:
    account = {"id": "43", "acct": "gauges@other.example", "display_name": ""}
    web.answers[STATUS] = said(status(account=account))
    found = seen(web, "https://social.example/@gauges@other.example/113456789012345678")
    assert isinstance(found, Kept)
    assert (found.handle, found.author) == ("@gauges@other.example", "gauges@other.example")


@pytest.mark.parametrize(
    ("answer", "kind", "problem"),
    [
        (404, Gone, "post-gone"),
        (410, Gone, "post-gone"),
        (401, Denied, "post-needs-sign-in"),
        (403, Denied, "post-needs-sign-in"),
        (429, Unread, "post-busy"),
        (500, Unread, "post-unwell"),
        (503, Unread, "post-unwell"),
        (204, Unread, "post-unwell"),
    ],
)
def test_only_a_networks_own_word_makes_a_post_gone(
    web: Web, answer: int, kind: type[Look], problem: str
) -> None:
    for url, place in ((MASTODON, "social.example"), (X, "publish.x.com")):
        web.answers[place] = Reply(status=answer, body=b"<html>", kind="text/html")
        found = seen(web, url)
        assert isinstance(found, kind)
        assert code(found) == problem


def test_a_post_for_followers_or_another_one_is_not_kept(web: Web) -> None:
    for visibility in ("private", "direct", 7, None):
        web.answers[STATUS] = said(status(visibility=visibility))
        assert code(seen(web, MASTODON)) == "post-not-public"
    web.answers[STATUS] = said(status(id="1"))
    assert code(seen(web, MASTODON)) == "post-not-understood"


def test_only_the_words_of_what_x_hands_out_are_taken(web: Web) -> None:
    web.answers["publish.x.com"] = said(x_answer())
    assert seen(web, X) == Kept(
        url=X,
        network="x",
        captured=NOW,
        post_id="1212092628029698048",
        author="River Watch",
        handle="@river_watch",
        text="وصل الماء إلى الجسر\n\n<seven> metres & rising pic.twitter.com/x",
        language="ar",
        posted=datetime(2019, 12, 31, 19, 26, 16, 771000, tzinfo=UTC),
    )
    (request,) = web.requests
    assert request.target.startswith(
        "/oembed?url=https%3A%2F%2Fx.com%2Friver_watch%2Fstatus%2F12120"
    )
    assert "omit_script=1" in request.target
    assert "dnt=true" in request.target


@pytest.mark.parametrize(
    ("url", "host", "network"),
    [
        ("https://www.youtube.com/watch?v=abcdefghi_1", "www.youtube.com", "youtube"),
        (
            "https://www.tiktok.com/@river.watch/video/7300000000000000001",
            "www.tiktok.com",
            "tiktok",
        ),
        ("https://vimeo.com/123456789", "vimeo.com", "vimeo"),
        ("https://www.reddit.com/r/rivers/comments/1abcde/", "www.reddit.com", "reddit"),
        ("https://soundcloud.com/river-radio/gauge", "soundcloud.com", "soundcloud"),
        ("https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk", "open.spotify.com", "spotify"),
        ("https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv", "tube.example", "peertube"),
    ],
)
def test_networks_with_an_open_endpoint_tell_title_and_author(
    web: Web, url: str, host: str, network: str
) -> None:
    web.answers[host] = said(
        {
            "title": "洪水到达旧桥",
            "author_name": "River Watch",
            "html": "<iframe src='https://evil.example/'></iframe><p>not this</p>",
            "thumbnail_url": "https://cdn.example/t.jpg",
        }
    )
    found = seen(web, url)
    assert isinstance(found, Kept)
    assert (found.network, found.url) == (network, url)
    assert (found.text, found.author) == ("洪水到达旧桥", "River Watch")
    assert web.asked == [host]


@pytest.mark.parametrize("network", ["gts", "akko", "pix"])
def test_mastodons_kin_are_asked_in_its_way(web: Web, network: str) -> None:
    url, post_id = {
        "gts": (
            "https://gts.example/@gauges/statuses/01HZX3Q4R5S6T7V8W9XAYBZC0D",
            "01HZX3Q4R5S6T7V8W9XAYBZC0D",
        ),
        "akko": ("https://akko.example/notice/AbCdEfGhIjKlMnOpQr", "AbCdEfGhIjKlMnOpQr"),
        "pix": ("https://pix.example/p/gauges/712345678901234567", "712345678901234567"),
    }[network]
    web.answers[f"{network}.example/api/v1/statuses/{post_id}"] = said(status(id=post_id))
    assert isinstance(seen(web, url), Kept)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("https://www.facebook.com/river.service/posts/1234567890123456", "post-typed-meta"),
        ("https://www.instagram.com/p/C8abcDEFghi/", "post-typed-meta"),
        ("https://www.threads.com/@river.watch/post/C8abcDEFghi", "post-typed-meta"),
        ("https://fb.watch/aBcDeFgHiJ/", "post-typed-meta"),
        ("https://t.me/river_watch/1042", "post-typed-closed"),
        (
            "https://www.linkedin.com/feed/update/urn:li:activity:7130000000000000001/",
            "post-typed-closed",
        ),
        ("https://truthsocial.com/@riverwatch/posts/113456789012345678", "post-typed-closed"),
        ("https://misskey.example/notes/9xabcd1234", "post-typed-closed"),
    ],
)
def test_what_may_not_or_cannot_be_fetched_is_typed_and_nobody_is_asked(
    web: Web, url: str, problem: str
) -> None:
    found = seen(web, url)
    assert isinstance(found, Typed)
    assert code(found) == problem
    assert not can_look(url)
    assert web.silent


def test_what_is_no_post_is_not_asked_for(web: Web) -> None:
    for url in ("", "https://news.example/a", "https://x.com@evil.example/a/status/1"):
        assert code(seen(web, url)) == "post-no-address"
        assert not can_look(url)
    assert web.silent
    assert can_look(X)


@pytest.mark.parametrize("url", [BLUESKY, MASTODON, X])
@pytest.mark.parametrize(
    "answer",
    [
        page("<title>Sign in</title>"),
        Reply(body=b""),
        Reply(body=b"{"),
        Reply(body=b"[]"),
        Reply(body=b"7"),
        Reply(body=b"\xff\xfe{}"),
        Reply(body=b"[" * 200_000),
        Reply(body=b'{"a":' * 100_000),
        Reply(body=b"9" * 10_000),
        Reply(body=b'{"id": ' + b"9" * 10_000 + b"}"),
        said({}),
    ],
)
def test_an_answer_that_is_none_is_one_sentence(web: Web, url: str, answer: Reply) -> None:
    for host in (API, "social.example", "publish.x.com"):
        web.answers[host] = answer
    assert code(seen(web, url)) == "post-not-understood"


def test_a_post_of_bluesky_is_looked_for_again_by_what_lasts(bluesky: Web) -> None:
    found = seen(bluesky, BLUESKY)
    assert isinstance(found, Kept)
    assert address_to_look_at(found) == f"https://bsky.app/profile/{DID}/post/3lbcdefghij2k"


def test_a_server_that_leads_into_the_network_around_is_told_so(web: Web) -> None:
    found = look(MASTODON, fetch=web.fetcher(resolve=lambda host: ["192.168.1.1"]), now=NOW)
    assert code(found) == "post-host-private"
    assert web.connections == 0

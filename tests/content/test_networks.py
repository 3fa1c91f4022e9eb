"""Posts by their addresses, and addresses that only look like posts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.content.networks import label, names, recognise
from tests.content.addresses import look_alikes, posts

POSTS = [
    # address as pasted, network, clean address, handle
    (
        "https://x.com/river_watch/status/1728000000000000001",
        "x",
        "https://x.com/river_watch/status/1728000000000000001",
        "@river_watch",
    ),
    (
        "https://twitter.com/river_watch/status/1728000000000000001?s=20&t=abc",
        "x",
        "https://x.com/river_watch/status/1728000000000000001",
        "@river_watch",
    ),
    (
        "https://mobile.twitter.com/river_watch/statuses/20",
        "x",
        "https://x.com/river_watch/status/20",
        "@river_watch",
    ),
    (
        "https://x.com/i/web/status/1728000000000000001",
        "x",
        "https://x.com/i/status/1728000000000000001",
        "",
    ),
    (
        "https://x.com/i/status/1728000000000000001",
        "x",
        "https://x.com/i/status/1728000000000000001",
        "",
    ),
    (
        "https://x.com/river_watch/status/1728000000000000001/photo/2",
        "x",
        "https://x.com/river_watch/status/1728000000000000001",
        "@river_watch",
    ),
    (
        "http://www.x.com/river_watch/status/1728000000000000001/#m",
        "x",
        "https://x.com/river_watch/status/1728000000000000001",
        "@river_watch",
    ),
    (
        "https://bsky.app/profile/gauges.example.org/post/3kabcdefgh2x",
        "bluesky",
        "https://bsky.app/profile/gauges.example.org/post/3kabcdefgh2x",
        "@gauges.example.org",
    ),
    (
        "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefgh2x",
        "bluesky",
        "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefgh2x",
        "",
    ),
    (
        "https://bsky.app/profile/gauges.bsky.social/post/3kabcdefgh2x?ref=share",
        "bluesky",
        "https://bsky.app/profile/gauges.bsky.social/post/3kabcdefgh2x",
        "@gauges.bsky.social",
    ),
    (
        "at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefgh2x",
        "bluesky",
        "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefgh2x",
        "",
    ),
    (
        "at://gauges.example.org/app.bsky.feed.post/3kabcdefgh2x",
        "bluesky",
        "https://bsky.app/profile/gauges.example.org/post/3kabcdefgh2x",
        "@gauges.example.org",
    ),
    (
        "https://social.example/@gauges/113456789012345678",
        "mastodon",
        "https://social.example/@gauges/113456789012345678",
        "@gauges@social.example",
    ),
    (
        "https://social.example/@gauges@other.example/113456789012345678",
        "mastodon",
        "https://social.example/@gauges@other.example/113456789012345678",
        "@gauges@other.example",
    ),
    (
        "https://social.example/users/gauges/statuses/113456789012345678",
        "mastodon",
        "https://social.example/@gauges/113456789012345678",
        "@gauges@social.example",
    ),
    (
        "https://social.example/users/gauges/statuses/113456789012345678/activity",
        "mastodon",
        "https://social.example/@gauges/113456789012345678",
        "@gauges@social.example",
    ),
    (
        "https://social.example/web/@gauges/113456789012345678",
        "mastodon",
        "https://social.example/@gauges/113456789012345678",
        "@gauges@social.example",
    ),
    (
        "https://social.example/deck/@gauges/113456789012345678",
        "mastodon",
        "https://social.example/@gauges/113456789012345678",
        "@gauges@social.example",
    ),
    (
        "https://m.social.example/@gauges/113456789012345678/embed",
        "mastodon",
        "https://m.social.example/@gauges/113456789012345678",
        "@gauges@m.social.example",
    ),
    (
        "HTTPS://Social.Example/@Gauges/113456789012345678?utm_source=x",
        "mastodon",
        "https://social.example/@Gauges/113456789012345678",
        "@Gauges@social.example",
    ),
    (
        "https://xn--mgbh0fb.example/@river.service/113456789012345678",
        "mastodon",
        "https://xn--mgbh0fb.example/@river.service/113456789012345678",
        "@river.service@xn--mgbh0fb.example",
    ),
    (
        "https://www.threads.net/@river.watch/post/C8abcDEFghi",
        "threads",
        "https://www.threads.com/@river.watch/post/C8abcDEFghi",
        "@river.watch",
    ),
    (
        "https://www.threads.com/@river.watch/post/C8abcDEFghi?xmt=AQG",
        "threads",
        "https://www.threads.com/@river.watch/post/C8abcDEFghi",
        "@river.watch",
    ),
    ("https://threads.net/t/C8abcDEFghi/", "threads", "https://www.threads.com/t/C8abcDEFghi", ""),
    (
        "https://www.instagram.com/p/C8abcDEFghi/?igsh=MzRl",
        "instagram",
        "https://www.instagram.com/p/C8abcDEFghi/",
        "",
    ),
    (
        "https://www.instagram.com/river.watch/p/C8abcDEFghi/",
        "instagram",
        "https://www.instagram.com/p/C8abcDEFghi/",
        "",
    ),
    (
        "https://instagram.com/reel/C8abcDEFghi",
        "instagram",
        "https://www.instagram.com/reel/C8abcDEFghi/",
        "",
    ),
    (
        "https://www.instagram.com/reels/C8abcDEFghi/",
        "instagram",
        "https://www.instagram.com/reel/C8abcDEFghi/",
        "",
    ),
    (
        "https://www.instagram.com/tv/C8abcDEFghi/",
        "instagram",
        "https://www.instagram.com/tv/C8abcDEFghi/",
        "",
    ),
    (
        "https://www.facebook.com/river.service/posts/1234567890123456",
        "facebook",
        "https://www.facebook.com/river.service/posts/1234567890123456",
        "river.service",
    ),
    (
        "https://m.facebook.com/river.service/posts/pfbid02AbCdEf?__tn__=R",
        "facebook",
        "https://www.facebook.com/river.service/posts/pfbid02AbCdEf",
        "river.service",
    ),
    (
        "https://www.facebook.com/river.service/posts/water-rises/1234567890123456/",
        "facebook",
        "https://www.facebook.com/river.service/posts/1234567890123456",
        "river.service",
    ),
    (
        "https://www.facebook.com/permalink.php?story_fbid=pfbid02AbC&id=100012345678901&ref=x",
        "facebook",
        "https://www.facebook.com/permalink.php?story_fbid=pfbid02AbC&id=100012345678901",
        "",
    ),
    (
        "https://m.facebook.com/story.php?story_fbid=123456789&id=100012345678901",
        "facebook",
        "https://www.facebook.com/permalink.php?story_fbid=123456789&id=100012345678901",
        "",
    ),
    (
        "https://www.facebook.com/photo/?fbid=1234567890&set=a.1",
        "facebook",
        "https://www.facebook.com/photo?fbid=1234567890",
        "",
    ),
    (
        "https://www.facebook.com/photo.php?fbid=1234567890",
        "facebook",
        "https://www.facebook.com/photo?fbid=1234567890",
        "",
    ),
    (
        "https://www.facebook.com/watch/?v=1234567890&ref=sharing",
        "facebook",
        "https://www.facebook.com/watch?v=1234567890",
        "",
    ),
    (
        "https://www.facebook.com/river.service/videos/1234567890/",
        "facebook",
        "https://www.facebook.com/river.service/videos/1234567890",
        "river.service",
    ),
    (
        "https://www.facebook.com/reel/1234567890",
        "facebook",
        "https://www.facebook.com/reel/1234567890",
        "",
    ),
    (
        "https://www.facebook.com/share/p/1AbCdEfGhI/",
        "facebook",
        "https://www.facebook.com/share/p/1AbCdEfGhI",
        "",
    ),
    (
        "https://www.facebook.com/groups/delta.news/posts/1234567890/",
        "facebook",
        "https://www.facebook.com/groups/delta.news/posts/1234567890",
        "",
    ),
    ("https://fb.watch/aBcDeFgHiJ/", "facebook", "https://fb.watch/aBcDeFgHiJ/", ""),
    (
        "https://www.tiktok.com/@river.watch/video/7300000000000000001?is_from_webapp=1",
        "tiktok",
        "https://www.tiktok.com/@river.watch/video/7300000000000000001",
        "@river.watch",
    ),
    (
        "https://www.tiktok.com/@river.watch/photo/7300000000000000001",
        "tiktok",
        "https://www.tiktok.com/@river.watch/photo/7300000000000000001",
        "@river.watch",
    ),
    ("https://vm.tiktok.com/ZMabcdefg/", "tiktok", "https://vm.tiktok.com/ZMabcdefg/", ""),
    ("https://www.tiktok.com/t/ZTabcdefg/", "tiktok", "https://www.tiktok.com/t/ZTabcdefg/", ""),
    (
        "https://www.youtube.com/watch?v=abcdefghi_1&t=42s",
        "youtube",
        "https://www.youtube.com/watch?v=abcdefghi_1",
        "",
    ),
    (
        "https://www.youtube.com/watch?app=desktop&v=abcdefghi-1",
        "youtube",
        "https://www.youtube.com/watch?v=abcdefghi-1",
        "",
    ),
    (
        "https://m.youtube.com/watch?v=abcdefghi_1&pp=x",
        "youtube",
        "https://www.youtube.com/watch?v=abcdefghi_1",
        "",
    ),
    (
        "https://youtu.be/abcdefghi_1?si=track",
        "youtube",
        "https://www.youtube.com/watch?v=abcdefghi_1",
        "",
    ),
    (
        "https://www.youtube.com/shorts/abcdefghi_1",
        "youtube",
        "https://www.youtube.com/shorts/abcdefghi_1",
        "",
    ),
    (
        "https://www.youtube.com/live/abcdefghi_1?feature=share",
        "youtube",
        "https://www.youtube.com/watch?v=abcdefghi_1",
        "",
    ),
    (
        "https://www.youtube-nocookie.com/embed/abcdefghi_1",
        "youtube",
        "https://www.youtube.com/watch?v=abcdefghi_1",
        "",
    ),
    ("https://vimeo.com/123456789", "vimeo", "https://vimeo.com/123456789", ""),
    (
        "https://vimeo.com/123456789/abcdef0123",
        "vimeo",
        "https://vimeo.com/123456789/abcdef0123",
        "",
    ),
    ("https://vimeo.com/channels/staffpicks/123456789", "vimeo", "https://vimeo.com/123456789", ""),
    (
        "https://vimeo.com/groups/rivers/videos/123456789",
        "vimeo",
        "https://vimeo.com/123456789",
        "",
    ),
    ("https://player.vimeo.com/video/123456789?h=abc", "vimeo", "https://vimeo.com/123456789", ""),
    ("https://t.me/river_watch/1042", "telegram", "https://t.me/river_watch/1042", "@river_watch"),
    (
        "https://t.me/s/river_watch/1042?single",
        "telegram",
        "https://t.me/river_watch/1042",
        "@river_watch",
    ),
    (
        "https://telegram.me/river_watch/1042",
        "telegram",
        "https://t.me/river_watch/1042",
        "@river_watch",
    ),
    (
        "https://www.reddit.com/r/rivers/comments/1abcde/the_water_is_rising/",
        "reddit",
        "https://www.reddit.com/r/rivers/comments/1abcde/",
        "",
    ),
    (
        "https://old.reddit.com/r/rivers/comments/1abcde/",
        "reddit",
        "https://www.reddit.com/r/rivers/comments/1abcde/",
        "",
    ),
    (
        "https://www.reddit.com/r/rivers/comments/1abcde/the_water/kxyz12/?context=3",
        "reddit",
        "https://www.reddit.com/r/rivers/comments/1abcde/comment/kxyz12/",
        "",
    ),
    (
        "https://www.reddit.com/r/rivers/comments/1abcde/comment/kxyz12/",
        "reddit",
        "https://www.reddit.com/r/rivers/comments/1abcde/comment/kxyz12/",
        "",
    ),
    (
        "https://www.reddit.com/user/river_watch/comments/1abcde/title/",
        "reddit",
        "https://www.reddit.com/user/river_watch/comments/1abcde/",
        "",
    ),
    (
        "https://www.reddit.com/r/rivers/s/AbCdEfGhIj",
        "reddit",
        "https://www.reddit.com/r/rivers/s/AbCdEfGhIj",
        "",
    ),
    ("https://redd.it/1abcde", "reddit", "https://redd.it/1abcde", ""),
    (
        "https://www.linkedin.com/posts/river-service_flood-activity-7130000000000000001-AbCd",
        "linkedin",
        "https://www.linkedin.com/posts/river-service_flood-activity-7130000000000000001-AbCd",
        "",
    ),
    (
        "https://www.linkedin.com/feed/update/urn:li:activity:7130000000000000001/",
        "linkedin",
        "https://www.linkedin.com/feed/update/urn:li:activity:7130000000000000001/",
        "",
    ),
    (
        "https://www.linkedin.com/embed/feed/update/urn:li:share:7130000000000000001",
        "linkedin",
        "https://www.linkedin.com/feed/update/urn:li:share:7130000000000000001/",
        "",
    ),
    (
        "https://truthsocial.com/@riverwatch/posts/113456789012345678",
        "truthsocial",
        "https://truthsocial.com/@riverwatch/posts/113456789012345678",
        "@riverwatch",
    ),
    (
        "https://truthsocial.com/@riverwatch/113456789012345678",
        "truthsocial",
        "https://truthsocial.com/@riverwatch/posts/113456789012345678",
        "@riverwatch",
    ),
]

LOOK_ALIKES = [
    "",
    "not an address",
    "https://",
    "https://x.com/river_watch",
    "https://x.com/river_watch/status/",
    "https://x.com/river_watch/status/abc",
    "https://x.com/river_watch_with_a_long_name/status/1728000000000000001",
    "https://x.com/search/status/1728000000000000001",
    "https://x.com.evil.example/river_watch/status/1728000000000000001",
    "https://evilx.com/river_watch/status/1728000000000000001",
    "https://x.com@evil.example/river_watch/status/1728000000000000001",
    "https://user:word@x.com/river_watch/status/1728000000000000001",
    "https://x.com:8443/river_watch/status/1728000000000000001",
    "ftp://x.com/river_watch/status/1728000000000000001",
    "javascript:https://x.com/river_watch/status/1728000000000000001",
    "https://bsky.app/profile/gauges.example.org",
    "https://bsky.app/profile/gauges/post/3kabcdefgh2x",
    "at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.like/3kabcdefgh2x",
    "https://social.example/@gauges",
    "https://social.example/@gauges/with_replies",
    "https://social.example/@gauges/12345",
    "https://social.example/gauges/113456789012345678",
    "https://social.example/@gauges/113456789012345678/favourites",
    "https://localhost/@gauges/113456789012345678",
    "https://127.0.0.1/@gauges/113456789012345678",
    "https://[::1]/@gauges/113456789012345678",
    "https://[broken/@gauges/113456789012345678",
    "https://www.threads.net/@river.watch",
    "https://www.instagram.com/river.watch/",
    "https://www.instagram.com/explore/tags/flood/",
    "https://www.facebook.com/river.service",
    "https://www.facebook.com/permalink.php?story_fbid=123456789",
    "https://www.facebook.com/watch/",
    "https://www.tiktok.com/@river.watch",
    "https://www.tiktok.com/@river.watch/live",
    "https://www.youtube.com/watch?v=short",
    "https://www.youtube.com/@riverwatch",
    "https://www.youtube.com/playlist?list=PLabcdef",
    "https://youtu.be/",
    "https://vimeo.com/rivers",
    "https://t.me/river_watch",
    "https://t.me/c/1234567890/12",
    "https://t.me/joinchat/AbCdEf",
    "https://www.reddit.com/r/rivers/",
    "https://www.linkedin.com/in/river-engineer/",
    "https://www.linkedin.com/company/7130000000000000001",
    "https://truthsocial.com/@riverwatch",
    "https://news.example.org/2026/11/22/water-rises",
    "https://news.example.org/@desk",
    "https://х.com/river_watch/status/1728000000000000001",  # the first letter is Cyrillic
    "https://x.com/river_watch/status/1728000000000000001\nhttps://evil.example",
]


@pytest.mark.parametrize(("pasted", "network", "clean", "handle"), POSTS)
def test_a_post_is_recognised_and_its_address_cleaned(
    pasted: str, network: str, clean: str, handle: str
) -> None:
    found = recognise(pasted)
    assert found is not None
    assert (found.network, found.url, found.handle) == (network, clean, handle)
    assert found.label == label(network)


@pytest.mark.parametrize(("pasted", "network", "clean"), posts())
def test_an_address_as_it_is_pasted_comes_out_clean(pasted: str, network: str, clean: str) -> None:
    found = recognise(pasted)
    assert found is not None
    assert (found.network, found.url) == (network, clean)


CLEAN = sorted({clean for _, _, clean, _ in POSTS} | {clean for _, _, clean in posts()})


@pytest.mark.parametrize("clean", CLEAN)
def test_a_clean_address_is_its_own_clean_address(clean: str) -> None:
    found = recognise(clean)
    assert found is not None
    assert found.url == clean


@pytest.mark.parametrize("url", LOOK_ALIKES + look_alikes())
def test_a_look_alike_is_no_post(url: str) -> None:
    assert recognise(url) is None


def test_a_post_has_the_id_that_its_network_gave_it() -> None:
    ids = {
        "https://x.com/river_watch/status/1728000000000000001": "1728000000000000001",
        "https://www.youtube.com/watch?v=abcdefghi_1": "abcdefghi_1",
        "at://gauges.example.org/app.bsky.feed.post/3kabcdefgh2x": "3kabcdefgh2x",
        "https://www.facebook.com/photo?fbid=1234567890": "1234567890",
    }
    found = {url: recognise(url) for url in ids}
    assert {url: post and post.post_id for url, post in found.items()} == ids


def test_every_network_has_a_name_for_readers() -> None:
    assert dict(names())["x"] == "X"
    assert len(names()) == len(dict(names())) == 20
    assert label("A network of its own") == "A network of its own"


def test_the_tables_are_as_long_as_they_ought_to_be() -> None:
    assert len({pasted for pasted, _, _ in posts()} | {pasted for pasted, *_ in POSTS}) >= 190
    assert len(set(LOOK_ALIKES + look_alikes())) >= 150
    assert {network for _, network, _ in posts()} == set(dict(names()))


HOSTS = [clean.split("/")[2] for clean in CLEAN] + ["social.example", "x.com@evil.example", "х.com"]
PIECES = st.sampled_from(sorted({piece for clean in CLEAN for piece in clean.split("/")[3:]}))
PATHS = st.lists(PIECES | st.text(max_size=12), max_size=6).map("/".join)
ADDRESSES = st.builds(
    "{}{}/{}{}".format,
    st.sampled_from(["https://", "http://", "https://www.", "HTTPS://m.", "at://", ""]),
    st.sampled_from(HOSTS) | st.text(max_size=12),
    PATHS,
    st.sampled_from(["", "/", "?v=abcdefghi_1", "?utm_source=x#y"]) | st.text(max_size=9),
)


@given(url=ADDRESSES | st.text() | PIECES)
def test_whatever_is_pasted_is_no_address_or_has_a_clean_one_of_its_own(url: str) -> None:
    found = recognise(url)
    if found is not None:
        again = recognise(found.url)
        assert again is not None
        assert (again.network, again.url) == (found.network, found.url)
        assert found.url.startswith("https://")

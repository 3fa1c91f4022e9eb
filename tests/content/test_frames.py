"""The frame of a post is built of its address alone, and of nothing that anybody else said."""

from __future__ import annotations

import pytest

from editor.content.frames import ORIGINS, frame

DID = "did:plc:abcdefghijklmnopqrstuvwx"
FRAMES = {
    "https://x.com/gauges/status/20?s=20": (
        "https://platform.twitter.com/embed/Tweet.html?id=20&dnt=true"
    ),
    f"https://bsky.app/profile/{DID}/post/3kabcdefgh2x": (
        f"https://embed.bsky.app/embed/{DID}/app.bsky.feed.post/3kabcdefgh2x"
    ),
    "https://mastodon.social/@gauges/113456789012345678": (
        "https://mastodon.social/@gauges/113456789012345678/embed"
    ),
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3": (
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    ),
    "https://youtu.be/dQw4w9WgXcQ": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    "https://www.youtube.com/shorts/dQw4w9WgXcQ": (
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    ),
    "https://vimeo.com/76979871": "https://player.vimeo.com/video/76979871?dnt=1",
    "https://vimeo.com/76979871/0123456789": (
        "https://player.vimeo.com/video/76979871?h=0123456789&dnt=1"
    ),
    "https://t.me/gauges/42": "https://t.me/gauges/42?embed=1",
    "https://www.tiktok.com/@gauges/video/7212345678901234567": (
        "https://www.tiktok.com/player/v1/7212345678901234567"
    ),
    "https://www.instagram.com/gauges/p/CabcdefghIJ/": (
        "https://www.instagram.com/p/CabcdefghIJ/embed/"
    ),
    "https://www.facebook.com/gauges/posts/1234567890": (
        "https://www.facebook.com/plugins/post.php"
        "?href=https%3A%2F%2Fwww.facebook.com%2Fgauges%2Fposts%2F1234567890&show_text=true"
    ),
    "https://www.facebook.com/watch?v=1234567890": (
        "https://www.facebook.com/plugins/video.php"
        "?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%3Fv%3D1234567890&show_text=true"
    ),
    "https://www.linkedin.com/posts/gauges_the-river-activity-7123456789012345678-aBcD": (
        "https://www.linkedin.com/embed/feed/update/urn:li:activity:7123456789012345678"
    ),
    "https://www.linkedin.com/feed/update/urn:li:share:7123456789012345678/": (
        "https://www.linkedin.com/embed/feed/update/urn:li:share:7123456789012345678"
    ),
    "https://soundcloud.com/gauges/the-river": (
        "https://w.soundcloud.com/player/"
        "?url=https%3A%2F%2Fsoundcloud.com%2Fgauges%2Fthe-river&auto_play=false"
    ),
    "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk": (
        "https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk"
    ),
    "https://truthsocial.com/@gauges/posts/113456789012345678": (
        "https://truthsocial.com/@gauges/113456789012345678/embed"
    ),
    "https://www.reddit.com/r/rivers/comments/1abcde/the_river/": (
        "https://embed.reddit.com/r/rivers/comments/1abcde/?embed=true"
    ),
}


@pytest.mark.parametrize("url", FRAMES)
def test_every_network_has_its_frame(url: str) -> None:
    found = frame(url)
    assert found is not None
    assert found.src == FRAMES[url]
    assert found.origin in ORIGINS


@pytest.mark.parametrize(
    "url",
    [
        "https://www.threads.com/@gauges/post/CabcdefghIJ",
        "https://bsky.app/profile/gauges.example.org/post/3kabcdefgh2x",
        "https://mastodon.social/@gauges@social.example/113456789012345678",
        "https://t.me/gauges/7/42",
        "https://www.facebook.com/share/p/abcdefgh/",
        "https://vm.tiktok.com/ZMabcdefg/",
        "https://www.reddit.com/user/gauges/comments/1abcde/",
        "https://example.org/a",
        "javascript:alert(1)",
        "",
    ],
)
def test_where_no_frame_is_sure_there_is_none(url: str) -> None:
    assert frame(url) is None


def test_a_kept_id_of_the_author_frames_a_post_that_is_known_by_a_handle() -> None:
    url = "https://bsky.app/profile/gauges.example.org/post/3kabcdefgh2x"
    found = frame(url, DID)
    assert found is not None
    assert found.src == f"https://embed.bsky.app/embed/{DID}/app.bsky.feed.post/3kabcdefgh2x"
    assert frame(url, 'did:plc:"><script>') is None
    assert frame(url, "did:plc:a/../../evil") is None


def test_any_host_of_mastodon_is_named_to_the_reader() -> None:
    found = frame("https://social.example/@gauges/113456789012345678")
    assert found is not None
    assert (found.name, found.origin) == ("social.example", "https://social.example")
    assert found.origin not in ORIGINS


def test_only_youtube_is_told_the_site_and_static_frames_have_no_origin() -> None:
    found = [made for url in FRAMES if (made := frame(url))]
    assert {made.name for made in found if made.tells_site} == {"YouTube"}
    assert {made.name for made in found if not made.own_origin} == {
        "Telegram",
        "Instagram",
        "Facebook",
        "LinkedIn",
    }

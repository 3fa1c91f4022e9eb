"""Posts of several networks for tests and pictures: made up, by roles."""

from __future__ import annotations

from datetime import UTC, datetime

from editor.content.blocks.social import Social
from editor.content.kept import Kept, Medium
from editor.content.networks import recognise

URLS = {
    "x": "https://x.com/rivergauges/status/20",
    "bluesky": "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefgh2x",
    "mastodon": "https://social.example/@gauges/113456789012345678",
    "youtube": "https://www.youtube.com/watch?v=aaaaaaaaaaa",
    "telegram": "https://t.me/rivergauges/42",
    "tiktok": "https://www.tiktok.com/@rivergauges/video/7212345678901234567",
    "instagram": "https://www.instagram.com/p/CabcdefghIJ/",
    "facebook": "https://www.facebook.com/rivergauges/posts/1234567890",
    "spotify": "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk",
    "threads": "https://www.threads.com/@rivergauges/post/CabcdefghIJ",
}


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 22, hour, minute, tzinfo=UTC)


def kept(
    network: str, text: str = "Gauge 7 passed the 1998 mark.\nStay off the embankment."
) -> Kept:
    found = recognise(URLS[network])
    assert found is not None
    return Kept(
        url=found.url,
        network=network,
        captured=at(13, 29),
        post_id=found.post_id,
        author="River gauge service",
        handle=found.handle or "@rivergauges",
        text=text,
        language="en",
        posted=at(13, 21),
        media=(Medium(alt="A gauge under brown water"), Medium(kind="video")),
    )


def posts() -> tuple[Social, ...]:
    return tuple(Social.from_kept(kept(network), "a" * 64) for network in URLS)

"""Answers as networks give them, in short. The people and their words are made up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
DID = "did:plc:abcdefghijklmnopqrstuvwx"
BLUESKY = "https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k"
MASTODON = "https://social.example/@gauges/113456789012345678"
X = "https://x.com/river_watch/status/1212092628029698048"
API = "public.api.bsky.app"
RESOLVE = f"{API}/xrpc/com.atproto.identity.resolveHandle?handle=gauges.example.org"
POSTS = (
    f"{API}/xrpc/app.bsky.feed.getPosts"
    "?uris=at%3A%2F%2Fdid%3Aplc%3Aabcdefghijklmnopqrstuvwx%2Fapp.bsky.feed.post%2F3lbcdefghij2k"
)
STATUS = "social.example/api/v1/statuses/113456789012345678"


def bluesky_view(**record: Any) -> dict[str, Any]:
    return {
        "uri": f"at://{DID}/app.bsky.feed.post/3lbcdefghij2k",
        "cid": "bafyreib2rxk3rybk3aobmv5cjuql3bm2twh4jo5uxgf5kpqcsgz7soitae",
        "author": {
            "did": DID,
            "handle": "gauges.example.org",
            "displayName": "Gauges of the Delta 🌊",
            "avatar": "https://cdn.example/a.jpg",
            "labels": [],
        },
        "record": {
            "$type": "app.bsky.feed.post",
            "text": "The gauge reads 7.2 m.\n\nवह बढ़ रहा है",
            "createdAt": "2026-11-22T13:05:11.123Z",
            "langs": ["hi", "en"],
            **record,
        },
        "embed": {
            "$type": "app.bsky.embed.images#view",
            "images": [{"fullsize": "https://cdn.example/b.jpg", "alt": "A gauge in brown water"}],
        },
        "indexedAt": "2026-11-22T13:05:12.000Z",
        "labels": [],
    }


def status(**changed: Any) -> dict[str, Any]:
    return {
        "id": "113456789012345678",
        "uri": "https://social.example/users/gauges/statuses/113456789012345678",
        "created_at": "2026-11-22T13:05:11.123Z",
        "edited_at": None,
        "visibility": "public",
        "language": "fa",
        "spoiler_text": "",
        "content": "<p>آب در میل <b>۷</b> متر است &amp; بالا می‌آید</p>"
        '<p>More:<br>see <a href="https://news.example/a"><span class="invisible">https://</span>'
        "<span>news.example/a</span></a></p>",
        "account": {"id": "42", "acct": "gauges", "display_name": "سیل‌سنج"},
        "media_attachments": [
            {"type": "image", "url": "https://cdn.example/c.jpg", "description": "میل در آب"},
            {"type": "gifv", "description": None},
        ],
        **changed,
    }


def x_answer(**changed: Any) -> dict[str, Any]:
    return {
        "url": X,
        "author_name": "River Watch",
        "author_url": "https://twitter.com/river_watch",
        "html": '<blockquote class="twitter-tweet"><p lang="ar" dir="rtl">وصل الماء إلى الجسر<br><br>'
        '&lt;seven&gt; metres &amp; rising <a href="https://t.co/x">pic.twitter.com/x</a></p>'
        "&mdash; River Watch (@river_watch) "
        '<a href="https://twitter.com/river_watch/status/1">November 22, 2026</a></blockquote>'
        '<script async src="https://platform.twitter.com/widgets.js"></script>',
        "type": "rich",
        "version": "1.0",
        **changed,
    }

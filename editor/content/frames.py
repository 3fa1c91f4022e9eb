"""Where a network shows one post of its own to be framed, told from the post's address alone.

Only what a network documents, or hands out itself as the code of an embed, is here. Where none is sure there is no
frame, and readers follow the link. Nothing of a network's answer is ever used: the address is ours.

``own_origin``: the frame does not work without an origin of its own (its scripts read cookies or storage, or ask their
own host). It is still another site's than the page's, and the page refuses to frame itself. ``tells_site``: YouTube
plays nothing for a page that does not say from which site it is (its player's terms since July 2025).
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote

import msgspec

from editor.content.networks import label, recognise


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A frame's address, and who learns the reader's when it loads."""

    src: str
    name: str
    own_origin: bool = False
    tells_site: bool = False

    @property
    def origin(self) -> str:
        """Scheme and host, as a page's policy names them."""
        return "/".join(self.src.split("/", 3)[:3])


class _Form(msgspec.Struct, frozen=True):
    network: str
    post: str
    src: str
    own_origin: bool = True
    tells_site: bool = False


_YOUTUBE = r"https://www\.youtube\.com/(?:watch\?v=|shorts/)(?P<id>[\w-]{11})"
_WHOLE = "(?P<whole>{})"
_FORMS = (
    _Form(
        "youtube", _YOUTUBE, "https://www.youtube-nocookie.com/embed/{id}", True, tells_site=True
    ),
    _Form("vimeo", r"https://vimeo\.com/(?P<id>\d+)", "https://player.vimeo.com/video/{id}?dnt=1"),
    _Form(
        "vimeo",
        r"https://vimeo\.com/(?P<id>\d+)/(?P<key>[0-9a-f]+)",
        "https://player.vimeo.com/video/{id}?h={key}&dnt=1",
    ),
    _Form(
        "bluesky",
        r"https://bsky\.app/profile/(?P<user>did:(?:plc|web):[\w.:%-]+)/post/(?P<id>[\w.~-]+)",
        "https://embed.bsky.app/embed/{user}/app.bsky.feed.post/{id}",
    ),
    _Form(
        "mastodon",
        r"https://(?P<host>[a-z0-9.-]+)/@(?P<user>[\w.-]+)/(?P<id>\d+)",
        "https://{host}/@{user}/{id}/embed",
    ),
    _Form(
        "telegram",
        r"https://t\.me/(?P<user>\w+)/(?P<id>\d+)",
        "https://t.me/{user}/{id}?embed=1",
        own_origin=False,
    ),
    _Form(
        "tiktok",
        r"https://(?:www\.tiktok\.com/@[\w.]+/video/|m\.tiktok\.com/v/)(?P<id>\d+)(?:\.html)?",
        "https://www.tiktok.com/player/v1/{id}",
    ),
    _Form(
        "x",
        r"https://x\.com/\w+/status/(?P<id>\d+)",
        "https://platform.twitter.com/embed/Tweet.html?id={id}&dnt=true",
    ),
    _Form(
        "instagram",
        r"https://www\.instagram\.com/(?P<kind>p|reel|tv)/(?P<id>[\w-]+)/?",
        "https://www.instagram.com/{kind}/{id}/embed/",
        own_origin=False,
    ),
    _Form(
        "facebook",
        _WHOLE.format(
            r"https://www\.facebook\.com/(?:[\w.-]+/(?:posts|photos)/\w+|permalink\.php\?.+|photo\?.+)"
        ),
        "https://www.facebook.com/plugins/post.php?href={whole}&show_text=true",
        own_origin=False,
    ),
    _Form(
        "facebook",
        _WHOLE.format(r"https://www\.facebook\.com/(?:[\w.-]+/videos/\d+|watch\?.+|reel/\d+)"),
        "https://www.facebook.com/plugins/video.php?href={whole}&show_text=true",
        own_origin=False,
    ),
    _Form(
        "linkedin",
        r"https://www\.linkedin\.com/(?:posts/[^/?]*-|feed/update/urn:li:)(?P<kind>activity|ugcPost|share)[-:]"
        r"(?P<id>\d+)(?:-[\w-]*)?/?",
        "https://www.linkedin.com/embed/feed/update/urn:li:{kind}:{id}",
        own_origin=False,
    ),
    _Form(
        "soundcloud",
        _WHOLE.format(r"https://soundcloud\.com/[\w-]+/(?:sets/)?[\w-]+"),
        "https://w.soundcloud.com/player/?url={whole}&auto_play=false",
    ),
    _Form(
        "spotify",
        r"https://open\.spotify\.com/(?P<kind>track|album|episode|show|playlist)/(?P<id>\w{22})",
        "https://open.spotify.com/embed/{kind}/{id}",
    ),
    _Form(
        "truthsocial",
        r"https://truthsocial\.com/@(?P<user>\w+)/(?:posts/)?(?P<id>\d+)",
        "https://truthsocial.com/@{user}/{id}/embed",
    ),
    _Form(
        "reddit",
        r"https://www\.reddit\.com/r/(?P<group>\w+)/comments/(?P<id>\w+)/",
        "https://embed.reddit.com/r/{group}/comments/{id}/?embed=true",
    ),
)

ORIGINS = (
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://embed.bsky.app",
    "https://mastodon.social",
    "https://t.me",
    "https://www.tiktok.com",
    "https://platform.twitter.com",
    "https://www.instagram.com",
    "https://www.facebook.com",
    "https://www.linkedin.com",
    "https://w.soundcloud.com",
    "https://open.spotify.com",
    "https://truthsocial.com",
    "https://embed.reddit.com",
)
"""What every page may frame: entries come to open pages, and a page's policy cannot be changed while it is open."""


def frame(url: str, author_id: str = "") -> Frame | None:
    """The frame of a post, or None. ``author_id`` is the network's own name for its author, where that was kept."""
    found = recognise(url)
    if found is None:
        return None
    address = found.url
    if found.network == "bluesky" and author_id.startswith("did:"):
        address = re.sub("/profile/[^/]+/", f"/profile/{author_id}/", address)
    for form in _FORMS:
        if form.network != found.network:
            continue
        match = _pattern(form.post).fullmatch(address)
        if match is not None:
            return _made(form, match.groupdict())
    return None


def _made(form: _Form, parts: dict[str, str]) -> Frame:
    whole = quote(parts.pop("whole", ""), safe="")
    return Frame(
        src=form.src.format(whole=whole, **parts),
        name=parts.get("host") or label(form.network),
        own_origin=form.own_origin,
        tells_site=form.tells_site,
    )


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)

"""Which network an address is a post of, told by its grammar alone and without a network.

A correspondent pastes an address offline, so nothing is looked up: a network is a set of hosts and the shapes its
posts' paths have. Addresses come out clean: the public host, no tracking, no fragment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

import msgspec


class Recognised(msgspec.Struct, frozen=True, kw_only=True):
    """A post by its address. ``post_id`` and ``handle`` are empty where the address does not tell them."""

    network: str
    label: str
    url: str
    handle: str = ""
    post_id: str = ""


class _Shape(msgspec.Struct, frozen=True):
    """One form of a post's path; ``canonical`` is filled with the path's named parts.

    Patterns are compiled when they are first asked for: the window imports this at its start.
    """

    path: str
    canonical: str
    handle: str = ""
    query: tuple[str, ...] = ()


class _Network(msgspec.Struct, frozen=True):
    name: str
    label: str
    hosts: tuple[str, ...]
    shapes: tuple[_Shape, ...]


def _shape(path: str, canonical: str, handle: str = "", query: tuple[str, ...] = ()) -> _Shape:
    return _Shape(path + "/?", canonical, handle, query)


_X_USER = r"/@?(?P<user>\w{1,15})"
_CODE = r"(?P<id>[A-Za-z0-9_-]{5,40})"
_VIDEO = r"(?P<id>[A-Za-z0-9_-]{11})"
_PAGE = r"(?P<user>[A-Za-z0-9.\-]{2,80})"
_WATCH = "https://www.youtube.com/watch?v={id}"
_BLUESKY = "https://bsky.app/profile/{user}/post/{id}"

_NETWORKS = (
    _Network(
        "x",
        "X",
        ("x.com", "twitter.com"),
        (
            _shape(
                r"/i/(?:web/)?status(?:es)?/(?P<id>\d{1,20})(?:/(?:photo|video)/\d)?",
                "https://x.com/i/status/{id}",
            ),
            _shape(
                _X_USER + r"/status(?:es)?/(?P<id>\d{1,20})(?:/(?:photo|video)/\d)?",
                "https://x.com/{user}/status/{id}",
                "@{user}",
            ),
        ),
    ),
    _Network(
        "bluesky",
        "Bluesky",
        ("bsky.app",),
        (
            _shape(
                r"/profile/(?P<user>(?!did:)[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)/post/(?P<id>[a-zA-Z0-9._~-]{1,64})",
                _BLUESKY,
                "@{user}",
            ),
            _shape(
                r"/profile/(?P<user>did:[a-z]+:[A-Za-z0-9._:%-]+)/post/(?P<id>[a-zA-Z0-9._~-]{1,64})",
                _BLUESKY,
            ),
        ),
    ),
    _Network(
        "threads",
        "Threads",
        ("threads.net", "threads.com"),
        (
            _shape(
                r"/@(?P<user>[\w.]{1,30})/post/" + _CODE + r"(?:/(?:media|embed))?",
                "https://www.threads.com/@{user}/post/{id}",
                "@{user}",
            ),
            _shape(r"/t/" + _CODE, "https://www.threads.com/t/{id}"),
        ),
    ),
    _Network(
        "instagram",
        "Instagram",
        ("instagram.com",),
        (
            _shape(
                r"/(?:[\w.]{1,30}/)?p/" + _CODE + r"(?:/(?:embed|captioned))*",
                "https://www.instagram.com/p/{id}/",
            ),
            _shape(r"/(?:[\w.]{1,30}/)?reels?/" + _CODE, "https://www.instagram.com/reel/{id}/"),
            _shape(r"/(?:[\w.]{1,30}/)?tv/" + _CODE, "https://www.instagram.com/tv/{id}/"),
        ),
    ),
    _Network(
        "facebook",
        "Facebook",
        ("facebook.com",),
        (
            _shape(
                "/" + _PAGE + r"/posts/(?:[^/]{1,200}/)?(?P<id>\d{5,}|pfbid[A-Za-z0-9]+)",
                "https://www.facebook.com/{user}/posts/{id}",
                "{user}",
            ),
            _shape(
                "/" + _PAGE + r"/videos/(?:[^/]{1,200}/)?(?P<id>\d{5,})",
                "https://www.facebook.com/{user}/videos/{id}",
                "{user}",
            ),
            _shape(
                r"/(?:permalink|story)\.php",
                "https://www.facebook.com/permalink.php",
                query=("story_fbid", "id"),
            ),
            _shape(r"/photo(?:\.php)?", "https://www.facebook.com/photo", query=("fbid",)),
            _shape(r"/watch", "https://www.facebook.com/watch", query=("v",)),
            _shape(r"/reel/(?P<id>\d{5,})", "https://www.facebook.com/reel/{id}"),
            _shape(
                r"/share/(?P<kind>[prv])/(?P<id>[A-Za-z0-9]{6,})",
                "https://www.facebook.com/share/{kind}/{id}",
            ),
            _shape(
                r"/groups/(?P<group>[A-Za-z0-9.\-]+)/(?:posts|permalink)/(?P<id>\d{5,})",
                "https://www.facebook.com/groups/{group}/posts/{id}",
            ),
        ),
    ),
    _Network(
        "facebook",
        "Facebook",
        ("fb.watch",),
        (_shape(r"/(?P<id>[A-Za-z0-9_-]{6,})", "https://fb.watch/{id}/"),),
    ),
    _Network(
        "tiktok",
        "TikTok",
        ("tiktok.com",),
        (
            _shape(
                r"/@(?P<user>[\w.]{1,30})/(?P<kind>video|photo)/(?P<id>\d{8,25})",
                "https://www.tiktok.com/@{user}/{kind}/{id}",
                "@{user}",
            ),
            _shape(r"/t/(?P<id>[A-Za-z0-9]{6,})", "https://www.tiktok.com/t/{id}/"),
        ),
    ),
    _Network(
        "tiktok",
        "TikTok",
        ("vm.tiktok.com", "vt.tiktok.com"),
        (_shape(r"/(?P<id>[A-Za-z0-9]{6,})", "https://{host}/{id}/"),),
    ),
    _Network(
        "youtube",
        "YouTube",
        ("youtube.com", "youtube-nocookie.com", "music.youtube.com"),
        (
            _shape(r"/watch", "https://www.youtube.com/watch", query=("v",)),
            _shape(r"/(?:embed|v|live)/" + _VIDEO, _WATCH),
            _shape(r"/shorts/" + _VIDEO, "https://www.youtube.com/shorts/{id}"),
        ),
    ),
    _Network("youtube", "YouTube", ("youtu.be",), (_shape("/" + _VIDEO, _WATCH),)),
    _Network(
        "vimeo",
        "Vimeo",
        ("vimeo.com",),
        (
            _shape(
                r"/(?:(?:channels|groups)/[\w-]+/(?:videos/)?)?(?P<id>\d{5,12})",
                "https://vimeo.com/{id}",
            ),
            _shape(
                r"/(?P<id>\d{5,12})/(?P<key>[0-9a-f]{8,12})",
                "https://vimeo.com/{id}/{key}",
            ),
        ),
    ),
    _Network(
        "vimeo",
        "Vimeo",
        ("player.vimeo.com",),
        (_shape(r"/video/(?P<id>\d{5,12})", "https://vimeo.com/{id}"),),
    ),
    _Network(
        "telegram",
        "Telegram",
        ("t.me", "telegram.me"),
        (
            _shape(
                r"/(?:s/)?(?P<user>[A-Za-z]\w{4,31})/(?P<id>\d{1,12})",
                "https://t.me/{user}/{id}",
                "@{user}",
            ),
        ),
    ),
    _Network(
        "reddit",
        "Reddit",
        ("reddit.com",),
        (
            _shape(
                r"/(?P<kind>r|u|user)/(?P<group>[\w-]{2,30})/comments/(?P<id>[0-9a-z]{4,10})(?:/[^/]*)?",
                "https://www.reddit.com/{kind}/{group}/comments/{id}/",
            ),
            _shape(
                r"/r/(?P<group>\w{2,30})/comments/(?P<post>[0-9a-z]{4,10})/[^/]*/(?P<id>[0-9a-z]{4,10})",
                "https://www.reddit.com/r/{group}/comments/{post}/comment/{id}/",
            ),
            _shape(
                r"/r/(?P<group>\w{2,30})/comments/(?P<post>[0-9a-z]{4,10})/comment/(?P<id>[0-9a-z]{4,10})",
                "https://www.reddit.com/r/{group}/comments/{post}/comment/{id}/",
            ),
            _shape(
                r"/r/(?P<group>\w{2,30})/s/(?P<id>[A-Za-z0-9]{6,12})",
                "https://www.reddit.com/r/{group}/s/{id}",
            ),
        ),
    ),
    _Network(
        "reddit",
        "Reddit",
        ("redd.it",),
        (_shape(r"/(?P<id>[0-9a-z]{4,10})", "https://redd.it/{id}"),),
    ),
    _Network(
        "linkedin",
        "LinkedIn",
        ("linkedin.com",),
        (
            _shape(
                r"/posts/(?P<slug>[^/]{1,300}-(?:activity|ugcPost|share)-(?P<id>\d{15,22})(?:-[\w-]{1,8})?)",
                "https://www.linkedin.com/posts/{slug}",
            ),
            _shape(
                r"/(?:embed/)?feed/update/(?P<urn>urn:li:(?:activity|ugcPost|share):(?P<id>\d{15,22}))",
                "https://www.linkedin.com/feed/update/{urn}/",
            ),
        ),
    ),
    _Network(
        "truthsocial",
        "Truth Social",
        ("truthsocial.com",),
        (
            _shape(
                r"/@(?P<user>\w{1,30})/(?:posts/)?(?P<id>\d{10,22})(?:/embed)?",
                "https://truthsocial.com/@{user}/posts/{id}",
                "@{user}",
            ),
        ),
    ),
)

# Mastodon and its kin live on any host, so these are tried on the hosts that no network above owns.
_FEDIVERSE = (
    _shape(
        r"(?:/web|/deck)?/@(?P<user>[\w.-]{1,64})@(?P<home>[\w.-]+\.[a-z]{2,})/(?P<id>\d{6,22})",
        "https://{host}/@{user}@{home}/{id}",
        "@{user}@{home}",
    ),
    _shape(
        r"(?:/web|/deck)?/@(?P<user>[\w.-]{1,64})/(?P<id>\d{6,22})(?:/embed)?",
        "https://{host}/@{user}/{id}",
        "@{user}@{host}",
    ),
    _shape(
        r"/users/(?P<user>[\w.-]{1,64})/statuses/(?P<id>\d{6,22})(?:/(?:activity|embed))?",
        "https://{host}/@{user}/{id}",
        "@{user}@{host}",
    ),
)
_AT = (
    r"at://(?P<user>did:[a-z]+:[A-Za-z0-9._:%-]+|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)"
    r"/app\.bsky\.feed\.post/(?P<id>[a-zA-Z0-9._~-]{1,64})/?"
)
_SKIN = r"(?:www|m|mobile|old|new|web|mbasic)\."
_HOST = r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
_PROFILE_WORDS = frozenset(("i", "intent", "search", "hashtag", "home", "explore", "settings"))

_LABELS: Mapping[str, str] = MappingProxyType(
    {network.name: network.label for network in _NETWORKS} | {"mastodon": "Mastodon"}
)
_BY_HOST: Mapping[str, _Network] = MappingProxyType(
    {host: network for network in _NETWORKS for host in network.hosts}
)


def label(network: str) -> str:
    """A network's name as readers know it; what was typed where it is not one of ours."""
    return _LABELS.get(network, network)


def names() -> tuple[tuple[str, str], ...]:
    """Every network with its label, for a menu."""
    return tuple(_LABELS.items())


def recognise(url: str) -> Recognised | None:
    """The post that an address names, or None: another page of a network, another site, or no address at all."""
    from urllib.parse import urlsplit

    url = url.strip()
    if found := re.fullmatch(_AT, url):
        handle = "" if found["user"].startswith("did:") else "@" + found["user"]
        return _recognised("bluesky", _BLUESKY.format(**found.groupdict()), handle, found["id"])
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or port not in (None, 80, 443) or "@" in parts.netloc:
        return None
    if not host.isascii() or not re.fullmatch(_HOST, host) or len(url) > 2_000:
        return None
    network = _BY_HOST.get(host) or _BY_HOST.get(re.sub(_SKIN, "", host, count=1))
    if network is None:
        return _fediverse(host, parts.path)
    for shape in network.shapes:
        if result := _match(network, shape, host, parts.path, parts.query):
            return result
    return None


def _match(network: _Network, shape: _Shape, host: str, path: str, query: str) -> Recognised | None:
    found = re.fullmatch(shape.path, path)
    if found is None:
        return None
    given = {"host": host, **found.groupdict()}
    if network.name == "x" and str(given.get("user", "")).lower() in _PROFILE_WORDS:
        return None
    address = shape.canonical.format(**given)
    if not shape.query:
        return _recognised(network.name, address, shape.handle.format(**given), given["id"])
    from urllib.parse import parse_qs, urlencode

    asked = parse_qs(query)
    kept = {name: asked[name][0] for name in shape.query if name in asked}
    post = kept.get(shape.query[0], "")
    if len(kept) < len(shape.query) or not _is_id(network.name, post):
        return None
    return _recognised(network.name, f"{address}?{urlencode(kept)}", "", post)


def _is_id(network: str, post: str) -> bool:
    pattern = r"[A-Za-z0-9_-]{11}" if network == "youtube" else r"\d{5,}|pfbid[A-Za-z0-9]+"
    return re.fullmatch(pattern, post) is not None


def _fediverse(host: str, path: str) -> Recognised | None:
    for shape in _FEDIVERSE:
        if found := re.fullmatch(shape.path, path):
            given = {"host": host, **found.groupdict()}
            return _recognised(
                "mastodon",
                shape.canonical.format(**given),
                shape.handle.format(**given),
                found["id"],
            )
    return None


def _recognised(network: str, url: str, handle: str, post: str) -> Recognised:
    return Recognised(network=network, label=label(network), url=url, handle=handle, post_id=post)

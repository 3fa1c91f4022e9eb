"""Which network an address is a post of, told by its grammar alone and without a network.

A correspondent pastes an address offline, so nothing is looked up: a network is a set of hosts and the shapes its
posts' paths have (``network_shapes``, ``fediverse_shapes``). Addresses come out clean: the public host, no tracking, no fragment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import msgspec

from editor.content.fediverse_shapes import KIN
from editor.content.network_shape import Network, Shape
from editor.content.network_shapes import AT, NETWORKS

LONGEST = 2_000


class Recognised(msgspec.Struct, frozen=True, kw_only=True):
    """A post by its address. ``post_id`` and ``handle`` are empty where the address does not tell them."""

    network: str
    label: str
    url: str
    handle: str = ""
    post_id: str = ""


_SKIN = r"(?:www|m|mobile|old|new|np|sh|web|touch|mbasic)\."
_ABROAD = r"[a-z]{2}(?:-[a-z]{2})?\."
_HOST = r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
_KIN_BEGINS = r"/(?:@|(?:web/|deck/)@|users/|notice/|notes/|p/|w/|videos/)"

_LABELS: Mapping[str, str] = MappingProxyType(
    {network.name: network.label for network in (*NETWORKS, *KIN)}
)
_BY_HOST: Mapping[str, Network] = MappingProxyType(
    {host: network for network in NETWORKS for host in network.hosts}
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
    if len(url) > LONGEST or not url.isprintable() or " " in url or "\\" in url:
        return None
    if url.startswith("at://"):
        return _at(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host, _, port = parts.netloc.lower().partition(":")
    host = host.removesuffix(".")
    if parts.scheme not in ("http", "https") or port not in ("", "80", "443"):
        return None
    if (network := _network(host)) is not None:
        return _match(network, host, parts.path, parts.query)
    if not _pattern(_KIN_BEGINS).match(parts.path) or not _pattern(_HOST).fullmatch(host):
        return None
    found = (_match(network, host, parts.path, "") for network in KIN)
    return next((post for post in found if post is not None), None)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _at(url: str) -> Recognised | None:
    found = _pattern(AT).fullmatch(url)
    if found is None:
        return None
    author, post = found["user"] or found["name"], found["id"]
    handle = f"@{author}" if found["name"] else ""
    return _recognised("bluesky", f"https://bsky.app/profile/{author}/post/{post}", handle, post)


def _network(host: str) -> Network | None:
    """The network that a host belongs to."""
    if (own := _BY_HOST.get(host)) is not None:
        return own
    if skin := _pattern(_SKIN).match(host):
        return _BY_HOST.get(host[skin.end() :])
    abroad = _pattern(_ABROAD).match(host)
    network = _BY_HOST.get(host[abroad.end() :]) if abroad else None
    return network if network is not None and network.abroad else None


def _match(network: Network, host: str, path: str, query: str) -> Recognised | None:
    for shape in network.shapes:
        found = _pattern(shape.path).fullmatch(path)
        if found is None:
            continue
        given = {"host": host, **found.groupdict()}
        address = shape.canonical.format(**given)
        if shape.query:
            return _by_query(network, shape, address, query)
        return _recognised(network.name, address, shape.handle.format(**given), given["id"])
    return None


def _by_query(network: Network, shape: Shape, address: str, query: str) -> Recognised | None:
    from urllib.parse import parse_qsl, urlencode

    asked = dict(reversed(parse_qsl(query)))
    kept = {name: asked[name] for name in shape.query if name in asked}
    if len(kept) < len(shape.query):
        return None
    if not all(_pattern(shape.ident).fullmatch(value) for value in kept.values()):
        return None
    post = kept[shape.query[0]]
    return _recognised(network.name, f"{address}?{urlencode(kept)}", "", post)


def _recognised(network: str, url: str, handle: str, post: str) -> Recognised:
    return Recognised(network=network, label=label(network), url=url, handle=handle, post_id=post)

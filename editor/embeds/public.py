"""Which addresses a name may lead to: those of the public internet, and no other.

A post's address is pasted from anywhere and may name any host, a Mastodon server or a newspaper. A name that leads into
the network around the laptop (a router, a printer, a cloud's inner service) would make us ask in there for a stranger.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from threading import Thread

Resolve = Callable[[str], Sequence[str]]

# Addresses of version 4 within those of version 6, as providers of mobile networks use them (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")
# Said here because versions of Python differ on them: what carriers and protocols keep for themselves.
_NEVER_V4 = tuple(IPv4Network(net) for net in ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24"))
# Tunnels (6to4, Teredo), the site-local and private forms of NAT64: nobody's server is there.
_NEVER_V6 = tuple(
    IPv6Network(net)
    for net in ("2002::/16", "2001::/23", "64:ff9b:1::/48", "fec0::/10", "::/96", "5f00::/16")
)


def is_public(address: str) -> bool:
    """Whether an address, as a number, is one of the public internet."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.scope_id is not None:
            return False
        if found.ipv4_mapped is not None:
            return _is_public(found.ipv4_mapped)
        if found in _NAT64:
            return _is_public(IPv4Address(int(found) & 0xFFFF_FFFF))
        if any(found in net for net in _NEVER_V6):
            return False
    return _is_public(found)


def system_addresses(host: str) -> Sequence[str]:
    """What the system knows a name by. Raises ``OSError`` for one that it does not know."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def resolve_in(seconds: float, host: str, resolve: Resolve) -> Sequence[str]:
    """The addresses of a name, or none: not known, or not within this time. The system's own wait may be half a minute."""
    answer: SimpleQueue[Sequence[str]] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolve(host))
        except (OSError, UnicodeError):
            answer.put(())

    Thread(target=ask, daemon=True).start()
    try:
        return answer.get(timeout=max(seconds, 0.0))
    except Empty:
        return ()


def _is_public(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv4Address) and any(found in net for net in _NEVER_V4):
        return False
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_unspecified or found.is_loopback
    )

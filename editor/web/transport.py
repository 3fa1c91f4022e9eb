"""Sockets, certificates and proxies: how a connection to a system is made.

Certificates are judged by the operating system's store, as browsers do, so that a newsroom's own authority counts.
"""

from __future__ import annotations

import socket
import ssl
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from editor.web.address import is_this_laptop
from editor.web.pace import LEAST

if TYPE_CHECKING:
    import httpx

IDLE = 4.0
"""Seconds that a connection is kept for the next request: less than servers do, for a request on one that is just being
closed is a doubt."""

# Linux and macOS; the socket module names it from Python 3.12 on only
_NOTSENT_LOWAT = {"linux": 25, "darwin": 0x201}


def connect(base: str, *, small: bool) -> httpx.HTTPTransport:
    """Connections to the host of an address. Nothing is connected yet."""
    import httpx

    secure = urlsplit(base).scheme == "https"
    return httpx.HTTPTransport(
        verify=_trust() if secure else False,
        trust_env=False,
        limits=httpx.Limits(max_connections=4, max_keepalive_connections=2, keepalive_expiry=IDLE),
        proxy=proxy_for(base),
        socket_options=_narrow() if small else None,
    )


def proxy_for(address: str) -> str | None:
    """The proxy that the system's settings name for an address, or None."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if is_this_laptop(host) or proxy_bypass(host):
        return None
    proxy = getproxies().get(parts.scheme)
    return proxy if proxy and proxy.startswith(("http://", "https://")) else None


def is_about_trust(error: BaseException | None) -> bool:
    """Whether a connection failed because of a certificate."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _trust() -> ssl.SSLContext:
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _narrow() -> list[tuple[int, int, int]]:
    options = [(socket.SOL_SOCKET, socket.SO_SNDBUF, LEAST)]
    if sys.platform in _NOTSENT_LOWAT:
        options.append((socket.IPPROTO_TCP, _NOTSENT_LOWAT[sys.platform], LEAST))
    return options

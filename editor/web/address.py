"""Addresses of publishing systems: which may be asked, and how one is put together from parts that somebody typed."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlsplit

from editor.content.links import is_safe
from editor.problems import Problem


def address_problem(address: str, field: str = "address", *, plain: bool = False) -> Problem | None:
    """What is wrong with a system's address as typed, or None.

    Plain http shows passwords and texts to everybody on the way, so it is for this laptop itself (tests, a tunnel) and
    for those who say ``plain``.
    """
    address = address.strip()
    if not is_safe(address) or not address.startswith(("http://", "https://")):
        return Problem(code="web-address", field=field, detail={"address": address})
    parts = urlsplit(address)
    if parts.username or parts.password or parts.query or parts.fragment:
        return Problem(code="web-address", field=field, detail={"address": _bare(parts)})
    if parts.scheme == "http" and not plain and not is_this_laptop(parts.hostname or ""):
        return Problem(code="web-plain", field=field, detail={"address": address})
    return None


def is_this_laptop(host: str) -> bool:
    """Whether a host is the machine we run on."""
    if host in ("localhost", "localhost."):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def join(*parts: str) -> str:
    """A path of parts, none of which can leave its place."""
    return "/".join(quote(part, safe="") if part not in (".", "..") else "%2E" for part in parts)


def host_of(address: str) -> str:
    """The host and, where it is said, the port: what people know a system by."""
    return urlsplit(address).netloc.rpartition("@")[2]


def is_web(address: str) -> bool:
    """Whether an address that a system sent may be shown as a link."""
    return address.startswith(("http://", "https://")) and is_safe(address)


def same_host(one: str, other: str) -> bool:
    """Whether two addresses are of one host, whatever the port."""
    return urlsplit(one).hostname == urlsplit(other).hostname


def _bare(parts: SplitResult) -> str:
    """Without a password that was typed into it: a problem is shown, and may be logged."""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

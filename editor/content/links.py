"""Links: which addresses may stand in an entry, and how one is written into a page.

An address is typed by people and opened by readers, so nothing but http, https and mailto ever becomes a link.
"""

from __future__ import annotations

import re

from editor.content.markup import attributes
from editor.problems import Problem, refuse

SCHEMES = ("http", "https", "mailto")
MAX_LENGTH = 2_000

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_FORBIDDEN = re.compile(r"[\s\x00-\x20\x7f<>\"\\^`{|}]")


def link_problem(url: str, field: str) -> Problem | None:
    """What is wrong with an address, or None. An empty one is the caller's to judge."""
    if len(url) > MAX_LENGTH:
        return refuse("link-too-long", field, length=len(url), most=MAX_LENGTH).first
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in SCHEMES and not _looks_like_host(url, scheme[1]):
        return refuse("link-scheme", field, scheme=scheme[1].lower(), url=url).first
    if not _is_well_formed(url):
        return refuse("link-malformed", field, url=url).first
    return None


def is_safe(url: str) -> bool:
    """Whether an address may become a link."""
    return bool(url) and link_problem(url, "") is None


def host(url: str) -> str:
    """The host of an address as readers know it, or an empty text."""
    from urllib.parse import urlsplit

    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def link(url: str, inner: str, rel: str = "noopener noreferrer") -> str:
    """``inner``, which is HTML already, as a link; without one where the address is not safe."""
    if not is_safe(url):
        return inner
    return f"<a{attributes(href=url, rel=rel)}>{inner}</a>"


def _looks_like_host(url: str, name: str) -> bool:
    """Whether ``localhost:80`` or ``example.org:443`` was typed: no scheme is missing its slashes and has a port."""
    return "." in name and url.strip()[len(name) + 1 :][:1].isdigit()


def _is_well_formed(url: str) -> bool:
    from urllib.parse import urlsplit

    if _FORBIDDEN.search(url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme == "mailto":
        name, at, domain = parts.path.rpartition("@")
        return bool(name and at and domain)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0

"""One look at a post or a story: which interface is asked for it, and whether any may be.

Meta's terms forbid keeping what its interfaces tell of Facebook, Instagram and Threads, so these are never asked. Others
have no open interface. Their posts are typed by whoever sees them.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from editor.content.kept import Kept
from editor.content.links import is_safe
from editor.content.networks import Recognised, recognise
from editor.content.tracking import untracked
from editor.embeds import bluesky, mastodon, oembed
from editor.embeds.results import (
    Due,
    Fetch,
    Look,
    NoAnswer,
    StoryFacts,
    Typed,
    Unread,
)
from editor.embeds.story import read_page
from editor.problems import Problem

META = frozenset(("facebook", "instagram", "threads"))
_LIKE_MASTODON = frozenset(("mastodon", "gotosocial", "pleroma", "pixelfed"))


def look(url: str, *, fetch: Fetch, now: datetime) -> Look:
    """What there is to see of a post at ``now``. Never raises for what a network answers, or does not."""
    post = recognise(url)
    if post is None:
        return Unread(Problem(code="post-no-address"))
    try:
        return _look(post, fetch, now)
    except NoAnswer as none:
        return Unread(none.problem)


def can_look(url: str) -> bool:
    """Whether a post may be looked up at all, by its address alone."""
    post = recognise(url)
    return post is not None and _typed(post) is None


def address_to_look_at(kept: Kept) -> str:
    """Where a post is looked for again: by what lasts of it. A handle of Bluesky may be somebody else's by now."""
    if kept.network == "bluesky" and kept.author_id:
        return f"https://bsky.app/profile/{kept.author_id}/post/{kept.post_id}"
    return kept.url


def read_story(url: str, *, fetch: Fetch) -> StoryFacts:
    """What the page of a story says of itself. Raises ``NoAnswer``."""
    url = untracked(url.strip())
    host = _host(url) if is_safe(url) else ""
    if not host:
        raise NoAnswer(Problem(code="story-no-address"))
    if (post := recognise(url)) is not None and post.network in META:
        raise NoAnswer(Problem(code="post-typed-meta", detail={"network": post.label}))
    bare = host.removeprefix("www.")
    asked = urlsplit(url)._replace(scheme="https", netloc=host, fragment="").geturl()
    answer = fetch(asked, hosts=(bare, f"www.{bare}"), due=Due.PAGE)
    if answer.status != 200:
        raise NoAnswer(_no_page(answer.status, bare))
    return read_page(answer, url)


def _look(post: Recognised, fetch: Fetch, now: datetime) -> Look:
    if (typed := _typed(post)) is not None:
        return typed
    if post.network == "bluesky":
        return bluesky.look_at(post, fetch=fetch, now=now)
    if post.network in _LIKE_MASTODON:
        return mastodon.look_at(post, fetch=fetch, now=now)
    if post.network == "peertube":
        asked = f"https://{urlsplit(post.url).hostname}/services/oembed"
        return oembed.look_at(post, asked, fetch=fetch, now=now)
    return oembed.look_at(post, oembed.endpoint(post.network), fetch=fetch, now=now)


def _typed(post: Recognised) -> Typed | None:
    if post.network in META:
        return Typed(Problem(code="post-typed-meta", detail={"network": post.label}))
    asked = post.network in ("bluesky", "peertube", *_LIKE_MASTODON)
    if not asked and not oembed.endpoint(post.network):
        return Typed(Problem(code="post-typed-closed", detail={"network": post.label}))
    return None


def _host(url: str) -> str:
    """The host of a web address, as name servers know it; empty for an address with a port, a user, or of another kind."""
    parts = urlsplit(url)
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    plain = parts.scheme in ("http", "https") and not {"@", ":"} & set(parts.netloc)
    return host if plain and "." in host else ""


def _no_page(status: int, host: str) -> Problem:
    match status:
        case 404 | 410:
            return Problem(code="story-gone", detail={"host": host})
        case 401 | 402 | 403:
            return Problem(code="post-needs-sign-in", detail={"host": host})
        case 429:
            return Problem(code="post-busy", detail={"host": host})
    return Problem(code="post-unwell", detail={"host": host, "status": status})

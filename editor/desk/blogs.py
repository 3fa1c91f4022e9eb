"""Live blogs: begin one, change its face, end it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from editor.changes import Changes
from editor.desk.checks import changed
from editor.domain.blog import Account, Blog, BlogStatus, Role, Target
from editor.domain.ids import AccountId, BlogId, TargetId
from editor.ports import Room, Transaction
from editor.problems import Severity, refuse

LOCAL = AccountId("local")
LONGEST_HEADLINE = 300
LONGEST_SLUG = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def add_blog(
    room: Room,
    *,
    headline: str,
    standfirst: str = "",
    byline: str = "",
    language: str = "en",
    timezone: str = "UTC",
    slug: str = "",
) -> Changes:
    """A new live blog, with a folder on this laptop as its first target. Its id is in the changes' ``blogs``.

    Raises ``Refused``: ``headline-missing``, ``timezone-unknown``, ``language-unknown``, ``slug-malformed``,
    ``slug-taken``.
    """
    now = room.clock.now()
    with room.store.write() as tx:
        blog = Blog(
            id=BlogId(room.ids.fresh()),
            slug=_slug(tx, slug, headline),
            headline=_headline(headline),
            standfirst=standfirst.strip(),
            byline=byline.strip(),
            language=_language(language),
            timezone=_timezone(timezone),
            created=now,
            coverage_start=now,
        )
        tx.put_blog(blog)
        if all(account.id != LOCAL for account in tx.accounts()):
            tx.put_account(Account(id=LOCAL, name="local", kind="site", role=Role.DESK))
        tx.put_target(
            Target(
                id=TargetId(room.ids.fresh()),
                blog=blog.id,
                account=LOCAL,
                name="site",
                media="image/webp",
            )
        )
    return tx.changes


def edit_blog(
    room: Room,
    blog: BlogId,
    *,
    headline: str | None = None,
    standfirst: str | None = None,
    byline: str | None = None,
    language: str | None = None,
    timezone: str | None = None,
    status: BlogStatus | None = None,
    checks: Mapping[str, Severity] = MappingProxyType({}),
) -> Changes:
    """Changes the blog's face. Where the blog is public already, its page follows.

    ``checks`` says of these of preflight's checks how much they weigh here; the others stay as they are. Raises
    ``Refused`` as ``add_blog`` does, and ``no-such-check``.
    """
    with room.store.write() as tx:
        old = tx.blog(blog)
        new = replace(
            old,
            headline=old.headline if headline is None else _headline(headline),
            standfirst=old.standfirst if standfirst is None else standfirst.strip(),
            byline=old.byline if byline is None else byline.strip(),
            language=old.language if language is None else _language(language),
            timezone=old.timezone if timezone is None else _timezone(timezone),
            checks=changed(old.checks, checks),
        )
        if status is not None and status is not old.status:
            new = replace(
                new,
                status=status,
                coverage_end=room.clock.now() if status is BlogStatus.ENDED else None,
            )
        if new != old:
            tx.put_blog(new)
    return tx.changes


def end_blog(room: Room, blog: BlogId) -> Changes:
    """Ends the blog: readers' pages stop asking for news. Its entries can still be corrected."""
    return edit_blog(room, blog, status=BlogStatus.ENDED)


def reopen_blog(room: Room, blog: BlogId) -> Changes:
    """Makes an ended blog live again."""
    return edit_blog(room, blog, status=BlogStatus.LIVE)


def slug_of(headline: str) -> str:
    """A short address made of a headline: ASCII letters and digits, joined by hyphens. May be empty."""
    plain = unicodedata.normalize("NFKD", headline).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")


def _headline(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise refuse("headline-missing", field="headline")
    if len(line) > LONGEST_HEADLINE:
        raise refuse("headline-too-long", field="headline", limit=LONGEST_HEADLINE)
    return line


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse("timezone-unknown", field="timezone", timezone=name[:60]) from None
    return name


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise refuse("language-unknown", field="language", language=tag[:40])
    return tag


def _slug(tx: Transaction, wish: str, headline: str) -> str:
    """The wished address, or one of the headline's with a number where it is taken."""
    if wish:
        if not _SLUG.fullmatch(wish) or len(wish) > LONGEST_SLUG:
            raise refuse("slug-malformed", field="slug", slug=wish[:60])
        if tx.blog_by_slug(wish):
            raise refuse("slug-taken", field="slug", slug=wish)
        return wish
    base = slug_of(headline) or "live"
    slug, number = base, 1
    while tx.blog_by_slug(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug

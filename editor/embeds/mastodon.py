"""Mastodon's interface for one status, which Pleroma, Akkoma and Pixelfed speak as well.

``GET /api/v1/statuses/{id}`` of the host in the address. A server may show nothing to those who are not signed in (401):
that is no word on whether the post is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from editor.content.kept import Kept, Medium
from editor.content.networks import Recognised
from editor.embeds.fields import inside, items, language, line, moment, read_object, text
from editor.embeds.page import words_of
from editor.embeds.results import Denied, Due, Fetch, Look, Unread
from editor.embeds.statuses import no_success
from editor.problems import Problem

_KINDS = {"image": "image", "gifv": "video", "video": "video", "audio": "audio"}
_OPEN = ("public", "unlisted")


def look_at(post: Recognised, *, fetch: Fetch, now: datetime) -> Look:
    """The post as it is now."""
    host = urlsplit(post.url).hostname or ""
    url = f"https://{host}/api/v1/statuses/{quote(post.post_id, safe='')}"
    answer = fetch(url, hosts=(host,), due=Due.JSON)
    if (bad := no_success(answer, post, host)) is not None:
        return bad
    return read_status(read_object(answer, host), post, host, now)


def read_status(status: Mapping[str, Any], post: Recognised, host: str, now: datetime) -> Look:
    """What a status says (docs.joinmastodon.org/entities/Status)."""
    if status.get("id") != post.post_id:
        return Unread(Problem(code="post-not-understood", detail={"host": host}))
    if status.get("visibility", "public") not in _OPEN:
        return Denied(Problem(code="post-not-public", detail={"network": post.label}))
    account = status.get("account")
    acct = line(inside(account, "acct"))
    full = line(acct if "@" in acct or not acct else f"{acct}@{host}")
    content = status.get("content")
    words = words_of(content) if isinstance(content, str) else ""
    warning = line(status.get("spoiler_text"), 1_000)
    return Kept(
        url=post.url,
        network=post.network,
        captured=now,
        post_id=post.post_id,
        author_id=line(inside(account, "id")),
        author=line(inside(account, "display_name")) or acct,
        handle=f"@{full}" if full else post.handle,
        text=text("\n\n".join(part for part in (warning, words) if part)),
        language=language(status.get("language")),
        posted=moment(status.get("created_at"), now),
        edited=moment(status.get("edited_at"), now),
        media=tuple(
            Medium(
                kind=_KINDS.get(line(medium.get("type")), "file"),
                alt=text(medium.get("description"), 2_000),
            )
            for medium in items(status.get("media_attachments"), 20)
        ),
    )

"""Bluesky's public interface: a handle becomes a lasting id (DID), a post is asked for by that.

``com.atproto.identity.resolveHandle`` and ``app.bsky.feed.getPosts``, both open to everybody. A post that was deleted is
simply not in the list, which is empty then. An author may ask not to be shown to those who are not signed in; that is honoured.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from editor.content.kept import Kept, Medium
from editor.content.networks import Recognised
from editor.embeds.fields import inside, items, language, line, moment, read_object, text
from editor.embeds.results import Denied, Due, Fetch, Gone, Look, NoAnswer, Unread
from editor.embeds.statuses import no_success
from editor.problems import Problem

HOST = "public.api.bsky.app"
_AUTHOR = re.compile(r"/profile/([^/]+)/post/")
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.:%-]{1,240})")


def look_at(post: Recognised, *, fetch: Fetch, now: datetime) -> Look:
    """The post as it is now."""
    found = _AUTHOR.search(post.url)
    author = found[1] if found else ""
    did = author if _DID.fullmatch(author) else _did(author, fetch)
    if did is None:
        return Unread(Problem(code="post-handle-unknown", detail={"handle": author}))
    uri = f"at://{did}/app.bsky.feed.post/{post.post_id}"
    answer = fetch(_url("app.bsky.feed.getPosts", uris=uri), hosts=(HOST,), due=Due.JSON)
    if (bad := no_success(answer, post, HOST)) is not None:
        return bad
    posts = read_object(answer, HOST).get("posts")
    if posts == []:
        return Gone(Problem(code="post-gone", detail={"network": post.label}))
    view = next((view for view in items(posts) if view.get("uri") == uri), None)
    if view is None:
        return Unread(Problem(code="post-not-understood", detail={"host": HOST}))
    return read_view(view, post, did, now)


def read_view(view: Mapping[str, Any], post: Recognised, did: str, now: datetime) -> Look:
    """What a post's view says (``app.bsky.feed.defs#postView``)."""
    author, record = view.get("author"), view.get("record")
    labels = [*items(inside(author, "labels")), *items(view.get("labels"))]
    if any(label.get("val") == "!no-unauthenticated" for label in labels):
        return Denied(Problem(code="post-not-public", detail={"network": post.label}))
    handle = line(inside(author, "handle"))
    languages = inside(record, "langs")
    return Kept(
        url=post.url,
        network=post.network,
        captured=now,
        post_id=post.post_id,
        author_id=did,
        author=line(inside(author, "displayName")) or handle,
        handle=f"@{handle}" if handle else post.handle,
        text=text(inside(record, "text")),
        language=language(languages[0]) if isinstance(languages, list) and languages else "",
        posted=moment(inside(record, "createdAt"), now),
        media=_media(view.get("embed")),
    )


def _did(handle: str, fetch: Fetch) -> str | None:
    url = _url("com.atproto.identity.resolveHandle", handle=handle)
    answer = fetch(url, hosts=(HOST,), due=Due.JSON)
    if answer.status == 400:
        return None
    if answer.status != 200:
        raise NoAnswer(Problem(code="post-unwell", detail={"host": HOST, "status": answer.status}))
    did = read_object(answer, HOST).get("did")
    if not isinstance(did, str) or not _DID.fullmatch(did):
        raise NoAnswer(Problem(code="post-not-understood", detail={"host": HOST}))
    return did


def _media(embed: Any) -> tuple[Medium, ...]:
    pictures = [*items(inside(embed, "images")), *items(inside(embed, "media", "images"))]
    films = [embed, inside(embed, "media")]
    return (
        *(Medium(alt=text(picture.get("alt"), 2_000)) for picture in pictures[:20]),
        *(
            Medium(kind="video", alt=text(inside(film, "alt"), 2_000))
            for film in films
            if isinstance(inside(film, "playlist"), str)
        ),
    )


def _url(method: str, **query: str) -> str:
    return f"https://{HOST}/xrpc/{method}?{urlencode(query)}"

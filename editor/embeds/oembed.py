"""oEmbed (oembed.com): what networks tell of a post to everybody who asks.

Only its words are taken, as text. The HTML and the script that come with them stay behind. The endpoints are data:
``resources/oembed/providers.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec

from editor.content.kept import Kept
from editor.content.networks import Recognised
from editor.embeds.fields import language, line, moment, read_object, seconds, text
from editor.embeds.page import Tags, words_of
from editor.embeds.results import Due, Fetch, Look, Unread
from editor.embeds.statuses import no_success
from editor.paths import resources
from editor.problems import Problem

# X shows words alone where it is asked to; the others say nothing of the kind.
_ASKED_OF_X = {"omit_script": "1", "dnt": "true", "hide_thread": "true"}
_X_EPOCH_MS, _X_FIRST = 1_288_834_974_657, 29_700_859_247


class _Endpoint(msgspec.Struct, frozen=True):
    network: str
    url: str


def endpoint(network: str) -> str:
    """Where a network is asked; empty for one that has no open endpoint."""
    return _endpoints().get(network, "")


@cache
def _endpoints() -> Mapping[str, str]:
    raw = (resources() / "oembed" / "providers.json").read_bytes()
    return {each.network: each.url for each in msgspec.json.decode(raw, type=list[_Endpoint])}


def look_at(post: Recognised, asked: str, *, fetch: Fetch, now: datetime) -> Look:
    """The post as it is now, by the endpoint ``asked``."""
    host = urlsplit(asked).hostname or ""
    query = {"url": post.url, "format": "json", **(_ASKED_OF_X if post.network == "x" else {})}
    answer = fetch(f"{asked}?{urlencode(query)}", hosts=(host,), due=Due.JSON)
    if (bad := no_success(answer, post, host)) is not None:
        return bad
    return read_answer(read_object(answer, host), post, host, now)


def read_answer(said: Mapping[str, Any], post: Recognised, host: str, now: datetime) -> Look:
    """What an answer of an endpoint says (oembed.com, section 2.3.4)."""
    quoted = _Quoted()
    if isinstance(html := said.get("html"), str) and post.network == "x":
        quoted.read(html[:100_000])
    words = text(words_of("".join(quoted.parts))) or text(said.get("title"))
    author = line(said.get("author_name"))
    if not words and not author:
        return Unread(Problem(code="post-not-understood", detail={"host": host}))
    return Kept(
        url=post.url,
        network=post.network,
        captured=now,
        post_id=post.post_id,
        author=author,
        handle=_handle(said, post),
        text=words,
        language=language(quoted.language),
        posted=_posted(said, post, now),
    )


def _handle(said: Mapping[str, Any], post: Recognised) -> str:
    name = line(said.get("author_unique_id"))
    if not name and post.network in ("x", "tiktok"):
        address = line(said.get("author_url"))
        name = address.rstrip("/").rpartition("/")[2].removeprefix("@") if "/" in address else ""
    return f"@{name}" if name and name.isascii() else post.handle


def _posted(said: Mapping[str, Any], post: Recognised, now: datetime) -> datetime | None:
    """When it was posted: X's and TikTok's ids are made of the time."""
    if not post.post_id.isascii() or not post.post_id.isdecimal():
        return None
    number = int(post.post_id)
    if post.network == "x" and number >= _X_FIRST:
        return seconds(((number >> 22) + _X_EPOCH_MS) / 1000, now)
    if post.network == "tiktok":
        return seconds(number >> 32, now)
    return moment(said.get("upload_date"), now)


class _Quoted(Tags):
    """The first paragraph of a ``blockquote``, in which X writes a post's words, and its language."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.language = ""
        self._state = "before"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p" and self._state == "before":
            self._state = "in"
            self.language = dict(attrs).get("lang") or ""
        elif tag == "br" and self._state == "in":
            self.parts.append("<br>")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "blockquote") and self._state == "in":
            self._state = "after"

    def handle_data(self, data: str) -> None:
        if self._state == "in":
            self.parts.append(data.replace("&", "&amp;").replace("<", "&lt;"))

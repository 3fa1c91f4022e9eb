"""The shapes of Dateline's open protocol (``docs/http.md``): what is sent, and what may come back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Any

import msgspec

from editor.content.block import Page
from editor.content.clean import clean_text
from editor.content.entry import digest, encode
from editor.content.foreign import read_foreign
from editor.domain.blog import Blog
from editor.domain.ids import EntryId
from editor.site.labels import mark_html, unverified
from editor.sync.backend import Found, Listed
from editor.sync.delivery import Dispatch, Held, Visibility
from editor.web.address import is_web

Ref = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_~][A-Za-z0-9._~-]{0,199}\Z")]
Version = Annotated[str, msgspec.Meta(pattern=r"^[!#-~]{1,200}\Z")]
Cursor = Annotated[str, msgspec.Meta(pattern=r"^[!-~]{0,500}\Z")]

LONGEST_NAME = 100

_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


class Seen(StrEnum):
    """Who sees an entry, in the protocol's words."""

    DRAFT = "draft"
    PUBLIC = "public"
    GONE = "gone"


TO = {Visibility.PUBLIC: Seen.PUBLIC, Visibility.GONE: Seen.GONE}
FROM = {
    Seen.DRAFT: Visibility.DESK,
    Seen.PUBLIC: Visibility.PUBLIC,
    Seen.GONE: Visibility.GONE,
}


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """What the server says of itself."""

    protocol: str
    drafts: bool = False
    versions: bool = False
    settle: float = 0.0


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a write: the object as it is now."""

    ref: Ref
    version: Version
    visibility: Seen
    url: str = ""


class Row(Kept, frozen=True, kw_only=True):
    """An object in a list."""

    key: str = ""


class Object(Row, frozen=True, kw_only=True):
    """An object whole."""

    content: msgspec.Raw = msgspec.Raw(b"null")
    author: str = ""


class Objects(msgspec.Struct, frozen=True, kw_only=True):
    """Objects under a key, or versions of one object; oldest first."""

    entries: tuple[Object, ...]


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a list. ``cursor`` is where to go on, ``more`` whether to do so at once."""

    entries: tuple[Row, ...]
    cursor: Cursor = ""
    more: bool = False


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    """What stood against the first entry of a batch that was not taken: the status it would have had alone."""

    status: Annotated[int, msgspec.Meta(ge=400, le=599)]
    message: str = ""


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to several writes: the objects as they are now, up to the first that was not done."""

    done: tuple[Kept, ...]
    stopped: Stopped | None = None


class File(msgspec.Struct, frozen=True, kw_only=True):
    """What the server says of a photo's file."""

    there: bool
    version: str = ""


def told(dispatch: Dispatch, *, rendered: bool) -> dict[str, Any]:
    """An entry as it is sent: the content itself, and, ``rendered``, what it looks like."""
    return {
        **standing(dispatch),
        "key": dispatch.entry,
        "content": msgspec.Raw(encode(dispatch.content)),
        **(_drawn(dispatch) if rendered else {}),
        "media": [
            {"name": f.name, "asset": f.asset, "mime": f.mime, "width": f.width, "height": f.height}
            for f in dispatch.media
        ],
        "blog": face(dispatch.blog),
    }


def standing(dispatch: Dispatch) -> dict[str, Any]:
    """How an entry stands, without what it says: enough where the server has the very same words."""
    return {
        "revision": dispatch.revision,
        "digest": dispatch.digest,
        "visibility": TO.get(dispatch.visibility, Seen.DRAFT),
        "time": dispatch.content.time or dispatch.published,
        "published": dispatch.published,
        "updated": dispatch.updated,
        "corrections": dispatch.corrections,
        "notice": dispatch.notice,
        "text_only": dispatch.text_only,
    }


def _drawn(dispatch: Dispatch) -> dict[str, str]:
    content, blog = dispatch.content, dispatch.blog
    page = Page(
        language=content.language or blog.language, zone=blog.zone, pictures=dispatch.pictures
    )
    html = [block.html(page) for block in content.blocks]
    text = [block.plain().strip() for block in content.blocks]
    if content.unverified:
        # whoever shows this as it is must not show a claim as a fact
        html.insert(0, mark_html(blog.language))
        text.insert(0, unverified(blog.language))
    return {
        "html": "\n".join(filter(None, html)),
        "text": "\n\n".join(filter(None, text)),
    }


def face(blog: Blog) -> dict[str, Any]:
    return {
        "slug": blog.slug,
        "headline": blog.headline,
        "standfirst": blog.standfirst,
        "byline": blog.byline,
        "language": blog.language,
        "timezone": blog.timezone,
        "status": blog.status,
        "start": blog.coverage_start,
        "end": blog.coverage_end,
    }


def held_of(kept: Kept, dispatch: Dispatch) -> Held:
    return Held(
        revision=dispatch.revision,
        visibility=FROM[kept.visibility],
        ref=kept.ref,
        version=kept.version,
        url=kept.url if is_web(kept.url) else "",
        digest=dispatch.digest,
        text_only=dispatch.text_only,
    )


def found_of(there: Object) -> Found:
    """An object as it is. The digest is ours, of the words that are there, whatever the server says."""
    content = read_foreign(bytes(there.content))
    return Found(
        held=Held(
            visibility=FROM[there.visibility],
            ref=there.ref,
            version=there.version,
            url=there.url if is_web(there.url) else "",
            digest="" if content is None else digest(content),
        ),
        content=content,
        author=" ".join(clean_text(there.author).split())[:LONGEST_NAME],
    )


def listed_of(rows: Iterable[Row]) -> Iterator[Listed]:
    """The objects that stand under an entry's key. What the newsroom wrote itself is not ours to touch."""
    for row in rows:
        if _KEY.fullmatch(row.key):
            yield Listed(
                ref=row.ref,
                entry=EntryId(row.key),
                version=row.version,
                visibility=FROM[row.visibility],
            )

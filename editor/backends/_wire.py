"""The shapes of Dateline's open protocol (``docs/http.md``): what is sent, and what may come back."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import msgspec

from editor.content.block import Page
from editor.content.entry import encode
from editor.domain.blog import Blog
from editor.sync.delivery import Dispatch, Visibility

Ref = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_~][A-Za-z0-9._~-]{0,199}\Z")]
Version = Annotated[str, msgspec.Meta(pattern=r"^[!#-~]{1,200}\Z")]
Cursor = Annotated[str, msgspec.Meta(pattern=r"^[!-~]{0,500}\Z")]


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


class File(msgspec.Struct, frozen=True, kw_only=True):
    """What the server says of a photo's file."""

    there: bool
    version: str = ""


def told(dispatch: Dispatch) -> dict[str, Any]:
    """An entry as it is sent: the content itself, and what it looks like, for servers that only show it."""
    content, blog = dispatch.content, dispatch.blog
    page = Page(
        language=content.language or blog.language, zone=blog.zone, pictures=dispatch.pictures
    )
    return {
        "key": dispatch.entry,
        "revision": dispatch.revision,
        "digest": dispatch.digest,
        "visibility": TO.get(dispatch.visibility, Seen.DRAFT),
        "content": msgspec.Raw(encode(content)),
        "html": "\n".join(filter(None, (block.html(page) for block in content.blocks))),
        "text": "\n\n".join(filter(None, (block.plain().strip() for block in content.blocks))),
        "time": content.time or dispatch.published,
        "published": dispatch.published,
        "updated": dispatch.updated,
        "corrections": dispatch.corrections,
        "media": [
            {"name": f.name, "asset": f.asset, "mime": f.mime, "width": f.width, "height": f.height}
            for f in dispatch.media
        ],
        "notice": dispatch.notice,
        "text_only": dispatch.text_only,
        "blog": face(blog),
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

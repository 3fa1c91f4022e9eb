"""From a dispatch to the entry as it is public, and back out of the entry's own page."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec
from msgspec.structs import replace

from editor.content.block import Page, Picture
from editor.domain.entry import Kind
from editor.site.state import Fix, Image, Item
from editor.sync.delivery import Correction, Dispatch

ROOT = "__dateline-root__/"
"""Stands in an item's HTML where the path to the blog's folder belongs."""

FROM_ENTRY = "../../"
"""The path to the blog's folder as seen from an entry's page."""

SILENT = (Kind.TYPO, Kind.MEDIA_ADDED)
"""Changes that alter no fact and get no label."""

_BLOCK = re.compile(rb'<script type="application/json" id="dateline-entry">(.*?)</script>', re.S)


def item_of(dispatch: Dispatch, *, version: int, seq: int, was: Item | None) -> Item:
    """The entry as this dispatch makes it public."""
    content, blog = dispatch.content, dispatch.blog
    pictures = {asset: _rooted(picture) for asset, picture in dispatch.pictures.items()}
    page = Page(language=content.language or blog.language, zone=blog.zone, pictures=pictures)
    return Item(
        id=dispatch.entry,
        time=content.time or dispatch.published,
        revision=dispatch.revision,
        digest=dispatch.digest,
        version=version,
        seq=seq,
        published=dispatch.published,
        updated=dispatch.updated,
        headline=content.headline.strip(),
        html="\n".join(filter(None, (block.html(page) for block in content.blocks))),
        text="\n\n".join(filter(None, (block.plain().strip() for block in content.blocks))),
        byline=content.byline,
        labels=content.labels,
        language=content.language if content.language != blog.language else "",
        key_event=content.key_event,
        pinned=content.pinned,
        unverified=bool(content.unverified),
        fixes=tuple(_fix(correction) for correction in dispatch.corrections if _shown(correction)),
        image=_first_image(dispatch),
        media=tuple(file.name for file in dispatch.media),
        was=_moved_from(was, content.time or dispatch.published),
    )


def gone_item(dispatch: Dispatch, *, version: int, seq: int, was: Item) -> Item:
    """What is left of a withdrawn entry: its place, and the notice when there is one."""
    notice = dispatch.notice.strip()
    return Item(
        id=dispatch.entry,
        time=was.time,
        revision=dispatch.revision,
        digest=dispatch.digest,
        version=version,
        seq=seq,
        published=was.published,
        updated=dispatch.updated,
        language=was.language,
        fixes=(Fix(kind=Kind.WITHDRAWAL.value, note=notice, at=dispatch.updated),) * bool(notice),
        gone=dispatch.updated,
        notice=notice,
    )


def same_entry(one: Item, other: Item) -> bool:
    """Whether two items show readers the same, whenever they were written."""
    plain = {"version": 0, "seq": 0, "was": None}
    return replace(one, **plain) == replace(other, **plain)


def at(root: str, html: str) -> str:
    """HTML as it is seen from a page that lies at ``root`` from the blog's folder."""
    return html.replace(ROOT, root)


def data_block(item: Item) -> str:
    """The item as JSON that can stand within a script element of its own page."""
    return safe_json(msgspec.json.encode(item))


def read_item(page: bytes) -> Item | None:
    """The item within an entry's page; None when the page holds none that can be read."""
    found = _BLOCK.search(page)
    if found is None:
        return None
    try:
        return msgspec.json.decode(found[1], type=Item)
    except msgspec.DecodeError:
        return None


def safe_json(data: bytes) -> str:
    """JSON that cannot end the script element it stands in."""
    text = data.decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _rooted(picture: Picture) -> Picture:
    return replace(
        picture,
        src=picture.src.replace(FROM_ENTRY, ROOT, 1),
        sources=tuple((src.replace(FROM_ENTRY, ROOT, 1), w) for src, w in picture.sources),
    )


def _first_image(dispatch: Dispatch) -> Image | None:
    for block in dispatch.content.body:
        picture = dispatch.pictures.get(getattr(block, "print", ""))
        if picture is not None:
            src = picture.src.removeprefix(FROM_ENTRY)
            return Image(src=src, width=picture.width, height=picture.height, alt=block.alt)
    return None


def _moved_from(was: Item | None, time: datetime) -> datetime | None:
    return was.time if was is not None and was.time != time else None


def _shown(correction: Correction) -> bool:
    return correction.kind not in SILENT


def _fix(correction: Correction) -> Fix:
    return Fix(kind=correction.kind.value, note=correction.note, at=correction.at)

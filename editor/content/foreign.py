"""A content that a stranger hands over, as a publishing system does: bounded, cleaned, or not taken at all.

What is made of it (HTML, lists, files on the shelf) trusts a content as if somebody had typed it here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from editor.content.block import Unknown
from editor.content.blocks.social import Social
from editor.content.clean import clean_content
from editor.content.entry import Content, Facts, assets, decode
from editor.content.post_words import KINDS

LARGEST = 4_000_000
MOST_BLOCKS, MOST_NAMES, LONGEST_LINE = 5000, 500, 2000
MOST_MEDIA = 50

_ASSET = re.compile(r"(?:[0-9a-f]{64})?")
"""A photo's name is also where its file lies; an empty block has none yet. Snapshots are named alike."""


def read_foreign(raw: bytes) -> Content | None:
    """The content in a stranger's JSON, the same for what ``encode`` wrote; None for what cannot be an entry's."""
    if len(raw) > LARGEST:
        return None
    try:
        content = decode(raw)
        body = tuple(_block(block) for block in content.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    facts = {name: _zoned(getattr(content, name)) for name in Facts.__struct_fields__}
    content = clean_content(Content(body=body, **facts))
    names = (*content.byline, *content.labels)
    fits = (
        len(body) <= MOST_BLOCKS
        and len(names) <= MOST_NAMES
        and all(len(line) <= LONGEST_LINE for line in (content.headline, *names))
        and all(_ASSET.fullmatch(asset) for asset in assets(content))
        and all(_is_post(block) for block in content.body if isinstance(block, Social))
    )
    return content if fits else None


def _block(block: Any) -> Any:
    """A block whose times have a zone. One that we do not know is written as we would, so that its digest is the same."""
    if isinstance(block, Unknown):
        return Unknown(type=block.type, raw=msgspec.json.encode(block.fields()))
    changed = {
        name: _zoned(value)
        for name in block.__struct_fields__
        if isinstance(value := getattr(block, name), datetime) and value.tzinfo is None
    }
    return replace(block, **changed) if changed else block


def _is_post(post: Social) -> bool:
    media = post.media or ()
    known = all(medium.kind in KINDS for medium in media)
    return known and len(media) <= MOST_MEDIA and bool(_ASSET.fullmatch(post.kept or ""))


def _zoned(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and not value.tzinfo else value

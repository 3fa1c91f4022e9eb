"""What Dateline leaves in a post beside what readers see: whose entry it is, and what HTML cannot say.

It stands in the ``metadata`` of a block, which every role may write, the web editor keeps, and no page shows: WordPress
takes the comments out before readers get anything. Packed, no filter for HTML finds anything in it.
"""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from editor.backends._wordpress_grammar import Piece
from editor.backends._wordpress_plain import plain_words
from editor.content import markup
from editor.content.entry import Content, Facts

NAME = "Dateline "
LARGEST = 2_000_000
"""The most bytes that anything packed may hold."""
NOTE = "dateline-"
"""What the classes of paragraphs begin with that are made from facts, and are no part of the body."""
_PACKED = "dateline"
_USUAL = (
    b'"author":"","handle":"","posted":null,"captured":null,"text":""{"type":"photo","v":1{"type":"quote","v":1'
    b'"tags":["language":"unverified":true,"embargo":"labels":["pinned":true"key_event":true,"byline":["headline":"'
    b'{"facts":{"time":"2026-00:00+00:00"}}'
)
"""What is packed often, the most frequent last: packing with it (RFC 1950, 2.2) halves what is small. Never to be changed."""


class Mark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry's own: its key, its facts, the tags that were given to it, and whether it was pinned."""

    key: str = ""
    facts: dict[str, Any] = {}
    tags: tuple[int, ...] = ()
    sticky: bool = False


class Hint(msgspec.Struct, frozen=True, kw_only=True):
    """A block of ours that HTML alone does not say: its stored form, and over how many pieces it stretches."""

    over: int
    stored: bytes


def mark_of(key: str, content: Content, tags: tuple[int, ...], sticky: bool) -> Mark:
    """The mark of an entry. Its headline is the post's title, and stands here only where a title cannot say it."""
    told = plain_words(markup.text(content.headline))
    facts = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, default in _defaults().items()
        if (value := getattr(content, name)) != (told if name == "headline" else default)
    }
    return Mark(key=key, facts=facts, tags=tags, sticky=sticky)


def marked(attrs: Mapping[str, Any], mark: Mark | None, hint: Hint | None) -> dict[str, Any]:
    """A block's attributes with what is to be left in them."""
    kept = dict(attrs)
    if mark is None and hint is None:
        return kept
    metadata: dict[str, str] = {}
    if mark is not None:
        metadata["name"] = NAME + mark.key
        if (told := msgspec.structs.replace(mark, key="")) != Mark():
            metadata[f"{_PACKED}Entry"] = _pack(msgspec.json.encode(told))
    if hint is not None:
        metadata[_PACKED] = f"{hint.over}.{_pack(hint.stored)}"
    return {**kept, "metadata": metadata}


def mark_in(piece: Piece) -> Mark | None:
    """The mark in a piece, if it bears one."""
    metadata = _metadata(piece)
    name = metadata.get("name", "")
    if not isinstance(name, str) or not name.startswith(NAME):
        return None
    key = name.removeprefix(NAME).strip()
    try:
        mark = msgspec.json.decode(_unpack(metadata.get(f"{_PACKED}Entry", "")), type=Mark)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Mark(key=key)
    return msgspec.structs.replace(mark, key=key)


def hint_in(piece: Piece) -> Hint | None:
    """The hint in a piece, if it bears one."""
    told = _metadata(piece).get(_PACKED, "")
    over, _, packed = told.partition(".") if isinstance(told, str) else ("", "", "")
    stored = _unpack(packed)
    if not stored or not over.isascii() or not over.isdigit() or len(over) > 4:
        return None
    return Hint(over=max(1, int(over)), stored=stored)


def _metadata(piece: Piece) -> Mapping[str, Any]:
    found = piece.attrs.get("metadata")
    return found if isinstance(found, dict) else {}


def _defaults() -> dict[str, Any]:
    return {field.name: field.default for field in msgspec.structs.fields(Facts)}


def _pack(data: bytes) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=_USUAL)
    return urlsafe_b64encode(packer.compress(data) + packer.flush()).decode().rstrip("=")


def _unpack(packed: Any) -> bytes:
    """What was packed; nothing where that cannot be."""
    if not isinstance(packed, str) or not packed.isascii():
        return b""
    unzip = zlib.decompressobj(-zlib.MAX_WBITS, zdict=_USUAL)
    try:
        data = unzip.decompress(urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), LARGEST)
    except (Error, ValueError, zlib.error):
        return b""
    return data if unzip.eof else b""

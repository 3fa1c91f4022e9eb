"""What an entry says: its content, as a value and as stored JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from editor.content.block import Block, Unknown
from editor.content.blocks import decode as decode_block


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry says beside its body. ``time`` is when it happened; ``language`` is empty for the blog's own.

    ``unverified`` says that nobody could confirm it yet. It is stored only where it is so, and then always as ``True``: a
    text that was approved before there was such a mark keeps its digest.
    """

    headline: str = ""
    time: datetime | None = None
    byline: tuple[str, ...] = ()
    key_event: bool = False
    pinned: bool = False
    labels: tuple[str, ...] = ()
    embargo: datetime | None = None
    language: str = ""
    unverified: bool | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.unverified is False:
            msgspec.structs.force_setattr(self, "unverified", UNSET)


class Content(Facts, frozen=True, kw_only=True):
    """Everything a revision holds: the facts and the body."""

    body: tuple[Any, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body, typed: the field itself is loose because msgspec cannot name the open set of kinds."""
        return self.body

    def is_empty(self) -> bool:
        """Whether the writer has put nothing into it yet."""
        return not self.headline.strip() and all(block.is_empty() for block in self.blocks)


class _Stored(Facts, frozen=True, kw_only=True):
    body: tuple[msgspec.Raw, ...] = ()


def _raw(value: object) -> msgspec.Raw:
    if isinstance(value, Unknown):
        return msgspec.Raw(value.raw)
    raise TypeError(f"not a part of a content: {value!r}")


_encoder = msgspec.json.Encoder(enc_hook=_raw)
_decoder = msgspec.json.Decoder(_Stored)


def encode(content: Content) -> bytes:
    """The content as JSON, the same bytes for equal contents."""
    return _encoder.encode(content)


def decode(data: bytes | str) -> Content:
    """The content that ``encode`` wrote. Raises ``msgspec.DecodeError`` for anything else."""
    stored = _decoder.decode(data)
    facts = {name: getattr(stored, name) for name in Facts.__struct_fields__}
    return Content(body=tuple(decode_block(raw) for raw in stored.body), **facts)


def digest(content: Content) -> str:
    """The SHA-256 of the content, in hex: the name that an approval binds."""
    from hashlib import sha256

    return sha256(encode(content)).hexdigest()


def assets(content: Content) -> tuple[str, ...]:
    """The photos' assets in the order of the body, each once."""
    return tuple(dict.fromkeys(photo.asset for photo in photos(content)))


def prints(content: Content) -> tuple[str, ...]:
    """The photos as they are sent, in the order of the body, each once."""
    return tuple(dict.fromkeys(photo.print for photo in photos(content)))


def photos(content: Content) -> Iterator[Any]:
    """The blocks that are photos, in the order of the body."""
    return (block for block in content.body if getattr(block, "TYPE", "") == "photo")


def without_photos(content: Content) -> Content:
    """The content as it goes out before its photos."""
    rest = tuple(block for block in content.body if getattr(block, "TYPE", "") != "photo")
    return msgspec.structs.replace(content, body=rest)

"""What was seen of a post on a network at one moment: a snapshot that is never changed, and stands when the post is gone."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Medium(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A picture or a film in a post, by its kind and the words that its author gave it. The file itself is not kept."""

    kind: str = "image"
    alt: str = ""

    def __post_init__(self) -> None:
        # what is left out when it is stored is told by identity, and the same medium has to have the same bytes
        if self.kind == "image":
            msgspec.structs.force_setattr(self, "kind", type(self).__struct_defaults__[0])


class Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A post as it was seen at ``captured``. Every word of it comes from a stranger and is plain text, never HTML.

    ``post_id`` and ``author_id`` are the network's own and stable: a handle may be given to somebody else.
    """

    url: str
    network: str
    captured: datetime
    post_id: str = ""
    author_id: str = ""
    author: str = ""
    handle: str = ""
    text: str = ""
    language: str = ""
    posted: datetime | None = None
    edited: datetime | None = None
    media: tuple[Medium, ...] = ()


def encode(kept: Kept) -> bytes:
    """The snapshot as it is stored; the same bytes for the same snapshot."""
    return msgspec.json.encode(kept)


def digest(kept: Kept) -> str:
    """The SHA-256 of its stored bytes, in hex: the snapshot's name."""
    from hashlib import sha256

    return sha256(encode(kept)).hexdigest()


def decode(raw: bytes) -> Kept:
    """The snapshot in its stored bytes. Raises ``msgspec.DecodeError`` for others."""
    return msgspec.json.decode(raw, type=Kept)

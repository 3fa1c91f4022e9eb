"""What an entry's photos must not tell while its source is protected: who made them, and where."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from editor.content.blocks.photo import Photo
from editor.content.entry import Content


def protected(content: Content) -> Content:
    """The content with photos that tell neither; the same object where none did."""
    body = tuple(bare(block) for block in content.body)
    if all(a is b for a, b in zip(body, content.body, strict=True)):
        return content
    return replace(content, body=body)


def bare(block: Any) -> Any:
    """A block as it may stand in an entry whose source is protected; the same object where it told nothing."""
    if not isinstance(block, Photo) or (block.rights is UNSET and not block.location_kept):
        return block
    return replace(block, rights=UNSET, location_kept=False)

"""The kinds of block. This folder is the registry: a module here with a ``BLOCK`` is a kind of block."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

import msgspec

from editor.content.block import Block, Unknown


class _Head(msgspec.Struct):
    type: str = ""
    v: int = 1


@cache
def kinds() -> Mapping[str, type[Any]]:
    """Every kind of block by its type's name."""
    modules = (import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    return {module.BLOCK.TYPE: module.BLOCK for module in modules}


def decode(raw: msgspec.Raw) -> Block:
    """A block from its JSON object; ``Unknown`` where this program does not know the kind or its version.

    Raises ``msgspec.ValidationError`` for a known kind with fields that do not fit.
    """
    head = msgspec.json.decode(raw, type=_Head)
    kind = kinds().get(head.type)
    if kind is None or head.v > kind.VERSION:
        return Unknown(type=head.type, raw=bytes(raw))
    block: Block = msgspec.json.decode(raw, type=kind)
    return block

"""Text: one or more paragraphs of CommonMark."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import msgspec

from editor.content.block import Page
from editor.problems import Problem


class Text(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="text"):
    """Paragraphs as typed: CommonMark, in which raw HTML is text and not markup."""

    TYPE: ClassVar[str] = "text"
    VERSION: ClassVar[int] = 1

    text: str = ""
    v: int = 1


BLOCK = Text

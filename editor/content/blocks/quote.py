"""Quote: somebody's words, and whose they are."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Quote(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="quote"):
    """Words with their speaker, the speaker's role or organisation, how they were obtained, and a source link."""

    TYPE: ClassVar[str] = "quote"
    VERSION: ClassVar[int] = 1

    text: str = ""
    speaker: str = ""
    role: str = ""
    how: str = ""
    source: str = ""
    language: str = ""
    v: int = 1


BLOCK = Quote

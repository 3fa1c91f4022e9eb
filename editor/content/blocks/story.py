"""Story link: a related story elsewhere."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Story(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="story"):
    """A story by its address, its headline, the outlet's name and a sentence about it."""

    TYPE: ClassVar[str] = "story"
    VERSION: ClassVar[int] = 1

    url: str = ""
    headline: str = ""
    outlet: str = ""
    summary: str = ""
    v: int = 1


BLOCK = Story

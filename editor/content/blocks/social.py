"""Social post: what somebody wrote on a network, kept as a snapshot so that it stands when the post is deleted."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec


class Social(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="social"):
    """A post by its address, with the author, handle, time and words as typed or fetched at ``captured``."""

    TYPE: ClassVar[str] = "social"
    VERSION: ClassVar[int] = 1

    url: str = ""
    network: str = ""
    author: str = ""
    handle: str = ""
    posted: datetime | None = None
    captured: datetime | None = None
    text: str = ""
    language: str = ""
    v: int = 1


BLOCK = Social

"""What every kind of block has in common, and the block this program does not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

import msgspec

from editor.problems import Problem


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """Where a photo's public renditions lie: ``src`` for old readers, ``sources`` as (address, width in pixels)."""

    src: str
    sources: tuple[tuple[str, int], ...] = ()
    width: int = 0
    height: int = 0


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The page a block is drawn on: its language, its time zone, and the photos that lie beside it."""

    language: str = "en"
    zone: tzinfo | None = None
    pictures: Mapping[str, Picture] = {}


@runtime_checkable
class Block(Protocol):
    """A part of an entry's body.

    A kind of block is a frozen ``msgspec.Struct`` with ``tag_field="type"`` and its type's name as ``tag``, in a module
    of ``editor.content.blocks`` that names it ``BLOCK``.
    """

    TYPE: ClassVar[str]
    VERSION: ClassVar[int]

    def problems(self) -> tuple[Problem, ...]:
        """What the writer should mend; fields are the block's own (``alt``, ``url``)."""
        ...

    def html(self, page: Page) -> str:
        """Safe HTML for readers. Everything that was typed is escaped or sanitised."""
        ...

    def plain(self) -> str:
        """The words, for search, excerpts and feeds."""
        ...

    def markdown(self, name_photo: Callable[[str], str]) -> str | None:
        """The plain form of the entry file, or None where it cannot carry this block.

        ``name_photo`` gives the path of an asset's file.
        """
        ...

    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen yet."""
        ...


class PhotoFile(msgspec.Struct, frozen=True, kw_only=True):
    """A photo that an entry file names: its asset, and its pixels upright."""

    asset: str
    width: int = 0
    height: int = 0


FindPhoto = Callable[[str], PhotoFile]


class FileForm(msgspec.Struct, frozen=True, kw_only=True):
    """How a kind of block stands in an entry file; the base of every kind. A kind overrides what is its own.

    The reader offers a paragraph to the kinds that have a ``PRIORITY``, the highest first. ``APART`` are the fields that
    say what they say whatever the others become, so that two people's changes to them can be put together.
    """

    PRIORITY: ClassVar[int | None] = None
    APART: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def read_paragraph(cls, lines: Sequence[str], find_photo: FindPhoto) -> Self | None:
        """The block whose plain form these lines are, or None. Raises ``Refused`` for a photo that cannot be had."""
        return None

    def to_fields(self, name_photo: Callable[[str], str]) -> dict[str, Any]:
        """The fields of the fenced form: those that were filled in."""
        return {
            field.name: getattr(self, field.name)
            for field in msgspec.structs.fields(type(self))
            if getattr(self, field.name) != field.default
        }

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """The fields that the fenced form may have."""
        return cls.__struct_fields__

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any], find_photo: FindPhoto) -> Self:
        """The block of a fenced form. Raises ``msgspec.ValidationError`` and, for a photo, ``Refused``."""
        return msgspec.convert({"type": cls.__struct_config__.tag, **fields}, cls, strict=False)


class Unknown:
    """A block of a kind, or a version, that this program does not know. It is kept byte for byte."""

    TYPE: ClassVar[str] = "unknown"
    VERSION: ClassVar[int] = 0
    __slots__ = ("raw", "type")

    def __init__(self, *, type: str, raw: bytes) -> None:
        self.type = type
        self.raw = raw

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unknown) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return f"Unknown(type={self.type!r}, raw={self.raw!r})"

    def problems(self) -> tuple[Problem, ...]:
        return ()

    def html(self, page: Page) -> str:
        return ""

    def plain(self) -> str:
        return ""

    def markdown(self, name_photo: Callable[[str], str]) -> str | None:
        return None

    def is_empty(self) -> bool:
        return False

    def fields(self) -> dict[str, Any]:
        """The block's JSON object, to be looked at only."""
        found: dict[str, Any] = msgspec.json.decode(self.raw)
        return found

"""Social post: what somebody wrote on a network, kept as a snapshot so that it stands when the post is deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self

import msgspec
from msgspec import UNSET, UnsetType

from editor.content.block import FileForm, FindPhoto, Page
from editor.content.kept import Kept, Medium
from editor.content.links import link_problem
from editor.content.networks import recognise
from editor.content.paragraph import bare_address
from editor.problems import Problem, refuse

_NEWER = ("post_id", "author_id", "edited", "media", "kept", "gone")


class Social(FileForm, frozen=True, kw_only=True, tag_field="type", tag="social"):
    """A post by its address, with the author, handle, time and words as typed or fetched at ``captured``.

    ``kept`` names the snapshot that it was filled from. ``media`` are what the post's pictures and films show, in words:
    the files are neither kept nor published. ``edited`` is when the author changed it, ``gone`` when a later look found
    it deleted; the words stand all the same. These came with version 2, and are left out of the stored form where they
    say nothing, so that a text that was approved before keeps its digest.
    """

    TYPE: ClassVar[str] = "social"
    VERSION: ClassVar[int] = 2
    PRIORITY: ClassVar[int | None] = 20
    # ``v`` follows from the others
    APART: ClassVar[tuple[str, ...]] = ("edited", "gone", "v")

    url: str = ""
    network: str = ""
    author: str = ""
    handle: str = ""
    posted: datetime | None = None
    captured: datetime | None = None
    text: str = ""
    language: str = ""
    post_id: str | UnsetType = UNSET
    author_id: str | UnsetType = UNSET
    edited: datetime | UnsetType = UNSET
    media: tuple[Medium, ...] | UnsetType = UNSET
    kept: str | UnsetType = UNSET
    gone: datetime | UnsetType = UNSET
    v: int = 1

    def __post_init__(self) -> None:
        for name in _NEWER:
            if not getattr(self, name):
                msgspec.structs.force_setattr(self, name, UNSET)
        told = any(getattr(self, name) is not UNSET for name in _NEWER)
        msgspec.structs.force_setattr(self, "v", 2 if told else 1)

    @classmethod
    def from_url(cls, url: str) -> Self | None:
        """The post that an address names by its grammar, nothing fetched; None for any other address."""
        found = recognise(url)
        if found is None:
            return None
        return cls(url=found.url, network=found.network, handle=found.handle)

    @classmethod
    def from_kept(cls, kept: Kept, snapshot: str) -> Self:
        """The post as it was seen, from the snapshot of that name."""
        return cls(
            url=kept.url,
            network=kept.network,
            author=kept.author,
            handle=kept.handle,
            posted=kept.posted,
            captured=kept.captured,
            text=kept.text,
            language=kept.language,
            post_id=kept.post_id or UNSET,
            author_id=kept.author_id or UNSET,
            edited=kept.edited or UNSET,
            media=kept.media or UNSET,
            kept=snapshot,
        )

    @property
    def is_edited_since(self) -> bool:
        """Whether the author changed the post after its words were kept."""
        return bool(self.edited and self.captured and self.edited > self.captured)

    def problems(self) -> tuple[Problem, ...]:
        """A post is known by its address."""
        if not self.url.strip():
            return (refuse("social-without-url", "url").first,)
        wrong = link_problem(self.url, "url")
        return (wrong,) if wrong else ()

    def html(self, page: Page) -> str:
        """A card with the kept words. Nothing is loaded from the network; the original is one click away."""
        from editor.content.post_card import card

        return card(self, page)

    def plain(self) -> str:
        """Whose words, the words, and what the pictures show."""
        who = self.author.strip() or self.handle.strip()
        shown = (medium.alt.strip() for medium in self.media or ())
        said = "\n".join(filter(None, (self.text.strip(), *shown)))
        return f"{who}: {said}" if who and said else said or who or self.url.strip()

    def markdown(self, name_photo: Callable[[str], str]) -> str | None:
        """The address alone, where that says everything."""
        return self.url if self == self.from_url(self.url) else None

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        typed = (self.url, self.author, self.handle, self.text)
        return self.v == 1 and not any(part.strip() for part in typed)

    @classmethod
    def read_paragraph(cls, lines: Sequence[str], find_photo: FindPhoto) -> Self | None:
        """A post: the address of one, alone."""
        address = bare_address(lines)
        return cls.from_url(address) if address else None

    def to_fields(self, name_photo: Callable[[str], str]) -> dict[str, Any]:
        """What was typed. A network that is not the address's own is written even where it is empty."""
        fields = super().to_fields(name_photo)
        if not self.network and recognise(self.url):
            fields["network"] = ""
        if self.media:
            fields["media"] = tuple(
                f"{medium.kind}: {medium.alt}" if medium.alt else medium.kind
                for medium in self.media
            )
        return fields

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any], find_photo: FindPhoto) -> Self:
        """The post; one whose network was not typed has that of its address."""
        found = recognise(str(fields.get("url", "")))
        own: dict[str, Any] = {"network": found.network} if found else {}
        own |= fields
        if isinstance(media := own.get("media"), tuple):
            own["media"] = [_medium(told) for told in media]
        return super().from_fields(own, find_photo)


BLOCK = Social


def _medium(told: str) -> dict[str, str]:
    """A medium as a file has it: ``image: What it shows``."""
    kind, _, alt = told.partition(": ")
    return {"kind": kind, "alt": alt}

"""Social post: what somebody wrote on a network, kept as a snapshot so that it stands when the post is deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self

from editor.content import markup
from editor.content.block import FileForm, FindPhoto, Page
from editor.content.links import host, is_safe, link, link_problem
from editor.content.networks import label, recognise
from editor.content.paragraph import bare_address
from editor.content.words import words
from editor.problems import Problem, refuse


class Social(FileForm, frozen=True, kw_only=True, tag_field="type", tag="social"):
    """A post by its address, with the author, handle, time and words as typed or fetched at ``captured``."""

    TYPE: ClassVar[str] = "social"
    VERSION: ClassVar[int] = 1
    PRIORITY: ClassVar[int | None] = 20

    url: str = ""
    network: str = ""
    author: str = ""
    handle: str = ""
    posted: datetime | None = None
    captured: datetime | None = None
    text: str = ""
    language: str = ""
    v: int = 1

    @classmethod
    def from_url(cls, url: str) -> Self | None:
        """The post that an address names by its grammar, nothing fetched; None for any other address."""
        found = recognise(url)
        if found is None:
            return None
        return cls(url=found.url, network=found.network, handle=found.handle)

    def problems(self) -> tuple[Problem, ...]:
        """A post is known by its address."""
        if not self.url.strip():
            return (refuse("social-without-url", "url").first,)
        wrong = link_problem(self.url, "url")
        return (wrong,) if wrong else ()

    def html(self, page: Page) -> str:
        """A card with the kept words. Nothing is loaded from the network; the original is one click away."""
        given = markup.attributes(
            lang=markup.language(self.language),
            dir="auto",
            cite=self.url if is_safe(self.url) else None,
        )
        said = f"<blockquote{given}>{markup.paragraphs(self.text)}</blockquote>"
        if not self.text.strip():
            said = ""
        return f'<figure class="post">{self._head(page)}{said}{self._foot(page)}</figure>'

    def plain(self) -> str:
        """Whose words, and the words."""
        who = self.author.strip() or self.handle.strip()
        said = self.text.strip()
        return f"{who}: {said}" if who and said else said or who or self.url.strip()

    def markdown(self, name_photo: Callable[[str], str]) -> str | None:
        """The address alone, where that says everything."""
        return self.url if self == self.from_url(self.url) else None

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        typed = (self.url, self.author, self.handle, self.text)
        return not any(part.strip() for part in typed)

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
        return fields

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any], find_photo: FindPhoto) -> Self:
        """The post; one whose network was not typed has that of its address."""
        found = recognise(str(fields.get("url", "")))
        own = {"network": found.network} if found else {}
        return super().from_fields({**own, **fields}, find_photo)

    def _head(self, page: Page) -> str:
        who = self.author.strip() or self.handle.strip() or host(self.url)
        parts = [f"<cite><bdi>{markup.text(who)}</bdi></cite>"] if who else []
        if self.author.strip() and self.handle.strip():
            parts.append(f'<bdi class="handle">{markup.text(self.handle.strip())}</bdi>')
        facts = []
        if self.posted:
            facts.append(markup.time(self.posted, page.zone, with_date=not self._same_day(page)))
        if self.network.strip():
            facts.append(f'<span class="network">{markup.text(label(self.network.strip()))}</span>')
        parts += [f'<span class="facts">{" · ".join(facts)}</span>'] if facts else []
        return f"<figcaption>{' '.join(parts)}</figcaption>" if parts else ""

    def _foot(self, page: Page) -> str:
        own = words(page.language)
        parts = []
        if self.captured and self.text.strip():
            at = markup.time(self.captured, page.zone, with_date=False)
            parts.append(own.kept.format(time=at))
        if is_safe(self.url):
            rel = "noopener noreferrer nofollow"
            parts.append(link(self.url, markup.text(own.open_post), rel))
        return f'<p class="kept">{" ".join(parts)}</p>' if parts else ""

    def _same_day(self, page: Page) -> bool:
        """Whether the post was written on the day its words were kept: then its hour says enough."""
        if not self.posted or not self.captured:
            return False
        zone = page.zone
        return self.posted.astimezone(zone).date() == self.captured.astimezone(zone).date()


BLOCK = Social

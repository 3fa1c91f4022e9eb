"""Story link: a related story elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, Self

from editor.content import markup
from editor.content.block import FileForm, FindPhoto, Page
from editor.content.links import host, link, link_problem
from editor.content.paragraph import bare_address
from editor.problems import Problem, refuse

# Patterns are compiled when a file is read; the window imports this at its start.
_LINK = (
    r"\[(?P<headline>(?:[^\[\]\\]|\\.)+)\]"
    r"\((?P<url>https?://[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)"
    r"(?:[ ]+\"(?P<summary>(?:[^\"\\]|\\.)*)\")?\)[ ]*"
)
_ESCAPE = r"\\([!-/:-@\[-`{-~])"


class Story(FileForm, frozen=True, kw_only=True, tag_field="type", tag="story"):
    """A story by its address, its headline, the outlet's name and a sentence about it."""

    TYPE: ClassVar[str] = "story"
    VERSION: ClassVar[int] = 1
    PRIORITY: ClassVar[int | None] = 10
    APART: ClassVar[tuple[str, ...]] = ("headline", "outlet", "summary")

    url: str = ""
    headline: str = ""
    outlet: str = ""
    summary: str = ""
    v: int = 1

    def problems(self) -> tuple[Problem, ...]:
        """A story is known by its address."""
        if not self.url.strip():
            return (refuse("story-without-url", "url").first,)
        wrong = link_problem(self.url, "url")
        return (wrong,) if wrong else ()

    def html(self, page: Page) -> str:
        """The headline as a link, the outlet, the summary."""
        headline = self.headline.strip() or host(self.url) or self.url.strip()
        parts = [link(self.url, markup.text(headline))]
        if self.outlet.strip():
            parts.append(f'<span class="outlet">{markup.text(self.outlet.strip())}</span>')
        summary = markup.paragraphs(self.summary)
        return f'<aside class="story" dir="auto">{" ".join(parts)}{summary}</aside>'

    def plain(self) -> str:
        """Headline, outlet and summary."""
        headline = self.headline.strip() or self.url.strip()
        told = f"{headline} ({self.outlet.strip()})" if self.outlet.strip() else headline
        return "\n".join(part for part in (told, self.summary.strip()) if part)

    def markdown(self, name_photo: Callable[[str], str]) -> str | None:
        """One link alone, its summary as the title; or the bare address."""
        if self.outlet or (self.summary and not self.headline):
            return None
        if not self.headline:
            return self.url
        headline = re.sub(r"([\[\]\\])", r"\\\1", self.headline)
        summary = re.sub(r"([\"\\])", r"\\\1", self.summary)
        return f"[{headline}]({self.url}" + (f' "{summary}")' if summary else ")")

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        typed = (self.url, self.headline, self.outlet, self.summary)
        return not any(part.strip() for part in typed)

    @classmethod
    def read_paragraph(cls, lines: Sequence[str], find_photo: FindPhoto) -> Self | None:
        """A story: an address or one link, alone."""
        address = bare_address(lines)
        if address and address.startswith("http"):
            return cls(url=address)
        found = re.fullmatch(_LINK, lines[0]) if len(lines) == 1 else None
        return found and cls(
            url=found["url"],
            headline=re.sub(_ESCAPE, r"\1", found["headline"]),
            summary=re.sub(_ESCAPE, r"\1", found["summary"] or ""),
        )


BLOCK = Story

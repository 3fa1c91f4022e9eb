"""Quote: somebody's words, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, Self

from editor.content import markup
from editor.content.block import FileForm, FindPhoto, Page
from editor.content.links import host, is_safe, link, link_problem
from editor.problems import Problem, warn

_MARK = re.compile(r">[ ]?")
_DASH = re.compile(r"(?:—|--(?!-))[ ]*(?=\S)")
_SOURCE = re.compile(r"(?P<rest>.*?)[ ]*<(?P<source>[^<>\s]+)>[ ]*")
_HOW = re.compile(r"(?P<rest>.*?)[ ]*\((?P<how>[^()]+)\)[ ]*")


class Quote(FileForm, frozen=True, kw_only=True, tag_field="type", tag="quote"):
    """Words with their speaker, the speaker's role or organisation, how they were obtained, and a source link."""

    TYPE: ClassVar[str] = "quote"
    VERSION: ClassVar[int] = 1
    PRIORITY: ClassVar[int | None] = 30
    APART: ClassVar[tuple[str, ...]] = ("role", "how", "source", "language")

    text: str = ""
    speaker: str = ""
    role: str = ""
    how: str = ""
    source: str = ""
    language: str = ""
    v: int = 1

    def problems(self) -> tuple[Problem, ...]:
        """A quote wants a speaker; a source must be an address."""
        found = []
        if not self.speaker.strip():
            found.append(warn("quote-without-speaker", "speaker"))
        if self.source and (wrong := link_problem(self.source, "source")):
            found.append(wrong)
        return tuple(found)

    def html(self, page: Page) -> str:
        """A figure: the words as ``blockquote``, whose they are as its caption."""
        given = markup.attributes(
            lang=markup.language(self.language),
            dir="auto",
            cite=self.source if is_safe(self.source) else None,
        )
        words = f"<blockquote{given}>{markup.paragraphs(self.text)}</blockquote>"
        return f'<figure class="quote">{words}{self._caption()}</figure>'

    def plain(self) -> str:
        """The words, and whose they are."""
        whose = ", ".join(part for part in (self.speaker.strip(), self.role.strip()) if part)
        return f"“{self.text.strip()}”" + (f" — {whose}" if whose else "")

    def markdown(self, name_photo: Callable[[str], str]) -> str | None:
        """A block quote whose last paragraph tells whose the words are."""
        if not self.speaker or not self.text or self.language:
            return None
        whose = f"— {self.speaker}"
        whose += f", {self.role}" if self.role else ""
        whose += f" ({self.how})" if self.how else ""
        whose += f" <{self.source}>" if self.source else ""
        return "\n".join(f"> {line}".rstrip(" ") for line in (*self.text.split("\n"), "", whose))

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        typed = (self.text, self.speaker, self.role, self.how, self.source)
        return not any(part.strip() for part in typed)

    @classmethod
    def read_paragraph(cls, lines: Sequence[str], find_photo: FindPhoto) -> Self | None:
        """A quote: a block quote that ends in a paragraph with a dash. Without one it is text."""
        if not all(line.startswith(">") for line in lines):
            return None
        inner = [_MARK.sub("", line, count=1) for line in lines]
        while inner and not inner[-1].strip():
            inner.pop()
        start = _attribution(inner)
        if start is None:
            return None
        said = "\n".join(inner[:start]).strip("\n")
        whose = " ".join(line.strip() for line in inner[start:])
        return cls._attributed(said, whose) if said.strip() else None

    @classmethod
    def _attributed(cls, said: str, whose: str) -> Self:
        rest, source, how = _DASH.sub("", whose, count=1), "", ""
        if match := _SOURCE.fullmatch(rest):
            rest, source = match["rest"], match["source"]
        if match := _HOW.fullmatch(rest):
            rest, how = match["rest"], match["how"]
        speaker, _, role = rest.partition(", ")
        return cls(text=said, speaker=speaker.strip(), role=role.strip(), how=how, source=source)

    def _caption(self) -> str:
        parts = []
        if self.speaker.strip():
            parts.append(f"<cite>{markup.text(self.speaker.strip())}</cite>")
        parts += [markup.text(part.strip()) for part in (self.role, self.how) if part.strip()]
        if is_safe(self.source):
            shown = host(self.source) or self.source.removeprefix("mailto:")
            parts.append(link(self.source, markup.text(shown)))
        return f'<figcaption dir="auto">— {", ".join(parts)}</figcaption>' if parts else ""


BLOCK = Quote


def _attribution(inner: Sequence[str]) -> int | None:
    """Where the attribution begins: the last paragraph's dash, or a last line's with words above it."""
    start = len(inner)
    while start and inner[start - 1].strip():
        start -= 1
    if start == len(inner):
        return None
    if _DASH.match(inner[start]):
        return start
    return len(inner) - 1 if _DASH.match(inner[-1]) else None

"""Quote: somebody's words, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar, Self

import msgspec
from msgspec import UNSET, UnsetType

from editor.content import markup
from editor.content.block import FileForm, FindPhoto, Page
from editor.content.dates import date
from editor.content.links import host, is_safe, link, link_problem
from editor.content.quote_words import quote_words, translated_from
from editor.problems import Problem, warn

_MARK = re.compile(r">[ ]?")
_DASH = re.compile(r"(?:—|--(?!-))[ ]*(?=\S)")
_SOURCE = re.compile(r"(?P<rest>.*?)[ ]*<(?P<source>[^<>\s]+)>[ ]*")
_HOW = re.compile(r"(?P<rest>.*?)[ ]*\((?P<how>[^()]+)\)[ ]*")
_NEWER = ("translation", "place", "said", "unnamed", "reason")


class Quote(FileForm, frozen=True, kw_only=True, tag_field="type", tag="quote"):
    """Words with their speaker, the speaker's role or organisation, how they were obtained, and a source link.

    ``text`` is what was said, in the ``language`` in which it was said; ``translation`` is the same in the entry's own.
    ``unnamed`` says that the speaker must not be named, for a ``reason`` that readers are told; ``speaker`` and ``role``
    then describe at most. These came with version 2, and are left out of the stored form where they say nothing, so
    that a text that was approved before keeps its digest.
    """

    TYPE: ClassVar[str] = "quote"
    VERSION: ClassVar[int] = 2
    PRIORITY: ClassVar[int | None] = 30
    # ``v`` follows from the others
    APART: ClassVar[tuple[str, ...]] = ("role", "how", "source", "language", "place", "said", "v")

    text: str = ""
    speaker: str = ""
    role: str = ""
    how: str = ""
    source: str = ""
    language: str = ""
    translation: str | UnsetType = UNSET
    place: str | UnsetType = UNSET
    said: datetime | UnsetType = UNSET
    unnamed: bool | UnsetType = UNSET
    reason: str | UnsetType = UNSET
    v: int = 1

    def __post_init__(self) -> None:
        newer = [name for name in _NEWER if getattr(self, name) is not UNSET]
        for name in newer:
            if not getattr(self, name):
                msgspec.structs.force_setattr(self, name, UNSET)
        told = any(getattr(self, name) is not UNSET for name in newer)
        msgspec.structs.force_setattr(self, "v", 2 if told else 1)

    @property
    def is_attributed(self) -> bool:
        """Whether it says whose words these are, or why it does not."""
        if self.unnamed:
            return bool((self.reason or "").strip())
        return bool(self.speaker.strip())

    def problems(self) -> tuple[Problem, ...]:
        """A quote wants a speaker, or a reason why there is none; a source must be an address."""
        found = []
        if not self.is_attributed:
            where = "reason" if self.unnamed else "speaker"
            found.append(warn("quote-without-speaker", where))
        if self.source and (wrong := link_problem(self.source, "source")):
            found.append(wrong)
        return tuple(found)

    def html(self, page: Page) -> str:
        """A figure: the words as ``blockquote``, the original below its translation, whose they are as its caption."""
        translated = (self.translation or "").strip()
        cite = self.source if is_safe(self.source) else None
        own = markup.attributes(lang=markup.language(self.language), dir="auto", cite=cite)
        words = f"<blockquote{own}>{markup.paragraphs(self.text)}</blockquote>"
        if translated:
            given = markup.attributes(lang=markup.language(page.language), dir="auto", cite=cite)
            first = f"<blockquote{given}>{markup.paragraphs(translated)}</blockquote>"
            words = first + self._original(page)
        return f'<figure class="quote">{words}{self._caption(page)}</figure>'

    def plain(self) -> str:
        """The words as readers of the entry understand them, and whose they are; then the words that were translated."""
        words, translated = self.text.strip(), (self.translation or "").strip()
        whose = ", ".join(part for part in (self.speaker.strip(), self.role.strip()) if part)
        if self.unnamed and (reason := (self.reason or "").strip()):
            whose = f"{whose} ({reason})".strip()
        told = f"“{translated or words}”" + (f" — {whose}" if whose else "")
        return f"{told}\n“{words}”" if translated and words else told

    def markdown(self, name_photo: Callable[[str], str]) -> str | None:
        """A block quote whose last paragraph tells whose the words are."""
        if not self.speaker or not self.text or self.language or self.v > 1:
            return None
        whose = f"— {self.speaker}"
        whose += f", {self.role}" if self.role else ""
        whose += f" ({self.how})" if self.how else ""
        whose += f" <{self.source}>" if self.source else ""
        return "\n".join(f"> {line}".rstrip(" ") for line in (*self.text.split("\n"), "", whose))

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        typed = (self.text, self.speaker, self.role, self.how, self.source)
        return self.v == 1 and not any(part.strip() for part in typed)

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

    def _original(self, page: Page) -> str:
        """The words as they were said, smaller, under a line that says what the translation is from."""
        told = markup.text(translated_from(self.language, page.language))
        whence = f'<p class="from" dir="auto">{told}</p>'
        if not self.text.strip():
            return whence
        given = markup.attributes(lang=markup.language(self.language), dir="auto")
        return f'{whence}<blockquote class="original"{given}>{markup.paragraphs(self.text)}</blockquote>'

    def _caption(self, page: Page) -> str:
        own = quote_words(page.language)
        who = self.speaker.strip() or (own.source if self.unnamed and not self.role.strip() else "")
        parts = [f"<cite>{markup.text(who)}</cite>"] if who else []
        parts += [markup.text(part.strip()) for part in (self.role, self.how) if part.strip()]
        if self.unnamed and (reason := (self.reason or "").strip()):
            parts.append(markup.text(own.unnamed.format(reason=reason)))
        if is_safe(self.source):
            shown = host(self.source) or self.source.removeprefix("mailto:")
            parts.append(link(self.source, markup.text(shown)))
        facts = [markup.text(place)] if (place := (self.place or "").strip()) else []
        if self.said:
            facts.append(_moment(self.said, page))
        where = f'<span class="said">{own.comma.join(facts)}</span>' if facts else ""
        whose = f"— {own.comma.join(parts)}" if parts else ""
        told = " ".join(filter(None, (whose, where)))
        return f'<figcaption dir="auto">{told}</figcaption>' if told else ""


BLOCK = Quote


def _moment(at: datetime, page: Page) -> str:
    """The day in the page's words, and the hour, in the page's zone."""
    local = at.astimezone(page.zone) if page.zone else at
    shown = f"{date(at, page.zone, page.language)} {local:%H:%M}"
    given = markup.attributes(datetime=local.isoformat(timespec="seconds"))
    return f"<time{given}>{shown}</time>"


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

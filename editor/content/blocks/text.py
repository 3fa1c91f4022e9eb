"""Text: one or more paragraphs of CommonMark."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

import msgspec

from editor.content.block import FileForm, Page
from editor.content.links import link_problem
from editor.content.stripped import strip_markdown
from editor.problems import Problem, Severity, refuse

MAX_BYTES = 1_000_000

_DESTINATION = re.compile(r"\]\(<?([A-Za-z][A-Za-z0-9+.-]*:[^\s()<>]*)")


class Text(FileForm, frozen=True, kw_only=True, tag_field="type", tag="text"):
    """Paragraphs as typed: CommonMark, in which raw HTML is text and not markup."""

    TYPE: ClassVar[str] = "text"
    VERSION: ClassVar[int] = 1

    text: str = ""
    v: int = 1

    def problems(self) -> tuple[Problem, ...]:
        """Too long a text is refused; a link that will be shown as words is only warned of."""
        if len(self.text) > MAX_BYTES // 4 and len(self.text.encode()) > MAX_BYTES:
            return (refuse("text-too-long", "text", most=MAX_BYTES).first,)
        if "](" not in self.text:
            return ()
        found = (link_problem(match[1], "text") for match in _DESTINATION.finditer(self.text))
        return tuple(
            msgspec.structs.replace(problem, severity=Severity.WARNING)
            for problem in found
            if problem
        )

    def html(self, page: Page) -> str:
        """The paragraphs, sanitised."""
        from editor.content.commonmark import render

        return render(self.text)

    def plain(self) -> str:
        """The words without their markers."""
        return strip_markdown(self.text)

    def markdown(self, name_photo: Callable[[str], str]) -> str | None:
        """The text itself."""
        return self.text

    def is_empty(self) -> bool:
        """Whether there is nothing but white space."""
        return not self.text.strip()


BLOCK = Text

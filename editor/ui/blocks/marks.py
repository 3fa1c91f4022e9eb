"""Live Markdown styling: bold looks bold while its asterisks stay and fade.

Each paragraph is looked at by itself, so a key costs the same in a long text as in a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntFlag

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument


class Mark(IntFlag):
    """How a stretch of text looks."""

    NONE = 0
    FADED = 1
    BOLD = 2
    ITALIC = 4
    LINK = 8
    CODE = 16
    HEADING = 32


_HEADING = re.compile(r"(#{1,6}) +(?=\S)")
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?= )")
_QUOTED = re.compile(r"(?:> ?)+")
_INLINE = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<tick>`+)(?P<code>[^`]+)(?P=tick)"
    r"|(?P<bold>\*\*|__)(?=\S)(?P<strong>.+?)(?<=\S)(?P=bold)(?!\*)"
    r"|(?P<slant>\*|(?<!\w)_)(?=[^\s*_])(?P<soft>[^*_]*?[^\s*_]|[^\s*_])(?P=slant)"
    r"|(?P<open>!?\[)(?P<words>[^\[\]]*)(?P<target>\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\))"
    r"|(?P<url><?\b(?:https?://|mailto:)[^\s<>]*[^\s<>.,;:!?\"')\]]>?)"
)

Span = tuple[int, int, Mark]


def spans(line: str) -> list[Span]:
    """The styled stretches of one paragraph as (start, end, marks), in order and without overlaps.

    It follows CommonMark as far as one line shows it (https://spec.commonmark.org/0.31.2/#inlines); readers get what
    the Markdown library makes of it.
    """
    found: list[Span] = []
    start = 0
    everywhere = Mark.NONE
    if match := _HEADING.match(line):
        found.append((0, match.end(), Mark.FADED))
        everywhere = Mark.HEADING
        start = match.end()
    elif (match := _QUOTED.match(line)) or (match := _BULLET.match(line)):
        found.append((0, match.end(), Mark.FADED))
        start = match.end()
    found.extend(_inline(line, start, len(line), everywhere))
    return found


def _inline(line: str, start: int, end: int, around: Mark) -> Iterator[Span]:
    at = start
    for match in _INLINE.finditer(line, start, end):
        if match.start() > at and around:
            yield at, match.start(), around
        yield from _matched(line, match, around)
        at = match.end()
    if at < end and around:
        yield at, end, around


def _matched(line: str, match: re.Match[str], around: Mark) -> Iterator[Span]:
    begin, end = match.span()
    if match["escape"]:
        yield begin, begin + 1, around | Mark.FADED
        if around:
            yield begin + 1, end, around
    elif match["tick"]:
        inner, closing = match.span("code")
        yield begin, inner, Mark.FADED
        yield inner, closing, around | Mark.CODE
        yield closing, end, Mark.FADED
    elif match["bold"] or match["slant"]:
        group, mark = ("strong", Mark.BOLD) if match["bold"] else ("soft", Mark.ITALIC)
        inner, closing = match.span(group)
        yield begin, inner, around | Mark.FADED
        yield from _inline(line, inner, closing, around | mark)
        yield closing, end, around | Mark.FADED
    elif match["open"]:
        inner, closing = match.span("words")
        yield begin, inner, Mark.FADED
        yield from _inline(line, inner, closing, around | Mark.LINK)
        yield closing, end, Mark.FADED
    else:
        yield begin, end, around | Mark.LINK


class Highlighter(QSyntaxHighlighter):
    """Draws the marks of a text document."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[Mark, QTextCharFormat] = {}
        self._faded = QColor()
        self._link = QColor()

    def recolour(self, faded: QColor, link: QColor) -> None:
        """Takes the colours of the theme and draws again."""
        self._faded, self._link = faded, link
        self._formats.clear()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        found = spans(text)
        if not found:
            return
        # Qt counts UTF-16 units, Python code points; they differ only beyond the first plane
        if text.isascii() or max(text) < "\U00010000":
            for start, end, mark in found:
                self.setFormat(start, end - start, self._format(mark))
            return
        offsets = [0]
        for character in text:
            offsets.append(offsets[-1] + (2 if character > "\uffff" else 1))
        for start, end, mark in found:
            self.setFormat(offsets[start], offsets[end] - offsets[start], self._format(mark))

    def _format(self, mark: Mark) -> QTextCharFormat:
        known = self._formats.get(mark)
        if known is None:
            known = self._formats[mark] = self._made(mark)
        return known

    def _made(self, mark: Mark) -> QTextCharFormat:
        made = QTextCharFormat()
        if mark & (Mark.BOLD | Mark.HEADING):
            made.setFontWeight(QFont.Weight.Bold)
        if mark & Mark.ITALIC:
            made.setFontItalic(True)
        if mark & Mark.LINK:
            made.setForeground(self._link)
            made.setFontUnderline(True)
            made.setUnderlineColor(self._link)
        if mark & Mark.CODE:
            made.setFontFamilies(["monospace"])
        if mark & Mark.FADED:
            made.setForeground(self._faded)
        return made

"""Markdown as bare words, by a few cheap rules and without the Markdown parser.

Excerpts, search and word counts need the words on every save; rendering the text for that would be a hundred times
slower, and an asterisk too many does no harm here.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FENCES = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_LINE_MARKS = re.compile(
    r"^[ \t]*(?:>[ \t]?)*(?:#{1,6}(?=[ \t])|[-*+](?=[ \t])|(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*$)?[ \t]*",
    re.MULTILINE,
)
_LINKS = re.compile(r"!?\[([^\[\]\n]{0,2000})\]\([^()\s]{0,2000}(?: +\"[^\"\n]{0,500}\")?\)")
_AUTOLINKS = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_STRONG = re.compile(
    r"(?<!\\)(?:(\*{1,3})|(?<!\w)(_{1,3}))(?=\S)([^*_\n]{1,2000})(?<=[^\s\\])(?:\1|\2(?!\w))"
)
_CODE = re.compile(r"`+([^`\n]+)`+")
_ESCAPES = re.compile(r"\\([!-/:-@\[-`{-~])")


@lru_cache(maxsize=128)
def strip_markdown(source: str) -> str:
    """The words of a Markdown text, its paragraphs kept apart by empty lines.

    Remembered for a while: of a draft's blocks, all but one are those of the last save, and each is asked for twice.
    """
    words = _LINE_MARKS.sub("", _FENCES.sub("", source))
    if "[" in words:
        words = _LINKS.sub(r"\1", words)
    if "<" in words:
        words = _AUTOLINKS.sub(r"\1", words)
    if "`" in words:
        words = _CODE.sub(r"\1", words)
    if "*" in words or "_" in words:
        words = _STRONG.sub(r"\3", _STRONG.sub(r"\3", words))
    if "\\" in words:
        words = _ESCAPES.sub(r"\1", words)
    return words.strip()

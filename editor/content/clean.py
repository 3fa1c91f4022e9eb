"""Which characters an entry may hold, and text without the others.

NUL and control characters break databases, feeds and terminals, and a lone surrogate cannot be written to a file at
all. Everything else stays as typed: no normalisation, so that what a correspondent wrote is what is published.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from editor.content.entry import Content, Facts
from editor.problems import Problem, refuse

# U+FFFE and U+FFFF are no characters, and a feed that has one is no XML (https://www.w3.org/TR/xml/#charsets).
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean_text(words: str) -> str:
    """What may be stored of a text: line breaks are ``\\n``, and unfit characters are gone."""
    if not _UNFIT.search(words):
        return words
    return _UNFIT.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def clean_content(content: Content) -> Content:
    """The content with every text cleaned; the same object where nothing was unfit. Fast: it runs on every save."""
    facts = {name: getattr(content, name) for name in Facts.__struct_fields__}
    cleaned = {name: _cleaned(value) for name, value in facts.items()}
    body = tuple(_clean_block(block) for block in content.body)
    if cleaned == facts and all(a is b for a, b in zip(body, content.body, strict=True)):
        return content
    return Content(body=body, **cleaned)


def check_text(words: str, field: str = "") -> Problem | None:
    """The first unfit character of a text, with its line; None for a text that may be stored."""
    found = _UNFIT.search(words)
    if found is None:
        return None
    line = words.count("\n", 0, found.start()) + 1
    return refuse("text-unfit", field, line=line, character=f"U+{ord(found[0]):04X}").first


def _clean_block(block: Any) -> Any:
    if not isinstance(block, msgspec.Struct):
        return block
    changed = {
        name: cleaned
        for name in block.__struct_fields__
        if (cleaned := _cleaned(value := getattr(block, name))) != value
    }
    return msgspec.structs.replace(block, **changed) if changed else block


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean_text(value)
        case tuple():
            return tuple(_cleaned(item) for item in value)
        case msgspec.Struct():
            return _clean_block(value)
        case _:
            return value

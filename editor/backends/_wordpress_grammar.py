"""WordPress's blocks as they stand in a post: comments round HTML, read and written byte for byte.

https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/ has the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import msgspec

_DELIMITER = re.compile(
    r"<!--\s+(?P<closer>/)?wp:(?P<name>(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)\s+"
    r"(?P<attrs>\{.*?\}\s+)?(?P<void>/)?-->",
    re.DOTALL,
)
# what WordPress itself escapes, so that neither a comment nor a filter for HTML finds anything in it
_ESCAPES = (
    ("\\\\", "\\u005c"),  # the first: what follows a pair of them is not escaped
    ("--", "\\u002d\\u002d"),
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("&", "\\u0026"),
    ('\\"', "\\u0022"),
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SAID_BY = ("href", "src", "alt", "start")
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code del em i img ins kbd mark q s small span strong sub sup u".split()
)


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A block at the top of a post, or, without a ``name``, what stands between two.

    ``inner`` is what it holds, the comments of blocks within it included; ``source`` is all of it as it stands there.
    """

    name: str = ""
    attrs: Mapping[str, Any] = {}
    inner: str = ""
    source: str = ""

    @property
    def html(self) -> str:
        """What it holds, without comments."""
        return _DELIMITER.sub("", self.inner)

    @property
    def classes(self) -> frozenset[str]:
        """The additional classes that somebody gave it."""
        given = self.attrs.get("className", "")
        return frozenset(given.split()) if isinstance(given, str) else frozenset()


def pieces(markup: str) -> Iterator[Piece]:
    """The blocks of a post in their order, and what stands between them. Nothing of the markup is left out."""
    depth, start, begun, name = 0, 0, 0, ""
    attrs: Mapping[str, Any] = {}
    for found in _DELIMITER.finditer(markup):
        if found["closer"]:
            depth -= depth > 0
            if depth == 0 and name:
                inner, source = markup[begun : found.start()], markup[start : found.end()]
                yield Piece(name=name, attrs=attrs, inner=inner, source=source)
                start, name = found.end(), ""
            continue
        if depth == 0:
            if between := markup[start : found.start()]:
                yield Piece(inner=between, source=between)
            start, begun = found.start(), found.end()
            attrs, name = _attributes(found["attrs"]), found["name"]
            if found["void"]:
                yield Piece(name=name, attrs=attrs, source=markup[start : found.end()])
                start, name = found.end(), ""
                continue
        if not found["void"]:
            depth += 1
    if rest := markup[start:]:
        # a block that never ends is nobody's: it is kept as it is
        yield Piece(inner=rest, source=rest)


def block(name: str, attrs: Mapping[str, Any], inner: str) -> str:
    """A block as WordPress writes it; one that holds nothing is a single comment."""
    given = f" {_escaped(attrs)}" if attrs else ""
    if not inner:
        return f"<!-- wp:{name}{given} /-->"
    return f"<!-- wp:{name}{given} -->\n{as_typed(inner)}\n<!-- /wp:{name} -->"


def as_typed(html: str) -> str:
    """HTML whose words WordPress's filter leaves: it takes ``&amp;#38;``, which was typed as ``&#38;``, for an entity."""
    return html.replace("&amp;#", "&amp;&#35;")


def essence(html: str) -> tuple[str, ...]:
    """What a piece of HTML says and shows, without how it is written: entities, spaces, classes and comments.

    Two pieces with the same essence are the same to a reader, whatever filters went over one of them.
    """
    reader = _Essence()
    reader.feed(html)
    reader.close()
    return tuple(reader.told())


class _Essence(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = [f"{name}={value}" for name, value in attrs if name in _SAID_BY]
        self._parts.append(f"<{' '.join((tag, *sorted(given)))}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._parts and not self._parts[-1].startswith("<"):
            self._parts[-1] += data
        else:
            # a leading sign tells words from tags
            self._parts.append(f"·{data}")

    def told(self) -> Iterator[str]:
        """The parts, without the spaces that no reader sees."""
        for at, part in enumerate(self._parts):
            if part.startswith("<"):
                yield part
                continue
            words = _SPACE.sub(" ", part)
            if at == 0 or not _is_inline(self._parts[at - 1]):
                words = "·" + words[1:].lstrip(" ")
            if at + 1 == len(self._parts) or not _is_inline(self._parts[at + 1]):
                words = words.rstrip(" ")
            if words != "·":
                yield words


def _is_inline(tag: str) -> bool:
    return tag.strip("</>").split(" ")[0] in _INLINE - {"br"}


def _attributes(raw: str | None) -> Mapping[str, Any]:
    try:
        found = msgspec.json.decode(raw or "{}")
    except (msgspec.DecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _escaped(attrs: Mapping[str, Any]) -> str:
    text = msgspec.json.encode(attrs).decode()
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return text

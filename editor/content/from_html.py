"""Clean Markdown from HTML: what Word, Google Docs and web pages put on the clipboard, and what a system's desk wrote.

Bold, italic, code, links, headings, lists, quotes, rules and paragraphs are kept; everything else is dropped. Nothing is
loaded and nothing runs: it is the standard library's tokeniser and a table.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

_IGNORED = frozenset(
    "head style script title template noscript svg math object iframe select".split()
)
_BREAKS = frozenset(
    "address article aside blockquote div dd dl dt figcaption figure footer form header hr main nav p pre section"
    " table tr ul ol li h1 h2 h3 h4 h5 h6".split()
)
_VOID = frozenset("br hr img input meta link col area base embed source track wbr".split())
_LISTED_BY_WORD = re.compile(r"mso-list:\s*l\d+\s+level(\d+)", re.I)
_WEIGHT = re.compile(r"(?<![\w-])font-weight:\s*(\w+)", re.I)
_SLANT = re.compile(r"(?<![\w-])font-style:\s*(\w+)", re.I)
_SPACE = " \t\r\n\f"
_SPACE_RUN = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_WORDS_OR_SPACE = re.compile(r"[ \t\r\n\f]+|[^ \t\r\n\f]+")
_WORD_BULLET = re.compile(r"^\s*(?:[·•o§▪◦–-]|\d+[.)]|[a-z][.)])\s+", re.I)
_SPECIAL = re.compile(r"[\\`*]|(?<!\w)_|_(?!\w)|\[(?=[^\[\]]*\]\()")
_STARTS_BLOCK = re.compile(r"^(?:(#{1,6})(?= )|([-+>])(?= )|(\d{1,9})([.)])(?= ))")


class Style(NamedTuple):
    """How a run of text was set."""

    bold: bool = False
    italic: bool = False
    link: str = ""
    code: bool = False


class _Paragraph:
    def __init__(self, prefix: str = "", depth: int = 0, kind: str = "p") -> None:
        self.prefix = prefix
        self.depth = depth
        self.kind = kind
        self.runs: list[tuple[str, Style]] = []


def markdown_from_html(html: str, *, pasted: bool = True) -> str:
    """The Markdown of a piece of HTML; empty when it holds no words.

    What was ``pasted`` has no-break spaces where a program wanted to keep two spaces; elsewhere somebody meant them.
    """
    html = _fragment(html).replace("\xa0", " ").replace("&nbsp;", " ") if pasted else html
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines: list[str] = []
    last = ""
    for paragraph in reader.paragraphs:
        plain = "".join(run for run, _ in paragraph.runs)
        text = _fenced(plain) if paragraph.kind == "pre" else _inline(paragraph.runs)
        if paragraph.kind == "hr":
            text = "---"
        if paragraph.kind == "word-item":
            text = _WORD_BULLET.sub("", text)
        if not text:
            continue
        listed = bool(paragraph.depth)
        if not listed and paragraph.kind not in ("pre", "hr"):
            text = "\n".join(_guarded(line) for line in text.split("\n"))
        if lines:
            lines.append("\n" if listed and last == "list" else "\n\n")
        indent = "    " * max(0, paragraph.depth - 1)
        text = text.replace("\n", "\n" + paragraph.prefix) if paragraph.kind == "pre" else text
        lines.append(indent + paragraph.prefix + text)
        last = "list" if listed else "p"
    return "".join(lines)


def _fragment(html: str) -> str:
    """What Windows marks as the copied part; without a mark, everything."""
    start = html.find("<!--StartFragment")
    end = html.rfind("<!--EndFragment")
    return html[start:end] if 0 <= start < end else html


class _Reader(HTMLParser):
    """Collects paragraphs of styled runs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[_Paragraph] = [_Paragraph()]
        self._open: list[tuple[str, Style]] = []
        self._style = Style()
        self._lists: list[int] = []  # 0 for bullets, else the next number
        self._quotes = 0
        self._deaf = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._deaf or tag in _IGNORED:
            if tag not in _VOID:
                self._deaf += 1
            return
        if tag == "br":
            self._add("\n")
            return
        if tag in ("ul", "ol"):
            first = given.get("start", "1")
            self._lists.append(0 if tag == "ul" else int(first) if first.isdecimal() else 1)
        if tag == "blockquote":
            self._quotes += 1
        if tag in _BREAKS and not self._begins_item(tag):
            self._break(tag, given)
        if tag not in _VOID:
            self._open.append((tag, self._style))
            self._style = self._styled(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if self._deaf:
            self._deaf -= tag not in _VOID
            return
        if tag not in [name for name, _ in self._open]:
            return
        while self._open:
            name, self._style = self._open.pop()
            if name == tag:
                break
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        if tag in _BREAKS:
            self._break("p", {})

    def handle_data(self, data: str) -> None:
        if self._deaf:
            return
        as_typed = self.paragraphs[-1].kind == "pre"
        self._add(data if as_typed else re.sub(r"[ \t\r\n\f]+", " ", data))

    def _begins_item(self, tag: str) -> bool:
        """Whether the paragraph is the first within a list item, whose bullet it takes."""
        now = self.paragraphs[-1]
        return tag in ("p", "div") and bool(now.depth) and not now.runs

    def _break(self, tag: str, given: dict[str, str]) -> None:
        prefix, depth, kind = "> " * self._quotes, 0, "p"
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            prefix += "#" * max(2, int(tag[1])) + " "
            kind = "h"
        elif tag in ("pre", "hr"):
            kind = tag
        elif tag == "li" and self._lists:
            depth = len(self._lists)
            if self._lists[-1]:
                prefix += f"{self._lists[-1]}. "
                self._lists[-1] += 1
            else:
                prefix += "- "
        elif found := _LISTED_BY_WORD.search(given.get("style", "")):
            depth, prefix, kind = int(found[1]), "- ", "word-item"
        self.paragraphs.append(_Paragraph(prefix, depth, kind))

    def _styled(self, tag: str, given: dict[str, str]) -> Style:
        style = self._style
        if tag in ("b", "strong"):
            style = style._replace(bold=True)
        elif tag in ("i", "em", "cite"):
            style = style._replace(italic=True)
        elif tag in ("code", "kbd", "samp"):
            style = style._replace(code=True)
        elif tag == "a":
            style = style._replace(link=_address(given.get("href", "")))
        css = given.get("style", "")
        if found := _WEIGHT.search(css):
            weight = found[1].lower()
            heavy = int(weight) >= 600 if weight.isdecimal() else weight in ("bold", "bolder")
            style = style._replace(bold=heavy)
        if found := _SLANT.search(css):
            style = style._replace(italic=found[1].lower() in ("italic", "oblique"))
        return style

    def _add(self, text: str) -> None:
        now = self.paragraphs[-1]
        style = self._style._replace(bold=False) if now.kind == "h" else self._style
        now.runs.append((text, style))


def _address(href: str) -> str:
    """The link's address if a reader may follow it; Google's redirect is taken off."""
    href = href.strip()
    parts = urlsplit(href) if href.isprintable() else None
    if parts is None or parts.scheme.lower() not in ("http", "https", "mailto"):
        return ""
    if parts.netloc in ("www.google.com", "google.com") and parts.path == "/url":
        target = parse_qs(parts.query).get("q", [""])[0]
        return _address(target) if target else ""
    return href.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _inline(runs: list[tuple[str, Style]]) -> str:
    """The runs as one paragraph of Markdown; marks hug words, never spaces."""
    pieces: list[tuple[str, Style]] = []
    for text, style in runs:
        pieces += [(part, style) for part in _parts(text)]
    out: list[str] = []
    now = Style()
    waiting = ""
    for word, style in pieces:
        if word[0] in " \t\r\n\f":
            waiting = "\n" if "\n" in word + waiting else " "
            continue
        shared = _shared(now, style)
        out.append(_closing(now, shared))
        if out and any(out):
            out.append("\\\n" if waiting == "\n" else waiting)
        out.append(_opening(shared, style))
        plain = style.code or _is_address(word)
        out.append(word if plain else _SPECIAL.sub(r"\\\g<0>", word))
        now, waiting = style, ""
    out.append(_closing(now, Style()))
    return "".join(out)


def _parts(text: str) -> list[str]:
    """Words and the space between them; a run in which no sign has to be guarded stays in one piece."""
    words = text.strip(_SPACE)
    if not words or _SPECIAL.search(text) or _SPACE_RUN.search(words):
        return _WORDS_OR_SPACE.findall(text)
    start = text.index(words)
    end = start + len(words)
    return [part for part in (text[:start], words, text[end:]) if part]


def _is_address(word: str) -> bool:
    return word.startswith(("http://", "https://"))


def _shared(now: Style, then: Style) -> Style:
    """The marks that stay open from one word to the next: outermost first, so what is inside a change closes."""
    if now.link != then.link:
        return Style()
    if now.bold != then.bold:
        return Style(link=now.link)
    if now.italic != then.italic:
        return Style(link=now.link, bold=now.bold)
    if now.code != then.code:
        return now._replace(code=False)
    return now


def _opening(have: Style, want: Style) -> str:
    out = "[" if want.link and not have.link else ""
    out += "**" if want.bold and not have.bold else ""
    out += "*" if want.italic and not have.italic else ""
    return out + ("`" if want.code and not have.code else "")


def _closing(have: Style, want: Style) -> str:
    out = "`" if have.code and not want.code else ""
    out += "*" if have.italic and not want.italic else ""
    out += "**" if have.bold and not want.bold else ""
    return out + (f"]({have.link})" if have.link and not want.link else "")


def _fenced(text: str) -> str:
    """Code as it stands, between fences that do not occur in it."""
    text = text.strip("\n")
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}" if text.strip() else ""


def _guarded(line: str) -> str:
    """A paragraph that only looks like a heading or a list keeps its words as they were."""
    match = _STARTS_BLOCK.match(line)
    if match is None:
        return line
    if match[3]:
        return f"{match[3]}\\{line[match.start(4) :]}"
    return "\\" + line

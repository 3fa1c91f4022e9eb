"""HTML of strangers, read for its words. Nothing of it is run, loaded or kept.

The standard library's tokeniser takes a minute for 20 KB of tags that never end, and other parsers do so for what is
nested deeply. So it is given whole tags only, one after the other, and nothing is nested here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from editor.embeds.results import Answer

MOST_TAGS = 20_000

# A tag that ends, with attributes of a decent size; what fails costs little, for nothing is tried twice.
_TAG = re.compile(
    r"</?[a-zA-Z](?>[^<>\"']{0,1000}+(?:\"[^\"]{0,20000}+\"|'[^']{0,20000}+'))*+[^<>\"']{0,1000}+>"
)
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{1,40})", re.IGNORECASE
)
# By other names a page could ask for codecs that are no charsets, or cost much. ASCII is not among them: it says nothing.
_CHARSETS = re.compile(
    r"utf-?8|iso-?8859-?(?:[2-9]|1[0-6])|windows-?(?:874|125[0-8])|cp125[0-8]|koi8-[ru]|gb2312|gbk|gb18030|big5"
    r"|big5-hkscs|shift[_-]jis|sjis|euc-jp|euc-kr|iso-2022-jp|tis-620|utf-?16(?:[bl]e)?|macintosh"
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BLOCKS = frozenset("p div li blockquote pre h1 h2 h3 h4 h5 h6 ul ol tr".split())
_HIDDEN = ("script", "style", "template")


def decoded(answer: Answer) -> str:
    """A page as text: by its mark, by the header, by what it says of itself, as UTF-8, and otherwise as most of the old web."""
    body = answer.body
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    said = _META.search(body[:2048])
    for charset in (answer.charset, said[1].decode("ascii") if said else ""):
        if _CHARSETS.fullmatch(charset.lower()):
            try:
                return body.decode(charset, "replace")
            except LookupError:
                continue
    return body.decode("utf-8" if _is_utf8(body) else "cp1252", "replace")


def words_of(html: str) -> str:
    """The words of a post's HTML: paragraphs and line breaks as lines, links by their texts."""
    reader = _Words()
    reader.read(html)
    lines = "".join(reader.parts).split("\n")
    text = "\n".join(re.sub("[ \t\r\f]+", " ", line).strip(" ") for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


class Tags(HTMLParser):
    """Reads HTML that may be broken in any way, in time that grows with its length only."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def read(self, html: str) -> None:
        """Tells the handlers what stands in it."""
        for piece in _whole(html):
            self.feed(piece)
            if self.rawdata.startswith("<"):
                # a tag that the tokeniser takes for an unfinished one
                self.reset()
        self.close()


class _Words(Tags):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag != "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS and tag != "li":
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))


class Page(Tags):
    """What the head of a page says: its title, its ``meta`` tags by name, and its JSON-LD."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title = ""
        self.metas: dict[str, str] = {}
        self.linked: list[str] = []
        self._inside = ""
        for kind, script in _scripts(html):
            if "ld+json" in kind.lower() and len(self.linked) < 20:
                self.linked.append(script)
        self.read(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag if tag == "title" and not self.title else ""
        if tag == "meta":
            given: Mapping[str, str | None] = dict(attrs)
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            self.metas.setdefault(name.strip().lower(), given.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data


def _whole(html: str) -> Iterator[str]:
    """The text and the tags, whole ones only; scripts and what else nobody reads left out, a stray ``<`` as text."""
    at, text, tags = 0, list[str](), 0
    while (opened := html.find("<", at)) >= 0:
        text.append(html[at:opened])
        found = _TAG.match(html, opened) if tags < MOST_TAGS else None
        if html.startswith("<!--", opened):
            at = _after(html, "-->", opened)
        elif html.startswith(("<!", "<?"), opened):
            at = _after(html, ">", opened)
        elif found is None:
            text.append("&lt;")
            at = opened + 1
        else:
            tags += 1
            if any(text):
                yield "".join(text)
            text.clear()
            name = re.match(r"<([a-zA-Z]+)", found[0])
            if name and name[1].lower() in _HIDDEN:
                end = _closing(html, name[1], found.end())
                at = end if end >= 0 else len(html)
            else:
                yield found[0]
                at = found.end()
    text.append(html[at:])
    yield "".join(text)


def _scripts(html: str) -> Iterator[tuple[str, str]]:
    """The scripts of a page: their opening tag, and what is in them."""
    at = 0
    for found in re.finditer(r"<script\b[^<>]{0,1000}>", html, re.IGNORECASE):
        if found.start() < at:
            continue
        at = _closing(html, "script", found.end())
        if at < 0:
            return
        yield found[0], html[found.end() : at]


def _closing(html: str, tag: str, start: int) -> int:
    found = re.compile(f"</{tag}", re.IGNORECASE).search(html, start)
    return found.start() if found else -1


def _after(html: str, what: str, start: int) -> int:
    end = html.find(what, start)
    return end + len(what) if end >= 0 else len(html)


def _is_utf8(body: bytes) -> bool:
    """Whether it is UTF-8, but for a last character that was cut off."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True

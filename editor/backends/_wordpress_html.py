"""HTML that Dateline made, as WordPress's own blocks: paragraphs, headings, lists, quotes, code and rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import msgspec

from editor.backends._wordpress_grammar import block
from editor.content import markup

VOID = frozenset(("br", "hr", "img"))
_INLINE = frozenset(("a", "br", "code", "em", "strong"))
_SCHEME = re.compile(r"^[A-Za-z]+:")
_ADDRESS = re.compile(r"(?i)\b(https?):(?=//)")


class Node(msgspec.Struct, kw_only=True):
    """An element, or, without a ``tag``, words as HTML."""

    tag: str = ""
    attrs: dict[str, str] = {}
    words: str = ""
    children: list[Node] = []


class Wrap(msgspec.Struct, frozen=True, kw_only=True):
    """A block that is to be written: its name, its attributes and what it holds."""

    name: str
    attrs: dict[str, object] = {}
    inner: str = ""


def written(wrap: Wrap) -> str:
    """The block as it stands in a post."""
    return block(wrap.name, wrap.attrs, wrap.inner)


def wraps(html: str) -> Iterator[Wrap]:
    """The blocks of a piece of HTML that ``content.commonmark`` or ``content.markup`` made."""
    for node in tree(html):
        if node.tag or node.words.strip():
            yield wrap_of(node)


def paragraph(inner: str, *, classes: str = "") -> Wrap:
    """A paragraph of inline HTML; one that reads from right to left says so."""
    attrs: dict[str, object] = {"className": classes} if classes else {}
    given = {"class": classes or None}
    if is_right_to_left(inner):
        attrs["direction"] = "rtl"
        given = {"dir": "rtl", **given}
    return Wrap(name="paragraph", attrs=attrs, inner=f"<p{markup.attributes(**given)}>{inner}</p>")


def guarded(words: str) -> str:
    """HTML words as they are typed, and nothing that WordPress makes of words: no shortcode, no embed of a bare address."""
    return _ADDRESS.sub(r"\1&#58;", words.replace("[", "&#91;"))


def attributes(**values: str | None) -> str:
    """Attributes of an element, guarded likewise; its filter takes a backslash before a quotation mark."""
    return markup.attributes(**values).replace("[", "&#91;").replace("\\", "&#92;")


def is_right_to_left(html: str) -> bool:
    """Whether the first letter with a direction is one of a script that is written from right to left."""
    for sign in re.sub(r"<[^>]*>", "", html):
        match unicodedata.bidirectional(sign):
            case "R" | "AL":
                return True
            case "L":
                return False
    return False


def inline(nodes: list[Node]) -> str:
    """Nodes as the HTML that may stand in a paragraph; of other elements their words are left."""
    return "".join(_written(node, inline(node.children)) for node in nodes)


def wrap_of(node: Node) -> Wrap:
    """An element as a block; one that no block is made for stands in a paragraph."""
    make = _MAKERS.get(node.tag)
    return make(node) if make is not None else paragraph(inline([node]))


def _heading(node: Node) -> Wrap:
    level = int(node.tag[1])
    inner = f'<{node.tag} class="wp-block-heading">{inline(node.children)}</{node.tag}>'
    return Wrap(name="heading", attrs={"level": level} if level != 2 else {}, inner=inner)


def _list(node: Node) -> Wrap:
    start = node.attrs.get("start", "")
    given = {"start": start} if node.tag == "ol" and start.isdigit() else {}
    attrs: dict[str, object] = {"ordered": True} if node.tag == "ol" else {}
    if given:
        attrs["start"] = int(start)
    items = (_item(child) for child in node.children if child.tag == "li")
    inner = f"<{node.tag}{markup.attributes(**given)}>{''.join(items)}</{node.tag}>"
    return Wrap(name="list", attrs=attrs, inner=inner)


def _item(node: Node) -> str:
    """An item: inline words, then lists of its own. Paragraphs in it become lines."""
    lines: list[str] = []
    lists: list[str] = []
    run: list[Node] = []
    for child in [*node.children, Node(tag="end")]:
        if child.tag in ("p", "ul", "ol", "blockquote", "pre", "h3", "h4", "end"):
            lines.append(inline(run).strip())
            run = []
        if child.tag in ("ul", "ol"):
            lists.append(written(_list(child)))
        elif child.tag in ("p", "blockquote", "pre", "h3", "h4"):
            lines.append(inline(child.children).strip())
        elif child.tag != "end":
            run.append(child)
    words = "<br>".join(filter(None, lines))
    return written(Wrap(name="list-item", inner=f"<li>{words}{''.join(lists)}</li>"))


def _quote(node: Node) -> Wrap:
    return quote("\n".join(written(wrap_of(child)) for child in node.children if child.tag))


def quote(inner: str, cite: str = "") -> Wrap:
    """A quote of blocks, and whose words they are."""
    cite = f"<cite>{cite}</cite>" if cite else ""
    return Wrap(
        name="quote", inner=f'<blockquote class="wp-block-quote">{inner}{cite}</blockquote>'
    )


def _code(node: Node) -> Wrap:
    words = inline(node.children).removeprefix("<code>").removesuffix("</code>")
    return Wrap(name="code", inner=f'<pre class="wp-block-code"><code>{words}</code></pre>')


def _rule(node: Node) -> Wrap:
    inner = '<hr class="wp-block-separator has-alpha-channel-opacity"/>'
    return Wrap(name="separator", inner=inner)


_MAKERS: dict[str, Callable[[Node], Wrap]] = {
    "p": lambda node: paragraph(inline(node.children)),
    "h3": _heading,
    "h4": _heading,
    "ul": _list,
    "ol": _list,
    "blockquote": _quote,
    "pre": _code,
    "hr": _rule,
}


def _written(node: Node, inner: str) -> str:
    if not node.tag:
        return guarded(node.words) + inner
    if node.tag not in _INLINE:
        return inner
    href = node.attrs.get("href")
    # the filter writes a scheme in small letters
    given = attributes(href=_SCHEME.sub(lambda found: found[0].lower(), href) if href else href)
    return (
        f"<{node.tag}{given}>" if node.tag in VOID else f"<{node.tag}{given}>{inner}</{node.tag}>"
    )


def tree(html: str) -> list[Node]:
    reader = _Tree()
    reader.feed(html)
    reader.close()
    return reader.top.children


class _Tree(HTMLParser):
    """Well-formed HTML as nodes; entities stay as they are written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.top = Node(children=[])
        self._open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag=tag, attrs={name: value or "" for name, value in attrs}, children=[])
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(Node(words=data))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

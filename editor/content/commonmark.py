"""Text as safe HTML: CommonMark through Python-Markdown, then nh3 with an allow-list.

Python-Markdown follows the original Markdown; where CommonMark (https://spec.commonmark.org) differs and a writer
would notice, the rules here follow CommonMark: a hashtag is no heading, a list may follow a line of text, a
backslash breaks a line. Raw HTML is text, and pictures belong into photo blocks.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

from editor.content.links import is_safe
from editor.content.markup import paragraphs

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_TAGS = frozenset("p br strong em a ul ol li blockquote code pre h3 h4 hr".split())
_ATTRIBUTES = {name: {"dir"} for name in ("p", "ul", "blockquote", "h3", "h4")} | {
    "a": {"href"},
    "*": set(),  # nh3 would let title and lang stand on everything
    "ol": {"dir", "start"},
}
_DIRECTED = frozenset(("p", "ul", "ol", "blockquote", "h3", "h4"))
_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
_ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)]) +\S")
_ANY_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)]) +\S")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")

# Python-Markdown looks for the end of every bracket to the end of its paragraph: past this product of brackets and
# length it would take seconds, and nobody wrote that by hand.
_MOST_BRACKET_WORK = 10_000_000

# A Markdown instance is slow to make and holds the state of its last text, so each thread has its own.
_mine = threading.local()


def render(source: str) -> str:
    """Typed text as HTML that is safe on any page. Links are http, https and mailto only."""
    import nh3

    if any(part.count("[") * len(part) > _MOST_BRACKET_WORK for part in source.split("\n\n")):
        return paragraphs(source)
    markdown: Markdown | None = getattr(_mine, "markdown", None)
    if markdown is None:
        markdown = _mine.markdown = _build()
    try:
        html = markdown.reset().convert(_lists_may_interrupt(source))
    except RecursionError:
        _mine.markdown = None
        html = paragraphs(source)
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        clean_content_tags=set(),
        strip_comments=True,
    )


def _lists_may_interrupt(source: str) -> str:
    """An empty line before a list that follows a line of text, which Python-Markdown asks for."""
    lines: list[str] = []
    fence = ""
    for line in source.split("\n"):
        opened = _FENCE.match(line)
        if opened and not fence:
            fence = opened[1]
        elif opened and opened[1].startswith(fence):
            fence = ""
        before = lines[-1] if lines else ""
        starts = not fence and _ITEM.match(line) and before.strip()
        if starts and not _ANY_ITEM.match(before) and not before.startswith((" ", "\t", ">")):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


def _build() -> Markdown:
    from markdown import Markdown
    from markdown.blockprocessors import HashHeaderProcessor
    from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor
    from markdown.treeprocessors import Treeprocessor
    from markdown.util import STX, AtomicString

    class Heading(HashHeaderProcessor):
        RE = re.compile(
            r"(?:^|\n) {0,3}(?P<level>#{1,6})(?P<header>(?:[ \t]+[^\n]*?)?)(?:[ \t]+#+)?[ \t]*(?:\n|$)"
        )

    class Mail(InlineProcessor):
        def handleMatch(  # type: ignore[override]  # noqa: N802
            self, m: re.Match[str], data: str
        ) -> tuple[Element, int, int]:
            from xml.etree.ElementTree import Element

            link = Element("a", href="mailto:" + m[1])
            link.text = AtomicString(m[1])
            return link, m.start(0), m.end(0)

    class House(Treeprocessor):
        """Headings below the entry's own, no link that is not safe, and each part finds its own direction."""

        def run(self, root: Element) -> None:
            for element in root.iter():
                element.tag = _HEADINGS.get(element.tag, element.tag)
                if element.tag == "a" and not is_safe(element.get("href", "")):
                    element.tag = "span"
            for element in root:
                # a stashed code block stands in a paragraph without attributes, which is taken away later
                if element.tag in _DIRECTED and not (element.text or "").startswith(STX):
                    element.set("dir", "auto")

    markdown = Markdown(extensions=["fenced_code", "sane_lists"], output_format="html")
    markdown.preprocessors.deregister("html_block")
    for name in ("html", "image_link", "image_reference", "short_image_ref", "automail"):
        markdown.inlinePatterns.deregister(name)
    mail = Mail(r"<(?:mailto:)?([^<> !@]+@[^@<> ]+)>", markdown)
    markdown.inlinePatterns.register(mail, "mail", 110)
    markdown.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "break", 185)
    markdown.parser.blockprocessors.register(Heading(markdown.parser), "hashheader", 70)
    markdown.treeprocessors.register(House(markdown), "house", 15)
    return markdown

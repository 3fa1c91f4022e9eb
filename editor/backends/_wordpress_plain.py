"""Blocks of WordPress's that bear no hint, as somebody made them in its editor: what we know becomes ours.

What we do not know is kept byte for byte, as a block that this program does not know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

import msgspec

from editor.backends._wordpress_grammar import Piece
from editor.content.block import Block, Unknown
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.text import Text
from editor.content.from_html import markdown_from_html

OURS = "wordpress"
"""The kind of block that holds what only WordPress knows."""
KEPT = "dateline/kept"
"""The block of ours in a post that shows nothing: what it holds is in its hint."""

_TEXTUAL = frozenset("paragraph heading list code preformatted separator verse quote".split())
_CLASSIC = re.compile(
    r"<(?!/?(?:p|br|a|b|i|em|strong|ul|ol|li|h[1-6]|blockquote|code|pre|hr)\b)[a-z]"
)
_SHORTCODE = re.compile(r"(?m)^\s*\[[a-z_-]+[^\]\n]*\]")
_CITE = re.compile(r"<cite\b[^>]*>(.*?)</cite>", re.DOTALL)
_DASH = re.compile(r"^\s*(?:—|–|--?)\s*")
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def read_plain(pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """The blocks that these pieces are. Text that follows text is one block."""
    blocks: list[Block] = []
    run: list[str] = []

    def end_text() -> None:
        words = markdown_from_html("".join(run), pasted=False)
        run.clear()
        if words:
            blocks.append(Text(text=words))

    for piece in pieces:
        html = text_in(piece)
        if html is not None:
            run.append(html)
            continue
        end_text()
        blocks.append(_other(piece))
    end_text()
    return tuple(blocks)


def text_in(piece: Piece) -> str | None:
    """A piece that is text and nothing else, as HTML; None for any other."""
    if piece.name == "quote":
        return None if _CITE.search(piece.html) else piece.html
    if piece.name in _TEXTUAL:
        return piece.html
    if piece.name:
        return None
    if not piece.inner.strip():
        return ""
    if _CLASSIC.search(piece.inner.lower()) or _SHORTCODE.search(piece.inner):
        return None
    return piece.inner if "<p" in piece.inner else _paragraphs(piece.inner)


def quote_in(piece: Piece) -> tuple[str, str]:
    """The words of a quote, and whose they are; both plain."""
    cite = _CITE.search(piece.html)
    words = plain_words(_CITE.sub("", piece.html))
    return words, _DASH.sub("", plain_words(cite[1])) if cite else ""


def plain_words(html: str) -> str:
    """What a piece of HTML says, without marks: an empty line between paragraphs, and line breaks as they are."""
    html = re.sub(r"[ \t\r\n\f]+", " ", html)
    html = re.sub(r" ?<br\b[^>]*> ?", "\n", html)
    html = re.sub(r" ?</(?:p|li|h[1-6]|ul|ol)> ?", "\n\n", html)
    words = unescape(re.sub(r"<[^>]*>", "", html))
    return re.sub(r" *\n[ \n]*\n *", "\n\n", words).strip(" \n")


def kept(piece: Piece) -> Block:
    """A piece as it stands there."""
    raw = msgspec.json.encode({"type": OURS, "markup": piece.source})
    return Unknown(type=OURS, raw=raw)


def _other(piece: Piece) -> Block:
    if piece.name == "quote":
        words, speaker = quote_in(piece)
        return Quote(text=words, speaker=speaker)
    if piece.name == "embed" and isinstance(url := piece.attrs.get("url"), str):
        post = Social.from_url(url)
        if post is not None:
            return post
    return kept(piece)


def _paragraphs(words: str) -> str:
    """What the classic editor keeps without paragraphs."""
    words = words.replace("\r\n", "\n").strip()
    parts = (part.strip().replace("\n", "<br>") for part in _GAP.split(words))
    return "".join(f"<p>{part}</p>" for part in parts if part)

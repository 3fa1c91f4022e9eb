"""A post as an entry: what Dateline wrote comes back as it was, what somebody changed there as they left it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import unescape
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from editor.backends._wordpress_grammar import Piece, essence, pieces
from editor.backends._wordpress_marks import Hint, Mark, hint_in, mark_in
from editor.backends._wordpress_plain import KEPT, kept, plain_words, quote_in, read_plain
from editor.backends._wordpress_writing import (
    BYLINE,
    CORRECTION,
    UNVERIFIED,
    Seen,
    byline,
    caption,
    draw,
    sum_of,
)
from editor.content import blocks
from editor.content.block import Block, Page
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content, encode
from editor.content.foreign import read_foreign
from editor.content.from_html import markdown_from_html
from editor.content.markup import text
from editor.content.quote_words import translated_from
from editor.content.words import words

_ALT = re.compile(r"<img\b[^>]*?\balt=([\"'])(.*?)\1", re.DOTALL)
_CAPTION = re.compile(r"<figcaption\b[^>]*>(.*?)</figcaption>", re.DOTALL)
_NOTE = re.compile(
    rf'<p\b[^>]*class="[^"]*\b({UNVERIFIED}|{BYLINE}|{CORRECTION})\b[^"]*"[^>]*>(.*?)</p>',
    re.DOTALL,
)
_OWN = re.compile(r'(?:,"metadata":\{[^{}]*\}|"metadata":\{[^{}]*\},?)')


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a post: its mark, if there is one left, and the content, None for what cannot be an entry's."""

    mark: Mark | None
    content: Content | None


def read(headline: str, markup: str, page: Page) -> Read:
    """The entry in a post's title and content, both as they are stored. ``page`` is what it was drawn for."""
    found = tuple(pieces(markup))
    mark = next((mark for piece in found if (mark := mark_in(piece)) is not None), None)
    facts = _facts(mark)
    page = replace(page, language=facts["language"] or page.language)
    shown, own = plain_words(headline), facts.pop("headline")
    if own and shown == plain_words(text(own)):
        shown = own
    facts |= _told(found, facts)
    body = tuple(_body([piece for piece in found if not _is_note(piece)], page))
    content = Content(headline=shown, body=body, **facts)
    return Read(mark=mark, content=read_foreign(encode(content)))


def read_rendered(headline: str, html: str) -> Content | None:
    """The entry in a post of which only what readers see may be read: its words, without what is behind them."""
    notes = {found[1]: found[2] for found in _NOTE.finditer(html)}
    said = markdown_from_html(_NOTE.sub("", html), pasted=False)
    names = plain_words(notes.get(BYLINE, "")).split(",")
    content = Content(
        headline=plain_words(headline),
        byline=tuple(name.strip() for name in names if name.strip()),
        unverified=True if UNVERIFIED in notes else UNSET,
        body=(Text(text=said),) if said else (),
    )
    return read_foreign(encode(content))


def _body(found: Sequence[Piece], page: Page) -> Iterator[Block]:
    """The blocks, in order: those with a hint as they were, if nobody touched them."""
    plain: list[Piece] = []
    at = 0
    while at < len(found):
        piece = found[at]
        hint = hint_in(piece)
        block = _stored(hint) if hint is not None else None
        if hint is None or block is None:
            if piece.name != KEPT:
                plain.append(piece)
            at += 1
            continue
        yield from read_plain(plain)
        plain = []
        over = _over(found, at, hint.over)
        yield from _hinted(*block, found[at:over], page)
        at = over
    yield from read_plain(plain)


def _over(found: Sequence[Piece], at: int, count: int) -> int:
    """Where a hint's pieces end: what stands between two blocks is not counted, and another hint ends it."""
    left, end = count, at
    while end < len(found) and left:
        if end > at and hint_in(found[end]) is not None:
            break
        left -= bool(found[end].name)
        end += 1
    return end


def _stored(hint: Hint) -> tuple[Block, Seen] | None:
    try:
        seen = msgspec.json.decode(hint.stored, type=Seen)
        return blocks.decode(seen.block), seen
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _hinted(block: Block, seen: Seen, found: Sequence[Piece], page: Page) -> Iterator[Block]:
    """A block by its hint, where the HTML is still what was written for it; else what the HTML says now."""
    if found[0].name == KEPT or sum_of("".join(piece.html for piece in found)) == seen.sum:
        if isinstance(block, Photo) and found[0].attrs.get("id") != seen.shot != 0:
            yield _bare(found[0])
            return
        yield block
    elif isinstance(block, Photo):
        yield _photo(block, seen, found[0], page)
        yield from read_plain(found[1:])
    elif isinstance(block, Quote) and found[0].name == "quote":
        yield _quote(block, found[0], page)
        yield from read_plain(found[1:])
    else:
        yield from read_plain(found)


def _photo(photo: Photo, seen: Seen, piece: Piece, page: Page) -> Block:
    """A photo whose words were changed; another picture in its place is nobody's that we know."""
    alt, told = _ALT.search(piece.html), _CAPTION.search(piece.html)
    if piece.name != "image" or piece.attrs.get("id") != seen.shot or alt is None:
        return _bare(piece)
    said = unescape(alt[2])
    if said != ("" if photo.decorative else photo.alt):
        photo = replace(photo, alt=said, decorative=photo.decorative and not said)
    inner = told[1] if told else ""
    if essence(inner) != essence(caption(photo, page)):
        shown = plain_words(inner)
        credit = f"{words(page.language).photograph}: {photo.credit.strip()}"
        if photo.credit.strip() and shown.endswith(credit):
            photo = replace(photo, caption=shown.removesuffix(credit).strip())
        else:
            photo = replace(photo, caption=shown, credit="")
    return photo


def _quote(quote: Quote, piece: Piece, page: Page) -> Quote:
    """A quote of which the words or the speaker were changed; the other is as it was."""
    (was,) = (Piece(name=each.name, inner=each.inner) for each in draw(quote, page, {}))
    now, before = quote_in(piece), quote_in(was)
    if now[0] != before[0]:
        said, was_said = (_said(words, quote, page) for words in (now[0], before[0]))
        changed = {name: words for name, words in said.items() if words != was_said[name]}
        quote = replace(quote, **changed)
    if now[1] != before[1]:
        quote = replace(quote, speaker=now[1], role="", how="", source="", place=UNSET, said=UNSET)
    return quote


def _said(shown: str, quote: Quote, page: Page) -> dict[str, Any]:
    """What was said, of the words that a quote shows: under a translation there is a line that tells so."""
    if not quote.translation:
        return {"text": shown, "translation": UNSET}
    line = translated_from(quote.language, page.language)
    translation, found, said = shown.partition(f"\n\n{line}")
    return {
        "text": said.strip("\n") if found else shown,
        "translation": translation if found else UNSET,
    }


def _bare(piece: Piece) -> Block:
    """A piece of somebody else's making that came to bear a hint of ours, without it."""
    return kept(replace(piece, source=_OWN.sub("", piece.source)))


def _facts(mark: Mark | None) -> dict[str, Any]:
    """The facts of a mark, those that can be read."""
    try:
        found = msgspec.convert(mark.facts if mark is not None else {}, _Facts, strict=False)
    except msgspec.ValidationError:
        found = _Facts()
    return {name: getattr(found, name) for name in _Facts.__struct_fields__}


def _told(found: Sequence[Piece], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that readers see, as they stand there: somebody may have changed them or taken them away."""
    shown = {name: piece for piece in found for name in piece.classes if _is_note(piece)}
    told: dict[str, Any] = {"unverified": True if UNVERIFIED in shown else UNSET}
    if facts["byline"] or BYLINE in shown:
        said = plain_words(shown[BYLINE].html) if BYLINE in shown else ""
        before = plain_words(byline(Content(byline=facts["byline"])))
        names = tuple(name.strip() for name in said.split(",") if name.strip())
        told["byline"] = facts["byline"] if said == before else names
    return told


def _is_note(piece: Piece) -> bool:
    """Whether a piece says a fact of ours. What somebody wrote in the place of one is a part of the body."""
    if BYLINE in piece.classes:
        return True
    hint = hint_in(piece)
    same = hint is None or hint.stored.decode("ascii", "replace") == sum_of(piece.html)
    return same and bool(piece.classes & {UNVERIFIED, CORRECTION})


class _Facts(msgspec.Struct, frozen=True, kw_only=True):
    headline: str = ""
    time: datetime | None = None
    byline: tuple[str, ...] = ()
    key_event: bool = False
    pinned: bool = False
    labels: tuple[str, ...] = ()
    embargo: datetime | None = None
    language: str = ""
    unverified: Any = UNSET

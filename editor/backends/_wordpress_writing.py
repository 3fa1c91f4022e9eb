"""An entry as the blocks of a post: only markup that WordPress's filters leave to every role, and the web editor knows.

Where HTML alone does not say a block (tried, not argued), the block's stored form stands beside it as a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from zoneinfo import ZoneInfo

import msgspec

from editor.backends._wordpress_grammar import essence, pieces
from editor.backends._wordpress_html import (
    Node,
    Wrap,
    attributes,
    guarded,
    inline,
    paragraph,
    quote,
    tree,
    wrap_of,
    wraps,
    written,
)
from editor.backends._wordpress_marks import Hint, Mark, marked
from editor.backends._wordpress_plain import KEPT, OURS, read_plain
from editor.content import markup
from editor.content.block import Block, Page, Unknown
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.entry import Content
from editor.content.links import host, is_safe, link
from editor.site import times
from editor.site.feeds import label
from editor.site.labels import unverified
from editor.sync.delivery import Correction, Dispatch

UNVERIFIED, BYLINE, CORRECTION = "dateline-unverified", "dateline-byline", "dateline-correction"
_SLUG = re.compile(r"[a-z0-9-]+")


class Shot(msgspec.Struct, frozen=True, kw_only=True):
    """A photo in the site's library."""

    id: int
    src: str


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a hint holds: the block, a sum of what was written for it, and the picture's number in the library."""

    block: msgspec.Raw
    sum: str
    shot: int = 0


def write(dispatch: Dispatch, mark: Mark, shots: Mapping[str, Shot], *, embeds: bool) -> str:
    """The post's content. ``shots`` are by the names of prints; ``embeds`` lets social posts be drawn by their networks."""
    content = dispatch.content
    page = page_of(dispatch)
    parts: list[tuple[Wrap, Hint | None]] = []
    if content.unverified:
        words = f"<strong>{markup.text(unverified(page.language))}</strong>"
        parts.append(_note(paragraph(words, classes=UNVERIFIED)))
    plain = False
    for each in content.blocks:
        if (kept := foreign(each)) is not None:
            parts.append((Wrap(name="", inner=kept), None))
            plain = False
            continue
        drawn = list(draw(each, page, shots, embeds=embeds))
        hint = _hint(each, drawn, shots, after_plain=plain)
        plain = hint is None
        parts += [(drawn[0], hint), *((wrap, None) for wrap in drawn[1:])]
    if content.byline:
        parts.append((paragraph(byline(content), classes=BYLINE), None))
    parts += [_note(_correction(each, dispatch)) for each in dispatch.corrections]
    return _joined(parts, mark)


def page_of(dispatch: Dispatch) -> Page:
    """The page on which the entry is drawn."""
    blog = dispatch.blog
    return Page(language=dispatch.content.language or blog.language, zone=blog.zone)


def byline(content: Content) -> str:
    """Who wrote it, as HTML."""
    return guarded(markup.text(", ".join(content.byline)))


def foreign(block: Block) -> str | None:
    """The markup of a block that somebody made there and this program does not know; None for any other."""
    if not isinstance(block, Unknown) or block.type != OURS:
        return None
    found = block.fields().get("markup")
    return found if isinstance(found, str) else None


def draw(
    block: Block, page: Page, shots: Mapping[str, Shot], *, embeds: bool = False
) -> Iterator[Wrap]:
    """A block of ours as blocks of WordPress's; at least one."""
    drawn: list[Wrap] = []
    match block:
        case Photo():
            drawn += _photo(block, page, shots)
        case Story() if not block.is_empty():
            drawn.append(paragraph(_story(block)))
        case Social() if embeds and is_safe(block.url):
            drawn.append(_embed(block))
        case Quote() | Social() if not block.is_empty():
            drawn.append(_figure(block.html(page)))
        case _:
            drawn += wraps(block.html(page))
    yield from drawn or [Wrap(name=KEPT)]


def sum_of(html: str) -> str:
    """A short sum of what a piece of HTML says to readers."""
    return sha256("\0".join(essence(html)).encode()).hexdigest()[:12]


def caption(photo: Photo, page: Page) -> str:
    """A photo's caption and credit, as HTML."""
    found = next((node for node in tree(photo.html(page)) if node.tag == "figure"), Node())
    return inline(found.children)


def _hint(
    block: Block, drawn: list[Wrap], shots: Mapping[str, Shot], *, after_plain: bool
) -> Hint | None:
    """What is to stand beside the HTML; None where that says it all."""
    html = "\n".join(written(wrap) for wrap in drawn)
    found = tuple(pieces(html))
    text = getattr(block, "TYPE", "") == "text"
    if drawn[0].name != KEPT and not (text and after_plain) and read_plain(found) == (block,):
        return None
    shot = shots.get(getattr(block, "print", ""))
    seen = Seen(
        block=msgspec.Raw(block.raw if isinstance(block, Unknown) else msgspec.json.encode(block)),
        sum=sum_of("".join(piece.html for piece in found)),
        shot=shot.id if shot is not None and isinstance(block, Photo) else 0,
    )
    return Hint(over=len(drawn), stored=msgspec.json.encode(seen))


def _note(wrap: Wrap) -> tuple[Wrap, Hint]:
    """A paragraph that is no part of the body, with the sum of its words: somebody may write others in its place."""
    (piece,) = pieces(written(wrap))
    return wrap, Hint(over=1, stored=sum_of(piece.html).encode())


def _joined(parts: list[tuple[Wrap, Hint | None]], mark: Mark) -> str:
    """The blocks one after the other, the mark in the first and the last that are ours: a desk may take one away."""
    if not any(wrap.name for wrap, _ in parts):
        parts = [(Wrap(name=KEPT), None), *parts]
    lines, ours = [], [at for at, (wrap, _) in enumerate(parts) if wrap.name]
    for at, (wrap, hint) in enumerate(parts):
        if not wrap.name:
            lines.append(wrap.inner)
            continue
        attrs = marked(wrap.attrs, mark if at in (ours[0], ours[-1]) else None, hint)
        lines.append(written(msgspec.structs.replace(wrap, attrs=attrs)))
    return "\n\n".join(lines)


def _photo(photo: Photo, page: Page, shots: Mapping[str, Shot]) -> Iterator[Wrap]:
    shot = shots.get(photo.print)
    if shot is None:
        return
    alt = "" if photo.decorative else photo.alt
    given = attributes(**{"src": shot.src, "alt": alt, "class": f"wp-image-{shot.id}"})
    words = caption(photo, page)
    told = f'<figcaption class="wp-element-caption">{words}</figcaption>' if words else ""
    yield Wrap(
        name="image",
        attrs={"id": shot.id, "sizeSlug": "full", "linkDestination": "none"},
        inner=f'<figure class="wp-block-image size-full"><img{given}/>{told}</figure>',
    )


def _story(story: Story) -> str:
    headline = story.headline.strip() or host(story.url) or story.url.strip()
    parts = [f"<strong>{link(story.url, markup.text(headline))}</strong>"]
    if story.outlet.strip():
        parts.append(markup.text(story.outlet.strip()))
    lines = [" ".join(parts)]
    if story.summary.strip():
        lines.append(markup.lines(story.summary))
    return "<br>".join(inline(tree(line)) for line in lines)


def _embed(post: Social) -> Wrap:
    # an attribute that ends with a backslash is broken by the site itself, where it filters what an author writes
    url = post.url.replace("\\", "%5C")
    inner = f'<div class="wp-block-embed__wrapper">\n{markup.text(url)}\n</div>'
    attrs: dict[str, object] = {"url": url, "type": "rich"}
    if _SLUG.fullmatch(post.network):
        attrs["providerNameSlug"] = post.network
    return Wrap(name="embed", attrs=attrs, inner=f'<figure class="wp-block-embed">{inner}</figure>')


def _figure(html: str) -> Wrap:
    """A quote or a post's card: its words, then whose they are."""
    top = tree(html)[0]
    inner, cite = [], ""
    for child in top.children:
        match child.tag:
            case "figcaption":
                cite = inline(child.children)
            case "blockquote":
                inner += [written(wrap_of(node)) for node in child.children]
            case "":
                pass
            case _:
                inner.append(written(wrap_of(child)))
    return quote("\n".join(inner), cite)


def _correction(correction: Correction, dispatch: Dispatch) -> Wrap:
    blog = dispatch.blog
    zone = ZoneInfo(blog.timezone)
    when = f"{times.clock(correction.at, zone)}, {times.date(correction.at, zone, blog.language)}"
    told = markup.text(label(blog.language, correction.kind.value, when))
    words = f"<strong>{told}</strong> {markup.lines(correction.note)}".rstrip()
    return paragraph(inline(tree(words)), classes=CORRECTION)

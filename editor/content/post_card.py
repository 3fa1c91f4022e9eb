"""A social post as readers see it: a static card of what was kept. Nothing is loaded from anybody.

The page's script makes a button of ``data-frame`` (``frames``), which loads the original only when a reader asks for
it and was told who learns of it. Without the script there is the link.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from editor.content import markup
from editor.content.block import Page
from editor.content.dates import date
from editor.content.frames import frame
from editor.content.links import host, is_safe, link
from editor.content.networks import label
from editor.content.post_words import post_words
from editor.content.words import words

if TYPE_CHECKING:
    from editor.content.blocks.social import Social

_SIGNS = {"youtube": "film", "vimeo": "film", "tiktok": "film", "peertube": "film"} | {
    "soundcloud": "sound",
    "spotify": "sound",
}


def card(post: Social, page: Page) -> str:
    """The card: whose post and where, its words, what its pictures show, and how things are with it."""
    return (
        f'<figure class="post"{_loading(post, page)}>{_head(post, page)}{_said(post)}'
        f"{_media(post, page)}{_foot(post, page)}</figure>"
    )


def _loading(post: Social, page: Page) -> str:
    """What the script needs for the button. A post that is gone has nothing to load."""
    found = None if post.gone else frame(post.url, post.author_id or "")
    if found is None:
        return ""
    own = post_words(page.language)
    learns = own.learns_site if found.tells_site else own.learns
    given = {
        "data-frame": found.src,
        "data-own": "" if found.own_origin else None,
        "data-site": "" if found.tells_site else None,
        "data-load": f"{own.load} {learns}".format(name=found.name),
        "data-close": own.close,
        "data-title": own.title.format(name=found.name),
    }
    return markup.attributes(**given)


def _head(post: Social, page: Page) -> str:
    who = post.author.strip() or post.handle.strip() or host(post.url)
    parts = [f"<cite><bdi>{markup.text(who)}</bdi></cite>"] if who else []
    if post.author.strip() and post.handle.strip():
        parts.append(f'<bdi class="handle">{markup.text(post.handle.strip())}</bdi>')
    facts = [_moment(post.posted, page)] if post.posted else []
    if name := post.network.strip():
        sign = _SIGNS.get(name, "words")
        facts.append(f'<span class="network {sign}">{markup.text(label(name))}</span>')
    parts += [f'<span class="facts">{" · ".join(facts)}</span>'] if facts else []
    return f"<figcaption>{' '.join(parts)}</figcaption>" if parts else ""


def _said(post: Social) -> str:
    if not post.text.strip():
        return ""
    given = markup.attributes(
        lang=markup.language(post.language),
        dir="auto",
        cite=post.url if is_safe(post.url) else None,
    )
    return f"<blockquote{given}>{markup.paragraphs(post.text)}</blockquote>"


def _media(post: Social, page: Page) -> str:
    if not post.media:
        return ""
    own = post_words(page.language)
    given = markup.attributes(lang=markup.language(post.language), dir="auto")
    items = []
    for medium in post.media:
        kind, alt = markup.text(own.medium(medium.kind)), medium.alt.strip()
        told = f"{own.colon}<bdi{given}>{markup.lines(alt)}</bdi>" if alt else ""
        items.append(f"<li>{kind}{told}</li>")
    return f'<ul class="media">{"".join(items)}</ul>'


def _foot(post: Social, page: Page) -> str:
    own, parts = post_words(page.language), []
    if post.gone:
        parts.append(f"<strong>{markup.text(own.gone)}</strong>")
    if post.is_edited_since:
        parts.append(f"<strong>{markup.text(own.changed)}</strong>")
    elif post.edited:
        parts.append(own.edited.format(time=_hour(post.edited, post.posted, page)))
    if post.captured and (post.text.strip() or post.media):
        kept = words(page.language).kept
        parts.append(kept.format(time=_hour(post.captured, post.posted, page)))
    if is_safe(post.url):
        shown = markup.text(words(page.language).open_post)
        parts.append(link(post.url, shown, "noopener noreferrer nofollow"))
    return f'<p class="kept">{" ".join(parts)}</p>' if parts else ""


def _moment(at: datetime, page: Page) -> str:
    """The day in the page's words, and the hour, in the page's zone."""
    local = at.astimezone(page.zone) if page.zone else at
    given = markup.attributes(datetime=local.isoformat(timespec="seconds"))
    return f"<time{given}>{date(at, page.zone, page.language)} {local:%H:%M}</time>"


def _hour(at: datetime, day: datetime | None, page: Page) -> str:
    """The hour; with its day where that is not the day of the post."""
    if day and day.astimezone(page.zone).date() == at.astimezone(page.zone).date():
        return markup.time(at, page.zone, with_date=False)
    return _moment(at, page)

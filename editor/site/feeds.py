"""Feeds of the newest entries and of each sealed page: JSON Feed 1.1 and Atom.

https://www.jsonfeed.org/version/1.1/ and RFC 4287. A corrected entry keeps its id and moves its ``updated``; a
withdrawn one stays as the notice of its withdrawal, because feeds cannot take anything back.
"""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

import msgspec

from editor.domain.blog import BlogStatus
from editor.site.items import at
from editor.site.labels import mark_html, marked
from editor.site.state import Cover, Item, SealedPage, State
from editor.site.sums import ZERO, stamped
from editor.site.timeline import first_page, opening
from editor.site.times import moment, stamp
from editor.site.words import words

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def json_feed(state: State, base: str) -> bytes:
    """``feed.json``: every entry that is not on a sealed page yet, and the way to those."""
    last = len(state.seals)
    feed = _feed(state.cover, base, "feed.json")
    if last:
        feed["next_url"] = f"{base}feed/{last}.json"
    if state.cover.status is BlogStatus.ENDED:
        feed["expired"] = True
    feed["items"] = [_json_item(state.cover, item, base) for item in state.open]
    return stamped(msgspec.json.encode(feed))


def json_page(cover: Cover, number: int, page: SealedPage, base: str) -> bytes:
    """``feed/{n}.json``: a sealed page's entries, and what is needed to write that page again."""
    feed = _feed(cover, base, f"feed/{number}.json")
    if number > 1:
        feed["next_url"] = f"{base}feed/{number - 1}.json"
    feed["_dateline"] = page
    feed["items"] = [_json_item(cover, item, base) for item in page.items]
    return stamped(msgspec.json.encode(feed))


class _Page(msgspec.Struct):
    page: SealedPage = msgspec.field(name="_dateline")


def read_json_page(data: bytes) -> SealedPage | None:
    """What ``json_page`` put in; None when it cannot be read."""
    try:
        return msgspec.json.decode(data, type=_Page).page
    except msgspec.DecodeError:
        return None


def atom(state: State, base: str) -> bytes:
    """``atom.xml``: the newest entries."""
    cover = state.cover
    zone = ZoneInfo(cover.timezone)
    updated = stamp(state.updated or cover.coverage_start, zone)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f"<!-- dateline-sum: {ZERO} -->",
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_attribute(cover.language)}>',
        f"<id>urn:uuid:{cover.id}</id>",
        f"<title>{_text(cover.headline)}</title>",
        f"<subtitle>{_text(cover.standfirst)}</subtitle>" if cover.standfirst else "",
        f"<updated>{updated}</updated>",
        f"<author><name>{_text(cover.byline or cover.headline)}</name></author>",
        f"<link rel={_attribute('self')} href={_attribute(base + 'atom.xml')}/>",
        f"<link rel={_attribute('alternate')} type={_attribute('text/html')} "
        f"href={_attribute(base or 'index.html')}/>",
    ]
    for item in first_page(state):
        lines += _atom_entry(cover, item, zone, base)
    lines.append("</feed>\n")
    return stamped("\n".join(filter(None, lines)).encode())


def _atom_entry(cover: Cover, item: Item, zone: tzinfo, base: str) -> list[str]:
    html = _content(cover, item, base)
    return [
        "<entry>",
        f"<id>urn:uuid:{item.id}</id>",
        f"<title>{_text(_title(cover, item))}</title>",
        f"<published>{stamp(item.published, zone)}</published>",
        f"<updated>{stamp(item.updated, zone)}</updated>",
        *(f"<author><name>{_text(name)}</name></author>" for name in item.byline),
        *(f"<category term={_attribute(label)}/>" for label in item.labels),
        f"<link rel={_attribute('alternate')} href={_attribute(_url(item, base))}/>",
        f'<content type="html">{_text(html)}</content>',
        "</entry>",
    ]


def _feed(cover: Cover, base: str, name: str) -> dict[str, Any]:
    feed: dict[str, Any] = {
        "_sum": ZERO,
        "version": "https://jsonfeed.org/version/1.1",
        "title": cover.headline,
        "language": cover.language,
    }
    if base:
        feed |= {"home_page_url": base, "feed_url": base + name}
    if cover.standfirst:
        feed["description"] = cover.standfirst
    if cover.byline:
        feed["authors"] = [{"name": cover.byline}]
    return feed


def _json_item(cover: Cover, item: Item, base: str) -> dict[str, Any]:
    zone = ZoneInfo(cover.timezone)
    said: dict[str, Any] = {
        "id": f"urn:uuid:{item.id}",
        "url": _url(item, base),
        "title": _title(cover, item),
        "content_html": _content(cover, item, base),
        "date_published": stamp(item.published, zone),
        "date_modified": stamp(item.updated, zone),
        "_liveblog": {"event_time": stamp(item.time, zone), "key_event": item.key_event},
    }
    if item.unverified:
        said["_liveblog"]["unverified"] = True
    if item.language:
        said["language"] = item.language
    if item.byline:
        said["authors"] = [{"name": name} for name in item.byline]
    if item.labels:
        said["tags"] = list(item.labels)
    if item.image is not None:
        said["image"] = base + item.image.src
    return said


def _content(cover: Cover, item: Item, base: str) -> str:
    zone = ZoneInfo(cover.timezone)
    mark = mark_html(cover.language) if item.unverified else ""
    bands = [
        f"<p><strong>{escape(label(cover.language, fix.kind, moment(fix.at, zone)))}</strong>"
        f"{' — ' + escape(fix.note) if fix.note else ''}</p>"
        for fix in item.fixes
    ]
    return mark + at(base, item.html) + "".join(bands)


def _title(cover: Cover, item: Item) -> str:
    if item.gone is not None:
        return label(cover.language, "withdrawal", moment(item.gone, ZoneInfo(cover.timezone)))
    return marked(item, cover, item.headline or opening(item.text)) or cover.headline


def label(language: str, kind: str, time: str) -> str:
    """What a change is called: a correction is called a correction."""
    said = words(language)
    forms = {
        "correction": said.corrected,
        "clarification": said.clarified,
        "withdrawal": said.withdrawn,
    }
    return forms.get(kind, said.changed).format(time=time)


def _url(item: Item, base: str) -> str:
    return f"{base}e/{item.id}/" if base else f"e/{item.id}/index.html"


def _text(value: str) -> str:
    return escape(_NOT_IN_XML.sub("", value))


def _attribute(value: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("", value))

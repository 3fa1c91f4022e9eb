"""What search engines and archives read: schema.org's LiveBlogPosting and BlogPosting as JSON-LD.

https://schema.org/LiveBlogPosting. ``coverageEndTime`` appears only when the blog has ended, and the updates are those
of the newest page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from editor.domain.blog import BlogStatus
from editor.domain.entry import Kind
from editor.site.items import safe_json
from editor.site.labels import marked
from editor.site.state import Cover, Fix, Item, State
from editor.site.timeline import first_page, opening
from editor.site.times import stamp

NEWEST = 20

_WORTH_SAYING = {Kind.CORRECTION.value, Kind.CLARIFICATION.value, Kind.WITHDRAWAL.value}


def live_blog(state: State, base: str) -> str:
    """The index page's JSON-LD. ``base`` is the blog's public address, empty when it has none yet."""
    cover = state.cover
    zone = ZoneInfo(cover.timezone)
    items = [item for item in first_page(state) if item.gone is None]
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "@id": base or f"urn:uuid:{cover.id}",
        **_link(base),
        "headline": cover.headline,
        **_unless_empty("description", cover.standfirst),
        "inLanguage": cover.language,
        "datePublished": stamp(cover.coverage_start, zone),
        "dateModified": stamp(state.updated or cover.coverage_start, zone),
        "coverageStartTime": stamp(cover.coverage_start, zone),
    }
    if cover.status is BlogStatus.ENDED and cover.coverage_end is not None:
        about["coverageEndTime"] = stamp(cover.coverage_end, zone)
    about |= _authors((cover.byline,) if cover.byline else ())
    about["liveBlogUpdate"] = [_posting(cover, item, zone, base) for item in items[:NEWEST]]
    return safe_json(msgspec.json.encode(about))


def single(cover: Cover, item: Item, base: str) -> str:
    """An entry page's JSON-LD."""
    about: dict[str, Any] = {"@context": "https://schema.org"}
    about |= _posting(cover, item, ZoneInfo(cover.timezone), base)
    about["inLanguage"] = item.language or cover.language
    about["isPartOf"] = {"@type": "LiveBlogPosting", "headline": cover.headline, **_link(base)}
    return safe_json(msgspec.json.encode(about))


def _posting(cover: Cover, item: Item, zone: tzinfo, base: str) -> dict[str, Any]:
    url = f"{base}e/{item.id}/" if base else ""
    said: dict[str, Any] = {
        "@type": "BlogPosting",
        "@id": url or f"urn:uuid:{item.id}",
        **_unless_empty("url", url),
        "headline": marked(item, cover, item.headline or opening(item.text)),
        "datePublished": stamp(item.published, zone),
        "dateModified": stamp(item.updated, zone),
        **_unless_empty("inLanguage", item.language),
        "articleBody": marked(item, cover, item.text) or item.notice,
    }
    said |= _authors(item.byline or ((cover.byline,) if cover.byline else ()))
    if item.time != item.published:
        said["contentReferenceTime"] = stamp(item.time, zone)
    if item.image is not None and base:
        said["image"] = base + item.image.src
    fixes = [_correction(fix, zone) for fix in item.fixes if fix.kind in _WORTH_SAYING]
    if fixes:
        said["correction"] = fixes
    return said


def _correction(fix: Fix, zone: tzinfo) -> dict[str, str]:
    return {
        "@type": "CorrectionComment",
        "text": fix.note,
        "datePublished": stamp(fix.at, zone),
    }


def _authors(names: Sequence[str]) -> dict[str, Any]:
    return {"author": [{"@type": "Person", "name": name} for name in names]} if names else {}


def _link(url: str) -> dict[str, str]:
    return {"url": url, "mainEntityOfPage": url} if url else {}


def _unless_empty(name: str, value: str) -> dict[str, str]:
    return {name: value} if value else {}

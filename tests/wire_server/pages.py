"""What readers get from the server: a photo, an entry, a live blog. No fault is for them, and nobody asks who they are."""

from __future__ import annotations

import html
import re
from typing import Any

from tests.wire_server.state import State

_PHOTO = re.compile(r"/api/blogs/(?P<blog>[^/]+)/media/(?P<name>[^/]+)")
_PAGE = re.compile(r"/read/(?P<blog>[^/]+)/(?P<ref>[^/]*)")


def shown(state: State, path: str) -> tuple[int, bytes, str]:
    """What lies at an address: the status, the bytes and their kind."""
    if (found := _PHOTO.fullmatch(path)) is not None:
        file = state.file(found["blog"], found["name"])
        if file is not None:
            return 200, file["data"], file["mime"]
    elif (found := _PAGE.fullmatch(path)) is not None:
        there = state.objects(found["blog"])
        articles = [_article(each) for each in reversed(there) if found["ref"] in ("", each["ref"])]
        page = f"<!DOCTYPE html><meta charset=utf-8><title>Live</title>{''.join(articles)}"
        return 200 if any(articles) else 404, page.encode(), "text/html"
    return 404, b"<!DOCTYPE html><title>Not there</title>", "text/html"


def _article(entry: dict[str, Any]) -> str:
    """An entry as readers see it: its own HTML, or the notice in its place."""
    headline = html.escape((entry.get("content") or {}).get("headline", ""))
    match entry["visibility"]:
        case "public":
            return f"<article><h2>{headline}</h2>{entry['html']}</article>"
        case "gone" if entry.get("notice"):
            return f"<article><p>Withdrawn: {html.escape(entry['notice'])}</article>"
        case _:
            return ""

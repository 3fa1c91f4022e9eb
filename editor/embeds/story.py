"""A story's page, read for its headline, its outlet and a sentence: Open Graph first, then JSON-LD, then the title."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from editor.embeds.fields import inside, line, text
from editor.embeds.page import Page, decoded
from editor.embeds.results import Answer, StoryFacts

_STORIES = ("Article", "Posting", "Report", "WebPage", "VideoObject")
MOST_LINKED = 200_000


def read_page(answer: Answer, url: str) -> StoryFacts:
    """What the page says of itself; empty texts where it says nothing."""
    page = Page(decoded(answer))
    linked = next(_stories(page), {})
    outlet = linked.get("publisher")
    return StoryFacts(
        url=url,
        headline=_first(
            line,
            page.metas.get("og:title"),
            linked.get("headline"),
            page.metas.get("twitter:title"),
            page.title,
        ),
        outlet=_first(
            line,
            page.metas.get("og:site_name"),
            inside(outlet, "name"),
            page.metas.get("application-name"),
        ),
        summary=_first(
            _sentence,
            page.metas.get("og:description"),
            linked.get("description"),
            page.metas.get("description"),
            page.metas.get("twitter:description"),
        ),
    )


def _stories(page: Page) -> Iterator[Mapping[str, Any]]:
    """The objects of its JSON-LD that are a story."""
    for raw in page.linked:
        try:
            found = json.loads(raw) if len(raw) <= MOST_LINKED else None
        except (ValueError, RecursionError):
            continue
        listed = found if isinstance(found, list) else [found]
        for item in listed[:50]:
            graph = inside(item, "@graph")
            for each in graph[:50] if isinstance(graph, list) else [item]:
                if isinstance(each, dict) and _is_story(each.get("@type")):
                    yield each


def _is_story(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and one.endswith(_STORIES) for one in kinds[:10])


def _first(read: Any, *values: Any) -> str:
    return next((found for value in values if (found := read(value))), "")


def _sentence(value: Any) -> str:
    return line(text(value, 4_000), 1_000)

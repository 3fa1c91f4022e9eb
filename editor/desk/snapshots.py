"""Snapshots of posts that travel with a blog: those its entries tell of, and those that somebody else's export brings."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from editor.content.blocks.social import Social
from editor.content.clean import clean_text
from editor.content.entry import Content
from editor.content.kept import Kept
from editor.content.links import is_safe
from editor.ports import Transaction

LONGEST_TEXT, LONGEST_LINE, MOST_MEDIA = 20_000, 2_000, 100


def snapshots_of(tx: Transaction, contents: Iterable[Content]) -> tuple[Kept, ...]:
    """What was seen of the posts in these texts, each look once, by address and time."""
    urls = {block.url for said in contents for block in said.body if isinstance(block, Social)}
    return tuple(kept for url in sorted(urls) for kept in tx.snapshots(url))


def fit_snapshot(kept: Kept) -> Kept | None:
    """A snapshot that a stranger hands over, cleaned; the same for what was made here. None for what can be none."""
    times = (kept.captured, kept.posted, kept.edited)
    if not is_safe(kept.url) or any(time and time.tzinfo is None for time in times):
        return None
    lines = {
        name: clean_text(value)
        for name in kept.__struct_fields__
        if isinstance(value := getattr(kept, name), str)
    }
    media = tuple(
        msgspec.structs.replace(each, kind=clean_text(each.kind), alt=clean_text(each.alt))
        for each in kept.media
    )
    texts = [lines["text"], *(each.alt for each in media)]
    short = [value for name, value in lines.items() if name != "text"]
    fits = (
        len(media) <= MOST_MEDIA
        and all(len(text) <= LONGEST_TEXT for text in texts)
        and all(len(line) <= LONGEST_LINE for line in [*short, *(each.kind for each in media)])
    )
    return msgspec.structs.replace(kept, media=media, **lines) if fits else None

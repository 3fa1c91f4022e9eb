"""What a look at a post changes in its block: what is empty is filled, and what was typed stays.

Pure. Words that somebody typed are never called kept: only a block whose words are the snapshot's names it.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import UNSET
from msgspec.structs import replace

from editor.content.blocks.social import Social
from editor.content.kept import Kept

_OF_ONE_POST = ("post_id", "author_id", "edited", "media", "kept", "gone")


def filled(post: Social, kept: Kept, snapshot: str) -> Social:
    """The block with what was seen."""
    seen = Social.from_kept(kept, snapshot)
    made = replace(
        post,
        network=post.network or seen.network,
        author=post.author or seen.author,
        handle=post.handle or seen.handle,
        posted=post.posted or seen.posted,
        post_id=seen.post_id,
        author_id=seen.author_id,
        media=seen.media,
        edited=seen.edited,
        gone=UNSET,
    )
    if post.text and post.text.strip() != seen.text.strip():
        return made
    return replace(
        made,
        text=seen.text,
        language=post.language or seen.language,
        captured=seen.captured,
        kept=snapshot,
    )


def retyped(before: Social, now: Social) -> Social:
    """The block after somebody typed: what was kept goes with another address, other words are no longer the kept ones."""
    if now.url != before.url:
        return replace(now, captured=None, **dict.fromkeys(_OF_ONE_POST, UNSET))
    if now.text != before.text:
        return replace(now, kept=UNSET)
    return now


def edited_since(post: Social, later: Kept) -> Social:
    """The block of a post that its author changed; its words stand as they were kept."""
    when = later.edited
    if when is None or (post.captured and when <= post.captured):
        when = later.captured
    return replace(post, edited=when, gone=UNSET)


def gone_since(post: Social, now: datetime) -> Social:
    """The block of a post that is no longer there."""
    return replace(post, gone=post.gone or now.replace(microsecond=0))

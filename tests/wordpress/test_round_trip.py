"""An entry written as a post and read again, without a server: filters and editors are tried on real ones."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editor.backends._wordpress_marks import mark_of
from editor.backends._wordpress_reading import read
from editor.backends._wordpress_writing import Shot, page_of, write
from editor.content import markup
from editor.content.blocks.social import Social
from editor.content.clean import clean_content
from editor.content.entry import Content, digest, encode
from editor.content.foreign import read_foreign
from editor.domain.blog import Blog
from editor.domain.ids import BlogId, EntryId, RevisionId
from editor.sync.delivery import Dispatch, Visibility
from tests.content.strategies import contents

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY = "01936f2a-7000-7000-8000-000000000001"
BLOG = Blog(id=BlogId("b"), slug="flood", headline="Flood", created=NOON, coverage_start=NOON)


def dispatch(content: Content) -> Dispatch:
    return Dispatch(
        entry=EntryId(KEY),
        blog=BLOG,
        revision=RevisionId("r"),
        digest=digest(content),
        content=content,
        visibility=Visibility.PUBLIC,
        published=NOON,
        updated=NOON,
    )


def shots(content: Content) -> dict[str, Shot]:
    return {
        block.print: Shot(id=7 + number, src=f"https://news.example/u/{number}.jpg")
        for number, block in enumerate(content.body)
        if getattr(block, "TYPE", "") == "photo"
    }


@settings(max_examples=300, deadline=None)
@given(contents, st.booleans())
@example(Content(body=(Social(url="https://social.example/@gauges/1", network="\\"),)), True)
def test_what_is_written_reads_back_as_the_very_same_content(
    content: Content, embeds: bool
) -> None:
    content = clean_content(content)
    sent = dispatch(content)
    mark = mark_of(KEY, content, (3, 4), False)
    post = write(sent, mark, shots(content), embeds=embeds)
    there = read(markup.text(content.headline), post, page_of(sent))
    assert msgspec.json.encode(there.mark) == msgspec.json.encode(mark)
    # what a stranger hands over is cleaned, and blocks that nobody knows are written anew
    assert there.content == read_foreign(encode(content))

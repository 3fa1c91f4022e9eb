"""What a look changes in a post's block, and what it never does."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from editor.content.block import Page
from editor.content.blocks.social import Social
from editor.content.entry import Content, decode, encode
from editor.content.foreign import read_foreign
from editor.content.kept import Medium
from editor.content.merge import merge
from editor.content.post_looks import edited_since, filled, gone_since, retyped
from tests.post_samples import URLS, at, kept

SNAPSHOT = "a" * 64
SEEN = kept("mastodon")
POST = Social.from_kept(SEEN, SNAPSHOT)


def test_a_post_without_what_is_new_keeps_its_bytes() -> None:
    typed = Social(url=URLS["x"], network="x", author="River gauges", text="4.1 m")
    assert typed.v == 1
    assert msgspec.json.encode(typed) == (
        b'{"type":"social","url":"https://x.com/rivergauges/status/20","network":"x",'
        b'"author":"River gauges","handle":"","posted":null,"captured":null,"text":"4.1 m",'
        b'"language":"","v":1}'
    )
    assert (POST.v, replace(POST, post_id="", media=(), kept="").v) == (2, 1)


def test_a_medium_has_the_same_bytes_wherever_it_came_from() -> None:
    content = Content(body=(POST,))
    assert encode(decode(encode(content))) == encode(content)
    read = msgspec.json.decode(b'{"kind":"image","alt":"a"}', type=Medium)
    assert msgspec.json.encode(read) == b'{"alt":"a"}' == msgspec.json.encode(Medium(alt="a"))


def test_what_is_empty_is_filled_and_what_was_typed_stays() -> None:
    bare = Social(url=SEEN.url, network="mastodon")
    assert filled(bare, SEEN, SNAPSHOT) == POST
    typed = replace(bare, author="The gauges", text="متر ۷", captured=at(13, 25))
    made = filled(typed, SEEN, SNAPSHOT)
    assert (made.author, made.text, made.captured, made.kept) == (
        "The gauges",
        "متر ۷",
        at(13, 25),
        UNSET,
    )
    assert made.posted == SEEN.posted


def test_words_that_were_typed_are_not_called_kept() -> None:
    assert retyped(POST, replace(POST, text="other")).kept is UNSET
    assert retyped(POST, replace(POST, author="other")).kept == SNAPSHOT
    assert retyped(POST, replace(POST, url=URLS["x"])).v == 1


def test_a_post_that_changed_or_went_keeps_its_words() -> None:
    later = replace(SEEN, captured=at(15, 0), text="other")
    edited = edited_since(POST, later)
    assert (edited.text, edited.edited, edited.is_edited_since) == (POST.text, at(15, 0), True)
    told = edited_since(POST, replace(later, edited=at(14, 30)))
    assert told.edited == at(14, 30)
    gone = gone_since(POST, at(15, 5) + timedelta(microseconds=3))
    assert (gone.text, gone.gone) == (POST.text, at(15, 5))
    assert gone_since(gone, at(16, 0)) == gone
    html = gone.html(Page())
    assert "Deleted since." in html and "Text kept at" in html
    assert "data-frame" not in html
    assert "Edited since." in edited.html(Page())
    assert "Edited since." not in POST.html(Page())


def test_pictures_are_words_on_the_page_and_in_feeds() -> None:
    html = POST.html(Page())
    assert "<li>Picture: " in html and "A gauge under brown water" in html
    assert "<li>Video</li>" in html
    assert "<img" not in html
    assert POST.plain().endswith("A gauge under brown water")
    attack = replace(POST, media=(Medium(alt="<script>"),))
    assert "<script" not in attack.html(Page())


def test_a_stranger_names_no_odd_snapshot_and_no_end_of_pictures() -> None:
    def foreign(post: Social) -> Content | None:
        return read_foreign(encode(Content(body=(post,))))

    assert foreign(POST) == Content(body=(POST,))
    assert foreign(replace(POST, kept="../../etc/passwd")) is None
    assert foreign(replace(POST, media=(Medium(),) * 51)) is None
    assert foreign(replace(POST, media=(Medium(kind="a: b"),))) is None
    cleaned = foreign(replace(POST, media=(Medium(alt="a\x00b"),)))
    assert cleaned is not None
    assert cleaned.body[0].media == (Medium(alt="ab"),)


def test_what_became_of_a_post_is_merged_apart_from_nothing_else() -> None:
    base = Content(body=(POST,))
    mine = Content(body=(replace(POST, gone=at(15, 0)),))
    theirs = Content(body=(replace(POST, edited=at(14, 30)),))
    both = replace(POST, gone=at(15, 0), edited=at(14, 30))
    assert merge(base, mine, theirs) == Content(body=(both,))
    other = Content(body=(replace(POST, text="other"),))
    assert merge(base, mine, other) is None

"""A protected source: what photos tell is dropped, the mark stays on this laptop, and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from msgspec.structs import replace

from editor.content.blocks.photo import Photo
from editor.content.blocks.text import Text
from editor.content.entry import Content, encode
from editor.content.print import Edit, Rights
from editor.content.protected import protected
from editor.desk import exchange, release, writing
from editor.desk.protecting import protect
from editor.domain.entry import Kind
from editor.domain.ids import BlogId, EntryId
from editor.problems import Refused
from tests.content.strategies import contents
from tests.rooms import TestRoom

TELLING = Photo(
    asset="a" * 64,
    alt="A gate in the dyke",
    caption="Gate 7",
    credit="A resident",
    edit=Edit(turns=1),
    rights=Rights(creator="Someone", credit="Someone"),
    location_kept=True,
)
WORDS = Content(headline="البوابة مفتوحة", body=(Text(text="The gate is open."), TELLING))


@pytest.fixture
def entry(house: TestRoom, blog: BlogId) -> EntryId:
    (made,) = writing.new_entry(house.room, blog, WORDS).entries
    return made


def photo(house: TestRoom, entry: EntryId) -> Photo:
    found = house.views.entry(entry).content.body[1]
    assert isinstance(found, Photo)
    return found


def test_photos_lose_what_they_tell_and_keep_what_was_done_to_them(
    house: TestRoom, entry: EntryId
) -> None:
    protect(house.room, entry, True)
    assert house.views.entry(entry).entry.protect_source
    assert photo(house, entry) == replace(TELLING, rights=msgspec.UNSET, location_kept=False)
    assert house.views.rows((entry,))[0].protect_source


def test_what_gives_way_stays_in_the_history_and_stays_bare_when_it_is_restored(
    house: TestRoom, entry: EntryId
) -> None:
    protect(house.room, entry, True)
    (aside,) = house.views.history(entry)
    assert aside.kind is Kind.SET_ASIDE
    assert house.views.revision_content(aside.id).body[1] == TELLING
    writing.restore(house.room, entry, aside.id)
    assert photo(house, entry).rights is msgspec.UNSET


def test_ending_it_brings_nothing_back_and_the_same_twice_is_once(
    house: TestRoom, entry: EntryId
) -> None:
    protect(house.room, entry, True)
    told = len(house.told)
    protect(house.room, entry, True)
    assert len(house.told) == told
    protect(house.room, entry, False)
    assert not house.views.entry(entry).entry.protect_source
    assert photo(house, entry).rights is msgspec.UNSET
    writing.save_draft(house.room, entry, WORDS)
    assert photo(house, entry) == TELLING


def test_what_is_typed_or_duplicated_later_is_bare_too(house: TestRoom, entry: EntryId) -> None:
    protect(house.room, entry, True)
    writing.save_draft(house.room, entry, replace(WORDS, headline="Later"))
    assert not photo(house, entry).location_kept
    (copy,) = writing.duplicate(house.room, entry).entries
    assert house.views.entry(copy).entry.protect_source


def test_each_change_is_a_line_in_the_record_of_decisions(house: TestRoom, entry: EntryId) -> None:
    import sqlite3

    protect(house.room, entry, True)
    protect(house.room, entry, False)
    with sqlite3.connect(house.profile.database) as connection:
        lines = connection.execute("SELECT what FROM audit WHERE entry = ?", (entry,)).fetchall()
    connection.close()
    assert lines == [("protect source",), ("protect source no more",)]


def test_a_withdrawn_entry_is_left_as_it_is(house: TestRoom, entry: EntryId) -> None:
    release.withdraw(house.room, entry)
    with pytest.raises(Refused, match="entry-withdrawn"):
        protect(house.room, entry, True)


def test_nothing_that_leaves_the_laptop_tells_of_the_mark(
    house: TestRoom, entry: EntryId, blog: BlogId, tmp_path: Path
) -> None:
    text = replace(WORDS, body=WORDS.body[:1])
    writing.save_draft(house.room, entry, text)
    before = encode(house.views.entry(entry).content)
    protect(house.room, entry, True)
    assert encode(house.views.entry(entry).content) == before
    for export in (exchange.export_json, exchange.export_markdown):
        export(house.room, house.views, blog, tmp_path / export.__name__)
    for file in tmp_path.rglob("*.*"):
        if file.suffix in (".json", ".md"):
            assert "protect" not in file.read_text("utf-8")


@given(contents)
def test_a_content_is_bared_once_and_says_the_same_words(content: Content) -> None:
    bare = protected(content)
    assert protected(bare) is bare
    assert [block.plain() for block in bare.blocks] == [block.plain() for block in content.blocks]
    photos = [block for block in bare.body if isinstance(block, Photo)]
    assert all(each.rights is msgspec.UNSET and not each.location_kept for each in photos)

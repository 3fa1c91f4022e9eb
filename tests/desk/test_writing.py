"""Writing: drafts are kept, and nothing leaves the laptop by it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import release, writing
from editor.domain.entry import Kind, Stage
from editor.domain.ids import BlogId, EntryId, RevisionId
from editor.problems import Refused
from tests.rooms import TestRoom

WORDS = Content(
    headline="وصلت المياه إلى الجسر القديم",
    body=(
        Text(text="水位が上がった 👩‍👩‍👧 é"),
        Quote(text="हमें और पंप चाहिए", speaker="River engineer"),
    ),
)


@pytest.fixture
def entry(house: TestRoom, blog: BlogId) -> EntryId:
    (made,) = writing.new_entry(house.room, blog, WORDS).entries
    return made


def content_of(house: TestRoom, entry: EntryId) -> Content:
    return house.views.entry(entry).content


def test_a_new_entry_is_a_draft_that_happened_now_in_the_blogs_zone(
    house: TestRoom, entry: EntryId
) -> None:
    view = house.views.entry(entry)
    assert view.entry.stage is Stage.DRAFT
    assert view.content.time is not None
    assert view.content.time.isoformat() == "2026-11-22T13:00:00+01:00"
    assert replace(view.content, time=None) == WORDS


def test_writing_sends_nothing(house: TestRoom, entry: EntryId) -> None:
    writing.save_draft(house.room, entry, replace(WORDS, headline="More"))
    writing.pin(house.room, entry, True)
    writing.mark_key_event(house.room, entry, True)
    writing.label(house.room, entry, ("river", "river", " "))
    assert house.views.entry(entry).deliveries == ()
    assert house.views.outbox() == ()


def test_the_small_changes_keep_the_rest(house: TestRoom, entry: EntryId) -> None:
    writing.pin(house.room, entry, True)
    writing.mark_key_event(house.room, entry, True)
    writing.label(house.room, entry, ("river", "  high   water ", "river"))
    writing.set_time(house.room, entry, datetime(2026, 11, 22, 9, tzinfo=UTC))
    writing.move_block(house.room, entry, 1, 0)
    now = content_of(house, entry)
    assert (now.pinned, now.key_event, now.labels) == (True, True, ("river", "high water"))
    assert now.body == WORDS.body[::-1]
    assert now.headline == WORDS.headline


def test_a_time_must_say_its_zone(house: TestRoom, entry: EntryId) -> None:
    with pytest.raises(Refused, match="time-without-zone"):
        writing.set_time(house.room, entry, datetime.fromisoformat("2026-11-22T09:00"))


@pytest.mark.parametrize(("start", "to"), [(2, 0), (0, 2), (-1, 0)])
def test_a_block_that_is_not_there_cannot_move(
    house: TestRoom, entry: EntryId, start: int, to: int
) -> None:
    with pytest.raises(Refused, match="no-such-block"):
        writing.move_block(house.room, entry, start, to)


def test_the_origin_of_a_save_is_told_on_so_that_the_starter_skips_its_echo(
    house: TestRoom, entry: EntryId
) -> None:
    writing.save_draft(house.room, entry, replace(WORDS, headline="x"), origin="composer")
    assert house.told[-1].origin == "composer"
    assert house.told[-1].entries == {entry}


def test_a_duplicate_is_a_draft_of_its_own(house: TestRoom, entry: EntryId) -> None:
    writing.pin(house.room, entry, True)
    release.publish(house.room, entry)
    (copy,) = writing.duplicate(house.room, entry).entries
    view = house.views.entry(copy)
    assert copy != entry
    assert (view.entry.stage, view.content.pinned) == (Stage.DRAFT, False)
    assert view.content.body == WORDS.body


def test_typing_a_text_back_to_what_is_published_leaves_no_draft(
    house: TestRoom, entry: EntryId
) -> None:
    release.publish(house.room, entry)
    before = content_of(house, entry)
    writing.save_draft(house.room, entry, replace(before, headline="Other"))
    assert house.views.entry(entry).is_draft
    writing.save_draft(house.room, entry, before)
    assert not house.views.entry(entry).is_draft


def test_a_restored_revision_is_a_draft_and_the_text_it_replaces_is_kept(
    house: TestRoom, entry: EntryId
) -> None:
    release.publish(house.room, entry)
    (first,) = house.views.history(entry)
    public = content_of(house, entry)
    writing.save_draft(house.room, entry, replace(public, headline="Second thoughts"))
    writing.restore(house.room, entry, first.id)
    assert content_of(house, entry) == public
    kept = [row for row in house.views.history(entry) if row.kind is Kind.SET_ASIDE]
    assert [house.views.revision_content(row.id).headline for row in kept] == ["Second thoughts"]


def test_discarded_changes_stay_in_the_history(house: TestRoom, entry: EntryId) -> None:
    release.publish(house.room, entry)
    public = content_of(house, entry)
    writing.save_draft(house.room, entry, replace(public, headline="Not so"))
    writing.discard_changes(house.room, entry)
    assert content_of(house, entry) == public
    assert "Not so" in {
        house.views.revision_content(row.id).headline for row in house.views.history(entry)
    }


def test_there_is_nothing_to_discard_before_the_first_revision(
    house: TestRoom, entry: EntryId
) -> None:
    with pytest.raises(Refused, match="nothing-to-go-back-to"):
        writing.discard_changes(house.room, entry)
    assert content_of(house, entry).headline == WORDS.headline


def test_another_entrys_revision_cannot_be_restored(
    house: TestRoom, blog: BlogId, entry: EntryId
) -> None:
    release.publish(house.room, entry)
    (other,) = writing.new_entry(house.room, blog, WORDS).entries
    (revision,) = house.views.history(entry)
    with pytest.raises(Refused, match="no-such-revision"):
        writing.restore(house.room, other, revision.id)
    with pytest.raises(Refused):
        writing.restore(house.room, other, RevisionId("nothing"))


def test_a_withdrawn_entry_is_not_written_to(house: TestRoom, entry: EntryId) -> None:
    release.withdraw(house.room, entry)
    with pytest.raises(Refused, match="entry-withdrawn"):
        writing.save_draft(house.room, entry, Content(headline="again"))
    assert content_of(house, entry).headline == WORDS.headline

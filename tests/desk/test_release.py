"""Releasing: what is public is always an approved revision, and only these verbs send anything."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.desk import accounts, outbox, release, writing
from editor.domain.blog import Role
from editor.domain.entry import Kind, Stage
from editor.domain.ids import AccountId, BlogId, EntryId
from editor.problems import Refused
from editor.sync.delivery import Phase, Visibility
from editor.views import Badge, EntryView
from tests.rooms import TestRoom

WORDS = Content(headline="Water reaches the old bridge", body=(Text(text="7.2 metres."),))


@pytest.fixture
def entry(house: TestRoom, blog: BlogId) -> EntryId:
    (made,) = writing.new_entry(house.room, blog, WORDS).entries
    return made


def view(house: TestRoom, entry: EntryId) -> EntryView:
    return house.views.entry(entry)


def wanted(house: TestRoom, entry: EntryId) -> tuple[str | None, Visibility]:
    (delivery,) = view(house, entry).deliveries
    return delivery.wanted.revision, delivery.wanted.visibility


def as_correspondent(house: TestRoom, blog: BlogId) -> None:
    accounts.add_account(
        house.room, kind="memory", name="newsroom", settings={}, role=Role.CORRESPONDENT
    )
    accounts.add_target(house.room, blog, AccountId("newsroom"), settings={}, reviews=True)


def test_publishing_approves_the_working_text_and_wants_it_public(
    house: TestRoom, entry: EntryId
) -> None:
    release.publish(house.room, entry)
    after = view(house, entry)
    assert after.entry.stage is Stage.PUBLISHED
    assert after.entry.approved == after.entry.head
    assert wanted(house, entry) == (after.entry.approved, Visibility.PUBLIC)
    assert not after.is_draft


def test_editing_a_published_entry_changes_nothing_public(house: TestRoom, entry: EntryId) -> None:
    release.publish(house.room, entry)
    before = wanted(house, entry)
    writing.save_draft(house.room, entry, replace(WORDS, headline="Another headline"))
    assert wanted(house, entry) == before
    assert view(house, entry).public != view(house, entry).content


def test_publishing_twice_makes_one_revision(house: TestRoom, entry: EntryId) -> None:
    release.publish(house.room, entry)
    release.publish(house.room, entry)
    assert len(house.views.history(entry)) == 1


def test_a_text_that_was_not_on_the_screen_is_not_approved(house: TestRoom, entry: EntryId) -> None:
    seen = digest(view(house, entry).content)
    writing.save_draft(house.room, entry, replace(WORDS, headline="Slipped in"))
    with pytest.raises(Refused, match="changed-meanwhile"):
        release.publish(house.room, entry, shown=seen)
    assert view(house, entry).deliveries == ()


def test_an_empty_entry_is_not_sent(house: TestRoom, blog: BlogId) -> None:
    (empty,) = writing.new_entry(house.room, blog).entries
    for verb in (release.submit, release.publish):
        with pytest.raises(Refused, match="entry-empty"):
            verb(house.room, empty)
    assert view(house, empty).entry.stage is Stage.DRAFT


def test_a_link_that_readers_must_not_get_stops_the_entry(house: TestRoom, blog: BlogId) -> None:
    bad = Content(headline="x", body=(Story(url="javascript:alert(1)", headline="y"),))
    (entry,) = writing.new_entry(house.room, blog, bad).entries
    with pytest.raises(Refused) as refused:
        release.publish(house.room, entry)
    assert refused.value.first.field.startswith("body.0")


def test_a_correspondent_submits_and_only_the_desk_publishes(
    house: TestRoom, blog: BlogId, entry: EntryId
) -> None:
    as_correspondent(house, blog)
    with pytest.raises(Refused, match="desk-only"):
        release.publish(house.room, entry)
    with pytest.raises(Refused, match="desk-only"):
        release.send_back(house.room, entry, "why")
    with pytest.raises(Refused, match="desk-only"):
        release.correct(house.room, entry, Kind.TYPO)
    release.submit(house.room, entry)
    after = view(house, entry)
    assert (after.entry.stage, after.role) == (Stage.SUBMITTED, Role.CORRESPONDENT)
    assert {d.wanted.visibility for d in after.deliveries} == {Visibility.DESK}


def test_a_submission_stays_on_the_laptop_where_no_target_keeps_drafts(
    house: TestRoom, entry: EntryId
) -> None:
    release.submit(house.room, entry)
    assert view(house, entry).entry.stage is Stage.SUBMITTED
    assert view(house, entry).deliveries == ()
    assert house.views.outbox() == ()
    assert house.views.counts().to_review == 1


def test_a_returned_entry_says_why_and_can_be_submitted_again(
    house: TestRoom, entry: EntryId
) -> None:
    release.submit(house.room, entry)
    with pytest.raises(Refused, match="note-missing"):
        release.send_back(house.room, entry, "  ")
    release.send_back(house.room, entry, "Name the operator, please.")
    after = view(house, entry)
    assert (after.entry.stage, after.entry.note) == (Stage.RETURNED, "Name the operator, please.")
    assert house.views.counts().returned == 1
    writing.save_draft(house.room, entry, replace(WORDS, headline="The operator reacts"))
    release.submit(house.room, entry)
    assert view(house, entry).entry.stage is Stage.SUBMITTED
    assert view(house, entry).entry.note == ""


def test_a_recalled_submission_is_a_draft_again(house: TestRoom, entry: EntryId) -> None:
    release.submit(house.room, entry)
    release.recall(house.room, entry)
    assert view(house, entry).entry.stage is Stage.DRAFT
    with pytest.raises(Refused, match="nothing-to-recall"):
        release.recall(house.room, entry)


def test_a_scheduled_entry_waits_for_its_time_and_can_be_taken_back(
    house: TestRoom, entry: EntryId
) -> None:
    at = house.clock.now() + timedelta(hours=2)
    release.publish(house.room, entry, at=at)
    after = view(house, entry)
    assert (after.entry.stage, after.entry.not_before) == (Stage.SCHEDULED, at)
    assert after.deliveries[0].wanted.not_before == at
    release.recall(house.room, entry)
    after = view(house, entry)
    assert (after.entry.stage, after.entry.approved) == (Stage.DRAFT, None)
    assert after.deliveries[0].wanted.visibility is Visibility.NONE
    assert house.views.outbox() == ()


def test_an_embargo_holds_an_entry_that_was_published(house: TestRoom, blog: BlogId) -> None:
    until = house.clock.now() + timedelta(hours=1)
    (entry,) = writing.new_entry(house.room, blog, replace(WORDS, embargo=until)).entries
    release.publish(house.room, entry)
    assert view(house, entry).entry.stage is Stage.SCHEDULED
    assert view(house, entry).deliveries[0].wanted.not_before == until


def test_a_correction_names_its_kind_and_says_what_was_put_right(
    house: TestRoom, entry: EntryId
) -> None:
    release.publish(house.room, entry)
    writing.save_draft(house.room, entry, replace(WORDS, body=(Text(text="7.4 metres."),)))
    with pytest.raises(Refused, match="note-missing"):
        release.correct(house.room, entry, Kind.CORRECTION)
    with pytest.raises(Refused, match="not-a-correction"):
        release.correct(house.room, entry, Kind.SUBMIT, "x")
    house.clock.forward(minutes=14)
    release.correct(house.room, entry, Kind.CORRECTION, "The gauge was misread.")
    after = view(house, entry)
    newest = house.views.history(entry)[0]
    assert (newest.kind, newest.note) == (Kind.CORRECTION, "The gauge was misread.")
    assert after.entry.approved == newest.id
    assert after.entry.corrected == house.clock.now()
    assert wanted(house, entry) == (newest.id, Visibility.PUBLIC)


def test_a_typo_needs_no_note_and_leaves_no_mark(house: TestRoom, entry: EntryId) -> None:
    release.publish(house.room, entry)
    writing.save_draft(house.room, entry, replace(WORDS, headline="Water reaches old bridge"))
    release.correct(house.room, entry, Kind.TYPO)
    assert view(house, entry).entry.corrected is None


def test_there_is_nothing_to_correct_in_a_draft_or_an_unchanged_entry(
    house: TestRoom, entry: EntryId
) -> None:
    with pytest.raises(Refused, match="not-published-yet"):
        release.correct(house.room, entry, Kind.CORRECTION, "x")
    release.publish(house.room, entry)
    with pytest.raises(Refused, match="nothing-changed"):
        release.correct(house.room, entry, Kind.CORRECTION, "x")


def test_a_change_of_a_submission_that_is_public_waits_beside_the_public_text(
    house: TestRoom, entry: EntryId
) -> None:
    release.publish(house.room, entry)
    public = wanted(house, entry)
    writing.save_draft(house.room, entry, replace(WORDS, headline="Later change"))
    release.submit(house.room, entry)
    after = view(house, entry)
    assert after.entry.stage is Stage.PUBLISHED
    assert after.entry.submitted != after.entry.approved
    assert wanted(house, entry) == public


def test_a_draft_is_withdrawn_without_a_word_and_a_published_entry_with_a_reason(
    house: TestRoom, blog: BlogId, entry: EntryId
) -> None:
    (other,) = writing.new_entry(house.room, blog, WORDS).entries
    release.withdraw(house.room, other)
    assert view(house, other).deliveries == ()
    release.publish(house.room, entry)
    with pytest.raises(Refused, match="note-missing"):
        release.withdraw(house.room, entry, "")
    release.withdraw(house.room, entry, "The report was about another bridge.")
    after = view(house, entry)
    assert (after.entry.stage, after.entry.note) == (
        Stage.WITHDRAWN,
        "The report was about another bridge.",
    )
    (row,) = house.views.rows((entry,))
    assert row.badge is Badge.WITHDRAWN
    with pytest.raises(Refused, match="entry-withdrawn"):
        release.publish(house.room, entry)


def test_a_new_target_gets_what_is_public_and_no_draft(
    house: TestRoom, blog: BlogId, entry: EntryId
) -> None:
    (draft,) = writing.new_entry(house.room, blog, WORDS).entries
    release.publish(house.room, entry)
    accounts.add_account(house.room, kind="memory", name="second", settings={})
    accounts.add_target(house.room, blog, AccountId("second"), settings={})
    assert len(view(house, entry).deliveries) == 2
    assert view(house, draft).deliveries == ()


def test_a_discarded_request_keeps_the_text(house: TestRoom, entry: EntryId) -> None:
    release.publish(house.room, entry)
    (delivery,) = view(house, entry).deliveries
    outbox.discard(house.room, entry, delivery.target)
    assert house.views.outbox() == ()
    assert view(house, entry).content.headline == WORDS.headline
    (delivery,) = view(house, entry).deliveries
    assert (delivery.phase, delivery.wanted.visibility) == (Phase.DONE, Visibility.NONE)


def test_the_local_account_stays(house: TestRoom, blog: BlogId) -> None:
    with pytest.raises(Refused, match="account-local"):
        accounts.remove_account(house.room, AccountId("local"))
    with pytest.raises(Refused, match="account-local"):
        accounts.set_role(house.room, AccountId("local"), Role.CORRESPONDENT)


def test_a_schedule_ends_when_another_text_is_submitted(house: TestRoom, entry: EntryId) -> None:
    release.publish(house.room, entry, at=house.clock.now() + timedelta(hours=2))
    writing.save_draft(house.room, entry, replace(WORDS, headline="Another"))
    release.submit(house.room, entry)
    after = view(house, entry)
    assert (after.entry.stage, after.entry.approved) == (Stage.SUBMITTED, None)
    assert after.deliveries[0].wanted.visibility is Visibility.NONE
    assert house.views.outbox() == ()

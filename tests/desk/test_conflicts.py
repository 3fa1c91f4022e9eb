"""Choosing between two texts: what is chosen waits for the desk, no text is lost, and nobody releases over the desk."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.desk import conflicts, outbox, release, writing
from editor.domain.entry import Entry, Kind, Origin, Revision, Stage
from editor.domain.ids import BlogId, EntryId, RevisionId, TargetId
from editor.domain.stages import came_back
from editor.problems import Problem, Refused
from editor.sync.delivery import Delivery, Held, Phase, Visibility, Wanted
from editor.sync.records import Conflict, Watch
from tests.rooms import NOON, TestRoom

BASE = Content(
    headline="Dam", time=NOON, body=(Text(text="He did not confirm."), Text(text="洪水到达旧桥"))
)
MINE = replace(BASE, body=(Text(text="He did confirm."), BASE.body[1]))
THEIRS = replace(BASE, body=(Text(text="He did not confirm or deny."), BASE.body[1]))
BOTH = replace(BASE, body=(MINE.body[0], THEIRS.body[0], BASE.body[1]))


@pytest.fixture
def entry(house: TestRoom, blog: BlogId) -> EntryId:
    (made,) = writing.new_entry(house.room, blog, BASE).entries
    release.publish(house.room, made)
    hold(house, made)
    return made


def target(house: TestRoom, entry: EntryId) -> TargetId:
    return delivery(house, entry).target


def delivery(house: TestRoom, entry: EntryId) -> Delivery:
    (found,) = house.views.entry(entry).deliveries
    return found


def standing(house: TestRoom, entry: EntryId) -> Entry:
    return house.views.entry(entry).entry


def texts(house: TestRoom, entry: EntryId) -> list[Content]:
    rows = house.views.history(entry)
    return [house.views.revision_content(row.id) for row in rows]


def hold(house: TestRoom, entry: EntryId, visibility: Visibility = Visibility.PUBLIC) -> None:
    """The target holds what is wanted of it."""
    row = delivery(house, entry)
    held = Held(revision=row.wanted.revision, visibility=visibility, ref="7", version="1")
    wanted = Wanted(revision=row.wanted.revision, visibility=visibility)
    with house.store.write() as tx:
        tx.put_delivery(replace(row, wanted=wanted, held=held, phase=Phase.DONE))


def of_the_desk(house: TestRoom, entry: EntryId, content: Content) -> Revision:
    with house.store.write() as tx:
        revision = Revision(
            id=RevisionId(house.room.ids.fresh()),
            entry=entry,
            number=len(tx.revisions(entry)) + 1,
            content=content,
            digest=digest(content),
            kind=Kind.PULL,
            origin=Origin.DESK,
            at=house.clock.now(),
            parent=tx.entry(entry).head,
            author="Desk B",
        )
        tx.add_revision(revision)
    return revision


def clash(
    house: TestRoom, entry: EntryId, visibility: Visibility = Visibility.PUBLIC
) -> RevisionId:
    """The laptop has released MINE, and the target holds THEIRS."""
    base = standing(house, entry).head
    writing.save_draft(house.room, entry, MINE)
    if visibility is Visibility.PUBLIC:
        release.correct(house.room, entry, Kind.CORRECTION, "He did.")
    else:
        release.submit(house.room, entry)
    theirs = of_the_desk(house, entry, THEIRS)
    row = delivery(house, entry)
    held = replace(row.held, revision=theirs.id, visibility=visibility)
    mine = standing(house, entry).head
    assert mine is not None
    problem = Problem(code="remote-changed")
    with house.store.write() as tx:
        tx.put_delivery(replace(row, held=held, phase=Phase.CONFLICT, problem=problem))
        tx.put_conflict(
            Conflict(
                entry=entry,
                target=row.target,
                base=base,
                mine=mine,
                theirs=theirs.id,
                found=house.clock.now(),
            )
        )
    return theirs.id


def forward(house: TestRoom, entry: EntryId, content: Content) -> None:
    """The desk changed the entry, and that was fetched."""
    theirs = of_the_desk(house, entry, content)
    with house.store.write("sync") as tx:
        after = came_back(tx.entry(entry), theirs, house.clock.now(), public=True)
        tx.put_entry(after, None if tx.draft(entry) is not None else content)


def test_keeping_theirs_needs_no_review(house: TestRoom, entry: EntryId) -> None:
    theirs = clash(house, entry)
    conflicts.settle(house.room, entry, target(house, entry), THEIRS)
    after, row = standing(house, entry), delivery(house, entry)
    assert (after.head, after.approved, after.submitted) == (theirs, theirs, None)
    assert (row.phase, row.wanted.revision) == (Phase.DONE, theirs)
    assert MINE in texts(house, entry)
    assert house.views.conflict(entry, row.target) is None


@pytest.mark.parametrize("chosen", [MINE, BOTH])
def test_any_other_choice_waits_for_the_desk_and_theirs_stays_public(
    house: TestRoom, entry: EntryId, chosen: Content
) -> None:
    theirs = clash(house, entry)
    mine = standing(house, entry).head
    conflicts.settle(house.room, entry, target(house, entry), chosen)
    after, row = standing(house, entry), delivery(house, entry)
    assert (after.stage, after.approved, after.submitted) == (Stage.PUBLISHED, theirs, after.head)
    assert (row.phase, row.wanted.revision) == (Phase.DONE, theirs)
    with house.store.read() as tx:
        head = tx.revision(after.head or RevisionId(""))
    assert (head.content, head.origin) == (chosen, Origin.MERGE)
    assert (head.parent, head.merge_parent) == (mine, theirs)
    assert all(text in texts(house, entry) for text in (BASE, MINE, THEIRS, chosen))


def test_the_choice_can_be_published_then(house: TestRoom, entry: EntryId) -> None:
    clash(house, entry)
    conflicts.settle(house.room, entry, target(house, entry), BOTH)
    release.correct(house.room, entry, Kind.CORRECTION, "Both.", shown=digest(BOTH))
    row = delivery(house, entry)
    assert (row.phase, row.wanted.revision) == (Phase.PENDING, standing(house, entry).approved)
    assert house.views.entry(entry).public == BOTH


def test_at_a_target_that_holds_a_submission_the_choice_is_submitted(
    house: TestRoom, blog: BlogId
) -> None:
    (entry,) = writing.new_entry(house.room, blog, BASE).entries
    release.publish(house.room, entry)
    hold(house, entry, Visibility.DESK)
    clash(house, entry, Visibility.DESK)
    conflicts.settle(house.room, entry, target(house, entry), BOTH)
    after, row = standing(house, entry), delivery(house, entry)
    assert after.submitted == after.head
    assert row.wanted == Wanted(revision=after.head, visibility=Visibility.DESK)
    assert row.phase is Phase.PENDING


def test_a_draft_is_not_touched_and_is_overtaken(house: TestRoom, entry: EntryId) -> None:
    clash(house, entry)
    typed = replace(MINE, headline="Dam stands")
    writing.save_draft(house.room, entry, typed)
    conflicts.settle(house.room, entry, target(house, entry), THEIRS)
    after = house.views.entry(entry)
    assert (after.content, after.overtaken) == (typed, after.entry.head)


def test_a_text_that_changed_since_it_was_shown_is_not_chosen_from(
    house: TestRoom, entry: EntryId
) -> None:
    clash(house, entry)
    where = target(house, entry)
    with pytest.raises(Refused, match="changed-meanwhile"):
        conflicts.settle(house.room, entry, where, BOTH, seen=(BASE, THEIRS))
    conflicts.settle(house.room, entry, where, BOTH, seen=(MINE, THEIRS))
    with pytest.raises(Refused, match="no-such-conflict"):
        conflicts.settle(house.room, entry, where, BOTH)


def test_the_text_that_is_chosen_from_is_the_newest_released(
    house: TestRoom, entry: EntryId
) -> None:
    clash(house, entry)
    newer = replace(MINE, headline="Dam stands")
    writing.save_draft(house.room, entry, newer)
    release.submit(house.room, entry)
    found = house.views.conflict(entry, target(house, entry))
    assert found is not None
    assert (found.base, found.mine, found.theirs) == (BASE, newer, THEIRS)


def test_nothing_stands_in_for_the_choice(house: TestRoom, entry: EntryId) -> None:
    clash(house, entry)
    where = target(house, entry)
    for verb in (outbox.retry, outbox.discard):
        with pytest.raises(Refused, match="choose-first"):
            verb(house.room, entry, where)
    outbox.send_all_again(house.room, where)
    assert delivery(house, entry).phase is Phase.CONFLICT


def test_a_draft_keeps_what_it_was_begun_from(house: TestRoom, entry: EntryId) -> None:
    base = standing(house, entry).head
    writing.save_draft(house.room, entry, MINE)
    forward(house, entry, THEIRS)
    writing.save_draft(house.room, entry, replace(MINE, headline="Dam stands"))
    with house.store.read() as tx:
        draft = tx.draft(entry)
    assert draft is not None
    assert draft.base == base


def test_a_text_begun_before_the_desk_changed_the_entry_says_so(
    house: TestRoom, entry: EntryId
) -> None:
    base = standing(house, entry).head
    forward(house, entry, THEIRS)
    writing.save_draft(house.room, entry, MINE, base=base)
    assert house.views.entry(entry).overtaken == standing(house, entry).head


def test_nobody_releases_over_what_the_desk_has_changed(house: TestRoom, entry: EntryId) -> None:
    writing.save_draft(house.room, entry, MINE)
    forward(house, entry, THEIRS)
    with pytest.raises(Refused, match="changed-by-desk"):
        release.submit(house.room, entry)
    with pytest.raises(Refused, match="changed-by-desk"):
        release.publish(house.room, entry)
    with pytest.raises(Refused, match="changed-by-desk"):
        release.correct(house.room, entry, Kind.TYPO)
    assert house.views.entry(entry).content == MINE


def test_the_desks_changes_are_brought_into_the_draft(house: TestRoom, entry: EntryId) -> None:
    writing.save_draft(house.room, entry, MINE)
    theirs = replace(BASE, headline="Dam in the delta")
    forward(house, entry, theirs)
    conflicts.bring_in(house.room, entry)
    after = house.views.entry(entry)
    assert after.content == replace(MINE, headline="Dam in the delta")
    assert after.overtaken is None
    assert MINE in texts(house, entry)
    release.correct(house.room, entry, Kind.CORRECTION, "He did.")
    conflicts.bring_in(house.room, entry)


def test_what_clashes_in_a_draft_is_a_persons_choice(house: TestRoom, entry: EntryId) -> None:
    writing.save_draft(house.room, entry, MINE)
    forward(house, entry, THEIRS)
    with pytest.raises(Refused, match="choose-first"):
        conflicts.bring_in(house.room, entry)
    found = conflicts.overtaken(house.room, entry)
    assert found is not None
    assert (found.base, found.mine, found.theirs) == (BASE, MINE, THEIRS)
    assert found.author == "Desk B"
    with pytest.raises(Refused, match="changed-meanwhile"):
        conflicts.settle_draft(house.room, entry, BOTH, seen=(BASE, THEIRS))
    conflicts.settle_draft(house.room, entry, BOTH, seen=(MINE, THEIRS))
    after = house.views.entry(entry)
    assert (after.content, after.is_draft, after.overtaken) == (BOTH, True, None)
    assert MINE in texts(house, entry)
    with pytest.raises(Refused, match="no-such-conflict"):
        conflicts.settle_draft(house.room, entry, BOTH)


def test_choosing_theirs_uses_the_draft_up(house: TestRoom, entry: EntryId) -> None:
    writing.save_draft(house.room, entry, MINE)
    forward(house, entry, THEIRS)
    conflicts.settle_draft(house.room, entry, THEIRS)
    after = house.views.entry(entry)
    assert (after.content, after.is_draft) == (THEIRS, False)
    assert MINE in texts(house, entry)


def taken_down(house: TestRoom, entry: EntryId, code: str, held: Held) -> None:
    row = delivery(house, entry)
    problem = Problem(code=code)
    with house.store.write() as tx:
        tx.put_delivery(replace(row, held=held, phase=Phase.CONFLICT, problem=problem))


@pytest.mark.parametrize(
    ("code", "visibility"),
    [
        ("remote-gone", Visibility.NONE),
        ("remote-gone", Visibility.GONE),
        ("remote-unpublished", Visibility.DESK),
    ],
)
def test_what_others_took_down_is_left_down_or_sent_again(
    house: TestRoom, entry: EntryId, code: str, visibility: Visibility
) -> None:
    row = delivery(house, entry)
    held = Held() if visibility is Visibility.NONE else replace(row.held, visibility=visibility)
    taken_down(house, entry, code, held)
    outbox.leave_down(house.room, entry, row.target)
    after = delivery(house, entry)
    assert (after.phase, after.wanted.visibility) == (Phase.DONE, visibility)
    assert standing(house, entry).stage is Stage.PUBLISHED
    assert house.views.outbox() == ()
    with pytest.raises(Refused, match="not-taken-down"):
        outbox.leave_down(house.room, entry, row.target)
    with house.store.write() as tx:
        tx.put_delivery(replace(after, wanted=row.wanted))
    taken_down(house, entry, code, held)
    outbox.retry(house.room, entry, row.target)
    gone = code == "remote-gone"
    assert delivery(house, entry).phase is (Phase.IN_DOUBT if gone else Phase.PENDING)


def test_an_emptied_target_is_accepted_or_filled_again(house: TestRoom, entry: EntryId) -> None:
    row = delivery(house, entry)
    with house.store.write() as tx:
        tx.put_watch(Watch(target=row.target, emptied=3))
    taken_down(house, entry, "remote-gone", row.held)
    outbox.accept_emptied(house.room, row.target)
    after = delivery(house, entry)
    assert (after.phase, after.wanted, after.held.ref) == (Phase.DONE, Wanted(), "")
    with house.store.write() as tx:
        assert tx.watch(row.target).emptied == 0
        tx.put_watch(Watch(target=row.target, emptied=3))
        tx.put_delivery(row)
    outbox.accept_emptied(house.room, row.target)
    assert delivery(house, entry).phase is Phase.IN_DOUBT
    with house.store.write() as tx:
        tx.put_watch(Watch(target=row.target, emptied=3))
        tx.put_delivery(row)
    outbox.send_all_again(house.room, row.target)
    assert delivery(house, entry).phase is Phase.IN_DOUBT
    with house.store.read() as tx:
        assert tx.watch(row.target).emptied == 0

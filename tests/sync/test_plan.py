from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from editor.domain.blog import AccountState
from editor.domain.entry import Entry, Stage
from editor.domain.ids import BlogId, EntryId, RevisionId, TargetId
from editor.problems import Problem
from editor.sync.backend import Capabilities
from editor.sync.delivery import (
    Delivery,
    Held,
    Op,
    OpKind,
    OpState,
    Owed,
    Phase,
    Visibility,
    Wanted,
)
from editor.sync.outcome import back_off
from editor.sync.plan import (
    UNEXPECTED,
    Create,
    Find,
    Moment,
    Nothing,
    Situation,
    Step,
    Update,
    Upload,
    Wait,
    Why,
    Withdraw,
    landing_for,
    next_step,
    plan,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=30)
LATER = NOW + timedelta(seconds=90)
AT = Moment(NOW, 1_000.0)
ONE, TWO = RevisionId("r1"), RevisionId("r2")
BLOG, TARGET = BlogId("b"), TargetId("t")
PRIVATE, PUBLIC, GONE, NONE = Visibility.DESK, Visibility.PUBLIC, Visibility.GONE, Visibility.NONE
AT_ONCE = Situation(capabilities=Capabilities())
TWO_PHASE = Situation(capabilities=Capabilities(drafts=True))


def entry(seq: int = 1, **changes: Any) -> Entry:
    return replace(
        Entry(
            id=EntryId(f"e{seq}"),
            blog=BLOG,
            seq=seq,
            created=NOW,
            changed=NOW,
            stage=Stage.PUBLISHED,
            approved=ONE,
        ),
        **changes,
    )


def row(seq: int = 1, **changes: Any) -> Delivery:
    return replace(
        Delivery(
            entry=EntryId(f"e{seq}"),
            target=TARGET,
            wanted=Wanted(revision=ONE, visibility=PUBLIC),
            phase=Phase.PENDING,
        ),
        **changes,
    )


def held(visibility: Visibility = PUBLIC, revision: RevisionId | None = ONE) -> Held:
    return Held(revision=revision, visibility=visibility, ref="7", version="1", digest="d")


def op(**changes: Any) -> Op:
    return replace(
        Op(
            id=1,
            entry=EntryId("e1"),
            target=TARGET,
            kind=OpKind.CREATE,
            revision=ONE,
            visibility=PUBLIC,
            digest="d",
            sent=NOW,
            state=OpState.AMBIGUOUS,
            steady=1_000.0,
            settle=90.0,
        ),
        **changes,
    )


def step(
    delivery: Delivery,
    of: Entry | None = None,
    *,
    situation: Situation = AT_ONCE,
    last: Op | None = None,
    held_up: bool = False,
    owed: Owed | None = None,
) -> Step:
    return next_step(delivery, of or entry(), last, situation, AT, held_up=held_up, owed=owed)


def test_what_is_new_is_created_and_what_is_there_is_updated() -> None:
    assert step(row()) == Create(PUBLIC)
    assert step(row(held=held(revision=TWO))) == Update(PUBLIC)
    assert step(row(held=held(), phase=Phase.DONE)) == Nothing()


def test_where_drafts_are_kept_an_entry_is_private_first() -> None:
    assert step(row(), situation=TWO_PHASE) == Create(PRIVATE)
    assert step(row(held=held(PRIVATE)), situation=TWO_PHASE) == Update(PUBLIC)


def test_a_submission_leaves_only_for_a_target_that_keeps_drafts() -> None:
    submitted = entry(stage=Stage.SUBMITTED, approved=None)
    wanted = row(wanted=Wanted(revision=ONE, visibility=PRIVATE))
    assert step(wanted, submitted, situation=TWO_PHASE) == Create(PRIVATE)
    assert step(wanted, submitted) == Nothing()


@pytest.mark.parametrize(
    "changes",
    [
        {"approved": TWO},
        {"approved": None},
        {"stage": Stage.WITHDRAWN},
        {"stage": Stage.SUBMITTED},
        {"stage": Stage.DRAFT},
    ],
)
def test_only_the_approved_revision_of_a_released_entry_becomes_public(
    changes: dict[str, Any],
) -> None:
    assert step(row(), entry(**changes)) == Nothing()


def test_what_the_desk_made_public_at_the_target_is_not_made_a_draft_again() -> None:
    wanted = row(wanted=Wanted(revision=TWO, visibility=PRIVATE), held=held())
    assert step(wanted, situation=TWO_PHASE) == Nothing()


@pytest.mark.parametrize("phase", [Phase.REFUSED, Phase.CONFLICT])
def test_a_refusal_and_a_conflict_wait_for_a_person(phase: Phase) -> None:
    assert step(row(phase=phase)) == Nothing()


def test_in_doubt_is_looked_for_when_the_request_had_time_to_land() -> None:
    doubtful = row(phase=Phase.IN_DOUBT)
    assert step(doubtful, last=op()) == Wait(LATER, Why.SETTLE)
    assert step(doubtful, last=op(settle=0.0)) == Find()
    assert step(doubtful, last=op(state=OpState.VOID)) == Find()
    assert step(replace(doubtful, next_try=SOON), last=op(settle=0.0)) == Wait(SOON, Why.SETTLE)


@given(
    sent=st.floats(0, 1e6),
    ran=st.floats(0, 1e5),
    off=st.floats(0, 1e5),
    again=st.floats(0, 1e5),
    settle=st.floats(1, 600),
)
def test_no_request_is_taken_for_settled_before_its_time_whatever_the_laptop_did(
    sent: float, ran: float, off: float, again: float, settle: float
) -> None:
    """Running on, or switched off for a while and started again: the true time is never less than what is counted."""
    last = op(steady=sent, settle=settle)
    on = landing_for(last, sent + ran)
    assert on >= settle - ran - 1e-6
    started = landing_for(last, again)
    truly_gone = off + again
    assert started >= settle - truly_gone - 1e-6


def test_a_wait_that_was_written_before_the_clock_was_set_back_is_not_believed() -> None:
    assert step(row(next_try=NOW + timedelta(hours=1))) == Create(PUBLIC)


def test_an_embargo_is_kept_by_the_clock_of_the_target_where_it_is_known() -> None:
    due = entry(not_before=NOW)
    behind = dataclasses.replace(AT_ONCE, there=NOW - timedelta(hours=3))
    assert step(row(), due, situation=behind) == Wait(NOW + timedelta(hours=3), Why.EMBARGO)
    ahead = dataclasses.replace(AT_ONCE, there=NOW + timedelta(hours=3))
    assert step(row(), entry(not_before=LATER), situation=ahead) == Create(PUBLIC)


def test_before_an_embargo_is_lifted_the_target_is_asked_for_the_time() -> None:
    never_asked = dataclasses.replace(AT_ONCE, asked=False)
    assert step(row(), entry(not_before=NOW), situation=never_asked) == Find()
    assert step(row(), entry(), situation=never_asked) == Create(PUBLIC)


OWED = Owed(bytes=400_000, readable=True)
SLOW = dataclasses.replace(AT_ONCE, slow=True)


def test_photos_go_before_the_entry_where_the_way_is_quick() -> None:
    assert step(row(), owed=OWED) == Upload()
    assert step(row(held=held(revision=TWO)), owed=OWED) == Upload()


def test_on_a_slow_way_the_text_goes_first_and_then_its_photos() -> None:
    assert step(row(), owed=OWED, situation=SLOW) == Create(PUBLIC, text_only=True)
    there = replace(held(), text_only=True)
    assert step(row(held=there), owed=OWED, situation=SLOW) == Upload()
    assert step(row(held=there), situation=SLOW) == Update(PUBLIC)


def test_on_a_way_that_nobody_has_measured_a_draft_goes_without_its_photos() -> None:
    unmeasured = dataclasses.replace(TWO_PHASE, asked=False)
    assert step(row(), owed=OWED, situation=unmeasured) == Create(PRIVATE, text_only=True)
    there = dataclasses.replace(TWO_PHASE, asked=True)
    draft = replace(held(PRIVATE), text_only=True)
    assert step(row(held=draft), owed=OWED, situation=there) == Upload()
    assert step(row(), owed=OWED, situation=dataclasses.replace(AT_ONCE, asked=False)) == Upload()


def test_a_text_does_not_wait_for_a_photo_that_failed() -> None:
    assert step(row(attempts=1), owed=OWED) == Create(PUBLIC, text_only=True)


def test_a_photo_without_words_waits_for_its_bytes() -> None:
    bare = replace(OWED, readable=False)
    assert step(row(attempts=1), owed=bare, situation=SLOW) == Upload()


def test_what_was_withdrawn_waits_for_no_photo() -> None:
    wanted = row(wanted=Wanted(revision=None, visibility=GONE), held=held())
    assert step(wanted, entry(stage=Stage.WITHDRAWN), owed=OWED) == Withdraw(GONE)


def test_an_embargo_a_back_off_and_a_closed_host_are_waited_for() -> None:
    assert step(row(next_try=SOON)) == Wait(SOON, Why.BACK_OFF)
    assert step(row(), entry(not_before=SOON)) == Wait(SOON, Why.EMBARGO)
    assert step(row(next_try=LATER), entry(not_before=SOON)) == Wait(LATER, Why.BACK_OFF)
    closed = Situation(capabilities=Capabilities(), closed_until=SOON)
    assert step(row(), situation=closed) == Wait(SOON, Why.HOST)
    assert step(row(phase=Phase.IN_DOUBT), situation=closed) == Wait(SOON, Why.HOST)
    embargo = Wanted(revision=ONE, visibility=PUBLIC, not_before=SOON)
    assert step(row(wanted=embargo), situation=TWO_PHASE) == Wait(SOON, Why.EMBARGO)


def test_without_a_sign_in_nothing_is_asked_not_even_a_look() -> None:
    out = dataclasses.replace(AT_ONCE, account=AccountState.SIGN_IN)
    assert step(row(), situation=out) == Wait(None, Why.SIGN_IN)
    assert step(row(phase=Phase.IN_DOUBT), situation=out) == Wait(None, Why.SIGN_IN)


def test_in_a_pause_and_where_a_person_is_asked_nothing_is_sent() -> None:
    assert step(row(), situation=dataclasses.replace(AT_ONCE, account=AccountState.PAUSED)) == Wait(
        None, Why.PAUSE
    )
    emptied = dataclasses.replace(AT_ONCE, emptied=True)
    assert step(row(phase=Phase.IN_DOUBT), situation=emptied) == Wait(None, Why.EMPTIED)


def test_the_order_holds_the_first_publication_and_neither_drafts_nor_corrections() -> None:
    assert step(row(), held_up=True) == Wait(None, Why.ORDER)
    assert step(row(), situation=TWO_PHASE, held_up=True) == Create(PRIVATE)
    assert step(row(held=held(PRIVATE)), situation=TWO_PHASE, held_up=True) == Wait(None, Why.ORDER)
    assert step(row(held=held(revision=TWO)), held_up=True) == Update(PUBLIC)


@pytest.mark.parametrize("visibility", [GONE, NONE])
def test_a_withdrawal_waits_for_no_order_and_no_embargo(visibility: Visibility) -> None:
    wanted = row(wanted=Wanted(revision=None, visibility=visibility), held=held())
    withdrawn = entry(stage=Stage.WITHDRAWN, not_before=LATER)
    assert step(wanted, withdrawn, held_up=True) == Withdraw(visibility)


@pytest.mark.parametrize(
    ("first", "first_entry", "second"),
    [
        (row(1), entry(1), Wait(None, Why.ORDER)),
        (row(1, next_try=LATER), entry(1), Wait(None, Why.ORDER)),
        (row(1, phase=Phase.IN_DOUBT), entry(1), Wait(None, Why.ORDER)),
        (row(1, phase=Phase.REFUSED), entry(1), Create(PUBLIC)),
        (row(1, phase=Phase.CONFLICT), entry(1), Create(PUBLIC)),
        (row(1, problem=Problem(code=UNEXPECTED)), entry(1), Create(PUBLIC)),
        (row(1), entry(1, stage=Stage.SCHEDULED, not_before=LATER), Create(PUBLIC)),
        (row(1), entry(1, stage=Stage.DRAFT), Create(PUBLIC)),
        (row(1, held=held(revision=TWO)), entry(1), Create(PUBLIC)),
    ],
)
def test_an_entry_waits_for_earlier_ones_that_are_due_and_unblocked(
    first: Delivery, first_entry: Entry, second: Step
) -> None:
    rows = [(row(2), entry(2)), (first, first_entry)]
    planned = plan(rows, {TARGET: AT_ONCE}, {}, {}, AT)
    assert [each.entry.seq for each in planned] == [1, 2]
    assert planned[1].step == second


def test_no_entry_waits_for_the_photos_of_another() -> None:
    rows = [(row(1), entry(1)), (row(2), entry(2))]
    lacking = {(EntryId("e1"), TARGET): OWED}
    planned = plan(rows, {TARGET: AT_ONCE}, {}, lacking, AT)
    assert [each.step for each in planned] == [Upload(), Create(PUBLIC)]


def test_other_blogs_and_other_targets_do_not_wait() -> None:
    elsewhere = TargetId("u")
    rows = [
        (row(1), entry(1)),
        (row(2, target=elsewhere), entry(2)),
        (row(3), entry(3, blog=BlogId("c"))),
    ]
    planned = plan(rows, {TARGET: AT_ONCE, elsewhere: AT_ONCE}, {}, {}, AT)
    assert [each.step for each in planned] == [Create(PUBLIC)] * 3


def test_what_has_to_leave_the_public_goes_first() -> None:
    rows = [
        (row(1), entry(1)),
        (
            row(9, wanted=Wanted(revision=ONE, visibility=GONE), held=held()),
            entry(9, stage=Stage.WITHDRAWN),
        ),
    ]
    planned = plan(rows, {TARGET: AT_ONCE}, {}, {}, AT)
    assert [each.step for each in planned] == [Withdraw(GONE), Create(PUBLIC)]


def test_of_a_thousand_queued_entries_one_goes_and_the_others_wait_in_order() -> None:
    rows = [(row(seq), entry(seq)) for seq in range(1000)]
    planned = plan(reversed(rows), {TARGET: AT_ONCE}, {}, {}, AT)
    assert [each.entry.seq for each in planned] == list(range(1000))
    assert planned[0].step == Create(PUBLIC)
    assert {each.step for each in planned[1:]} == {Wait(None, Why.ORDER)}


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_back_off_is_full_jitter_of_at_most_five_minutes(attempts: int, chance: float) -> None:
    seconds = back_off(attempts, chance).total_seconds()
    assert 0 <= seconds <= min(300.0, 2.0 * 2.0 ** min(attempts, 20))
    assert back_off(attempts, 1.0).total_seconds() == min(300.0, 2.0 * 2.0 ** min(attempts, 20))


phases = st.sampled_from(Phase)
visibilities = st.sampled_from(Visibility)
revisions = st.sampled_from([None, ONE, TWO])
times = st.sampled_from([None, NOW - timedelta(seconds=1), SOON, LATER])


@given(
    phase=phases,
    wanted=st.builds(Wanted, revision=revisions, visibility=visibilities, not_before=times),
    seen=st.builds(
        Held, revision=revisions, visibility=visibilities, ref=st.sampled_from(["", "7"])
    ),
    stage=st.sampled_from(Stage),
    approved=revisions,
    not_before=times,
    next_try=times,
    drafts=st.booleans(),
    held_up=st.booleans(),
)
def test_whatever_the_ledger_says_only_what_is_released_becomes_public(
    phase: Phase,
    wanted: Wanted,
    seen: Held,
    stage: Stage,
    approved: RevisionId | None,
    not_before: datetime | None,
    next_try: datetime | None,
    drafts: bool,
    held_up: bool,
) -> None:
    delivery = row(phase=phase, wanted=wanted, held=seen, next_try=next_try)
    of = entry(stage=stage, approved=approved, not_before=not_before)
    situation = Situation(capabilities=Capabilities(drafts=drafts))
    found = next_step(delivery, of, None, situation, AT, held_up=held_up)
    match found:
        case Create(visibility) | Update(visibility) if visibility is PUBLIC:
            assert wanted.revision == approved
            assert stage in (Stage.SCHEDULED, Stage.PUBLISHED)
            assert not_before is None or not_before <= NOW
            assert wanted.not_before is None or wanted.not_before <= NOW
            assert seen.visibility is PUBLIC or not held_up
        case Create(visibility) | Update(visibility):
            assert drafts
            assert visibility is PRIVATE
        case Find():
            assert phase is Phase.IN_DOUBT
        case Withdraw(visibility):
            assert seen.ref
            assert visibility is wanted.visibility
        case Wait(until, _):
            assert until is None or until > NOW
        case Nothing() | Upload():
            pass
    if phase is Phase.IN_DOUBT:
        assert isinstance(found, Find | Wait)

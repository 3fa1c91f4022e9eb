from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from editor.domain.ids import EntryId, RevisionId, TargetId
from editor.problems import Problem
from editor.sync.delivery import Delivery, Held, Op, OpKind, OpState, Phase, Visibility, Wanted
from editor.sync.intent import again, want
from editor.sync.outcome import confirmed, moved, unanswered

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ENTRY, TARGET = EntryId("e"), TargetId("t")
ONE, TWO = RevisionId("r1"), RevisionId("r2")
PUBLIC = Visibility.PUBLIC


def wants(
    delivery: Delivery | None,
    revision: RevisionId | None = ONE,
    visibility: Visibility = PUBLIC,
    **more: Any,
) -> Delivery:
    return want(
        delivery, entry=ENTRY, target=TARGET, revision=revision, visibility=visibility, **more
    )


def shown(revision: RevisionId = ONE, **changes: Any) -> Delivery:
    held = Held(revision=revision, visibility=PUBLIC, ref="7", version="1", digest="d1")
    return replace(
        Delivery(
            entry=ENTRY,
            target=TARGET,
            wanted=Wanted(revision=revision, visibility=PUBLIC),
            held=held,
        ),
        **changes,
    )


def op(**changes: Any) -> Op:
    return replace(
        Op(
            id=1,
            entry=ENTRY,
            target=TARGET,
            kind=OpKind.UPDATE,
            revision=TWO,
            visibility=PUBLIC,
            digest="d2",
            sent=NOW,
            state=OpState.AMBIGUOUS,
        ),
        **changes,
    )


def test_a_new_intent_is_pending_and_forgets_refusals() -> None:
    assert wants(None).phase is Phase.PENDING
    refused = shown(phase=Phase.REFUSED, attempts=3, next_try=NOW, problem=Problem(code="x"))
    row = wants(refused, TWO)
    assert (row.phase, row.attempts, row.next_try, row.problem) == (Phase.PENDING, 0, None, None)
    assert row.held == refused.held


def test_a_new_intent_leaves_doubt_and_conflict_as_they_are() -> None:
    assert wants(shown(phase=Phase.IN_DOUBT), TWO).phase is Phase.IN_DOUBT
    assert wants(shown(phase=Phase.CONFLICT), TWO).phase is Phase.CONFLICT


def test_a_withdrawal_ends_a_conflict() -> None:
    row = wants(shown(phase=Phase.CONFLICT), ONE, Visibility.GONE)
    assert row.phase is Phase.PENDING
    assert not row.settled


def test_ten_edits_made_offline_are_one_request() -> None:
    row = wants(None)
    for number in range(10):
        row = wants(row, RevisionId(f"r{number}"))
    assert row.wanted.revision == "r9"
    assert row.held == Held()


def test_going_back_to_what_is_held_needs_no_request() -> None:
    row = wants(wants(shown(), TWO), ONE)
    assert row.phase is Phase.DONE
    assert row.settled


@pytest.mark.parametrize("visibility", [Visibility.GONE, Visibility.NONE])
def test_what_never_left_needs_no_request_to_be_taken_back(visibility: Visibility) -> None:
    row = wants(wants(None), None, visibility)
    assert row.settled
    assert row.phase is Phase.DONE


def test_a_public_entry_is_never_made_a_draft_by_a_later_submission() -> None:
    assert wants(shown(), TWO, Visibility.DESK) == shown()


def test_retrying_lets_a_refused_delivery_go_and_leaves_doubt() -> None:
    refused = wants(shown(), TWO)
    refused = replace(refused, phase=Phase.REFUSED, attempts=4, next_try=NOW)
    assert again(refused) == wants(shown(), TWO)
    doubtful = replace(refused, phase=Phase.IN_DOUBT)
    assert again(doubtful).phase is Phase.IN_DOUBT
    assert again(doubtful).next_try is None


def test_a_confirmed_request_is_done_unless_something_else_is_wanted_by_now() -> None:
    held = Held(revision=TWO, visibility=PUBLIC, ref="7", version="2", digest="d2")
    row = replace(wants(shown(), TWO), phase=Phase.IN_DOUBT, attempts=2)
    done = confirmed(row, held, op(), NOW, 0.5)
    assert (done.phase, done.attempts, done.held) == (Phase.DONE, 0, held)
    changed = confirmed(replace(row, wanted=shown().wanted), held, op(), NOW, 0.5)
    assert changed.phase is Phase.PENDING


def test_a_target_that_shows_it_to_others_than_asked_is_asked_ever_less_often() -> None:
    pending = Held(revision=TWO, visibility=Visibility.DESK, ref="7", version="2", digest="d2")
    row = confirmed(wants(shown(), TWO), pending, op(), NOW, 1.0)
    assert row.phase is Phase.PENDING
    assert row.next_try is not None
    assert row.problem is not None


def test_doubt_lasts_at_least_as_long_as_a_write_may_take_to_land() -> None:
    from datetime import timedelta

    row = unanswered(wants(None), Problem(code="x"), timedelta(seconds=120), NOW, 1.0)
    assert row.phase is Phase.IN_DOUBT
    assert row.next_try == NOW + timedelta(seconds=120)


def test_an_object_that_moved_is_looked_at_first_and_the_row_remembers() -> None:
    row = moved(wants(shown(), TWO), NOW, 1.0)
    assert row.phase is Phase.IN_DOUBT
    assert row.next_try is None
    assert moved(row, NOW, 1.0).next_try is not None

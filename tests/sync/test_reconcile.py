from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.domain.ids import EntryId, RevisionId, TargetId
from editor.problems import Problem
from editor.sync.backend import Found
from editor.sync.delivery import Delivery, Held, Op, OpKind, OpState, Phase, Visibility, Wanted
from editor.sync.intent import want
from editor.sync.reconcile import SEND_AGAIN, Seen, reconcile

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ENTRY, TARGET = EntryId("e"), TargetId("t")
ONE, TWO = RevisionId("r1"), RevisionId("r2")
PUBLIC, DESK, GONE = Visibility.PUBLIC, Visibility.DESK, Visibility.GONE
OURS = {"d0": RevisionId("r0"), "d1": ONE, "d2": TWO}
SOON, LATER = 1_100.0, 9_000.0


def row(**changes: Any) -> Delivery:
    """In doubt about an update of what is public."""
    known = Held(revision=ONE, visibility=PUBLIC, ref="7", version="1", digest="d1")
    wanted = Wanted(revision=TWO, visibility=PUBLIC)
    made = Delivery(entry=ENTRY, target=TARGET, wanted=wanted, held=known, phase=Phase.IN_DOUBT)
    return replace(made, **changes)


def new(visibility: Visibility = PUBLIC) -> Delivery:
    """In doubt about a creation."""
    made = want(None, entry=ENTRY, target=TARGET, revision=ONE, visibility=visibility)
    return replace(made, phase=Phase.IN_DOUBT)


def op(**changes: Any) -> Op:
    made = Op(
        id=1,
        entry=ENTRY,
        target=TARGET,
        kind=OpKind.UPDATE,
        revision=TWO,
        visibility=PUBLIC,
        digest="d2",
        sent=NOW,
        steady=1_000.0,
        settle=120.0,
        state=OpState.AMBIGUOUS,
    )
    return replace(made, **changes)


CREATED = op(kind=OpKind.CREATE, revision=ONE, digest="d1")


def found(digest: str, visibility: Visibility = PUBLIC) -> Found:
    held = Held(visibility=visibility, ref="7", version="5", digest=digest)
    return Found(held=held, content=Content(body=(Text(text="מפלס הנהר"),)), author="Desk")


def seen(
    row: Delivery, op: Op | None, what: Found | None, steady: float = SOON
) -> tuple[Phase, OpState, bool]:
    result = look(row, op, what, steady)
    return result.row.phase, result.state, result.theirs is not None


def look(row: Delivery, op: Op | None, what: Found | None, steady: float = SOON) -> Seen:
    return reconcile(row, op, what, OURS, steady)


@pytest.mark.parametrize(
    ("what", "phase", "state", "theirs"),
    [
        (found("d2"), Phase.DONE, OpState.CONFIRMED, False),
        (found("d1"), Phase.PENDING, OpState.VOID, False),
        (found("d0"), Phase.PENDING, OpState.VOID, False),
        (found("t2"), Phase.PENDING, OpState.VOID, True),
        (found(""), Phase.PENDING, OpState.VOID, False),
        (found("a stranger's"), Phase.PENDING, OpState.VOID, True),
        (found("d2", GONE), Phase.CONFLICT, OpState.VOID, False),
        (None, Phase.CONFLICT, OpState.VOID, False),
    ],
)
def test_a_look_after_an_update_ends_the_doubt(
    what: Found | None, phase: Phase, state: OpState, theirs: bool
) -> None:
    assert seen(row(), op(), what) == (phase, state, theirs)
    if what is not None:
        assert look(row(), op(), what).row.held.version == "5"


def test_a_look_after_a_creation_finds_nothing_and_it_is_made_anew() -> None:
    result = look(new(), CREATED, None)
    assert (result.row.phase, result.row.held, result.state) == (
        Phase.PENDING,
        Held(),
        OpState.VOID,
    )


def test_a_creation_that_went_into_the_bin_there_is_not_made_anew() -> None:
    assert seen(new(), CREATED, found("d1", GONE))[0] is Phase.CONFLICT


def test_a_look_finds_what_was_withdrawn_meanwhile() -> None:
    withdrawn = want(new(), entry=ENTRY, target=TARGET, revision=ONE, visibility=GONE)
    result = look(withdrawn, CREATED, found("d1"))
    assert (result.row.phase, result.row.held.visibility) == (Phase.PENDING, PUBLIC)
    assert result.state is OpState.SUPERSEDED
    assert look(withdrawn, CREATED, None).row.settled


def test_a_text_of_ours_that_is_older_is_a_late_request_for_as_long_as_one_may_be_late() -> None:
    sent = op(state=OpState.CONFIRMED)
    known = replace(row().held, digest="d2", revision=TWO)
    assert seen(row(held=known), sent, found("d1"), SOON)[2] is False
    assert seen(row(held=known), sent, found("d1"), LATER)[2] is True


def test_after_the_laptop_was_started_again_no_request_is_taken_for_older_than_it_may_be() -> None:
    sent = op(state=OpState.CONFIRMED, steady=90_000.0)
    known = replace(row().held, digest="d2", revision=TWO)
    assert seen(row(held=known), sent, found("d1"), 100.0)[2] is False
    assert seen(row(held=known), sent, found("d1"), 130.0)[2] is True


def test_what_the_desk_published_there_is_theirs_whenever_it_is_found() -> None:
    result = look(new(DESK), replace(CREATED, visibility=DESK), found("d1", PUBLIC))
    assert result.theirs is not None
    assert result.revision == ONE


def test_what_the_desk_took_from_the_public_waits_for_a_person() -> None:
    result = look(row(), None, found("d1", DESK), LATER)
    assert result.row.phase is Phase.CONFLICT
    assert result.row.problem is not None
    assert result.row.problem.code == "remote-unpublished"


def test_a_text_without_its_photos_is_known_as_that() -> None:
    sent = op(digest="t2", text_only=True)
    result = look(row(), sent, found("t2"))
    assert result.state is OpState.CONFIRMED
    assert result.row.held.text_only
    assert not result.row.settled


def test_a_photo_that_the_desk_took_out_is_not_put_back() -> None:
    """Their text is then what we once sent ahead of the photo."""
    known = replace(row().held, digest="d2", revision=TWO)
    sent = op(state=OpState.CONFIRMED)
    result = look(row(held=known), sent, found("t2"))
    assert result.theirs is not None
    assert not result.row.held.text_only


@pytest.mark.parametrize("before", [DESK, PUBLIC])
def test_a_photo_taken_out_before_our_whole_text_was_known_to_be_there_stays_out(
    before: Visibility,
) -> None:
    """The text alone was there, the whole was sent and got no answer, and there is the text alone in a newer version."""
    known = replace(row().held, digest="t2", revision=TWO, text_only=True, visibility=before)
    result = look(row(held=known), op(), found("t2"))
    assert result.theirs is not None
    unchanged = replace(known, version="5", visibility=PUBLIC)
    assert look(row(held=unchanged), op(), found("t2")).theirs is None


def test_what_lies_in_the_bin_is_looked_for_by_its_key_before_it_is_made_anew() -> None:
    """A creation of ours that got no answer may lie beside it."""
    again = row(problem=Problem(code=SEND_AGAIN))
    first = look(again, None, found("d1", GONE), LATER).row
    assert first.phase is Phase.IN_DOUBT
    assert first.held == Held()
    second = look(first, None, found("d1", GONE), LATER).row
    assert second.phase is Phase.PENDING
    assert not second.held.ref
    beside = look(first, None, found("d2"), LATER).row
    assert beside.held.ref
    assert beside.settled


def test_a_submission_takes_nothing_back_that_was_published_meanwhile() -> None:
    meanwhile = replace(row(), wanted=Wanted(revision=RevisionId("r3"), visibility=DESK))
    result = look(meanwhile, op(), found("d2"))
    assert result.state is OpState.CONFIRMED
    assert result.row.wanted == Wanted(revision=TWO, visibility=PUBLIC)
    assert result.row.settled


@pytest.mark.parametrize("there", [None, GONE])
def test_what_we_took_back_ourselves_is_not_taken_for_the_desks_doing(
    there: Visibility | None,
) -> None:
    """A submission is recalled, the answer to that is lost, and the entry is published after all."""
    withdrawn = op(kind=OpKind.WITHDRAW, visibility=Visibility.NONE, revision=None, digest="")
    known = replace(row().held, visibility=DESK)
    result = look(row(held=known), withdrawn, found("d1", there) if there else None)
    assert result.row.phase is Phase.PENDING
    assert not result.row.held.ref
    assert result.state is OpState.CONFIRMED
    answered = look(row(held=known), replace(withdrawn, state=OpState.CONFIRMED), None, LATER)
    assert answered.row.phase is Phase.CONFLICT

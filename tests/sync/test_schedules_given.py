"""Schedules that a target holds itself: what is planned, and what a look at the target means."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from editor.domain.entry import Stage
from editor.sync.backend import Capabilities, Found, Listed
from editor.sync.delivery import OpState, Owed, Phase, Visibility
from editor.sync.plan import Create, Situation, Step, Update, Wait, Why, next_step
from editor.sync.reconcile import reconcile
from tests.sync.test_plan import AT, LATER, NOW, ONE, TWO, entry, held, op, row

HOLDS = Situation(capabilities=Capabilities(drafts=True, holds=True))
DESK, PUBLIC = Visibility.DESK, Visibility.PUBLIC
SCHEDULED = entry(stage=Stage.SCHEDULED, not_before=LATER)
GIVEN = replace(held(DESK), due=LATER.replace(microsecond=0))


def step(situation: Situation = HOLDS, *, owed: Owed | None = None, **changes: Any) -> Step:
    return next_step(row(**changes), SCHEDULED, None, situation, AT, owed=owed)


def test_a_schedule_is_given_to_a_target_that_holds_it_and_then_waits() -> None:
    assert step() == Create(DESK)
    assert step(held=GIVEN) == Wait(LATER, Why.EMBARGO)


def test_another_text_or_another_time_is_given_anew() -> None:
    assert step(held=replace(GIVEN, revision=TWO)) == Update(DESK)
    assert step(held=replace(GIVEN, due=LATER + timedelta(seconds=1))) == Update(DESK)
    assert step(held=held(DESK)) == Update(DESK)


def test_a_schedule_stays_here_where_nobody_asked_for_it_to_be_given() -> None:
    assert step(Situation(capabilities=Capabilities(drafts=True))) == Wait(LATER, Why.EMBARGO)


def test_a_schedule_with_photos_to_come_stays_here() -> None:
    owed = Owed(bytes=1, readable=True)
    assert step(owed=owed) == Wait(LATER, Why.EMBARGO)


def test_a_schedule_is_not_given_while_the_host_asks_for_time() -> None:
    closed = Situation(capabilities=HOLDS.capabilities, closed_until=NOW + timedelta(seconds=5))
    assert step(closed) == Wait(LATER, Why.EMBARGO)


def test_a_target_that_published_in_time_is_done_and_no_late_request() -> None:
    waiting = row(held=GIVEN, phase=Phase.IN_DOUBT)
    found = Found(held=replace(held(PUBLIC), version="2"))
    last = op(state=OpState.CONFIRMED, visibility=DESK, digest="d", steady=AT.steady)
    seen = reconcile(waiting, last, found, {"d": ONE}, AT.steady)
    assert (seen.row.phase, seen.late, seen.theirs) == (Phase.DONE, False, None)


def test_a_short_list_tells_a_version_by_its_beginning() -> None:
    known = replace(held(), version="20261122.publish.7.2")
    listed = Listed(ref="7", entry=row().entry, version="20261122.publish", visibility=PUBLIC)
    assert not listed.is_as(known)
    short = Listed(
        ref="7", entry=row().entry, version="20261122.publish", visibility=PUBLIC, whole=False
    )
    assert short.is_as(known)
    assert not short.is_as(replace(known, version="20261123.publish.8.3"))

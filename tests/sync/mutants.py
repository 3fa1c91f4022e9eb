"""Defences of the engine, each switched off in turn: a suite that does not notice would prove nothing.

Each mutant patches one thing. Where it can only be seen, and by which invariants, stands in ``MUTANTS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import replace as but
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from editor.domain import stages
from editor.problems import Problem
from editor.sync import engine as engine_module
from editor.sync import incoming as incoming_module
from editor.sync import plan as plan_module
from editor.sync import pull as pull_module
from editor.sync import reconcile as reconcile_module
from editor.sync import request as request_module
from editor.sync import settling as settling_module
from editor.sync.backend import NotApplied, Unanswered
from editor.sync.delivery import Delivery, Dispatch, Held, OpState, Phase
from editor.sync.dispatch import assemble
from editor.sync.engine import Engine
from editor.sync.intent import OFF, due_of
from editor.sync.ledger import Ledger
from editor.sync.media_sweep import MediaSweep
from editor.sync.plan import Situation, Upload, next_step
from editor.sync.pull import Pull
from editor.sync.request import Requests
from editor.sync.settling import Settling
from editor.sync.targets import Targets
from tests.sync.books import DictTransaction
from tests.sync.world import FlakyBackend, Shelf, World, live
from tests.sync.world.life import bring_back, overtake, take_back

Patch = pytest.MonkeyPatch


def no_look_up_after_a_crash(patch: Patch) -> None:
    def recover(self: Engine) -> None:
        with self.store.write("sync") as tx:
            for op in tx.ops_in_flight():
                tx.settle_op(op.id, OpState.VOID)
                row = tx.delivery(op.entry, op.target)
                assert row is not None
                tx.put_delivery(replace(row, phase=Phase.PENDING))

    patch.setattr(Engine, "recover", recover)


def resend_on_timeout(patch: Patch) -> None:
    failed = Settling.failed

    def taken_as_not_applied(
        self: Settling, entry: Any, target: Any, op: Any, error: Exception, *rest: Any, **more: Any
    ) -> Any:
        if isinstance(error, Unanswered):
            error = NotApplied(error.problem, retry_after=error.retry_after)
        return failed(self, entry, target, op, error, *rest, **more)

    patch.setattr(Settling, "failed", taken_as_not_applied)


def no_write_ahead_row(patch: Patch) -> None:
    write_ahead = Requests.write_ahead

    def unwritten(self: Requests, tx: Ledger, backend: Any, row: Delivery, *rest: Any) -> Any:
        begun = write_ahead(self, tx, backend, row, *rest)
        tx.settle_op(begun.op.id, OpState.VOID)
        tx.put_delivery(row)
        return begun

    patch.setattr(Requests, "write_ahead", unwritten)


def server_errors_taken_as_not_applied(patch: Patch) -> None:
    init = World.__init__

    def with_trust(self: World, *args: Any, **options: Any) -> None:
        init(self, *args, **options)
        self.gateway_timeout = lambda: NotApplied(Problem(code="504"))

    patch.setattr(World, "__init__", with_trust)


def order_gate_off(patch: Patch) -> None:
    patch.setattr(engine_module, "holds_up", lambda *_: False)
    patch.setattr(plan_module, "holds_up", lambda *_: False)


def media_gate_off(patch: Patch) -> None:
    patch.setattr(DictTransaction, "owed", lambda *_: {})


def head_instead_of_approved(patch: Patch) -> None:
    def newest(tx: Ledger, backend: Any, row: Delivery, *rest: Any, **more: Any) -> Dispatch:
        row = replace(row, wanted=replace(row.wanted, revision=tx.entry(row.entry).head))
        return assemble(tx, backend, row, *rest, **more)

    patch.setattr(request_module, "assemble", newest)


def merge_keeps_approval(patch: Patch) -> None:
    came_back = stages.came_back
    put = incoming_module._accepted

    def trusting(entry: Any, theirs: Any, at: datetime, **more: Any) -> Any:
        after = came_back(entry, theirs, at, **more)
        return replace(after, approved=after.head) if more["public"] else after

    def and_wanted(row: Delivery, theirs: Any) -> Delivery:
        row = put(row, theirs)
        row = replace(row, wanted=replace(row.wanted, revision=trusted[-1] if trusted else theirs))
        return replace(row, phase=Phase.PENDING)

    trusted: list[Any] = []

    def remembered(entry: Any, theirs: Any, at: datetime, **more: Any) -> Any:
        after = trusting(entry, theirs, at, **more)
        trusted.append(after.head)
        return after

    patch.setattr(incoming_module, "came_back", remembered)
    patch.setattr(incoming_module, "_accepted", and_wanted)


def local_silently_wins(patch: Patch) -> None:
    def deaf(tx: Any, ids: Any, before: Delivery, op: Any, seen: Any, now: datetime) -> Delivery:
        return seen.row  # type: ignore[no-any-return]

    patch.setattr(settling_module, "bring_in", deaf)


def bound_without_a_look_at_the_text(patch: Patch) -> None:
    def certain(row: Delivery, op: Any, held: Held, ours: Any) -> Any:
        revision = op.revision if op is not None else row.held.revision
        chosen = revision or row.wanted.revision
        return None if chosen is None else reconcile_module.Ours(chosen)

    patch.setattr(reconcile_module, "_whose", certain)


def remote_bin_ignored(patch: Patch) -> None:
    def still_wanted(row: Delivery, op: Any, held: Held | None) -> Any:
        found = held if held is not None else Held()
        return reconcile_module.Seen(reconcile_module._bound(row, found), OpState.VOID)

    patch.setattr(reconcile_module, "_gone", still_wanted)


def replaced_texts_not_kept(patch: Patch) -> None:
    patch.setattr(Requests, "_replaced", lambda *_: ())


def no_reading_before_writing(patch: Patch) -> None:
    patch.setattr(Requests, "_must_read", lambda *_: False)


def wipe_guard_off(patch: Patch) -> None:
    patch.setattr(pull_module, "MANY", 10**6)


def late_requests_taken_for_the_desks_choice(patch: Patch) -> None:
    patch.setattr(reconcile_module, "_may_be_late", lambda *_: False)


def the_desks_choice_taken_for_a_late_request(patch: Patch) -> None:
    patch.setattr(reconcile_module, "_may_be_late", lambda *_: True)
    patch.setattr(incoming_module, "_tell", lambda *_: None)


def no_sweep(patch: Patch) -> None:
    patch.setattr(Pull, "_is_stray", lambda *_: False)


def pull_ignores_retry_after(patch: Patch) -> None:
    _situation_in_pull(patch, lambda situation: but(situation, closed_until=None))


def pull_ignores_the_pause(patch: Patch) -> None:
    ready = Situation().account
    _situation_in_pull(patch, lambda situation: but(situation, account=ready))


def _situation_in_pull(patch: Patch, change: Callable[[Situation], Situation]) -> None:
    ask = Pull._pull
    situation = Targets.situation

    def careless(self: Pull, target: Any) -> Any:
        def changed(targets: Targets, *given: Any) -> Situation:
            return change(situation(targets, *given))

        with patch.context() as within:
            within.setattr(Targets, "situation", changed)
            return ask(self, target)

    patch.setattr(Pull, "_pull", careless)


def no_settle_wait(patch: Patch) -> None:
    init = FlakyBackend.__init__

    def impatient(self: FlakyBackend, *args: Any) -> None:
        init(self, *args)
        self.capabilities = but(self.capabilities, settle=timedelta())

    patch.setattr(FlakyBackend, "__init__", impatient)


def settled_by_the_wall_clock(patch: Patch) -> None:
    clocks: list[Any] = []
    init = World.__init__

    def remembered(self: World, *args: Any, **options: Any) -> None:
        init(self, *args, **options)
        clocks.append(self.clock)

    def by_the_wall(op: Any, steady: float) -> float:
        gone: float = (clocks[-1].now() - op.sent).total_seconds()
        settle: float = op.settle
        return max(0.0, settle - gone)

    patch.setattr(World, "__init__", remembered)
    for module in (plan_module, pull_module, reconcile_module):
        patch.setattr(module, "landing_for", by_the_wall)


def retry_after_ignored(patch: Patch) -> None:
    patch.setattr(Targets, "hold_off", lambda *_: None)


def sign_in_ignored(patch: Patch) -> None:
    refused = Targets.refused

    def stubborn(self: Targets, tx: Ledger, target: Any, error: NotApplied, now: Any) -> bool:
        return not error.sign_in and refused(self, tx, target, error, now)

    patch.setattr(Targets, "refused", stubborn)


def a_failed_look_up_ends_the_doubt(patch: Patch) -> None:
    failed = Settling.failed

    def forgetful(
        self: Settling, entry: Any, target: Any, op: Any, error: Exception, *rest: Any, **more: Any
    ) -> Any:
        result = failed(self, entry, target, op, error, *rest, **more)
        if op is None:
            with self._store.write("sync") as tx:
                row = tx.delivery(entry, target)
                assert row is not None
                if row.phase is Phase.IN_DOUBT:
                    tx.put_delivery(replace(row, phase=Phase.PENDING))
        return result

    patch.setattr(Settling, "failed", forgetful)


def confirmed_and_bound_apart(patch: Patch) -> None:
    settle = Settling._settle
    flush = Settling.flush

    def in_two(self: Settling, tx: Ledger, landed: Any) -> None:
        # the phase is committed with the request, the object's id only afterwards
        settle(self, tx, landed)
        after = tx.delivery(landed.op.entry, landed.op.target)
        assert after is not None
        tx.put_delivery(replace(after, held=Held(), phase=Phase.PENDING))
        unbound.append(after)

    def then_bound(self: Requests, *args: Any, **options: Any) -> Any:
        found = step(self, *args, **options)
        flush(self._ledger)
        while unbound:
            late = unbound.pop()
            with self._store.write("sync") as tx:
                fresh = tx.delivery(late.entry, late.target)
                assert fresh is not None
                tx.put_delivery(replace(late, wanted=fresh.wanted))
        return found

    unbound: list[Delivery] = []
    step = Requests.step
    init = Engine.__init__

    def forgotten(self: Engine, *args: Any, **options: Any) -> None:
        unbound.clear()
        init(self, *args, **options)

    patch.setattr(Engine, "__init__", forgotten)
    patch.setattr(Settling, "_settle", in_two)
    patch.setattr(Requests, "step", then_bound)


def embargo_ignored(patch: Patch) -> None:
    def hasty(row: Delivery, entry: Any, *rest: Any, **options: Any) -> Any:
        row = replace(row, wanted=replace(row.wanted, not_before=None))
        return next_step(row, replace(entry, not_before=None), *rest, **options)

    patch.setattr(request_module, "next_step", hasty)
    patch.setattr(plan_module, "next_step", hasty)


def embargo_by_the_laptops_clock(patch: Patch) -> None:
    patch.setattr(plan_module, "_embargo", lambda row, entry, *_: due_of(row, entry))


def withdrawal_forgotten(patch: Patch) -> None:
    def kept(self: Any, dispatch: Dispatch, held: Held) -> Held:
        return replace(held, visibility=dispatch.visibility)

    patch.setattr(FlakyBackend, "withdraw", kept)


def text_taken_for_the_whole(patch: Patch) -> None:
    def settled(self: Delivery) -> bool:
        wanted, held = self.wanted, self.held
        same = (wanted.revision, wanted.visibility) == (held.revision, held.visibility)
        return self.phase is not Phase.IN_DOUBT and same

    patch.setattr(Delivery, "settled", property(settled))


def photos_before_texts(patch: Patch) -> None:
    walk = Engine._walk

    def photos_first(self: Engine) -> None:
        for each in self.planned():
            if isinstance(each.step, Upload):
                self._send_photos(each)
        walk(self)

    patch.setattr(Engine, "_walk", photos_first)


def unused_photos_stay(patch: Patch) -> None:
    patch.setattr(MediaSweep, "owed", lambda self: ())


def no_doubt_about_photos(patch: Patch) -> None:
    # they are forgotten when they are about to be taken away, and not known while they are sent
    patch.setattr(DictTransaction, "doubt_media_at", DictTransaction.forget_media_at)


def photos_held_until_they_are_gone(patch: Patch) -> None:
    def unless_held(self: DictTransaction, target: Any, rendition: str) -> None:
        self.tables.media_at.setdefault((target, rendition), False)

    patch.setattr(DictTransaction, "doubt_media_at", unless_held)


def photos_of_requests_in_doubt_swept(patch: Patch) -> None:
    may_show = DictTransaction._may_show

    def certain(self: DictTransaction, row: Delivery, revision: Any) -> bool:
        with patch.context() as within:
            within.setattr(DictTransaction, "last_op", lambda *_: None)
            return may_show(self, row, revision)

    patch.setattr(DictTransaction, "_may_show", certain)


def photos_that_the_desk_brought_back_forgotten(patch: Patch) -> None:
    patch.setattr(incoming_module, "_doubt_photos", lambda *_: None)


def own_withdrawal_taken_for_the_desks(patch: Patch) -> None:
    gone = reconcile_module._gone

    def theirs(row: Delivery, op: Any, held: Held | None) -> Any:
        wanted_again = row.wanted.visibility not in OFF
        return gone(row, None if wanted_again else op, held)

    patch.setattr(reconcile_module, "_gone", theirs)


@dataclass(frozen=True)
class Caught:
    """By which invariants, with which systems and in which lives: a defence is only missed where it is needed."""

    by: str
    systems: tuple[str, ...] = ("public at once", "two-phase")
    life: Callable[[int, str, Shelf], World] = live


IMPATIENT = ("settles too soon, public at once", "settles too soon")
NO_HISTORY = ("two-phase without history",)

MUTANTS: Mapping[Callable[[Patch], None], Caught] = {
    no_look_up_after_a_crash: Caught("D1|D2|O3"),
    resend_on_timeout: Caught("D1|D2|O3"),
    no_write_ahead_row: Caught("D1|D2|O3"),
    server_errors_taken_as_not_applied: Caught("D1|D2|O3"),
    no_settle_wait: Caught("D1|D2|O3"),
    settled_by_the_wall_clock: Caught("D1|D2|O3"),
    a_failed_look_up_ends_the_doubt: Caught("D1|D2|O3"),
    confirmed_and_bound_apart: Caught("D1|D2|O3"),
    no_sweep: Caught("D2|C1", IMPATIENT),
    order_gate_off: Caught("O1"),
    photos_before_texts: Caught("O1"),
    media_gate_off: Caught("M1"),
    text_taken_for_the_whole: Caught("C1|O2", ("slow way", "two-phase")),
    head_instead_of_approved: Caught("A1|A2"),
    merge_keeps_approval: Caught("A2"),
    embargo_ignored: Caught("A3"),
    embargo_by_the_laptops_clock: Caught("A3"),
    local_silently_wins: Caught("N3"),
    bound_without_a_look_at_the_text: Caught("N3|O2|C1"),
    replaced_texts_not_kept: Caught("N3"),
    no_reading_before_writing: Caught("N3", NO_HISTORY),
    late_requests_taken_for_the_desks_choice: Caught("O2", IMPATIENT, overtake),
    the_desks_choice_taken_for_a_late_request: Caught("N3"),
    remote_bin_ignored: Caught("T2|W1"),
    wipe_guard_off: Caught("W1"),
    withdrawal_forgotten: Caught("T1"),
    retry_after_ignored: Caught("G1"),
    pull_ignores_retry_after: Caught("G1"),
    sign_in_ignored: Caught("G2"),
    pull_ignores_the_pause: Caught("G2"),
    unused_photos_stay: Caught("M2"),
    no_doubt_about_photos: Caught("M2"),
    photos_held_until_they_are_gone: Caught("M1"),
    photos_of_requests_in_doubt_swept: Caught("M1"),
    own_withdrawal_taken_for_the_desks: Caught("T2", ("two-phase",), take_back),
    photos_that_the_desk_brought_back_forgotten: Caught("M1", life=bring_back),
}

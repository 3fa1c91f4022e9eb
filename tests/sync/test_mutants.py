"""The tests are tested: with one defence switched off, the seeds have to find a violation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from editor.problems import Problem
from editor.sync import engine as engine_module
from editor.sync import plan as plan_module
from editor.sync import request as request_module
from editor.sync.backend import NotApplied, Unanswered
from editor.sync.delivery import Delivery, Dispatch, Held, Op, OpState, Phase
from editor.sync.dispatch import assemble
from editor.sync.engine import Engine
from editor.sync.ledger import Ledger
from editor.sync.media_sweep import MediaSweep
from editor.sync.plan import next_step
from editor.sync.request import Requests
from editor.sync.targets import Targets
from tests.sync.books import DictTransaction
from tests.sync.world import FlakyBackend, Shelf, Violation, World, run

Patch = pytest.MonkeyPatch
SEEDS = 150


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
    failed = Requests._failed

    def taken_as_not_applied(
        self: Requests, entry: Any, target: Any, op: Any, error: Exception, *rest: Any
    ) -> bool:
        if isinstance(error, Unanswered):
            error = NotApplied(error.problem)
        return failed(self, entry, target, op, error, *rest)

    patch.setattr(Requests, "_failed", taken_as_not_applied)


def no_write_ahead_row(patch: Patch) -> None:
    begin = Requests._begin

    def unwritten(self: Requests, tx: Ledger, row: Delivery, *rest: Any) -> Op:
        op = begin(self, tx, row, *rest)
        tx.settle_op(op.id, OpState.VOID)
        tx.put_delivery(row)
        return op

    patch.setattr(Requests, "_begin", unwritten)


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
    patch.setattr(Requests, "_missing", lambda *_: [])


def head_instead_of_approved(patch: Patch) -> None:

    def newest(tx: Ledger, backend: Any, row: Delivery, *rest: Any) -> Dispatch:
        head = tx.entry(row.entry).head
        return assemble(tx, backend, replace(row, wanted=replace(row.wanted, revision=head)), *rest)

    patch.setattr(request_module, "assemble", newest)


def no_settle_wait(patch: Patch) -> None:
    init = FlakyBackend.__init__

    def impatient(self: FlakyBackend, *args: Any) -> None:
        from dataclasses import replace as but

        init(self, *args)
        self.capabilities = but(self.capabilities, settle=timedelta())

    patch.setattr(FlakyBackend, "__init__", impatient)


def retry_after_ignored(patch: Patch) -> None:
    refused = Targets.refused

    def deaf(self: Targets, tx: Ledger, target: Any, error: NotApplied, now: Any) -> bool:
        return error.retry_after is None and refused(self, tx, target, error, now)

    patch.setattr(Targets, "refused", deaf)


def sign_in_ignored(patch: Patch) -> None:
    refused = Targets.refused

    def stubborn(self: Targets, tx: Ledger, target: Any, error: NotApplied, now: Any) -> bool:
        return not error.sign_in and refused(self, tx, target, error, now)

    patch.setattr(Targets, "refused", stubborn)


def a_failed_look_up_ends_the_doubt(patch: Patch) -> None:
    failed = Requests._failed

    def forgetful(
        self: Requests, entry: Any, target: Any, op: Any, error: Exception, *rest: Any
    ) -> bool:
        result = failed(self, entry, target, op, error, *rest)
        if op is None:
            with self._store.write("sync") as tx:
                row = tx.delivery(entry, target)
                assert row is not None
                if row.phase is Phase.IN_DOUBT:
                    tx.put_delivery(replace(row, phase=Phase.PENDING))
        return result

    patch.setattr(Requests, "_failed", forgetful)


def confirmed_and_bound_apart(patch: Patch) -> None:
    keep = Requests._keep

    def in_two(self: Requests, tx: Any, before: Delivery, after: Delivery, sent: Any) -> None:
        # the phase is committed with the request, the object's id only afterwards
        keep(self, tx, before, replace(after, held=before.held, phase=Phase.PENDING), sent)
        self.unbound = (before, after, sent)  # type: ignore[attr-defined]

    step = Requests.step

    def then_bound(self: Requests, *args: Any, **options: Any) -> bool:
        self.unbound = None  # type: ignore[attr-defined]
        more = step(self, *args, **options)
        if self.unbound is not None:  # type: ignore[attr-defined]
            before, after, sent = self.unbound  # type: ignore[attr-defined]
            with self._store.write("sync") as tx:
                fresh = tx.delivery(after.entry, after.target)
                assert fresh is not None
                keep(self, tx, before, replace(after, wanted=fresh.wanted), sent)
        return more

    patch.setattr(Requests, "_keep", in_two)
    patch.setattr(Requests, "step", then_bound)


def embargo_ignored(patch: Patch) -> None:

    def hasty(row: Delivery, entry: Any, *rest: Any, **options: Any) -> Any:
        row = replace(row, wanted=replace(row.wanted, not_before=None))
        return next_step(row, replace(entry, not_before=None), *rest, **options)

    patch.setattr(request_module, "next_step", hasty)
    patch.setattr(plan_module, "next_step", hasty)


def withdrawal_forgotten(patch: Patch) -> None:
    def kept(self: Any, dispatch: Dispatch, held: Held) -> Held:
        return replace(held, visibility=dispatch.visibility)

    patch.setattr(FlakyBackend, "withdraw", kept)


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


MUTANTS: dict[Callable[[Patch], None], str] = {
    no_look_up_after_a_crash: "D1|O3",
    resend_on_timeout: "D1|O3",
    no_write_ahead_row: "D1|O3",
    server_errors_taken_as_not_applied: "D1|O3",
    order_gate_off: "O1",
    media_gate_off: "M1",
    head_instead_of_approved: "A1",
    no_settle_wait: "D1|O3",
    retry_after_ignored: "G1",
    sign_in_ignored: "G2",
    a_failed_look_up_ends_the_doubt: "D1|O3",
    confirmed_and_bound_apart: "D1",
    embargo_ignored: "A3",
    withdrawal_forgotten: "T1",
    unused_photos_stay: "M2",
    no_doubt_about_photos: "M2",
    photos_held_until_they_are_gone: "M1",
    photos_of_requests_in_doubt_swept: "M1",
}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_seeds_find_what_goes_wrong_without_one_defence(
    mutant: Callable[[Patch], None], shelf: Shelf, monkeypatch: Patch
) -> None:
    mutant(monkeypatch)
    with pytest.raises(Violation, match=f"^({MUTANTS[mutant]}) "):
        for seed in range(SEEDS):
            for drafts in (False, True):
                run(World(seed, shelf, drafts=drafts, versions=False))

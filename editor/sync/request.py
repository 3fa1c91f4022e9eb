"""One request for one entry: derived from what is wanted now, committed before it leaves, settled in one transaction.

Whatever the answer, or none, the ledger's row is left in the state from which the planner goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from editor.domain.entry import Entry
from editor.domain.ids import EntryId, TargetId
from editor.domain.stages import went_public
from editor.problems import Problem
from editor.sync import outcome
from editor.sync.backend import Backend, Moved, NotApplied, Rejected, Unanswered
from editor.sync.covers import STALE
from editor.sync.delivery import (
    Delivery,
    Dispatch,
    MediaFile,
    Op,
    OpKind,
    OpState,
    Phase,
    Visibility,
)
from editor.sync.dispatch import assemble, photo_missing
from editor.sync.ledger import ORIGIN, Books, Files, Ledger, Now
from editor.sync.plan import (
    UNEXPECTED,
    Create,
    Find,
    Nothing,
    Step,
    Update,
    Wait,
    Withdraw,
    next_step,
)
from editor.sync.report import Sending
from editor.sync.targets import Targets

FAILURES = (NotApplied, Unanswered, Rejected, Moved)
KINDS = {Create: OpKind.CREATE, Update: OpKind.UPDATE, Withdraw: OpKind.WITHDRAW}


class Requests:
    """Makes requests, one at a time. ``confirmed`` counts those that were."""

    def __init__(
        self,
        store: Books,
        shelf: Files,
        targets: Targets,
        clock: Now,
        chance: Callable[[], float],
        tell: Callable[[Sending | None], None],
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._targets = targets
        self._clock = clock
        self._chance = chance
        self._tell = tell
        self.confirmed = 0

    def step(self, entry: EntryId, target: TargetId, *, held_up: bool) -> bool:
        """Makes the next request for one entry at one target; whether another may follow at once."""
        try:
            backend = self._targets.backend(target)
        except FAILURES as error:
            self._failed(entry, target, None, error)
            return False
        with self._store.read() as tx:
            row = tx.delivery(entry, target)
            if row is None:
                return False
            about = tx.entry(entry)
            step = self._derive(tx, row, about, held_up)
        match step:
            case Nothing() | Wait():
                return False
            case Find():
                return self._look(backend, row)
            case Create() | Update() | Withdraw():
                return self._send(backend, row, about, step)

    def _derive(self, tx: Ledger, row: Delivery, about: Entry, held_up: bool) -> Step:
        return next_step(
            row,
            about,
            tx.last_op(row.entry, row.target) if row.phase is Phase.IN_DOUBT else None,
            self._targets.situation(tx, row.target),
            self._clock.now(),
            held_up=held_up,
        )

    def _send(
        self, backend: Backend, row: Delivery, about: Entry, step: Create | Update | Withdraw
    ) -> bool:
        """Media first, one file at a time; then the entry.

        Begin is committed before the request leaves, and only if nothing changed since the step was derived. Settle is
        one transaction.
        """
        op: Op | None = None
        now = self._clock.now()
        try:
            with self._store.read() as tx:
                dispatch = assemble(tx, backend, row, step.visibility, now)
                missing = self._missing(tx, row, dispatch)
            if missing:
                self._send_media(backend, row, dispatch, missing)
                return True
            with self._store.write(ORIGIN) as tx:
                if tx.delivery(row.entry, row.target) != row or tx.entry(row.entry) != about:
                    return True
                op = self._begin(tx, row, step, dispatch, now, backend.capabilities.settle)
            self._tell(Sending(entry=row.entry, target=row.target))
            match step:
                case Create() | Update():
                    held = backend.put(dispatch, row.held)
                case Withdraw():
                    held = backend.withdraw(dispatch, row.held)
        except FAILURES as error:
            return self._failed(row.entry, row.target, op, error, backend)
        with self._store.write(ORIGIN) as tx:
            self._targets.answered(row.target)
            before = tx.delivery(row.entry, row.target) or row
            tx.settle_op(op.id, OpState.CONFIRMED)
            after = outcome.confirmed(before, held, op, self._clock.now(), self._chance())
            self._keep(tx, before, after, op.sent)
        self.confirmed += 1
        return True

    def _begin(
        self,
        tx: Ledger,
        row: Delivery,
        step: Create | Update | Withdraw,
        dispatch: Dispatch,
        now: datetime,
        settle: timedelta,
    ) -> Op:
        """The write-ahead row. From its commit on, the request may have had its effect."""
        kept = isinstance(step, Create | Update)
        tx.put_delivery(replace(row, phase=Phase.IN_DOUBT, next_try=None))
        return tx.add_op(
            Op(
                id=0,
                entry=row.entry,
                target=row.target,
                kind=KINDS[type(step)],
                revision=dispatch.revision if kept else row.wanted.revision,
                visibility=step.visibility,
                digest=dispatch.digest,
                sent=now,
                settle_until=self._clock.now() + settle,
            )
        )

    def _missing(self, tx: Ledger, row: Delivery, dispatch: Dispatch) -> list[MediaFile]:
        return [file for file in dispatch.media if not tx.media_at(row.target, file.id)]

    def _send_media(
        self, backend: Backend, row: Delivery, dispatch: Dispatch, missing: list[MediaFile]
    ) -> None:
        """The next rendition. The same name is the same file, so that a lost reply does no harm.

        That it may lie at the target is committed before it leaves, so that it is not forgotten there (``media_sweep``).
        """
        file = missing[0]
        total = sum(each.size for each in dispatch.media)
        done = total - sum(each.size for each in missing)
        self._tell(Sending(entry=row.entry, target=row.target, done=done, bytes=total))
        path = self._shelf.rendition(file.id)
        if not path.is_file():
            raise Rejected(photo_missing("body", file.asset))
        with self._store.write(ORIGIN) as tx:
            if tx.delivery(row.entry, row.target) != row:
                return
            tx.doubt_media_at(row.target, file.id)
        backend.put_media(file, path)
        with self._store.write(ORIGIN) as tx:
            self._targets.answered(row.target)
            tx.put_media_at(row.target, file.id)

    def _look(self, backend: Backend, row: Delivery) -> bool:
        """What became of the last request."""
        try:
            found = backend.find(row.entry)
        except FAILURES as error:
            return self._failed(row.entry, row.target, None, error, backend)
        with self._store.write(ORIGIN) as tx:
            self._targets.answered(row.target)
            before = tx.delivery(row.entry, row.target) or row
            op = tx.last_op(row.entry, row.target)
            open_op = op if op is not None and op.state is OpState.AMBIGUOUS else None
            ours = {each.digest: each.id for each in tx.revisions(row.entry)}
            after, state = outcome.looked(before, op, found, ours)
            if open_op is not None:
                tx.settle_op(open_op.id, state)
            self._keep(tx, before, after, op.sent if op is not None else self._clock.now())
        return True

    def _keep(self, tx: Ledger, before: Delivery, after: Delivery, sent: datetime) -> None:
        """Writes the row, and what follows from it: the first time readers see an entry, it is published."""
        tx.put_delivery(after)
        public = Visibility.PUBLIC
        if after.held.visibility is not public or before.held.visibility is public:
            return
        entry = tx.entry(after.entry)
        stamped = went_public(entry, sent)
        if stamped != entry:
            tx.put_entry(stamped)
        target = tx.target(after.target)
        if not target.cover:
            tx.put_target(replace(target, cover=STALE))
        tx.audit(sent, "public", entry.id, after.target)

    def _failed(
        self,
        entry: EntryId,
        target: TargetId,
        op: Op | None,
        error: Exception,
        backend: Backend | None = None,
    ) -> bool:
        """The row after a request that was not confirmed; whether another may follow at once."""
        now, chance = self._clock.now(), self._chance()
        with self._store.write(ORIGIN) as tx:
            row = tx.delivery(entry, target)
            if row is None:
                return False
            looking = op is None and row.phase is Phase.IN_DOUBT
            if not looking:
                row = replace(row, phase=Phase.PENDING)
            match error:
                case NotApplied():
                    state = OpState.VOID
                    host_wide = self._targets.refused(tx, target, error, now)
                    if host_wide:
                        row = outcome.paused(row, error.problem)
                    else:
                        row = outcome.not_applied(row, error.problem, now, chance)
                case Unanswered() if op is not None and backend is not None:
                    state = OpState.AMBIGUOUS
                    settle = backend.capabilities.settle
                    row = outcome.unanswered(row, error.problem, settle, now, chance)
                case Moved() if op is not None:
                    state = OpState.VOID
                    row = outcome.moved(row, now, chance)
                case Rejected() if not looking:
                    state = OpState.PERMANENT
                    row = outcome.refused(row, error.problem)
                case _:
                    # looking failed, or a photo did: neither leaves a doubt that was not there before
                    state = OpState.VOID
                    problem = getattr(error, "problem", Problem(code="look-failed"))
                    row = outcome.not_applied(row, problem, now, chance)
            if op is not None:
                tx.settle_op(op.id, state, type(error).__name__)
            tx.put_delivery(row)
        return isinstance(error, Moved | Unanswered)

    def stumbled(self, entry: EntryId, target: TargetId) -> None:
        """A mistake of ours: what left may have had its effect. Tried again later; nobody waits for this entry."""
        with self._store.write(ORIGIN) as tx:
            row = tx.delivery(entry, target)
            if row is None:
                return
            op = tx.last_op(entry, target)
            if op is not None and op.state is OpState.IN_FLIGHT:
                tx.settle_op(op.id, OpState.AMBIGUOUS, "mistake")
            problem = Problem(code=UNEXPECTED)
            tx.put_delivery(outcome.not_applied(row, problem, self._clock.now(), self._chance()))

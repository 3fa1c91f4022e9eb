"""What answers, and their absence, come to in the ledger: each in one transaction, with its line in the delivery log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec.structs import replace

from editor.domain.entry import Entry
from editor.domain.ids import EntryId, TargetId
from editor.domain.stages import went_public
from editor.problems import Problem
from editor.sync import outcome
from editor.sync.backend import Answer, Found, Moved, NotApplied, Rejected, Unanswered
from editor.sync.covers import STALE
from editor.sync.delivery import Delivery, Held, Op, OpKind, OpState, Phase, Visibility
from editor.sync.incoming import bring_in, keep_replaced, rescheduled, send_back
from editor.sync.ledger import ORIGIN, Books, Fresh, Ledger, Now
from editor.sync.plan import UNEXPECTED, Find, Nothing, Step
from editor.sync.reconcile import reconcile
from editor.sync.records import Act, LogLine, Notice
from editor.sync.targets import Targets

FAILURES = (NotApplied, Unanswered, Rejected, Moved)


@dataclass(frozen=True)
class Served:
    """An entry's row after a step, and whether another may follow at once.

    ``others`` says that what others did was brought in: rows at other targets may have changed with it.
    """

    row: Delivery
    entry: Entry
    step: Step
    more: bool = False
    others: bool = False


@dataclass(frozen=True)
class Landed:
    """A request that was confirmed and is not settled in the ledger yet."""

    op: Op
    held: Held
    answer: Answer
    replaced: tuple[Found, ...]


class Settling:
    """Writes down what became of requests. ``landed`` are those that were confirmed and are not in the ledger yet."""

    def __init__(
        self,
        store: Books,
        targets: Targets,
        clock: Now,
        ids: Fresh,
        chance: Callable[[], float],
    ) -> None:
        self._store = store
        self._targets = targets
        self._clock = clock
        self._ids = ids
        self._chance = chance
        self.landed: list[Landed] = []

    def flush(self) -> None:
        """Settles what was confirmed last."""
        if self.landed:
            with self._store.write(ORIGIN) as tx:
                self.settle(tx)

    def settle(self, tx: Ledger) -> None:
        """Effect and binding of what was confirmed last, in this transaction."""
        every, self.landed = self.landed, []
        for landed in every:
            self._settle(tx, landed)

    def _settle(self, tx: Ledger, landed: Landed) -> None:
        op, now = landed.op, self._clock.now()
        before = tx.delivery(op.entry, op.target)
        if before is None:
            return
        tx.settle_op(op.id, OpState.CONFIRMED)
        keep_replaced(tx, self._ids, before, landed.replaced, now)
        after = outcome.confirmed(before, landed.held, op, now, self._chance())
        _keep(tx, before, after, op.sent)
        if (remark := landed.answer.remark) is not None:
            tx.add_notice(Notice(at=now, problem=remark, entry=op.entry, target=op.target))
        _log(tx, after, Act(op.kind.value), OpState.CONFIRMED, landed.answer, op.sent)

    def looked(
        self,
        row: Delivery,
        op: Op | None,
        found: Found | None,
        replaced: tuple[Found, ...],
        answer: Answer,
        *,
        guarded: bool,
    ) -> Served | None:
        """The row after a look at what the target holds, which is ``guarded`` by version tokens or not.

        None when the target's account was removed meanwhile.
        """
        now = self._clock.now()
        with self._store.write(ORIGIN) as tx:
            before = tx.delivery(row.entry, row.target)
            if before is None:
                return None
            ours = {each.digest: each.id for each in tx.revisions(row.entry)}
            seen = reconcile(before, op, found, ours, self._clock.steady(), guarded=guarded)
            if op is not None and op.state is OpState.AMBIGUOUS:
                tx.settle_op(op.id, seen.state)
                if op.kind is OpKind.CREATE:
                    _sweep_after(tx, op, now)
            keep_replaced(tx, self._ids, before, replaced, now)
            after = bring_in(tx, self._ids, before, op, seen, now)
            if found is not None and found.returned is not None:
                send_back(tx, after, found.returned, now)
            after = rescheduled(tx, before, after, now)
            _keep(tx, before, after, op.sent if op is not None else now)
            _log(tx, after, Act.LOOK, seen.state, answer, now)
            about = tx.entry(row.entry)
        return Served(after, about, Find(), more=True, others=seen.theirs is not None)

    def failed(
        self,
        entry: EntryId,
        target: TargetId,
        op: Op | None,
        error: Exception,
        answer: Answer,
        *,
        doubtful: bool = False,
    ) -> Served | None:
        """The row after a request that was not confirmed.

        ``op`` is None for one that only looked; ``doubtful`` says that it may have had its effect all the same.
        """
        now, chance = self._clock.now(), self._chance()
        with self._store.write(ORIGIN) as tx:
            row = tx.delivery(entry, target)
            if row is None:
                return None
            looking = op is None and row.phase is Phase.IN_DOUBT
            if not looking:
                row = replace(row, phase=Phase.PENDING)
            state = OpState.VOID
            problem = getattr(error, "problem", Problem(code="look-failed"))
            wide = self._targets.note(tx, target, error, now)
            match error:
                case _ if op is not None and (doubtful or isinstance(error, Unanswered)):
                    state = OpState.AMBIGUOUS
                    settle = timedelta(seconds=op.settle)
                    row = outcome.unanswered(row, problem, settle, now, chance)
                case NotApplied() if wide:
                    row = outcome.paused(row, problem)
                case Moved():
                    row = outcome.moved(row, now, chance)
                case Rejected() if not looking:
                    state = OpState.PERMANENT
                    row = outcome.refused(row, problem)
                case _:
                    # nothing was applied, or looking failed, which leaves no doubt that was not there before
                    row = outcome.not_applied(row, problem, now, chance)
            if op is not None:
                tx.settle_op(op.id, state, type(error).__name__)
            tx.put_delivery(row)
            act = Act(op.kind.value) if op is not None else Act.LOOK
            _log(tx, row, act, state, answer, now)
            about = tx.entry(entry)
        return Served(row, about, Nothing(), more=isinstance(error, Moved | Unanswered))

    def passed_over(self, ops: list[Op]) -> None:
        """Requests that were certainly not done, because one before them in the same batch was not."""
        if not ops:
            return
        with self._store.write(ORIGIN) as tx:
            for op in ops:
                tx.settle_op(op.id, OpState.VOID, "passed over")
                row = tx.delivery(op.entry, op.target)
                if row is not None:
                    tx.put_delivery(replace(row, phase=Phase.PENDING))

    def photo_sent(self, row: Delivery, photo: str, answer: Answer) -> None:
        """The target holds a rendition."""
        with self._store.write(ORIGIN) as tx:
            if tx.delivery(row.entry, row.target) is None:
                return
            tx.put_media_at(row.target, photo)
            _log(tx, row, Act.PHOTO, OpState.CONFIRMED, answer, self._clock.now())

    def photo_failed(self, row: Delivery, error: Exception, answer: Answer, *, bare: bool) -> None:
        """A photo was not taken. Where the text can still go out ``bare`` of it, it is not kept waiting."""
        now = self._clock.now()
        problem = getattr(error, "problem", Problem(code="look-failed"))
        with self._store.write(ORIGIN) as tx:
            known = tx.delivery(row.entry, row.target)
            if known is None:
                return
            row = known
            if self._targets.note(tx, row.target, error, now) and isinstance(error, NotApplied):
                after = outcome.paused(row, problem)
            elif bare:
                after = outcome.photo_failed(row, problem)
            elif isinstance(error, Rejected):
                after = outcome.refused(row, problem)
            else:
                after = outcome.not_applied(row, problem, now, self._chance())
            if row.phase is Phase.PENDING:
                tx.put_delivery(after)
            state = OpState.PERMANENT if isinstance(error, Rejected) else OpState.VOID
            _log(tx, after, Act.PHOTO, state, answer, now)

    def stumbled(self, entry: EntryId, target: TargetId) -> None:
        """A mistake of ours: what left may have had its effect. Tried again later; nobody waits for this entry."""
        self.landed = [landed for landed in self.landed if landed.op.entry != entry]
        with self._store.write(ORIGIN) as tx:
            row = tx.delivery(entry, target)
            if row is None:
                return
            op = tx.last_op(entry, target)
            if op is not None and op.state is OpState.IN_FLIGHT:
                tx.settle_op(op.id, OpState.AMBIGUOUS, "mistake")
            problem = Problem(code=UNEXPECTED)
            tx.put_delivery(outcome.not_applied(row, problem, self._clock.now(), self._chance()))


def _keep(tx: Ledger, before: Delivery, after: Delivery, sent: datetime) -> None:
    """Writes the row, and what follows from it: the first time readers see an entry, it is published."""
    tx.put_delivery(after)
    public = Visibility.PUBLIC
    if after.held.visibility is not public or before.held.visibility is public:
        return
    entry = tx.entry(after.entry)
    sent = max(sent, before.held.due or sent)
    stays = after.held.revision if after.wanted.visibility is public else None
    stamped = went_public(entry, sent, stays)
    if stamped != entry:
        tx.put_entry(stamped)
    target = tx.target(after.target)
    if not target.cover:
        tx.put_target(replace(target, cover=STALE))
    tx.audit(sent, "public", entry.id, after.target)


def _sweep_after(tx: Ledger, op: Op, now: datetime) -> None:
    """A create that was in doubt may still have left a second object: looked for when it had its time twice."""
    watch = tx.watch(op.target)
    due = now + timedelta(seconds=op.settle)
    if watch.sweep is None or watch.sweep < due:
        tx.put_watch(replace(watch, sweep=due))


def _log(tx: Ledger, row: Delivery, act: Act, state: OpState, answer: Answer, at: datetime) -> None:
    tx.log(
        LogLine(
            entry=row.entry,
            target=row.target,
            at=at,
            act=act,
            outcome=state.value,
            status=answer.status,
            request_id=answer.request_id,
            sent=answer.sent,
            took=answer.took,
            next_try=row.next_try,
            code=row.problem.code if row.problem is not None else "",
        )
    )

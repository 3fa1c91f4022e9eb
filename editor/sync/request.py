"""One request for one entry: derived from what is wanted now, committed before it leaves, settled in one transaction.

Whatever the answer, or none, the ledger's row is left in the state from which the planner goes on. Each commit waits for
the disk, so what a target has just confirmed is settled in the commit that begins the next request; a crash in between
leaves a request in doubt, as a lost answer does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace

from editor.domain.entry import Entry
from editor.domain.ids import EntryId, TargetId
from editor.problems import Problem
from editor.sync import outcome
from editor.sync.backend import Answer, Backend, Found, Moved, NotApplied, Rejected
from editor.sync.delivery import Delivery, Dispatch, Held, Op, OpKind, OpState, Owed, Phase
from editor.sync.dispatch import assemble
from editor.sync.ledger import ORIGIN, Books, Ledger, Now
from editor.sync.plan import Create, Find, Step, Update, Withdraw, next_step
from editor.sync.report import Sending
from editor.sync.settling import FAILURES, Landed, Served, Settling
from editor.sync.targets import Targets

KINDS = {Create: OpKind.CREATE, Update: OpKind.UPDATE, Withdraw: OpKind.WITHDRAW}
Write = Create | Update | Withdraw
FRESH = 2.0
"""For how many seconds an answer tells what is there now, where no version token guards a write."""


@dataclass(frozen=True)
class Begun:
    """A request whose write-ahead row is in this transaction."""

    op: Op
    row: Delivery
    dispatch: Dispatch


class Requests:
    """Makes requests, one at a time. ``confirmed`` counts those that were."""

    def __init__(
        self,
        store: Books,
        targets: Targets,
        settling: Settling,
        clock: Now,
        tell: Callable[[Sending | None], None],
    ) -> None:
        self._store = store
        self._targets = targets
        self._clock = clock
        self._tell = tell
        self._ledger = settling
        self._read: tuple[EntryId, TargetId, Held] | None = None
        self._read_at = 0.0
        self.confirmed = 0

    def begin(self) -> None:
        """A pass begins. What a pass that broke off had not settled is in doubt, as after a crash."""
        self._ledger.landed, self._read = [], None
        self.confirmed = 0

    def flush(self) -> None:
        """Settles what was confirmed last."""
        self._ledger.flush()

    def step(self, entry: EntryId, target: TargetId, *, held_up: bool) -> Served | None:
        """Makes the next request for one entry at one target. Photos are left to ``Uploads``."""
        try:
            backend = self._targets.backend(target)
        except FAILURES as error:
            self._ledger.flush()
            return self._ledger.failed(entry, target, None, error, Answer())
        begun: Begun | None = None
        wrong: Rejected | None = None
        with self._store.write(ORIGIN) as tx:
            self._ledger.settle(tx)
            row = tx.delivery(entry, target)
            if row is None:
                return None
            about = tx.entry(entry)
            step = self.derive(tx, row, about, held_up=held_up)
            reads = isinstance(step, Update | Withdraw) and self._must_read(backend, row)
            if isinstance(step, Write) and not reads:
                self._read = None
                try:
                    begun = self.write_ahead(tx, backend, row, step)
                except Rejected as error:
                    wrong = error
        if wrong is not None:
            return self._ledger.failed(entry, target, None, wrong, Answer())
        if begun is not None:
            return self._send(backend, begun, about, step)
        if reads:
            return self._read_first(backend, row, about, step)
        if isinstance(step, Find):
            return self._look(backend, row)
        return Served(row, about, step)

    def derive(self, tx: Ledger, row: Delivery, about: Entry, *, held_up: bool) -> Step:
        """The next step for a row, as things stand in this transaction."""
        owed = self._owed(tx, row)
        return next_step(
            row,
            about,
            tx.last_op(row.entry, row.target) if row.phase is Phase.IN_DOUBT else None,
            self._targets.situation(tx, row.target, owed.bytes if owed else 0),
            self._targets.moment(),
            held_up=held_up,
            owed=owed,
        )

    def _owed(self, tx: Ledger, row: Delivery) -> Owed | None:
        return tx.owed(row.entry).get((row.entry, row.target))

    def write_ahead(self, tx: Ledger, backend: Backend, row: Delivery, step: Write) -> Begun:
        """The write-ahead row. From its commit on, the request may have had its effect.

        Raises ``Rejected`` where a photo has no rendition that could be sent.
        """
        now = self._clock.now()
        text_only = not isinstance(step, Withdraw) and step.text_only
        mime = tx.target(row.target).media
        dispatch = assemble(tx, backend, row, step.visibility, now, mime=mime, text_only=text_only)
        kept = not isinstance(step, Withdraw)
        doubtful = replace(row, phase=Phase.IN_DOUBT, next_try=None)
        tx.put_delivery(doubtful)
        op = tx.add_op(
            Op(
                id=0,
                entry=row.entry,
                target=row.target,
                kind=KINDS[type(step)],
                revision=dispatch.revision if kept else row.wanted.revision,
                visibility=step.visibility,
                digest=dispatch.digest,
                sent=now,
                steady=self._clock.steady(),
                settle=backend.capabilities.settle.total_seconds(),
                text_only=text_only,
            )
        )
        return Begun(op, doubtful, dispatch)

    def _send(self, backend: Backend, begun: Begun, about: Entry, step: Step) -> Served | None:
        row, op = begun.row, begun.op
        self._tell(Sending(entry=row.entry, target=row.target))
        try:
            if op.kind is OpKind.WITHDRAW:
                held = backend.withdraw(begun.dispatch, row.held)
            else:
                held = backend.put(begun.dispatch, row.held)
        except FAILURES as error:
            self._targets.heard(row.target)
            return self._ledger.failed(row.entry, row.target, op, error, backend.answer)
        self._targets.heard(row.target)
        answer = backend.answer
        try:
            replaced = self._replaced(backend, op, row.held, held)
        except FAILURES as error:
            # it is there, but is not settled before what it replaced is known
            return self._ledger.failed(
                row.entry, row.target, op, error, backend.answer, doubtful=True
            )
        self._targets.answered(row.target)
        self._ledger.landed.append(Landed(op, held, answer, replaced))
        self.confirmed += 1
        after = outcome.confirmed(row, held, op, self._clock.now(), 1.0)
        if op.kind is OpKind.CREATE:
            # what was just made is known as well as what was just read
            self._saw(row, after.held)
        return Served(after, about, step, more=after.phase is not Phase.DONE)

    def _must_read(self, backend: Backend, row: Delivery) -> bool:
        """Where no version token guards a write, what others did is looked for just before it."""
        guarded = backend.capabilities.versions or not backend.capabilities.pulls
        known = self._read == (row.entry, row.target, row.held)
        return not guarded and not (known and self._clock.steady() - self._read_at <= FRESH)

    def _read_first(
        self, backend: Backend, row: Delivery, about: Entry, step: Step
    ) -> Served | None:
        try:
            found = backend.find(row.entry, row.held)
            self._targets.heard(row.target)
            if found is None or found.held.version != row.held.version:
                raise Moved
        except FAILURES as error:
            return self._ledger.failed(row.entry, row.target, None, error, backend.answer)
        self._targets.answered(row.target)
        self._saw(row, row.held)
        return Served(row, about, step, more=True)

    def _saw(self, row: Delivery, held: Held) -> None:
        """What is there now, as an answer just told it."""
        self._read = (row.entry, row.target, held)
        self._read_at = self._clock.steady()

    def _look(self, backend: Backend, row: Delivery) -> Served | None:
        """What became of the last request, and what others did."""
        with self._store.read() as tx:
            op = tx.last_op(row.entry, row.target)
            ours = {each.digest for each in tx.revisions(row.entry)}
        try:
            found = backend.find(row.entry, row.held)
            replaced: tuple[Found, ...] = ()
            if op is not None and found is not None and _may_replace(op, row.held, found, ours):
                replaced = self._replaced(backend, op, row.held, found.held)
        except FAILURES as error:
            self._targets.heard(row.target)
            return self._ledger.failed(row.entry, row.target, None, error, backend.answer)
        self._targets.heard(row.target)
        self._targets.answered(row.target)
        guarded = backend.capabilities.versions
        return self._ledger.looked(row, op, found, replaced, backend.answer, guarded=guarded)

    def _replaced(self, backend: Backend, op: Op, before: Held, held: Held) -> tuple[Found, ...]:
        """What others wrote between the reading and the writing, where no version token kept them apart."""
        able = backend.capabilities
        if able.versions or not able.history or op.kind is OpKind.CREATE or not held.ref:
            return ()
        with self._store.read() as tx:
            situation = self._targets.situation(tx, op.target)
        if not situation.is_open(self._clock.now()):
            raise NotApplied(Problem(code="look-failed"))
        return backend.replaced(op.entry, before, held)


def _may_replace(op: Op, known: Held, found: Found, ours: set[str]) -> bool:
    """Whether what was found may be a request of ours that went over somebody's text: also one that was given up."""
    again = found.held.version != known.version and found.held.digest in ours
    return op.state is OpState.AMBIGUOUS or again

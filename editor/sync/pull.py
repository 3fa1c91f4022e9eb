"""What others changed at the targets: asked for about once a minute, one request each.

A pull only finds out where to look. What it names becomes doubtful in the commit that keeps the cursor, and the one path
for doubts looks at the object itself: a list may be late, an object is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from editor.domain.ids import BlogId, EntryId, TargetId
from editor.problems import Problem
from editor.sync.backend import Backend, Listed, NotApplied
from editor.sync.delivery import Delivery, OpState, Phase, Visibility
from editor.sync.intent import OFF
from editor.sync.ledger import ORIGIN, Books, Ledger, Now
from editor.sync.outcome import back_off
from editor.sync.plan import landing_for
from editor.sync.reconcile import GONE, SEND_AGAIN, TAKEN_DOWN, UNPUBLISHED
from editor.sync.records import Act, LogLine, Notice, Watch
from editor.sync.settling import FAILURES
from editor.sync.targets import Targets

EVERY = 60.0
"""How often others are asked for, in seconds."""
LIST_EVERY = timedelta(minutes=15)
"""How often everything is listed: only a list shows what is gone without a trace."""
MANY = 3
"""From how many entries on, if they are more than half of all, a person is asked why they are gone (W1 WIPE-GUARD)."""
LOOK = Problem(code="changed-there")


class Pull:
    """Asks targets what others changed, and puts strays of ours into their bins."""

    def __init__(
        self, store: Books, targets: Targets, clock: Now, chance: Callable[[], float]
    ) -> None:
        self._store = store
        self._targets = targets
        self._clock = clock
        self._chance = chance
        self._next: dict[TargetId, float] = {}
        self._failures: dict[TargetId, int] = {}
        self._bound: set[TargetId] = set()
        self._one_way: set[TargetId] = set()

    def soon(self) -> None:
        """Asks with the next pass. Any thread."""
        self._next = {}

    def run(self, blog: BlogId | None = None) -> datetime | None:
        """Asks every target, or those of one blog, whose time it is. Returns when the next one is due."""
        with self._store.read() as tx:
            blogs = [each.id for each in tx.blogs()] if blog is None else [blog]
            targets = [each.id for of in blogs for each in tx.targets(of)]
        asked = (target for target in targets if target not in self._one_way)
        later = [due for target in asked if (due := self._pull(target)) is not None]
        return min(later, default=None)

    def _pull(self, target: TargetId) -> datetime | None:
        now, steady = self._clock.now(), self._clock.steady()
        wait = self._next.get(target, steady) - steady
        if wait > 0:
            return now + timedelta(seconds=wait)
        with self._store.read() as tx:
            if target not in self._bound and not tx.bound(target):
                return None
            situation = self._targets.situation(tx, target)
            watch = tx.watch(target)
        self._bound.add(target)
        if situation.barred is not None or self._targets.is_shut(target):
            return None
        if situation.closed_until is not None and situation.closed_until > now:
            return situation.closed_until
        try:
            backend = self._targets.backend(target)
            if not backend.capabilities.pulls:
                self._one_way.add(target)
                return None
            self._ask(backend, target, watch)
        except FAILURES as error:
            return self._failed(target, error)
        self._targets.heard(target)
        self._targets.answered(target)
        self._failures.pop(target, None)
        return self._again(target, EVERY)

    def _again(self, target: TargetId, seconds: float) -> datetime:
        self._next[target] = self._clock.steady() + seconds
        return self._clock.now() + timedelta(seconds=seconds)

    def _failed(self, target: TargetId, error: Exception) -> datetime | None:
        self._targets.heard(target)
        failures = self._failures[target] = self._failures.get(target, 0) + 1
        now = self._clock.now()
        with self._store.write(ORIGIN) as tx:
            self._targets.note(tx, target, error, now)
        if isinstance(error, NotApplied) and error.sign_in:
            return None
        wait = 1.0 + back_off(failures, self._chance()).total_seconds()
        return self._again(target, wait)

    def _ask(self, backend: Backend, target: TargetId, watch: Watch) -> None:
        now = self._clock.now()
        stale = watch.listed is None or not timedelta() <= now - watch.listed < LIST_EVERY
        if stale or (watch.sweep is not None and watch.sweep <= now):
            self._list(backend, target)
            return
        pulled = backend.changes(watch.cursor)
        if pulled.cursor == watch.cursor and not pulled.changed:
            return
        with self._store.write(ORIGIN) as tx:
            gone = self._mark(tx, target, pulled.changed)
            watch = replace(tx.watch(target), cursor=pulled.cursor, pulled=now)
            if any(self._is_stray(tx, target, each) for each in pulled.changed):
                watch = replace(watch, sweep=now)
            tx.put_watch(self._guarded(tx, watch, gone, now))

    def _list(self, backend: Backend, target: TargetId) -> None:
        """Everything that is there: what is missing is looked for, and what is a stray of ours is put into the bin."""
        listed = backend.listing()
        self._targets.heard(target)
        refs = {each.ref for each in listed}
        now = self._clock.now()
        with self._store.write(ORIGIN) as tx:
            gone = self._mark(tx, target, listed)
            missing = (row for row in self._shown(tx, target) if row.held.ref not in refs)
            missing = (row for row in missing if not _is_answered(row))
            gone += [row.entry for row in missing if not self._is_fresh(tx, row)]
            strays = [each for each in listed if self._is_stray(tx, target, each)]
            watch = replace(tx.watch(target), listed=now, pulled=now)
            tx.put_watch(self._guarded(tx, watch, gone, now))
        for stray in strays:
            with self._store.read() as tx:
                if not self._targets.situation(tx, target).is_open(self._clock.now()):
                    return
            backend.clear(stray.ref)
            with self._store.write(ORIGIN) as tx:
                tx.log(self._line(backend, target, stray))
        with self._store.write(ORIGIN) as tx:
            watch = tx.watch(target)
            if watch.sweep is not None and watch.sweep <= now:
                tx.put_watch(replace(watch, sweep=None))

    def _mark(self, tx: Ledger, target: TargetId, listed: Iterable[Listed]) -> list[EntryId]:
        """Makes doubtful what is not as we know it; returns the entries that lie in the bin."""
        gone = []
        for each in listed:
            row = tx.delivery(each.entry, target)
            if row is None or row.held.ref != each.ref or each.is_as(row.held):
                continue
            shown = row.held.visibility not in OFF and not _is_answered(row)
            if each.visibility is Visibility.GONE and shown:
                gone.append(row.entry)
            else:
                self._doubt(tx, row)
        return gone

    def _guarded(self, tx: Ledger, watch: Watch, gone: list[EntryId], now: datetime) -> Watch:
        """What is gone is looked for, unless it is so much that a person should say what happened."""
        if len(gone) >= MANY and 2 * len(gone) > len(shown := self._shown(tx, watch.target)):
            detail = {"count": len(gone), "all": len(shown)}
            problem = Problem(code="target-emptied", detail=detail)
            tx.add_notice(Notice(at=now, problem=problem, target=watch.target))
            return replace(watch, emptied=len(gone))
        for entry in gone:
            row = tx.delivery(entry, watch.target)
            if row is not None:
                self._doubt(tx, row)
        return watch

    def _shown(self, tx: Ledger, target: TargetId) -> list[Delivery]:
        return [row for row in tx.bound(target) if row.held.visibility not in OFF]

    def _is_fresh(self, tx: Ledger, row: Delivery) -> bool:
        """Whether a list may not show it yet: our last request is younger than one may take."""
        op = tx.last_op(row.entry, row.target)
        return op is not None and landing_for(op, self._clock.steady()) > 0

    def _doubt(self, tx: Ledger, row: Delivery) -> None:
        """The object at the target is looked at next. A choice that waits for a person goes on waiting."""
        chosen = row.problem is not None and row.problem.code in (GONE, UNPUBLISHED)
        if row.phase is Phase.IN_DOUBT or (row.phase is Phase.CONFLICT and not chosen):
            return
        tx.put_delivery(replace(row, phase=Phase.IN_DOUBT, problem=LOOK, next_try=None))

    def _is_stray(self, tx: Ledger, target: TargetId, listed: Listed) -> bool:
        """An object under an entry's key that is not the entry's, and that no request still owns."""
        row = tx.delivery(listed.entry, target)
        if row is None or listed.visibility is Visibility.GONE or row.held.ref == listed.ref:
            return False
        if not listed.sure:
            return False
        if row.phase in (Phase.IN_DOUBT, Phase.CONFLICT):
            return False
        op = tx.last_op(row.entry, target)
        landing = op is not None and landing_for(op, self._clock.steady()) > 0
        known = bool(row.held.ref) or row.held.visibility in OFF
        return known and not (landing and op is not None and op.state is not OpState.CONFIRMED)

    def _line(self, backend: Backend, target: TargetId, stray: Listed) -> LogLine:
        answer = backend.answer
        return LogLine(
            entry=stray.entry,
            target=target,
            at=self._clock.now(),
            act=Act.CLEAR,
            outcome=OpState.CONFIRMED.value,
            status=answer.status,
            request_id=answer.request_id,
            sent=answer.sent,
            took=answer.took,
        )


def _is_answered(row: Delivery) -> bool:
    """Whether a person has said why it is gone, so that it is looked at; nobody is asked twice."""
    said = row.problem.code if row.problem is not None else ""
    return row.phase is Phase.IN_DOUBT and said in (TAKEN_DOWN, SEND_AGAIN)

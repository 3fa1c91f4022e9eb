"""Several entries in one request, where a target takes them so: on a long way the round trips cost more than the bytes.

The order holds because the target stops at the first entry that it does not take: what comes after it was not done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from editor.content.entry import encode
from editor.domain.ids import BlogId, TargetId
from editor.sync.backend import Batching, NotApplied, Rejected
from editor.sync.delivery import Delivery, Held
from editor.sync.ledger import ORIGIN, Books, Ledger, Now
from editor.sync.plan import Create, Moment, Planned, Update, Wait, Why, holds_up, next_step
from editor.sync.report import Sending
from editor.sync.request import Begun, Requests
from editor.sync.settling import FAILURES, Landed, Settling
from editor.sync.targets import Targets

MOST = 24 * 1024
"""How many bytes of words go in one request: on a slow way more would be lost with it than was saved."""


def together(
    planned: Iterable[Planned], takes: Mapping[TargetId, int], moment: Moment
) -> list[Planned]:
    """What goes to one target in its next request, in order: entries wait for none but those that go before them."""
    group: list[Planned] = []
    waiting: set[tuple[BlogId, TargetId]] = set()
    for each in planned:
        target = each.delivery.target
        room = takes.get(target, 0)
        lane = (each.entry.blog, target)
        if room < 2 or (group and group[0].delivery.target != target):
            continue
        step = each.step
        if step == Wait(None, Why.ORDER) and lane not in waiting:
            step = next_step(
                each.delivery, each.entry, None, each.situation, moment, owed=each.owed
            )
        if isinstance(step, Create | Update) and len(group) < room:
            group.append(each)
            if step.visibility is each.delivery.wanted.visibility:
                continue
        if holds_up(each.delivery, each.entry, each.situation, moment.now, each.owed):
            waiting.add(lane)
    return group


class Batches:
    """Sends groups of entries."""

    def __init__(
        self,
        store: Books,
        targets: Targets,
        requests: Requests,
        settling: Settling,
        clock: Now,
        tell: Callable[[Sending | None], None],
    ) -> None:
        self._store = store
        self._targets = targets
        self._requests = requests
        self._settling = settling
        self._clock = clock
        self._tell = tell

    def send(self, group: list[Planned]) -> bool:
        """Sends a group to its target; whether all of it was taken, so that another may follow."""
        target = group[0].delivery.target
        try:
            backend = self._targets.backend(target)
        except FAILURES:
            return False
        if not isinstance(backend, Batching) or not self._is_guarded(target):
            return False
        with self._store.write(ORIGIN) as tx:
            self._settling.settle(tx)
            begun = self._begin(tx, group)
        if not begun:
            return False
        self._tell(Sending(entry=begun[0].op.entry, target=target))
        try:
            taken = backend.put_all(tuple((each.dispatch, each.row.held) for each in begun))
        except FAILURES as error:
            self._targets.heard(target)
            if isinstance(error, NotApplied) and not self._targets.capabilities(target).batch:
                # it has just found out that the system takes them one by one
                self._settling.passed_over([each.op for each in begun])
                return False
            for each in begun:
                op = each.op
                self._settling.failed(op.entry, target, op, error, backend.answer)
            return False
        self._targets.heard(target)
        self._targets.answered(target)
        for each, held in zip(begun, taken, strict=False):
            if isinstance(held, Held):
                landed = Landed(each.op, held, backend.answer, ())
                self._settling.landed.append(landed)
                self._requests.confirmed += 1
        self._settling.flush()
        for each, refusal in zip(begun, taken, strict=False):
            if not isinstance(refusal, Held):
                self._settling.failed(each.op.entry, target, each.op, refusal, backend.answer)
        self._settling.passed_over([each.op for each in begun[len(taken) :]])
        return len(taken) == len(begun) and isinstance(taken[-1], Held)

    def _is_guarded(self, target: TargetId) -> bool:
        able = self._targets.capabilities(target)
        return able.versions or not able.pulls

    def _begin(self, tx: Ledger, group: list[Planned]) -> list[Begun]:
        """The write-ahead rows of those that can go, up to the first that cannot."""
        backend = self._targets.backend(group[0].delivery.target)
        begun: list[Begun] = []
        size = 0
        for each in group:
            row = tx.delivery(each.delivery.entry, each.delivery.target)
            if row is None:
                break
            step = self._requests.derive(tx, row, tx.entry(row.entry), held_up=False)
            size += _bytes(tx, row)
            if not isinstance(step, Create | Update) or (begun and size > MOST):
                break
            try:
                begun.append(self._requests.write_ahead(tx, backend, row, step))
            except Rejected:
                break
        return begun


def _bytes(tx: Ledger, row: Delivery) -> int:
    """What the words weigh; those that the target has already are not sent again."""
    wanted = row.wanted.revision
    if wanted is None or row.held == replace(row.held, revision=wanted, text_only=False):
        return 0
    return len(encode(tx.revision(wanted).content))

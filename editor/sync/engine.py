"""Carries out what is planned: one pass over the ledger, a committed write-ahead row before every request.

A crash, a power cut and a lost reply look the same afterwards: in doubt, and looked for before anything is sent again.
Texts go first, then photos; while a photo is on its way, texts overtake it between its pieces. The engine blocks; it runs
on one thread, and in one process at a time (see ``worker``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Event

from msgspec.structs import replace

from editor.content.blocks.photo import Photo
from editor.domain.ids import BlogId, EntryId, TargetId
from editor.problems import Unavailable
from editor.sync.batch import Batches, together
from editor.sync.covers import Covers
from editor.sync.delivery import Delivery, OpState, Phase
from editor.sync.intent import OFF
from editor.sync.ledger import ORIGIN, Books, Files, Fresh, Now
from editor.sync.media_sweep import MediaSweep, Unused
from editor.sync.plan import Find, Nothing, Planned, Upload, Wait, Why, holds_up, landing_for, plan
from editor.sync.pull import Pull
from editor.sync.report import PassReport, Sending
from editor.sync.request import Requests
from editor.sync.settling import FAILURES, Served, Settling
from editor.sync.targets import Open, Targets
from editor.sync.uploads import CalledOff, Uploads

log = logging.getLogger("dateline.sync")

STEPS = 64
"""The most requests for one entry at one target in a row."""
AT_ONCE = timedelta(seconds=1)
"""When to plan again where a pass left requests undone."""


class Engine:
    """The one that sends. Give it the store, the photos' shelf, a way to open a target, clock, ids and chance.

    ``develop`` makes a photo's print in a kind of picture, where the store does not know it yet.
    """

    def __init__(
        self,
        store: Books,
        shelf: Files,
        open_backend: Open,
        clock: Now,
        ids: Fresh,
        chance: Callable[[], float],
        *,
        tell: Callable[[Sending | None], None] | None = None,
        develop: Callable[[Photo, str], None] | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.targets = Targets(store, open_backend, clock, chance)
        self.covers = Covers(store, self.targets, clock, chance)
        self.media = MediaSweep(store, self.targets, clock, chance)
        self.pull = Pull(store, self.targets, clock, chance)
        self.tell = tell or (lambda sending: None)
        self.settling = Settling(store, self.targets, clock, ids, chance)
        self.requests = Requests(store, self.targets, self.settling, clock, self._tell)
        self.batches = Batches(store, self.targets, self.requests, self.settling, clock, self._tell)
        self.uploads = Uploads(
            store,
            shelf,
            self.targets,
            self.settling,
            self._tell,
            clock,
            self._make_way,
            develop or (lambda photo, mime: None),
        )
        self._changed = Event()
        self._ending = Event()

    def _tell(self, sending: Sending | None) -> None:
        self.tell(sending)

    def _is_called_off(self) -> bool:
        """Whether the walk is to be left: somebody wants something else, or the program ends."""
        return self._changed.is_set() or self._ending.is_set()

    def look_again(self) -> None:
        """Somebody changed what is wanted: the running pass plans anew after its current request. Any thread."""
        self._changed.set()

    def retry_now(self) -> None:
        """The network changed, or a person asked: hosts that could not be reached are tried at once. Any thread."""
        self.targets.forgive()
        self.media.forgive()
        self.pull.soon()
        self._changed.set()

    def pull_soon(self) -> None:
        """Somebody is about to read or edit: what others changed is asked for with the next pass. Any thread."""
        self.pull.soon()

    def end(self) -> None:
        """Lets the running pass, and every later one, end after its current request. Any thread."""
        self._ending.set()

    def run_pass(self) -> PassReport:
        """Fetches and sends what can be now. Raises ``Unavailable`` when the store itself does not answer."""
        self.requests.begin()
        self.targets.begin()
        try:
            self.recover()
            pulled = self._pull()
            self._send_all()
            if self._ending.is_set():
                return self._report()
            return self._report(self._sweep(), self._send_covers(), pull=pulled)
        finally:
            self.tell(None)
            self.targets.end()

    def fetch(self, blog: BlogId | None = None) -> PassReport:
        """Fetches what others changed, in all blogs or in one, and looks at what is in doubt. Sends nothing."""
        self.requests.begin()
        self.targets.begin()
        try:
            self.recover()
            self.pull.soon()
            self._pull(blog)
            for each in self.planned():
                if isinstance(each.step, Find) and blog in (None, each.entry.blog):
                    self._serve(each.delivery, held_up=False, steps=1)
            self.requests.flush()
            return self._report()
        finally:
            self.targets.end()

    def recover(self) -> None:
        """Requests that a crash cut off are ambiguous. Only one process sends, so what is in flight now is of the past."""
        with self.store.read() as tx:
            if not tx.ops_in_flight():
                return
        with self.store.write(ORIGIN) as tx:
            for op in tx.ops_in_flight():
                tx.settle_op(op.id, OpState.AMBIGUOUS, "interrupted")
                row = tx.delivery(op.entry, op.target)
                if row is not None:
                    landing = timedelta(seconds=landing_for(op, self.clock.steady()))
                    due = self.clock.now() + landing
                    tx.put_delivery(replace(row, phase=Phase.IN_DOUBT, next_try=due))

    def planned(self) -> tuple[Planned, ...]:
        """What comes next for every open delivery, as things stand."""
        with self.store.read() as tx:
            rows = tx.open_deliveries()
            if not rows:
                return ()
            owed = tx.owed()
            sizes: dict[TargetId, int] = {row.target: 0 for row, _ in rows}
            for (_, target), each in owed.items():
                sizes[target] = max(sizes.get(target, 0), each.bytes)
            situations = {
                target: self.targets.situation(tx, target, size) for target, size in sizes.items()
            }
            ops = {
                (row.entry, row.target): op
                for row, _ in rows
                if row.phase is Phase.IN_DOUBT
                and (op := tx.last_op(row.entry, row.target)) is not None
            }
        return plan(rows, situations, ops, owed, self.targets.moment())

    def _send_all(self) -> None:
        """Texts, then the photos of one entry, which is a text that can go from then on; until nothing is left."""
        tried: set[tuple[EntryId, TargetId, bool]] = set()
        self._meet()
        while not self._ending.is_set():
            self._send_batches()
            self._walk()
            if not self._changed.is_set() and not self._upload_next(tried):
                return

    def _meet(self) -> None:
        """Opens the targets that something may go to, so that what they can do is known when it is planned."""
        with self.store.read() as tx:
            asked = (Phase.PENDING, Phase.IN_DOUBT)
            targets = {row.target for row, _ in tx.open_deliveries() if row.phase in asked}
        for target in targets:
            if not self.targets.is_known(target):
                with suppress(*FAILURES):
                    self.targets.backend(target)

    def _send_batches(self) -> None:
        """What can go together goes together, where a target takes several entries in one request."""
        self._changed.clear()
        while (takes := self.targets.takes()) and not self._is_called_off():
            open_ones = {
                target: most for target, most in takes.items() if not self.targets.is_shut(target)
            }
            group = together(self.planned(), open_ones, self.targets.moment())
            if len(group) < 2 or not self._send_batch(group):
                return

    def _send_batch(self, group: list[Planned]) -> bool:
        try:
            return self.batches.send(group)
        except Unavailable:
            raise
        except Exception:
            log.exception("several deliveries failed by a mistake of ours")
            for each in group:
                self.settling.stumbled(each.delivery.entry, each.delivery.target)
            return False

    def _walk(self) -> None:
        """Once through everything that is open, photos left out, each blog at each target in its order.

        What leaves the public goes first, and its photos with it: they do not wait until a long queue was sent.
        """
        self._changed.clear()
        waiting: set[tuple[BlogId, TargetId]] = set()
        leaving = False
        planned = self.planned()
        lifted = min((until for each in planned if (until := _embargo(each))), default=None)
        clocks = self.targets.clocks()
        for each in planned:
            over = lifted is not None and lifted <= self.clock.now()
            if over or (lifted is not None and self.targets.clocks() > clocks):
                # what comes after the embargo in the plan would go before it
                self._changed.set()
            if self._is_called_off():
                break
            row, entry = each.delivery, each.entry
            if leaving and row.wanted.visibility not in OFF:
                self.requests.flush()
                self._sweep()
                if self._is_called_off():
                    break
            leaving = row.wanted.visibility in OFF
            lane = (entry.blog, row.target)
            if self.targets.is_shut(row.target):
                continue
            in_turn = each.step == Wait(None, Why.ORDER) and lane not in waiting
            if in_turn or not isinstance(each.step, Nothing | Wait | Upload):
                served = self._serve(row, held_up=lane in waiting)
                if served is not None:
                    row, entry = served.row, served.entry
                else:
                    with self.store.read() as tx:
                        row = tx.delivery(row.entry, row.target) or row
            if holds_up(row, entry, each.situation, self.clock.now(), each.owed):
                waiting.add(lane)
        self.requests.flush()

    def _serve(self, row: Delivery, *, held_up: bool, steps: int = STEPS) -> Served | None:
        """The border: whatever goes wrong with one entry, the next one has its turn."""
        served: Served | None = None
        try:
            for _ in range(steps):
                served = self.requests.step(row.entry, row.target, held_up=held_up) or served
                if served is not None and served.others:
                    self._changed.set()
                if served is None or not served.more or self._is_called_off():
                    break
        except Unavailable:
            raise
        except Exception:
            log.exception("a delivery to %s failed by a mistake of ours", row.target)
            self.settling.stumbled(row.entry, row.target)
            return None
        return served

    def _upload_next(self, tried: set[tuple[EntryId, TargetId, bool]]) -> bool:
        """Sends the photos of the first entry that lacks some. False when nothing is left that was not ``tried`` before.

        Time goes by while things are sent: a text whose wait is over by now goes first, so another walk is made.
        """
        planned = [
            each for each in self.planned() if not self.targets.is_shut(each.delivery.target)
        ]
        texts = {
            (each.delivery.entry, each.delivery.target, False)
            for each in planned
            if not isinstance(each.step, Nothing | Wait | Upload)
        }
        if texts - tried:
            tried |= texts
            return True
        for each in (*planned, *self.uploads.returned()):
            key = (each.delivery.entry, each.delivery.target, True)
            if isinstance(each.step, Upload) and key not in tried:
                if not self._send_photos(each):
                    tried.add(key)
                return True
        return False

    def _send_photos(self, each: Planned) -> bool:
        """Whether all that it lacks got there, or something else is to be done first.

        A photo may show that the way is slow: then the texts of others can go without theirs.
        """
        row = each.delivery
        size = each.owed.bytes if each.owed is not None else 0
        try:
            if self.uploads.develop(row):
                return True  # what it weighs is known only now
            while self.uploads.send(row, slow=each.situation.slow):
                slow = self.targets.is_slow(row.target, size) and not each.situation.slow
                if slow or self._is_called_off() or not self.uploads.lacks(row):
                    return True
        except Unavailable:
            raise
        except Exception:
            log.exception("a photo for %s failed by a mistake of ours", row.target)
            self.settling.stumbled(row.entry, row.target)
        return self._is_called_off()

    def _make_way(self, always: bool) -> bool:
        """Between the pieces of a photo: texts that somebody released meanwhile go first, or ``always`` all that can."""
        if self._ending.is_set():
            raise CalledOff
        if not always and not self._changed.is_set():
            return False
        self._send_batches()
        self._walk()
        return True

    def _pull(self, blog: BlogId | None = None) -> datetime | None:
        try:
            return self.pull.run(blog)
        except Unavailable:
            raise
        except Exception:
            log.exception("what others changed could not be fetched by a mistake of ours")
            return None

    def _sweep(self) -> datetime | None:
        """Takes away the photos that no entry shows any more. Returns when to try those that stayed."""
        later = []
        for unused in self.media.owed():
            if self._is_called_off():
                return self.clock.now() + AT_ONCE
            later.append(self._take_away(unused))
        return min((until for until in later if until is not None), default=None)

    def _take_away(self, unused: Unused) -> datetime | None:
        try:
            return self.media.take(unused)
        except Unavailable:
            raise
        except Exception:
            log.exception("a photo stays at %s by a mistake of ours", unused.target)
            return self.media.later(unused)

    def _send_covers(self) -> datetime | None:
        try:
            return self.covers.send()
        except Unavailable:
            raise
        except Exception:
            log.exception("a blog's own face could not be sent by a mistake of ours")
            return None

    def _report(self, *later: datetime | None, pull: datetime | None = None) -> PassReport:
        """How things stand after the pass. ``later`` is when what has no row of its own is due again."""
        rest = (*self.planned(), *self.uploads.returned())
        now = self.clock.now()
        wakes = [until for until in later if until is not None]
        for each in rest:
            match each.step:
                case Wait(until=datetime() as until):
                    wakes.append(until)
                case Nothing() | Wait():
                    pass
                case _:
                    wakes.append(now + AT_ONCE)
        stopped = (Phase.REFUSED, Phase.CONFLICT)
        return PassReport(
            sent=self.requests.confirmed,
            waiting=sum(not isinstance(each.step, Nothing) for each in rest),
            refused=sum(each.delivery.phase in stopped for each in rest),
            next_wake=min([*wakes, *([] if pull is None else [pull])], default=None),
            next_send=min(wakes, default=None),
            online=self.targets.online,
            sign_in=any(each.step == Wait(None, Why.SIGN_IN) for each in rest),
            skew=self.targets.skew(),
            slow=self.targets.slow(),
        )


def _embargo(planned: Planned) -> datetime | None:
    """When an embargo is lifted that something waits for."""
    match planned.step:
        case Wait(until=datetime() as until, why=Why.EMBARGO):
            return until
        case _:
            return None

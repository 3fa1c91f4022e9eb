"""Rest: faults stop, people answer what waits for them, and everything has to come together."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from editor.content.entry import digest, without_photos
from editor.domain.entry import Entry, Stage
from editor.ports import Transaction
from editor.sync.delivery import Delivery, OpState, Visibility
from editor.sync.plan import Nothing
from editor.sync.report import PassReport
from tests.sync.world.network import Violation
from tests.sync.world.place import SEEN, Place

if TYPE_CHECKING:
    from tests.sync.world.world import World

PASSES = 80
IDLE_MINUTES = 5
LISTED = 16 * 60


class Rest:
    """The end of a life."""

    def __init__(self, world: World) -> None:
        self.world = world

    def quiet(self) -> None:
        """Faults stop, everybody signs in, what waits for a person is answered: C1, or it is violated."""
        world = self.world
        world.network.chaos, world.network.kill_in = 0.0, None
        world.network.storm = 0
        world.busy_desk = world.busy_remote = 0.0
        calm, listed = 0, False
        for _ in range(PASSES):
            world.laptop.sign_in()
            answered = world.counts["wipes answered"]
            world.laptop.decide()
            if world.counts["wipes answered"] > answered:
                listed = False
            before = world.sent
            report = world.pass_()
            asked = world.sent - before
            still = report is not None and not report.waiting and asked <= len(world.places)
            calm = calm + 1 if still and not world.network.late else 0
            if calm < 2:
                world.forward(130)
            elif not listed:
                # what was removed without a trace is only missed in the next list of everything
                world.forward(LISTED)
                calm, listed = 0, True
            else:
                break
            self._over_embargoes(report)
        self.converged()

    def _over_embargoes(self, report: PassReport | None) -> None:
        """Nobody waits a day for what a wrong clock has put off."""
        world = self.world
        due = [each.not_before for each in world.entries() if each.not_before is not None]
        if report is not None and due and (last := max(due)) > world.clock.time:
            world.forward((last - world.clock.time).total_seconds() + 5)

    def converged(self) -> None:
        """At rest: nothing is planned, nothing ambiguous, readers see what was approved and nothing else."""
        world = self.world
        world.laptop.keep()
        world.rules.stand()
        with world.store.read() as tx:
            if any(op.state is OpState.IN_FLIGHT for op in tx.ops_in_flight()):
                raise Violation("C1 CONVERGES: a request in flight")
            rows = [
                (row, entry)
                for row, entry in tx.open_deliveries()
                if entry.stage is not Stage.SUBMITTED and not self._waits(entry, row)
            ]
            left = [each for each in world.engine.planned() if not isinstance(each.step, Nothing)]
            if left or rows:
                row = rows[0][0] if rows else left[0].delivery
                stands = row.phase.value, row.wanted, row.held, row.problem
                raise Violation(f"C1 CONVERGES: {len(rows)} open, {row.entry} {stands}")
            for place in world.places.values():
                self._photos(tx, place)
                self._readers(tx, place)
            self._desk(tx)

    def _photos(self, tx: Transaction, place: Place) -> None:
        if place.touched and not place.system.pulls:
            return
        kept = [each for each in place.blog.objects.values() if each.visibility in SEEN]
        shown = [self.world.rules.names(each.content, each.digest) for each in kept]
        waits = [
            tx.revision(row.wanted.revision)
            for row, _ in tx.open_deliveries()
            if row.target == place.target and row.wanted.revision is not None
        ]
        owed = (self.world.rules.names(each.content, each.digest) for each in waits)
        if unused := set(place.blog.media).difference(*shown, *owed):
            raise Violation(f"M2 NO-UNUSED-MEDIA: {sorted(unused)}")
        if lacking := set().union(*shown).difference(place.blog.media):
            raise Violation(f"M1 MEDIA-FIRST: {sorted(lacking)} is shown at rest and not there")

    def _readers(self, tx: Transaction, place: Place) -> None:
        """What readers see at a target, entry by entry."""
        for entry in self.world.entries():
            there = [each for each in place.blog.of(entry.id) if each.visibility in SEEN]
            public = [each for each in there if each.visibility is Visibility.PUBLIC]
            row = tx.delivery(entry.id, place.target)
            if len(public) > 1:
                raise Violation(f"D2 NO-PUBLIC-DUP: {entry.id} at rest")
            if len(there) > 1 and place.system.pulls:
                raise Violation(f"C1 CONVERGES: a stray of {entry.id} is left")
            if entry.stage is Stage.WITHDRAWN:
                if there and not self._unseen(place, entry):
                    raise Violation(f"T1 NO-RESURRECTION: {entry.id}")
            elif row is not None and not self._unseen(place, entry):
                self._is_right(tx, entry, row, public[0].digest if public else "")

    def _is_right(self, tx: Transaction, entry: Entry, row: Delivery, shown: str) -> None:
        wanted = row.wanted
        if wanted.visibility is not Visibility.PUBLIC or wanted.revision is None:
            if shown:
                raise Violation(f"A1 APPROVED-ONLY: {entry.id} is public at rest")
            return
        if entry.published is None:
            raise Violation("C1 CONVERGES: published without a time")
        waits, whole = self._waits(entry, row), tx.revision(wanted.revision).digest
        if waits:
            return
        if shown == whole and wanted.revision == entry.approved:
            return
        at = f"{entry.id} at {tx.target(row.target).name}"
        if shown in {each.digest for each in tx.revisions(entry.id)}:
            raise Violation(f"O2 NO-REGRESSION: {at} shows an older revision")
        raise Violation(f"C1 CONVERGES: readers see something else of {at}")

    def _waits(self, entry: Entry, row: Delivery) -> bool:
        """What two targets' desks made of one entry waits for a person, also one who took it back into the draft; each
        shows what its own desk approved.
        """
        several = len(self.world.places) > 1 and entry.head != entry.approved
        return several and row.wanted.revision != entry.approved

    def _unseen(self, place: Place, entry: Entry) -> bool:
        """Whether the desk changed it in a system that cannot be asked for changes."""
        return not place.system.pulls and entry.id in place.touched

    def _desk(self, tx: Transaction) -> None:
        """N3: what others wrote and we replaced is in the history, and somebody was told."""
        tables = getattr(self.world.store, "tables", None)
        for entry, target, name in sorted(self.world.rules.replaced):
            kept = {each.digest for each in tx.revisions(entry)}
            kept |= {digest(without_photos(each.content)) for each in tx.revisions(entry)}
            if name not in kept:
                raise Violation(f"N3 DESK-SAFE: a text of the desk is lost, {entry}")
            if tables is None:
                continue
            told = any(each.entry == entry for each in tables.notices.values())
            asked = any(each.entry == entry for each in tables.settled.values())
            if not told and not asked and (entry, target) not in self.world.rules.chosen:
                raise Violation(f"N3 DESK-SAFE: nobody was told, {entry} at {target}")

    def idle(self) -> None:
        """G3: when nothing changes, next to nothing is asked."""
        world = self.world
        until = world.clock.time + timedelta(minutes=IDLE_MINUTES)
        before, passes = world.sent, 0
        while world.clock.time < until:
            report = world.pass_()
            passes += 1
            wait = 60.0
            if report is not None and report.next_wake is not None:
                wait = (report.next_wake - world.clock.now()).total_seconds()
            if passes > 4 * IDLE_MINUTES * len(world.places) + 4:
                raise Violation(f"G3 BOUNDED: {passes} passes while nothing changes")
            world.forward(max(0.001, wait))  # no pass is done in no time
        asked = world.sent - before
        if asked > (IDLE_MINUTES * 1.5 + 1) * len(world.places):
            raise Violation(f"G3 BOUNDED: {asked} requests in {IDLE_MINUTES} minutes of nothing")

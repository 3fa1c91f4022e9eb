"""The invariants, by the names of the design of sync: asked at every request and at every change of a system."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from editor.backends.memory import Stored
from editor.content.blocks.photo import Photo
from editor.content.entry import Content
from editor.domain.blog import AccountState
from editor.domain.entry import Entry, Origin, Stage
from editor.domain.ids import AssetId, EntryId, TargetId
from editor.ports import Transaction
from editor.sync.backend import Listed
from editor.sync.delivery import Delivery, Dispatch, Held, Phase, Visibility
from editor.sync.plan import Create, Update, Withdraw, landing_for
from tests.sync.world.network import NOON, Violation
from tests.sync.world.place import SEEN, Place
from tests.sync.world.record import Record

if TYPE_CHECKING:
    from tests.sync.world.world import World

PASSED = 60.0
"""For how many seconds a pass on a slow way may go by what was due when it began."""

MADE = "made"
"""What an entry's last request was, where it made the object and was answered."""


class Rules(Record):
    """Asks at every request and at every change of a system. ``late`` while a request lands that nobody waits for."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.asked: dict[tuple[EntryId, TargetId], str] = {}
        self.late = False
        self.covered: dict[tuple[TargetId, str, int], tuple[EntryId, TargetId, str]] = {}
        self._names: dict[str, frozenset[str]] = {}

    # at every request

    def about_to_ask(self, place: Place, what: str, entry: EntryId | None, *, writes: bool) -> None:
        """A request is about to leave."""
        world = self.world
        world.sent += 1
        world.counts["requests"] += 1
        network, now = world.network, world.clock.time
        gate = network.gates.get(place.target)
        if gate is not None and now < gate.until:
            excused = gate.process != world.process and gate.sets != world.sets
            if not excused:
                raise Violation(f"G1 RETRY-AFTER: {what}, closed until {gate.until:%H:%M:%S}")
        if place.target in network.signed_out:
            raise Violation(f"G2 AUTH-PAUSE: {what} while nobody is signed in")
        with world.store.read() as tx:
            state = tx.account(tx.target(place.target).account).state
        if state is not AccountState.READY:
            raise Violation(f"G2 AUTH-PAUSE: {what} while the account is {state.value}")
        if writes and place.emptied:
            raise Violation(f"W1 WIPE-GUARD: {what} after the target was found empty")
        if what == "photo" and any(
            isinstance(each.step, Create | Update | Withdraw)
            and not each.delivery.attempts
            and each.delivery.wanted.not_before is None
            for each in world.engine.planned()
            if each.delivery.target == place.target
        ):
            raise Violation("O1 ORDER-GATE: a text waits for the photos of another")
        if entry is not None:
            self.about_to_write(place, what, entry, writes=writes)

    def about_to_write(
        self, place: Place, what: str, entry: EntryId, *, writes: bool = True
    ) -> None:
        """An entry is concerned by a request that is about to leave."""
        key = entry, place.target
        place.looked[entry] = self.asked.get(key) in ("find", MADE)
        self.asked[key] = what
        if writes and place.system.patient:
            on_its_way = (late for late in self.world.network.late if entry in late.entries)
            if any(late.target == place.target for late in on_its_way):
                raise Violation(f"O3 FIFO: {what} while another request may still land")

    def made(self, place: Place, entry: EntryId) -> None:
        """A creation was answered: what lies there is known, as after a look."""
        self.asked[entry, place.target] = MADE

    def about_to_put(
        self, place: Place, dispatch: Dispatch, held: Held, *, before: Container[EntryId] = ()
    ) -> None:
        """A request that shows an entry is about to leave, with those ``before`` it in the same request."""
        if dispatch.visibility is not Visibility.PUBLIC:
            return
        now = self.world.clock.time
        with self.world.store.read() as tx:
            mine = tx.entry(dispatch.entry)
            if mine.not_before is not None and now < mine.not_before:
                raise Violation(f"A3 EMBARGO: public {mine.not_before - now} too early")
            self.world.counts["embargoes kept"] += mine.not_before is not None
            if held.visibility is Visibility.PUBLIC:
                return
            # while the server's clock is not known, and in the pass that learns it, nobody knows what is due
            process, heard = place.heard
            learns = process != self.world.process or heard == self.world.passes
            for row, entry in tx.open_deliveries():
                if (
                    row.target == place.target
                    and entry.seq < mine.seq
                    and entry.id not in before
                    and (due_at(row, entry) is None or not learns)
                    and holds_up_truly(row, entry, now)
                    and row.wanted.visibility is Visibility.PUBLIC
                    and row.held.visibility is not Visibility.PUBLIC
                    and not self._owed(tx, row)
                ):
                    raise Violation(f"O1 ORDER-GATE: {entry.seq} before {mine.seq}")

    def landing(self, place: Place, dispatch: Dispatch, held: Held) -> None:
        """A request has its effect now: what does it replace?"""
        key = dispatch.entry, place.target
        stored = place.blog.objects.get(held.ref) if held.ref else None
        refuses = place.system.versions and stored and held.version != str(stored.version)
        if refuses or (held.ref and stored is None):
            return
        # the history of an object goes with the object
        removes = dispatch.visibility not in SEEN and not dispatch.notice
        tells = place.system.versions or (place.system.history and not removes)
        unknowable = self.late or self._after_a_look(place, stored)
        back = stored is None or stored.visibility is Visibility.GONE
        if key in self.taken and back and dispatch.visibility in SEEN and not unknowable:
            raise Violation(f"T2 NO-AUTO-RECREATE: {dispatch.entry}")
        if self.late and stored is not None and (stored.content != dispatch.content or back):
            self.world.counts["zombies"] += 1
            self.zombies.add((place.target, stored.ref, stored.version + 1))
        if stored is None or not stored.author or stored.content == dispatch.content:
            return
        if (place.target, stored.ref, stored.version) in self.familiar:
            return
        brought_back = (place.target, stored.ref, stored.version) in self.restored
        if stored.digest not in self.theirs.get(dispatch.entry, ()) and not (
            brought_back and dispatch.visibility in SEEN
        ):
            return
        contained = not brought_back and self.contains(place, dispatch.content, stored)
        if (tells or not unknowable) and not contained:
            self.replaced.add((*key, stored.digest))
            if self.late:
                self.covered[place.target, stored.ref, stored.version + 1] = (*key, stored.digest)
            self.world.counts["desk text replaced"] += 1
        chosen = self.decided.get(dispatch.entry, NOON)
        ours = dispatch.digest not in self.theirs.get(dispatch.entry, ())
        shows = dispatch.visibility in SEEN and not back and ours and not self.late
        unseen = shows and place.knows(stored) and chosen < place.told_at(stored)
        # what the desk of one target brings back goes to every other
        brought = (dispatch.entry, dispatch.digest) in self.returned
        if unseen and not contained and not brought:
            raise Violation(f"N3 DESK-SAFE: ours went over theirs, nobody chose, {dispatch.entry}")

    def written_over(self, place: Place, stored: Stored) -> None:
        """The desk writes over a version. One of ours that landed after we gave it up is nobody's then: no look shows it."""
        covered = self.covered.pop((place.target, stored.ref, stored.version), None)
        if covered is not None and not place.system.patient:
            self.replaced.discard(covered)

    def _after_a_look(self, place: Place, stored: Stored | None) -> bool:
        """Whether the laptop looked just before it wrote, and this was written in between."""
        if stored is None:
            return False
        return place.looked.get(stored.entry, False) and not place.knows(stored)

    # at every change of a system

    def look(self, place: Place) -> None:
        """What readers see now."""
        public = place.blog.public()
        # where we settle too soon, a request may land on what lies in the bin after it was made anew: swept later
        entries = [
            each.entry
            for each in public
            if place.system.patient or (place.target, each.ref, each.version) not in self.zombies
        ]
        for each in public:
            if (place.system.drafts or place.system.patient) and entries.count(each.entry) > 1:
                raise Violation(
                    f"{'D1' if place.system.drafts else 'D2'} NO-PUBLIC-DUP: {each.entry}"
                )
            if each.digest not in self.approved.get(each.entry, ()):
                raise Violation(self._unapproved(each))
            # what the desk brings back while its photo is being taken away, nobody can save
            held = self.names(each.content, each.digest) <= place.blog.media.keys()
            asked = place.system.patient and (each.entry, each.digest) not in self.returned
            if asked and not held:
                raise Violation(f"M1 MEDIA-FIRST: {each.entry}")

    def _unapproved(self, stored: Stored) -> str:
        with self.world.store.read() as tx:
            for each in tx.revisions(stored.entry):
                if each.digest == stored.digest and each.origin is Origin.MERGE:
                    return f"A2 APPROVAL-BINDS-HASH: a merge is public, {stored.entry}"
        return f"A1 APPROVED-ONLY: {stored.entry}"

    def names(self, content: Content, name: str) -> frozenset[str]:
        """What the files of a content's photos are called at a system."""
        if name not in self._names:
            photos = {block.asset for block in content.body if isinstance(block, Photo)}
            self._names[name] = frozenset(
                rendition.file_name
                for photo in photos
                for rendition in self.world.renditions[AssetId(photo)]
            )
        return self._names[name]

    def _owed(self, tx: Transaction, row: Delivery) -> bool:
        if row.wanted.revision is None:
            return False
        content = tx.revision(row.wanted.revision).content
        photos = {block.asset for block in content.body if isinstance(block, Photo)}
        return any(
            not tx.media_at(row.target, rendition.id)
            for photo in photos
            for rendition in self.world.renditions[AssetId(photo)]
        )

    # at every pull

    def pulled(self, place: Place, changed: Mapping[str, Listed]) -> None:
        """The laptop was told what changed."""
        gone = {ref for ref, each in changed.items() if each.visibility not in SEEN}
        self._emptied(place, gone)

    def listed(self, place: Place, there: Mapping[str, Listed]) -> None:
        """The laptop was told what there is."""
        with self.world.store.read() as tx:
            bound = {row.held.ref for row in tx.bound(place.target)}
        gone = {ref for ref in bound if ref not in there or there[ref].visibility not in SEEN}
        self._emptied(place, gone)

    def _emptied(self, place: Place, gone: set[str]) -> None:
        """Whether the laptop has to see by now that somebody emptied the target (W1)."""
        with self.world.store.read() as tx:
            bound = tx.bound(place.target)
            rows = [row for row in bound if not self._is_fresh(tx, row)]
        truly = {
            row.held.ref
            for row in rows
            if row.held.visibility in SEEN
            and row.wanted.visibility in SEEN
            and row.held.ref in gone
            # nobody is asked twice about what they have answered
            and (row.entry, place.target) in self.taken
            and _is_gone(place, row.held.ref)
        }
        if len(truly) >= 3 and len(truly) * 2 > len(bound):
            self.world.counts["wipe seen"] += 1
            place.emptied = True

    def _is_fresh(self, tx: Transaction, row: Delivery) -> bool:
        """Whether a list that is late need not show it yet."""
        op = tx.last_op(row.entry, row.target)
        return op is not None and landing_for(op, self.world.clock.steady()) > 0


def _is_gone(place: Place, ref: str) -> bool:
    stored = place.blog.objects.get(ref)
    return stored is None or stored.visibility not in SEEN


def due_at(row: Delivery, entry: Entry) -> datetime | None:
    """Before when readers of a target must not see an entry."""
    times = [at for at in (row.wanted.not_before, entry.not_before) if at is not None]
    return max(times, default=None)


def holds_up_truly(row: Delivery, entry: Entry, now: datetime) -> bool:
    """Whether an earlier entry is approved, due and unblocked: said again here, apart from the planner."""
    stumbled = row.problem is not None and row.problem.code == "sync-bug"
    at = due_at(row, entry)
    due = at is None or (now - at).total_seconds() > PASSED
    released = entry.stage in (Stage.SCHEDULED, Stage.PUBLISHED)
    approved = released and row.wanted.revision == entry.approved
    blocked = stumbled or row.phase in (Phase.REFUSED, Phase.CONFLICT)
    return approved and due and not blocked

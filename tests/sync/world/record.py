"""What the world itself remembers: what people approved and wrote, decided and took away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from editor.backends.memory import Stored
from editor.content.entry import Content, digest, without_photos
from editor.domain.ids import EntryId, TargetId
from editor.sync.delivery import OpState
from editor.sync.plan import landing_for
from tests.sync.world.place import SEEN, Place

if TYPE_CHECKING:
    from tests.sync.world.world import World


class Record:
    """Told by the people of the world; the invariants ask it, and never the program."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.approved: dict[EntryId, set[str]] = {}
        self.released: dict[EntryId, list[str]] = {}
        self.decided: dict[EntryId, datetime] = {}
        self.theirs: dict[EntryId, set[str]] = {}
        self.restored: set[tuple[TargetId, str, int]] = set()
        self.replaced: set[tuple[EntryId, TargetId, str]] = set()
        self.taken: dict[tuple[EntryId, TargetId], Stored] = {}

    def allow(self, entry: EntryId, content: Content) -> None:
        """A person let readers see this text, so also without its photos for a while."""
        allowed = self.approved.setdefault(entry, set())
        allowed.add(digest(content))
        allowed.add(digest(without_photos(content)))

    def release(self, entry: EntryId, content: Content) -> None:
        """A person at the laptop let this text go to readers."""
        self.allow(entry, content)
        self.released.setdefault(entry, []).append(digest(content))
        self.decide(entry)

    def desk_restored(self, place: Place, stored: Stored, content: Content) -> None:
        """The desk brought back an older text of ours: its choice, unless we know nothing newer to be there."""
        with self.world.store.read() as tx:
            row = tx.delivery(stored.entry, place.target)
        if row is not None and row.held.digest != digest(content):
            self.restored.add((place.target, stored.ref, stored.version + 1))

    def told(self, place: Place, entry: EntryId) -> None:
        """The laptop looks. While a late request of its own may have landed, it cannot tell that from the desk's choice."""
        with self.world.store.read() as tx:
            op = tx.last_op(entry, place.target)
        unsure = op is not None and op.state in (OpState.IN_FLIGHT, OpState.AMBIGUOUS)
        if op is not None and (unsure or landing_for(op, self.world.clock.steady())):
            for each in place.blog.of(entry):
                self.restored.discard((place.target, each.ref, each.version))

    def decide(self, entry: EntryId) -> None:
        """A person at the laptop had a say in what becomes of this entry."""
        self.decided[entry] = self.world.clock.time

    def desk_wrote(self, entry: EntryId, content: Content) -> None:
        """The desk wrote a text at a target; it may stand there in public."""
        self.allow(entry, content)
        self.theirs.setdefault(entry, set()).add(digest(content))

    def taken_away(self, place: Place, stored: Stored) -> None:
        """The desk took an entry away; one of which the laptop cannot know that it was there is not counted."""
        with self.world.store.read() as tx:
            row = tx.delivery(stored.entry, place.target)
        wanted = row is not None and row.wanted.visibility in SEEN
        if row is not None and row.held.ref == stored.ref and wanted:
            self.taken[stored.entry, place.target] = stored

    def recalled(self) -> None:
        """What people at the laptop took back themselves, they may send again."""
        with self.world.store.read() as tx:
            for entry, target in list(self.taken):
                row = tx.delivery(entry, target)
                if row is None or row.wanted.visibility not in SEEN:
                    self.answered(entry, target)

    def answered(self, entry: EntryId, target: TargetId) -> None:
        """A person decided about what was taken away."""
        self.taken.pop((entry, target), None)
        self.decide(entry)

"""What the world itself remembers: what people approved and wrote, decided and took away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from editor.backends.memory import Stored
from editor.content.entry import Content, assets, digest, without_photos
from editor.domain.entry import Kind
from editor.domain.ids import EntryId, TargetId
from editor.sync.delivery import OpState, Phase, Visibility
from editor.sync.plan import landing_for
from editor.sync.reconcile import GONE
from tests.sync.world.network import Violation
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
        self.zombies: set[tuple[TargetId, str, int]] = set()
        self.familiar: set[tuple[TargetId, str, int]] = set()
        self.chosen: set[tuple[EntryId, TargetId]] = set()
        self.returned: set[tuple[EntryId, str]] = set()
        self.mistaken: set[EntryId] = set()
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
        """The desk brought back an older text of ours: its choice, unless we know nothing newer to be there.

        One that was never approved here is approved by that.
        """
        self.allow(stored.entry, content)
        with self.world.store.read() as tx:
            row = tx.delivery(stored.entry, place.target)
        self.returned.add((stored.entry, digest(content)))
        if row is not None and row.held.digest != digest(content):
            self.restored.add((place.target, stored.ref, stored.version + 1))

    def stand(self) -> None:
        """O2: no text of ours that was corrected since is the approved one again, unless somebody wanted that."""
        corrected = [entry for entry, texts in self.released.items() if len(set(texts)) > 1]
        with self.world.store.read() as tx:
            for entry in corrected:
                approved = tx.entry(entry).approved
                if approved is None or entry in self.mistaken:
                    continue
                name, texts = tx.revision(approved).digest, self.released[entry]
                if name in texts[:-1] and name != texts[-1] and not self._by_the_desk(entry, name):
                    raise Violation(f"O2 NO-REGRESSION: what was corrected is back, {entry}")
        self._taken_by_somebody()

    def _taken_by_somebody(self) -> None:
        """No one is told that the desk took away what no desk ever touched."""
        with self.world.store.read() as tx:
            for row, _ in tx.open_deliveries():
                told = row.problem.code if row.problem is not None else ""
                touched = self.world.places[row.target].touched
                if row.phase is Phase.CONFLICT and told == GONE and row.entry not in touched:
                    raise Violation(f"T2 NO-AUTO-RECREATE: nobody took it away, {row.entry}")

    def _by_the_desk(self, entry: EntryId, name: str) -> bool:
        return any(
            each.entry == entry and each.digest == name and each.author
            for place in self.world.places.values()
            for each in place.blog.history
        )

    def told(self, place: Place, entry: EntryId) -> None:
        """The laptop looks. While a late request of its own may have landed, it cannot tell that from the desk's choice."""
        with self.world.store.read() as tx:
            op, row = tx.last_op(entry, place.target), tx.delivery(entry, place.target)
            texts = [each.content for each in tx.revisions(entry)]
        known = {digest(form) for text in texts for form in (text, without_photos(text))}
        for each in place.blog.of(entry):
            # what they changed and changed back to what we last knew to be there tells us nothing
            if row is not None and row.held.digest == each.digest and each.digest in known:
                self.familiar.add((place.target, each.ref, each.version))
        # where we settle too soon, a late request that is seen after its time looks like the desk's choice
        zombies = [
            each
            for each in place.blog.of(entry)
            if (place.target, each.ref, each.version) in self.zombies and not place.system.patient
        ]
        submitted = row is not None and row.wanted.visibility is Visibility.DESK
        if submitted and any(each.visibility is Visibility.PUBLIC for each in zombies):
            self.mistaken.add(entry)
        unsure = op is not None and op.state in (OpState.IN_FLIGHT, OpState.AMBIGUOUS)
        if op is not None and (unsure or landing_for(op, self.world.clock.steady())):
            for each in place.blog.of(entry):
                self.restored.discard((place.target, each.ref, each.version))
        elif zombies:
            self.mistaken.add(entry)

    def contains(self, place: Place, ours: Content, theirs: Stored) -> bool:
        """Whether all that the desk wrote is in a text of ours, and no photo that it took out.

        What it began from may have been our text ahead of its photos: then it took none out.
        """
        began = [
            each
            for each in place.blog.history
            if each.ref == theirs.ref and not each.author and each.version < theirs.version
        ]
        bare = bool(began) and not assets(began[-1].content)
        with self.world.store.read() as tx:
            known = [
                words(each.content)
                for each in tx.revisions(theirs.entry)
                if each.kind is not Kind.PULL
            ]
        new = words(theirs.content).difference(*known)
        return new <= words(ours) and (bare or set(assets(ours)) <= set(assets(theirs.content)))

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

    def removed(self, place: Place, entry: EntryId) -> None:
        """The desk removed an entry and its history: what of it was not seen by then, nobody can see any more."""
        with self.world.store.read() as tx:
            kept = {each.digest for each in tx.revisions(entry)}
        self.replaced = {
            each for each in self.replaced if each[:2] != (entry, place.target) or each[2] in kept
        }

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
        self.chosen.add((entry, target))
        self.decide(entry)


def words(content: Content) -> set[str]:
    """The words of a content, a string for each block and field."""
    texts = {getattr(block, "text", "") for block in content.body}
    return texts | {content.headline}

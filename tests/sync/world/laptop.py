"""The people at the laptop: what they write, release, take back and decide. They use the program's own use cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from editor.content.blocks.photo import Photo
from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.desk import conflicts, outbox, release, writing
from editor.desk.working import working_content
from editor.domain.blog import AccountState
from editor.domain.entry import Entry, Kind
from editor.domain.ids import EntryId, TargetId
from editor.problems import Refused
from editor.sync.delivery import Phase
from tests.sync.world.furniture import PHOTOS
from tests.sync.world.network import Killed, Violation
from tests.sync.world.place import Place, edited

if TYPE_CHECKING:
    from tests.sync.world.world import World

ACTS = (
    ("new", 4),
    ("correct", 5),
    ("edit", 4),
    ("type", 3),
    ("withdraw", 4),
    ("schedule", 2),
    ("submit", 3),
    ("publish", 3),
    ("recall", 1),
    ("decide", 3),
    ("pause", 1),
    ("sign in", 3),
)


class Laptop:
    """Everybody who works at the laptop. ``saved`` is what they were told is safe."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.saved: dict[EntryId, Content] = {}

    def correct_late(self) -> None:
        """They correct an entry of which a request is still on its way."""
        self.world.counts["corrected while late"] += 1
        self._try("correct", self.world.random.choice(self.world.network.late).entries[0])

    def act(self) -> None:
        """They do something."""
        rng = self.world.random
        (what,) = rng.choices([name for name, _ in ACTS], [weight for _, weight in ACTS])
        entries = self.world.entries()
        entry = rng.choice(entries).id if entries else None
        self._try(what, entry)

    def _try(self, what: str, entry: EntryId | None) -> None:
        """The program may refuse, or end in the middle of it."""
        if entry is not None:
            self.world.rules.decide(entry)
        try:
            try:
                self._do(what, entry)
            except Refused as refused:
                self.world.counts[f"refused {refused.first.code}"] += 1
                if refused.first.code == "changed-by-desk" and entry is not None:
                    self._bring_in(entry)
        except Killed:
            self.world.restart()
        self.world.rules.recalled()
        self.keep()

    def _do(self, what: str, entry: EntryId | None) -> None:
        world = self.world
        world.tell("laptop", what, entry or "")
        if what == "new" or (entry is None and what not in ("pause", "sign in")):
            self.publish(self.write())
            return
        match what:
            case "sign in":
                self.sign_in()
            case "pause":
                self._account(AccountState.PAUSED)
            case "decide":
                self.decide()
            case "schedule":
                later = timedelta(seconds=world.random.randint(5, 400))
                self.publish(self.write(), at=world.clock.now() + later)
            case "submit":
                release.submit(world.room, self.write())
        if entry is None:
            return
        match what:
            case "correct":
                kind = world.random.choice((Kind.CORRECTION, Kind.TYPO, Kind.MEDIA_ADDED))
                self.correct(entry, kind)
            case "type":
                self.save(entry, edited(world, self.working(entry)))
            case "edit":
                self.save(entry, edited(world, self.working(entry)))
                if world.random.random() < 0.7:
                    release.submit(world.room, entry)
            case "publish":
                self.publish(entry)
            case "withdraw":
                release.withdraw(world.room, entry, "It was somewhere else.")
                if world.random.random() < 0.5:
                    self.publish(self.write())
            case "recall":
                release.recall(world.room, entry)

    # writing

    def content(self) -> Content:
        """A few paragraphs in some script, now and then with a photo."""
        rng = self.world.random
        body: list[object] = [
            Text(text=self.world.words()) for _ in range(rng.choice((1, 1, 2, 3)))
        ]
        if rng.random() < 0.5:
            photo = Photo(
                asset=f"a{rng.randrange(PHOTOS)}",
                alt="The lock from the bridge",
                caption=self.world.words(),
                credit="Field team A",
            )
            body.insert(rng.randint(0, len(body)), photo)
        return Content(headline=self.world.words(), body=tuple(body))

    def write(self) -> EntryId:
        """A new entry, not released yet."""
        content = self.content()
        (entry,) = writing.new_entry(self.world.room, self.world.blog, content).entries
        self.saved[entry] = self.working(entry)
        return entry

    def working(self, entry: EntryId) -> Content:
        """What is on the screen."""
        with self.world.store.read() as tx:
            return working_content(tx, tx.entry(entry))

    def save(self, entry: EntryId, content: Content) -> None:
        """They typed. Once this returns, it is safe."""
        before = self.saved.pop(entry, None)
        try:
            writing.save_draft(self.world.room, entry, content)
        except Refused:
            if before is not None:
                self.saved[entry] = before
            raise
        # a program that is killed while it saves has promised nothing yet
        self.saved[entry] = content

    def keep(self) -> None:
        """N1: what was said to be safe is there."""
        with self.world.store.read() as tx:
            for entry, content in self.saved.items():
                draft = tx.draft(entry)
                if draft is not None and draft.content == content:
                    continue
                name = digest(content)
                if all(each.digest != name for each in tx.revisions(entry)):
                    raise Violation(f"N1 NO-LOCAL-LOSS: {entry}")

    # releasing: a person approves what is on the screen, and nothing else

    def publish(self, entry: EntryId, at: datetime | None = None) -> None:
        """They publish what they see."""
        shown = self.working(entry)

        def press() -> None:
            release.publish(self.world.room, entry, at=at, shown=digest(shown))

        self._approve(entry, shown, press)

    def correct(self, entry: EntryId, kind: Kind = Kind.CORRECTION) -> None:
        """They change a published entry and publish that."""
        content = edited(self.world, self.working(entry))
        self.save(entry, content)

        def press() -> None:
            note = "The level was wrong."
            release.correct(self.world.room, entry, kind, note, shown=digest(content))

        self._approve(entry, content, press)

    def _approve(self, entry: EntryId, shown: Content, press: Callable[[], None]) -> None:
        before = self.world.entry(entry).approved
        try:
            press()
        finally:
            self.world.rules.decide(entry)
            # a program that was killed at this moment may have kept it, or not
            after = self.world.entry(entry)
            if after.approved is not None and (after.approved != before or self._is(after, shown)):
                self.world.rules.release(entry, shown)

    def _is(self, entry: Entry, shown: Content) -> bool:
        with self.world.store.read() as tx:
            assert entry.approved is not None
            return tx.revision(entry.approved).digest == digest(shown)

    # accounts and decisions

    def sign_in(self) -> None:
        """They sign in, end the pause, and try again."""
        self.world.network.signed_out.clear()
        self._account(AccountState.READY)

    def _account(self, state: AccountState) -> None:
        with self.world.store.write() as tx:
            for account in tx.accounts():
                if account.state is not state:
                    tx.set_account_state(account.id, state)

    def decide(self) -> None:
        """They answer everything that waits for a person."""
        world = self.world
        for place in world.places.values():
            with world.store.read() as tx:
                emptied = tx.watch(place.target).emptied
            if emptied:
                self._answer_emptied(place)
        with world.store.read() as tx:
            waits = [(row.entry, row.target) for row, _ in tx.open_deliveries()]
        for entry, target in waits:
            with world.store.read() as tx:
                # an answer for one target may be one for another
                row = tx.delivery(entry, target)
            if row is not None and row.phase is Phase.REFUSED:
                outbox.retry(world.room, entry, target)
            elif row is not None and row.phase is Phase.CONFLICT:
                self._settle(entry, target)

    def _answer_emptied(self, place: Place) -> None:
        world = self.world
        world.counts["wipes answered"] += 1
        for entry, target in list(world.rules.taken):
            if target == place.target:
                world.rules.answered(entry, target)
        if world.random.random() < 0.5:
            world.tell("laptop", "they were taken down", place.target)
            outbox.accept_emptied(world.room, place.target)
        else:
            world.tell("laptop", "send them again", place.target)
            outbox.send_all_again(world.room, place.target)
        place.emptied = False

    def _settle(self, entry: EntryId, target: TargetId) -> None:
        """They choose one of two texts, or what becomes of an entry that the desk took away."""
        world, rng = self.world, self.world.random
        with world.store.read() as tx:
            conflict = tx.conflict(entry, target)
            if conflict is not None:
                theirs = tx.revision(conflict.theirs).content
                mine = tx.revision(tx.entry(entry).head or conflict.mine).content
        world.rules.answered(entry, target)
        if conflict is None:
            again = rng.random() < 0.6
            world.counts["sent again" if again else "left down"] += 1
            world.tell("laptop", "send again" if again else "leave down", entry)
            (outbox.retry if again else outbox.leave_down)(world.room, entry, target)
            return
        chosen = rng.choice((mine, theirs, edited(world, mine)))
        world.counts["conflicts settled"] += 1
        world.tell("laptop", "settle", entry, "mine" if chosen == mine else "theirs or other")
        conflicts.settle(world.room, entry, target, chosen, seen=(mine, theirs))

    def _bring_in(self, entry: EntryId) -> None:
        """Their draft was overtaken: they take in what the desk changed, or choose."""
        texts = conflicts.overtaken(self.world.room, entry)
        if texts is None:
            return
        self.world.counts["drafts overtaken"] += 1
        try:
            conflicts.bring_in(self.world.room, entry)
        except Refused:
            chosen = self.world.random.choice((texts.mine, texts.theirs))
            conflicts.settle_draft(self.world.room, entry, chosen)

"""A simulated world: people at a laptop that can end at any point, a network that loses and delays, systems with a desk.

Everything that happens in it follows from its seed. The program's use cases and its engine are the real ones.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import cast

from editor.backends.memory import Memory as MemoryKind
from editor.backends.memory import MemoryBackend, MemoryBlog, MemoryServer
from editor.changes import Changes, Feed
from editor.content.entry import Content
from editor.domain.blog import Account, Blog, Target
from editor.domain.entry import Entry, Kind
from editor.domain.ids import AssetId, EntryId, TargetId
from editor.ports import Room, Store
from editor.problems import Problem
from editor.sync.backend import Backend, Unanswered
from editor.sync.engine import Engine
from editor.sync.report import PassReport
from tests.sync.books import DictStore
from tests.sync.world.backend import FlakyBackend
from tests.sync.world.furniture import PHOTOS, CountingIds, Shelf, furnish, renditions
from tests.sync.world.laptop import Laptop
from tests.sync.world.network import HandClock, Killed, Network
from tests.sync.world.place import Place, RemoteDesk
from tests.sync.world.rest import Rest
from tests.sync.world.rules import Rules
from tests.sync.world.systems import SYSTEMS, System

WORDS = (
    "River level 4.1 m at the lock",
    "وصل منسوب النهر إلى ٤٫١ متر",
    "سطح آب رودخانه",
    "מפלס הנהר עלה",
    "河水位上升至4.1米",
    "नदी का जलस्तर बढ़ा",
    "🚤🌊 boats out",
    "e\u0301tiage — la crue",
)
NAMES = ("wire", "site")


class World:
    """Everything together. ``system`` is a kind's name; ``second`` that of another target of the same blog."""

    def __init__(
        self,
        seed: int,
        shelf: Shelf,
        system: str = "",
        *,
        second: str = "",
        drafts: bool = True,
        versions: bool = True,
        store: Callable[[Feed, Callable[[str], None]], Store] = DictStore,
        make_engine: Callable[..., Engine] = Engine,
        told: Callable[[str], None] | None = None,
    ) -> None:
        first = SYSTEMS[system] if system else System(drafts=drafts, versions=versions)
        systems = {NAMES[0]: first} | ({NAMES[1]: SYSTEMS[second]} if second else {})
        self.random = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self.clock = HandClock()
        self.network = Network(self.random, self.counts)
        if not first.patient:
            self.network.faults += ("lands late",) * 12
        self.shelf = shelf
        self.feed = Feed()
        self.feed.listen(self._told)
        self.server = MemoryServer()
        self.kind = MemoryKind(self.server)
        self.store = store(self.feed, self.network.point)
        self.ids = CountingIds()
        self.room = Room(self.store, shelf, self.clock, self.ids, author="Field team A")
        self.renditions = {AssetId(f"a{n}"): renditions(AssetId(f"a{n}")) for n in range(PHOTOS)}
        self.make_engine = make_engine
        self.busy_desk = 0.0
        self.busy_remote = 0.0
        self.gateway_timeout: Callable[[], Exception] = lambda: self.unanswered(Problem(code="504"))
        self.sent = 0
        self.process = 0
        self.passes = 0
        self.sets = 0
        self.spoken = 0
        self.story = told
        self.rules = Rules(self)
        self.laptop = Laptop(self)
        self.rest = Rest(self)
        self.blog = furnish(self.store, self.ids, systems)
        self.places: dict[TargetId, Place] = {}
        with self.store.read() as tx:
            for target in tx.targets(self.blog):
                blog, name = self.server.blog(target), target.name
                self.places[target.id] = Place(self, target.id, name, systems[name], blog)
        self.target = next(iter(self.places))
        self.desks = [RemoteDesk(self, place) for place in self.places.values()]
        self.engine = self.start()

    # the program

    def start(self) -> Engine:
        """The program is started (again), on the same store."""
        self.process += 1
        self.engine = self.make_engine(
            self.store, self.shelf, self._open, self.clock, self.ids, self.random.random
        )
        return self.engine

    def _open(self, blog: Blog, target: Target, account: Account) -> Backend:
        opened = self.kind.open(blog, target, account.settings, "")
        return FlakyBackend(self, target, cast(MemoryBackend, opened))

    def _told(self, changes: Changes) -> None:
        if changes.origin != "sync" and hasattr(self, "engine"):
            self.engine.look_again()

    def pass_(self) -> PassReport | None:
        """A pass; None when the process was killed in it, and started again."""
        self.passes += 1
        try:
            return self.engine.run_pass()
        except Killed as killed:
            self.tell("killed", str(killed))
            self.restart()
            return None

    def restart(self) -> None:
        """After a kill. Now and then it was the laptop that stopped, and its steady clock begins anew."""
        self.network.died()
        self.network.kill_in = None
        for place in self.places.values():
            with self.store.read() as tx:
                place.emptied = place.emptied and tx.watch(place.target).emptied > 0
        if self.random.random() < 0.3:
            self.counts["reboots"] += 1
            self.forward(self.random.randint(1, 40))
            self.clock.booted = self.clock.time
            self.forward(self.random.randint(1, 40))
        self.start()

    # the time

    def forward(self, seconds: float) -> None:
        """Time goes by, and what was on its way lands."""
        late, end = self.network.late, self.clock.time + timedelta(seconds=seconds)
        while late:
            due = min(late, key=lambda each: each.due)
            if due.due > end:
                break
            late.remove(due)
            self.clock.time = max(self.clock.time, due.due)
            self.tell("lands late", *due.entries)
            due.land()
        self.clock.time = max(self.clock.time, end)

    def set_clock(self) -> None:
        """Somebody sets the laptop's clock, or it was wrong all the time."""
        self.counts["clock set"] += 1
        self.sets += 1
        hours = self.random.choice((0, 0, -1, 24))
        self.clock.wrong = timedelta(hours=hours, seconds=self.random.randint(-2, 2))
        self.tell("the clock is set", str(self.clock.wrong))

    # what tests ask

    @property
    def remote(self) -> MemoryBlog:
        """What the first target holds."""
        return self.places[self.target].blog

    def entries(self) -> tuple[Entry, ...]:
        """Every entry of the blog."""
        with self.store.read() as tx:
            return tx.entries(self.blog)

    def entry(self, entry: EntryId) -> Entry:
        """One of them."""
        with self.store.read() as tx:
            return tx.entry(entry)

    def words(self) -> str:
        """Some words that nobody wrote before."""
        self.spoken += 1
        return f"{self.random.choice(WORDS)} {self.spoken}"

    def tell(self, *what: object) -> None:
        """A line of the story, where somebody listens."""
        if self.story is not None:
            at = (self.clock.time - self.clock.booted).total_seconds()
            line = " ".join(str(each)[-90:] for each in what if each != "")
            self.story(f"{self.clock.time:%d %H:%M:%S} (steady {at:.0f}) {line}")

    def unanswered(self, problem: Problem, wait: float | None = None) -> Unanswered:
        """What a backend raises when nobody knows."""
        return Unanswered(problem, retry_after=wait)

    def meanwhile(self, place: Place) -> None:
        """While a request is on its way nobody stands still."""
        if not self.busy_desk and not self.busy_remote:
            return
        killing, self.network.kill_in = self.network.kill_in, None
        if self.random.random() < self.busy_desk:
            self.laptop.act()
        if self.random.random() < self.busy_remote:
            RemoteDesk(self, place).act()
        self.network.kill_in = killing

    # short ways for tests

    def write(self) -> EntryId:
        return self.laptop.write()

    def content(self) -> Content:
        return self.laptop.content()

    def publish(self, entry: EntryId, at: datetime | None = None) -> None:
        self.laptop.publish(entry, at)

    def correct(self, entry: EntryId, kind: Kind = Kind.CORRECTION) -> None:
        self.laptop.correct(entry, kind)

    def sign_in(self) -> None:
        self.laptop.sign_in()

    def allow(self, entry: EntryId) -> None:
        """Somebody approved what is the approved revision now."""
        with self.store.read() as tx:
            approved = tx.entry(entry).approved
            assert approved is not None
            self.rules.allow(entry, tx.revision(approved).content)

    def retry_refused(self) -> None:
        self.laptop.decide()

    def quiet(self) -> None:
        self.rest.quiet()


@contextmanager
def nothing_changed(world: World) -> Iterator[None]:
    """The store is the same afterwards."""
    before = world.store.tables.copy()  # type: ignore[attr-defined]
    yield
    assert world.store.tables == before  # type: ignore[attr-defined]

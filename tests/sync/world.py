"""A simulated world: a desk, a laptop that can be killed at any point, a network that loses and delays, a system.

The invariants are those of the design of sync, by name. They are asked at every change of the system and at every
request, not only at the end.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from editor.backends.memory import Memory as MemoryKind
from editor.backends.memory import MemoryBlog, MemoryServer
from editor.changes import Changes, Feed
from editor.content.block import Picture
from editor.content.blocks.photo import Photo
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import release, writing
from editor.domain.asset import Asset, Rendition
from editor.domain.blog import Account, AccountState, Blog, Target
from editor.domain.entry import Entry, Kind, Stage
from editor.domain.ids import AccountId, AssetId, BlogId, EntryId, TargetId, uuid7
from editor.ports import Room, Store
from editor.problems import Problem, Refused
from editor.sync.backend import Backend, Capabilities, NotApplied, Rejected, Unanswered
from editor.sync.delivery import Delivery, Dispatch, Held, MediaFile, OpState, Phase, Visibility
from editor.sync.engine import Engine
from editor.sync.plan import Nothing
from editor.sync.report import PassReport
from tests.sync.books import DictStore

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
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
PHOTOS = 3
Answer = TypeVar("Answer")


class Violation(BaseException):
    """An invariant was broken; its name comes first. Not an ``Exception``: the engine's border must not catch it."""


class Killed(BaseException):
    """The process ends here: nothing of it runs any more."""


class HandClock:
    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time


class CountingIds:
    def __init__(self) -> None:
        self.count = 0

    def fresh(self) -> str:
        self.count += 1
        return uuid7(1_700_000_000_000 + self.count, self.count.to_bytes(10, "big"))


class Shelf:
    """Renditions as files of their own name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for photo in range(PHOTOS):
            for width in (640, 1280):
                (folder / f"r{photo}-{width}").write_bytes(b"\xff\xd8" + bytes(width // 64))

    def original(self, asset: AssetId) -> Path:
        return self.folder / asset

    def rendition(self, rendition: str) -> Path:
        return self.folder / rendition

    def keep_original(self, source: Path) -> AssetId:
        raise NotImplementedError

    def keep_rendition(self, data: bytes) -> str:
        raise NotImplementedError


@dataclass
class Network:
    """What becomes of requests. ``chaos`` is how often something goes wrong, from 0 to 1."""

    random: random.Random
    chaos: float = 0.0
    kill_in: int | None = None
    fault_at: dict[int, str] = field(default_factory=dict)
    asked: int = 0
    late: list[tuple[datetime, EntryId, Callable[[], object]]] = field(default_factory=list)
    gate: datetime | None = None
    signed_out: bool = False
    faults: tuple[str, ...] = (
        "request lost",
        "reply lost",
        "lands late",
        "lands late",
        "503",
        "504 with effect",
        "429",
        "401",
        "no route",
        "400",
    )

    def point(self, name: str) -> None:
        """A numbered point: the process may end here."""
        if self.kill_in is not None:
            self.kill_in -= 1
            if self.kill_in < 0:
                self.kill_in = None
                raise Killed(name)

    def fault(self) -> str:
        self.asked += 1
        if self.asked - 1 in self.fault_at:
            return self.fault_at[self.asked - 1]
        if self.random.random() >= self.chaos:
            return ""
        return self.random.choice(self.faults)


class FlakyBackend:
    """A backend behind the network."""

    def __init__(self, world: World, target: Target, inner: Backend) -> None:
        self.world = world
        self.target = target
        self.inner = inner
        self.capabilities: Capabilities = dataclasses.replace(inner.capabilities, network=True)

    def check(self) -> None:
        self.inner.check()

    def put_media(self, file: MediaFile, path: Path) -> None:
        self._request(None, lambda: self.inner.put_media(file, path), writes=True)

    def remove_media(self, file: MediaFile) -> None:
        self._request(None, lambda: self.inner.remove_media(file), writes=True)

    def picture(self, files: tuple[MediaFile, ...]) -> Picture:
        return self.inner.picture(files)

    def find(self, entry: EntryId) -> Held | None:
        return self._request(entry, lambda: self.inner.find(entry), writes=False)

    def put(self, dispatch: Dispatch, held: Held) -> Held:
        self.world.about_to_put(self.target, dispatch, held)
        return self._request(dispatch.entry, lambda: self.inner.put(dispatch, held), writes=True)

    def withdraw(self, dispatch: Dispatch, held: Held) -> Held:
        return self._request(
            dispatch.entry, lambda: self.inner.withdraw(dispatch, held), writes=True
        )

    def put_cover(self, blog: Blog) -> None:
        self._request(None, lambda: self.inner.put_cover(blog), writes=True)

    def address(self) -> str:
        return self.inner.address()

    def close(self) -> None:
        self.inner.close()

    def _request(self, entry: EntryId | None, act: Callable[[], Answer], *, writes: bool) -> Answer:
        world, network = self.world, self.world.network
        world.about_to_ask(entry, writes=writes)
        network.point("before request")
        fault = network.fault()
        lost = Unanswered(Problem(code="no-answer"))
        match fault:
            case "429":
                seconds = network.random.randint(10, 90)
                network.gate = world.clock.now() + timedelta(seconds=seconds)
                raise NotApplied(Problem(code="asked-to-wait"), retry_after=seconds)
            case "401":
                network.signed_out = True
                raise NotApplied(Problem(code="sign-in"), sign_in=True)
            case "no route":
                raise NotApplied(Problem(code="offline"), offline=True)
            case "400" if writes and entry is not None and network.random.random() < 0.3:
                raise Rejected(Problem(code="rejected"))
            case "request lost" | "503":
                raise lost
            case "lands late" if writes and entry is not None:
                wait = timedelta(seconds=network.random.randint(35, 80))
                network.late.append((world.clock.now() + wait, entry, lambda: world.land(act)))
                raise lost
            case _:
                answer = world.land(act)
        network.point("after request")
        world.meanwhile()
        if fault in ("reply lost", "lands late", "504 with effect"):
            raise world.gateway_timeout() if fault.startswith("504") else lost
        return answer


class World:
    """Everything together. The desk is the real one; the engine is the one under test."""

    def __init__(
        self,
        seed: int,
        shelf: Shelf,
        *,
        drafts: bool,
        versions: bool,
        store: Callable[[Feed, Callable[[str], None]], Store] = DictStore,
        make_engine: Callable[..., Engine] = Engine,
    ) -> None:
        self.random = random.Random(seed)
        self.drafts = drafts
        self.clock = HandClock()
        self.network = Network(self.random)
        self.feed = Feed()
        self.feed.listen(self._told)
        self.server = MemoryServer()
        self.kind = MemoryKind(self.server)
        self.settings = {
            "drafts": "on" if drafts else "off",
            "versions": "on" if versions else "off",
        }
        self.shelf = shelf
        self.store = store(self.feed, self.network.point)
        self.room = Room(self.store, shelf, self.clock, CountingIds(), author="Field team A")
        self.make_engine = make_engine
        self.approved: dict[EntryId, set[str]] = {}
        self.busy_desk = 0.0
        self.gateway_timeout: Callable[[], Exception] = lambda: Unanswered(Problem(code="504"))
        self.sent = 0
        self.renditions: dict[AssetId, tuple[Rendition, ...]] = {}
        self.blog = self._furnish()
        self.engine = self.start()

    def _furnish(self) -> BlogId:
        blog = BlogId(self.room.ids.fresh())
        account = AccountId("wire")
        with self.store.write() as tx:
            tx.put_account(
                Account(
                    id=account,
                    name="wire",
                    kind="memory",
                    settings={"address": "https://cms.invalid", **self.settings},
                )
            )
            tx.put_blog(
                Blog(
                    id=blog,
                    slug="river",
                    headline="Flood on the river",
                    created=NOON,
                    coverage_start=NOON,
                )
            )
            self.target = TargetId(self.room.ids.fresh())
            tx.put_target(
                Target(id=self.target, blog=blog, account=account, name="wire", reviews=self.drafts)
            )
            for photo in range(PHOTOS):
                asset = AssetId(f"a{photo}")
                tx.put_asset(
                    Asset(
                        id=asset,
                        mime="image/jpeg",
                        width=1280,
                        height=720,
                        size=9,
                        name="x.jpg",
                        added=NOON,
                    )
                )
                self.renditions[asset] = tuple(
                    Rendition(
                        id=f"r{photo}-{width}",
                        asset=asset,
                        mime="image/jpeg",
                        width=width,
                        height=width * 9 // 16,
                        size=2 + width // 64,
                    )
                    for width in (640, 1280)
                )
                for rendition in self.renditions[asset]:
                    tx.put_rendition(rendition)
        return blog

    def start(self) -> Engine:
        """The program is started (again), on the same store."""
        self.engine = self.make_engine(
            self.store, self.shelf, self._open, self.clock, self.random.random
        )
        return self.engine

    def _open(self, blog: Blog, target: Target, account: Account) -> Backend:
        return FlakyBackend(self, target, self.kind.open(blog, target, account.settings, ""))

    def _told(self, changes: Changes) -> None:
        if changes.origin != "sync" and hasattr(self, "engine"):
            self.engine.look_again()

    @property
    def remote(self) -> MemoryBlog:
        with self.store.read() as tx:
            return self.server.blog(tx.target(self.target))

    # the laptop

    def pass_(self) -> PassReport | None:
        """A pass; None when the process was killed in it, and started again."""
        try:
            return self.engine.run_pass()
        except Killed:
            # what the system said in its last answer, the dead process may not have heard
            self.network.gate, self.network.signed_out = None, False
            self.start()
            return None

    def forward(self, seconds: float) -> None:
        """Time goes by, and what was on its way lands."""
        end = self.clock.time + timedelta(seconds=seconds)
        while self.network.late:
            due = min(self.network.late, key=lambda each: each[0])
            if due[0] > end:
                break
            self.network.late.remove(due)
            self.clock.time = max(self.clock.time, due[0])
            due[2]()
        self.clock.time = end

    def quiet(self, passes: int = 60) -> None:
        """Faults stop, everybody signs in, refusals are sent again: C1 CONVERGES, or it is violated."""
        self.network.chaos, self.network.kill_in, self.busy_desk = 0.0, None, 0.0
        self.network.signed_out = False
        with self.store.write() as tx:
            tx.set_account_state(AccountId("wire"), AccountState.READY)
        for _ in range(passes):
            self.retry_refused()
            report = self.pass_()
            if report is not None and report.next_wake is None and not report.waiting:
                break
            self.forward(130)
        self.converged()

    def retry_refused(self) -> None:
        from editor.sync.intent import again

        with self.store.write() as tx:
            for row, _ in tx.open_deliveries():
                if row.phase in (Phase.REFUSED, Phase.CONFLICT):
                    tx.put_delivery(again(row))

    # the desk

    def content(self) -> Content:
        photo = self.random.random() < 0.5
        body: list[Any] = [Text(text=f"{self.random.choice(WORDS)} {self.random.random():.6f}")]
        if photo:
            body.append(
                Photo(
                    asset=f"a{self.random.randrange(PHOTOS)}",
                    alt="The lock from the bridge",
                    caption=self.random.choice(WORDS),
                    credit="Field team A",
                )
            )
        return Content(headline=self.random.choice(WORDS), body=tuple(body))

    def write(self) -> EntryId:
        (entry,) = writing.new_entry(self.room, self.blog, self.content()).entries
        return entry

    def publish(self, entry: EntryId, at: datetime | None = None) -> None:
        release.publish(self.room, entry, at=at)
        self._approve(entry)

    def correct(self, entry: EntryId, kind: Kind = Kind.CORRECTION) -> None:
        writing.save_draft(self.room, entry, self.content())
        release.correct(self.room, entry, kind, "The level was wrong.")
        self._approve(entry)

    def _approve(self, entry: EntryId) -> None:
        with self.store.read() as tx:
            revision = tx.entry(entry).approved
            assert revision is not None
            self.approved.setdefault(entry, set()).add(tx.revision(revision).digest)

    def entries(self) -> tuple[Entry, ...]:
        with self.store.read() as tx:
            return tx.entries(self.blog)

    def act(self) -> None:
        """The desk does something."""
        entries = self.entries()
        what = self.random.choice(
            ("new", "new", "correct", "edit", "withdraw", "schedule", "submit", "recall", "sign in")
        )
        if what == "sign in":
            self.sign_in()
            return
        if what == "new" or not entries:
            self.publish(self.write())
            return
        entry = self.random.choice(entries)
        try:
            match what:
                case "correct":
                    self.correct(entry.id, self.random.choice((Kind.CORRECTION, Kind.TYPO)))
                case "edit":
                    writing.save_draft(self.room, entry.id, self.content())
                    if self.random.random() < 0.7:
                        release.submit(self.room, entry.id)
                case "withdraw":
                    release.withdraw(self.room, entry.id, "It was somewhere else.")
                    if self.random.random() < 0.5:
                        self.publish(self.write())
                case "schedule":
                    later = timedelta(seconds=self.random.randint(5, 400))
                    self.publish(self.write(), at=self.clock.now() + later)
                case "submit":
                    release.submit(self.room, self.write())
                case "recall":
                    release.recall(self.room, entry.id)
        except Refused:
            pass

    def sign_in(self) -> None:
        self.network.signed_out = False
        with self.store.write() as tx:
            tx.set_account_state(AccountId("wire"), AccountState.READY)

    def meanwhile(self) -> None:
        """While a request is on its way the desk does not stand still."""
        if self.random.random() < self.busy_desk:
            killing, self.network.kill_in = self.network.kill_in, None
            self.act()
            self.network.kill_in = killing

    # the invariants

    def land(self, act: Callable[[], Answer]) -> Answer:
        """A request has its effect; then everything readers see is looked at."""
        answer = act()
        public = self.remote.public()
        for each in public:
            if sum(other.entry == each.entry for other in public) > 1:
                raise Violation("D1 NO-PUBLIC-DUP")
            if each.dispatch.digest not in self.approved.get(each.entry, set()):
                raise Violation("A1 APPROVED-ONLY")
            if not self.names(each.dispatch.content) <= self.remote.media.keys():
                raise Violation("M1 MEDIA-FIRST")
        return answer

    def names(self, content: Content) -> set[str]:
        """What the files of a content's photos are called at the system."""
        photos = {block.asset for block in content.body if isinstance(block, Photo)}
        return {
            rendition.file_name for photo in photos for rendition in self.renditions[AssetId(photo)]
        }

    def unused(self) -> set[str]:
        """What lies at the system and belongs to nothing that it keeps for readers or the desk."""
        seen = (Visibility.PUBLIC, Visibility.DESK)
        kept = [each for each in self.remote.objects.values() if each.visibility in seen]
        shown = (self.names(each.dispatch.content) for each in kept)
        return set(self.remote.media).difference(*shown)

    def about_to_ask(self, entry: EntryId | None, *, writes: bool) -> None:
        self.sent += 1
        now = self.clock.now()
        if self.network.gate is not None and now < self.network.gate:
            raise Violation("G1 RETRY-AFTER")
        if self.network.signed_out:
            raise Violation("G2 AUTH-PAUSE")
        if writes and entry is not None and any(each[1] == entry for each in self.network.late):
            raise Violation("O3 FIFO")

    def about_to_put(self, target: Target, dispatch: Dispatch, held: Held) -> None:
        if dispatch.visibility is not Visibility.PUBLIC:
            return
        now = self.clock.now()
        with self.store.read() as tx:
            mine = tx.entry(dispatch.entry)
            if mine.not_before is not None and now < mine.not_before:
                raise Violation("A3 EMBARGO")
            if held.visibility is Visibility.PUBLIC:
                return
            for row, entry in tx.open_deliveries():
                if (
                    row.target == target.id
                    and entry.seq < mine.seq
                    and holds_up_truly(row, entry, now)
                    and row.wanted.visibility is Visibility.PUBLIC
                    and row.held.visibility is not Visibility.PUBLIC
                ):
                    raise Violation("O1 ORDER-GATE")

    def converged(self) -> None:
        """At rest: nothing is planned, nothing ambiguous, readers see what was approved and nothing else."""
        with self.store.read() as tx:
            rows = tx.open_deliveries()
            entries = tx.entries(self.blog)
            if any(op.state is OpState.IN_FLIGHT for op in tx.ops_in_flight()):
                raise Violation("C1 CONVERGES: a request in flight")
        left = [each for each in self.engine.planned() if not isinstance(each.step, Nothing)]
        rows = tuple(row for row in rows if row[1].stage is not Stage.SUBMITTED)
        if left or rows:
            raise Violation(f"C1 CONVERGES: {len(rows)} open, first {rows[:1]}")
        if unused := self.unused():
            raise Violation(f"M2 NO-UNUSED-MEDIA: {sorted(unused)}")
        public = {each.entry: each.dispatch.digest for each in self.remote.public()}
        with self.store.read() as tx:
            for entry in entries:
                shown = public.pop(entry.id, None)
                if entry.stage is Stage.WITHDRAWN:
                    if shown is not None:
                        raise Violation("T1 NO-RESURRECTION")
                elif entry.stage is Stage.PUBLISHED:
                    assert entry.approved is not None
                    if shown != tx.revision(entry.approved).digest:
                        raise Violation("C1 CONVERGES: readers see something else")
                    if entry.published is None:
                        raise Violation("C1 CONVERGES: published without a time")
                elif shown is not None:
                    raise Violation("A1 APPROVED-ONLY")
        if public:
            raise Violation("T1 NO-RESURRECTION")


def holds_up_truly(row: Delivery, entry: Entry, now: datetime) -> bool:
    """Whether an earlier entry is approved, due and unblocked: said again here, apart from the planner."""
    stumbled = row.problem is not None and row.problem.code == "sync-bug"
    due = entry.not_before is None or entry.not_before <= now
    approved = entry.stage in (Stage.SCHEDULED, Stage.PUBLISHED)
    blocked = stumbled or row.phase in (Phase.REFUSED, Phase.CONFLICT)
    return approved and due and not blocked


def run(world: World, steps: int = 30) -> None:
    """One life: some entries approved from the start, then passes, faults, kills, time and the desk."""
    rng = world.random
    for _ in range(rng.randint(2, 6)):
        world.publish(world.write())
    for _ in range(steps):
        world.network.chaos = rng.choice((0.0, 0.2, 0.5))
        world.busy_desk = rng.choice((0.0, 0.15))
        world.network.kill_in = rng.randrange(30) if rng.random() < 0.35 else None
        chosen = rng.random()
        if chosen < 0.6:
            world.pass_()
        elif chosen < 0.85:
            world.forward(rng.choice((1, 5, 30, 130)))
        else:
            world.network.kill_in = None
            world.act()
        if rng.random() < 0.15:
            world.network.kill_in = None
            world.sign_in()
    world.network.kill_in = None
    for _ in range(3):  # the same few photos, while some removals are still owed
        world.publish(world.write())
    world.quiet()


@contextmanager
def nothing_changed(world: World) -> Iterator[None]:
    """The store is the same afterwards."""
    before = world.store.tables.copy()  # type: ignore[attr-defined]
    yield
    assert world.store.tables == before  # type: ignore[attr-defined]

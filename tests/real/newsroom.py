"""A correspondent's laptop whose live blog goes to a real WordPress: the real store, use cases and engine.

Its clock stands still until it is moved, so that minutes of waiting take no time. It is moved only once the site has done
all that it was asked for: what may still land after that is what the proxy between them holds back.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from editor.content.entry import Content, digest
from editor.desk import release, writing
from editor.desk.accounts import add_account, add_target, signed_in
from editor.desk.blogs import LOCAL, add_blog
from editor.desk.working import working_content
from editor.domain.blog import Account, Blog, Target
from editor.domain.entry import Entry, Kind, Revision
from editor.domain.ids import AccountId, BlogId, EntryId
from editor.registry import Kinds
from editor.sync.backend import Backend, Found
from editor.sync.delivery import Delivery, Held
from editor.sync.engine import Engine
from editor.sync.report import PassReport
from tests.real.between import Between
from tests.real.wordpress import WordPress
from tests.rooms import HandClock, TestRoom

NAME = AccountId("newsroom")
PASSES = 60
LANDING = 115.0
"""Seconds, of the laptop's clock, within which a request lands that was held back: less than is waited for it."""


class Killed(BaseException):
    """The program has ended, at any of its lines."""


class MortalClock(HandClock):
    """A clock that its owner may not live to read again."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.dying = False

    def now(self) -> datetime:
        if self.dying:
            raise Killed
        return super().now()

    def steady(self) -> float:
        if self.dying:
            raise Killed
        return super().steady()


class Laptop:
    """One profile, with one live blog. ``between`` is the way to the site."""

    def __init__(
        self,
        folder: Path,
        site: WordPress,
        between: Between | None = None,
        user: str = "field",
        chance: Callable[[], float] | None = None,
        blog: str = "Flood in the delta",
    ) -> None:
        self.site, self.between = site, between
        self.secret = site.users[user].app_password
        self.chance = chance or random.Random(0).random
        self.base = TestRoom(folder)
        self.clock = MortalClock(datetime.now(UTC).replace(microsecond=0))
        self.base.clock = self.clock
        self.room, self.store, self.views = self.base.room, self.base.store, self.base.views
        self.room.clock = self.clock
        self.deaths = 0
        self.kinds = Kinds()
        self.blog = self._furnish(user, blog)
        self.engine = self.start()

    def _furnish(self, user: str, headline: str) -> BlogId:
        (blog,) = add_blog(self.room, headline=headline).blogs
        with self.store.write() as tx:
            tx.remove_account(LOCAL)
        status, _ = self.site.call(
            "desk", "POST", "/wp/v2/categories", name=headline, slug=self.views.blog(blog).slug
        )
        assert status == 201
        address = self.site.url if self.between is None else self.between.url
        add_account(
            self.room,
            kind="wordpress",
            name=NAME,
            settings={"address": address, "user": user, "rest": f"{address}/wp-json/"},
        )
        add_target(self.room, blog, NAME, settings={}, reviews=True)
        return blog

    def close(self) -> None:
        self.engine.targets.end()
        self.base.close()

    def start(self) -> Engine:
        """The program is started, or started again after it was killed."""
        self.clock.dying = False
        self.kinds = Kinds()
        self.engine = Engine(
            self.store, self.room.shelf, self._open, self.clock, self.room.ids, self.chance
        )
        return self.engine

    def _open(self, blog: Blog, target: Target, account: Account) -> Backend:
        settings = {**account.settings, **target.settings}
        return self.kinds.get("wordpress").open(blog, target, settings, self.secret)

    def backend(self) -> Backend:
        """The target, as the program opens it."""
        blog, target = self.views.blog(self.blog), self.target
        return self._open(blog, target, self.views.account(target.account))

    @property
    def target(self) -> Target:
        (found,) = self.views.targets(self.blog)
        return found

    # --- writing

    def publish(self, content: Content) -> EntryId:
        """A new entry, released."""
        entry = self.type(content)
        release.publish(self.room, entry)
        return entry

    def submit(self, content: Content) -> EntryId:
        """A new entry, for the desk to look at."""
        entry = self.type(content)
        release.submit(self.room, entry)
        return entry

    def type(self, content: Content) -> EntryId:
        """A new entry that is not released."""
        (entry,) = writing.new_entry(self.room, self.blog, content).entries
        return entry

    def correct(self, entry: EntryId, content: Content) -> None:
        """Another text for a public entry, released."""
        writing.save_draft(self.room, entry, content)
        release.correct(self.room, entry, Kind.UPDATE, "It is higher.", shown=digest(content))

    def sign_in(self, secret: str = "") -> None:
        """Somebody signs in, with another password or the same."""
        self.secret = secret or self.secret
        signed_in(self.room, NAME)

    # --- the program

    def run(self) -> PassReport | None:
        """A pass; None where the program was killed in it, after which it was started again."""
        try:
            return self.engine.run_pass()
        except Killed:
            self.engine.targets.end()
            self.deaths += 1
            self.start()
            return None

    def wait(self, report: PassReport | None, least: float = 1.0) -> None:
        """Time goes by until something is due again."""
        seconds = least
        if report is not None and report.next_wake is not None:
            seconds = max(seconds, (report.next_wake - self.clock.now()).total_seconds() + 0.001)
        self.forward(seconds)

    def forward(self, seconds: float) -> None:
        """Time goes by. What was held on its way lands before it is older than a request may be."""
        if self.between is not None:
            self.between.idle()
            self.between.land(self.clock.run + seconds - LANDING)
        self.clock.forward(seconds=seconds)

    def sync(self, passes: int = PASSES) -> PassReport:
        """Passes until nothing waits that can be done without a person."""
        for _ in range(passes):
            report = self.run()
            if report is not None and report.next_send is None and not self._held:
                return report
            self.wait(report)
        raise AssertionError(f"it never ends: {self.open()}")

    def pull(self) -> PassReport:
        """Everything is fetched and sent, also what others did just now."""
        self.engine.pull_soon()
        return self.sync()

    @property
    def _held(self) -> bool:
        return self.between is not None and bool(self.between.held)

    # --- looking

    def entry(self, entry: EntryId) -> Entry:
        with self.store.read() as tx:
            return tx.entry(entry)

    def row(self, entry: EntryId) -> Delivery:
        """The ledger's row."""
        with self.store.read() as tx:
            found = tx.delivery(entry, self.target.id)
        assert found is not None
        return found

    def ran(self, at: datetime) -> float:
        """A moment by the steady clock."""
        return self.clock.run + (at - self.clock.time).total_seconds()

    def open(self) -> list[Delivery]:
        """The rows that are not settled."""
        with self.store.read() as tx:
            return [row for row, _ in tx.open_deliveries()]

    def working(self, entry: EntryId) -> Content:
        """What is on the screen."""
        with self.store.read() as tx:
            return working_content(tx, tx.entry(entry))

    def revisions(self, entry: EntryId) -> tuple[Revision, ...]:
        with self.store.read() as tx:
            return tx.revisions(entry)

    def approved(self, entry: EntryId) -> str:
        """The digest of what was approved."""
        with self.store.read() as tx:
            approved = tx.entry(entry).approved
            return "" if approved is None else tx.revision(approved).digest

    def notices(self) -> list[str]:
        """What the program wants its user to know, by the problems' codes."""
        return [each.problem.code for each in self.views.notices()]

    def there(self, entry: EntryId) -> Found:
        """What a program that was just started finds at the site."""
        backend = self.backend()
        try:
            found = backend.find(entry, Held())
        finally:
            backend.close()
        assert found is not None
        return found

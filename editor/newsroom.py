"""One profile, opened: its store, views, shelf and feed, and the worker that sends. Used by the window and the commands.

Heavy parts (SQLAlchemy, the backends) come when they are first used, so that a window paints before them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from db.opening import open_profile_db
from db.reading import SqliteViews
from db.store import SqliteStore
from editor.changes import Changes, Feed
from editor.clock import RandomIds, SystemClock
from editor.domain.blog import Account, Blog, Role, Target
from editor.domain.ids import AccountId, BlogId, TargetId
from editor.media.lab import Lab
from editor.media.shelf import FolderShelf
from editor.paths import Profile
from editor.ports import Room
from editor.problems import Refused

if TYPE_CHECKING:
    from editor.content.blocks.photo import Photo
    from editor.desk.accounts import Waiting
    from editor.desk.reception import Reception
    from editor.keychain import Keychain
    from editor.registry import Kinds
    from editor.releases.asking import Releases
    from editor.sync.backend import Backend, Capabilities, Door, Welcome
    from editor.sync.engine import Engine
    from editor.sync.lock import Turn
    from editor.sync.report import PassReport, SyncState
    from editor.sync.worker import Worker

AGAIN = 0.2
"""How soon another process is asked again whether it still sends, in seconds."""


class Newsroom:
    """Everything of one profile that is not a window."""

    def __init__(self, profile: Profile) -> None:
        """Opens the profile, making it where it is not there yet. Raises what ``open_profile_db`` raises."""
        profile.make()
        self.profile = profile
        self.feed = Feed()
        clock = SystemClock()
        open_profile_db(profile.database, now=clock.now())
        self.store = SqliteStore(profile.database, self.feed)
        self.views = SqliteViews(profile.database, self.store.commits)
        self.lab = Lab()
        self.room = Room(
            self.store,
            FolderShelf(profile.photos),
            clock,
            RandomIds(),
            able=self._able,
            lab=self.lab,
            signers=profile.signers,
        )
        self._worker: Worker | None = None
        self._deaf: Callable[[], None] | None = None

    def __enter__(self) -> Newsroom:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker and gives back the store's files."""
        self.stop_worker()
        self.lab.close()
        self.views.close()
        self.store.close()

    @cached_property
    def kinds(self) -> Kinds:
        """The kinds of publishing system."""
        from editor.registry import Kinds

        return Kinds()

    @cached_property
    def secrets(self) -> Keychain:
        """The system's keyring."""
        from editor.keychain import Keychain

        return Keychain(str(self.profile.folder))

    @cached_property
    def reception(self) -> Reception:
        """The accounts with their secrets."""
        from editor.desk.reception import Reception

        return Reception(self.room, self.secrets, self.kinds, self._try_out)

    @cached_property
    def releases(self) -> Releases:
        """Whether there is a newer version of the program."""
        from editor import __version__
        from editor.paths import resources
        from editor.releases.asking import Releases
        from editor.releases.release import MOST
        from editor.releases.source import read_source

        def get(address: str) -> bytes:
            from editor.web.newest import get

            return get(address, MOST)

        choices, heard = self.profile.choices, self.profile.newer
        source = read_source(resources())
        return Releases(choices, heard, source, get, __version__, self.room.clock)

    def keep_daily_copy(self) -> None:
        """Makes the day's copy of the store, which a damaged one can be put right from. Any thread.

        Raises ``Refused`` (``store-damaged``) for damage that opening could not see.
        """
        from db.copies import keep_daily_backup

        keep_daily_backup(self.profile.database, now=self.room.clock.now())
        self.store.tidy()

    def warm_up(self) -> None:
        """Imports what the first transaction needs. Any thread."""
        self.store.warm()

    def watch_the_outbox(self, listener: Callable[[SyncState], None]) -> None:
        """From now on, sends what was released; ``listener`` is told on the worker's thread.

        The worker begins when there is something for it: SQLAlchemy costs 28 MB, which a window that is only read in
        can do without.
        """
        self._deaf = self.feed.listen(lambda changes: self._heard(changes, listener))
        if self._has_something_to_send():
            self._start_worker(listener)

    def stop_worker(self) -> None:
        """Ends the worker after its current request."""
        if self._deaf is not None:
            self._deaf()
            self._deaf = None
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def wake(self) -> None:
        """Lets the worker look at once whether there is something to send, unreachable hosts included."""
        if self._worker is not None:
            self._worker.retry_now()

    def pull_soon(self) -> None:
        """Lets the worker ask at once what others changed."""
        if self._worker is not None:
            self._worker.pull_soon()

    def send(self, deadline: float) -> PassReport | None:
        """Sends until nothing that can be sent is left, or ``deadline`` (``time.monotonic``) has come.

        Returns the last pass's report; None when another process sends all that time.
        """
        engine = self._engine()
        report: PassReport | None = None
        while True:
            latest = self._in_turn(deadline, engine.run_pass)
            report = latest or report
            if latest is None or report is None or report.next_send is None:
                return report
            wait = (report.next_send - self.room.clock.now()).total_seconds()
            if wait > deadline - time.monotonic():
                return report
            time.sleep(max(wait, 0.05))

    def pull(self, deadline: float, blog: BlogId | None = None) -> PassReport | None:
        """Fetches what others changed, in all blogs or in one. Sends nothing; returns as ``send`` does."""
        engine = self._engine()
        return self._in_turn(deadline, lambda: engine.fetch(blog))

    def _in_turn(self, deadline: float, run: Callable[[], PassReport]) -> PassReport | None:
        """Does it as soon as no other process sends; None when that is not before the deadline."""
        turn = self._turn()
        while True:
            with turn() as mine:
                if mine:
                    return run()
            if time.monotonic() + AGAIN > deadline:
                return None
            time.sleep(AGAIN)

    def make_sample(self, slug: str = "flood-in-the-delta") -> Changes:
        """Makes the sample live blog, photos and all. Slow; never on the UI thread."""
        from editor.desk.sample import make_sample

        return Changes(blogs=frozenset({make_sample(self.room, slug=slug)}))

    def live_page(self, blog: BlogId) -> str:
        """The blog's public address, or the path of its first page on this laptop; empty when there is none."""
        shown = self.views.blog(blog)
        found = [self.address(shown, target) for target in self.views.targets(blog)]
        # what readers have, before the folder on this laptop that nobody may have put on the web
        found.sort(key=lambda address: "://" not in address)
        return next((address for address in found if address), "")

    def address(self, blog: Blog, target: Target) -> str:
        """Where a target's readers find the blog; empty when there is no such place, or it cannot be told now."""
        from editor.sync.backend import NotApplied

        account = self.views.account(target.account)
        try:
            backend = self._open(blog, target, account, secret="")
        except (Refused, NotApplied):
            return ""
        try:
            return backend.address()
        finally:
            backend.close()

    def check(self, account: Account) -> list[str]:
        """Tries every target of an account; returns their names. See ``Reception``, as for all of these."""
        return self.reception.check(account.id)

    def discover(self, kind: str, settings: Mapping[str, str]) -> Door | None:
        """What stands at an address, told to anybody; None where the kind cannot tell. Never on the window's thread."""
        return self.reception.discover(kind, settings)

    def greet(self, kind: str, settings: Mapping[str, str], secret: str) -> Welcome | None:
        """Who the user is there; None where the kind cannot tell. Never on the window's thread."""
        return self.reception.greet(kind, settings, secret)

    def welcome(self, account: AccountId) -> Welcome | None:
        """``greet`` with what is kept of an account. Never on the window's thread."""
        return self.reception.welcome(account)

    def add_account(
        self,
        kind: str,
        name: str,
        settings: Mapping[str, str],
        secret: str,
        *,
        role: Role,
        session_only: bool = False,
    ) -> Changes:
        """Adds an account and keeps its secret, or does neither. Never on the window's thread."""
        return self.reception.add(
            kind, name, settings, secret, role=role, session_only=session_only
        )

    def change_account(
        self,
        account: AccountId,
        settings: Mapping[str, str],
        secret: str | None,
        *,
        session_only: bool = False,
    ) -> Changes:
        """Gives an account other settings and, unless it is None, another secret. Never on the window's thread."""
        return self.reception.change(account, settings, secret, session_only=session_only)

    def sign_in(self, account: AccountId, secret: str, *, session_only: bool = False) -> Changes:
        """Keeps a secret anew, unless it is refused, and lets the account go on. Never on the window's thread."""
        return self.reception.sign_in(account, secret, session_only=session_only)

    def waiting_at(self, account: AccountId) -> int:
        """How many entries wait for an account."""
        return self.reception.waiting_at(account)

    def remove_account(
        self, account: AccountId, *, waiting: Waiting | None = None, to: AccountId | None = None
    ) -> Changes:
        """Forgets an account and its secret; what waits stays here or goes to another. Never on the window's thread."""
        return self.reception.remove(account, waiting=waiting, to=to)

    def takes_submissions(self, blog: Blog, account: Account, settings: Mapping[str, str]) -> bool:
        """Whether an account keeps what the public cannot see, so that submissions are sent to it for review."""
        target = Target(
            id=TargetId(""), blog=blog.id, account=account.id, name="", settings=settings
        )
        backend = self._open(blog, target, account, secret="")
        try:
            return backend.capabilities.drafts
        finally:
            backend.close()

    def refill_folders(self) -> int:
        """Lets what is public go out again to every local folder that has lost it, as after a backup was restored.

        Returns how many folders there were.
        """
        from editor.desk.outbox import send_all_again

        lost = 0
        for row in self.views.blogs():
            blog = self.views.blog(row.id)
            for target in self.views.targets(row.id):
                if self.views.account(target.account).kind != "site":
                    continue
                page = self.address(blog, target)
                if page and "://" not in page and not Path(page).exists():
                    lost += bool(send_all_again(self.room, target.id).deliveries)
        return lost

    def export_site(self, blog: Blog, folder: Path) -> int:
        """Writes the page readers get, as it is approved now, into another folder; returns how many entries it has."""
        from editor.desk.site_export import export_site

        return export_site(self.room, blog.id, self.kinds.get("site"), folder)

    def _heard(self, changes: Changes, listener: Callable[[SyncState], None]) -> None:
        if self._worker is not None:
            self._worker.heard(changes)
        elif changes.deliveries or changes.blogs or changes.accounts or changes.everything:
            self._start_worker(listener)

    def _start_worker(self, listener: Callable[[SyncState], None]) -> None:
        from editor.sync.worker import Worker

        self._worker = Worker(self._engine(), self._turn(), self.room.clock, listener)
        self._worker.start()

    def _has_something_to_send(self) -> bool:
        """Whether a delivery waits, a blog's own face has changed since its target was told, or others may change things."""
        from editor.sync.dispatch import cover_digest

        if self.views.outbox() or any(row.kind != "site" for row in self.views.accounts()):
            return True
        blogs = (self.views.blog(row.id) for row in self.views.blogs())
        return any(
            target.cover not in ("", cover_digest(blog))
            for blog in blogs
            for target in self.views.targets(blog.id)
        )

    def _try_out(self, blog: Blog, target: Target, account: Account, secret: str) -> None:
        backend = self._open(blog, target, account, secret=secret)
        try:
            backend.check()
        finally:
            backend.close()

    def _turn(self) -> Turn:
        from editor.sync.lock import turn_in

        return turn_in(self.profile.sync_lock)

    def _engine(self) -> Engine:
        import random

        from editor.sync.engine import Engine

        def open_target(blog: Blog, target: Target, account: Account) -> Backend:
            return self._open(blog, target, account, secret=self.reception.secret(account))

        # Back-off needs chance that no two laptops share, not secrecy.
        chance = random.Random().random
        return Engine(
            self.store,
            self.room.shelf,
            open_target,
            self.room.clock,
            self.room.ids,
            chance,
            develop=self._develop,
        )

    def _develop(self, photo: Photo, mime: str) -> None:
        from editor.media.darkroom import Darkroom

        Darkroom(self.store, self.room.shelf, self.lab).develop(photo, mime)

    def _able(self, account: Account, target: Target) -> Capabilities | None:
        kind = self.kinds.known(account.kind)
        return kind.able({**account.settings, **target.settings}) if kind is not None else None

    def _open(self, blog: Blog, target: Target, account: Account, *, secret: str) -> Backend:
        settings = {**account.settings, **target.settings}
        if account.kind == "site":
            settings.setdefault("folder", str(self.profile.site))
        return self.kinds.get(account.kind).open(blog, target, settings, secret)

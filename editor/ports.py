"""What the core needs from outside: a store, secrets, a clock, and fresh ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from editor.changes import Changes
from editor.content.entry import Content
from editor.content.kept import Kept
from editor.domain.asset import Asset, Rendition
from editor.domain.blog import Account, AccountState, Blog, Target
from editor.domain.entry import Draft, Entry, Revision
from editor.domain.ids import AccountId, AssetId, BlogId, EntryId, RevisionId, TargetId
from editor.sync.delivery import Delivery, Op, OpState, Owed
from editor.sync.records import Conflict, LogLine, Notice, Watch

if TYPE_CHECKING:
    from editor.sync.backend import Capabilities

P = ParamSpec("P")
T = TypeVar("T")


class Clock(Protocol):
    """The time, and the laptop's own zone."""

    def now(self) -> datetime:
        """Now, aware, in UTC."""
        ...

    def steady(self) -> float:
        """Seconds since the laptop was started. Nobody can set it, and it is the same in every process."""
        ...


class Ids(Protocol):
    """Fresh UUIDv7s."""

    def fresh(self) -> str:
        """An id nobody else has, sorted by its time."""
        ...


class Secrets(Protocol):
    """The system's keyring. Never called on the UI thread. Raises ``Unavailable`` when it does not answer."""

    def get(self, account: AccountId) -> str:
        """The account's secret; empty when there is none."""
        ...

    def put(self, account: AccountId, secret: str) -> None:
        """Keeps the account's secret."""
        ...

    def keep(self, account: AccountId, secret: str) -> None:
        """Holds the account's secret for this session only; it is written nowhere."""
        ...

    def is_kept(self, account: AccountId) -> bool:
        """Whether the account's secret is held for this session only."""
        ...

    def forget(self, account: AccountId) -> None:
        """Removes the account's secret."""
        ...


class Transaction(Protocol):
    """Reading and writing within one transaction. What is written is announced by itself, as ``changes`` after it.

    Getters raise ``Refused`` (``no-such-entry``, ``no-such-blog``, ...) for what is not there.
    """

    @property
    def changes(self) -> Changes: ...

    def blog(self, blog: BlogId) -> Blog: ...
    def blog_by_slug(self, slug: str) -> Blog | None: ...
    def blogs(self) -> tuple[Blog, ...]: ...
    def put_blog(self, blog: Blog) -> None: ...

    def entry(self, entry: EntryId) -> Entry: ...
    def has_entry(self, entry: EntryId) -> bool: ...
    def entries(self, blog: BlogId) -> tuple[Entry, ...]:
        """Every entry of a blog, by seq."""
        ...

    def alike(self, blog: BlogId, entry: EntryId, words: str) -> tuple[EntryId, ...]:
        """Some other entries of a blog that hold these words and are public, or shall be, or wait for the desk."""
        ...

    def next_seq(self, blog: BlogId) -> int: ...
    def put_entry(self, entry: Entry, shown: Content | None = None) -> None:
        """Keeps the entry; ``shown`` renews what lists and search know of it (the working content)."""
        ...

    def draft(self, entry: EntryId) -> Draft | None: ...
    def put_draft(self, draft: Draft) -> None:
        """Keeps what was typed, and renews what lists and search know of the entry."""
        ...

    def drop_draft(self, entry: EntryId) -> None: ...
    def revision(self, revision: RevisionId) -> Revision: ...
    def revisions(self, entry: EntryId) -> tuple[Revision, ...]: ...
    def add_revision(self, revision: Revision) -> None: ...

    def asset(self, asset: AssetId) -> Asset | None: ...
    def put_asset(self, asset: Asset) -> None: ...
    def renditions(self, asset: AssetId) -> tuple[Rendition, ...]: ...
    def put_rendition(self, rendition: Rendition) -> None: ...
    def media_at(self, target: TargetId, rendition: str) -> bool:
        """Whether the target has confirmed to hold this rendition."""
        ...

    def doubt_media_at(self, target: TargetId, rendition: str) -> None:
        """From now on nobody knows whether the target holds it. Kept before a rendition is sent, or taken away."""
        ...

    def put_media_at(self, target: TargetId, rendition: str) -> None:
        """The target confirmed to hold it."""
        ...

    def forget_media_at(self, target: TargetId, rendition: str) -> None:
        """The target confirmed not to hold it."""
        ...

    def media_needed(self, target: TargetId, rendition: str) -> bool:
        """Whether an entry shows the rendition at the target, shall show it, or may by a request without an answer.

        Where nobody knows which revision a target shows, every revision of the entry counts.
        """
        ...

    def unused_media(self) -> tuple[tuple[TargetId, Rendition], ...]:
        """What targets hold, or may hold, and no entry needs there. Costs next to nothing when there is none."""
        ...

    def add_snapshot(self, kept: Kept) -> str:
        """Keeps what was seen of a post, and returns its name: the SHA-256 of its bytes. The same one twice is one."""
        ...

    def snapshot(self, snapshot: str) -> Kept | None: ...
    def snapshots(self, url: str) -> tuple[Kept, ...]:
        """What was seen at an address, the oldest first."""
        ...

    def account(self, account: AccountId) -> Account: ...
    def accounts(self) -> tuple[Account, ...]: ...
    def put_account(self, account: Account) -> None: ...
    def remove_account(self, account: AccountId) -> None: ...
    def set_account_state(self, account: AccountId, state: AccountState) -> None: ...
    def target(self, target: TargetId) -> Target: ...
    def targets(self, blog: BlogId) -> tuple[Target, ...]: ...
    def put_target(self, target: Target) -> None: ...

    def delivery(self, entry: EntryId, target: TargetId) -> Delivery | None: ...
    def deliveries(self, entry: EntryId) -> tuple[Delivery, ...]: ...
    def open_deliveries(self) -> tuple[tuple[Delivery, Entry], ...]:
        """Every delivery that is not settled, with its entry, by blog and seq."""
        ...

    def put_delivery(self, delivery: Delivery) -> None: ...
    def add_op(self, op: Op) -> Op:
        """Keeps a write-ahead row and returns it with its number."""
        ...

    def settle_op(self, op: int, state: OpState, error: str = "") -> None: ...
    def last_op(self, entry: EntryId, target: TargetId) -> Op | None: ...
    def ops_in_flight(self) -> tuple[Op, ...]: ...

    def bound(self, target: TargetId) -> tuple[Delivery, ...]:
        """The deliveries whose object at the target is known (``held.ref``)."""
        ...

    def owed(self, entry: EntryId | None = None) -> Mapping[tuple[EntryId, TargetId], Owed]:
        """What open deliveries that shall be seen still lack of their photos; those that lack none are left out.

        Of all entries, or of one.
        """
        ...

    def lacking(self) -> tuple[Delivery, ...]:
        """The settled deliveries of which a photo is in doubt at the target: their desk brought the text back."""
        ...

    def log(self, line: LogLine) -> None:
        """Adds a line to an entry's delivery log; the oldest beyond 500 of an entry may go."""
        ...

    def conflict(self, entry: EntryId, target: TargetId) -> Conflict | None:
        """The conflict that waits for a person, if there is one."""
        ...

    def put_conflict(self, conflict: Conflict) -> None:
        """Keeps a conflict; an open one of the same entry and target is replaced."""
        ...

    def settle_conflict(self, entry: EntryId, target: TargetId, at: datetime) -> None: ...
    def add_notice(self, notice: Notice) -> None: ...
    def see_notice(self, notice: int, at: datetime) -> None: ...
    def watch(self, target: TargetId) -> Watch:
        """Where we stand with fetching from the target; an empty one where nothing was fetched yet."""
        ...

    def put_watch(self, watch: Watch) -> None: ...

    def gate(self, host: str) -> datetime | None:
        """Until when a host asked not to be called."""
        ...

    def put_gate(self, host: str, until: datetime) -> None: ...
    def audit(self, at: datetime, what: str, entry: EntryId | None, detail: str = "") -> None:
        """Adds a line to the append-only record of decisions."""
        ...

    def audited(self, what: str, detail: str) -> bool:
        """Whether the record has such a line."""
        ...


class Store(Protocol):
    """The memory. One file, one writer at a time, safe on disk when ``write`` has ended."""

    def write(self, origin: str = "") -> AbstractContextManager[Transaction]:
        """A transaction that is committed at the end, or not at all; then the feed is told its changes."""
        ...

    def read(self) -> AbstractContextManager[Transaction]:
        """A consistent view; writing in it is a bug."""
        ...


class Shelf(Protocol):
    """Files of assets and renditions, by the hash of what is in them."""

    def original(self, asset: AssetId) -> Path: ...
    def rendition(self, rendition: str) -> Path: ...
    def keep_original(self, source: Path) -> AssetId:
        """Copies a file in (temp, fsync, rename) and returns its SHA-256."""
        ...

    def keep_rendition(self, data: bytes) -> str:
        """Writes a rendition's bytes and returns their SHA-256."""
        ...


Able = Callable[[Account, Target], "Capabilities | None"]
"""What a target's kind of system can do; None where nobody knows. Asks nobody."""


def _unknown(account: Account, target: Target) -> None:
    """Nobody knows."""


class Lab(Protocol):
    """Where photos' files are opened: strangers made them, and reading one may go wrong in any way."""

    def do(
        self,
        work: Callable[Concatenate[Path, P], T],
        path: Path,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What a function of a photo's file returns. Raises as it does, and ``Refused`` (``photo-too-hard``)."""
        ...


class Here:
    """A lab in this process."""

    def do(
        self,
        work: Callable[Concatenate[Path, P], T],
        path: Path,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Calls it."""
        return work(path, *args, **kwargs)


class Room:
    """Everything a use case needs: the store, the shelf, the clock, fresh ids, and who is at this laptop.

    ``able`` tells what a target's kind of system can do; ``signers`` is where the certificates lie of those whose
    signatures on photos count as known.
    """

    def __init__(
        self,
        store: Store,
        shelf: Shelf,
        clock: Clock,
        ids: Ids,
        *,
        author: str = "",
        device: str = "",
        able: Able = _unknown,
        lab: Lab | None = None,
        signers: Path | None = None,
    ) -> None:
        self.store = store
        self.shelf = shelf
        self.clock = clock
        self.ids = ids
        self.author = author
        self.device = device
        self.able = able
        self.lab: Lab = lab or Here()
        self.signers = signers

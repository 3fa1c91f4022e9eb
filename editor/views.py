"""Read models: what screens and the command line show. Values only; ``Views`` reads them.

Reading goes straight to SQLite (``db.reading``) so that the first screen waits for nothing heavy.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from editor.content.entry import Content
from editor.domain.blog import Account, AccountState, Blog, BlogStatus, Role, Target
from editor.domain.entry import Entry, Kind, Origin, Stage
from editor.domain.ids import AccountId, AssetId, BlogId, EntryId, RevisionId, TargetId
from editor.problems import Problem
from editor.sync.delivery import Delivery, Phase, Visibility
from editor.sync.records import LogLine, Notice


class Badge(StrEnum):
    """The one word a list says of an entry."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENDING = "sending"
    IN_REVIEW = "in review"
    RETURNED = "returned"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    CONFLICT = "conflict"


class BlogRow(msgspec.Struct, frozen=True, kw_only=True):
    """A blog in the side bar, with how many entries it has."""

    id: BlogId
    slug: str
    headline: str
    status: BlogStatus
    entries: int
    language: str = "en"
    timezone: str = "UTC"


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many entries wait, over all blogs."""

    to_review: int = 0
    returned: int = 0
    scheduled: int = 0
    outbox: int = 0


class EntryRow(msgspec.Struct, frozen=True, kw_only=True):
    """An entry in the timeline. ``changed`` says that the working text is not the public one."""

    id: EntryId
    blog: BlogId
    time: datetime
    headline: str
    excerpt: str
    stage: Stage
    badge: Badge
    changed: bool = False
    key_event: bool = False
    pinned: bool = False
    unverified: bool = False
    protect_source: bool = False
    unattributed: int = 0
    photos: int = 0
    quotes: int = 0
    posts: int = 0
    stories: int = 0
    thumbs: tuple[AssetId, ...] = ()
    note: str = ""
    submitted_at: datetime | None = None
    published: datetime | None = None
    corrected: datetime | None = None
    not_before: datetime | None = None
    bytes_waiting: int = 0
    problem: Problem | None = None


class Filter(StrEnum):
    """The chips over the timeline, and the desk's lists."""

    ALL = "all"
    DRAFTS = "drafts"
    IN_REVIEW = "in review"
    RETURNED = "returned"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    KEY_EVENTS = "key events"


class EntryView(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as the composer opens it. ``content`` is the working text; ``public`` the approved one.

    ``overtaken`` is the newest revision, where the draft was begun from an older one: the desk changed the entry since.
    """

    entry: Entry
    blog: Blog
    content: Content
    saved: datetime
    is_draft: bool
    role: Role
    public: Content | None = None
    deliveries: tuple[Delivery, ...] = ()
    target_names: dict[str, str] = {}
    overtaken: RevisionId | None = None


class RevisionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an entry's history, newest first. A merge was made of ``parent`` and, from elsewhere, ``merge_parent``."""

    id: RevisionId
    number: int
    at: datetime
    kind: Kind
    origin: Origin
    author: str
    note: str
    headline: str
    words: int
    public: bool
    parent: RevisionId | None = None
    merge_parent: RevisionId | None = None


class OutboxRow(msgspec.Struct, frozen=True, kw_only=True):
    """What waits to reach one target, and why.

    ``closed_until`` is what the account's host asked for, ``emptied`` how many entries were found gone at once there.
    ``published`` is when the entry became public, ``released`` whether what is wanted may become public as it is.
    """

    entry: EntryId
    target: TargetId
    blog: BlogId
    headline: str
    blog_headline: str
    target_name: str
    wanted: Visibility
    phase: Phase
    attempts: int
    bytes: int
    next_try: datetime | None = None
    not_before: datetime | None = None
    problem: Problem | None = None
    held: Visibility = Visibility.NONE
    text_only: bool = False
    account: AccountId = AccountId("")
    account_state: AccountState = AccountState.READY
    closed_until: datetime | None = None
    emptied: int = 0
    published: datetime | None = None
    released: bool = True


class ConflictView(msgspec.Struct, frozen=True, kw_only=True):
    """The three texts a person chooses from. ``base`` is empty where nobody knows what both started from.

    ``mine`` is the newest text that was released on this laptop; what is typed since is not in it.
    """

    entry: Entry
    blog: Blog
    target: TargetId
    target_name: str
    base: Content
    mine: Content
    theirs: Content
    author: str
    found: datetime


class AccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """An account at the foot of the side bar."""

    id: AccountId
    name: str
    kind: str
    role: Role
    state: AccountState


class Views(Protocol):
    """Everything a screen may ask. Cheap enough for the UI thread."""

    def blogs(self) -> tuple[BlogRow, ...]: ...
    def blog(self, blog: BlogId) -> Blog: ...
    def counts(self) -> Counts: ...

    def timeline(
        self, blog: BlogId | None, which: Filter = Filter.ALL, words: str = ""
    ) -> tuple[EntryId, ...]:
        """The entries' ids, pinned first, then newest first (desk lists: oldest submission first)."""
        ...

    def rows(self, entries: tuple[EntryId, ...]) -> tuple[EntryRow, ...]:
        """The rows of these entries, in their order; those that are gone are left out."""
        ...

    def entry(self, entry: EntryId) -> EntryView: ...
    def history(self, entry: EntryId) -> tuple[RevisionRow, ...]: ...
    def revision_content(self, revision: RevisionId) -> Content: ...
    def outbox(self) -> tuple[OutboxRow, ...]: ...
    def conflict(self, entry: EntryId, target: TargetId) -> ConflictView | None:
        """The conflict that waits for a person, if there is one."""
        ...

    def notices(self) -> tuple[Notice, ...]:
        """What nobody has seen yet, newest first."""
        ...

    def delivery_log(self, entry: EntryId) -> tuple[LogLine, ...]:
        """The requests made for an entry, newest first."""
        ...

    def accounts(self) -> tuple[AccountRow, ...]: ...
    def account(self, account: AccountId) -> Account: ...
    def targets(self, blog: BlogId) -> tuple[Target, ...]: ...
    def speakers(self, blog: BlogId) -> tuple[tuple[str, str], ...]:
        """Speakers quoted in this blog with their roles, most recent first."""
        ...

    def changed_elsewhere(self) -> bool:
        """Whether another process has committed since the last call."""
        ...

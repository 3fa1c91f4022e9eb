"""A store of dictionaries for fast seeds: what a transaction wrote is there after its commit, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from msgspec.structs import replace as with_fields

from editor.changes import Changes, Feed
from editor.content.entry import Content, prints
from editor.content.kept import Kept, digest
from editor.domain.asset import Asset, Rendition
from editor.domain.blog import Account, AccountState, Blog, Target
from editor.domain.entry import Draft, Entry, Revision
from editor.domain.ids import AccountId, AssetId, BlogId, EntryId, RevisionId, TargetId
from editor.problems import refuse
from editor.sync.delivery import Delivery, Op, OpState, Owed, Visibility
from editor.sync.records import Conflict, LogLine, Notice, Watch

Key = TypeVar("Key")
Row = TypeVar("Row")


@dataclass
class Tables:
    blogs: dict[BlogId, Blog] = field(default_factory=dict)
    entries: dict[EntryId, Entry] = field(default_factory=dict)
    drafts: dict[EntryId, Draft] = field(default_factory=dict)
    revisions: dict[RevisionId, Revision] = field(default_factory=dict)
    history: dict[EntryId, tuple[Revision, ...]] = field(default_factory=dict)
    photos: dict[EntryId, tuple[tuple[RevisionId, str], ...]] = field(default_factory=dict)
    assets: dict[AssetId, Asset] = field(default_factory=dict)
    renditions: dict[str, Rendition] = field(default_factory=dict)
    media_at: dict[tuple[TargetId, str], bool] = field(default_factory=dict)
    snapshots: dict[str, Kept] = field(default_factory=dict)
    accounts: dict[AccountId, Account] = field(default_factory=dict)
    targets: dict[TargetId, Target] = field(default_factory=dict)
    deliveries: dict[tuple[EntryId, TargetId], Delivery] = field(default_factory=dict)
    open: dict[tuple[EntryId, TargetId], Delivery] = field(default_factory=dict)
    ops: dict[int, Op] = field(default_factory=dict)
    last_ops: dict[tuple[EntryId, TargetId], int] = field(default_factory=dict)
    gates: dict[str, datetime] = field(default_factory=dict)
    conflicts: dict[tuple[EntryId, TargetId], Conflict] = field(default_factory=dict)
    settled: dict[int, Conflict] = field(default_factory=dict)
    notices: dict[int, Notice] = field(default_factory=dict)
    watches: dict[TargetId, Watch] = field(default_factory=dict)
    lines: dict[int, LogLine] = field(default_factory=dict)
    audits: dict[int, tuple[datetime, str, EntryId | None, str]] = field(default_factory=dict)

    def copy(self) -> Tables:
        return replace(self, **{each.name: dict(getattr(self, each.name)) for each in fields(self)})


class DictTransaction:
    """The whole of ``editor.ports.Transaction``."""

    def __init__(self, tables: Tables, origin: str) -> None:
        self.tables = tables
        self.origin = origin
        self._changes: Changes | None = None

    @property
    def changes(self) -> Changes:
        """What was touched so far."""
        return self._changes or Changes(origin=self.origin)

    def _touch(self, **touched: Any) -> None:
        both = {name: getattr(self.changes, name) | value for name, value in touched.items()}
        self._changes = with_fields(self.changes, **both)

    def blog(self, blog: BlogId) -> Blog:
        return _there(self.tables.blogs, blog, "no-such-blog")

    def blog_by_slug(self, slug: str) -> Blog | None:
        return next((each for each in self.tables.blogs.values() if each.slug == slug), None)

    def blogs(self) -> tuple[Blog, ...]:
        return tuple(self.tables.blogs.values())

    def put_blog(self, blog: Blog) -> None:
        self.tables.blogs[blog.id] = blog
        self._touch(blogs=frozenset({blog.id}))

    def entry(self, entry: EntryId) -> Entry:
        return _there(self.tables.entries, entry, "no-such-entry")

    def has_entry(self, entry: EntryId) -> bool:
        return entry in self.tables.entries

    def entries(self, blog: BlogId) -> tuple[Entry, ...]:
        found = (each for each in self.tables.entries.values() if each.blog == blog)
        return tuple(sorted(found, key=lambda each: each.seq))

    def alike(self, blog: BlogId, entry: EntryId, words: str) -> tuple[EntryId, ...]:
        """Nothing is searched here: it only ever leads to a warning."""
        return ()

    def next_seq(self, blog: BlogId) -> int:
        return max((each.seq for each in self.entries(blog)), default=0) + 1

    def put_entry(self, entry: Entry, shown: Content | None = None) -> None:
        self.tables.entries[entry.id] = entry
        self._touch(entries=frozenset({entry.id}))

    def draft(self, entry: EntryId) -> Draft | None:
        return self.tables.drafts.get(entry)

    def put_draft(self, draft: Draft) -> None:
        self.tables.drafts[draft.entry] = draft
        self._touch(entries=frozenset({draft.entry}))

    def drop_draft(self, entry: EntryId) -> None:
        self.tables.drafts.pop(entry, None)

    def revision(self, revision: RevisionId) -> Revision:
        return _there(self.tables.revisions, revision, "no-such-revision")

    def revisions(self, entry: EntryId) -> tuple[Revision, ...]:
        return self.tables.history.get(entry, ())

    def add_revision(self, revision: Revision) -> None:
        tables, entry = self.tables, revision.entry
        assert revision.id not in tables.revisions
        history = (*tables.history.get(entry, ()), revision)
        assert len({each.number for each in history}) == len(history)
        tables.revisions[revision.id] = revision
        tables.history[entry] = tuple(sorted(history, key=lambda each: each.number))
        if shown := prints(revision.content):
            photos = tuple((revision.id, asset) for asset in shown)
            tables.photos[entry] = (*tables.photos.get(entry, ()), *photos)

    def asset(self, asset: AssetId) -> Asset | None:
        return self.tables.assets.get(asset)

    def put_asset(self, asset: Asset) -> None:
        self.tables.assets[asset.id] = asset

    def renditions(self, asset: AssetId) -> tuple[Rendition, ...]:
        return tuple(each for each in self.tables.renditions.values() if each.asset == asset)

    def put_rendition(self, rendition: Rendition) -> None:
        self.tables.renditions[rendition.id] = rendition

    def media_at(self, target: TargetId, rendition: str) -> bool:
        return self.tables.media_at.get((target, rendition), False)

    def doubt_media_at(self, target: TargetId, rendition: str) -> None:
        self.tables.media_at[target, rendition] = False

    def put_media_at(self, target: TargetId, rendition: str) -> None:
        self.tables.media_at[target, rendition] = True

    def forget_media_at(self, target: TargetId, rendition: str) -> None:
        self.tables.media_at.pop((target, rendition), None)

    def media_needed(self, target: TargetId, rendition: str) -> bool:
        return self.tables.renditions[rendition].asset in self._needed(target)

    def _needed(self, target: TargetId) -> set[str]:
        return {
            asset
            for entry, photos in self.tables.photos.items()
            if (row := self.tables.deliveries.get((entry, target))) is not None
            for revision, asset in photos
            if self._may_show(row, revision)
        }

    def _may_show(self, row: Delivery, revision: RevisionId) -> bool:
        sides = [(each.revision, each.visibility) for each in (row.wanted, row.held)]
        op = self.last_op(row.entry, row.target)
        if op is not None and op.state in (OpState.IN_FLIGHT, OpState.AMBIGUOUS):
            sides.append((op.revision, op.visibility))
        return any(
            visibility in (Visibility.DESK, Visibility.PUBLIC) and shown in (None, revision)
            for shown, visibility in sides
        )

    def unused_media(self) -> tuple[tuple[TargetId, Rendition], ...]:
        held = [(target, self.tables.renditions[name]) for target, name in self.tables.media_at]
        needed = {target: self._needed(target) for target in dict.fromkeys(at for at, _ in held)}
        return tuple((target, each) for target, each in held if each.asset not in needed[target])

    def add_snapshot(self, kept: Kept) -> str:
        self.tables.snapshots[digest(kept)] = kept
        return digest(kept)

    def snapshot(self, snapshot: str) -> Kept | None:
        return self.tables.snapshots.get(snapshot)

    def snapshots(self, url: str) -> tuple[Kept, ...]:
        found = (kept for kept in self.tables.snapshots.values() if kept.url == url)
        return tuple(sorted(found, key=lambda kept: (kept.captured, digest(kept))))

    def account(self, account: AccountId) -> Account:
        return _there(self.tables.accounts, account, "no-such-account")

    def accounts(self) -> tuple[Account, ...]:
        return tuple(self.tables.accounts.values())

    def put_account(self, account: Account) -> None:
        self.tables.accounts[account.id] = account
        self._touch(accounts=True)

    def remove_account(self, account: AccountId) -> None:
        raise NotImplementedError

    def set_account_state(self, account: AccountId, state: AccountState) -> None:
        self.put_account(with_fields(self.account(account), state=state))

    def target(self, target: TargetId) -> Target:
        return _there(self.tables.targets, target, "no-such-target")

    def targets(self, blog: BlogId) -> tuple[Target, ...]:
        return tuple(each for each in self.tables.targets.values() if each.blog == blog)

    def put_target(self, target: Target) -> None:
        self.tables.targets[target.id] = target
        self._touch(blogs=frozenset({target.blog}))

    def delivery(self, entry: EntryId, target: TargetId) -> Delivery | None:
        return self.tables.deliveries.get((entry, target))

    def deliveries(self, entry: EntryId) -> tuple[Delivery, ...]:
        return tuple(each for each in self.tables.deliveries.values() if each.entry == entry)

    def open_deliveries(self) -> tuple[tuple[Delivery, Entry], ...]:
        rows = [(each, self.tables.entries[each.entry]) for each in self.tables.open.values()]
        return tuple(sorted(rows, key=lambda row: (row[1].blog, row[1].seq, row[0].target)))

    def put_delivery(self, delivery: Delivery) -> None:
        key = delivery.entry, delivery.target
        self.tables.deliveries[key] = delivery
        if delivery.settled:
            self.tables.open.pop(key, None)
        else:
            self.tables.open[key] = delivery
        self._touch(deliveries=frozenset({delivery.entry}))

    def add_op(self, op: Op) -> Op:
        kept = with_fields(op, id=len(self.tables.ops) + 1)
        self.tables.ops[kept.id] = kept
        self.tables.last_ops[op.entry, op.target] = kept.id
        return kept

    def settle_op(self, op: int, state: OpState, error: str = "") -> None:
        self.tables.ops[op] = with_fields(self.tables.ops[op], state=state, error=error)

    def last_op(self, entry: EntryId, target: TargetId) -> Op | None:
        number = self.tables.last_ops.get((entry, target))
        return None if number is None else self.tables.ops[number]

    def ops_in_flight(self) -> tuple[Op, ...]:
        return tuple(op for op in self.tables.ops.values() if op.state is OpState.IN_FLIGHT)

    def bound(self, target: TargetId) -> tuple[Delivery, ...]:
        return tuple(
            each
            for each in self.tables.deliveries.values()
            if each.target == target and each.held.ref
        )

    def owed(self, entry: EntryId | None = None) -> Mapping[tuple[EntryId, TargetId], Owed]:
        found = {}
        for row, _ in self.open_deliveries():
            seen = row.wanted.visibility in (Visibility.DESK, Visibility.PUBLIC)
            if not seen or row.wanted.revision is None or entry not in (None, row.entry):
                continue
            content = self.revision(row.wanted.revision).content
            mime = self.target(row.target).media
            made = {name: self._made(name, mime) for name in prints(content)}
            missing = {
                rendition.id: rendition.size
                for renditions in made.values()
                for rendition in renditions
                if not self.media_at(row.target, rendition.id)
            }
            if missing or not all(made.values()):
                text = tuple(block for block in content.body if block.TYPE != "photo")
                readable = not with_fields(content, body=text).is_empty()
                total = sum(missing.values())
                found[row.entry, row.target] = Owed(bytes=total, readable=readable)
        return found

    def _made(self, name: str, mime: str) -> tuple[Rendition, ...]:
        return tuple(each for each in self.renditions(AssetId(name)) if each.mime == mime)

    def lacking(self) -> tuple[Delivery, ...]:
        unsure = {key for key, sure in self.tables.media_at.items() if not sure}
        return tuple(
            row
            for row in (self.tables.deliveries.values() if unsure else ())
            if row.settled
            and row.held.revision is not None
            and row.held.visibility in (Visibility.DESK, Visibility.PUBLIC)
            and any(
                (row.target, rendition.id) in unsure
                for asset in prints(self.revision(row.held.revision).content)
                for rendition in self.renditions(AssetId(asset))
            )
        )

    def log(self, line: LogLine) -> None:
        self.tables.lines[len(self.tables.lines)] = line
        self._touch(deliveries=frozenset({line.entry}))

    def conflict(self, entry: EntryId, target: TargetId) -> Conflict | None:
        return self.tables.conflicts.get((entry, target))

    def put_conflict(self, conflict: Conflict) -> None:
        for revision in (conflict.base, conflict.mine, conflict.theirs):
            assert revision is None or revision in self.tables.revisions
        self.tables.conflicts[conflict.entry, conflict.target] = conflict
        self._touch(deliveries=frozenset({conflict.entry}))

    def settle_conflict(self, entry: EntryId, target: TargetId, at: datetime) -> None:
        gone = self.tables.conflicts.pop((entry, target), None)
        if gone is not None:
            self.tables.settled[len(self.tables.settled)] = gone
            self._touch(deliveries=frozenset({entry}))

    def add_notice(self, notice: Notice) -> None:
        number = len(self.tables.notices) + 1
        self.tables.notices[number] = with_fields(notice, id=number)
        self._touch(accounts=True)

    def see_notice(self, notice: int, at: datetime) -> None:
        self.tables.notices[notice] = with_fields(self.tables.notices[notice], seen=at)
        self._touch(accounts=True)

    def watch(self, target: TargetId) -> Watch:
        return self.tables.watches.get(target, Watch(target=target))

    def put_watch(self, watch: Watch) -> None:
        self.tables.watches[watch.target] = watch
        self._touch(accounts=True)

    def gate(self, host: str) -> datetime | None:
        return self.tables.gates.get(host)

    def put_gate(self, host: str, until: datetime) -> None:
        self.tables.gates[host] = until

    def audit(self, at: datetime, what: str, entry: EntryId | None, detail: str = "") -> None:
        self.tables.audits[len(self.tables.audits)] = (at, what, entry, detail)

    def audited(self, what: str, detail: str) -> bool:
        return any((each[1], each[3]) == (what, detail) for each in self.tables.audits.values())


class Reading:
    """A view of the store as it was when it was asked."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def __enter__(self) -> DictTransaction:
        return DictTransaction(self.tables, "")

    def __exit__(self, *error: object) -> None:
        """Nothing was changed."""


class DictStore:
    """``point`` is called before and after each commit: a kill may be raised there."""

    def __init__(
        self, feed: Feed | None = None, point: Callable[[str], None] | None = None
    ) -> None:
        self.tables = Tables()
        self.feed = feed or Feed()
        self.point = point or (lambda name: None)

    @contextmanager
    def write(self, origin: str = "") -> Iterator[DictTransaction]:
        tx = DictTransaction(self.tables.copy(), origin)
        yield tx
        self.point("before commit")
        self.tables = tx.tables
        self.feed.tell(tx.changes)
        self.point("after commit")

    def read(self) -> Reading:
        return Reading(self.tables)

    def close(self) -> None:
        """Like the real one."""


def _there(table: dict[Key, Row], key: Key, code: str) -> Row:
    if key not in table:
        raise refuse(code)
    return table[key]

"""What screens and the command line show, read straight from SQLite.

SQLAlchemy takes longer to import than the rest of a start, and the first screen only reads; so it is done with the
standard library here, and the writing side comes after the first paint.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec

from db import queries
from db.outgoing_rows import to_account, to_delivery, to_problem, to_target
from db.rows import maybe_to, to_blog, to_entry, to_time
from db.search import expression
from db.sync_reading import SyncReading
from db.trouble import known_trouble
from editor.badge import badge
from editor.content.entry import Content, decode
from editor.domain.blog import Account, AccountState, Blog, BlogStatus, Role, Target
from editor.domain.entry import Kind, Origin, Stage
from editor.domain.ids import AccountId, AssetId, BlogId, EntryId, RevisionId
from editor.domain.roles import role_over
from editor.problems import refuse
from editor.sync.delivery import Phase
from editor.views import (
    AccountRow,
    BlogRow,
    Counts,
    EntryRow,
    EntryView,
    Filter,
    RevisionRow,
)

_thumbs = msgspec.json.Decoder(tuple[AssetId, ...])
_NEEDS_A_PERSON = (Phase.CONFLICT, Phase.REFUSED)


class SqliteViews(SyncReading):
    """``editor.views.Views`` on a connection of its own, for the thread that made it.

    ``own_commits`` counts the commits of this process's store; without it every commit is somebody else's. Everything
    may raise ``Unavailable`` (``store-locked``, ``store-unreadable``) and ``Refused`` (``store-damaged``).
    """

    def __init__(self, path: Path, own_commits: Callable[[], int] = lambda: 0) -> None:
        super().__init__(path)
        self._own_commits = own_commits
        self._foreign_commits = self._count_foreign_commits()

    def blogs(self) -> tuple[BlogRow, ...]:
        """Every blog, the live ones first, then the newest first."""
        return tuple(
            BlogRow(
                id=row["id"],
                slug=row["slug"],
                headline=row["headline"],
                status=BlogStatus(row["status"]),
                entries=row["entries"],
                language=row["language"],
                timezone=row["timezone"],
            )
            for row in self._all(queries.BLOGS)
        )

    def blog(self, blog: BlogId) -> Blog:
        """A blog. Raises ``Refused`` (``no-such-blog``)."""
        row = self._first("SELECT * FROM blog WHERE id = :blog", blog=blog)
        if row is None:
            raise refuse("no-such-blog", blog=blog)
        return to_blog(row)

    def counts(self) -> Counts:
        """How many entries wait, over all blogs."""
        (row,) = self._all(queries.COUNTS)
        return Counts(**{name: row[name] for name in Counts.__struct_fields__})

    def timeline(
        self, blog: BlogId | None, which: Filter = Filter.ALL, words: str = ""
    ) -> tuple[EntryId, ...]:
        """The entries' ids, pinned first, then newest first; desk lists, over all blogs, longest waiting first.

        ``words`` may be anything that was typed; where it holds no word it finds everything.
        """
        asked = expression(words)
        query = queries.timeline(which, of_blog=blog is not None, words=bool(asked))
        with known_trouble(self._path):
            cursor = self._connection.cursor()
            cursor.row_factory = None
            found = cursor.execute(query, {"blog": blog, "words": asked}).fetchall()
        return tuple([entry for (entry,) in found])

    def rows(self, entries: tuple[EntryId, ...]) -> tuple[EntryRow, ...]:
        """The rows of these entries, in their order; those that are gone are left out."""
        asked = msgspec.json.encode(entries).decode()
        with self._one_state():
            found = {row["id"]: row for row in self._all(queries.ROWS, entries=asked)}
            waiting: dict[EntryId, list[sqlite3.Row]] = {}
            for row in self._all(queries.WAITING, entries=asked):
                waiting.setdefault(row["entry"], []).append(row)
        return tuple(
            _entry_row(found[entry], waiting.get(entry, [])) for entry in entries if entry in found
        )

    def entry(self, entry: EntryId) -> EntryView:
        """An entry as the composer opens it. Raises ``Refused`` (``no-such-entry``)."""
        with self._one_state():
            row = self._first("SELECT * FROM entry WHERE id = :entry", entry=entry)
            if row is None:
                raise refuse("no-such-entry", entry=entry)
            found = to_entry(row)
            (working,) = self._all(queries.WORKING, entry=entry)
            roles = self._all(queries.ROLES, blog=found.blog)
            deliveries = self._all(
                "SELECT * FROM delivery WHERE entry = :entry ORDER BY target", entry=entry
            )
            is_draft = working["draft"] is not None
            text = working["draft"] if is_draft else working["head"]
            saved = working["saved"] if is_draft else working["at"]
            approved, base = working["approved"], working["base"]
            return EntryView(
                entry=found,
                blog=self.blog(found.blog),
                content=Content() if text is None else decode(text),
                saved=found.created if saved is None else to_time(saved),
                is_draft=is_draft,
                role=role_over(Role(role["role"]) for role in roles),
                public=None if approved is None else decode(approved),
                deliveries=tuple(to_delivery(delivery) for delivery in deliveries),
                target_names={target.id: target.name for target in self.targets(found.blog)},
                overtaken=found.head if base is not None and base != found.head else None,
            )

    def history(self, entry: EntryId) -> tuple[RevisionRow, ...]:
        """The entry's revisions, newest first."""
        return tuple(
            RevisionRow(
                id=row["id"],
                number=row["number"],
                at=to_time(row["at"]),
                kind=Kind(row["kind"]),
                origin=Origin(row["origin"]),
                author=row["author"],
                note=row["note"],
                headline=row["headline"],
                words=row["words"],
                public=bool(row["public"]),
                parent=row["parent"],
                merge_parent=row["merge_parent"],
            )
            for row in self._all(queries.HISTORY, entry=entry)
        )

    def revision_content(self, revision: RevisionId) -> Content:
        """What a revision says. Raises ``Refused`` (``no-such-revision``)."""
        row = self._first("SELECT content FROM revision WHERE id = :revision", revision=revision)
        if row is None:
            raise refuse("no-such-revision", revision=revision)
        return decode(row["content"])

    def accounts(self) -> tuple[AccountRow, ...]:
        """Every account, by name."""
        return tuple(
            AccountRow(
                id=row["id"],
                name=row["name"],
                kind=row["kind"],
                role=Role(row["role"]),
                state=AccountState(row["state"]),
            )
            for row in self._all("SELECT * FROM account ORDER BY name, id")
        )

    def account(self, account: AccountId) -> Account:
        """An account. Raises ``Refused`` (``no-such-account``)."""
        row = self._first("SELECT * FROM account WHERE id = :account", account=account)
        if row is None:
            raise refuse("no-such-account", account=account)
        return to_account(row)

    def targets(self, blog: BlogId) -> tuple[Target, ...]:
        """A blog's targets, by name."""
        found = self._all("SELECT * FROM target WHERE blog = :blog ORDER BY name, id", blog=blog)
        return tuple(to_target(row) for row in found)

    def speakers(self, blog: BlogId) -> tuple[tuple[str, str], ...]:
        """Speakers quoted in this blog with their roles, most recent first."""
        return tuple((row["name"], row["role"]) for row in self._all(queries.SPEAKERS, blog=blog))

    def changed_elsewhere(self) -> bool:
        """Whether another process has committed since the last call."""
        now = self._count_foreign_commits()
        changed = now != self._foreign_commits
        self._foreign_commits = now
        return changed

    def _count_foreign_commits(self) -> int:
        (row,) = self._all("SELECT commits FROM tally")
        commits: int = row["commits"]
        return commits - self._own_commits()


def _entry_row(row: sqlite3.Row, waiting: list[sqlite3.Row]) -> EntryRow:
    stage = Stage(row["stage"])
    phases = [Phase(each["phase"]) for each in waiting]
    # Where nothing but photos is owed, the text stands where it should.
    of_text = [
        phase
        for phase, each in zip(phases, waiting, strict=True)
        if phase is not Phase.PENDING or not each["text_there"]
    ]
    problems = [
        (phase not in _NEEDS_A_PERSON, to_problem(each["problem"]))
        for phase, each in zip(phases, waiting, strict=True)
        if each["problem"] is not None
    ]
    return EntryRow(
        id=row["id"],
        blog=row["blog"],
        time=to_time(row["happened"]),
        headline=row["headline"],
        excerpt=row["excerpt"],
        stage=stage,
        badge=badge(
            stage,
            waits_for_desk=row["submitted"] is not None,
            returned=stage is Stage.PUBLISHED and not row["submitted"] and bool(row["note"]),
            corrected=row["corrected"] is not None,
            phases=of_text,
            in_flight=any(each["in_flight"] for each in waiting),
            unseen=row["published"] is None,
        ),
        changed=bool(row["differs"]),
        key_event=bool(row["key_event"]),
        pinned=bool(row["pinned"]),
        unverified=bool(row["unverified"]),
        unattributed=row["unattributed"],
        protect_source=bool(row["protect_source"]),
        photos=row["photos"],
        quotes=row["quotes"],
        posts=row["posts"],
        stories=row["stories"],
        thumbs=_thumbs.decode(row["thumbs"]),
        note=row["note"],
        submitted_at=maybe_to(row["submitted_at"]),
        published=maybe_to(row["published"]),
        corrected=maybe_to(row["corrected"]),
        not_before=maybe_to(row["not_before"]),
        bytes_waiting=sum(each["bytes"] for each in waiting),
        problem=min(problems, key=lambda found: found[0])[1] if problems else None,
    )

"""What screens show of sync: the outbox, conflicts, notices, and an entry's delivery log."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from db import queries
from db.asking import Asking
from db.outgoing_rows import to_account, to_problem
from db.record_rows import to_line, to_notice
from db.rows import maybe_to, to_blog, to_entry, to_time
from editor.content.entry import Content, decode
from editor.domain.blog import AccountState
from editor.domain.ids import EntryId, TargetId
from editor.sync.delivery import Phase, Visibility
from editor.sync.records import LogLine, Notice
from editor.views import ConflictView, OutboxRow


class SyncReading(Asking):
    """The part of ``editor.views.Views`` that tells of sync."""

    def outbox(self) -> tuple[OutboxRow, ...]:
        """What waits to reach a target, in the order in which it goes."""
        with self._one_state():
            found = self._all(queries.OUTBOX)
            if not found:
                return ()
            accounts = [to_account(row) for row in self._all("SELECT * FROM account")]
            gates = {row["host"]: row["until"] for row in self._all("SELECT * FROM gate")}
        doors = {
            account.id: (account.state, maybe_to(gates.get(account.gate))) for account in accounts
        }
        return tuple(_outbox_row(row, *doors[row["account"]]) for row in found)

    def conflict(self, entry: EntryId, target: TargetId) -> ConflictView | None:
        """The conflict that waits for a person, if there is one."""
        with self._one_state():
            found = self._first(queries.CONFLICT, entry=entry, target=target)
            if found is None:
                return None
            (of,) = self._all("SELECT * FROM entry WHERE id = :entry", entry=entry)
            (blog,) = self._all("SELECT * FROM blog WHERE id = :blog", blog=of["blog"])
        return ConflictView(
            entry=to_entry(of),
            blog=to_blog(blog),
            target=target,
            target_name=found["target_name"],
            base=Content() if found["base"] is None else decode(found["base"]),
            mine=decode(found["mine"]),
            theirs=decode(found["theirs"]),
            author=found["author"],
            found=to_time(found["found"]),
        )

    def notices(self) -> tuple[Notice, ...]:
        """What nobody has seen yet, newest first."""
        return tuple(to_notice(row) for row in self._all(queries.NOTICES))

    def delivery_log(self, entry: EntryId) -> tuple[LogLine, ...]:
        """The requests made for an entry, newest first."""
        return tuple(to_line(row) for row in self._all(queries.LOG, entry=entry))


def _outbox_row(
    row: sqlite3.Row, account_state: AccountState, closed_until: datetime | None
) -> OutboxRow:
    return OutboxRow(
        entry=row["entry"],
        target=row["target"],
        blog=row["blog"],
        headline=row["headline"] or row["excerpt"],
        blog_headline=row["blog_headline"],
        target_name=row["target_name"],
        wanted=Visibility(row["wanted_visibility"]),
        phase=Phase(row["phase"]),
        attempts=row["attempts"],
        bytes=row["bytes"],
        next_try=maybe_to(row["next_try"]),
        not_before=maybe_to(row["not_before"]),
        problem=to_problem(row["problem"]),
        held=Visibility(row["held_visibility"]),
        text_only=bool(row["held_text_only"]),
        account=row["account"],
        account_state=account_state,
        closed_until=closed_until,
        emptied=row["emptied"],
        published=maybe_to(row["published"]),
        released=bool(row["released"]),
    )

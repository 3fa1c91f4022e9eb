"""``dateline sync`` and ``dateline outbox``: send what waits, and tell what waits and why."""

from __future__ import annotations

import time
from argparse import Namespace
from collections import Counter

from editor.cli.output import Output, table
from editor.newsroom import Newsroom
from editor.problems import refuse
from editor.sync.delivery import Phase
from editor.sync.report import SyncState
from editor.ui.outbox_words import EMPTIED, outbox_sentence, question
from editor.views import OutboxRow

WAITS = 3
STUCK = 4


def sync(newsroom: Newsroom, arguments: Namespace, out: Output) -> int:
    """Sends until nothing that can be sent is left, or the time is over; the exit code tells what remains.

    A schedule or an embargo whose time has not come is no reason for a script to worry.
    """
    deadline = time.monotonic() + arguments.timeout
    if newsroom.send(deadline) is None:
        raise refuse("sync-busy")
    rows = newsroom.views.outbox()
    now = newsroom.room.clock.now()
    stuck = [row for row in rows if row.phase in (Phase.REFUSED, Phase.CONFLICT)]
    scheduled = [row for row in rows if row.not_before is not None and row.not_before > now]
    waiting = len(rows) - len(stuck) - len(scheduled)
    pages = {row.slug: newsroom.live_page(row.id) for row in newsroom.views.blogs()}
    told = {"waiting": waiting, "stuck": len(stuck), "scheduled": len(scheduled)}
    summary = ", ".join(f"{count} {what}" for what, count in told.items() if count) or "all sent"
    lines = [summary, *(f"{slug}  {page}" for slug, page in pages.items() if page)]
    out.result({**told, "outbox": rows, "pages": pages}, lines)
    if stuck:
        return STUCK
    return WAITS if waiting else 0


def outbox(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints what waits to reach each target, and why."""
    rows = newsroom.views.outbox()
    now = newsroom.room.clock.now()
    zones = {row.id: newsroom.views.blog(row.id).zone for row in newsroom.views.blogs()}
    for_account = Counter(row.account for row in rows)
    lines = table(
        [
            (
                row.entry,
                row.target_name,
                row.headline[:40],
                outbox_sentence(
                    row, SyncState(), now, zones[row.blog], waiting=for_account[row.account]
                ),
            )
            for row in rows
        ]
    )
    asked = _questions(newsroom, rows)
    out.result(rows, [*asked, *lines] or ["Nothing waits: everything was sent."])


def _questions(newsroom: Newsroom, rows: tuple[OutboxRow, ...]) -> list[str]:
    """What a person is asked about places that lost many entries at once."""
    emptied = {row.target: (row.target_name, row.emptied) for row in rows if row.emptied}
    names = {
        target.id: target.name
        for row in newsroom.views.blogs()
        for target in newsroom.views.targets(row.id)
    }
    for notice in newsroom.views.notices():
        if notice.problem.code == EMPTIED and notice.target is not None:
            number = int(notice.problem.detail.get("count", 0))
            emptied.setdefault(notice.target, (names.get(notice.target, "there"), number))
    return [question(name, number) for name, number in emptied.values()]

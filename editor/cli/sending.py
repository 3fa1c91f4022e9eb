"""``dateline sync`` and ``dateline outbox``: send what waits, and tell what waits and why."""

from __future__ import annotations

import time
from argparse import Namespace

from editor.cli.output import Output, table
from editor.newsroom import Newsroom
from editor.problems import refuse
from editor.sync.delivery import Phase
from editor.ui.messages import outbox_sentence

WAITS = 3
STUCK = 4


def sync(newsroom: Newsroom, arguments: Namespace, out: Output) -> int:
    """Sends until nothing that can be sent is left, or the time is over; the exit code tells what remains."""
    deadline = time.monotonic() + arguments.timeout
    if newsroom.send(deadline) is None:
        raise refuse("sync-busy")
    rows = newsroom.views.outbox()
    stuck = [row for row in rows if row.phase in (Phase.REFUSED, Phase.CONFLICT)]
    waiting = len(rows) - len(stuck)
    pages = {row.slug: newsroom.live_page(row.id) for row in newsroom.views.blogs()}
    lines = [f"{len(rows)} waiting" if rows else "All sent", *(f"{s}: {a}" for s, a in pages.items())]
    out.result({"waiting": waiting, "stuck": len(stuck), "outbox": rows, "pages": pages}, lines)
    if stuck:
        return STUCK
    return WAITS if waiting else 0


def outbox(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints what waits to reach each target, and why."""
    rows = newsroom.views.outbox()
    now = newsroom.room.clock.now()
    lines = table(
        [(r.entry, r.target_name, r.headline[:40], outbox_sentence(r, now=now)) for r in rows]
    )
    out.result(rows, lines or ["Nothing waits: everything was sent."])

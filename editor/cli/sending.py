"""``dateline sync``, ``pull``, ``outbox``, ``pause`` and ``resume``: send and fetch, and tell what waits and why."""

from __future__ import annotations

import time
from argparse import Namespace
from collections import Counter

from editor.cli.blogs import find_blog
from editor.cli.output import Output, table
from editor.desk import outbox as desk
from editor.domain.blog import AccountState
from editor.domain.ids import EntryId
from editor.newsroom import Newsroom
from editor.problems import Problem, refuse
from editor.sync.delivery import Phase
from editor.sync.report import SyncState
from editor.ui.messages import count, sentence
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


def pull(newsroom: Newsroom, arguments: Namespace, out: Output) -> int:
    """Fetches what others changed, and prints the entries that are not what they were; sends nothing."""
    blog = find_blog(newsroom, arguments.slug).id if arguments.slug else None
    before = _waits_for_choice(newsroom)
    touched: set[EntryId] = set()
    stop = newsroom.feed.listen(lambda changes: touched.update(changes.entries))
    try:
        report = newsroom.pull(time.monotonic() + arguments.timeout, blog)
    finally:
        stop()
    if report is None:
        raise refuse("sync-busy")
    choose = _waits_for_choice(newsroom)
    rows = newsroom.views.rows(tuple(sorted(touched | (choose - before))))
    barred = _barred(newsroom)
    lines = table([(row.id, row.badge.value, row.headline or row.excerpt[:60]) for row in rows])
    lines = [*_questions(newsroom, newsroom.views.outbox()), *lines, *barred]
    if choose:
        lines.append(f"{count(len(choose), 'entry waits', 'entries wait')} for your choice.")
    away = report.online is False
    if away:
        out.problem(sentence(Problem(code="pull-offline")))
    told = {"fetched": [row.id for row in rows], "choose": sorted(choose), "online": report.online}
    out.result(told, lines or ([] if away else ["Nothing new was fetched."]))
    if choose:
        return STUCK
    return WAITS if away or barred else 0


def pause(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Sends nothing and asks for nothing any more, until ``resume``; writing goes on."""
    desk.pause(newsroom.room)
    _tell_accounts(newsroom, out, "Paused: nothing is sent until “dateline resume”.")


def resume(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Lets everything go on that was paused."""
    desk.resume(newsroom.room)
    _tell_accounts(newsroom, out, "Sending goes on.")


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


def _waits_for_choice(newsroom: Newsroom) -> set[EntryId]:
    return {row.entry for row in newsroom.views.outbox() if row.phase is Phase.CONFLICT}


def _barred(newsroom: Newsroom) -> list[str]:
    """The accounts that were not asked, and why."""
    why = {
        AccountState.SIGN_IN: "sign in to continue",
        AccountState.PAUSED: "sending is paused",
    }
    return [
        f"{row.name} was not asked: {why[row.state]}."
        for row in newsroom.views.accounts()
        if row.state in why
    ]


def _tell_accounts(newsroom: Newsroom, out: Output, line: str) -> None:
    rows = newsroom.views.accounts()
    away = [row.name for row in rows if row.state is AccountState.SIGN_IN]
    out.result(rows, [line, *(f"{name} waits for you to sign in." for name in away)])

"""An entry's delivery log as plain text, to be sent to whoever helps with a publishing system.

It names the entry by its id and each place by its kind and host: no secret, nothing that was written, no name that
somebody gave to anything. The window copies it, the command line prints it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from editor import __version__
from editor.domain.ids import BlogId, EntryId, TargetId
from editor.sync.delivery import Delivery
from editor.sync.records import LogLine
from editor.views import Views

HEAD = ("time", "place", "request", "outcome", "status", "bytes", "seconds", "next try", "problem")
LONGEST_ID = 80


def delivery_report(views: Views, entry: EntryId, now: datetime) -> str:
    """The report on one entry. Raises ``Refused`` (``no-such-entry``)."""
    view = views.entry(entry)
    places = _places(views, view.blog.id)
    lines = [
        f"Dateline {__version__}, delivery log of {_time(now)}",
        f"entry {entry}, {view.entry.stage.value}",
        *(_standing(places, delivery) for delivery in view.deliveries),
        "",
        *_table(views.delivery_log(entry), places),
    ]
    return "\n".join(lines) + "\n"


def _places(views: Views, blog: BlogId) -> dict[TargetId, str]:
    """Each target as its kind and host, numbered where two would look the same."""
    places: dict[TargetId, str] = {}
    for target in views.targets(blog):
        account = views.account(target.account)
        settings = {**account.settings, **target.settings}
        host = next((found for value in settings.values() if (found := _host(value))), "")
        name = f"{account.kind} at {host}" if host else account.kind
        same = sum(given == name or given.startswith(f"{name} #") for given in places.values())
        places[target.id] = f"{name} #{same + 1}" if same else name
    return places


def _host(value: str) -> str:
    return urlsplit(value).hostname or "" if value.startswith(("http://", "https://")) else ""


def _standing(places: Mapping[TargetId, str], delivery: Delivery) -> str:
    held, wanted = delivery.held, delivery.wanted
    parts = [
        f"{places.get(delivery.target, 'a place that is gone')}: {delivery.phase.value}",
        f"wants {wanted.visibility.value}",
        f"holds {held.visibility.value}" + (", text only" if held.text_only else ""),
        f"{delivery.attempts} failed attempts",
    ]
    if wanted.not_before is not None:
        parts.append(f"not before {_time(wanted.not_before)}")
    if delivery.next_try is not None:
        parts.append(f"next try {_time(delivery.next_try)}")
    if delivery.problem is not None:
        parts.append(delivery.problem.code)
    return ", ".join(parts)


def _table(log: tuple[LogLine, ...], places: Mapping[TargetId, str]) -> list[str]:
    if not log:
        return ["no request was made"]
    rows = [(*HEAD, "request id"), *(_cells(line, places) for line in log)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _cells(line: LogLine, places: Mapping[TargetId, str]) -> tuple[str, ...]:
    return (
        _time(line.at),
        places.get(line.target, "gone"),
        line.act.value,
        line.outcome,
        str(line.status or "-"),
        str(line.sent),
        f"{line.took:.1f}",
        _time(line.next_try) if line.next_try is not None else "-",
        line.code or "-",
        server_id(line) or "-",
    )


def server_id(line: LogLine) -> str:
    """The server's own name for a request, as one line: it is a stranger's text."""
    shown = "".join(letter for letter in line.request_id if letter.isprintable())
    return shown[:LONGEST_ID]


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

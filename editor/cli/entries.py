"""``dateline entry`` and ``dateline search``: write, look at, release and take back entries."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from editor.cli.blogs import find_blog
from editor.cli.output import Output, table
from editor.content.entry import Content, digest, encode
from editor.desk import entry_files, protecting, release, writing
from editor.desk.delivery_report import delivery_report
from editor.desk.surroundings import look_over
from editor.domain.entry import Kind, Origin, Stage
from editor.domain.ids import BlogId, EntryId, RevisionId
from editor.newsroom import Newsroom
from editor.problems import refuse
from editor.sync.delivery import Delivery
from editor.ui.messages import marks, sentence_with_place
from editor.views import EntryRow, EntryView, Filter


def add(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Adds an entry of each file, all or none of them, and prints their ids."""
    blog = find_blog(newsroom, arguments.slug)
    made = entry_files.add_files(
        newsroom.room,
        blog.id,
        [Path(f) for f in arguments.files],
        protect_source=arguments.protect_source,
    )
    for entry in made:
        _release(newsroom, entry, arguments)
    out.result([{"id": entry} for entry in made], made)


def edit(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Replaces an entry's working text with a file's."""
    entry = _entry(newsroom, arguments.id)
    content, _ = entry_files.read_path(newsroom.room, Path(arguments.file), entry.blog.zone)
    writing.save_draft(newsroom.room, entry.entry.id, content)
    _release(newsroom, entry.entry.id, arguments)
    _tell(newsroom, entry.entry.id, out)


def protect(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Begins or ends protecting an entry's source."""
    entry = _entry(newsroom, arguments.id).entry.id
    protecting.protect(newsroom.room, entry, not arguments.off)
    _tell(newsroom, entry, out)


def check(newsroom: Newsroom, arguments: Namespace, out: Output) -> int:
    """Prints what stands against sending an entry, and what its writer should know; fails where something stops it."""
    entry = _entry(newsroom, arguments.id)
    found = look_over(newsroom.room, entry.entry.id, entry.content)
    out.result(found, [f"{each.severity.value}: {sentence_with_place(each)}" for each in found])
    return 1 if any(each.refuses for each in found) else 0


def list_entries(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints a blog's entries as its timeline shows them."""
    blog = find_blog(newsroom, arguments.slug)
    rows = newsroom.views.rows(newsroom.views.timeline(blog.id))
    if arguments.stage:
        rows = tuple(row for row in rows if row.stage == arguments.stage)
    _print_rows(newsroom, rows, out)


def search(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints the entries of a blog that hold these words."""
    blog = find_blog(newsroom, arguments.slug)
    words = " ".join(arguments.words)
    _print_rows(
        newsroom, newsroom.views.rows(newsroom.views.timeline(blog.id, Filter.ALL, words)), out
    )


def show(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints one entry's working text as an entry file, as JSON or as readers' HTML."""
    entry = _entry(newsroom, arguments.id)
    match arguments.form:
        case "json":
            out.as_json = True
            out.result(describe(entry), [])
        case "html":
            out.text(entry_files.entry_html(newsroom.room, entry.content, entry.blog))
        case _:
            out.text(entry_files.entry_markdown(newsroom.room, entry.content, entry.entry.id))


def history(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints an entry's revisions, newest first."""
    entry = _entry(newsroom, arguments.id)
    rows = newsroom.views.history(entry.entry.id)
    lines = table(
        [
            (
                str(row.number),
                row.at.astimezone(entry.blog.zone).isoformat(" ", "seconds"),
                row.kind.value,
                row.origin.value,
                "public" if row.public else "",
                row.note or row.headline,
            )
            for row in rows
        ]
    )
    out.result(rows, lines)


def log(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints the requests that were made for an entry, as they can be handed on: no text, no names, no secrets."""
    entry = _entry(newsroom, arguments.id).entry.id
    now = newsroom.room.clock.now()
    lines = delivery_report(newsroom.views, entry, now).splitlines()
    out.result(newsroom.views.delivery_log(entry), lines)


def submit(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Sends an entry to the desk."""
    entry = _entry(newsroom, arguments.id).entry.id
    release.submit(newsroom.room, entry)
    _tell(newsroom, entry, out)


def publish(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Lets an entry out, now or at a time. A merged text, which nobody has written, has to be named."""
    entry = _entry(newsroom, arguments.id)
    at = _time(arguments.at, entry) if arguments.at else None
    shown = ""
    if arguments.revision:
        shown = digest(newsroom.views.revision_content(RevisionId(arguments.revision)))
    elif not entry.is_draft and _is_merged(newsroom, entry):
        raise refuse("merged-unseen", entry=entry.entry.id, revision=entry.entry.head or "")
    release.publish(newsroom.room, entry.entry.id, at=at, shown=shown)
    _tell(newsroom, entry.entry.id, out)


def send_back(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Returns a submission to its writer."""
    entry = _entry(newsroom, arguments.id).entry.id
    release.send_back(newsroom.room, entry, arguments.note)
    _tell(newsroom, entry, out)


def withdraw(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Takes an entry back for good."""
    entry = _entry(newsroom, arguments.id).entry.id
    release.withdraw(newsroom.room, entry, arguments.note)
    _tell(newsroom, entry, out)


def _is_merged(newsroom: Newsroom, entry: EntryView) -> bool:
    """Whether its newest text was put together from the desk's and the laptop's own."""
    newest = (row for row in newsroom.views.history(entry.entry.id) if row.id == entry.entry.head)
    return any(row.origin is Origin.MERGE for row in newest)


def describe(entry: EntryView) -> dict[str, Any]:
    """An entry with its standing, its content and its deliveries, for JSON."""
    content: Content = entry.content
    return {
        "id": entry.entry.id,
        "stage": entry.entry.stage.value,
        "headline": content.headline,
        "time": content.time,
        "revision": entry.entry.head,
        "approved": entry.entry.approved,
        "key_event": content.key_event,
        "pinned": content.pinned,
        "unverified": bool(content.unverified),
        "protect_source": entry.entry.protect_source,
        "blocks": [getattr(block, "type", None) or block.TYPE for block in content.blocks],
        "note": entry.entry.note,
        "is_draft": entry.is_draft,
        "deliveries": [_delivery(entry, delivery) for delivery in entry.deliveries],
        "content": msgspec_raw(content),
    }


def msgspec_raw(content: Content) -> Any:
    """The content as it is stored, to stand within another JSON document."""
    import msgspec

    return msgspec.Raw(encode(content))


def _delivery(entry: EntryView, delivery: Delivery) -> dict[str, Any]:
    return {
        "target": entry.target_names.get(delivery.target, delivery.target),
        "phase": delivery.phase.value,
        "wanted": delivery.wanted,
        "held": delivery.held,
        "url": delivery.held.url,
        "problem": delivery.problem,
    }


def _entry(newsroom: Newsroom, wanted: str) -> EntryView:
    return newsroom.views.entry(EntryId(wanted))


def _time(text: str, entry: EntryView) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise refuse("time-malformed", field="time", time=text[:60]) from None
    return time if time.tzinfo else time.replace(tzinfo=entry.blog.zone)


def _release(newsroom: Newsroom, entry: EntryId, arguments: Namespace) -> None:
    if arguments.submit:
        release.submit(newsroom.room, entry)
    elif arguments.publish:
        release.publish(newsroom.room, entry)
    elif getattr(arguments, "correct", None) is not None:
        release.correct(newsroom.room, entry, Kind.CORRECTION, arguments.correct)


def _tell(newsroom: Newsroom, entry: EntryId, out: Output) -> None:
    view = newsroom.views.entry(entry)
    out.result(describe(view), [f"{entry}  {view.entry.stage.value}"])


def _print_rows(newsroom: Newsroom, rows: Iterable[EntryRow], out: Output) -> None:
    shown = list(rows)
    if out.as_json:
        out.result([describe(newsroom.views.entry(row.id)) for row in shown], [])
        return
    zones: dict[BlogId, Any] = {}
    lines = []
    for row in shown:
        zone = zones.setdefault(row.blog, newsroom.views.blog(row.blog).zone)
        lines.append(
            (
                row.id,
                row.time.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
                row.badge.value,
                (row.headline or row.excerpt[:60]) + (f" ({said})" if (said := marks(row)) else ""),
            )
        )
    out.result([], table(lines))


__all__ = ["Stage"]

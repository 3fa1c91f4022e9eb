"""The words of an entry's delivery log. No Qt in this module: the command line says the same."""

from __future__ import annotations

from datetime import datetime, tzinfo

from editor.desk.delivery_report import server_id
from editor.domain.entry import Stage
from editor.problems import Problem
from editor.sync.delivery import Delivery, OpState, Phase, Visibility
from editor.sync.records import Act, LogLine
from editor.ui.messages import clock, sentence, size
from editor.views import EntryView, OutboxRow

HEAD = ("Time", "Request", "What became of it", "Status", "Bytes", "Next try", "The server’s id")
ACTS: dict[Act, str] = {
    Act.CREATE: "Make the entry",
    Act.UPDATE: "Change the entry",
    Act.WITHDRAW: "Take it back",
    Act.LOOK: "Look it up",
    Act.PHOTO: "Send a photo",
    Act.CLEAR: "Clear away a stray",
}
OUTCOMES: dict[str, str] = {
    OpState.IN_FLIGHT: "On its way",
    OpState.CONFIRMED: "Arrived",
    OpState.VOID: "Did not happen",
    OpState.AMBIGUOUS: "No answer",
    OpState.PERMANENT: "Refused",
    OpState.SUPERSEDED: "Overtaken by a newer one",
}


def log_cells(line: LogLine, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """One request as the cells of a row, under ``HEAD``."""
    there = line.at.astimezone(zone)
    day = clock(line.at, zone, now)
    outcome = OUTCOMES.get(line.outcome) or line.outcome.replace("-", " ").capitalize()
    return (
        f"{day}:{there:%S}",
        ACTS[line.act],
        f"{outcome}, {line.took:.1f} s" if line.took >= 0.05 else outcome,
        str(line.status) if line.status else "–",
        size(line.sent) if line.sent else "–",
        clock(line.next_try, zone, now) if line.next_try is not None else "–",
        server_id(line) or "–",
    )


def log_why(line: LogLine, place: str) -> str:
    """Why a request failed, as a sentence; empty where it did not. ``place`` stands for the host, which is not logged."""
    detail: dict[str, str | int] = {"host": place, "status": line.status}
    return sentence(Problem(code=line.code, detail=detail)) if line.code else ""


def row_of(view: EntryView, delivery: Delivery) -> OutboxRow:
    """A delivery of an entry as a row of the outbox, for one that waits no more and is not in it."""
    entry = view.entry
    later = entry.stage is Stage.PUBLISHED and entry.submitted is not None
    public = delivery.held.visibility is Visibility.PUBLIC
    waits = later and public and delivery.phase is Phase.DONE
    return OutboxRow(
        entry=entry.id,
        target=delivery.target,
        blog=view.blog.id,
        headline=view.content.headline,
        blog_headline=view.blog.headline,
        target_name=view.target_names.get(delivery.target, ""),
        wanted=delivery.wanted.visibility,
        phase=Phase.PENDING if waits else delivery.phase,
        attempts=delivery.attempts,
        bytes=0,
        next_try=delivery.next_try,
        not_before=delivery.wanted.not_before,
        problem=delivery.problem,
        held=delivery.held.visibility,
        text_only=delivery.held.text_only,
        published=entry.published,
        released=not waits,
    )

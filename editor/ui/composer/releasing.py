"""What the foot's buttons do: the desk's verbs, and the questions that come before some of them.

Every verb acts on what is on the screen: it is saved first, and approval names exactly that text.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from editor.changes import Changes
from editor.content.entry import Content, digest
from editor.desk import release
from editor.desk.writing import discard_changes
from editor.domain.entry import Stage
from editor.domain.ids import EntryId
from editor.ports import Room
from editor.ui.composer.asking import Answer, Question
from editor.ui.moments import read_moment
from editor.views import EntryView

Act = Callable[[], Changes]


def question(name: str, view: EntryView, now: Callable[[], datetime]) -> Question | None:
    """What has to be asked before a verb; None where nothing has to."""
    zone = view.blog.zone
    match name:
        case "correct":
            return Question(
                name=name,
                title="Publish this change",
                action="Publish update",
                kinds=True,
                note="What changed",
                hint="Readers see the kind, the note and the time.",
            )
        case "send_back":
            return Question(
                name=name,
                title="Send back to the writer",
                action="Send back",
                note="What should be done",
            )
        case "withdraw":
            public = view.entry.approved is not None
            return Question(
                name=name,
                title="Withdraw this entry",
                action="Withdraw",
                note="Reason",
                note_needed=public,
                hint="For good: readers see a notice in its place."
                if public
                else "It was never public. The text stays on this laptop and can be duplicated.",
            )
        case "publish_at":
            return Question(
                name=name,
                title="Publish at a time",
                action="Schedule",
                time="When",
                hint=f"In {view.blog.timezone}.",
                read_time=lambda text: _later(text, now(), zone),
            )
        case _:
            return None


def act(
    name: str, room: Room, entry: EntryId, content: Content, answer: Answer | None
) -> Act | None:
    """The verb of that name, ready to be called; None where there is none."""
    shown = digest(content)
    match name:
        case "submit":
            return lambda: release.submit(room, entry)
        case "recall":
            return lambda: release.recall(room, entry)
        case "discard":
            return lambda: discard_changes(room, entry)
        case "publish":
            return lambda: release.publish(room, entry, shown=shown)
    if answer is None:
        return None
    match name:
        case "publish_at":
            return lambda: release.publish(room, entry, at=answer.time, shown=shown)
        case "correct":
            return lambda: release.correct(room, entry, answer.kind, answer.note, shown=shown)
        case "send_back":
            return lambda: release.send_back(room, entry, answer.note)
        case "withdraw":
            return lambda: release.withdraw(room, entry, answer.note)
    return None


def done_sentence(name: str, view: EntryView) -> str:
    """What is said when a verb has done its work."""
    scheduled = view.entry.stage is Stage.SCHEDULED
    return {
        "submit": "Submitted for review.",
        "recall": "Taken back: it is a draft again.",
        "publish": "Scheduled."
        if scheduled
        else "Published: it goes out as soon as there is a connection.",
        "publish_at": "Scheduled." if scheduled else "Published.",
        "correct": "The update is published.",
        "send_back": "Sent back to the writer.",
        "withdraw": "Withdrawn.",
        "discard": "Your changes were taken back; they stay in the history.",
    }.get(name, "")


def _later(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """A time to come; one that has passed today is not understood as tomorrow's."""
    moment = read_moment(text, now, zone)
    return moment if moment is not None and moment > now else None

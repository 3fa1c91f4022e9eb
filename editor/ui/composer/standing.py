"""What an entry's standing lets its writer do, and how it is told: a table of role and stage. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from editor.domain.blog import BlogStatus, Role
from editor.domain.entry import Stage
from editor.domain.stages import NO_NOTE
from editor.sync.delivery import Phase
from editor.ui.composer.foot import Offer
from editor.ui.messages import clock, sentence
from editor.views import EntryView

SAVE = ("save", "Save draft")
LATER = ("publish_at", "Publish at…")
WITHDRAW = ("withdraw", "Withdraw…")
DISCARD = ("discard", "Discard changes")
HISTORY = ("history", "History")
DELIVERIES = ("deliveries", "Deliveries…")
DUPLICATE = ("duplicate", "Duplicate entry")


def offer(view: EntryView) -> Offer:
    """The buttons of an entry."""
    entry = view.entry
    desk = view.role is Role.DESK
    others: tuple[tuple[str, str], ...]
    more = [HISTORY, DUPLICATE]
    if view.deliveries:
        more.insert(1, DELIVERIES)
    if view.is_draft and entry.head is not None:
        more.append(DISCARD)
    if entry.stage is not Stage.WITHDRAWN and (desk or entry.approved is None):
        more.append(WITHDRAW)
    match entry.stage:
        case Stage.DRAFT | Stage.RETURNED:
            if not desk:
                return Offer(primary=("submit", "Submit for review"), others=(SAVE,), menu=more)
            menu = (LATER, *more)
            return Offer(primary=("publish", "Publish"), others=(SAVE,), menu=menu)
        case Stage.SUBMITTED:
            if not desk:
                again = ("submit", "Submit again")
                others = (("recall", "Take back"), SAVE)
                return Offer(primary=again, primary_enabled=view.is_draft, others=others, menu=more)
            others = (("send_back", "Send back…"),)
            return Offer(
                primary=("publish", "Approve and publish"), others=others, menu=(LATER, *more)
            )
        case Stage.SCHEDULED:
            if not desk:
                return Offer(others=(SAVE,), menu=more)
            others = (("recall", "Unschedule"), SAVE)
            return Offer(primary=("publish", "Publish now"), others=others, menu=(LATER, *more))
        case Stage.PUBLISHED:
            return _of_public(view, more, desk=desk)
        case Stage.WITHDRAWN:
            return Offer(others=(DUPLICATE,), menu=(HISTORY, DELIVERIES))
        case _:
            assert_never(entry.stage)


def _of_public(view: EntryView, more: list[tuple[str, str]], *, desk: bool) -> Offer:
    changed = view.public is None or view.content != view.public
    submitted = view.entry.submitted is not None
    others: tuple[tuple[str, str], ...]
    if desk:
        others = (("send_back", "Send back…"),) if submitted else (SAVE,)
        return Offer(
            primary=("correct", "Publish update"), primary_enabled=changed, others=others, menu=more
        )
    others = (("recall", "Take back"), SAVE) if submitted else (SAVE,)
    return Offer(
        primary=("submit", "Submit update"),
        primary_enabled=changed and (view.is_draft or not submitted),
        others=others,
        menu=more,
    )


def told(view: EntryView, now: datetime) -> tuple[str, str]:
    """The banner over the text, and its tint; empty where nothing needs to be said."""
    entry, zone = view.entry, view.blog.zone
    match entry.stage:
        case Stage.WITHDRAWN:
            when = f" at {clock(entry.withdrawn, zone, now)}" if entry.withdrawn else ""
            why = f": “{entry.note}”" if entry.note else ""
            return f"Withdrawn{when}{why}. It can be read, and duplicated to write on.", "live"
        case Stage.RETURNED:
            why = f": “{entry.note}”" if entry.note != NO_NOTE else ", without a note."
            return f"The desk sent this back{why}", "violet"
        case Stage.SCHEDULED if entry.not_before is not None:
            more = " Your changes since are not in it." if view.is_draft else ""
            return f"Goes out at {clock(entry.not_before, zone, now)}.{more}", "accent"
        case Stage.SUBMITTED if entry.submitted_at is not None:
            since = clock(entry.submitted_at, zone, now)
            if view.role is Role.DESK:
                return f"Submitted for review at {since}.", "amber"
            more = " Your changes since are not in it." if view.is_draft else ""
            return f"In review since {since}.{more}", "amber"
        case _:
            return _trouble(view)


def _trouble(view: EntryView) -> tuple[str, str]:
    for delivery in view.deliveries:
        name = view.target_names.get(delivery.target, "")
        if delivery.phase is Phase.REFUSED:
            said = sentence(delivery.problem) if delivery.problem else "It was refused."
            return (f"{name}: {said}" if name else said), "live"
    if view.blog.status is BlogStatus.ENDED:
        return "This live blog has ended; an entry can still be corrected or added.", "accent"
    if view.entry.stage is Stage.PUBLISHED and view.entry.submitted is not None:
        return "Your update waits for the desk.", "amber"
    return "", "amber"

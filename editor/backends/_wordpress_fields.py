"""What a post is told of an entry beside its words: its status and its date, and which of its photos' files it shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from editor.backends._wordpress_grammar import essence, pieces
from editor.domain.entry import Stage
from editor.sync.delivery import Dispatch, MediaFile, Visibility

SOON = timedelta(seconds=90)
"""WordPress takes a date within a minute from now for now."""


def standing(dispatch: Dispatch, there: datetime | None) -> dict[str, str]:
    """The post's status, and its date. ``there`` is the time by the site's clock, None where it is not known.

    A public entry's own time is the post's where that has passed there: a time to come would make it wait. A schedule
    whose time has passed there would be public at once: it stays a draft, and becomes public in its turn.
    """
    if dispatch.visibility is Visibility.PUBLIC:
        at = dispatch.content.time
        passed = at is not None and there is not None and at < there
        return {"status": "publish", **(_date(at) if at is not None and passed else {})}
    due = dispatch.due
    if due is not None and there is not None and due > there + SOON:
        return {"status": "future", **_date(due)}
    return {"status": "pending" if dispatch.stage is Stage.SUBMITTED else "draft"}


def largest(files: tuple[MediaFile, ...]) -> dict[str, MediaFile]:
    """Of each photo the file that is in the library."""
    ladder = sorted(files, key=lambda file: file.width)
    return {str(file.asset): file for file in ladder}


def said(markup: str) -> tuple[str, ...]:
    """What a post says to readers."""
    return essence("".join(piece.html for piece in pieces(markup)))


def _date(at: datetime) -> dict[str, str]:
    return {"date_gmt": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"}

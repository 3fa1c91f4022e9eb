"""What sync keeps beside the ledger: conflicts, notices, where a pull stands, and the delivery log."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from editor.domain.ids import EntryId, RevisionId, TargetId
from editor.problems import Problem


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Two texts of one entry that a person has to choose from, at one target.

    All three are revisions of the entry: ``base`` is what both started from (None where nobody knows), ``mine`` what the
    laptop has, ``theirs`` what lies at the target.
    """

    entry: EntryId
    target: TargetId
    base: RevisionId | None
    mine: RevisionId
    theirs: RevisionId
    found: datetime


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something a person should know that sync did or found, until ``seen``. It needs no decision."""

    id: int = 0
    at: datetime
    problem: Problem
    entry: EntryId | None = None
    target: TargetId | None = None
    seen: datetime | None = None


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """Where we stand with fetching what others changed at a target.

    ``cursor`` is the target's own mark of how far we read, ``listed`` when everything it holds was last listed,
    ``sweep`` from when on strays are to be looked for, ``emptied`` how many entries were found gone at once: as long as
    it is not nought, a person is asked and nothing is sent there.
    """

    target: TargetId
    cursor: str = ""
    pulled: datetime | None = None
    listed: datetime | None = None
    sweep: datetime | None = None
    emptied: int = 0


class Act(StrEnum):
    """What a request was for, in the delivery log."""

    CREATE = "create"
    UPDATE = "update"
    WITHDRAW = "withdraw"
    LOOK = "look"
    PHOTO = "photo"
    CLEAR = "clear"


class LogLine(msgspec.Struct, frozen=True, kw_only=True):
    """One request in an entry's delivery log: no secret and nothing of what was written.

    ``outcome`` is the request's state, ``status`` and ``request_id`` are the server's, ``sent`` the bytes that left,
    ``took`` seconds, ``code`` the problem's.
    """

    entry: EntryId
    target: TargetId
    at: datetime
    act: Act
    outcome: str
    status: int = 0
    request_id: str = ""
    sent: int = 0
    took: float = 0.0
    next_try: datetime | None = None
    code: str = ""

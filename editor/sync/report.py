"""What sync tells about itself, as values: for the status bar and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from editor.domain.ids import EntryId, TargetId


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What goes out just now: an entry, and how many bytes of its photos are there of how many."""

    entry: EntryId
    target: TargetId
    done: int = 0
    bytes: int = 0


@dataclass(frozen=True, kw_only=True)
class PassReport:
    """What a pass did: confirmed requests, deliveries that still wait, those a person has to look at, when to go on.

    ``next_wake`` is when there is something to do again, ``next_send`` when there is something to send.
    ``online`` is None when nothing on a network was asked, ``sign_in`` says that an account waits for its user, ``skew``
    is how far the laptop's clock is ahead of a server's, in seconds, ``slow`` that photos would keep a text waiting.
    """

    sent: int = 0
    waiting: int = 0
    refused: int = 0
    next_wake: datetime | None = None
    next_send: datetime | None = None
    online: bool | None = None
    sign_in: bool = False
    skew: float = 0.0
    slow: bool = False


@dataclass(frozen=True, kw_only=True)
class SyncState:
    """How sync stands: whether the network answers and since when, what is being sent, how many wait, and if it is slow."""

    online: bool | None = None
    since: datetime | None = None
    sending: Sending | None = None
    waiting: int = 0
    refused: int = 0
    sign_in: bool = False
    skew: float = 0.0
    slow: bool = False

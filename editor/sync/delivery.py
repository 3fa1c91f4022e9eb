"""The delivery ledger's row: what we want a target to hold for one entry, and what it last confirmed to hold.

Intent and observation are stored, never a queue of requests: the next request is derived just before it is sent.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from editor.content.block import Picture
from editor.content.entry import Content
from editor.domain.blog import Blog
from editor.domain.entry import Kind, Stage
from editor.domain.ids import AssetId, EntryId, RevisionId, TargetId
from editor.problems import Problem


class Visibility(StrEnum):
    """Who can see an entry at a target: nobody, its desk (a draft or pending item), or the public.

    ``GONE`` is a withdrawn entry: the target keeps at most a notice.
    """

    NONE = "none"
    DESK = "desk"
    PUBLIC = "public"
    GONE = "gone"


class Phase(StrEnum):
    """Where a delivery stands. ``IN_DOUBT`` is a request without an answer: look before you leap again."""

    PENDING = "pending"
    IN_DOUBT = "in doubt"
    DONE = "done"
    REFUSED = "refused"
    CONFLICT = "conflict"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a target shall hold: a revision, for whom, and not before when."""

    revision: RevisionId | None = None
    visibility: Visibility = Visibility.NONE
    not_before: datetime | None = None


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What a target confirmed: the object's id there, its version token, its public address, its content's digest.

    ``text_only``: its photos are still owed, and ``digest`` is that of the text without them. ``due``: when the target makes
    it public by itself.
    """

    revision: RevisionId | None = None
    visibility: Visibility = Visibility.NONE
    ref: str = ""
    version: str = ""
    url: str = ""
    digest: str = ""
    text_only: bool = False
    due: datetime | None = None


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the ledger."""

    entry: EntryId
    target: TargetId
    wanted: Wanted = Wanted()
    held: Held = Held()
    phase: Phase = Phase.DONE
    attempts: int = 0
    next_try: datetime | None = None
    problem: Problem | None = None

    @property
    def settled(self) -> bool:
        """Whether the target holds what we want it to hold."""
        return (
            self.phase is not Phase.IN_DOUBT
            and not self.held.text_only
            and self.wanted.revision == self.held.revision
            and self.wanted.visibility == self.held.visibility
        )


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """What a target still lacks of an entry's photos: bytes, and whether there is anything to read without them."""

    bytes: int
    readable: bool


class OpState(StrEnum):
    """A request's life, as in the design of sync."""

    IN_FLIGHT = "in flight"
    CONFIRMED = "confirmed"
    VOID = "void"
    AMBIGUOUS = "ambiguous"
    PERMANENT = "permanent"
    SUPERSEDED = "superseded"


class OpKind(StrEnum):
    """What a request does."""

    CREATE = "create"
    UPDATE = "update"
    WITHDRAW = "withdraw"


class Op(msgspec.Struct, frozen=True, kw_only=True):
    """A request's write-ahead row, committed before its first byte leaves.

    ``steady`` is when it left by the laptop's steady clock, in seconds, and ``settle`` how long it may still land: a
    wall clock may be set at any time. ``digest`` is that of what was sent, which ``text_only`` says was without photos.
    """

    id: int
    entry: EntryId
    target: TargetId
    kind: OpKind
    revision: RevisionId | None
    visibility: Visibility
    digest: str
    sent: datetime
    state: OpState = OpState.IN_FLIGHT
    steady: float = 0.0
    settle: float = 0.0
    text_only: bool = False
    error: str = ""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What was put right in a public entry, and when."""

    kind: Kind
    note: str
    at: datetime


class MediaFile(msgspec.Struct, frozen=True, kw_only=True):
    """A rendition to be put: named by its content's hash, with no metadata in it.

    ``largest`` says that the photo has none that is larger: for a system that makes the smaller ones itself.
    """

    id: str
    asset: AssetId
    name: str
    mime: str
    width: int
    height: int
    size: int
    largest: bool = True


class Dispatch(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as a target shall hold it: everything a backend needs, and nothing that must not leave the laptop.

    ``published`` is when it first became public (now, for the first time), ``updated`` the last change that readers
    can see. ``media`` are the renditions that were put before; ``pictures`` says where they lie at this target.
    ``notice`` is what readers are told of a withdrawn entry. ``text_only`` says that ``content`` is the revision without
    its photos, which follow; ``digest`` is the content's. ``stage`` is where the entry stands, and ``note`` what the desk
    wrote to one that it sent back. ``due`` is when the target is to make it public by itself.
    """

    entry: EntryId
    blog: Blog
    revision: RevisionId
    digest: str
    content: Content
    visibility: Visibility
    published: datetime
    updated: datetime
    corrections: tuple[Correction, ...] = ()
    media: tuple[MediaFile, ...] = ()
    pictures: dict[str, Picture] = {}
    notice: str = ""
    text_only: bool = False
    stage: Stage = Stage.PUBLISHED
    note: str = ""
    due: datetime | None = None

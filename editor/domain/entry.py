"""An entry's standing, and its revisions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from editor.content.entry import Content
from editor.domain.ids import BlogId, EntryId, RevisionId


class Stage(StrEnum):
    """Where an entry stands with people. What a backend holds is the delivery's business."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """Why a revision was made.

    The five kinds of correction are those a published entry may get. ``RETURN`` is the desk's: the text that it sent back,
    with its note, for the systems that have it. ``SET_ASIDE`` keeps a working text that was given up
    for another, and one as it came from a file. Neither is ever the head.
    """

    SUBMIT = "submit"
    PUBLISH = "publish"
    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"
    MEDIA_ADDED = "media added"
    TYPO = "typo"
    WITHDRAWAL = "withdrawal"
    PULL = "pull"
    RETURN = "return"
    SET_ASIDE = "set aside"


CORRECTIONS = (Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE, Kind.MEDIA_ADDED, Kind.TYPO)
NEEDS_NOTE = (Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE)


class Origin(StrEnum):
    """Where a revision came from."""

    FIELD = "field"
    DESK = "desk"
    MERGE = "merge"
    IMPORT = "import"


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """An immutable snapshot of an entry. ``digest`` is the content's SHA-256, the name an approval binds."""

    id: RevisionId
    entry: EntryId
    number: int
    content: Content
    digest: str
    kind: Kind
    origin: Origin
    at: datetime
    parent: RevisionId | None = None
    merge_parent: RevisionId | None = None
    note: str = ""
    author: str = ""
    device: str = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The working text of an entry: what was typed last. ``base`` is the revision it started from."""

    entry: EntryId
    content: Content
    saved: datetime
    base: RevisionId | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One update of a blog.

    ``head`` is the newest revision, ``submitted`` the one that waits for the desk, ``approved`` the one that is or
    shall be public. ``seq`` counts the blog's entries on this laptop. ``note`` is the desk's reason for a return or a
    withdrawal.
    """

    id: EntryId
    blog: BlogId
    seq: int
    created: datetime
    changed: datetime
    stage: Stage = Stage.DRAFT
    head: RevisionId | None = None
    submitted: RevisionId | None = None
    approved: RevisionId | None = None
    not_before: datetime | None = None
    published: datetime | None = None
    corrected: datetime | None = None
    withdrawn: datetime | None = None
    submitted_at: datetime | None = None
    protect_source: bool = False
    note: str = ""

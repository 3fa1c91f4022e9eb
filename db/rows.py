"""What is written, as rows and back: blogs, entries, revisions, photos. For whoever reads and whoever writes.

Columns hold times as whole microseconds since 1970 in UTC, which loses nothing of a ``datetime``'s instant; the times
inside a content keep their own offset in its JSON.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import msgspec

from editor.content.entry import decode, encode
from editor.domain.asset import Asset, Rendition, Told
from editor.domain.blog import Blog, BlogStatus
from editor.domain.entry import Draft, Entry, Kind, Origin, Revision, Stage
from editor.problems import Severity

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_json = msgspec.json.Encoder()
_checks = msgspec.json.Decoder(dict[str, Severity])
_told = msgspec.json.Decoder(Told)


class Row(Protocol):
    """A row by the names of its columns: ``sqlite3.Row`` and SQLAlchemy's mappings alike."""

    def __getitem__(self, name: str, /) -> Any: ...


def from_time(time: datetime) -> int:
    """An aware time as a column's number."""
    return (time - _EPOCH) // _MICROSECOND


def to_time(number: int) -> datetime:
    """A column's number as a time in UTC."""
    return _EPOCH + number * _MICROSECOND


def maybe_from(time: datetime | None) -> int | None:
    """``from_time`` for what may be absent."""
    return None if time is None else from_time(time)


def maybe_to(number: int | None) -> datetime | None:
    """``to_time`` for what may be absent."""
    return None if number is None else to_time(number)


def from_blog(blog: Blog) -> dict[str, Any]:
    """A blog's row."""
    return {
        "id": blog.id,
        "slug": blog.slug,
        "headline": blog.headline,
        "standfirst": blog.standfirst,
        "byline": blog.byline,
        "language": blog.language,
        "timezone": blog.timezone,
        "status": blog.status.value,
        "created": from_time(blog.created),
        "coverage_start": from_time(blog.coverage_start),
        "coverage_end": maybe_from(blog.coverage_end),
        "checks": _json.encode(blog.checks).decode(),
    }


def to_blog(row: Row) -> Blog:
    """The blog of a row."""
    return Blog(
        id=row["id"],
        slug=row["slug"],
        headline=row["headline"],
        standfirst=row["standfirst"],
        byline=row["byline"],
        language=row["language"],
        timezone=row["timezone"],
        status=BlogStatus(row["status"]),
        created=to_time(row["created"]),
        coverage_start=to_time(row["coverage_start"]),
        coverage_end=maybe_to(row["coverage_end"]),
        checks=_checks.decode(row["checks"]),
    )


def from_entry(entry: Entry) -> dict[str, Any]:
    """An entry's row, without what lists show of it."""
    return {
        "id": entry.id,
        "blog": entry.blog,
        "seq": entry.seq,
        "created": from_time(entry.created),
        "changed": from_time(entry.changed),
        "stage": entry.stage.value,
        "head": entry.head,
        "submitted": entry.submitted,
        "approved": entry.approved,
        "not_before": maybe_from(entry.not_before),
        "published": maybe_from(entry.published),
        "corrected": maybe_from(entry.corrected),
        "withdrawn": maybe_from(entry.withdrawn),
        "submitted_at": maybe_from(entry.submitted_at),
        "protect_source": int(entry.protect_source),
        "note": entry.note,
    }


def to_entry(row: Row) -> Entry:
    """The entry of a row."""
    return Entry(
        id=row["id"],
        blog=row["blog"],
        seq=row["seq"],
        created=to_time(row["created"]),
        changed=to_time(row["changed"]),
        stage=Stage(row["stage"]),
        head=row["head"],
        submitted=row["submitted"],
        approved=row["approved"],
        not_before=maybe_to(row["not_before"]),
        published=maybe_to(row["published"]),
        corrected=maybe_to(row["corrected"]),
        withdrawn=maybe_to(row["withdrawn"]),
        submitted_at=maybe_to(row["submitted_at"]),
        protect_source=bool(row["protect_source"]),
        note=row["note"],
    )


def from_draft(draft: Draft) -> dict[str, Any]:
    """A draft's row."""
    return {
        "entry": draft.entry,
        "content": encode(draft.content),
        "saved": from_time(draft.saved),
        "base": draft.base,
    }


def to_draft(row: Row) -> Draft:
    """The draft of a row."""
    return Draft(
        entry=row["entry"],
        content=decode(row["content"]),
        saved=to_time(row["saved"]),
        base=row["base"],
    )


def from_revision(revision: Revision) -> dict[str, Any]:
    """A revision's row, without what its history line shows."""
    return {
        "id": revision.id,
        "entry": revision.entry,
        "number": revision.number,
        "content": encode(revision.content),
        "digest": revision.digest,
        "kind": revision.kind.value,
        "origin": revision.origin.value,
        "at": from_time(revision.at),
        "parent": revision.parent,
        "merge_parent": revision.merge_parent,
        "note": revision.note,
        "author": revision.author,
        "device": revision.device,
    }


def to_revision(row: Row) -> Revision:
    """The revision of a row."""
    return Revision(
        id=row["id"],
        entry=row["entry"],
        number=row["number"],
        content=decode(row["content"]),
        digest=row["digest"],
        kind=Kind(row["kind"]),
        origin=Origin(row["origin"]),
        at=to_time(row["at"]),
        parent=row["parent"],
        merge_parent=row["merge_parent"],
        note=row["note"],
        author=row["author"],
        device=row["device"],
    )


def from_asset(asset: Asset) -> dict[str, Any]:
    """An asset's row."""
    return {
        "id": asset.id,
        "mime": asset.mime,
        "width": asset.width,
        "height": asset.height,
        "size": asset.size,
        "name": asset.name,
        "added": from_time(asset.added),
        "has_location": int(asset.has_location),
        "told": _json.encode(asset.told).decode(),
    }


def to_asset(row: Row) -> Asset:
    """The asset of a row."""
    return Asset(
        id=row["id"],
        mime=row["mime"],
        width=row["width"],
        height=row["height"],
        size=row["size"],
        name=row["name"],
        added=to_time(row["added"]),
        has_location=bool(row["has_location"]),
        told=_told.decode(row["told"]),
    )


def from_rendition(rendition: Rendition) -> dict[str, Any]:
    """A rendition's row."""
    return {name: getattr(rendition, name) for name in Rendition.__struct_fields__}


def to_rendition(row: Row) -> Rendition:
    """The rendition of a row."""
    return Rendition(**{name: row[name] for name in Rendition.__struct_fields__})

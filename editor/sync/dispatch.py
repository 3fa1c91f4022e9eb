"""What is sent for one entry, put together from the store just before it leaves.

A correction is told to readers as what it is (AP: labelled a correction, no euphemism), with its time. A typo changes
no fact and is not told; added photos are told as that, without the word corrected. What may leave the laptop is
listed in ``Dispatch`` and nowhere else.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import msgspec
from msgspec.structs import replace

from editor.content.entry import digest, without_photos
from editor.domain.asset import Rendition
from editor.domain.blog import Blog
from editor.domain.entry import CORRECTIONS, Entry, Kind, Revision, Stage
from editor.domain.ids import AssetId, RevisionId
from editor.problems import Problem
from editor.sync.backend import Backend, Rejected
from editor.sync.delivery import Correction, Delivery, Dispatch, MediaFile, Visibility
from editor.sync.intent import OFF, due_of
from editor.sync.ledger import Ledger

TOLD = tuple(kind for kind in CORRECTIONS if kind is not Kind.TYPO)
_covers = msgspec.json.Encoder(order="deterministic")


def assemble(
    tx: Ledger,
    backend: Backend,
    row: Delivery,
    visibility: Visibility,
    now: datetime,
    *,
    mime: str,
    text_only: bool = False,
) -> Dispatch:
    """The entry as the target shall hold it, or its text alone; its photos in the kind of picture ``mime``.

    Raises ``Rejected`` where a photo has no rendition that could be sent.
    """
    entry = tx.entry(row.entry)
    revision = tx.revision(_which(row, entry))
    bare = text_only or visibility in OFF or not backend.capabilities.media
    media = () if bare else media_of(tx, revision, mime)
    content = without_photos(revision.content) if text_only else revision.content
    told = corrections(entry, revision, tx.revisions(entry.id))
    published = entry.published or now
    shown = row.held.visibility is Visibility.PUBLIC
    return Dispatch(
        entry=entry.id,
        blog=tx.blog(entry.blog),
        revision=revision.id,
        digest=digest(content) if text_only else revision.digest,
        content=content,
        visibility=visibility,
        published=published,
        updated=max((published, *(each.at for each in told))),
        corrections=told,
        media=media,
        pictures={
            asset: backend.picture(tuple(file for file in media if file.asset == asset))
            for asset in dict.fromkeys(file.asset for file in media)
        },
        notice=entry.note if visibility is Visibility.GONE and shown else "",
        text_only=text_only,
        stage=entry.stage,
        note=entry.note if entry.stage is Stage.RETURNED else "",
        due=due_of(row, entry) if _is_held(backend, row, visibility) else None,
    )


def _is_held(backend: Backend, row: Delivery, visibility: Visibility) -> bool:
    """Whether what is to be public later is given to the target now."""
    later = row.wanted.visibility is Visibility.PUBLIC and visibility is Visibility.DESK
    return backend.capabilities.holds and later


def corrections(
    entry: Entry, revision: Revision, revisions: tuple[Revision, ...]
) -> tuple[Correction, ...]:
    """What was put right in the entry up to this revision, as readers are told, oldest first.

    What was put right before any reader saw the entry is nothing to tell.
    """
    first = entry.published
    if first is None:
        return ()
    return tuple(
        Correction(kind=each.kind, note=each.note, at=each.at)
        for each in sorted(revisions, key=lambda each: each.number)
        if each.kind in TOLD and each.number <= revision.number and each.at > first
    )


def cover_digest(blog: Blog) -> str:
    """Names what a target shows of the blog itself; the same for blogs that look the same to readers."""
    face = (
        blog.slug,
        blog.headline,
        blog.standfirst,
        blog.byline,
        blog.language,
        blog.timezone,
        blog.status,
        blog.coverage_start,
        blog.coverage_end,
    )
    return hashlib.sha256(_covers.encode(face)).hexdigest()


def _which(row: Delivery, entry: Entry) -> RevisionId:
    """The revision wanted; for what is taken away, the newest one that may have been seen."""
    found = row.wanted.revision or row.held.revision or entry.approved or entry.head
    assert found is not None, "an entry at a target has a revision"
    return found


def media_of(tx: Ledger, revision: Revision, mime: str) -> tuple[MediaFile, ...]:
    """The renditions of a revision's photos in one kind of picture, the smallest of each first.

    Raises ``Rejected`` where a photo has none.
    """
    files: list[MediaFile] = []
    for number, block in enumerate(revision.content.blocks):
        asset = AssetId(getattr(block, "print", "")) if block.TYPE == "photo" else None
        if not asset:
            continue
        renditions = [each for each in tx.renditions(asset) if each.mime == mime]
        if not renditions:
            raise Rejected(photo_missing(f"body.{number}.asset", asset))
        *smaller, largest = sorted(renditions, key=lambda each: each.width)
        files += (replace(media_file(each), largest=False) for each in smaller)
        files.append(media_file(largest))
    return tuple(dict.fromkeys(files))


def media_file(rendition: Rendition) -> MediaFile:
    """A rendition as a target gets it."""
    return MediaFile(
        id=rendition.id,
        asset=rendition.asset,
        name=rendition.file_name,
        mime=rendition.mime,
        width=rendition.width,
        height=rendition.height,
        size=rendition.size,
    )


def photo_missing(field: str, asset: str) -> Problem:
    """A photo of which there is nothing to send."""
    return Problem(code="photo-file-missing", field=field, detail={"asset": asset[:12]})

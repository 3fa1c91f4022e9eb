"""Entries, their drafts and revisions, and what lists and search know of them."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from db import schema
from db.rows import (
    from_draft,
    from_entry,
    from_revision,
    maybe_from,
    to_draft,
    to_entry,
    to_revision,
)
from db.search import expression, indexed
from db.statements import add, change, find, remove
from db.transaction.base import Base
from editor.content.blocks.quote import Quote
from editor.content.entry import Content, digest, prints
from editor.content.summary import search_fields, summarise
from editor.domain.entry import Draft, Entry, Revision
from editor.domain.ids import BlogId, EntryId, RevisionId
from editor.problems import refuse

_LISTED = (
    "time",
    "headline",
    "excerpt",
    "photos",
    "quotes",
    "posts",
    "stories",
    "words",
    "thumbs",
    "key_event",
    "pinned",
    "shown",
)
ENTRY_COLUMNS = Entry.__struct_fields__
_ENTRY = find(schema.entry, "id", columns=ENTRY_COLUMNS)
_HAS_ENTRY = "SELECT 1 FROM entry WHERE id = :id"
_ENTRIES = find(schema.entry, "blog", order=("seq",), columns=ENTRY_COLUMNS)
_ALIKE = """
SELECT id FROM entry
WHERE blog = :blog AND id <> :entry AND stage <> 'withdrawn'
  AND (submitted IS NOT NULL OR approved IS NOT NULL)
  AND number IN (SELECT rowid FROM search WHERE search MATCH :words)
ORDER BY seq DESC LIMIT 40
"""
_LAST_SEQ = "SELECT max(seq) FROM entry WHERE blog = :blog"
_SHOWN = "SELECT number, shown FROM entry WHERE id = :id"
_SHOW = change(schema.entry, *_LISTED, key="number")
_DRAFT = find(schema.draft, "entry")
_DROP_DRAFT = remove(schema.draft, "entry")
_REVISION = find(schema.revision, "id")
_REVISIONS = find(schema.revision, "entry", order=("number",))
_FORGET_SPEAKERS = remove(schema.speaker, "entry")
_FORGET_WORDS = "DELETE FROM search WHERE rowid = :number"
_INDEX_WORDS = "INSERT INTO search (rowid, words) VALUES (:number, :words)"


class Entries(Base):
    """The tables ``entry``, ``draft``, ``revision``, ``revision_asset``, ``speaker`` and ``search``."""

    def entry(self, entry: EntryId) -> Entry:
        row = self._row(_ENTRY, id=entry)
        if row is None:
            raise refuse("no-such-entry", entry=entry)
        return to_entry(row)

    def has_entry(self, entry: EntryId) -> bool:
        return self._value(_HAS_ENTRY, id=entry) is not None

    def entries(self, blog: BlogId) -> tuple[Entry, ...]:
        return tuple(to_entry(row) for row in self._rows(_ENTRIES, blog=blog))

    def alike(self, blog: BlogId, entry: EntryId, words: str) -> tuple[EntryId, ...]:
        asked = expression(words)
        if not asked:
            return ()
        rows = self._rows(_ALIKE, blog=blog, entry=entry, words=asked)
        return tuple(EntryId(row["id"]) for row in rows)

    def next_seq(self, blog: BlogId) -> int:
        return (self._value(_LAST_SEQ, blog=blog) or 0) + 1

    def put_entry(self, entry: Entry, shown: Content | None = None) -> None:
        self._put(schema.entry, from_entry(entry), "id")
        self._entries.add(entry.id)
        if shown is not None:
            self._show(entry.id, shown, digest(shown))

    def draft(self, entry: EntryId) -> Draft | None:
        row = self._row(_DRAFT, entry=entry)
        return None if row is None else to_draft(row)

    def put_draft(self, draft: Draft) -> None:
        row = from_draft(draft)
        self._put(schema.draft, row)
        self._entries.add(draft.entry)
        self._show(draft.entry, draft.content, hashlib.sha256(row["content"]).hexdigest())

    def drop_draft(self, entry: EntryId) -> None:
        self._do(_DROP_DRAFT, entry=entry)
        self._entries.add(entry)

    def revision(self, revision: RevisionId) -> Revision:
        row = self._row(_REVISION, id=revision)
        if row is None:
            raise refuse("no-such-revision", revision=revision)
        return to_revision(row)

    def revisions(self, entry: EntryId) -> tuple[Revision, ...]:
        return tuple(to_revision(row) for row in self._rows(_REVISIONS, entry=entry))

    def add_revision(self, revision: Revision) -> None:
        """Keeps a revision for ever. One that is there already cannot be replaced: that is a bug."""
        row = from_revision(revision)
        summary = summarise(revision.content)
        row |= {"headline": summary.headline, "words": summary.words}
        self._do(add(schema.revision, *row), **row)
        for asset in prints(revision.content):
            self._put(schema.revision_asset, {"revision": revision.id, "asset": asset})
        self._entries.add(revision.entry)

    def _show(self, entry: EntryId, content: Content, name: str) -> None:
        """Renews what lists and search know of an entry, unless they know this very content."""
        kept = self._row(_SHOWN, id=entry)
        if kept is None:
            raise refuse("no-such-entry", entry=entry)
        if kept["shown"] == name:
            return
        number = kept["number"]
        self._do(_SHOW, **_listing(content), shown=name, number=number)
        self._renew_speakers(entry, content)
        fields = msgspec.structs.astuple(search_fields(content))
        self._do(_FORGET_WORDS, number=number)
        self._do(_INDEX_WORDS, number=number, words=indexed(fields))

    def _renew_speakers(self, entry: EntryId, content: Content) -> None:
        """Whom the entry quotes. A source that is not named is nobody to remember."""
        self._do(_FORGET_SPEAKERS, entry=entry)
        named = [
            (block.speaker.strip(), block.role.strip())
            for block in content.blocks
            if isinstance(block, Quote) and block.speaker.strip() and not block.unnamed
        ]
        for position, (name, role) in enumerate(dict.fromkeys(named)):
            row = {"entry": entry, "position": position, "name": name, "role": role}
            self._put(schema.speaker, row)


def _listing(content: Content) -> dict[str, Any]:
    summary = summarise(content)
    return {
        "time": maybe_from(content.time),
        "headline": summary.headline,
        "excerpt": summary.excerpt,
        "photos": summary.photos,
        "quotes": summary.quotes,
        "posts": summary.posts,
        "stories": summary.stories,
        "words": summary.words,
        "thumbs": msgspec.json.encode(summary.thumbs).decode(),
        "key_event": int(content.key_event),
        "pinned": int(content.pinned),
    }

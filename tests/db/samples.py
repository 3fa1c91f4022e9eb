"""Values to keep in a store."""

from __future__ import annotations

from datetime import UTC, datetime

from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.domain.blog import Account, Blog, Target
from editor.domain.entry import Entry, Kind, Origin, Revision, Stage
from editor.domain.ids import AccountId, BlogId, EntryId, RevisionId, TargetId

NOW = datetime(2026, 11, 22, 14, 32, 0, 123456, tzinfo=UTC)
BLOG = Blog(
    id=BlogId("blog"), slug="flood", headline="Flood in the delta", created=NOW, coverage_start=NOW
)
ACCOUNT = Account(id=AccountId("local"), name="local", kind="site", settings={"folder": "سایت"})
TARGET = Target(
    id=TargetId("target"), blog=BLOG.id, account=ACCOUNT.id, name="site", media="image/webp"
)


def entry(name: str = "e1", seq: int = 1, stage: Stage = Stage.DRAFT) -> Entry:
    return Entry(id=EntryId(name), blog=BLOG.id, seq=seq, created=NOW, changed=NOW, stage=stage)


def content(headline: str = "", text: str = "") -> Content:
    return Content(headline=headline, body=(Text(text=text),) if text else ())


def revision(of: Entry, said: Content, number: int = 1, kind: Kind = Kind.PUBLISH) -> Revision:
    return Revision(
        id=RevisionId(f"{of.id}-r{number}"),
        entry=of.id,
        number=number,
        content=said,
        digest=digest(said),
        kind=kind,
        origin=Origin.FIELD,
        at=NOW,
    )

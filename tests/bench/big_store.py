"""A store as large as a newsroom's after years: 20 live blogs, 10,000 entries. For benches.

Everything in it follows from a seed. Entries are written through the store, a blog in one transaction.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from db.opening import open_profile_db
from db.store import SqliteStore
from editor.changes import Feed
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.domain.blog import Account, Blog, BlogStatus, Target
from editor.domain.entry import Draft, Entry, Kind, Origin, Revision, Stage
from editor.domain.ids import AccountId, BlogId, EntryId, RevisionId, TargetId, uuid7
from editor.ports import Transaction
from editor.sync.delivery import Delivery, Held, Phase, Visibility, Wanted

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
BLOGS = 20
ENTRIES = 10_000
LARGEST = 5_000  # entries of the first blog

_WORDS = (
    "the river gauge bridge water crews pumps shelter district mayor council statement evening "
    "traffic evacuation embankment volunteers sandbags forecast rain hospital school power line "
    "convoy budget vote minister session amendment runner marathon finish stadium reached said "
    "closed opened moved under over before after between north south east west morning night"
).split()
_ELSEWHERE = (
    "وصل الماء إلى الجسر القديم قبل الظهر",
    "آب به پل قدیمی رسید و جاده بسته شد",
    "המים הגיעו אל הגשר הישן",
    "洪水到达旧桥，两座避难所已开放",
    "पानी पुराने पुल तक पहुँचा",
    "A víz elérte a régi hidat 🌊",
)


class _Maker:
    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def fresh(self, at: datetime) -> str:
        return uuid7(int(at.timestamp() * 1000), self._chance.randbytes(10))

    def sentence(self, words: int) -> str:
        if self._chance.random() < 0.05:
            return self._chance.choice(_ELSEWHERE)
        return " ".join(self._chance.choices(_WORDS, k=words)).capitalize() + "."

    def content(self, at: datetime) -> Content:
        chance = self._chance
        body: list[object] = [
            Text(text="\n\n".join(self.sentence(25) for _ in range(chance.randint(1, 3))))
        ]
        if chance.random() < 0.3:
            body.append(
                Quote(
                    text=self.sentence(15),
                    speaker=f"Engineer {chance.randint(1, 40)}",
                    role="River authority",
                )
            )
        if chance.random() < 0.1:
            body.append(
                Social(
                    url=f"https://social.example/@gauges/{chance.randint(1, 10**9)}",
                    text=self.sentence(12),
                )
            )
        if chance.random() < 0.1:
            body.append(Story(url="https://news.example.org/story", headline=self.sentence(6)))
        return Content(
            headline=self.sentence(7),
            time=at,
            key_event=chance.random() < 0.04,
            body=tuple(body),
        )

    def stage(self) -> Stage:
        stages = (Stage.PUBLISHED, Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED, Stage.WITHDRAWN)
        return self._chance.choices(stages, weights=(94, 3, 1, 1, 1))[0]


def make_big_store(
    path: Path,
    *,
    blogs: int = BLOGS,
    entries: int = ENTRIES,
    largest: int = LARGEST,
    sent: bool = True,
    seed: int = 7,
) -> None:
    """Makes the database at ``path``. ``largest`` entries are the first blog's, the others share the rest.

    What is public counts as sent already, or waits in the outbox where ``sent`` is false.
    """
    open_profile_db(path, now=START)
    store = SqliteStore(path, Feed())
    make = _Maker(seed)
    account = Account(id=AccountId("local"), name="local", kind="site")
    with store.write() as tx:
        tx.put_account(account)
    others = max(blogs - 1, 1)
    for number in range(blogs):
        size = largest if number == 0 else (entries - largest) // others
        with store.write() as tx:
            _put_blog(tx, make, account, number, size, sent)
    store.close()


def _put_blog(
    tx: Transaction, make: _Maker, account: Account, number: int, size: int, sent: bool
) -> None:
    created = START + timedelta(days=number)
    blog = Blog(
        id=BlogId(make.fresh(created)),
        slug=f"blog-{number + 1}",
        headline=make.sentence(4),
        status=BlogStatus.LIVE if number < 3 else BlogStatus.ENDED,
        created=created,
        coverage_start=created,
    )
    target = Target(id=TargetId(make.fresh(created)), blog=blog.id, account=account.id, name="site")
    tx.put_blog(blog)
    tx.put_target(target)
    for seq in range(1, size + 1):
        _put_entry(tx, make, target, seq, created + timedelta(minutes=3 * seq), sent)


def _put_entry(
    tx: Transaction, make: _Maker, target: Target, seq: int, at: datetime, sent: bool
) -> None:
    content = make.content(at)
    stage = make.stage()
    entry = Entry(
        id=EntryId(make.fresh(at)), blog=target.blog, seq=seq, created=at, changed=at, stage=stage
    )
    if stage is Stage.DRAFT:
        tx.put_entry(entry, shown=content)
        tx.put_draft(Draft(entry=entry.id, content=content, saved=at))
        return
    revision = Revision(
        id=RevisionId(make.fresh(at)),
        entry=entry.id,
        number=1,
        content=content,
        digest=digest(content),
        kind=Kind.SUBMIT if stage is Stage.SUBMITTED else Kind.PUBLISH,
        origin=Origin.FIELD,
        at=at,
    )
    waits = stage is Stage.SUBMITTED
    public = stage in (Stage.PUBLISHED, Stage.WITHDRAWN)
    entry = replace(
        entry,
        head=revision.id,
        submitted=revision.id if waits else None,
        submitted_at=at if waits else None,
        approved=revision.id if public else None,
        published=at if public else None,
        withdrawn=at if stage is Stage.WITHDRAWN else None,
        note="" if waits or stage is Stage.PUBLISHED else "Name the source, please.",
    )
    tx.put_entry(entry, shown=content)
    tx.add_revision(revision)
    if public:
        seen = Visibility.GONE if stage is Stage.WITHDRAWN else Visibility.PUBLIC
        wanted = Wanted(revision=revision.id, visibility=seen)
        row = Delivery(entry=entry.id, target=target.id, wanted=wanted)
        held = Held(
            revision=revision.id, visibility=seen, ref=entry.id, version="1", digest=revision.digest
        )
        if sent:
            tx.put_delivery(replace(row, held=held))
        elif stage is Stage.PUBLISHED:
            tx.put_delivery(replace(row, phase=Phase.PENDING))


if __name__ == "__main__":
    make_big_store(Path(sys.argv[1]))

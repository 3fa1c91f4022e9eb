from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from db.reading import SqliteViews
from db.store import SqliteStore
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.entry import Content, encode
from editor.domain.asset import Asset, Rendition
from editor.domain.blog import BlogStatus, Role
from editor.domain.entry import Draft, Kind, Stage
from editor.domain.ids import AccountId, AssetId, BlogId, EntryId, RevisionId, TargetId
from editor.problems import Problem, Refused
from editor.sync.delivery import Delivery, Held, Op, OpKind, Phase, Visibility, Wanted
from editor.views import Badge, Filter
from tests.db.samples import ACCOUNT, BLOG, NOW, TARGET, content, entry, revision

PUBLIC = Visibility.PUBLIC


def begin(store: SqliteStore) -> None:
    with store.write() as tx:
        tx.put_blog(BLOG)
        tx.put_account(ACCOUNT)
        tx.put_target(TARGET)


def put(store: SqliteStore, number: int, stage: Stage, said: Content, **facts: object) -> EntryId:
    """An entry with one revision that is approved or submitted as its stage says."""
    fresh = entry(f"e{number}", number, stage)
    made = revision(fresh, said)
    with store.write() as tx:
        tx.put_entry(fresh)
        if stage is Stage.DRAFT:
            tx.put_draft(Draft(entry=fresh.id, content=said, saved=NOW))
            return fresh.id
        tx.add_revision(made)
        links: dict[str, object] = {"head": made.id}
        if stage in (Stage.PUBLISHED, Stage.SCHEDULED):
            links["approved"] = made.id
        if stage is Stage.SUBMITTED:
            links |= {"submitted": made.id, "submitted_at": NOW + timedelta(minutes=number)}
        if stage is Stage.RETURNED:
            links["note"] = "Name the operator, please."
        tx.put_entry(replace(fresh, **(links | facts)), shown=said)
    return fresh.id


def at(minutes: int, **facts: object) -> Content:
    return replace(content(f"At {minutes}"), time=NOW + timedelta(minutes=minutes), **facts)


def test_a_row_counts_the_quotes_that_do_not_say_whose_they_are(
    store: SqliteStore, views: SqliteViews
) -> None:
    begin(store)
    quotes = (
        Quote(text="a"),
        Quote(text="b", speaker=" "),
        Quote(text="c", speaker="A nurse", unnamed=True),
        Quote(text="d", speaker="Mayor"),
        Quote(text="e", unnamed=True, reason="fear"),
    )
    assert [quote.is_attributed for quote in quotes] == [False, False, False, True, True]
    draft = put(store, 1, Stage.DRAFT, replace(content("One"), body=quotes))
    public = put(store, 2, Stage.PUBLISHED, replace(content("Two"), body=quotes[:1]))
    none = put(store, 3, Stage.DRAFT, content("Three"))
    assert [row.unattributed for row in views.rows((draft, public, none))] == [3, 1, 0]


def test_the_timeline_has_the_pinned_first_then_the_newest(
    store: SqliteStore, views: SqliteViews
) -> None:
    begin(store)
    put(store, 1, Stage.DRAFT, at(5))
    put(store, 2, Stage.PUBLISHED, at(1, pinned=True))
    put(store, 3, Stage.PUBLISHED, at(9, key_event=True))
    put(store, 4, Stage.SUBMITTED, at(7))
    put(store, 5, Stage.RETURNED, at(3))
    put(store, 6, Stage.SCHEDULED, at(2), not_before=NOW)
    put(store, 7, Stage.SUBMITTED, at(6))
    ask = views.timeline
    assert ask(BLOG.id) == ("e2", "e3", "e4", "e7", "e1", "e5", "e6")
    assert ask(BLOG.id, Filter.DRAFTS) == ("e1",)
    assert ask(BLOG.id, Filter.IN_REVIEW) == ("e4", "e7")
    assert ask(None, Filter.IN_REVIEW) == ("e4", "e7")
    assert ask(None, Filter.RETURNED) == ("e5",)
    assert ask(None, Filter.SCHEDULED) == ("e6",)
    assert ask(BLOG.id, Filter.PUBLISHED) == ("e2", "e3")
    assert ask(BLOG.id, Filter.KEY_EVENTS) == ("e3",)
    assert ask(BLOG.id, Filter.PUBLISHED, "at 9") == ("e3",)
    assert ask(BlogId("nowhere")) == ()
    counts = views.counts()
    assert (counts.to_review, counts.returned, counts.scheduled) == (2, 1, 1)


def test_a_submitted_change_of_a_public_entry_waits_for_review_and_may_be_returned(
    store: SqliteStore, views: SqliteViews
) -> None:
    begin(store)
    of = put(store, 1, Stage.PUBLISHED, content("Water"))
    change = revision(entry(), content("Water rises"), 2, Kind.SUBMIT)
    with store.write() as tx:
        tx.add_revision(change)
        kept = tx.entry(of)
        tx.put_entry(
            replace(kept, head=change.id, submitted=change.id, submitted_at=NOW),
            shown=change.content,
        )
    assert views.timeline(None, Filter.IN_REVIEW) == (of,)
    (row,) = views.rows((of,))
    assert (row.badge, row.changed, row.headline) == (Badge.IN_REVIEW, True, "Water rises")
    with store.write() as tx:
        tx.put_entry(replace(tx.entry(of), submitted=None, submitted_at=None, note="Who says so?"))
    assert (views.counts().to_review, views.counts().returned) == (0, 1)
    assert views.rows((of,))[0].badge is Badge.RETURNED


def test_rows_come_in_the_order_asked_for_without_those_that_are_gone(
    store: SqliteStore, views: SqliteViews
) -> None:
    begin(store)
    put(store, 1, Stage.DRAFT, at(1))
    body = (
        Photo(asset="a" * 64, caption="Sandbags"),
        Quote(text="We need pumps", speaker="River engineer"),
    )
    put(store, 2, Stage.PUBLISHED, Content(headline="Pumps", body=body), published=NOW)
    rows = views.rows((EntryId("e2"), EntryId("gone"), EntryId("e1")))
    assert [row.id for row in rows] == ["e2", "e1"]
    first = rows[0]
    assert (first.photos, first.quotes, first.thumbs) == (1, 1, ("a" * 64,))
    assert (first.badge, first.changed, first.time) == (Badge.PUBLISHED, False, NOW)
    assert views.speakers(BLOG.id) == (("River engineer", ""),)


def test_what_waits_for_a_target_is_told_with_its_bytes_and_its_problem(
    store: SqliteStore, views: SqliteViews
) -> None:
    begin(store)
    asset = AssetId("a" * 64)
    said = Content(headline="Sandbags", body=(Photo(asset=asset),))
    of = put(store, 1, Stage.PUBLISHED, said, published=NOW)
    wanted = Wanted(revision=RevisionId("e1-r1"), visibility=PUBLIC)
    offline = Problem(code="offline")
    waiting = Delivery(
        entry=of, target=TARGET.id, wanted=wanted, phase=Phase.PENDING, problem=offline
    )
    with store.write() as tx:
        tx.put_asset(
            Asset(id=asset, mime="image/jpeg", width=1, height=1, size=9, name="", added=NOW)
        )
        for name, size in (("b" * 64, 1000), ("c" * 64, 200)):
            tx.put_rendition(
                Rendition(id=name, asset=asset, mime="image/webp", width=size, height=1, size=size)
            )
        tx.put_delivery(waiting)
        tx.doubt_media_at(TARGET.id, "b" * 64)
    text = len(encode(said))
    (row,) = views.rows((of,))
    assert (row.badge, row.bytes_waiting, row.problem) == (Badge.QUEUED, text + 1200, offline)
    with store.write() as tx:
        tx.put_media_at(TARGET.id, "b" * 64)
        tx.put_delivery(replace(waiting, phase=Phase.IN_DOUBT))
        tx.add_op(
            Op(
                id=0,
                entry=of,
                target=TARGET.id,
                kind=OpKind.CREATE,
                revision=wanted.revision,
                visibility=PUBLIC,
                digest="",
                sent=NOW,
            )
        )
    (row,) = views.rows((of,))
    assert (row.badge, row.bytes_waiting) == (Badge.SENDING, text + 200)
    (out,) = views.outbox()
    assert (out.bytes, out.target_name, out.blog_headline) == (text + 200, "site", BLOG.headline)
    assert (out.headline, out.wanted, out.phase) == ("Sandbags", PUBLIC, Phase.IN_DOUBT)
    assert views.counts().outbox == 1
    with store.write() as tx:
        held = Held(revision=wanted.revision, visibility=PUBLIC)
        tx.put_delivery(Delivery(entry=of, target=TARGET.id, wanted=wanted, held=held))
    (row,) = views.rows((of,))
    assert (row.badge, row.bytes_waiting, row.problem) == (Badge.PUBLISHED, 0, None)
    assert (views.outbox(), views.counts().outbox) == ((), 0)


def test_the_worst_trouble_of_several_targets_is_told(
    store: SqliteStore, views: SqliteViews
) -> None:
    begin(store)
    of = put(store, 1, Stage.PUBLISHED, content("Water"))
    other = replace(TARGET, id=TargetId("other"), name="agency")
    wanted = Wanted(revision=RevisionId("e1-r1"), visibility=PUBLIC)
    offline, rejected = Problem(code="offline"), Problem(code="rejected")
    with store.write() as tx:
        tx.put_target(other)
        for target, phase, problem in (
            (TARGET.id, Phase.PENDING, offline),
            (other.id, Phase.REFUSED, rejected),
        ):
            tx.put_delivery(
                Delivery(entry=of, target=target, wanted=wanted, phase=phase, problem=problem)
            )
    (row,) = views.rows((of,))
    assert (row.badge, row.problem) == (Badge.REFUSED, rejected)
    assert [out.target_name for out in views.outbox()] == ["agency", "site"]


def test_the_composer_gets_the_working_text_and_the_public_one(
    store: SqliteStore, views: SqliteViews
) -> None:
    begin(store)
    of = put(store, 1, Stage.PUBLISHED, content("Water"))
    view = views.entry(of)
    assert (view.content.headline, view.is_draft, view.saved) == ("Water", False, NOW)
    later = NOW + timedelta(minutes=3)
    with store.write() as tx:
        tx.put_draft(Draft(entry=of, content=content("Water rises"), saved=later))
    view = views.entry(of)
    assert (view.content.headline, view.is_draft, view.saved) == ("Water rises", True, later)
    assert view.public == content("Water")
    assert (view.role, view.target_names) == (Role.DESK, {TARGET.id: "site"})
    with store.write() as tx:
        tx.put_account(replace(ACCOUNT, role=Role.CORRESPONDENT))
    assert views.entry(of).role is Role.CORRESPONDENT
    assert views.revision_content(RevisionId("e1-r1")) == content("Water")


def test_history_is_newest_first_and_says_what_is_public(
    store: SqliteStore, views: SqliteViews
) -> None:
    begin(store)
    of = put(store, 1, Stage.PUBLISHED, content("Water", "three more words"))
    with store.write() as tx:
        tx.add_revision(revision(entry(), content("Set aside"), 2, Kind.SET_ASIDE))
    newest, oldest = views.history(of)
    assert (newest.number, newest.kind, newest.public) == (2, Kind.SET_ASIDE, False)
    assert (oldest.headline, oldest.words, oldest.public) == ("Water", 4, True)


def test_live_blogs_come_first(store: SqliteStore, views: SqliteViews) -> None:
    begin(store)
    for number, status in enumerate((BlogStatus.ENDED, BlogStatus.UPCOMING, BlogStatus.LIVE)):
        later = NOW + timedelta(hours=number)
        with store.write() as tx:
            tx.put_blog(replace(BLOG, id=BlogId(status), slug=status, status=status, created=later))
    put(store, 1, Stage.DRAFT, content("Water"))
    assert [row.id for row in views.blogs()] == ["live", "blog", "upcoming", "ended"]
    assert views.blogs()[1].entries == 1


def test_what_is_not_there_is_refused_by_name(views: SqliteViews) -> None:
    for ask, code in (
        (lambda: views.blog(BlogId("x")), "no-such-blog"),
        (lambda: views.entry(EntryId("x")), "no-such-entry"),
        (lambda: views.account(AccountId("x")), "no-such-account"),
        (lambda: views.revision_content(RevisionId("x")), "no-such-revision"),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.first.code == code
    assert (views.history(EntryId("x")), views.targets(BlogId("x")), views.accounts()) == (
        (),
        (),
        (),
    )


def test_commits_of_another_process_are_told_from_our_own(
    path: Path, store: SqliteStore, views: SqliteViews
) -> None:
    begin(store)
    assert not views.changed_elsewhere()
    program = (
        "import sys, pathlib\n"
        "from db.store import SqliteStore\n"
        "from editor.changes import Feed\n"
        "from tests.db.samples import BLOG\n"
        "store = SqliteStore(pathlib.Path(sys.argv[1]), Feed())\n"
        "with store.write() as tx: tx.put_blog(BLOG)\n"
        "store.close()\n"
    )
    root = Path(__file__).parent.parent.parent
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, cwd=root)
    begin(store)
    assert views.changed_elsewhere()
    assert not views.changed_elsewhere()


def test_a_thread_reads_with_views_of_its_own_while_another_writes(
    path: Path, store: SqliteStore
) -> None:
    begin(store)
    seen: list[int] = []

    def watch() -> None:
        with closing(SqliteViews(path)) as views:
            while not seen or seen[-1] < 30:
                seen.append(len(views.rows(views.timeline(BLOG.id))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for number in range(1, 31):
        put(store, number, Stage.DRAFT, content(f"Entry {number}"))
    watcher.join()
    assert seen == sorted(seen)

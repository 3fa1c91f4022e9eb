from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from db.backup import backup, restore
from db.connect import connect
from db.media_use import OWED
from db.opening import open_profile_db
from db.reading import SqliteViews
from db.store import SqliteStore
from db.transaction.records import KEPT_LINES
from editor.changes import Changes, Feed
from editor.content.blocks.photo import Photo
from editor.content.entry import Content
from editor.domain.asset import Asset, Rendition
from editor.domain.blog import AccountState
from editor.domain.entry import Draft, Kind, Origin, Stage
from editor.domain.ids import AssetId, EntryId, RevisionId, TargetId
from editor.problems import Problem
from editor.sync.delivery import (
    Delivery,
    Held,
    Op,
    OpKind,
    OpState,
    Owed,
    Phase,
    Visibility,
    Wanted,
)
from editor.sync.records import Act, Conflict, LogLine, Notice, Watch
from editor.views import Badge
from tests.db.samples import ACCOUNT, BLOG, NOW, TARGET, content, entry, revision

E1 = EntryId("e1")
PUBLIC = Visibility.PUBLIC
LATER = NOW + timedelta(minutes=5)
RELEASED = Path(__file__).parent.parent / "released"


def begin(store: SqliteStore, *said: Content) -> None:
    """A published entry with these revisions, the last of them wanted at the target."""
    with store.write() as tx:
        tx.put_blog(BLOG)
        tx.put_account(ACCOUNT)
        tx.put_target(TARGET)
        tx.put_entry(entry())
        made = [revision(entry(), each, number) for number, each in enumerate(said, start=1)]
        for each in made:
            tx.add_revision(each)
        if made:
            head = made[-1].id
            tx.put_entry(
                replace(entry(), stage=Stage.PUBLISHED, head=head, approved=head, published=NOW),
                shown=made[-1].content,
            )
            tx.put_delivery(delivery(head))


def delivery(wanted: RevisionId, **facts: object) -> Delivery:
    row = Delivery(
        entry=E1,
        target=TARGET.id,
        wanted=Wanted(revision=wanted, visibility=PUBLIC),
        phase=Phase.PENDING,
    )
    return replace(row, **facts)


def photo(store: SqliteStore, name: str, *sizes: int) -> Photo:
    asset = AssetId(name * 64)
    with store.write() as tx:
        tx.put_asset(
            Asset(id=asset, mime="image/jpeg", width=1, height=1, size=9, name="", added=NOW)
        )
        for size in sizes:
            tx.put_rendition(
                Rendition(
                    id=f"{name}{size}".ljust(64, "0"),
                    asset=asset,
                    mime="image/webp",
                    width=size,
                    height=1,
                    size=size,
                )
            )
    return Photo(asset=asset, alt="Sandbags")


def line(number: int = 0, of: EntryId = E1) -> LogLine:
    return LogLine(
        entry=of,
        target=TARGET.id,
        at=NOW + timedelta(seconds=number),
        act=Act.CREATE,
        outcome="confirmed",
        status=201,
        request_id="یک-7",
        sent=1234,
        took=0.25,
        next_try=LATER,
        code="offline",
    )


def test_a_conflict_is_kept_until_it_is_settled_and_there_is_one_at_a_time(
    store: SqliteStore, views: SqliteViews, told: list[Changes]
) -> None:
    begin(store, content("Water"), content("Water rises"))
    theirs = replace(
        revision(entry(), content("الماء يرتفع"), 3, Kind.PULL), origin=Origin.DESK, author="Desk"
    )
    found = Conflict(
        entry=E1,
        target=TARGET.id,
        base=None,
        mine=RevisionId("e1-r2"),
        theirs=theirs.id,
        found=NOW,
    )
    told.clear()
    with store.write() as tx:
        tx.add_revision(theirs)
        assert tx.conflict(E1, TARGET.id) is None
        tx.put_conflict(found)
    assert told[0].deliveries == frozenset({E1})
    view = views.conflict(E1, TARGET.id)
    assert view is not None
    assert (view.base, view.mine, view.theirs) == (
        Content(),
        content("Water rises"),
        theirs.content,
    )
    assert (view.author, view.found, view.target_name) == ("Desk", NOW, "site")
    assert (view.entry.id, view.blog) == (E1, BLOG)
    again = replace(found, base=RevisionId("e1-r1"), found=LATER)
    with store.write() as tx:
        tx.put_conflict(again)
        assert tx.conflict(E1, TARGET.id) == again
    view = views.conflict(E1, TARGET.id)
    assert view is not None and view.base == content("Water")
    told.clear()
    with store.write() as tx:
        tx.settle_conflict(E1, TARGET.id, LATER)
        assert tx.conflict(E1, TARGET.id) is None
    assert told == [Changes(deliveries=frozenset({E1}))]
    assert views.conflict(E1, TARGET.id) is None
    with store.write() as tx:
        tx.put_conflict(found)
        assert tx.conflict(E1, TARGET.id) == found


def test_a_notice_stays_until_it_was_seen(
    store: SqliteStore, views: SqliteViews, told: list[Changes]
) -> None:
    begin(store)
    changed = Notice(at=NOW, problem=Problem(code="desk-changed"), entry=E1, target=TARGET.id)
    emptied = Notice(
        at=LATER, problem=Problem(code="target-emptied", detail={"count": 4}), target=TARGET.id
    )
    told.clear()
    with store.write() as tx:
        tx.add_notice(changed)
    with store.write() as tx:
        tx.add_notice(emptied)
    assert told == [Changes(deliveries=frozenset({E1})), Changes(accounts=True)]
    newest, oldest = views.notices()
    assert (replace(newest, id=0), replace(oldest, id=0)) == (emptied, changed)
    told.clear()
    with store.write() as tx:
        tx.see_notice(oldest.id, LATER)
    with store.write() as tx:
        tx.see_notice(oldest.id, LATER)
    assert told == [Changes(deliveries=frozenset({E1}))]
    assert views.notices() == (newest,)


def test_where_a_pull_stands_is_nobodys_news_but_an_emptied_target_is(
    store: SqliteStore, views: SqliteViews, told: list[Changes]
) -> None:
    begin(store, content("Water"))
    elsewhere = SqliteViews(views._path)
    told.clear()
    with store.read() as tx:
        assert tx.watch(TARGET.id) == Watch(target=TARGET.id)
    pulled = Watch(target=TARGET.id, cursor="7", pulled=NOW, listed=LATER, sweep=NOW)
    with store.write() as tx:
        tx.put_watch(pulled)
    with store.read() as tx:
        assert tx.watch(TARGET.id) == pulled
    assert told == []
    assert not views.changed_elsewhere() and not elsewhere.changed_elsewhere()
    with store.write() as tx:
        tx.put_watch(replace(pulled, emptied=3))
    assert told == [Changes(deliveries=frozenset({E1}), accounts=True)]
    assert not views.changed_elsewhere() and elsewhere.changed_elsewhere()
    assert views.outbox()[0].emptied == 3
    elsewhere.close()


def test_the_log_is_newest_first_tells_nobody_and_forgets_what_is_long_ago(
    store: SqliteStore, path: Path, views: SqliteViews, told: list[Changes]
) -> None:
    begin(store)
    with store.write() as tx:
        tx.put_entry(entry("e2", 2))
    told.clear()
    with store.write() as tx:
        tx.log(line(0, EntryId("e2")))
        for number in range(KEPT_LINES + 120):
            tx.log(line(number))
    assert told == []
    kept = views.delivery_log(E1)
    assert kept[0] == line(KEPT_LINES + 119)
    assert KEPT_LINES <= len(kept) < KEPT_LINES + 50
    assert kept[-1] == line(KEPT_LINES + 120 - len(kept))
    assert views.delivery_log(EntryId("e2")) == (line(0, EntryId("e2")),)
    with (
        closing(connect(path)) as other,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        other.execute("UPDATE log SET status = 0")


def test_what_is_bound_at_a_target_is_what_has_a_name_there(store: SqliteStore) -> None:
    begin(store, content("Water"))
    with store.write() as tx:
        assert tx.bound(TARGET.id) == ()
        known = delivery(RevisionId("e1-r1"), held=Held(ref="7", version="2"))
        tx.put_delivery(known)
        assert tx.bound(TARGET.id) == (known,)
        assert tx.bound(TargetId("other")) == ()


def test_a_text_whose_photos_are_owed_is_not_settled(
    store: SqliteStore, views: SqliteViews
) -> None:
    begin(store, content("Water"))
    wanted = RevisionId("e1-r1")
    held = Held(revision=wanted, visibility=PUBLIC, ref="7", digest="d", text_only=True)
    with store.write() as tx:
        tx.put_delivery(delivery(wanted, held=held))
        assert tx.open_deliveries()[0][0].held == held
    (out,) = views.outbox()
    assert (out.held, out.text_only) == (PUBLIC, True)
    assert views.rows((E1,))[0].badge is Badge.PUBLISHED
    with store.write() as tx:
        tx.put_delivery(delivery(wanted, held=held, phase=Phase.REFUSED))
    assert views.rows((E1,))[0].badge is Badge.REFUSED
    with store.write() as tx:
        tx.put_delivery(delivery(wanted, held=replace(held, revision=None)))
    assert views.rows((E1,))[0].badge is Badge.QUEUED
    with store.write() as tx:
        tx.put_delivery(delivery(wanted, held=replace(held, text_only=False), phase=Phase.DONE))
    assert views.outbox() == ()


def test_what_is_owed_is_the_photos_that_the_target_has_not_confirmed(
    store: SqliteStore, path: Path
) -> None:
    first, second = photo(store, "a", 1000, 200), photo(store, "b", 30)
    begin(store, Content(headline="Sandbags", body=(first, second)))
    key, wanted = (E1, TARGET.id), RevisionId("e1-r1")
    with store.write() as tx:
        assert tx.owed() == {key: Owed(bytes=1230, readable=True)}
        tx.doubt_media_at(TARGET.id, "a1000".ljust(64, "0"))
        tx.put_media_at(TARGET.id, "a200".ljust(64, "0"))
        assert tx.owed() == tx.owed(E1) == {key: Owed(bytes=1030, readable=True)}
        assert tx.owed(EntryId("e2")) == {}
        tx.put_media_at(TARGET.id, "a1000".ljust(64, "0"))
        tx.put_media_at(TARGET.id, "b30".ljust(64, "0"))
        assert tx.owed() == {}
        tx.forget_media_at(TARGET.id, "b30".ljust(64, "0"))
        assert tx.owed() == {key: Owed(bytes=30, readable=True)}
        tx.put_delivery(replace(delivery(wanted), wanted=Wanted(visibility=Visibility.GONE)))
        assert tx.owed() == {}
    with closing(sqlite3.connect(path)) as connection:
        plan = [step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {OWED}").fetchall()]
    assert "delivery_unsettled" in plan[0]
    assert not [step for step in plan[1:] if "SCAN" in step or "TEMP" in step]


def test_photos_alone_leave_nothing_to_read(store: SqliteStore) -> None:
    begin(store, Content(body=(photo(store, "a", 10),)))
    with store.read() as tx:
        assert tx.owed() == {(E1, TARGET.id): Owed(bytes=10, readable=False)}


def test_the_outbox_tells_why_an_account_waits(store: SqliteStore, views: SqliteViews) -> None:
    begin(store, content("Water"))
    online = replace(
        ACCOUNT, state=AccountState.PAUSED, settings={"url": "https://blog.example.org/api"}
    )
    with store.write() as tx:
        tx.put_account(online)
        tx.put_gate(online.gate, LATER)
    (out,) = views.outbox()
    assert (out.account, out.account_state) == (ACCOUNT.id, AccountState.PAUSED)
    assert (out.closed_until, out.held, out.emptied) == (LATER, Visibility.NONE, 0)


def test_a_draft_begun_from_an_older_revision_is_overtaken(
    store: SqliteStore, views: SqliteViews
) -> None:
    begin(store, content("Water"))
    assert views.entry(E1).overtaken is None
    typed = Draft(entry=E1, content=content("Water!"), saved=NOW, base=RevisionId("e1-r1"))
    with store.write() as tx:
        tx.put_draft(typed)
    assert views.entry(E1).overtaken is None
    pulled = replace(revision(entry(), content("The desk's"), 2, Kind.PULL), origin=Origin.DESK)
    with store.write() as tx:
        tx.add_revision(pulled)
        tx.put_entry(replace(tx.entry(E1), head=pulled.id))
    assert views.entry(E1).overtaken == pulled.id
    with store.write() as tx:
        tx.put_draft(replace(typed, base=None))
    assert views.entry(E1).overtaken is None


def test_removing_an_account_forgets_its_pull_and_keeps_the_log(
    store: SqliteStore, views: SqliteViews
) -> None:
    begin(store, content("Water"), content("Wind"))
    with store.write() as tx:
        tx.put_watch(Watch(target=TARGET.id, cursor="7", emptied=3))
        tx.log(line())
        tx.put_conflict(
            Conflict(
                entry=E1,
                target=TARGET.id,
                base=None,
                mine=RevisionId("e1-r1"),
                theirs=RevisionId("e1-r2"),
                found=NOW,
            )
        )
    with store.write() as tx:
        tx.remove_account(ACCOUNT.id)
        assert tx.watch(TARGET.id) == Watch(target=TARGET.id)
        assert tx.conflict(E1, TARGET.id) is None
    assert views.delivery_log(E1) == (line(),)


def test_what_waited_in_a_backup_is_looked_for_before_it_is_sent_again(
    path: Path, store: SqliteStore, tmp_path: Path, now: datetime
) -> None:
    begin(store, content("Water"))
    watch = Watch(target=TARGET.id, cursor="7", pulled=NOW, listed=NOW, sweep=LATER, emptied=4)
    with store.write() as tx:
        tx.put_delivery(delivery(RevisionId("e1-r1"), attempts=2, next_try=LATER))
        tx.put_watch(watch)
        tx.put_target(replace(TARGET, cover="c0ffee"))
        tx.put_media_at(TARGET.id, "a" * 64)
        tx.log(line())
    backup(path, tmp_path / "saved.zip")
    elsewhere = tmp_path / "other" / "dateline.db"
    restore(tmp_path / "saved.zip", elsewhere, now=now)
    assert [file.name for file in elsewhere.parent.glob("dateline*")] == ["dateline.db"]
    open_profile_db(elsewhere, now=now)
    with closing(SqliteStore(elsewhere, Feed())) as restored, restored.read() as tx:
        ((row, _),) = tx.open_deliveries()
        assert (row.phase, row.next_try, row.attempts) == (Phase.IN_DOUBT, None, 2)
        assert tx.watch(TARGET.id) == Watch(target=TARGET.id, sweep=LATER)
        assert not tx.media_at(TARGET.id, "a" * 64)
        assert tx.target(TARGET.id).cover not in ("", "c0ffee")
    with closing(SqliteViews(elsewhere)) as views:
        assert views.delivery_log(E1) == (line(),)
    with store.read() as tx:
        assert tx.open_deliveries()[0][0].phase is Phase.PENDING
        assert tx.watch(TARGET.id) == watch


def test_a_backup_of_an_older_version_is_restored_and_upgraded(
    tmp_path: Path, now: datetime
) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress((RELEASED / "0001.db.gz").read_bytes()))
    path = tmp_path / "profile" / "dateline.db"
    restore(old, path, now=now)
    assert open_profile_db(path, now=now).since == "0001"


def test_a_request_that_was_out_before_an_upgrade_is_looked_for_no_sooner_after_it(
    tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "profile" / "dateline.db"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress((RELEASED / "0002.db.gz").read_bytes()))
    sent = 1_000_000_000_000_000
    settle_until = sent + 120_000_000
    with closing(sqlite3.connect(path)) as old, old:
        (at,) = old.execute("SELECT held_revision FROM delivery").fetchone()
        old.execute("UPDATE delivery SET phase = 'in doubt', next_try = NULL, unsettled = 1")
        old.execute(
            "INSERT INTO op (entry, target, kind, revision, visibility, digest, sent, state,"
            " settle_until, error) VALUES ('e1', ?, 'update', ?, 'public', 'd', ?, 'in flight', ?, '')",
            [TARGET.id, at, sent, settle_until],
        )
    open_profile_db(path, now=now)
    with closing(SqliteStore(path, Feed())) as store, store.read() as tx:
        (op,) = tx.ops_in_flight()
        assert (op.settle, op.steady, op.text_only) == (120.0, 0.0, False)
        row = tx.delivery(E1, TARGET.id)
        assert row is not None and row.next_try is not None
        assert (row.next_try - op.sent).total_seconds() == 120.0
        assert not row.held.text_only


def test_a_request_keeps_when_it_left_by_the_steady_clock(store: SqliteStore) -> None:
    begin(store, content("Water"))
    op = Op(
        id=0,
        entry=E1,
        target=TARGET.id,
        kind=OpKind.UPDATE,
        revision=RevisionId("e1-r1"),
        visibility=PUBLIC,
        digest="d",
        sent=NOW,
        state=OpState.IN_FLIGHT,
        steady=98765.4321,
        settle=120.5,
        text_only=True,
    )
    with store.write() as tx:
        assert tx.add_op(op) == tx.last_op(E1, TARGET.id)
        assert replace(tx.ops_in_flight()[0], id=0) == op

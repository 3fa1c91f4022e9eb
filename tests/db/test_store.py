from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from db.connect import connect
from db.media_use import UNUSED
from db.store import SqliteStore
from editor.changes import Changes, Feed
from editor.content.block import Unknown
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content, encode
from editor.domain.asset import Asset, Rendition
from editor.domain.blog import AccountState
from editor.domain.entry import Draft, Stage
from editor.domain.ids import AssetId, EntryId, RevisionId
from editor.problems import Problem, Refused, Unavailable
from editor.sync.delivery import (
    Delivery,
    Held,
    Op,
    OpKind,
    OpState,
    Phase,
    Visibility,
    Wanted,
)
from tests.db.samples import ACCOUNT, BLOG, NOW, TARGET, content, entry, revision

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
TIMES = st.datetimes(
    # before, some zones were seconds off the minute, which RFC 3339 cannot say
    min_value=datetime(1973, 1, 1),  # noqa: DTZ001 Hypothesis adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.timezones() | st.just(UTC),
    allow_imaginary=False,  # no clock shows a time that a change of clocks leaves out
)
UNKNOWN = WORDS.map(
    lambda word: Unknown(
        type="poll", raw=b'{ "type":"poll",  "v":7, "q":' + msgspec.json.encode(word) + b"}"
    )
)
BLOCKS = st.one_of(
    st.builds(Text, text=WORDS),
    st.builds(Quote, text=WORDS, speaker=WORDS, role=WORDS),
    st.builds(Photo, asset=st.sampled_from(["a" * 64, "b" * 64]), caption=WORDS, alt=WORDS),
    UNKNOWN,
)
CONTENTS = st.builds(
    Content,
    headline=WORDS,
    time=st.none() | TIMES,
    key_event=st.booleans(),
    labels=st.lists(WORDS, max_size=3).map(tuple),
    body=st.lists(BLOCKS, max_size=5).map(tuple),
)


def begin(store: SqliteStore) -> None:
    with store.write() as tx:
        tx.put_blog(BLOG)
        tx.put_account(ACCOUNT)
        tx.put_target(TARGET)
        tx.put_entry(entry())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=CONTENTS)
def test_every_content_comes_back_as_it_was_byte_for_byte(
    store: SqliteStore, said: Content
) -> None:
    with store.write() as tx:
        tx.put_blog(BLOG)
        tx.put_entry(entry())
        tx.put_draft(Draft(entry=EntryId("e1"), content=said, saved=NOW))
        number = len(tx.revisions(EntryId("e1"))) + 1
        tx.add_revision(revision(entry(), said, number))
    with store.read() as tx:
        draft = tx.draft(EntryId("e1"))
        assert draft is not None
        kept = tx.revisions(EntryId("e1"))[-1]
    for found in (draft.content, kept.content):
        assert found == said
        assert encode(found) == encode(said)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=TIMES)
def test_a_time_keeps_its_microsecond(store: SqliteStore, at: datetime) -> None:
    with store.write() as tx:
        tx.put_blog(replace(BLOG, created=at))
        # in UTC: Python holds no time of a zone's folds and gaps equal to one of another zone
        assert tx.blog(BLOG.id).created == at.astimezone(UTC)


def test_every_value_comes_back_as_it_was(store: SqliteStore) -> None:
    begin(store)
    of = replace(
        entry(),
        stage=Stage.SCHEDULED,
        not_before=NOW,
        published=NOW,
        corrected=NOW,
        withdrawn=NOW,
        submitted_at=NOW,
        protect_source=True,
        note="نام منبع؟",
    )
    made = revision(of, content("Water"))
    of = replace(of, head=made.id, approved=made.id, submitted=made.id)
    asset = Asset(
        id=AssetId("a" * 64), mime="image/jpeg", width=4, height=3, size=9, name="x.jpg", added=NOW
    )
    rendition = Rendition(id="c" * 64, asset=asset.id, mime="image/webp", width=2, height=1, size=5)
    delivery = Delivery(
        entry=of.id,
        target=TARGET.id,
        wanted=Wanted(revision=made.id, visibility=Visibility.PUBLIC, not_before=NOW),
        held=Held(ref="7", version="2", url="https://example.org/", digest="d", text_only=True),
        phase=Phase.REFUSED,
        attempts=3,
        next_try=NOW,
        problem=Problem(code="rejected", detail={"host": "example.org", "status": 400}),
    )
    op = Op(
        id=0,
        entry=of.id,
        target=TARGET.id,
        kind=OpKind.CREATE,
        revision=made.id,
        visibility=Visibility.DESK,
        digest="d",
        sent=NOW,
        steady=1234.5678,
        settle=120.0,
        text_only=True,
    )
    with store.write() as tx:
        tx.add_revision(made)
        tx.put_entry(of, shown=made.content)
        tx.put_asset(asset)
        tx.put_rendition(rendition)
        tx.put_delivery(delivery)
        op = tx.add_op(op)
        tx.put_gate("example.org", NOW)
        tx.set_account_state(ACCOUNT.id, AccountState.SIGN_IN)
        tx.audit(NOW, "publish", of.id, made.digest)
    with store.read() as tx:
        assert tx.entry(of.id) == of
        assert tx.entries(BLOG.id) == (of,)
        assert tx.revision(made.id) == made
        assert (tx.asset(asset.id), tx.renditions(asset.id)) == (asset, (rendition,))
        assert tx.deliveries(of.id) == (delivery,)
        assert tx.open_deliveries() == ((delivery, of),)
        assert (tx.last_op(of.id, TARGET.id), tx.ops_in_flight()) == (op, (op,))
        assert tx.gate("example.org") == NOW
        assert tx.accounts() == (replace(ACCOUNT, state=AccountState.SIGN_IN),)
        assert (tx.blog_by_slug("flood"), tx.targets(BLOG.id)) == (BLOG, (TARGET,))
        assert tx.next_seq(BLOG.id) == 2
    with store.write() as tx:
        tx.settle_op(op.id, OpState.CONFIRMED)
        assert tx.ops_in_flight() == ()


def test_what_is_not_there_is_refused_by_name(store: SqliteStore) -> None:
    with store.read() as tx:
        for ask, code in (
            (tx.blog, "no-such-blog"),
            (tx.entry, "no-such-entry"),
            (tx.revision, "no-such-revision"),
            (tx.account, "no-such-account"),
            (tx.target, "no-such-target"),
        ):
            with pytest.raises(Refused) as refused:
                ask("nothing")  # type: ignore[arg-type]
            assert refused.value.first.code == code
        assert tx.draft(EntryId("nothing")) is None
        assert not tx.has_entry(EntryId("nothing"))


@pytest.mark.parametrize(
    ("table", "column"), [("revision", "note"), ("revision_asset", "asset"), ("audit", "what")]
)
def test_what_was_said_and_decided_cannot_be_rewritten(
    store: SqliteStore, path: Path, table: str, column: str
) -> None:
    begin(store)
    with store.write() as tx:
        tx.add_revision(revision(entry(), Content(body=(Photo(asset="a" * 64),))))
        tx.audit(NOW, "publish", entry().id)
    connection = connect(path)
    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"):
            connection.execute(change)
    connection.close()


def test_a_revision_cannot_be_put_twice(store: SqliteStore) -> None:
    begin(store)
    with store.write() as tx:
        tx.add_revision(revision(entry(), content("Water")))
    with pytest.raises(sqlite3.IntegrityError), store.write() as tx:
        tx.add_revision(revision(entry(), content("Wind")))
    with store.read() as tx:
        assert tx.revisions(entry().id)[0].content.headline == "Water"


def test_everything_that_is_written_is_announced_once_it_is_kept(
    store: SqliteStore, told: list[Changes]
) -> None:
    begin(store)
    assert told == [
        Changes(blogs=frozenset({BLOG.id}), entries=frozenset({entry().id}), accounts=True)
    ]
    told.clear()
    with store.write("composer") as tx:
        tx.put_draft(Draft(entry=entry().id, content=content("Water"), saved=NOW))
        tx.put_delivery(Delivery(entry=entry().id, target=TARGET.id))
        assert told == []
    e1 = frozenset({entry().id})
    assert told == [Changes(entries=e1, deliveries=e1, origin="composer")]
    assert tx.changes == told[0]


def test_a_transaction_that_fails_leaves_nothing_and_tells_nobody(
    store: SqliteStore, told: list[Changes]
) -> None:
    begin(store)
    told.clear()
    with pytest.raises(ZeroDivisionError), store.write() as tx:
        tx.put_draft(Draft(entry=entry().id, content=content("Water"), saved=NOW))
        raise ZeroDivisionError
    assert told == []
    with store.read() as tx:
        assert tx.draft(entry().id) is None


def test_a_listener_may_write(path: Path) -> None:
    feed = Feed()
    store = SqliteStore(path, feed)
    heard: list[Changes] = []

    def answer(changes: Changes) -> None:
        heard.append(changes)
        if len(heard) == 1:
            with store.write() as tx:
                tx.put_account(ACCOUNT)

    feed.listen(answer)
    with store.write() as tx:
        tx.put_blog(BLOG)
    store.close()
    assert [changes.accounts for changes in heard] == [False, True]


def test_writing_within_a_transaction_or_while_reading_is_a_bug(store: SqliteStore) -> None:
    with pytest.raises(RuntimeError), store.write(), store.write():
        pass
    with pytest.raises(RuntimeError), store.read() as tx:
        tx.put_blog(BLOG)
    with store.read() as tx:
        assert tx.blogs() == ()


def test_two_threads_write_one_after_the_other_and_nothing_is_lost(store: SqliteStore) -> None:
    begin(store)

    def count() -> None:
        for _ in range(40):
            with store.write() as tx:
                kept = tx.entry(entry().id)
                tx.put_entry(replace(kept, note=str(int(kept.note or 0) + 1)))

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as tx:
        assert tx.entry(entry().id).note == "120"


def test_a_reader_sees_one_state_beside_a_writer(store: SqliteStore) -> None:
    begin(store)
    with store.read() as reader:
        before = reader.entry(entry().id)
        writer = threading.Thread(target=_note, args=(store, "written meanwhile"))
        writer.start()
        writer.join()
        assert reader.entry(entry().id) == before
    with store.read() as reader:
        assert reader.entry(entry().id).note == "written meanwhile"


def _note(store: SqliteStore, note: str) -> None:
    with store.write() as tx:
        tx.put_entry(replace(entry(), note=note))


def test_a_full_disk_is_told_and_the_text_before_it_stays(path: Path, store: SqliteStore) -> None:
    begin(store)
    with store.write() as tx:
        tx.put_draft(Draft(entry=entry().id, content=content("Water"), saved=NOW))
        # A small disk that every system has: SQLite itself refuses to let the file grow.
        pages = tx._connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        tx._connection.execute(f"PRAGMA max_page_count = {pages + 2}")  # type: ignore[attr-defined]
    long = content("Long", "word " * 100_000)
    with pytest.raises(Unavailable) as unavailable, store.write() as tx:
        tx.put_draft(Draft(entry=entry().id, content=long, saved=NOW))
    assert unavailable.value.problem.code == "disk-full"
    with store.read() as tx:
        draft = tx.draft(entry().id)
        assert draft is not None and draft.content.headline == "Water"


def test_every_commit_is_on_the_disk_when_it_ends(store: SqliteStore) -> None:
    for transaction in (store.write, store.read):
        with transaction() as tx:
            ask = tx._connection.execute  # type: ignore[attr-defined]
            assert ask("PRAGMA synchronous").fetchone()[0] == 2  # FULL
            assert ask("PRAGMA journal_mode").fetchone()[0] == "wal"
            assert ask("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_store_that_was_closed_opens_again(store: SqliteStore, path: Path) -> None:
    begin(store)
    with store.read() as tx:
        store.close()
        assert tx.blogs() == (BLOG,)
    assert not path.with_name("dateline.db-wal").exists()
    with store.write() as tx:
        assert tx.blogs() == (BLOG,)


def test_a_reference_that_leads_nowhere_is_not_kept(store: SqliteStore) -> None:
    begin(store)
    with pytest.raises(sqlite3.IntegrityError), store.write() as tx:
        tx.put_entry(replace(entry(), head=RevisionId("nowhere")))
    with store.write() as tx:
        assert tx.entry(entry().id).head is None


def test_another_programs_lock_is_told(
    path: Path, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.connect.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable) as unavailable:
        begin(store)
    other.close()
    assert unavailable.value.problem.code == "store-locked"
    begin(store)


def test_removing_an_account_forgets_what_waits_for_it_and_keeps_the_rest(
    store: SqliteStore, told: list[Changes]
) -> None:
    begin(store)
    with store.write() as tx:
        tx.put_delivery(Delivery(entry=entry().id, target=TARGET.id))
        tx.put_media_at(TARGET.id, "c" * 64)
    told.clear()
    with store.write() as tx:
        tx.remove_account(ACCOUNT.id)
        assert (tx.accounts(), tx.targets(BLOG.id), tx.deliveries(entry().id)) == ((), (), ())
        assert tx.has_entry(entry().id)
    assert told[0].accounts and told[0].blogs and told[0].deliveries


def test_a_photo_at_a_target_moves_the_outbox(store: SqliteStore, told: list[Changes]) -> None:
    begin(store)
    asset = AssetId("a" * 64)
    made = revision(entry(), Content(body=(Photo(asset=asset),)))
    with store.write() as tx:
        tx.put_asset(
            Asset(id=asset, mime="image/jpeg", width=1, height=1, size=1, name="", added=NOW)
        )
        tx.put_rendition(
            Rendition(id="c" * 64, asset=asset, mime="image/webp", width=1, height=1, size=1)
        )
        tx.add_revision(made)
        wanted = Wanted(revision=made.id, visibility=Visibility.PUBLIC)
        tx.put_delivery(
            Delivery(entry=entry().id, target=TARGET.id, wanted=wanted, phase=Phase.PENDING)
        )
    told.clear()
    with store.write() as tx:
        assert not tx.media_at(TARGET.id, "c" * 64)
        tx.put_media_at(TARGET.id, "c" * 64)
        assert tx.media_at(TARGET.id, "c" * 64)
    assert told == [Changes(deliveries=frozenset({entry().id}))]


def test_what_no_entry_needs_at_a_target_is_found_without_weighing_the_rest(
    store: SqliteStore, path: Path
) -> None:
    begin(store)
    made = revision(entry(), Content(body=(Photo(asset="a" * 64),)))
    wanted = Wanted(revision=made.id, visibility=Visibility.PUBLIC)
    row = Delivery(entry=entry().id, target=TARGET.id, wanted=wanted, phase=Phase.PENDING)
    rendition = Rendition(
        id="c" * 64, asset=AssetId("a" * 64), mime="image/webp", width=1, height=1, size=1
    )
    with store.write() as tx:
        tx.put_asset(
            Asset(
                id=rendition.asset, mime="image/jpeg", width=1, height=1, size=1, name="", added=NOW
            )
        )
        tx.put_rendition(rendition)
        tx.add_revision(made)
        tx.put_delivery(row)
        tx.put_media_at(TARGET.id, rendition.id)
        assert tx.unused_media() == ()
    with store.write() as tx:
        tx.put_delivery(replace(row, wanted=Wanted(visibility=Visibility.GONE)))
        assert tx.unused_media() == ((TARGET.id, rendition),)
        assert not tx.media_needed(TARGET.id, rendition.id)
        tx.doubt_media_at(TARGET.id, rendition.id)
        assert tx.unused_media() == ((TARGET.id, rendition),)
    with store.write() as tx:
        tx.put_delivery(row)
        assert tx.unused_media() == ()
        assert tx.media_needed(TARGET.id, rendition.id)
        assert not tx.media_at(TARGET.id, rendition.id)
        tx.forget_media_at(TARGET.id, rendition.id)
        assert not tx.media_at(TARGET.id, rendition.id)
    with closing(sqlite3.connect(path)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {UNUSED}").fetchall()
    assert "asset_remote_loose" in plan[0][3]
    assert not [step for step in plan if "SCAN" in step[3] and "asset_remote" not in step[3]]

"""Snapshots of posts: each is kept as it was seen, under the hash of its bytes, and never changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from db.backup import backup, restore
from db.connect import connect
from db.opening import open_profile_db
from db.store import SqliteStore
from editor.changes import Changes, Feed
from editor.content.kept import Kept, Medium, digest
from tests.db.samples import NOW
from tests.db.test_store import TIMES, WORDS

URL = "https://social.example/@gauges/113456789012345678"
POST = Kept(
    url=URL,
    network="mastodon",
    captured=NOW,
    post_id="113456789012345678",
    author_id="42",
    author="سیل‌سنج",
    handle="@gauges@social.example",
    text="آب در میل ۷ هفت متر است\n\nThe gauge reads seven metres 🌊",
    language="fa",
    posted=datetime(2026, 11, 22, 13, 5, tzinfo=UTC),
    media=(Medium(alt="A gauge in brown water"), Medium(kind="video")),
)
SNAPSHOTS = st.builds(
    Kept,
    url=WORDS,
    network=WORDS,
    captured=TIMES,
    text=WORDS,
    posted=st.none() | TIMES,
    media=st.lists(st.builds(Medium, alt=WORDS), max_size=3).map(tuple),
)


def test_what_was_seen_comes_back_as_it_was_under_its_hash(store: SqliteStore) -> None:
    with store.write() as tx:
        name = tx.add_snapshot(POST)
    assert name == digest(POST)
    with store.read() as tx:
        assert tx.snapshot(name) == POST
        assert tx.snapshot("0" * 64) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=SNAPSHOTS)
def test_every_snapshot_comes_back_under_the_hash_of_its_bytes(
    store: SqliteStore, kept: Kept
) -> None:
    with store.write() as tx:
        name = tx.add_snapshot(kept)
        found = tx.snapshot(name)
    assert found is not None
    assert digest(found) == name


def test_the_same_snapshot_twice_is_one(store: SqliteStore) -> None:
    with store.write() as tx:
        assert tx.add_snapshot(POST) == tx.add_snapshot(POST)
        assert tx.snapshots(URL) == (POST,)


def test_a_later_look_is_another_snapshot_beside_the_first(store: SqliteStore) -> None:
    later = replace(POST, captured=NOW + timedelta(hours=1), text="Seven metres and a half")
    with store.write() as tx:
        second = tx.add_snapshot(later)
        first = tx.add_snapshot(POST)
    with store.read() as tx:
        assert tx.snapshots(URL) == (POST, later)
        assert (tx.snapshot(first), tx.snapshot(second)) == (POST, later)
        assert tx.snapshots("https://social.example/@gauges/1") == ()


def test_snapshots_stand_by_the_moment_whatever_zone_it_was_written_in(store: SqliteStore) -> None:
    east = timezone(timedelta(hours=9))
    later = replace(POST, captured=(NOW + timedelta(minutes=1)).astimezone(east))
    with store.write() as tx:
        tx.add_snapshot(later)
        tx.add_snapshot(POST)
        assert tx.snapshots(URL) == (POST, later)


def test_a_snapshot_cannot_be_rewritten(store: SqliteStore, path: Path) -> None:
    with store.write() as tx:
        tx.add_snapshot(POST)
    with closing(connect(path)) as connection:
        for column in ("data", "url", "captured", "id"):
            with pytest.raises(sqlite3.IntegrityError, match="a snapshot is never changed"):
                connection.execute(f"UPDATE snapshot SET {column} = {column}")


def test_a_snapshot_alone_is_no_news(store: SqliteStore, told: list[Changes]) -> None:
    with store.write() as tx:
        tx.add_snapshot(POST)
    assert told == [] or not told[0].entries


def test_a_backup_holds_the_snapshots(store: SqliteStore, path: Path, tmp_path: Path) -> None:
    with store.write() as tx:
        name = tx.add_snapshot(POST)
    backup(path, tmp_path / "saved.zip")
    elsewhere = tmp_path / "other" / "dateline.db"
    restore(tmp_path / "saved.zip", elsewhere, now=NOW)
    open_profile_db(elsewhere, now=NOW)
    with closing(SqliteStore(elsewhere, Feed())) as again, again.read() as tx:
        assert tx.snapshot(name) == POST

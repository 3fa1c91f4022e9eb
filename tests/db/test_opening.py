from __future__ import annotations

import gzip
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import create_engine, inspect

from db import schema
from db.copies import keep_daily_backup
from db.folder import backups, newest_backup, set_aside
from db.migrations import Step, steps
from db.opening import HEAD, open_profile_db
from db.reading import SqliteViews
from db.store import SqliteStore
from editor.changes import Feed
from editor.problems import Refused, Unavailable
from tests.db.samples import BLOG, TARGET, content, entry, revision

RELEASED = sorted((Path(__file__).parent.parent / "released").glob("*.db.gz"))


def filled(path: Path) -> None:
    with closing(SqliteStore(path, Feed())) as store, store.write() as tx:
        tx.put_blog(BLOG)
        tx.put_entry(entry())
        tx.add_revision(revision(entry(), content("Water reaches the old bridge")))


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def step(version: str, *statements: str, fails: bool = False) -> Step:
    def upgrade() -> None:
        from alembic import op

        for statement in statements:
            op.execute(statement)
        if fails:
            raise ZeroDivisionError("a bug in a migration")

    return cast(Step, SimpleNamespace(REVISION=version, upgrade=upgrade))


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_constant_of_the_hot_path_is_the_newest_migration() -> None:
    assert [each.REVISION for each in steps()][-1] == HEAD
    assert sorted({each.REVISION for each in steps()}) == [each.REVISION for each in steps()]


def test_the_migrations_make_the_tables_that_the_store_writes(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    found = inspect(engine)
    made = {name: found for name in found.get_table_names() if not name.startswith("search")}
    assert set(made) - {"alembic_version"} == set(schema.metadata.tables)
    for name, table in schema.metadata.tables.items():
        columns = {
            each["name"]: (str(each["type"]), each["nullable"]) for each in found.get_columns(name)
        }
        assert columns == {each.name: (str(each.type), each.nullable) for each in table.columns}
        key = [each.name for each in table.primary_key]
        assert found.get_pk_constraint(name)["constrained_columns"] == key, name
    engine.dispose()


def test_every_table_is_strict(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        loose = connection.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    assert loose == []


def test_opening_a_database_that_is_up_to_date_imports_nothing_heavy(path: Path) -> None:
    program = (
        "import sys, pathlib, datetime\n"
        "from db.opening import open_profile_db\n"
        "from db.reading import SqliteViews\n"
        "from db.store import SqliteStore\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "open_profile_db(path, now=datetime.datetime.now(datetime.UTC))\n"
        "views = SqliteViews(path)\n"
        "views.rows(views.timeline(None)); views.counts(); views.blogs()\n"
        "print(sorted({'sqlalchemy', 'alembic', 'PIL', 'httpx'} & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent.parent,
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_only_the_user_can_read_the_profile(path: Path, now: datetime) -> None:
    with closing(SqliteStore(path, Feed())) as store, store.write() as tx:
        tx.put_blog(BLOG)
        assert rights(path.parent) == 0o700
        names = {file.name: rights(file) for file in path.parent.iterdir()}
    assert names == dict.fromkeys(("dateline.db", "dateline.db-wal", "dateline.db-shm"), 0o600)
    path.chmod(0o644)
    path.parent.chmod(0o755)
    open_profile_db(path, now=now)
    assert (rights(path), rights(path.parent)) == (0o600, 0o700)
    copy = keep_daily_backup(path, now=now)
    assert copy is not None
    assert (rights(copy), rights(copy.parent)) == (0o600, 0o700)


def test_a_newer_database_is_refused_and_untouched(path: Path, now: datetime) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(Refused) as refused:
        open_profile_db(path, now=now)
    assert refused.value.first.code == "store-newer"
    assert refused.value.first.detail == {"path": str(path), "version": "9999"}
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["dateline.db"]


def test_a_newer_version_that_crashed_is_recognised_by_its_log(path: Path, now: datetime) -> None:
    filled(path)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("UPDATE alembic_version SET version_num = '9999'")
    files = {file: file.read_bytes() for file in (path, path.with_name("dateline.db-wal"))}
    with pytest.raises(Refused) as refused:
        open_profile_db(path, now=now)
    assert refused.value.first.code == "store-newer"
    assert {file: file.read_bytes() for file in files} == files
    writer.close()


def test_an_older_database_is_copied_aside_and_upgraded(path: Path, now: datetime) -> None:
    filled(path)
    before = dump(path)
    history = [*steps(), step("9998", "CREATE TABLE poll (id TEXT PRIMARY KEY) STRICT")]
    opened = open_profile_db(path, now=now, history=history)
    assert (opened.since, opened.created) == (HEAD, False)
    assert opened.backup is not None
    assert dump(opened.backup) == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM poll").fetchone() == (0,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9998",)
        assert connection.execute("SELECT headline FROM revision").fetchone() is not None


@pytest.mark.parametrize(
    "broken",
    [
        step("9998", "CREATE TABLE poll (id TEXT)", "DROP TABLE audit", fails=True),
        step("9998", "CREATE TABLE poll (id TEXT)", "no such statement"),
        step("9998", "UPDATE entry SET blog = 'nowhere'"),
    ],
    ids=["a bug", "bad SQL", "references that lead nowhere"],
)
def test_a_migration_that_fails_leaves_the_database_as_it_was(
    path: Path, now: datetime, broken: Step
) -> None:
    filled(path)
    before, content_before = path.read_bytes(), dump(path)
    with pytest.raises(Exception, match=r"bug|syntax|store-damaged"):
        open_profile_db(path, now=now, history=[*steps(), broken])
    assert dump(path) == content_before
    assert path.read_bytes() == before
    assert not open_profile_db(path, now=now).created


@pytest.mark.parametrize("released", RELEASED, ids=[file.name for file in RELEASED])
def test_every_released_database_opens_and_says_what_it_said(
    tmp_path: Path, now: datetime, released: Path
) -> None:
    path = tmp_path / "profile" / "dateline.db"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(released.read_bytes()))
    opened = open_profile_db(path, now=now)
    assert opened.since == ("" if released.name.startswith(HEAD) else released.name[:4])
    with closing(SqliteViews(path)) as views:
        (blog,) = views.blogs()
        assert (blog.headline, blog.entries) == ("Flood in the delta", 2)
        (found,) = views.timeline(blog.id, words="الجسر")
        view = views.entry(found)
        assert view.public == view.content
        assert view.deliveries[0].settled
    with closing(SqliteStore(path, Feed())) as store, store.write() as tx:
        draft = tx.draft(entry("e2").id)
        assert draft is not None and draft.content.headline == "Not sent yet"
        tx.put_entry(entry("e3", 3), shown=content("A new one"))


def test_a_photo_left_at_a_target_by_an_older_version_is_found(
    tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "profile" / "dateline.db"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(RELEASED[0].read_bytes()))
    shown, left = "a" * 64, "b" * 64
    with closing(sqlite3.connect(path)) as old, old:
        (revision,) = old.execute("SELECT held_revision FROM delivery").fetchone()
        for asset in (shown, left):
            old.execute("INSERT INTO asset VALUES (?, 'image/jpeg', 1, 1, 1, '', 0, 0)", [asset])
            old.execute("INSERT INTO rendition VALUES (?1, ?1, 'image/jpeg', 1, 1, 1)", [asset])
            old.execute("INSERT INTO asset_remote VALUES (?, ?)", [TARGET.id, asset])
        old.execute("INSERT INTO revision_asset VALUES (?, ?)", [revision, shown])
    assert open_profile_db(path, now=now).since == "0001"
    with closing(SqliteStore(path, Feed())) as store, store.read() as tx:
        assert [(target, each.id) for target, each in tx.unused_media()] == [(TARGET.id, left)]
        assert tx.media_at(TARGET.id, shown) and tx.media_at(TARGET.id, left)


def test_there_is_a_released_database_for_every_version() -> None:
    assert [file.name[:4] for file in RELEASED] == [each.REVISION for each in steps()]


DAMAGE = {
    "another file": lambda data: b"Not a database. " * 100,
    "cut short": lambda data: data[: len(data) // 2],
    "a header alone": lambda data: data[:60],
    "zeros in its first page": lambda data: data[:100] + bytes(3996) + data[4096:],
    "noise in its first page": lambda data: data[:100] + b"\xa5" * 3996 + data[4096:],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_database_is_refused_untouched_and_the_newest_backup_named(
    path: Path, now: datetime, damage: Any
) -> None:
    filled(path)
    keep_daily_backup(path, now=now - timedelta(days=1))
    newest = keep_daily_backup(path, now=now)
    data = damage(path.read_bytes())
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        open_profile_db(path, now=now)
    assert refused.value.first.code == "store-damaged"
    assert refused.value.first.detail == {"path": str(path), "backup": str(newest)}
    assert path.read_bytes() == data
    aside = set_aside(path, now=now)
    assert aside.name == "dateline.db.damaged-20261122T143200Z"
    assert aside.read_bytes() == data
    assert open_profile_db(path, now=now).created


def test_damage_deep_inside_is_found_by_the_daily_backup_and_pushes_no_good_copy_out(
    path: Path, now: datetime
) -> None:
    filled(path)
    good = keep_daily_backup(path, now=now - timedelta(days=1))
    data = bytearray(path.read_bytes())
    for start in range(8 * 4096, len(data) - 4096, 4096):
        data[start : start + 200] = b"\xa5" * 200
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        keep_daily_backup(path, now=now)
    assert refused.value.first.code == "store-damaged"
    assert newest_backup(path.parent) == good
    assert len(list((path.parent / "backups").iterdir())) == 1


def test_a_copy_is_kept_for_each_of_the_last_seven_days(path: Path, now: datetime) -> None:
    made = [keep_daily_backup(path, now=now + timedelta(days=day)) for day in range(10)]
    assert backups(path.parent) == made[-7:]
    assert keep_daily_backup(path, now=now + timedelta(days=9, hours=2)) is None


def test_a_stale_log_beside_a_missing_database_is_not_played_into_a_new_one(
    path: Path, now: datetime
) -> None:
    filled(path)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("UPDATE blog SET headline = 'Old'")
    log = path.with_name("dateline.db-wal").read_bytes()
    writer.close()
    path.unlink()
    path.with_name("dateline.db-wal").write_bytes(log)
    assert open_profile_db(path, now=now).created
    with closing(SqliteViews(path)) as views:
        assert views.blogs() == ()
    assert path.with_name("dateline.db.damaged-20261122T143200Z-wal").read_bytes() == log


@pytest.fixture
def read_only_folder(path: Path) -> Iterator[Path]:
    """The profile on a file system that is mounted for reading. Root may write to what its mode forbids."""
    if os.geteuid() != 0:
        path.parent.chmod(0o500)
        path.chmod(0o400)
        yield path
        path.parent.chmod(0o700)
        return
    bind = ["mount", "--bind", str(path.parent), str(path.parent)]
    if subprocess.run(bind, capture_output=True, check=False).returncode:
        pytest.skip("root without the right to mount cannot make a folder read-only")
    try:
        remount = ["mount", "-o", "remount,bind,ro", str(path.parent)]
        subprocess.run(remount, capture_output=True, check=True)
        yield path
    finally:
        subprocess.run(["umount", str(path.parent)], capture_output=True, check=True)


@pytest.mark.skipif(os.name == "nt", reason="no mounts and no modes")
def test_a_read_only_profile_is_refused(read_only_folder: Path, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        open_profile_db(read_only_folder, now=now)
    assert refused.value.first.code == "profile-read-only"
    assert refused.value.first.detail == {"path": str(read_only_folder.parent)}


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system of a chosen size")
def test_a_full_disk_is_told_when_a_profile_is_made(tmp_path: Path, now: datetime) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        with pytest.raises(Unavailable) as unavailable:
            open_profile_db(tmp_path / "profile" / "dateline.db", now=now)
        assert unavailable.value.problem.code == "disk-full"
    finally:
        subprocess.run(["umount", str(tmp_path)], capture_output=True, check=True)


def test_a_path_with_signs_of_an_address_is_a_path(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "a?b#c%20 ü 旧" / "dateline.db"
    assert open_profile_db(path, now=now).created
    assert path.stat().st_size > 0
    assert not open_profile_db(path, now=now).created

from __future__ import annotations

import hashlib
import sqlite3
import stat
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from db.backup import backup, restore
from db.copies import keep_daily_backup
from db.opening import open_profile_db
from db.reading import SqliteViews
from db.store import SqliteStore
from editor.changes import Feed
from editor.problems import Refused
from tests.db.samples import BLOG, content, entry

PHOTO = b"\xff\xd8\xff\xe0 not much of a photo"
NAME = hashlib.sha256(PHOTO).hexdigest()
PLACE = f"photos/assets/{NAME[:2]}/{NAME}"


def fill(path: Path, headline: str) -> None:
    with closing(SqliteStore(path, Feed())) as store, store.write() as tx:
        tx.put_blog(BLOG)
        tx.put_entry(entry(), shown=content(headline))
    photo = path.parent / PLACE
    photo.parent.mkdir(parents=True, exist_ok=True)
    photo.write_bytes(PHOTO)


def headline(path: Path) -> str:
    with closing(SqliteViews(path)) as views:
        return views.rows(views.timeline(BLOG.id))[0].headline


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_a_backup_made_beside_an_open_store_brings_everything_back(
    path: Path, tmp_path: Path, now: datetime
) -> None:
    fill(path, "Water")
    store = SqliteStore(path, Feed())
    with store.read():
        backup(path, tmp_path / "saved.zip")
    store.close()
    assert stat.S_IMODE((tmp_path / "saved.zip").stat().st_mode) == 0o600
    elsewhere = tmp_path / "other" / "dateline.db"
    assert restore(tmp_path / "saved.zip", elsewhere, now=now) is None
    assert not open_profile_db(elsewhere, now=now).created
    assert headline(elsewhere) == "Water"
    assert (elsewhere.parent / PLACE).read_bytes() == PHOTO
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_what_a_restore_replaces_is_kept(path: Path, tmp_path: Path, now: datetime) -> None:
    fill(path, "Water")
    backup(path, tmp_path / "saved.zip")
    fill(path, "Wind")
    kept = restore(tmp_path / "saved.zip", path, now=now)
    assert headline(path) == "Water"
    assert kept is not None
    assert kept == path.parent / "backups" / "before-restore-20261122T143200Z"
    assert headline(kept / "dateline.db") == "Wind"


def test_a_daily_copy_is_restored_as_well(path: Path, now: datetime) -> None:
    fill(path, "Water")
    copy = keep_daily_backup(path, now=now)
    assert copy is not None
    path.write_bytes(b"damaged")
    restore(copy, path, now=now)
    assert headline(path) == "Water"
    assert (path.parent / PLACE).read_bytes() == PHOTO


def test_a_file_that_is_there_is_not_overwritten(path: Path, tmp_path: Path) -> None:
    (tmp_path / "saved.zip").write_bytes(b"something dear")
    with pytest.raises(Refused) as refused:
        backup(path, tmp_path / "saved.zip")
    assert refused.value.first.code == "backup-exists"
    assert (tmp_path / "saved.zip").read_bytes() == b"something dear"


def _zip(target: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _database(tmp_path: Path, change: str = "") -> bytes:
    path = tmp_path / "good" / "dateline.db"
    open_profile_db(path, now=datetime.fromisoformat("2026-11-22T12:00:00+00:00"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change or "SELECT 1")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return path.read_bytes()


@pytest.mark.parametrize(
    "case",
    [
        "empty",
        "no zip",
        "cut short",
        "bit rot",
        "no database",
        "no Dateline database",
        "newer",
        "out of the folder",
        "absolute",
        "another file",
        "photo with a wrong name",
        "missing",
    ],
)
def test_a_bad_backup_is_refused_before_anything_is_touched(
    path: Path, tmp_path: Path, now: datetime, case: str
) -> None:
    fill(path, "Mine")
    before = files(path.parent)
    good = _database(tmp_path)
    file = tmp_path / "bad.zip"
    match case:
        case "empty":
            file.write_bytes(b"")
        case "no zip":
            file.write_bytes(b"PK\3\4 or so")
        case "cut short":
            _zip(file, {"dateline.db": good})
            file.write_bytes(file.read_bytes()[:-60])
        case "bit rot":
            _zip(file, {"dateline.db": good})
            data = bytearray(file.read_bytes())
            data[len(data) // 2] ^= 0xFF
            file.write_bytes(data)
        case "no database":
            _zip(file, {PLACE: PHOTO})
        case "no Dateline database":
            _zip(file, {"dateline.db": b"SQLite format 3\0" + b"\xa5" * 5000})
        case "newer":
            newer = _database(tmp_path, "UPDATE alembic_version SET version_num = '9999'")
            _zip(file, {"dateline.db": newer})
        case "out of the folder":
            _zip(file, {"dateline.db": good, "../evil": b"x"})
        case "absolute":
            _zip(file, {"dateline.db": good, "/evil": b"x"})
        case "another file":
            _zip(file, {"dateline.db": good, "window.ini": b"x"})
        case "photo with a wrong name":
            _zip(file, {"dateline.db": good, PLACE: b"another photo"})
        case "missing":
            pass
    with pytest.raises(Refused) as refused:
        restore(file, path, now=now)
    expected = {"newer": "store-newer", "missing": "backup-missing"}.get(case, "backup-damaged")
    assert refused.value.first.code == expected
    assert files(path.parent) == before
    assert headline(path) == "Mine"

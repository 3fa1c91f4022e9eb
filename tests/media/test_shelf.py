from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from editor.domain.ids import AssetId
from editor.media.shelf import FolderShelf
from editor.problems import Refused, Unavailable


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_a_file_is_named_by_the_hash_of_what_is_in_it(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "media")
    source = tmp_path / "عکس.jpg"
    source.write_bytes(b"picture" * 1000)
    asset = shelf.keep_original(source)
    assert asset == hashlib.sha256(source.read_bytes()).hexdigest()
    assert shelf.original(asset).read_bytes() == source.read_bytes()
    assert shelf.original(asset) == tmp_path / "media" / "assets" / asset[:2] / asset
    rendition = shelf.keep_rendition(b"small")
    assert shelf.rendition(rendition).read_bytes() == b"small"


def test_the_same_bytes_twice_are_one_file(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path)
    shelf.keep_rendition(b"same")
    first = files(tmp_path)[0].stat().st_ino
    shelf.keep_rendition(b"same")
    assert [path.stat().st_ino for path in files(tmp_path)] == [first]


def test_a_file_that_lost_bytes_on_the_disk_is_put_right(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path)
    name = shelf.keep_rendition(b"whole")
    shelf.rendition(name).write_bytes(b"wh")
    shelf.keep_rendition(b"whole")
    assert shelf.rendition(name).read_bytes() == b"whole"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_nobody_else_may_look_at_the_shelf(tmp_path: Path) -> None:
    root = tmp_path / "media"
    FolderShelf(root).keep_rendition(b"private")
    for path in [root, *root.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_source_that_is_gone_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        FolderShelf(tmp_path).keep_original(tmp_path / "gone.jpg")
    assert caught.value.first.code == "photo-missing"
    assert files(tmp_path) == []


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    def full(_handle: int) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as caught:
        FolderShelf(tmp_path).keep_rendition(b"more")
    assert caught.value.problem.code == "disk-full"
    assert files(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_disk_that_is_full_while_writing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_the_full_disk(dir: Path) -> tuple[int, str]:
        return os.open("/dev/full", os.O_WRONLY), str(dir / "new")

    monkeypatch.setattr("tempfile.mkstemp", on_the_full_disk)
    with pytest.raises(Unavailable) as caught:
        FolderShelf(tmp_path).keep_rendition(b"more" * 1_000_000)
    assert caught.value.problem.code == "disk-full"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom modes bind")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Refused) as caught:
            FolderShelf(tmp_path / "media").keep_rendition(b"more")
    finally:
        tmp_path.chmod(0o700)
    assert caught.value.first.code == "profile-read-only"


def test_a_read_only_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> tuple[int, str]:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("tempfile.mkstemp", refused)
    with pytest.raises(Refused) as caught:
        FolderShelf(tmp_path).keep_rendition(b"more")
    assert caught.value.first.code == "profile-read-only"


def test_what_a_crash_left_behind_is_forgotten_after_an_hour(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path)
    (tmp_path / "incoming").mkdir()
    old, fresh = tmp_path / "incoming" / "old", tmp_path / "incoming" / "fresh"
    old.write_bytes(b"half a pho")
    fresh.write_bytes(b"another process is at it")
    os.utime(old, (1, 1))
    shelf.keep_rendition(b"new")
    assert not old.exists()
    assert fresh.exists()


def test_an_asset_that_was_never_kept_has_a_place_but_no_file(tmp_path: Path) -> None:
    assert not FolderShelf(tmp_path).original(AssetId("ab" * 32)).exists()

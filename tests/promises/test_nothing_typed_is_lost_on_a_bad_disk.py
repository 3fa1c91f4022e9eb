"""Promise 1, where the disk is the trouble: one sentence, exit code 1, and not a byte of the profile is touched."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.promises.driver import Desktop, Window, make_blog, run, wait_for, window, written

pytestmark = pytest.mark.slow

Damage = Callable[[Path], None]


def from_a_newer_version(database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()


def overwritten(database: Path) -> None:
    database.write_bytes(b"not a database at all, " * 999)


def cut_off(database: Path) -> None:
    os.truncate(database, database.stat().st_size // 2)


def emptied_of_its_header(database: Path) -> None:
    with database.open("r+b") as file:
        file.write(bytes(100))


BAD: list[tuple[Damage, str]] = [
    (from_a_newer_version, "newer version"),
    (overwritten, "damaged"),
    (cut_off, "damaged"),
    (emptied_of_its_header, "damaged"),
]


def whole(folder: Path) -> dict[str, bytes]:
    """Every file of the profile that holds what was written, with its bytes."""
    ours = ("window.lock", "sync.lock", "window.ini", "dateline.log")
    files = [file for file in folder.rglob("*") if file.is_file() and file.name not in ours]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


@pytest.mark.parametrize(("damage", "said"), BAD, ids=lambda value: getattr(value, "__name__", ""))
def test_a_command_says_what_is_wrong_with_the_store_and_leaves_it_alone(
    tmp_path: Path, damage: Damage, said: str
) -> None:
    folder = tmp_path / "profile"
    make_blog(folder)
    damage(folder / "dateline.db")
    before = whole(folder)
    for words in (["blog", "list"], ["sync"], ["sample"]):
        out, err = run(folder, *words, code=1)
        assert out == ""
        assert err.startswith("dateline: ") and err.count("\n") == 1, err
        assert said in err
    assert whole(folder) == before


@pytest.mark.parametrize(("damage", "said"), [BAD[0], BAD[1]], ids=("newer", "damaged"))
def test_the_window_says_what_is_wrong_with_the_store_and_leaves_it_alone(
    tmp_path: Path, desk: Desktop, damage: Damage, said: str
) -> None:
    folder = tmp_path / "profile"
    make_blog(folder)
    damage(folder / "dateline.db")
    before = whole(folder)
    assert said in refused_window(folder, desk)
    assert whole(folder) == before


def refused_window(folder: Path, desk: Desktop) -> str:
    """Opens the window, which asks what to do, and gives up; returns the one sentence it said."""
    opened = Window(folder, desk)
    try:
        wait_for("the question", lambda: desk.active() and desk.active() == desk.named("Dateline"))
        desk.settle()
        desk.press("Escape")
        assert opened.ended() == 1
    finally:
        if opened.process.poll() is None:
            opened.kill()
    opened.assert_quiet(r"^dateline: [^\n]+\.$")
    assert opened.stderr.count("\n") == 1
    return opened.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 6 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m,mode=0700", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("only root may make a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Leaves no byte free."""
    rest = disk / "rest"
    with rest.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return rest


def test_a_read_only_profile_is_told_in_one_sentence(small_disk: Path, desk: Desktop) -> None:
    folder = small_disk / "profile"
    make_blog(folder)
    before = whole(folder)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    try:
        for words in (["blog", "list"], ["sync"], ["sample"]):
            out, err = run(folder, *words, code=1)
            assert out == ""
            assert err.startswith("dateline: ") and err.count("\n") == 1, err
            assert str(folder) in err
        elsewhere = folder.parent.parent / "profile"
        elsewhere.symlink_to(folder, target_is_directory=True)
        assert "cannot be written" in refused_window(elsewhere, desk)
        assert whole(folder) == before
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)


def test_a_full_disk_is_told_and_a_command_keeps_nothing_half(small_disk: Path) -> None:
    folder = small_disk / "profile"
    make_blog(folder)
    file = small_disk / "entry.md"
    file.write_text("---\nheadline: No room\n---\n\n" + "All of the words. " * 9000, "utf-8")
    rest = fill(small_disk)
    for words in (["entry", "add", "river-watch", str(file)], ["sample"]):
        out, err = run(folder, *words, code=1)
        assert out == ""
        assert err == "dateline: The disk is full: free some space, then it goes on.\n"
    rest.unlink()
    assert run(folder, "entry", "list", "river-watch")[0] == ""
    assert run(folder, "blog", "list")[0].count("\n") == 1
    run(folder, "entry", "add", "river-watch", str(file))
    assert run(folder, "entry", "list", "river-watch")[0].count("\n") == 1


def test_what_is_typed_on_a_full_disk_is_kept_in_the_window_and_saved_when_there_is_room(
    small_disk: Path, tmp_path: Path, desk: Desktop
) -> None:
    make_blog(small_disk / "profile")
    folder = tmp_path / "profile"
    folder.symlink_to(small_disk / "profile", target_is_directory=True)
    long = "no room for any of these words 水位 " * 6
    with window(folder, desk):
        desk.press("ctrl+n")
        desk.settle()
        desk.type("Full disk\n")
        wait_for("the headline is kept", lambda: written(folder)[0] == "Full disk")
        rest = fill(small_disk)
        calm = desk.look()[900:, :]
        desk.type(long, gap=0.004)
        wait_for("the foot complains", lambda: (desk.look()[900:, :] != calm).any())
        desk.settle()
        rest.unlink()
        wait_for("it is saved", lambda: written(folder)[1] == long)

"""The scripts of the package for any Linux, tried on a program of four lines."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from linux.tree import HERE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="of Linux")

PROGRAM = """#!/bin/sh
case "$*" in
    --version) echo "dateline 9.9.9" ;;
    self-test) echo "ok    store" ;;
    "blog list") cat "$BLOGS" ;;
    import*) echo "$*" >>"$CALLS"; case "$*" in *lonely*--blog*|*--blog*) ;; *lonely*) echo "Say which." >&2; exit 1 ;; esac ;;
    "") echo window >>"$CALLS" ;;
esac
"""


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """What makeself would unpack."""
    folder = tmp_path / "unpacked"
    lib = folder / "usr" / "lib" / "dateline"
    lib.mkdir(parents=True)
    (lib / "dateline").write_text(PROGRAM, "utf-8")
    (lib / "dateline").chmod(0o755)
    shutil.copy(HERE / "import-entries.sh", lib / "import-entries")
    (folder / "usr" / "bin").mkdir()
    (folder / "usr" / "bin" / "dateline").symlink_to("../lib/dateline/dateline")
    applications = folder / "usr" / "share" / "applications"
    applications.mkdir(parents=True)
    for name in ("dateline", "dateline-import"):
        shutil.copy(HERE / f"{name}.desktop", applications)
    for name in ("install.sh", "uninstall.sh"):
        shutil.copy(HERE / name, folder)
    return folder


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        text=True,
    )


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "mimeinfo" not in path.name
    }


def test_it_is_installed_replaced_and_removed(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "Zoë's 家 $place"
    mine = prefix / "share" / "dateline" / "dateline.db"
    mine.parent.mkdir(parents=True)
    mine.write_text("written")
    done = run(unpacked / "install.sh", "--prefix", prefix)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{prefix}/bin/dateline" in done.stdout
    assert run(prefix / "bin" / "dateline", "--version").stdout == "dateline 9.9.9\n"

    (unpacked / "usr/lib/dateline/new").write_text("new")
    (unpacked / "usr/share/applications/dateline-import.desktop").rename(tmp_path / "gone")
    shutil.copy(tmp_path / "gone", unpacked / "usr/share/applications/dateline-import.desktop")
    old = prefix / "lib/dateline/import-entries"
    (unpacked / "usr/lib/dateline/import-entries").unlink()
    assert run(unpacked / "install.sh", f"--prefix={prefix}").returncode == 0
    assert not old.exists()
    assert (prefix / "lib/dateline/new").exists()

    done = run(prefix / "lib/dateline/uninstall.sh")
    assert (done.returncode, done.stderr) == (0, "")
    assert files(prefix) == {"share/dateline/dateline.db"}
    assert not (prefix / "lib").exists()
    assert not (prefix / "bin").exists()


def test_the_desktop_files_name_the_program_where_it_is(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / 'a "place" at 100 %'
    assert run(unpacked / "install.sh", "--prefix", prefix).returncode == 0
    text = (prefix / "share/applications/dateline.desktop").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("Exec="))
    # what a launcher reads: first the string's own escapes, then the quotes', then the field codes
    value = line.removeprefix("Exec=").replace("\\\\", "\\")
    assert value[0] == value[-1] == '"'
    assert value[1:-1].replace('\\"', '"').replace("%%", "%") == f"{prefix}/bin/dateline"
    if shutil.which("desktop-file-validate"):
        for file in (prefix / "share/applications").glob("*.desktop"):
            checked = run("desktop-file-validate", file)
            assert (checked.returncode, checked.stdout) == (0, "")


def test_a_program_that_does_not_run_is_not_installed(unpacked: Path, tmp_path: Path) -> None:
    program = unpacked / "usr/lib/dateline/dateline"
    program.write_text("#!/bin/sh\necho 'GLIBC_2.99 not found' >&2\nexit 1\n")
    done = run(unpacked / "install.sh", "--prefix", tmp_path / "there")
    assert done.returncode == 1
    assert "GLIBC_2.99" in done.stderr
    assert not (tmp_path / "there").exists()


def test_wrong_words_are_told(unpacked: Path) -> None:
    assert run(unpacked / "install.sh", "--help").returncode == 2


@pytest.mark.parametrize(
    ("blogs", "imported"),
    [
        ("flood  live  3  Flood\n", ["import lonely.md", "import --blog flood lonely.md"]),
        ("flood  live  3  F\nfire  live  1  G\n", ["import lonely.md"]),
        ("flood  ended  3  F\n", ["import lonely.md"]),
    ],
)
def test_entry_files_are_taken_in_where_nobody_has_to_guess(
    unpacked: Path, tmp_path: Path, blogs: str, imported: list[str]
) -> None:
    calls, listed = tmp_path / "calls", tmp_path / "blogs"
    listed.write_text(blogs)
    done = run(
        unpacked / "usr/lib/dateline/import-entries",
        "lonely.md",
        "exported.md",
        DATELINE=str(unpacked / "usr/lib/dateline/dateline"),
        CALLS=str(calls),
        BLOGS=str(listed),
        PATH="/usr/bin:/bin",
    )
    assert done.returncode == 0
    assert calls.read_text().splitlines() == [*imported, "import exported.md", "window"]
    assert ("Say which." in done.stderr) is (len(imported) == 1)

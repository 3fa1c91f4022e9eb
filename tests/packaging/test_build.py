"""The door, what it sets, and the comparing of two builds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import build
import compare
import finish
import smoke
from product import ROOT, epoch


def test_a_package_is_built_on_its_own_platform(capsys: pytest.CaptureFixture[str]) -> None:
    other = "windows" if sys.platform != "win32" else "linux"
    with pytest.raises(SystemExit):
        build.main([other])
    assert f"built on {other}" in capsys.readouterr().err


def test_two_builds_get_the_same_surroundings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    made = build.environment(tmp_path)
    assert made["PYTHONHASHSEED"] == "0"
    assert made["SOURCE_DATE_EPOCH"] == str(epoch())
    assert "PYTHONOPTIMIZE" not in made
    assert made["PYINSTALLER_CONFIG_DIR"].startswith(str(tmp_path))


def test_everything_gets_one_time_and_rights_that_depend_on_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    (tmp_path / "folder").mkdir(mode=0o700)
    for name in ("dateline", "part.so", "folder/data"):
        (tmp_path / name).write_bytes(b"")
        (tmp_path / name).chmod(0o660)
    finish.make_alike(tmp_path)
    assert {path.stat().st_mtime for path in tmp_path.rglob("*")} == {1000000000}
    if sys.platform != "win32":
        rights = {path.name: oct(path.stat().st_mode)[-3:] for path in tmp_path.rglob("*")}
        assert rights == {"folder": "755", "dateline": "755", "part.so": "644", "data": "644"}


def test_what_differs_is_listed_and_nothing_else(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, text in ((one, "a"), (other, "b")):
        folder.mkdir()
        (folder / "same").write_text("same")
        (folder / "content").write_text(text)
        (folder / f"only-{text}").write_text("")
        for path in folder.iterdir():
            os.utime(path, (1, 1))
    assert list(compare.differences(one, one)) == []
    found = list(compare.differences(one, other))
    assert [line.split(":")[0] for line in found] == ["content", "only-a", "only-b"]
    assert compare.tell(one, other) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="libraries of Linux")
def test_programs_and_libraries_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    (tmp_path / "library.so").write_bytes(b"\x7fELF and so on")
    (tmp_path / "script.so").write_bytes(b"#!/bin/sh")
    (tmp_path / "link.so").symlink_to("library.so")
    assert [path.name for path in finish.elves(tmp_path)] == ["library.so"]


@pytest.mark.skipif("PACKAGED" not in os.environ, reason="PACKAGED=FOLDER names a bundle")
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_bundle_does_what_the_source_does() -> None:
    assert smoke.try_out(ROOT / os.environ["PACKAGED"]) == 0

"""What a run that ended badly has left is read without believing it, and nothing of it but places is told."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.crashes.last_run import KILLED, LastRun, read_last_run
from editor.crashes.running import Running
from tests.crashes import markers
from tests.crashes.markers import assert_none

ROOT = Path(__file__).resolve().parents[2]
ENTRY = "018bcfe5-0000-7000-8000-000000000001"
OURS = ROOT / "editor" / "app.py"
DUMP = f"""\
Fatal Python error: Segmentation fault

Thread 0x00007f8e1b7edb80 [{markers.THREAD}] (most recent call first):
  File "{OURS}", line 9 in other

Current thread 0x00007f8e1b7edb80 (most recent call first):
  File "{markers.HOME}/{markers.FILE}.py", line 3 in {markers.LOCAL.replace("-", "_")}
  File "{OURS}", line 141 in run
  File "<frozen runpy>", line 198 in _run_module_as_main

Extension modules: {markers.HOST} (total: 1)
"""


def left(tmp_path: Path, said: str) -> LastRun:
    path = tmp_path / "window.before"
    path.write_text(said, "utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return read_last_run(path, "6.11.3")


def test_the_thread_that_died_comes_first_and_its_outermost_call(tmp_path: Path) -> None:
    last = left(tmp_path, f"begun\nentry {ENTRY}\n{DUMP}")
    assert last.died and last.whole and last.entry == ENTRY
    assert last.report.at == datetime.fromtimestamp(1_700_000_000, UTC)
    first, second = last.report.causes
    assert (first.kind, second.kind) == ("Segmentation fault", "another thread")
    assert first.frames == ("runpy:_run_module_as_main:198", "editor.app:run:141", "elsewhere")
    assert second.frames == ("editor.app:other:9",)
    assert_none(last.report.text())


def test_a_second_dump_without_frames_hides_none_with_them(tmp_path: Path) -> None:
    again = "Fatal Python error: Aborted\n\nCurrent thread 0x00007f8e1b7edb80 (most recent call first):\n"
    last = left(tmp_path, f"begun\n{DUMP}{again}")
    assert last.report.causes[0].kind == "Segmentation fault"
    assert left(tmp_path, f"begun\n{again}").report.causes[0].kind == "Aborted"
    assert left(tmp_path, f"begun\n{again}").died


def test_a_message_of_a_fatal_error_is_not_told(tmp_path: Path) -> None:
    said = DUMP.replace("Segmentation fault", f"{markers.TEXT} {markers.SECRET}")
    last = left(tmp_path, f"begun\n{said}")
    assert last.report.causes[0].kind == "A fatal error"
    assert_none(last.report.text())


def test_a_kill_and_a_power_cut_are_told_apart_as_far_as_they_can_be(tmp_path: Path) -> None:
    killed = left(tmp_path, f"begun\nentry {ENTRY}\n")
    assert (killed.died, killed.whole) == (False, True)
    assert killed.report.causes[0].kind == KILLED
    for torn in ("", "\0\0\0\0", "beg"):
        assert not left(tmp_path, torn).whole


@pytest.mark.parametrize("said", ["begun\nentry \n", "begun\nentry ../../x\n", "entry", "\udcff"])
def test_an_entry_is_only_what_an_id_can_be(tmp_path: Path, said: str) -> None:
    assert left(tmp_path, said.encode("utf-8", "replace").decode()).entry == ""


def test_the_entry_that_was_written_last_counts_and_is_kept_once(tmp_path: Path) -> None:
    other = ENTRY.replace("1", "2")
    path = tmp_path / "window.running"
    path.write_text("begun\n")
    running = Running(path)
    running._file = os.open(path, os.O_WRONLY | os.O_APPEND)
    for entry in (ENTRY, ENTRY, other, other, ENTRY):
        running.writes(entry)
    os.close(running._file)
    assert path.read_text().count("entry ") == 3
    assert read_last_run(path).entry == ENTRY


def test_a_folder_that_takes_no_file_gets_no_mark(tmp_path: Path) -> None:
    running = Running(tmp_path / "nowhere" / "window.running")
    running.begin()
    running.writes(ENTRY)
    running.end()
    assert running.before is None

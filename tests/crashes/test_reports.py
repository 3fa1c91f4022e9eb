"""A report of an error tells where and in which version, and nothing that somebody wrote, is called, or hides."""

from __future__ import annotations

import logging
import os
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from editor import __version__
from editor.crashes.folder import KEPT, keep, kept
from editor.crashes.frames import ELSEWHERE, Cause, causes, module_of, place
from editor.crashes.from_log import watch_the_log
from editor.crashes.guard import BESIDE, KINDS, Guard
from editor.crashes.report import LIMIT, NOTHING_ELSE, Report
from editor.log import start_log
from tests.crashes import markers
from tests.crashes.markers import assert_none, caught, files_in
from tests.rooms import NOON, HandClock

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def guard(tmp_path: Path, clock: HandClock, expected_log: Callable[[str], None]) -> Iterator[Guard]:
    made = Guard(tmp_path / "crashes", clock.now, "6.11.3")
    expected_log(r"a bug: ")
    made.install()
    yield made
    made.remove()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before = list(root.handlers), root.level
    start_log(tmp_path / "dateline.log")
    yield tmp_path / "dateline.log"
    for handler in [each for each in root.handlers if each not in before[0]]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[1])


def only(guard: Guard) -> Report:
    """The one error that the guard knows."""
    (report,) = guard._known.values()
    return report


WAYS = [
    markers.say_everything,
    markers.say_in_a_file_of_the_users,
    markers.say_in_a_group,
]


@pytest.mark.parametrize("work", WAYS, ids=lambda work: work.__name__)
def test_no_byte_of_a_text_a_name_or_a_secret_is_in_a_report_or_in_the_log(
    work: Callable[[], None],
    guard: Guard,
    log: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: Callable[[str], None],
) -> None:
    markers.live_as_somebody(monkeypatch)
    expected_log("pass ended")
    expected_log("mktext")
    error = caught(work)
    guard.note(error)
    logging.getLogger("dateline.sync").error("a pass ended by a mistake of ours", exc_info=error)
    logging.getLogger("somebody.else").warning(
        "%s %s", markers.TEXT, markers.SECRET, exc_info=error
    )
    (report,) = kept(tmp_path / "crashes")
    assert_none(only(guard).text(), report.read_bytes(), report.name, log.read_bytes())
    assert "tests" not in only(guard).text(), "it is neither ours nor a library's"
    assert log.read_text("utf-8").count("\n") > 3


def test_a_report_says_when_and_where_and_in_which_version(
    guard: Guard, tmp_path: Path, clock: HandClock
) -> None:
    error = caught(lambda: module_of(3))  # type: ignore[arg-type]
    guard.note(error)
    told = only(guard).text()
    python = ".".join(map(str, sys.version_info[:3]))
    assert told.startswith(f"Dateline {__version__}, report of an error\n2026-11-22 12:00:00 UTC\n")
    assert f"Python {python}, Qt 6.11.3, " in told
    assert "\nTypeError\n" in told
    assert "  editor.crashes.frames:module_of:" in told
    assert told.endswith(f"{NOTHING_ELSE}\n")
    (path,) = kept(tmp_path / "crashes")
    assert path.read_text("utf-8") == told


def test_frames_are_told_from_the_installation_on() -> None:
    import json.decoder

    import msgspec

    ours = ROOT / "editor" / "ui" / "composer" / "__init__.py"
    assert module_of(str(ours)) == "editor.ui.composer"
    assert module_of(json.decoder.__file__) == "json.decoder"
    assert module_of(str(msgspec.__file__)) == "msgspec"
    assert module_of("<frozen importlib._bootstrap>") == "importlib._bootstrap"
    for foreign in ("<string>", f"{markers.HOME}/notes.py", "notes.py", str(ROOT / "anna.py"), ""):
        assert module_of(foreign) == ELSEWHERE
    assert module_of("/x/site-packages/anna's notes/a.py") == ELSEWHERE
    assert place(str(ours), "Composer.<lambda>", 3) == "editor.ui.composer:Composer.<lambda>:3"
    assert place(str(ours), "the minister", 3) == "editor.ui.composer:?:3"


def test_a_packaged_programs_frames_are_told_without_a_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert module_of("editor/app.py") == ELSEWHERE
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert module_of("editor/app.py") == "editor.app"
    assert module_of("json/decoder.py") == "json.decoder"
    assert module_of("interview_with_anna.py") == ELSEWHERE


def test_a_recursion_without_end_makes_a_short_report(guard: Guard, tmp_path: Path) -> None:
    def again(deep: int) -> int:
        return again(deep + 1) + 1

    guard.note(caught(lambda: again(0)))
    assert len(only(guard).text()) < 4000
    long = Report(at=NOON, causes=(Cause("KeyError", ("x" * 100,) * 1000),))
    assert len(long.text()) <= LIMIT + len(NOTHING_ELSE) + 2
    assert long.text().endswith(f"(cut off)\n\n{NOTHING_ELSE}\n")


def test_causes_that_go_round_in_a_circle_end() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert [cause.kind for cause in causes(one)] == ["ValueError", "because of KeyError"]


def test_the_systems_number_of_an_error_is_told() -> None:
    error = caught(lambda: Path("/nowhere/at/all").read_text())
    assert causes(error)[0].kind == "FileNotFoundError (ENOENT)"


def test_errors_of_threads_and_of_dying_objects_are_reported(
    guard: Guard,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    heard: list[bool] = []
    guard.listener = lambda mark, waited_for: heard.append(waited_for)

    class Dying:
        def __repr__(self) -> str:
            return markers.TEXT

        def __del__(self) -> None:
            markers.say_everything()

    markers.in_a_thread(markers.say_everything)
    made = Dying()
    del made
    sys.excepthook(*_told(caught(markers.say_in_a_group)))
    assert heard == [False, False, True]
    assert len(kept(tmp_path / "crashes")) == 3
    assert {each.thread for each in guard._known.values()} == {BESIDE, "the window’s thread"}
    assert_none(*(data for _, data in files_in(tmp_path)), *capsys.readouterr())


def test_keyboard_interrupts_and_threads_that_leave_are_no_errors(
    tmp_path: Path, clock: HandClock
) -> None:
    guard = Guard(tmp_path / "crashes", clock.now)
    guard.install()
    try:
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
        markers.in_a_thread(sys.exit)
    finally:
        guard.remove()
    assert kept(tmp_path / "crashes") == []


def test_what_is_logged_with_an_error_is_reported_too(
    guard: Guard, tmp_path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("by a mistake of ours")
    heard: list[bool] = []
    guard.listener = lambda mark, waited_for: heard.append(waited_for)
    handler = watch_the_log(guard)
    try:
        try:
            markers.say_everything()
        except markers.Talkative:
            logging.getLogger("dateline.sync").exception("a pass ended by a mistake of ours")
    finally:
        logging.getLogger("dateline").removeHandler(handler)
    assert heard == [False]
    assert len(kept(tmp_path / "crashes")) == 1


def test_the_same_error_again_is_counted_and_makes_no_other_file(
    guard: Guard, tmp_path: Path, clock: HandClock
) -> None:
    for _ in range(20):
        guard.note(caught(markers.say_everything))
        clock.forward(seconds=1)
    (path,) = kept(tmp_path / "crashes")
    assert path.name.startswith("20261122T120000Z-")
    assert "16 times since the start" in path.read_text("utf-8")
    assert "20 times since the start" in only(guard).text()


def test_only_the_newest_reports_are_kept_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    folder = tmp_path / "crashes"
    for number in range(KEPT + 5):
        at = datetime(2026, 11, 22, 12, tzinfo=UTC) + timedelta(minutes=number)
        keep(folder, Report(at=at, causes=(Cause(f"Error{number}", ()),)))
    names = [path.read_text("utf-8").split("\n")[3] for path in kept(folder)]
    assert len(list(folder.iterdir())) == KEPT
    assert "Error14" in kept(folder)[0].read_text("utf-8"), names
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in kept(folder)} == {0o600}


def test_a_run_of_different_errors_stays_within_bounds(guard: Guard) -> None:
    for number in range(KINDS + 20):
        kind = type(f"Error{number}", (Exception,), {})
        guard.note(kind())
    assert len(guard._known) == KINDS


def test_a_disk_that_takes_nothing_makes_no_second_error(
    tmp_path: Path, clock: HandClock, expected_log: Callable[[str], None]
) -> None:
    expected_log("a bug")
    (tmp_path / "crashes").write_text("in the way")
    guard = Guard(tmp_path / "crashes", clock.now)
    mark = guard.note(caught(markers.say_everything))
    assert guard.report(mark) is not None
    assert kept(tmp_path / "crashes") == []


def test_what_is_done_after_an_error_may_fail_as_well(guard: Guard, tmp_path: Path) -> None:
    heard: list[str] = []
    guard.listener = lambda mark, waited_for: heard.append(mark)
    assert guard.quietly(lambda: True)
    assert not guard.quietly(_fails)
    assert heard == []
    assert len(kept(tmp_path / "crashes")) == 1


def _fails() -> bool:
    markers.say_everything()
    return True


def _told(error: BaseException) -> tuple[type[BaseException], BaseException, None]:
    return type(error), error, None

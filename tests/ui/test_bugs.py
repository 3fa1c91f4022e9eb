"""An error of ours in the window: what was typed is saved, one strip says so, and what it copies tells nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QThreadPool, QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from editor.crashes.folder import kept
from editor.crashes.frames import Cause
from editor.crashes.guard import Guard
from editor.crashes.last_run import KILLED, LastRun
from editor.crashes.report import Report
from editor.ui.crash.bugs import Bugs
from editor.ui.crash.last_time import offer_last_time
from editor.ui.kit.buttons import Button
from editor.ui.kit.strip import Strip
from editor.ui.main_window import MainWindow
from tests.crashes import markers
from tests.crashes.markers import assert_none
from tests.rooms import NOON, TestRoom
from tests.ui.conftest import settle


@pytest.fixture
def guard(at: TestRoom, expected_log: Callable[[str], None]) -> Iterator[Guard]:
    expected_log("a bug: ")
    made = Guard(at.profile.crashes, at.clock.now)
    made.install()
    yield made
    made.remove()


@pytest.fixture
def bugs(window: MainWindow, guard: Guard) -> Bugs:
    made = Bugs(window, guard)
    made._rest.setInterval(0)
    return made


def strips(window: MainWindow) -> list[Strip]:
    """Those that are shown."""
    return [strip for strip in window.findChildren(Strip) if strip.isVisible()]


def press(strip: Strip, text: str) -> None:
    (button,) = (each for each in strip.findChildren(Button) if each.text() == text)
    button.click()


def run_for(milliseconds: int) -> None:
    """Runs as the program does: in an event loop, out of which no error of a picture is raised."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def fail() -> None:
    """A slot that fails in Qt's event loop."""
    QTimer.singleShot(0, markers.say_everything)
    for _ in range(4):
        settle()


def test_a_slot_that_fails_is_told_in_one_strip_whose_copy_gives_nothing_away(
    window: MainWindow, bugs: Bugs, at: TestRoom
) -> None:
    fail()
    (strip,) = strips(window)
    assert strip.text == "Something went wrong in Dateline. What you typed is saved."
    press(strip, "Copy details")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Dateline ") and "Talkative" in copied
    assert_none(copied, strip.text)
    (report,) = kept(at.profile.crashes)
    assert report.read_text("utf-8") == copied


def test_what_was_typed_is_saved_before_anything_is_shown(window: MainWindow, bugs: Bugs) -> None:
    window.new_entry()
    composer = window.composer
    assert composer is not None
    entry = composer.entry
    assert entry is not None
    seen: list[tuple[str, int]] = []
    flush = window.flush

    def flushed() -> bool:
        done = flush()
        seen.append((window.views.entry(entry).content.headline, len(strips(window))))
        return done

    window.flush = flushed  # type: ignore[method-assign]
    QTest.keyClicks(composer.column.headline, "The last words")
    fail()
    assert seen == [("The last words", 0)]
    assert len(strips(window)) == 1


def test_errors_that_come_again_and_others_are_counted_in_the_same_strip(
    window: MainWindow, bugs: Bugs
) -> None:
    for _ in range(3):
        fail()
    QTimer.singleShot(0, markers.say_in_a_group)
    for _ in range(6):
        settle()
    QTest.qWait(20)
    (strip,) = strips(window)
    assert strip.text.endswith("What you typed is saved. This happened 4 times.")
    press(strip, "Copy details")
    copied = QGuiApplication.clipboard().text()
    assert "3 times since the start" in copied and "ExceptionGroup of 2" in copied
    assert_none(copied)
    strip._close()
    fail()
    QTest.qWait(20)
    assert [each.text for each in strips(window)] == [
        "Something went wrong in Dateline. What you typed is saved."
    ]


def test_an_error_of_a_picture_neither_ends_the_program_nor_keeps_it_busy(
    window: MainWindow, bugs: Bugs
) -> None:
    class Broken(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            raise LookupError(markers.TEXT)

    broken = Broken(window)
    bugs._rest.setInterval(1000)
    broken.show()
    again = QTimer(window, interval=5)
    again.timeout.connect(broken.update)
    again.start()
    run_for(150)
    again.stop()
    (strip,) = strips(window)
    assert strip.text.endswith("What you typed is saved.")
    broken.deleteLater()
    settle()


def test_errors_of_other_threads_are_told_in_the_windows_own_and_once(
    window: MainWindow, bugs: Bugs
) -> None:
    def twice() -> None:
        for _ in range(2):
            QThreadPool.globalInstance().start(markers.say_everything)
            QThreadPool.globalInstance().waitForDone(5000)
            QTest.qWait(20)

    twice()
    (strip,) = strips(window)
    assert "This happened 2 times" in strip.text
    strip._close()
    twice()
    assert strips(window) == [], "nobody waits for it, and it was told"


def test_a_text_that_cannot_be_saved_is_said_to_be_kept_in_the_window(
    window: MainWindow, bugs: Bugs
) -> None:
    window.flush = markers.say_in_a_group  # type: ignore[method-assign, assignment]
    fail()
    del window.flush
    (strip,) = strips(window)
    assert strip.text == "Something went wrong in Dateline. What you typed is kept in this window."


def test_an_error_before_there_is_a_live_blog_is_told_too(
    empty_window: MainWindow, guard: Guard
) -> None:
    Bugs(empty_window, guard)
    fail()
    assert len(strips(empty_window)) == 1


def last(entry: str, *frames: str, whole: bool = True) -> LastRun:
    kind = "Segmentation fault" if frames else KILLED
    report = Report(at=NOON, causes=(Cause(kind, frames),), thread="the last run")
    return LastRun(entry=entry, whole=whole, report=report)


def test_what_was_being_written_is_offered_and_opened_with_the_cursor(window: MainWindow) -> None:
    blog = window.current_blog()
    assert blog is not None
    entry = window.views.timeline(blog)[-1]
    window.activateWindow()
    strip = offer_last_time(window, last(entry, "editor.app:run:3"))
    assert strip is not None and strip.isVisible()
    (headline,) = (row.headline for row in window.views.rows((entry,)))
    said = f"Dateline did not end properly last time. You were writing “{headline}”."
    assert strip.text == said
    assert window._column.indexOf(strip) == 0
    press(strip, "Copy details")
    copied = QGuiApplication.clipboard().text()
    assert "Segmentation fault" in copied and entry not in copied and headline not in copied
    press(strip, "Go on")
    settle()
    assert window.composer is not None and window.composer.entry == entry
    focus = QApplication.focusWidget()
    assert focus is not None and window.composer.isAncestorOf(focus)
    assert not strip.isVisible()


def test_nothing_is_said_where_nothing_was_written_and_nothing_is_known(window: MainWindow) -> None:
    gone = "018bcfe5-0000-7000-8000-0000000000ff"
    assert offer_last_time(window, last("")) is None
    assert offer_last_time(window, last(gone)) is None
    for told in (last("", "editor.app:run:3"), last("", whole=False)):
        strip = offer_last_time(window, told)
        assert strip is not None
        assert strip.text == "Dateline did not end properly last time. What you had typed is saved."
        assert [each.text() for each in strip.findChildren(Button)] == ["Copy details"]


def test_an_entry_without_a_headline_is_known_by_its_first_words(
    window: MainWindow, at: TestRoom
) -> None:
    from editor.content.blocks.text import Text
    from editor.content.entry import Content
    from editor.desk.writing import new_entry

    blog = window.current_blog()
    assert blog is not None
    words = "The water reaches the old bridge and nobody knows how long it holds there"
    for body, told in (
        ((Text(text=words),), "“The water reaches the old bridge and nobody knows how long i…”"),
        ((), "an entry without a headline"),
    ):
        (entry,) = new_entry(at.room, blog, Content(body=body)).entries
        strip = offer_last_time(window, last(entry))
        assert strip is not None and told in strip.text


def test_a_start_that_fails_is_told_with_its_details(
    qapp: QApplication, at: TestRoom, monkeypatch: pytest.MonkeyPatch, guard: Guard
) -> None:
    from PySide6.QtWidgets import QMessageBox

    from editor.app import _opened

    pressed = iter(("Copy details", "Quit"))
    told: list[str] = []

    def answer(box: QMessageBox) -> int:
        told.append(f"{box.text()} {box.informativeText()}")
        wanted = next(pressed)
        next(each for each in box.buttons() if each.text() == wanted).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    assert _opened(at.profile, guard, markers.say_everything) is None
    assert len(told) == 2 and "cannot start with this profile" in told[0]
    copied = QGuiApplication.clipboard().text()
    assert "Talkative" in copied
    assert_none(copied, *told)


def test_a_command_that_fails_writes_a_report(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    expected_log: Callable[[str], None],
) -> None:
    from editor.cli import main

    expected_log("a bug: ")
    monkeypatch.setattr("editor.newsroom.Newsroom.make_sample", lambda *_: markers.say_everything())
    assert main(["--profile", str(tmp_path / "profile"), "sample"]) == 1
    (report,) = kept(tmp_path / "profile" / "crashes")
    assert_none(report.read_bytes(), *capsys.readouterr())
    assert "Talkative" in report.read_text("utf-8")

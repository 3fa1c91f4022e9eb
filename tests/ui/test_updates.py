"""A newer version is told in one line, asked for only where it is switched on, never at a start, never on this thread."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from editor.newsroom import Newsroom
from editor.problems import Problem, Unavailable
from editor.releases.asking import Releases
from editor.settings import Fetching, Settings, load_settings, save_settings
from editor.ui import updates
from editor.ui.bridge import Connection
from editor.ui.dialogs.settings import SettingsSheet, show_settings
from editor.ui.kit.buttons import Button
from editor.ui.kit.strip import Strip
from editor.ui.main_window import MainWindow
from editor.ui.updates import updates_of
from editor.web.newest import get
from tests.releases.notes import PAGE, SOURCE, Web, release, signed
from tests.rooms import TestRoom
from tests.ui.conftest import DeskOffice, add_blog, add_entry, settle
from tests.web.test_newest import Site


@pytest.fixture
def web(window: MainWindow) -> Web:
    assert isinstance(window.office, DeskOffice)
    return window.office.web


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    made.body = signed()
    yield made
    made.close()


class Browser(QObject):
    """Takes the addresses that are opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser(qapp: object) -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("https", made, "open")  # type: ignore[arg-type]
    yield made
    QDesktopServices.unsetUrlHandler("https")


def switch(window: MainWindow, on: bool, where: str = "") -> None:
    save_settings(window.office.profile.choices, Settings(updates=on, updates_from=where))


def look(window: MainWindow) -> None:
    """The timer's time has come."""
    updates_of(window).timer.timeout.emit()
    wait(window)


def wait(window: MainWindow) -> None:
    for _ in range(200):
        settle()
        if not updates_of(window)._asks:
            return
        time.sleep(0.01)  # QTest's own wait lets no other thread have its turn
    raise AssertionError("no answer")


def lines(window: MainWindow) -> list[str]:
    return [strip.text for strip in window.findChildren(Strip) if strip.isVisible()]


def press(window: MainWindow, text: str) -> None:
    shown = [strip for strip in window.findChildren(Strip) if strip.isVisible()]
    (button,) = (each for each in shown[0].findChildren(Button) if each.text() == text)
    button.click()


def test_while_it_is_off_there_is_no_timer_no_question_and_no_socket(
    window: MainWindow, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_socket(*_: object, **__: object) -> None:
        raise AssertionError("a socket was made")

    monkeypatch.setattr(socket, "create_connection", no_socket)
    monkeypatch.setattr(socket, "getaddrinfo", no_socket)
    assert not updates_of(window).timer.isActive()
    look(window)
    assert web.asked == []
    assert lines(window) == []
    assert not window.office.profile.newer.exists()


def test_a_newer_version_is_one_line_that_leads_to_its_page(
    window: MainWindow, web: Web, browser: Browser
) -> None:
    switch(window, True)
    look(window)
    assert web.asked == [SOURCE.address]
    assert lines(window) == ["Dateline 1.3 is available."]
    (strip,) = (each for each in window.findChildren(Strip) if each.isVisible())
    assert [each.text() for each in strip.findChildren(Button)] == ["What is new", "Not now"]
    press(window, "What is new")
    assert browser.opened == [PAGE]
    assert lines(window) == []


def test_what_is_not_wanted_now_is_not_told_again_and_the_next_version_is(
    window: MainWindow, web: Web, at: TestRoom
) -> None:
    switch(window, True)
    look(window)
    press(window, "Not now")
    assert lines(window) == []
    at.clock.forward(days=1)
    look(window)
    assert lines(window) == []
    at.clock.forward(days=1)
    web.note = signed(release("1.4", day=22))
    look(window)
    assert lines(window) == ["Dateline 1.4 is available."]
    assert len(web.asked) == 3


def test_it_asks_once_a_day_however_often_it_looks_and_not_without_a_network(
    window: MainWindow, web: Web, at: TestRoom
) -> None:
    switch(window, True)
    window.bridge.tell_state(Connection(online=False))
    look(window)
    assert web.asked == []
    window.bridge.tell_state(Connection(online=True))
    for _ in range(5):
        at.clock.forward(hours=1)
        look(window)
    assert len(web.asked) == 1
    assert len(lines(window)) == 1


def test_it_never_asks_on_the_windows_thread(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []
    ask = Releases.ask

    def noted(self: Releases) -> object:
        threads.append(threading.current_thread() is threading.main_thread())
        return ask(self)

    monkeypatch.setattr(Releases, "ask", noted)
    switch(window, True)
    look(window)
    assert threads == [False]


@pytest.mark.parametrize("trouble", [b"<html>sign in</html>", b"", signed()[:-3]])
def test_trouble_with_the_daily_question_is_nobodys_news(
    window: MainWindow, web: Web, trouble: bytes
) -> None:
    switch(window, True)
    web.note = trouble
    look(window)
    assert len(web.asked) == 1
    assert lines(window) == []


def test_the_settings_have_it_off_and_switch_it_on_and_off(window: MainWindow, web: Web) -> None:
    save_settings(window.office.profile.choices, Settings(fetching=Fetching.NEVER))
    sheet = show_settings(window)
    part = sheet.newer
    assert part.when.currentText() == "Never"
    part.when.setCurrentIndex(1)
    kept = load_settings(window.office.profile.choices)
    assert kept == Settings(fetching=Fetching.NEVER, updates=True)
    assert updates_of(window).timer.isActive()
    assert updates_of(window).timer.interval() == updates.FIRST_MS
    sheet.looking.setCurrentIndex(1)
    assert load_settings(window.office.profile.choices).updates, "the other choice leaves it"
    part.when.setCurrentIndex(0)
    assert not updates_of(window).timer.isActive()
    assert web.asked == [], "nothing was asked by switching"
    sheet.accept()


def check_now(sheet: SettingsSheet, window: MainWindow) -> str:
    sheet.newer.ask.click()
    wait(window)
    return sheet.newer.said.text()


def test_check_now_says_what_it_heard(window: MainWindow, web: Web, browser: Browser) -> None:
    sheet = show_settings(window)
    assert check_now(sheet, window) == "Dateline 1.3 is available."
    sheet.newer.page.click()
    assert browser.opened == [PAGE]
    web.note = signed(release("1.2", day=21))
    assert check_now(sheet, window) == "This is the newest version, 1.2."
    assert not sheet.newer.page.isVisible()
    web.note = signed(release("1.3", day=19))
    assert "older than what was heard before" in check_now(sheet, window)
    web.note = b"a page"
    assert "was not signed" in check_now(sheet, window)
    web.note = Unavailable(Problem(code="web-unreached", detail={"host": "there"}))
    assert check_now(sheet, window) == "there cannot be reached."
    assert lines(window) == [], "the answer is where it was asked for"
    sheet.accept()


def test_an_address_that_cannot_be_asked_is_told_at_the_field(window: MainWindow, web: Web) -> None:
    sheet = show_settings(window)
    part = sheet.newer
    part.address.setText("http://updates.dateline.invalid/note.txt")
    part.ask.click()
    assert "https://" in part.field.wrong()
    assert web.asked == []
    part.address.setText("https://mirror.example/note.txt")
    check_now(sheet, window)
    assert part.field.wrong() == ""
    assert web.asked == ["https://mirror.example/note.txt"]
    part.address.clear()
    check_now(sheet, window)
    assert web.asked[1:] == [SOURCE.address]
    sheet.accept()


def test_settings_that_are_closed_before_the_answer_are_left_alone(
    window: MainWindow, web: Web
) -> None:
    sheet = show_settings(window)
    sheet.newer.ask.click()
    sheet.accept()
    settle()
    wait(window)
    assert len(web.asked) == 1


def test_the_whole_way_from_a_server_to_the_line(
    window: MainWindow, at: TestRoom, site: Site
) -> None:
    """The real request, the real signature, the real window; the key is the test's."""
    choices, heard = at.profile.choices, at.profile.newer
    source = type(SOURCE)("", SOURCE.keys)

    def fetch(address: str) -> bytes:
        return get(address, 16_384)

    window.office.releases = Releases(choices, heard, source, fetch, "1.2", at.clock)  # type: ignore[misc]
    switch(window, True, site.address)
    look(window)
    assert lines(window) == ["Dateline 1.3 is available."]
    assert len(site.asked) == 1


def test_a_newsroom_asks_with_the_programs_own_key(tmp_path: Path, site: Site) -> None:
    from editor.paths import Profile
    from editor.problems import Refused

    with Newsroom(Profile(tmp_path / "profile")) as newsroom:
        save_settings(newsroom.profile.choices, Settings(updates_from=site.address))
        with pytest.raises(Refused) as raised:
            newsroom.releases.ask()
    assert raised.value.first.code == "release-not-signed", "the test's key is not the program's"
    assert len(site.asked) == 1


START = """
import json, os, sys
asked = []
def note(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen"):
        asked.append(event)
sys.addaudithook(note)
from editor.ui.qt import import_qt
import_qt()
from PySide6.QtCore import QTimer
from editor import app
from editor.ui import updates
updates.FIRST_MS = updates.AGAIN_MS = 50
after = app._App._after_first_paint
def then(self):
    after(self)
    def tell():
        made = self._window.findChild(updates.Updates)
        print(json.dumps([asked, made is not None, "httpx" in sys.modules,
            "cryptography" in sys.modules]), flush=True)
        self._window.close()
    QTimer.singleShot(1500, tell)
app._App._after_first_paint = then
from editor.cli import main
sys.exit(main(["--profile", sys.argv[1]]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("on", [False, True])
def test_a_program_in_which_it_is_off_makes_no_connection(
    at: TestRoom, tmp_path: Path, site: Site, on: bool
) -> None:
    add_entry(at, add_blog(at, "Flood in the delta"), "River rises")
    at.close()
    save_settings(at.profile.choices, Settings(updates=on, updates_from=site.address))
    run = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path / "profile")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    asked, made, httpx, cryptography = json.loads(run.stdout)
    assert (made, httpx, cryptography) == (on, on, on)
    assert bool([each for each in asked if each != "subprocess.Popen"]) is on
    assert len(site.asked) == int(on), "and once where it is on, however often it looks"

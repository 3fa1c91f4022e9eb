"""Pictures of the strips: an error of ours, what was being written, a newer version; light and dark side by side."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from editor.crashes.frames import Cause
from editor.crashes.guard import Guard
from editor.crashes.last_run import LastRun
from editor.crashes.report import Report
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.releases.release import Release
from editor.ui.crash.bugs import Bugs
from editor.ui.crash.last_time import offer_last_time
from editor.ui.dialogs.settings import show_settings
from editor.ui.main_window import MainWindow
from editor.ui.updates import updates_of


def take(profile: Profile) -> None:
    """Takes the pictures of the whole window with each of the strips, and of the settings."""
    from tests import pictures

    with Newsroom(profile) as newsroom:
        pictures._add_other_blogs(newsroom)
        newsroom.make_sample()
        blog, entry = pictures._sample(newsroom), pictures._entry(newsroom)

        def shown(window: MainWindow) -> None:
            window.show_blog(blog)
            window.timeline.list.select(entry)
            window.open_entry(entry, focus=False)
            pictures._wait(pictures.CALM)
            looks = pictures._light_and_dark(window)
            for strip, name in (
                (_banner, "crash-banner"),
                (_notice, "crash-notice"),
                (_line, "update-line"),
            ):
                put_away = strip(window, entry)
                pictures._keep_looks(window, window, name, looks)
                put_away.hide()
            sheet = show_settings(window)
            pictures._keep(sheet, "settings")
            sheet.accept()

        pictures._with_window(newsroom, shown)


def _banner(window: MainWindow, entry: str) -> QWidget:
    report = Report(at=window.room.clock.now(), causes=(Cause("Segmentation fault", ()),))
    strip = offer_last_time(window, LastRun(entry=entry, report=report))
    assert strip is not None
    return strip


def _notice(window: MainWindow, entry: str) -> QWidget:
    guard = Guard(window.office.profile.crashes, window.room.clock.now)
    bugs = Bugs(window, guard)
    for _ in range(2):
        guard.note(KeyError())
    bugs._tell_more()
    guard.listener = None
    assert bugs._strip is not None
    return bugs._strip


def _line(window: MainWindow, entry: str) -> QWidget:
    updates = updates_of(window)
    updates.show(
        Release(
            program="dateline",
            version="1.3",
            released=window.room.clock.now(),
            page="https://dateline.example/1.3",
        )
    )
    assert updates._strip is not None
    return updates._strip

"""``make pictures``: takes the pictures under docs/pictures, of the real window with the sample, on a virtual screen.

Each is then compared with the design's by eye.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from editor.desk.blogs import add_blog, end_blog
from editor.desk.writing import new_entry
from editor.domain.ids import BlogId, EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.ui.bridge import Bridge, Connection
from editor.ui.main_window import MainWindow
from editor.ui.theme.theme import Appearance
from tests.bench.screen import virtual_screen

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
OPEN = "Water reaches the old bridge"
CALM = 1200  # ms for thumbnails and previews to come


def main() -> int:
    """Takes every picture on a screen of its own."""
    with virtual_screen() as screen:
        environment = {**os.environ, "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"}
        command = [sys.executable, "-m", "tests.pictures", "take"]
        return subprocess.run(command, env=environment, check=False).returncode


def take() -> int:
    """Takes every picture on the screen that is there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        _first_run(Profile(Path(folder) / "fresh"))
        _main_window(Profile(Path(folder) / "sample"))
    application.processEvents()
    return 0


def _first_run(profile: Profile) -> None:
    with Newsroom(profile) as newsroom:
        _with_window(newsroom, lambda window: _keep(window, "first-run"))


def _main_window(profile: Profile) -> None:
    with Newsroom(profile) as newsroom:
        _add_other_blogs(newsroom)
        newsroom.make_sample()
        newsroom.send(time.monotonic() + 60)

        def pictures(window: MainWindow) -> None:
            window.show_blog(_sample(newsroom))
            window.timeline.list.select(_entry(newsroom))
            window.open_entry(_entry(newsroom), focus=False)
            _keep(window, "main-light")
            window.theme.set_appearance(Appearance.DARK)
            _keep(window, "main-dark")
            window.theme.set_appearance(Appearance.LIGHT)
            window.registry.run("entry.preview")
            _keep(window, "preview")
            window.registry.run("entry.preview")
            window.bridge.tell_state(Connection(online=False, since=_ago(newsroom, 20)))
            window.show_list("outbox")
            _keep(window, "outbox")

        _with_window(newsroom, pictures)


def _add_other_blogs(newsroom: Newsroom) -> None:
    """Beside the sample: one more blog that is live, and one that has ended."""
    for headline, entries in (("Budget day", 4), ("Marathon 2026", 6)):
        (blog,) = add_blog(newsroom.room, headline=headline, timezone="Europe/Budapest").blogs
        for _ in range(entries):
            new_entry(newsroom.room, blog)
        if entries == 6:
            end_blog(newsroom.room, blog)


def _sample(newsroom: Newsroom) -> BlogId:
    return next(row.id for row in newsroom.views.blogs() if row.slug == "flood-in-the-delta")


def _entry(newsroom: Newsroom) -> EntryId:
    rows = newsroom.views.rows(newsroom.views.timeline(_sample(newsroom)))
    return next(row.id for row in rows if row.headline == OPEN)


def _ago(newsroom: Newsroom, minutes: int) -> datetime:
    return newsroom.room.clock.now() - timedelta(minutes=minutes)


def _with_window(newsroom: Newsroom, then: Callable[[MainWindow], None]) -> None:
    bridge = Bridge(newsroom.feed)
    window = MainWindow(newsroom.room, newsroom.views, bridge, newsroom)
    window.theme.set_appearance(Appearance.LIGHT)
    window.resize(1440, 900)
    window.show()
    _wait(CALM)
    then(window)
    window.close()
    bridge.close()


def _wait(milliseconds: int) -> None:
    """Lets the window work. An event loop lets other threads run meanwhile; ``QTest.qWait`` keeps them waiting."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _keep(window: MainWindow, name: str) -> None:
    _wait(CALM)
    window.grab().save(str(FOLDER / f"{name}.png"))
    print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    sys.exit(take() if sys.argv[1:] == ["take"] else main())

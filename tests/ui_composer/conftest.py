from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.content.entry import Content
from editor.desk.blogs import add_blog
from editor.desk.writing import new_entry
from editor.domain.ids import EntryId
from editor.settings import Fetching, Settings
from editor.ui.bridge import Bridge
from editor.ui.composer.composer import Composer
from editor.ui.theme.theme import Appearance, Theme
from tests.conftest import Strays
from tests.rooms import TestRoom

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class Writer:
    """A composer on a real store, with what a test does to it."""

    def __init__(self, room: TestRoom, theme: Theme) -> None:
        self.room = room
        self.bridge = Bridge(room.feed)
        self.settings = Settings(fetching=Fetching.NEVER)
        self.composer = Composer(
            room.room,
            room.views,
            self.bridge,
            theme,
            lambda asked: self.settings.may_fetch(asked=asked),
        )
        self.column = self.composer.column
        self.blog = next(
            iter(add_blog(room.room, headline="Flood", timezone="Europe/Budapest").blogs)
        )
        self.notices: list[tuple[str, str, Callable[[], None] | None]] = []
        self.composer.notice.connect(lambda *said: self.notices.append(said))
        self.composer.resize(900, 800)
        self.composer.show()
        self.composer.activateWindow()
        QTest.qWaitForWindowActive(self.composer)

    def open(self, content: Content | None = None) -> EntryId:
        entry = next(iter(new_entry(self.room.room, self.blog, content or Content()).entries))
        self.composer.open_entry(entry)
        QApplication.processEvents()
        return entry

    def stored(self, entry: EntryId) -> Content:
        return self.room.views.entry(entry).content

    def type(self, text: str) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        for character in text:
            QTest.keyClicks(widget, character)

    def key(self, *arguments: object) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, *arguments)  # type: ignore[call-overload]
        QApplication.processEvents()

    def close(self) -> None:
        self.composer.close_entry()
        self.composer.close()
        self.composer.deleteLater()
        self.bridge.close()
        QApplication.processEvents()
        self.room.close()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, RESOURCES, appearance=Appearance.LIGHT)


@pytest.fixture
def writer(theme: Theme, tmp_path: Path, strays: Strays) -> Iterator[Writer]:
    made = Writer(TestRoom(tmp_path / "profile"), theme)
    yield made
    made.close()
    # Qt's offscreen platform says this whenever a window or a pop-up is shown
    strays.said[:] = [said for said in strays.said if "plugin does not support" not in said]

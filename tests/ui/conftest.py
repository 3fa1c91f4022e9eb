"""A window over a real store, offscreen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from editor.changes import Changes
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import accounts, blogs, writing
from editor.domain.ids import AccountId, BlogId, EntryId
from editor.paths import Profile, resources
from editor.problems import refuse
from editor.ui.bridge import Bridge
from editor.ui.main_window import MainWindow
from editor.ui.theme.theme import Theme
from tests.conftest import Strays
from tests.rooms import TestRoom


class DeskOffice:
    """The program around the window, in a test."""

    def __init__(self, at: TestRoom) -> None:
        self.profile: Profile = at.profile
        self._at = at
        self.woken = 0
        self.pulled = 0
        self.secret = "open sesame"

    def wake(self) -> None:
        self.woken += 1

    def pull_soon(self) -> None:
        self.pulled += 1

    def make_sample(self) -> Changes:
        return blogs.add_blog(self._at.room, headline="The sample")

    def sign_in(self, account: AccountId, secret: str) -> Changes:
        if secret != self.secret:
            raise refuse("web-credentials", host="newsroom.example")
        return accounts.signed_in(self._at.room, account)

    def live_page(self, blog: BlogId) -> str:
        return ""


def settle() -> None:
    """Lets everything that waits in the event loop happen."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def add_blog(at: TestRoom, headline: str, zone: str = "Europe/Budapest") -> BlogId:
    return next(iter(blogs.add_blog(at.room, headline=headline, timezone=zone).blogs))


def add_entry(at: TestRoom, blog: BlogId, headline: str, text: str = "") -> EntryId:
    at.clock.forward(minutes=1)
    body = (Text(text=text), Quote(text="We need ten.", speaker="River engineer"))
    content = Content(headline=headline, body=body if text else ())
    return next(iter(writing.new_entry(at.room, blog, content).entries))


@pytest.fixture
def at(tmp_path: Path) -> Iterator[TestRoom]:
    room = TestRoom(tmp_path / "profile")
    yield room
    room.close()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, resources())


@pytest.fixture
def window(qapp: QApplication, at: TestRoom) -> Iterator[MainWindow]:
    """A window with two live blogs, the first of them with five entries."""
    flood = add_blog(at, "Flood in the delta")
    for headline in (
        "River rises",
        "وصل الماء إلى الجسر",
        "洪水到达旧桥",
        "पुल बंद",
        "Water at the bridge",
    ):
        add_entry(at, flood, headline, f"What we know of “{headline}”.")
    add_blog(at, "Budget day")
    bridge = Bridge(at.feed)
    made = MainWindow(at.room, at.views, bridge, DeskOffice(at))
    made.show_blog(flood)
    made.show()
    settle()
    yield made
    made.close()
    bridge.close()
    made.deleteLater()
    settle()


@pytest.fixture
def empty_window(qapp: QApplication, at: TestRoom) -> Iterator[MainWindow]:
    """A window over a profile in which nothing was written yet."""
    bridge = Bridge(at.feed)
    made = MainWindow(at.room, at.views, bridge, DeskOffice(at))
    made.show()
    settle()
    yield made
    made.close()
    bridge.close()
    made.deleteLater()
    settle()


@pytest.fixture(autouse=True)
def offscreen_limits(strays: Strays) -> Iterator[None]:
    """The offscreen platform, and no other, complains of dialogs with a smallest size and of pop-ups."""
    yield
    strays.said[:] = [said for said in strays.said if "This plugin does not support" not in said]

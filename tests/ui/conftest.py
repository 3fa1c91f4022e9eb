"""A window over a real store, offscreen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from editor.changes import Changes
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import accounts, blogs, writing
from editor.desk.reception import Reception
from editor.domain.blog import Account, Blog, Target
from editor.domain.ids import AccountId, BlogId, EntryId
from editor.paths import Profile, resources
from editor.problems import refuse
from editor.ui.bridge import Bridge
from editor.ui.main_window import MainWindow
from editor.ui.theme.theme import Theme
from tests.accounts_office import HandKeyring, TableKind, kinds_with
from tests.conftest import Strays
from tests.releases.notes import Web, releases
from tests.rooms import TestRoom


class DeskOffice:
    """The program around the window, in a test: what asks the network or the keyring asks what stands in for them."""

    def __init__(self, at: TestRoom) -> None:
        self.profile: Profile = at.profile
        self._at = at
        self.woken = 0
        self.pulled = 0
        self.secret = "open sesame"
        self.kind = TableKind()
        self.kinds = kinds_with(self.kind)
        self.secrets = HandKeyring()
        self.web = Web()
        self.releases = releases(at, self.web)
        self.reception = Reception(at.room, self.secrets, self.kinds, self._try_out)
        self.discover = self.reception.discover
        self.greet = self.reception.greet
        self.welcome = self.reception.welcome
        self.add_account = self.reception.add
        self.change_account = self.reception.change
        self.waiting_at = self.reception.waiting_at
        self.remove_account = self.reception.remove

    def wake(self) -> None:
        self.woken += 1

    def pull_soon(self) -> None:
        self.pulled += 1

    def make_sample(self) -> Changes:
        return blogs.add_blog(self._at.room, headline="The sample")

    def check(self, account: Account) -> list[str]:
        return self.reception.check(account.id)

    def sign_in(self, account: AccountId, secret: str, *, session_only: bool = False) -> Changes:
        if secret != self.secret:
            raise refuse("web-credentials", host="newsroom.example")
        (self.secrets.keep if session_only else self.secrets.put)(account, secret)
        return accounts.signed_in(self._at.room, account)

    def takes_submissions(self, blog: Blog, account: Account, settings: Mapping[str, str]) -> bool:
        return self.kinds.get(account.kind).able(settings).drafts

    def live_page(self, blog: BlogId) -> str:
        return ""

    def _try_out(self, blog: Blog, target: Target, account: Account, secret: str) -> None:
        """Every target can be written to."""


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

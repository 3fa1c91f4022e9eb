"""The whole way through the window against a real WordPress, with the real newsroom and a keyring in a file."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtWidgets import QApplication

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.blogs import add_blog
from editor.desk.release import publish
from editor.desk.writing import new_entry
from editor.domain.blog import Role
from editor.domain.ids import AccountId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.ui.accounts.adding import AddSheet, show_add
from editor.ui.bridge import Bridge
from editor.ui.main_window import MainWindow
from tests.file_keyring import FileKeyring
from tests.real.conftest import wordpress
from tests.real.wordpress import WordPress
from tests.ui.conftest import offscreen_limits, settle
from tests.ui_accounts.conftest import activate, calm, closed, fill, until, words

__all__ = ["offscreen_limits", "wordpress"]
pytestmark = pytest.mark.slow
HERE = AccountId("127.0.0.1")


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    monkeypatch.setenv("DATELINE_TEST_KEYRING", str(tmp_path / "keyring.json"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]
    with Newsroom(Profile(tmp_path / "profile")) as made:
        yield made
    keyring.set_keyring(before)


@pytest.fixture
def form(qapp: QApplication, newsroom: Newsroom) -> Iterator[AddSheet]:
    """The form of a new WordPress account, in a window with one live blog of which an entry is public."""
    (blog,) = add_blog(newsroom.room, headline="Flood in the delta").blogs
    content = Content(headline="River rises", body=(Text(text="By ten centimetres."),))
    (entry,) = new_entry(newsroom.room, blog, content).entries
    publish(newsroom.room, entry)
    bridge = Bridge(newsroom.feed)
    window = MainWindow(newsroom.room, newsroom.views, bridge, newsroom)
    window.show()
    settle()
    sheet = show_add(window)
    sheet.picks["wordpress"].click()
    until(lambda: sheet.page is not None, "the form")
    activate(sheet)
    yield sheet
    window.close()
    bridge.close()
    window.deleteLater()
    settle()


def test_an_account_is_added_and_what_was_public_arrives_there_once(
    form: AddSheet, newsroom: Newsroom, wordpress: WordPress
) -> None:
    page = fill(form, wordpress.url, "desk", "the one I sign in with")
    form.test_button.click()
    calm(page)
    assert "does not take" in page.form.fields["password"].wrong()
    assert page.found.line.text() == f"Found: The live desk · {wordpress.url}"
    assert page.found.browser.isVisible()
    page = fill(form, wordpress.url, "desk", wordpress.users["desk"].app_password)
    form.test_button.click()
    calm(page)
    shown = words(page.answers.welcome)
    for said in ("Signed in as Desk", "May publish", "1 place for", "agrees with the site’s"):
        assert said in shown
    form.done_button.click()
    until(lambda: form.blogs is not None, "the live blogs")
    assert form.blogs is not None
    (line,) = form.blogs.lines.values()
    assert line.place.currentText() == "New: flood-in-the-delta"
    line.tick.click()
    form.done_button.click()
    closed(form)
    assert newsroom.views.account(HERE).role is Role.DESK
    newsroom.send(time.monotonic() + 60)
    (post,) = wordpress.posts()
    assert (post["status"], post["title"]) == ("publish", "River rises")
    assert post["categories"] == ["Flood in the delta"]


def test_a_contributor_becomes_a_correspondent(
    form: AddSheet, newsroom: Newsroom, wordpress: WordPress
) -> None:
    fill(form, wordpress.url, "stringer", wordpress.users["stringer"].app_password)
    form.done_button.click()
    until(lambda: form.blogs is not None, "the live blogs")
    assert newsroom.views.account(HERE).role is Role.CORRESPONDENT

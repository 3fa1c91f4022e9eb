"""Which live blogs go to an account, and to which place there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest

from editor.desk import release
from editor.sync.backend import May
from editor.ui.accounts.adding import AddSheet
from editor.ui.accounts.blogs_page import BlogsPage
from editor.ui.accounts.blogs_sheet import show_blogs
from editor.ui.dialogs.blog import BlogDialog
from editor.ui.main_window import MainWindow
from tests.accounts_office import SECRET, Site, TableKind
from tests.rooms import TestRoom
from tests.ui.conftest import DeskOffice, settle
from tests.ui_accounts.conftest import NEWSROOM, PARTNER, add, closed, fill, until, words


@pytest.fixture
def last(form: AddSheet) -> Iterator[BlogsPage]:
    """The last step of adding an account."""
    fill(form)
    form.done_button.click()
    until(lambda: form.blogs is not None, "the last step")
    assert form.blogs is not None
    yield form.blogs


def target(window: MainWindow, headline: str) -> list[tuple[str, dict[str, str]]]:
    blog = next(row.id for row in window.blogs if row.headline == headline)
    found = window.views.targets(blog)
    return [(t.account, dict(t.settings)) for t in found if t.account != "local"]


def test_places_are_offered_the_one_of_the_same_name_first_and_a_new_one(
    last: BlogsPage, window: MainWindow
) -> None:
    lines = {line.row.headline: line for line in last.lines.values()}
    flood, budget = lines["Flood in the delta"], lines["Budget day"]
    assert flood.place.currentText() == "Flood in the delta"
    assert flood.wanted_place() == "flood"
    assert budget.place.currentText() == "New: budget-day"
    assert budget.wanted_place() == "budget-day"
    assert not flood.place.isVisible()
    flood.tick.click()
    assert flood.place.isVisible()


def test_what_is_ticked_goes_there_with_what_is_public(
    form: AddSheet, last: BlogsPage, window: MainWindow, at: TestRoom, office: DeskOffice
) -> None:
    entry = window.timeline.model.ids()[0]
    release.publish(at.room, entry)
    before = len(window.views.outbox())
    line = next(each for each in last.lines.values() if each.row.headline == "Flood in the delta")
    line.tick.click()
    assert form.done_button.text() == "Save"
    form.done_button.click()
    closed(form)
    assert target(window, "Flood in the delta") == [(NEWSROOM, {"category": "flood"})]
    assert target(window, "Budget day") == []
    assert len(window.views.outbox()) == before + 1
    assert "1 live blog goes to newsroom.example now." in window.notice.accessibleName()
    assert office.woken >= 2


def test_a_target_takes_submissions_where_the_kind_keeps_drafts(
    form: AddSheet, last: BlogsPage, window: MainWindow
) -> None:
    for line in last.lines.values():
        line.tick.click()
    form.done_button.click()
    closed(form)
    found = [t for row in window.blogs for t in window.views.targets(row.id)]
    assert [(t.reviews, t.media) for t in found if t.account == NEWSROOM] == [
        (True, "image/jpeg")
    ] * 2


def test_nothing_has_to_be_ticked(form: AddSheet, last: BlogsPage, window: MainWindow) -> None:
    assert form.done_button.text() == "Done"
    assert form.cancel_button is not None and not form.cancel_button.isVisible()
    form.done_button.click()
    assert not form.isVisible()
    assert target(window, "Flood in the delta") == []
    assert window.views.account(NEWSROOM).name == NEWSROOM


def test_who_may_make_no_place_has_to_choose_one(
    form: AddSheet, kind: TableKind, window: MainWindow
) -> None:
    kind.sites["newsroom.example"] = Site(may=frozenset((May.SUBMIT, May.PUBLISH)))
    fill(form)
    form.done_button.click()
    until(lambda: form.blogs is not None, "the last step")
    assert form.blogs is not None
    line = next(each for each in form.blogs.lines.values() if each.row.headline == "Budget day")
    line.tick.click()
    assert line.wanted_place() == ""
    form.done_button.click()
    assert "Say which place" in words(line)
    line.place.setCurrentIndex(1)
    line.place.activated.emit(1)
    form.done_button.click()
    closed(form)
    assert target(window, "Budget day") == [(NEWSROOM, {"category": "news"})]


def test_later_on_the_places_are_asked_for_and_what_goes_there_stays_ticked(
    window: MainWindow, at: TestRoom, office: DeskOffice
) -> None:
    flood, budget = (row.id for row in sorted(window.blogs, key=lambda row: row.headline)[::-1])
    add(at, blogs=(flood,))
    office.secrets.there[NEWSROOM] = SECRET
    sheet = show_blogs(window, NEWSROOM, None)
    until(lambda: sheet.page is not None and not sheet.asking.busy, "the places")
    assert sheet.page is not None
    assert not sheet.page.lines[flood].tick.isEnabled()
    assert "Goes there already, to news" in words(sheet.page.lines[flood])
    line = sheet.page.lines[budget]
    line.tick.click()
    assert line.place.findText("Weather") >= 0
    assert line.wanted_place() == "budget-day"
    sheet.done_button.click()
    closed(sheet)
    assert target(window, "Budget day") == [(NEWSROOM, {"category": "budget-day"})]


def test_what_was_typed_stays_when_the_places_come(
    window: MainWindow, at: TestRoom, office: DeskOffice
) -> None:
    from threading import Event

    add(at)
    office.secrets.there[NEWSROOM] = SECRET
    office.kind.gate = Event()
    sheet = show_blogs(window, NEWSROOM, None)
    until(lambda: sheet.page is not None, "the page")
    assert sheet.page is not None
    line = next(iter(sheet.page.lines.values()))
    line.tick.click()
    edit = line.place.lineEdit()
    assert edit is not None
    edit.selectAll()
    QTest.keyClicks(edit, "my-own")
    office.kind.gate.set()
    until(lambda: not sheet.asking.busy, "the places")
    assert line.wanted_place() == "my-own"
    sheet.reject()


def test_without_a_network_the_place_is_typed(
    window: MainWindow, at: TestRoom, kind: TableKind
) -> None:
    add(at)
    kind.sites.clear()
    sheet = show_blogs(window, NEWSROOM, None)
    until(sheet.said.text, "the sentence")
    assert "Type the place’s name" in sheet.said.text()
    sheet.reject()


def test_a_kind_without_places_asks_for_none(window: MainWindow, at: TestRoom) -> None:
    add(at, PARTNER, kind="site")
    sheet = show_blogs(window, PARTNER, None)
    until(lambda: sheet.page is not None, "the page")
    assert sheet.page is not None
    line = next(iter(sheet.page.lines.values()))
    line.tick.click()
    assert not line.place.isVisible()
    sheet.page.save()
    closed(sheet)
    assert target(window, line.row.headline) == [(PARTNER, {})]


def test_a_profile_without_live_blogs_leads_to_the_first_one(
    empty_window: MainWindow, at: TestRoom
) -> None:
    add(at)
    sheet = show_blogs(empty_window, NEWSROOM, None)
    until(lambda: sheet.page is not None, "the page")
    assert sheet.page is not None
    assert "no live blog on this laptop yet" in words(sheet.page)
    sheet.page.new_blog_wanted.emit()
    settle()
    (dialog,) = empty_window.findChildren(BlogDialog)
    dialog.reject()

"""The timeline reads only what is seen, and reads again only what was touched."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.changes import Changes
from editor.desk import release, writing
from editor.domain.ids import BlogId, EntryId
from editor.ui.main_window import MainWindow
from editor.ui.timeline.heights import Heights
from editor.ui.timeline.model import CHUNK, TimelineModel
from editor.views import EntryRow, Filter, Views
from tests.rooms import TestRoom
from tests.ui.conftest import add_blog, add_entry, settle


class CountingViews:
    """Real views that remember which rows were asked for."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self.asked: list[EntryId] = []
        self.orders = 0

    def rows(self, entries: tuple[EntryId, ...]) -> tuple[EntryRow, ...]:
        self.asked += entries
        return self._views.rows(entries)

    def timeline(self, *which: Any) -> tuple[EntryId, ...]:
        self.orders += 1
        return self._views.timeline(*which)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._views, name)


def long_blog(at: TestRoom, count: int = 200) -> BlogId:
    blog = add_blog(at, "A long one")
    for number in range(count):
        add_entry(at, blog, f"Entry {number}")
    return blog


def test_a_long_timeline_reads_only_a_chunk_to_show_its_top(at: TestRoom) -> None:
    blog = long_blog(at)
    views = CountingViews(at.views)
    model = TimelineModel(views)
    model.show(blog)
    assert model.rowCount() == 200
    assert views.asked == []
    assert model.row(0).headline == "Entry 199"  # type: ignore[union-attr]
    assert len(views.asked) == CHUNK


def test_only_a_touched_row_is_read_again(at: TestRoom) -> None:
    blog = long_blog(at)
    views = CountingViews(at.views)
    model = TimelineModel(views)
    model.show(blog)
    model.row(0)
    views.asked, views.orders = [], 0
    entry = model.ids()[3]
    content = at.views.entry(entry).content
    changes = writing.save_draft(
        at.room, entry, type(content)(headline="Other words", time=content.time)
    )
    told: list[int] = []
    model.dataChanged.connect(lambda first, last: told.append(first.row()))
    model.follow(changes)
    assert views.asked == [entry]
    assert views.orders == 0
    assert told == [3]
    assert model.row(3).headline == "Other words"  # type: ignore[union-attr]


def test_a_new_entry_comes_on_top_without_a_reset(at: TestRoom) -> None:
    blog = long_blog(at, 5)
    model = TimelineModel(at.views)
    model.show(blog)
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    entry = add_entry(at, blog, "Fresh")
    model.follow(at.told[-1])
    assert model.ids()[0] == entry
    assert model.place(entry) == 0
    assert resets == []


def test_a_change_of_another_process_renews_everything(at: TestRoom) -> None:
    blog = long_blog(at, 5)
    model = TimelineModel(at.views)
    model.show(blog)
    add_entry(at, blog, "From elsewhere")
    model.follow(Changes(everything=True))
    assert model.rowCount() == 6


def test_the_window_lays_out_only_what_is_on_the_screen(window: MainWindow, at: TestRoom) -> None:
    blog = long_blog(at)
    window.show_blog(blog)
    settle()
    assert len(window.timeline.list._cards) < 30


def test_chips_filter_the_timeline(window: MainWindow, at: TestRoom) -> None:
    entry = window.timeline.model.ids()[0]
    release.publish(at.room, entry)
    window.timeline.choose(Filter.DRAFTS)
    assert entry not in window.timeline.model.ids()
    assert len(window.timeline.model.ids()) == 4
    window.timeline.choose(Filter.ALL)
    assert len(window.timeline.model.ids()) == 5


def test_search_finds_words_in_any_script_and_says_when_it_finds_none(window: MainWindow) -> None:
    pane = window.timeline
    for wish, found in (("bridge", 1), ("الجسر", 1), ("पुल", 1), ("nowhere", 0)):
        pane.search.setText(wish)
        pane._search_now()
        assert len(pane.model.ids()) == found, wish
    assert pane._stack.currentWidget() is pane._empty
    QTest.keyClick(pane.search, Qt.Key.Key_Escape)
    pane._search_now()
    assert len(pane.model.ids()) == 5


def test_arrows_select_and_open_the_neighbour(window: MainWindow) -> None:
    entries = window.timeline.model.ids()
    window.timeline.list.select(entries[0])
    QTest.keyClick(window.timeline.list, Qt.Key.Key_Down)
    assert window.timeline.list.current() == entries[1]
    assert window.composer is not None
    assert window.composer.entry == entries[1]
    QTest.keyClick(window.timeline.list, Qt.Key.Key_End)
    assert window.composer.entry == entries[-1]


def test_what_is_selected_stays_selected_when_an_entry_comes_on_top(
    window: MainWindow, at: TestRoom
) -> None:
    entry = window.timeline.model.ids()[2]
    window.open_entry(entry)
    blog = window.timeline.blog()
    assert blog is not None
    add_entry(at, blog, "Fresh")
    assert window.timeline.list.current() == entry
    assert window.timeline.model.place(entry) == 3


@given(
    st.lists(st.integers(0, 400), min_size=1, max_size=70),
    st.lists(st.tuples(st.integers(0, 69), st.integers(0, 400)), max_size=30),
)
def test_heights_are_sums_of_their_rows(start: list[int], later: list[tuple[int, int]]) -> None:
    heights = Heights(len(start), 110)
    plain = [110] * len(start)
    for row, height in [*enumerate(start), *later]:
        row %= len(start)
        heights.set(row, height)
        plain[row] = height
    assert heights.total == sum(plain)
    for row in range(len(plain)):
        assert heights.top(row) == sum(plain[:row])
        if plain[row]:
            assert heights.at(sum(plain[:row])) == row
            assert heights.at(sum(plain[: row + 1]) - 1) == row
    assert heights.at(10**9) == len(plain) - 1

"""Choosing between two texts in the window, by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.content.merge import Choice, Own
from editor.domain.entry import Origin
from editor.domain.ids import EntryId, TargetId
from editor.sync.delivery import Phase
from editor.ui.conflict.page import ConflictPage
from editor.ui.conflict.row import EDIT, Row
from editor.ui.main_window import MainWindow
from editor.ui.pool import Pool
from editor.ui.theme.theme import Appearance
from tests.clashing import clash, of_the_desk, overtake
from tests.rooms import NOON, TestRoom
from tests.ui.conftest import settle

QUOTE = Quote(text="We stay.", speaker="River engineer")
BASE = Content(
    headline="وصل الماء إلى الجسر",
    time=NOON,
    body=(Text(text="He did not confirm."), Text(text="洪水到达旧桥"), QUOTE),
)
MINE = replace(
    BASE, body=(Text(text="He did confirm."), BASE.body[1], replace(QUOTE, role="Water board"))
)
THEIRS = replace(
    BASE,
    headline="الماء عند الجسر",
    body=(Text(text="He did not confirm or deny."), BASE.body[1], replace(QUOTE, how="by phone")),
)
QUOTED = replace(QUOTE, role="Water board", how="by phone")


def taken(text: str) -> Content:
    """What stays where the first text is this one: all else was put together."""
    return replace(THEIRS, body=(Text(text=text), BASE.body[1], QUOTED))


@pytest.fixture
def entry(window: MainWindow) -> EntryId:
    blog = window.timeline.blog()
    assert blog is not None
    from editor.desk.writing import new_entry

    (made,) = new_entry(window.room, blog, BASE).entries
    settle()
    return made


@pytest.fixture
def page(window: MainWindow, at: TestRoom, entry: EntryId) -> ConflictPage:
    """The page, opened from the composer's banner."""
    clash(at.room, entry, BASE, MINE, THEIRS)
    settle()
    window.go_to(entry)
    settle()
    assert window.composer is not None
    banner = window.composer.frame.banner
    assert banner.text == "The desk changed this too. Choose what stays."
    QTest.mouseClick(banner._button, Qt.MouseButton.LeftButton)
    settle()
    return current(window)


def current(window: MainWindow) -> ConflictPage:
    found = window.whole.currentWidget()
    assert isinstance(found, ConflictPage)
    return found


def clashing(page: ConflictPage) -> Row:
    (number,) = page.choices.clashes()
    return page.rows[number]


def press(row: Row, name: str) -> None:
    QTest.mouseClick(row.button(name), Qt.MouseButton.LeftButton)
    settle()


def key(which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, which, modifier)
    settle()


def write(text: str) -> None:
    """Writes as an input method does: QTest's keys know ASCII only."""
    focus = QApplication.focusWidget()
    assert focus is not None
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focus, event)
    settle()


def target(window: MainWindow, entry: EntryId) -> TargetId:
    (row,) = window.views.entry(entry).deliveries
    return row.target


def closed(window: MainWindow) -> bool:
    return not isinstance(window.whole.currentWidget(), ConflictPage)


def test_the_first_place_to_choose_has_the_keyboard_and_nothing_is_used_before(
    page: ConflictPage, window: MainWindow, entry: EntryId
) -> None:
    row = clashing(page)
    assert row.button(Choice.MINE).hasFocus()
    assert not page.use_button.isEnabled()
    assert page.said == "1 of 1 place still to choose."
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not closed(window)
    assert window.views.conflict(entry, target(window, entry)) is not None


def test_a_choice_is_made_undone_and_made_again_by_keys(page: ConflictPage) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Space)
    assert page.choices.result() == taken("He did not confirm or deny.")
    assert page.use_button.isEnabled()
    key(Qt.Key.Key_Z, control)
    assert page.choices.result() is None
    assert not page.use_button.isEnabled()
    key(Qt.Key.Key_Z, control | shift)
    assert page.choices.result() == taken("He did not confirm or deny.")
    assert clashing(page).button(Choice.THEIRS).isChecked()


def test_mine_waits_for_the_desk_and_theirs_stays_public(
    page: ConflictPage, window: MainWindow, entry: EntryId
) -> None:
    press(clashing(page), Choice.MINE)
    QTest.mouseClick(page.use_button, Qt.MouseButton.LeftButton)
    settle()
    assert closed(window)
    after = window.views.entry(entry)
    assert after.content == taken("He did confirm.")
    assert (after.public, after.entry.submitted) == (THEIRS, after.entry.head)
    assert after.deliveries[0].phase is Phase.DONE
    origins = [row.origin for row in window.views.history(entry)]
    assert origins[:2] == [Origin.MERGE, Origin.DESK]
    assert window.composer is not None
    assert window.composer.text == after.content
    assert window.views.conflict(entry, after.deliveries[0].target) is None


def test_theirs_throughout_needs_no_review(
    page: ConflictPage, window: MainWindow, entry: EntryId
) -> None:
    for row in page.rows.values():
        press(row, Choice.THEIRS)
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    after = window.views.entry(entry)
    assert (after.content, after.public, after.entry.submitted) == (THEIRS, THEIRS, None)
    contents = [window.views.revision_content(row.id) for row in window.views.history(entry)]
    assert MINE in contents


def test_both_stay_one_after_the_other(page: ConflictPage) -> None:
    press(clashing(page), Choice.BOTH)
    made = page.choices.result()
    assert made is not None
    assert made.body[:2] == (MINE.body[0], THEIRS.body[0])


def test_a_place_is_written_anew_and_each_pause_can_be_undone(page: ConflictPage) -> None:
    row = clashing(page)
    press(row, EDIT)
    write("Nobody knows. ")
    page._settle()
    (number,) = page.choices.clashes()
    assert page.choices.at(number) == Own((Text(text="Nobody knows. He did confirm."),))
    key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.choices.at(number) == Own((Text(text="He did confirm."),))


def test_what_was_typed_last_is_used(
    page: ConflictPage, window: MainWindow, entry: EntryId
) -> None:
    press(clashing(page), EDIT)
    write("פה: ")
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert closed(window)
    assert window.views.entry(entry).content == taken("פה: He did confirm.")


def test_a_headline_is_written_anew(page: ConflictPage) -> None:
    press(page.rows[0], EDIT)
    write(" 桥")
    page._settle()
    assert page.shown_result().headline == f"{THEIRS.headline} 桥"


def test_going_away_leaves_everything(
    page: ConflictPage, window: MainWindow, entry: EntryId
) -> None:
    before = window.views.entry(entry)
    press(clashing(page), EDIT)
    key(Qt.Key.Key_Escape)
    assert not closed(window)
    key(Qt.Key.Key_Escape)
    assert closed(window)
    assert window.views.entry(entry) == before
    assert window.views.conflict(entry, target(window, entry)) is not None


def test_the_windows_keys_wait_while_the_page_stands(
    page: ConflictPage, window: MainWindow
) -> None:
    assert not any(action.isEnabled() for action in page.held)
    held = page.held
    key(Qt.Key.Key_Escape)
    assert held
    assert all(action.isEnabled() for action in held)


def test_the_next_place_is_reached_by_keys(page: ConflictPage) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    rows = list(page.rows.values())
    here = rows.index(clashing(page))
    key(Qt.Key.Key_Down, alt)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert rows[here + 1].isAncestorOf(focus)
    key(Qt.Key.Key_Up, alt)
    key(Qt.Key.Key_Up, alt)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert rows[here - 1].isAncestorOf(focus)


def test_a_text_that_came_meanwhile_is_shown_before_it_is_replaced(
    page: ConflictPage, window: MainWindow, at: TestRoom, entry: EntryId
) -> None:
    press(clashing(page), Choice.MINE)
    newer = of_the_desk(at.room, entry, replace(THEIRS, headline="سد"))
    with at.store.write("sync") as tx:
        conflict = tx.conflict(entry, target(window, entry))
        assert conflict is not None
        tx.put_conflict(replace(conflict, theirs=newer.id))
    settle()
    QTest.mouseClick(page.use_button, Qt.MouseButton.LeftButton)
    settle()
    again = current(window)
    assert again is not page
    assert again.texts.theirs.headline == "سد"
    assert not again.use_button.isEnabled()


def test_it_fits_the_narrowest_window_and_follows_the_theme(
    page: ConflictPage, window: MainWindow
) -> None:
    window.resize(720, 560)
    settle()
    assert page.width() <= 720
    row = clashing(page)
    assert not row.cells[0].isVisible()
    assert row.cells[1].isVisible()
    page._before.click()
    settle()
    assert row.cells[0].isVisible()
    page._toggle.click()
    settle()
    assert page.preview.isVisible()
    window.theme.set_appearance(Appearance.DARK)
    settle()
    window.theme.set_appearance(Appearance.SYSTEM)


def test_it_opens_from_the_outbox(window: MainWindow, at: TestRoom, entry: EntryId) -> None:
    where = clash(at.room, entry, BASE, MINE, THEIRS)
    settle()
    window.show_list("outbox")
    settle()
    assert window.outbox is not None
    window.outbox.conflict_asked.emit(entry, where)
    settle()
    assert current(window).texts.place


def test_a_draft_that_clashes_with_the_desks_text_is_chosen_from(
    window: MainWindow, at: TestRoom, entry: EntryId
) -> None:
    overtake(at.room, entry, BASE, MINE, THEIRS)
    settle()
    window.go_to(entry)
    settle()
    assert window.composer is not None
    QTest.mouseClick(window.composer.frame.banner._button, Qt.MouseButton.LeftButton)
    settle()
    page = current(window)
    press(clashing(page), Choice.BOTH)
    QTest.mouseClick(page.use_button, Qt.MouseButton.LeftButton)
    settle()
    after = window.views.entry(entry)
    assert after.overtaken is None
    assert after.content.body[:2] == (MINE.body[0], THEIRS.body[0])
    assert window.composer.text == after.content
    assert window.composer.frame.banner.text != "The desk changed this entry since you began."


def test_nothing_to_choose_says_so(window: MainWindow, entry: EntryId) -> None:
    from editor.ui.making import choose

    choose(window, entry, "")
    settle()
    assert closed(window)


def test_a_photo_that_is_read_after_the_page_has_gone_is_told_to_nobody() -> None:
    waiting: list[tuple[Callable[[], object], Callable[[object], None]]] = []
    pool = Pool(lambda work, done, failed: waiting.append((work, done)))
    seen: list[object] = []
    for _ in range(2):
        pool.run(lambda: 7, seen.append, seen.append)
    (work, done), (late, told) = waiting
    done(work())
    pool.close()
    told(late())
    assert seen == [7]

"""The window: its panes, its actions, what it says, and that everything on it has a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from editor.desk import release
from editor.domain.blog import BlogStatus
from editor.problems import refuse
from editor.ui.actions import Action
from editor.ui.bridge import Connection
from editor.ui.dialogs.blog import BlogDialog
from editor.ui.dialogs.palette import Palette, score, show_palette
from editor.ui.dialogs.settings import show_settings
from editor.ui.dialogs.shortcuts import show_shortcuts
from editor.ui.kit.buttons import Button
from editor.ui.main_window import MainWindow
from editor.ui.theme.theme import Appearance
from tests.rooms import NOON, TestRoom
from tests.ui.conftest import settle


def test_first_run_makes_a_live_blog_and_shows_it(empty_window: MainWindow) -> None:
    assert empty_window.whole.currentWidget() is empty_window._first_run
    empty_window.registry.run("blog.new")
    dialog = empty_window.findChild(BlogDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.fields["headline"].control, "Flood in the delta")
    dialog.accept()
    settle()
    assert empty_window.whole.currentWidget() is empty_window._desktop
    assert [blog.headline for blog in empty_window.blogs] == ["Flood in the delta"]
    assert empty_window.timeline.blog() == empty_window.blogs[0].id


def test_first_run_makes_the_sample_in_the_pool(empty_window: MainWindow) -> None:
    (button,) = (b for b in empty_window.findChildren(Button) if "sample" in b.text())
    button.click()
    for _ in range(200):
        settle()
        if empty_window.blogs:
            break
        QTest.qWait(10)
    assert [blog.headline for blog in empty_window.blogs] == ["The sample"]


def test_the_dialog_says_at_the_field_what_is_wrong_and_keeps_nothing(window: MainWindow) -> None:
    dialog = BlogDialog(window.theme, window, window.room)
    dialog.accept()
    assert dialog.fields["headline"].wrong() == "Give it a headline."
    QTest.keyClicks(dialog.fields["headline"].control, "Flood")
    QTest.keyClicks(dialog.fields["slug"].control, "Not An Address")
    dialog.accept()
    assert dialog.fields["headline"].wrong() == ""
    assert "small letters" in dialog.fields["slug"].wrong()
    zone = dialog.fields["timezone"].control
    assert isinstance(zone, QComboBox)
    zone.setEditText("Mars/Olympus")
    slug = dialog.fields["slug"].control
    assert isinstance(slug, QLineEdit)
    slug.clear()
    dialog.accept()
    assert "Mars/Olympus" in dialog.fields["timezone"].wrong()
    assert len(window.views.blogs()) == 2
    dialog.reject()


def test_new_entry_is_on_top_and_open(window: MainWindow) -> None:
    window.registry.run("entry.new")
    settle()
    assert window.composer is not None
    assert window.timeline.model.ids()[0] == window.composer.entry
    assert window.timeline.list.current() == window.composer.entry


def test_ending_a_blog_can_be_undone(window: MainWindow) -> None:
    blog = window.timeline.blog()
    window.registry.run("blog.end")
    row = window.blog_row(blog)
    assert row is not None and row.status is BlogStatus.ENDED
    window.notice._act()
    row = window.blog_row(blog)
    assert row is not None and row.status is BlogStatus.LIVE


def test_shortcuts_are_unique(window: MainWindow) -> None:
    keys = Counter(action.keys for action in window.registry.all() if action.keys)
    assert [key for key, times in keys.items() if times > 1] == []


def test_the_palette_finds_every_action_by_its_name(window: MainWindow) -> None:
    palette = Palette(window)
    for action in window.registry.possible():
        assert palette.hits(action.text)[0].text == action.text
    palette.close()


def test_the_palette_runs_every_action(window: MainWindow) -> None:
    ran: list[str] = []

    def note(name: str) -> Callable[[], object]:
        return lambda: ran.append(name)

    for action in window.registry.all():
        noted = Action(id=action.id, text=action.text, slot=note(action.id))
        window.registry.add(noted, bind=False)
    for action in window.registry.all():
        palette = show_palette(window)
        palette.field.setText(action.text)
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        settle()
    assert ran == [action.id for action in window.registry.all()]


def test_the_palette_finds_blogs_and_entries(window: MainWindow) -> None:
    palette = Palette(window)
    assert palette.hits("budget")[0].text == "Budget day"
    assert "洪水到达旧桥" in [hit.text for hit in palette.hits("洪水")]
    palette.close()


def test_fuzzy_scores_prefer_the_beginnings_of_words() -> None:
    assert score("new", "New entry") > score("new", "Renew it") > 0
    assert score("nlb", "New live blog…") > 0
    assert score("entry new", "New entry") > 0
    assert score("xyz", "New entry") == 0


def test_it_works_at_its_smallest_and_stacks(window: MainWindow) -> None:
    window.resize(720, 560)
    settle()
    assert window.size().toTuple() == (720, 560)
    assert window.panes.narrow
    assert window.timeline.isVisible() and not window.right.isVisible()
    entry = window.timeline.model.ids()[1]
    window.timeline.opened.emit(entry)
    assert window.right.isVisible() and not window.timeline.isVisible()
    window.registry.run("go.back")
    assert window.timeline.isVisible() and not window.right.isVisible()
    window.resize(1440, 900)
    settle()
    assert window.timeline.isVisible() and window.right.isVisible() and window.side.isVisible()


def test_it_remembers_its_size_and_panes(window: MainWindow) -> None:
    window.panes.restore([210, 350, 640])
    window.resize(780, 600)
    settle()
    sizes = window.panes.state()
    window.close()
    again = MainWindow(window.room, window.views, window.bridge, window.office)
    again.show()
    settle()
    assert again.size().toTuple() == (780, 600)
    assert again.panes.state() == sizes
    again.close()
    again.deleteLater()


@pytest.mark.parametrize("appearance", list(Appearance))
def test_every_control_has_a_name(window: MainWindow, appearance: Appearance) -> None:
    window.theme.set_appearance(appearance)
    sheets: list[QWidget] = [
        window,
        show_settings(window),
        show_shortcuts(window),
        show_palette(window),
        BlogDialog(window.theme, window, window.room),
    ]
    window.show_list("outbox")
    for sheet in sheets:
        for kind in (QAbstractButton, QLineEdit, QComboBox):
            for control in sheet.findChildren(kind):
                above = control.parentWidget()
                named = control.accessibleName() or (above and above.accessibleName())
                inner = control.objectName().startswith("qt_") or isinstance(
                    control.parent(), QLineEdit | QComboBox
                )
                assert named or inner or not control.isVisibleTo(sheet), f"{control} in {sheet}"
    for sheet in sheets[1:]:
        sheet.close()
    window.theme.set_appearance(Appearance.SYSTEM)


def test_what_is_refused_is_told_in_a_notice(window: MainWindow) -> None:
    def refused() -> None:
        raise refuse("desk-only")

    assert window.attempt(refused) is None
    assert "Only the desk" in window.notice.accessibleName()


def test_the_outbox_tells_why_it_waits_and_lets_a_request_go(
    window: MainWindow, at: TestRoom
) -> None:
    entry = window.timeline.model.ids()[0]
    release.publish(at.room, entry)
    window.bridge.tell_state(Connection(online=False, since=NOON))
    window.show_list("outbox")
    assert window.outbox is not None
    said = [label.text() for label in window.outbox.findChildren(QLabel)]
    assert "Waiting for a connection (355 bytes)." in said
    buttons = {
        button.text(): button
        for button in window.outbox.findChildren(QAbstractButton)
        if button.text()
    }
    for name in ("Retry now", "Discard…", "Details…", "Open"):
        assert buttons[name].isVisible()
    buttons["Discard…"].click()
    settle()
    said = [label.text() for label in window.outbox.findChildren(QLabel)]
    assert (
        "Give this request up? The place keeps what it has, and your text stays as it is." in said
    )
    (card,) = window.outbox.cards()
    card.asked.emit("discard_sure", card.row)
    settle()
    assert window.outbox.cards() == ()
    assert window.views.entry(entry).content.headline == "Water at the bridge"


def test_offline_is_told_with_its_time_in_the_blogs_zone(window: MainWindow) -> None:
    window.status.show_connection(Connection(online=False, since=NOON), ())
    said = window.status._sentence.text()
    assert said == "Offline since 13:00 — everything is saved on this laptop"
    assert window.status._time.text().startswith("Europe/Budapest · 13:")


def test_the_desks_lists_say_how_long_they_waited(window: MainWindow, at: TestRoom) -> None:
    for entry in window.timeline.model.ids()[:2]:
        release.submit(at.room, entry)
        at.clock.forward(minutes=4)
    window.show_list("review")
    assert window.timeline._note.text() == "Oldest first · 2 waiting, longest 8 min"
    assert len(window.timeline.model.ids()) == 2

"""The outbox in the window: what needs a person on top, the buttons that make sense, and what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from editor.desk import notices, outbox
from editor.domain.blog import AccountState
from editor.domain.ids import AccountId, EntryId
from editor.sync.delivery import Phase
from editor.sync.report import Sending, SyncState
from editor.ui.bridge import Bridge, Connection
from editor.ui.dialogs.delivery_log import DeliveryLogSheet
from editor.ui.dialogs.sign_in import SignInSheet
from editor.ui.main_window import MainWindow
from editor.ui.outbox.asked import News, Question
from editor.ui.outbox.card import SURE, Card
from editor.ui.outbox.view import OutboxView
from tests.outbox_rows import Outbox
from tests.rooms import TestRoom
from tests.ui.conftest import DeskOffice, settle


@pytest.fixture
def filled(at: TestRoom) -> Outbox:
    return Outbox(at.room)


@pytest.fixture
def sending(filled: Outbox) -> Sending:
    return filled.every_state()


@pytest.fixture
def shown(
    qapp: QApplication, at: TestRoom, filled: Outbox, sending: Sending
) -> Iterator[OutboxView]:
    """The outbox of a profile with a row in every state, while one of them is being sent."""
    bridge = Bridge(at.feed)
    window = MainWindow(at.room, at.views, bridge, DeskOffice(at))
    window.show()
    settle()
    window.show_list("outbox")
    sync = SyncState(online=True, sending=sending)
    bridge.tell_state(Connection(sending=True, done=120_000, total=412_000, sync=sync))
    settle()
    assert window.outbox is not None
    yield window.outbox
    window.close()
    bridge.close()
    window.deleteLater()
    settle()


def window_of(view: OutboxView) -> MainWindow:
    window = view.window()
    assert isinstance(window, MainWindow)
    return window


def office(view: OutboxView) -> DeskOffice:
    made = window_of(view).office
    assert isinstance(made, DeskOffice)
    return made


def card(view: OutboxView, headline: str) -> Card:
    (found,) = (each for each in view.cards() if each.row.headline.startswith(headline))
    return found


def press(where: object, text: str) -> None:
    """Presses the button with these words, as a mouse does."""
    assert hasattr(where, "findChildren")
    (button,) = (
        each
        for each in where.findChildren(QAbstractButton)
        if each.text() == text and each.isVisibleTo(where)
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def wait_until(happened: Callable[[], bool]) -> None:
    """Lets the pool work until it has happened."""
    for _ in range(500):
        settle()
        if happened():
            return
        QTest.qWait(10)
    raise AssertionError("it never happened")


def titles(view: OutboxView) -> list[str]:
    words = ("Needs you", "What the desk did", "On its way")
    return [label.text() for label in view.findChildren(QLabel) if label.text() in words]


def phase(at: TestRoom, entry: EntryId) -> list[Phase]:
    return [each.phase for each in at.views.entry(entry).deliveries]


def test_what_needs_you_stands_on_top(shown: OutboxView) -> None:
    said = [each.row.headline.split()[0] for each in shown.cards()]
    assert said[:4] == ["Shelter", "Ferry", "Sandbags", "Gauge"]
    assert sorted(titles(shown)) == sorted(["Needs you", "What the desk did", "On its way"])


def test_every_row_has_the_buttons_that_make_sense(shown: OutboxView) -> None:
    assert {each.row.headline.split()[0]: each.names() for each in shown.cards()} == {
        "Shelter": ("choose", "details", "open"),
        "Ferry": ("send_again", "leave", "details", "open"),
        "Sandbags": ("retry", "discard", "details", "open"),
        "Gauge": ("sign_in", "discard", "details", "open"),
        "Water": ("details", "open"),
        "Second": ("retry", "details", "open"),
        "Rail": ("retry", "discard", "details", "open"),
        "Mayor:": ("retry", "discard", "details", "open"),
        "Volunteers": ("retry", "details", "open"),
        "The": ("discard", "details", "open"),
        "What": ("discard", "details", "open"),
        "وصل": ("retry", "discard", "details", "open"),
        "Power": ("retry", "discard", "details", "open"),
    }


def test_progress_is_shown_in_its_row_and_keeps_the_focus(
    shown: OutboxView, sending: Sending
) -> None:
    row = card(shown, "Water")
    assert row.sentence == "Sending 120 of 412 KB."
    row.setFocus()
    later = Sending(entry=sending.entry, target=sending.target, done=300_000, bytes=412_000)
    window_of(shown).bridge.tell_state(Connection(sync=SyncState(online=True, sending=later)))
    assert card(shown, "Water") is row
    assert row.sentence == "Sending 300 of 412 KB."
    assert row.hasFocus()


def test_choosing_is_asked_of_the_window(shown: OutboxView) -> None:
    asked: list[tuple[str, str]] = []
    shown.conflict_asked.connect(lambda entry, target: asked.append((entry, target)))
    row = card(shown, "Shelter").row
    press(card(shown, "Shelter"), "Choose…")
    assert asked == [(row.entry, row.target)]


def test_retrying_wakes_the_worker(shown: OutboxView, at: TestRoom, filled: Outbox) -> None:
    press(card(shown, "Sandbags"), "Retry now")
    assert Phase.PENDING in phase(at, filled.entries["Sandbags reach the market"])
    assert office(shown).woken == 1


def test_discarding_asks_first_and_never_touches_the_text(
    shown: OutboxView, at: TestRoom, filled: Outbox
) -> None:
    entry = filled.entries["Sandbags reach the market"]
    before = at.views.entry(entry).content
    press(card(shown, "Sandbags"), "Discard…")
    row = card(shown, "Sandbags")
    assert row.sentence == SURE
    assert row.names() == ("keep", "discard_sure")
    press(row, "Keep it")
    assert row.sentence == "Refused. This is too large for newsroom.example."
    press(row, "Discard…")
    press(row, "Discard the request")
    assert entry not in [each.row.entry for each in shown.cards()]
    assert at.views.entry(entry).content == before


def test_the_question_is_put_away_when_the_row_goes_on_by_itself(
    shown: OutboxView, at: TestRoom, filled: Outbox
) -> None:
    press(card(shown, "Power"), "Discard…")
    found = card(shown, "Power").row
    there = Sending(entry=found.entry, target=found.target, done=1, bytes=2000)
    window_of(shown).bridge.tell_state(Connection(sync=SyncState(online=True, sending=there)))
    assert card(shown, "Power").names() == ("details", "open")


def test_what_the_desk_took_down_is_sent_again_or_left(shown: OutboxView) -> None:
    press(card(shown, "Ferry"), "Leave it")
    assert "Ferry runs again" not in [each.row.headline for each in shown.cards()]
    assert office(shown).woken == 0


def test_signing_in_lets_the_account_go_on(shown: OutboxView, at: TestRoom) -> None:
    press(card(shown, "Gauge"), "Sign in…")
    (sheet,) = window_of(shown).findChildren(SignInSheet)
    QTest.keyClicks(sheet.field.control, "wrong")
    press(sheet, "Sign in")
    wait_until(lambda: bool(sheet.field.wrong()))
    assert "does not accept the account" in sheet.field.wrong()
    assert isinstance(sheet.field.control, QLineEdit)
    assert sheet.field.control.displayText() != "wrong"
    sheet.field.control.clear()
    QTest.keyClicks(sheet.field.control, office(shown).secret)
    QTest.keyClick(sheet.field.control, Qt.Key.Key_Return)
    wait_until(lambda: office(shown).woken == 1)
    assert at.views.account(AccountId("partner.example")).state is AccountState.READY
    assert card(shown, "Gauge").sentence == "Saved on this laptop: waits its turn."


def test_pausing_is_kept_and_told_and_undone(shown: OutboxView, at: TestRoom) -> None:
    press(shown, "Pause")
    states = {account.state for account in at.views.accounts()}
    assert AccountState.PAUSED in states
    assert "Paused" in window_of(shown).status.sentence
    assert card(shown, "Power").sentence == "Paused: nothing is sent until you resume."
    press(shown, "Resume")
    assert AccountState.PAUSED not in {account.state for account in at.views.accounts()}
    assert "Paused" not in window_of(shown).status.sentence


def test_retrying_all_leaves_choices_to_the_person(
    shown: OutboxView, at: TestRoom, filled: Outbox
) -> None:
    press(shown, "Retry all")
    assert office(shown).woken == 1
    assert Phase.CONFLICT in phase(at, filled.entries["Ferry runs again"])
    assert Phase.REFUSED not in phase(at, filled.entries["Sandbags reach the market"])


@pytest.mark.parametrize("answer", ["They were taken down", "Send them again"])
def test_many_gone_at_once_is_answered_once(
    shown: OutboxView, at: TestRoom, filled: Outbox, answer: str
) -> None:
    (asked,) = shown.findChildren(Question)
    assert "12 entries are gone from mirror.example at once" in asked.accessibleName()
    press(asked, answer)
    assert [each for each in shown.findChildren(Question) if each.isVisible()] == []
    with at.store.read() as tx:
        assert tx.watch(filled.targets["mirror.example"]).emptied == 0
    assert "target-emptied" not in [each.problem.code for each in at.views.notices()]
    assert office(shown).woken == 1


def test_news_is_opened_or_dismissed(shown: OutboxView, at: TestRoom) -> None:
    first = next(each for each in shown.findChildren(News) if each.isVisible())
    number = len(at.views.notices())
    press(first, "Open")
    composer = window_of(shown).composer
    assert composer is not None
    assert composer.view is not None
    assert composer.view.content.headline in first.accessibleName()
    press(first, "Dismiss")
    assert len(at.views.notices()) == number - 1


def test_a_notice_is_seen_once(at: TestRoom, filled: Outbox, sending: Sending) -> None:
    (first, *rest) = at.views.notices()
    assert notices.seen(at.room, first.id)
    assert [each.id for each in at.views.notices()] == [each.id for each in rest]
    assert not notices.seen(at.room, first.id)


def test_it_is_used_without_a_mouse(shown: OutboxView) -> None:
    first, second, third = shown.cards()[:3]
    window_of(shown).registry.run("go.list")
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Down)
    assert third.hasFocus()
    QTest.keyClick(third, Qt.Key.Key_Delete)
    assert third.sentence == SURE
    button = QApplication.focusWidget()
    assert isinstance(button, QAbstractButton)
    assert button.text() == "Keep it"
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert third.sentence != SURE
    third.setFocus()
    QTest.keyClick(third, Qt.Key.Key_Return)
    composer = window_of(shown).composer
    assert composer is not None
    assert composer.entry == third.row.entry


def test_what_was_decided_leaves_the_list(shown: OutboxView, at: TestRoom) -> None:
    for row in at.views.outbox():
        if row.phase is Phase.IN_DOUBT or row.text_only:
            continue
        if row.problem is not None and row.problem.code == "remote-gone":
            outbox.leave_down(at.room, row.entry, row.target)
        else:
            outbox.discard(at.room, row.entry, row.target)
    settle()
    assert [each.row.headline.split()[0] for each in shown.cards()] == ["Second", "Volunteers"]


def test_an_empty_outbox_says_that_all_is_sent(window: MainWindow) -> None:
    window.show_list("outbox")
    assert window.outbox is not None
    said = [label.text() for label in window.outbox.findChildren(QLabel) if label.isVisible()]
    assert "All sent" in said
    assert not any("waiting" in each for each in said)


def test_the_delivery_log_shows_each_request_and_copies_it_for_support(
    shown: OutboxView, filled: Outbox
) -> None:
    press(card(shown, "Second"), "Details…")
    (sheet,) = window_of(shown).findChildren(DeliveryLogSheet)
    assert sheet.table.rowCount() == 5
    first = [sheet.table.item(0, at) for at in range(sheet.table.columnCount())]
    assert [item.text() for item in first if item is not None][1:4] == [
        "Look it up",
        "Did not happen, 0.4 s",
        "429",
    ]
    said = " ".join(label.text() for label in sheet.findChildren(QLabel))
    assert "newsroom.example: Not sure it arrived: checking at 13:07." in said
    press(sheet, "Copy for support")
    copied = QGuiApplication.clipboard().text()
    assert "9f2c77b0" in copied
    assert "convoy" not in copied
    sheet.close()


def test_the_log_is_found_from_the_entrys_menus_too(shown: OutboxView, filled: Outbox) -> None:
    window = window_of(shown)
    window.open_entry(filled.entries["Second convoy leaves for the coast"])
    assert window.composer is not None
    assert "deliveries" in window.composer.frame.foot.names()
    window.composer.verbs.do("deliveries")
    (sheet,) = window.findChildren(DeliveryLogSheet)
    sheet.close()


def test_a_clock_that_is_wrong_is_told_until_it_is_dismissed(window: MainWindow) -> None:
    def told() -> list[str]:
        found = window.status.findChildren(QLabel)
        return [label.text() for label in found if "clock" in label.text() and label.isVisible()]

    window.bridge.tell_state(Connection(skew=12.0))
    assert told() == []
    window.bridge.tell_state(Connection(skew=184.0))
    assert told() == [
        "This laptop’s clock is 3 min ahead of the server’s. Scheduled times follow the server’s."
    ]
    window.bridge.tell_state(Connection(skew=1.0))
    assert told() == []

"""Coming back needs no click: the network's return, a look at the window and a public entry make it ask again."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from editor.desk import accounts
from editor.domain.entry import Stage
from editor.ui.bridge import Connection
from editor.ui.main_window import MainWindow
from editor.ui.network import Network
from editor.ui.presence import Presence
from tests.rooms import NOON, TestRoom
from tests.ui.conftest import DeskOffice, settle


@dataclass
class Reach:
    value: int


UNKNOWN, DISCONNECTED, LOCAL, ONLINE = Reach(0), Reach(1), Reach(2), Reach(4)


class FakeInformation(QObject):
    """Tells the network's state as ``QNetworkInformation`` does."""

    reachabilityChanged = Signal(object)  # noqa: N815 - Qt's name
    transportMediumChanged = Signal(object)  # noqa: N815 - Qt's name


@pytest.fixture
def system(qapp: QApplication) -> FakeInformation:
    return FakeInformation()


@pytest.fixture
def presence(window: MainWindow, system: FakeInformation) -> Presence:
    network = Network()
    network.listen_to(system)
    made = Presence(window, network)
    office(window).woken = office(window).pulled = 0
    return made


def office(window: MainWindow) -> DeskOffice:
    assert isinstance(window.office, DeskOffice)
    return window.office


def is_online(window: MainWindow) -> bool:
    return window.bridge.connection.online


def test_the_network_that_comes_back_wakes_the_worker_without_a_click(
    window: MainWindow, presence: Presence, system: FakeInformation
) -> None:
    system.reachabilityChanged.emit(DISCONNECTED)
    assert not is_online(window)
    assert "Offline since 13:05" in window.status.sentence
    assert office(window).woken == 0
    system.reachabilityChanged.emit(ONLINE)
    assert office(window).woken == 1
    assert is_online(window)
    assert "Offline" not in window.status.sentence


def test_a_network_that_is_only_near_wakes_the_worker_too(
    window: MainWindow, presence: Presence, system: FakeInformation
) -> None:
    system.reachabilityChanged.emit(DISCONNECTED)
    system.reachabilityChanged.emit(LOCAL)
    assert office(window).woken == 1


def test_another_way_to_the_network_wakes_the_worker(
    window: MainWindow, presence: Presence, system: FakeInformation
) -> None:
    system.transportMediumChanged.emit(3)
    assert office(window).woken == 1
    system.reachabilityChanged.emit(DISCONNECTED)
    system.transportMediumChanged.emit(0)
    assert office(window).woken == 1


def test_a_network_nobody_can_tell_of_changes_nothing(
    window: MainWindow, presence: Presence, system: FakeInformation
) -> None:
    system.reachabilityChanged.emit(UNKNOWN)
    assert is_online(window)
    assert office(window).woken == 0


def test_a_server_that_answered_since_is_believed_more_than_the_system(
    window: MainWindow, presence: Presence, system: FakeInformation, at: TestRoom
) -> None:
    system.reachabilityChanged.emit(DISCONNECTED)
    window.bridge.tell_state(Connection(online=True, since=NOON))
    assert not is_online(window)
    at.clock.forward(minutes=1)
    window.bridge.tell_state(Connection(online=True, since=at.clock.now()))
    assert is_online(window)


def test_a_network_that_goes_while_a_photo_is_sent_is_told_at_once(
    window: MainWindow, presence: Presence, system: FakeInformation
) -> None:
    window.bridge.tell_state(Connection(online=True, sending=True, done=1, total=2))
    system.reachabilityChanged.emit(DISCONNECTED)
    assert not is_online(window)


def test_what_is_being_sent_is_believed_more_than_the_system(
    window: MainWindow, presence: Presence, system: FakeInformation
) -> None:
    system.reachabilityChanged.emit(DISCONNECTED)
    window.bridge.tell_state(Connection(online=True, sending=True, done=1, total=2))
    assert is_online(window)
    window.bridge.tell_state(Connection(online=True))
    assert is_online(window)


def test_a_look_at_the_window_asks_for_others_changes_but_not_at_each_blink(
    window: MainWindow, presence: Presence, at: TestRoom
) -> None:
    active = Qt.ApplicationState.ApplicationActive
    presence._on_state(active)
    presence._on_state(Qt.ApplicationState.ApplicationInactive)
    at.clock.forward(seconds=14)
    presence._on_state(active)
    assert office(window).pulled == 1
    at.clock.forward(seconds=2)
    presence._on_state(active)
    assert office(window).pulled == 2


def test_a_public_entry_that_is_opened_asks_for_the_desks_changes(
    window: MainWindow, presence: Presence, at: TestRoom
) -> None:
    draft, public = window.timeline.model.ids()[:2]
    with at.store.write() as tx:
        tx.put_entry(replace(tx.entry(public), stage=Stage.PUBLISHED, published=NOON))
    settle()
    window.open_entry(draft)
    assert office(window).pulled == 0
    window.open_entry(public)
    assert office(window).pulled == 1
    window.open_entry(draft)
    at.clock.forward(seconds=16)
    window.open_entry(public)
    assert office(window).pulled == 2


def test_qts_network_comes_with_the_first_account_that_needs_one(
    window: MainWindow, at: TestRoom
) -> None:
    asked: list[bool] = []

    class Watched(Network):
        def listen(self) -> bool:
            asked.append(True)
            return False

    Presence(window, Watched())
    assert asked == []
    accounts.add_account(at.room, kind="memory", name="newsroom", settings={})
    assert asked


def test_the_systems_own_word_can_be_listened_to(qapp: QApplication) -> None:
    """Which it is depends on the machine; that asking does no harm does not."""
    network = Network()
    assert network.listen() in (True, False)
    assert network.listen() == network.listen()

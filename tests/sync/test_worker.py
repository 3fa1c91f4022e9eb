from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from editor.changes import Changes
from editor.domain.ids import BlogId, EntryId, TargetId
from editor.problems import Problem, Unavailable
from editor.sync.lock import turn_in
from editor.sync.report import PassReport, Sending, SyncState
from editor.sync.worker import Worker
from tests.sync.world import NOON, HandClock, Shelf, World

PATIENCE = 10.0


class FakeEngine:
    """Counts passes; what each reports, or raises, is put in beforehand."""

    def __init__(self, *outcomes: PassReport | Exception) -> None:
        self.outcomes = list(outcomes)
        self.passes = 0
        self.ran = Event()
        self.tell: Callable[[Sending | None], None] = lambda sending: None
        self.ended = False
        self.forgiven = 0

    def run_pass(self) -> PassReport:
        self.passes += 1
        outcome = self.outcomes.pop(0) if self.outcomes else PassReport()
        self.ran.set()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def look_again(self) -> None: ...

    def retry_now(self) -> None:
        self.forgiven += 1

    def end(self) -> None:
        self.ended = True


@contextmanager
def mine() -> Iterator[bool]:
    yield True


@pytest.fixture
def working() -> Iterator[Callable[..., tuple[Worker, list[SyncState]]]]:
    workers: list[Worker] = []

    def start(engine: Any, turn: Any = mine) -> tuple[Worker, list[SyncState]]:
        told: list[SyncState] = []
        worker = Worker(engine, turn, HandClock(), told.append)
        workers.append(worker)
        worker.start()
        assert engine.ran.wait(PATIENCE)
        return worker, told

    yield start
    for worker in workers:
        assert worker.stop(PATIENCE)


def test_a_worker_with_nothing_to_do_sleeps_without_a_timer(working: Any) -> None:
    engine = FakeEngine()
    worker, _ = working(engine)
    assert worker._seconds_until(None) is None
    assert worker.stop(PATIENCE)
    assert engine.passes == 1
    assert engine.ended


def test_a_known_time_is_slept_towards_in_steps_of_a_minute(working: Any) -> None:
    worker, _ = working(FakeEngine())
    assert worker._seconds_until(NOON) == 0.05
    assert worker._seconds_until(NOON.replace(second=30)) == 30
    assert worker._seconds_until(NOON.replace(hour=23)) == 60


def test_only_what_concerns_sync_wakes_it(working: Any) -> None:
    engine = FakeEngine()
    worker, _ = working(engine)
    woken: list[bool] = []
    worker.wake = lambda: woken.append(True)
    entry = frozenset({EntryId("e")})
    worker.heard(Changes(entries=entry, origin="composer"))
    worker.heard(Changes(deliveries=entry, entries=entry, origin="sync"))
    assert woken == []
    worker.heard(Changes(deliveries=entry))
    worker.heard(Changes(blogs=frozenset({BlogId("b")})))
    worker.heard(Changes(accounts=True))
    worker.heard(Changes(everything=True))
    assert len(woken) == 4


def test_waking_runs_a_pass_and_retrying_forgives_hosts(working: Any) -> None:
    engine = FakeEngine()
    worker, _ = working(engine)
    engine.ran.clear()
    worker.retry_now()
    assert engine.ran.wait(PATIENCE)
    assert engine.forgiven == 1


def test_a_mistake_and_a_locked_store_do_not_end_the_thread(
    working: Any, expected_log: Callable[[str], None]
) -> None:
    expected_log("a pass ended by a mistake of ours")
    expected_log("the store does not answer: store-locked")
    locked = Unavailable(Problem(code="store-locked"))
    engine = FakeEngine(KeyError("x"), locked)
    worker, _ = working(engine)
    for _ in range(2):
        engine.ran.clear()
        worker.wake()
        assert engine.ran.wait(PATIENCE)
    assert engine.passes == 3


def test_the_state_tells_since_when_the_network_answers(working: Any) -> None:
    engine = FakeEngine(PassReport(online=False, waiting=3), PassReport(), PassReport(online=True))
    worker, told = working(engine)
    for _ in range(2):
        engine.ran.clear()
        worker.wake()
        assert engine.ran.wait(PATIENCE)
    assert worker.stop(PATIENCE)
    assert [(each.online, each.waiting) for each in told] == [(False, 3), (False, 0), (True, 0)]
    assert all(each.since == NOON for each in told)


def test_what_is_being_sent_is_told(working: Any) -> None:
    engine = FakeEngine()
    worker, told = working(engine)
    sending = Sending(entry=EntryId("e"), target=TargetId("t"), done=1, bytes=2)
    assert worker.stop(PATIENCE)
    engine.tell(sending)
    assert told[-1].sending == sending


def test_a_worker_sends_for_real_and_stops(shelf: Shelf, tmp_path: Path) -> None:
    world = World(3, shelf, drafts=True, versions=True)
    settled = Event()

    def listener(state: SyncState) -> None:
        if state.sending is None and state.waiting == 0 and world.remote.public():
            settled.set()

    worker = Worker(world.engine, turn_in(tmp_path / "sync.lock"), world.clock, listener)
    world.feed.listen(worker.heard)
    worker.start()
    world.publish(world.write())
    assert settled.wait(PATIENCE)
    assert worker.stop(PATIENCE)
    assert len(world.remote.public()) == 1


def test_two_processes_never_have_the_turn_at_once(tmp_path: Path) -> None:
    path = tmp_path / "sync.lock"
    code = (
        "import sys, pathlib; from editor.sync.lock import turn_in\n"
        "with turn_in(pathlib.Path(sys.argv[1]))() as mine: print(mine)"
    )

    def other() -> str:
        command = [sys.executable, "-c", code, str(path)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    with turn_in(path)() as first:
        assert first
        assert other() == "False"
        with turn_in(path)() as second:
            assert not second
    assert other() == "True"


def test_who_has_not_the_turn_tries_again_soon() -> None:
    @contextmanager
    def theirs() -> Iterator[bool]:
        yield False

    engine = FakeEngine()
    worker = Worker(engine, theirs, HandClock(), lambda state: None)  # type: ignore[arg-type]
    due: datetime | None = worker._pass()
    assert due is not None
    assert due > NOON
    assert engine.passes == 0

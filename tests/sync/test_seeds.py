"""Volume: lives of the simulated world, each from its seed. A violation names the invariant; a line tells its story.

In a world in which nothing goes wrong everything holds. So it is counted what happened, and asked that it was enough.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from editor.sync.delivery import Phase
from tests.sync.conftest import Books
from tests.sync.volume import Tally, many
from tests.sync.world import SYSTEMS, Killed, Shelf, World, nothing_changed, run
from tests.sync.world.life import overtake, replay

THREE = ("two-phase with versions", "two-phase", "public at once")
SEEDS = 1500
OTHERS = 100

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def lived() -> Tally:
    """A few thousand lives, on every core."""
    total = Tally()
    for some in many(THREE, SEEDS):
        total.add(some)
    for some in many([name for name in SYSTEMS if name not in THREE], OTHERS):
        total.add(some)
    return total


@pytest.mark.slow
def test_nothing_is_lost_twice_or_unapproved_whatever_goes_wrong(lived: Tally) -> None:
    assert lived.lives >= 3 * SEEDS
    assert not lived.failed, "\n".join(f"{name}\n    {line}" for name, line in lived.failed[:10])


@pytest.mark.slow
def test_the_world_is_not_blind(lived: Tally) -> None:
    """Everything that can happen did happen, often enough to prove something."""
    happened = Counter(lived.counts)
    missing = {name: happened[name] for name, times in OFTEN.items() if happened[name] < times}
    assert missing == {}, "\n".join(lived.lines())


OFTEN = {
    "requests": 100_000,
    "request lost": 500,
    "reply lost": 500,
    "lands late": 500,
    "503": 500,
    "503 wait": 500,
    "504 with effect": 500,
    "429": 500,
    "401": 500,
    "no route": 500,
    "captive portal": 500,
    "hang": 500,
    "400": 50,
    "413": 50,
    "409": 50,
    "half": 50,
    "killed before request": 300,
    "killed after request": 300,
    "killed before commit": 300,
    "killed after commit": 300,
    "killed between pieces": 50,
    "reboots": 500,
    "clock set": 1000,
    "desk wrote": 1000,
    "desk took away": 500,
    "desk wiped": 50,
    "desk showed public": 100,
    "desk showed desk": 100,
    "desk text replaced": 100,
    "conflicts settled": 200,
    "drafts overtaken": 20,
    "wipes answered": 50,
    "sent again": 100,
    "left down": 50,
    "strays swept": 5,
    "texts before photos": 300,
    "notice desk-changed": 500,
    "notice desk-published": 50,
    "notice desk-merged": 100,
    "notice desk-text-replaced": 50,
    "notice target-emptied": 50,
    "merges": 100,
    "conflicts": 200,
    "embargoes kept": 300,
}


@pytest.mark.parametrize("system", ["two-phase", "public at once"])
def test_the_seeds_hold_over_the_real_store_too(system: str, sqlite: Books, shelf: Shelf) -> None:
    for seed in range(4):
        world = World(seed, shelf, system, store=sqlite)
        try:
            run(world)
        except BaseException as error:
            error.add_note(replay(seed, system))
            raise


def test_a_seed_tells_the_same_story_in_every_process() -> None:
    """Else a failing seed could not be seen again."""
    told = [
        subprocess.run(
            [sys.executable, "-m", "tests.sync.replay", "--seed", "3", "--system", "two-phase"],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": salt},
            capture_output=True,
            check=False,
        ).stdout
        for salt in ("1", "2")
    ]
    assert told[0] == told[1]
    assert told[0].count(b"\n") > 20


@pytest.mark.parametrize("system", ["two-phase with versions", "two-phase", "public at once"])
@pytest.mark.parametrize("fault", ["", "reply lost", "lands late", "504 with effect"])
def test_a_kill_at_any_point_of_a_publication_is_survived(
    system: str, fault: str, shelf: Shelf
) -> None:
    """Every point of a pass, with the fault at every request of it."""
    for request in range(5 if fault else 1):
        for point in range(100):
            world = World(request, shelf, system)
            for _ in range(2):
                world.publish(world.write())
            world.network.fault_at = {request: fault}
            world.network.kill_in = point
            died = world.pass_() is None
            world.quiet()
            if not died:
                assert point > 3
                break
        else:
            raise AssertionError("a pass has no end")


def test_a_late_correction_that_lands_on_the_next_one_is_put_right(shelf: Shelf) -> None:
    """Where we settle too soon."""
    systems = "settles too soon", "settles too soon, public at once"
    worlds = [overtake(seed, system, shelf) for seed in range(24) for system in systems]
    assert sum(world.counts["overtaken"] for world in worlds) >= 4


def test_recovery_done_twice_is_recovery_done_once(shelf: Shelf) -> None:
    """C2 RECOVERY-IDEMPOTENT"""
    for point in range(4, 12):
        world = World(1, shelf, "two-phase with versions")
        world.publish(world.write())
        world.network.kill_in = point
        with pytest.raises(Killed):
            world.engine.run_pass()
        world.start().recover()
        with nothing_changed(world):
            world.start().recover()
        with world.store.read() as tx:
            assert not tx.ops_in_flight()
            in_doubt = [row for row, _ in tx.open_deliveries() if row.phase is Phase.IN_DOUBT]
            assert len(in_doubt) <= 1

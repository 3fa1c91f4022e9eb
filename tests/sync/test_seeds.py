"""Volume: lives of the simulated world, each from its seed. A violation names the invariant; the seed repeats it."""

from __future__ import annotations

import pytest

from editor.sync.delivery import Phase
from tests.sync.world import Killed, Shelf, World, nothing_changed, run

SYSTEMS = {
    "two-phase with versions": (True, True),
    "two-phase": (True, False),
    "public at once with versions": (False, True),
    "public at once": (False, False),
}
SEEDS = 150


@pytest.mark.parametrize("system", SYSTEMS)
def test_nothing_is_lost_twice_or_unapproved_whatever_goes_wrong(system: str, shelf: Shelf) -> None:
    drafts, versions = SYSTEMS[system]
    for seed in range(SEEDS):
        world = World(seed, shelf, drafts=drafts, versions=versions)
        try:
            run(world)
        except BaseException as error:
            error.add_note(f"seed {seed}")
            raise


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("fault", ["", "reply lost", "lands late", "504 with effect"])
def test_a_kill_at_any_point_of_a_publication_is_survived(
    system: str, fault: str, shelf: Shelf
) -> None:
    """Every point of a pass, with the fault at every request of it."""
    drafts, versions = SYSTEMS[system]
    for request in range(5 if fault else 1):
        for point in range(100):
            world = World(request, shelf, drafts=drafts, versions=versions)
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


def test_recovery_done_twice_is_recovery_done_once(shelf: Shelf) -> None:
    """C2 RECOVERY-IDEMPOTENT"""
    for point in range(4, 12):
        world = World(1, shelf, drafts=True, versions=True)
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

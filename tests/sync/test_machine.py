"""The same world, driven by Hypothesis: what it finds is shrunk to the few steps that matter.

The seeds are for volume, this is for reading. ``HYPOTHESIS_PROFILE=deep`` looks for longer.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.sync.world import Shelf, World
from tests.sync.world.network import FAULTS

CHAOS = st.sampled_from((0.0, 0.0, 0.3))
DEEP = hypothesis.settings().max_examples > 1000


class Machine(RuleBasedStateMachine):
    """Hypothesis chooses the faults and kills of each request; people and chance come from a seed."""

    system = ""
    shelf: Shelf

    @initialize(seed=st.integers(0, 2**16), entries=st.integers(1, 4), two=st.booleans())
    def begin(self, seed: int, entries: int, two: bool) -> None:
        """Entries that are approved already: what is sent is what is of interest."""
        self.told: list[str] = []
        second = "public at once" if two else ""
        self.world = World(seed, self.shelf, self.system, second=second, told=self.told.append)
        for _ in range(entries):
            self.world.publish(self.world.write())

    @rule(
        faults=st.dictionaries(st.integers(0, 8), st.sampled_from(FAULTS), max_size=3),
        kill=st.none() | st.integers(0, 25),
        busy=CHAOS,
        remote=CHAOS,
    )
    def sync(self, faults: dict[int, str], kill: int | None, busy: float, remote: float) -> None:
        """A pass: the faults stand at its requests, the kill at one of its points."""
        network = self.world.network
        network.fault_at = {network.asked + number: fault for number, fault in faults.items()}
        network.kill_in = kill
        self.world.busy_desk, self.world.busy_remote = busy, remote
        self.world.pass_()
        network.kill_in = None

    @rule(seconds=st.sampled_from((1, 5, 30, 65, 130)))
    def wait(self, seconds: int) -> None:
        self.world.forward(seconds)

    @rule()
    def somebody_at_the_laptop(self) -> None:
        self.world.laptop.act()

    @rule(which=st.integers(0, 1))
    def somebody_at_the_target(self, which: int) -> None:
        self.world.desks[which % len(self.world.desks)].act()

    @rule()
    def somebody_sets_the_clock(self) -> None:
        self.world.set_clock()

    @precondition(lambda self: self.world.network.signed_out)
    @rule()
    def somebody_signs_in(self) -> None:
        self.world.sign_in()

    @invariant()
    def nothing_comes_back_by_itself(self) -> None:
        """O2"""
        self.world.rules.stand()

    @invariant()
    def nothing_that_was_saved_is_lost(self) -> None:
        """N1"""
        self.world.laptop.keep()

    def teardown(self) -> None:
        """Then everything comes to rest, and is looked at once more."""
        if hasattr(self, "world"):
            try:
                self.world.quiet()
            except BaseException as error:
                error.add_note("\n".join(self.told))
                raise


@pytest.mark.slow
@pytest.mark.parametrize("system", ["two-phase with versions", "two-phase", "public at once"])
def test_no_order_of_events_breaks_an_invariant(system: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder))
        machine = type("Machine", (Machine,), {"system": system, "shelf": shelf})
        run_state_machine_as_test(
            machine,
            settings=hypothesis.settings(
                max_examples=3000 if DEEP else 120,
                stateful_step_count=30,
                deadline=None,
                derandomize=not DEEP,
                suppress_health_check=list(hypothesis.HealthCheck),
            ),
        )

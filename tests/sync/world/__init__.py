"""The simulated world in which sync is tried."""

from tests.sync.world.backend import FlakyBackend
from tests.sync.world.furniture import Shelf
from tests.sync.world.life import live, run
from tests.sync.world.network import NOON, HandClock, Killed, Violation
from tests.sync.world.systems import SYSTEMS, System
from tests.sync.world.world import World, nothing_changed

__all__ = [
    "NOON",
    "SYSTEMS",
    "FlakyBackend",
    "HandClock",
    "Killed",
    "Shelf",
    "System",
    "Violation",
    "World",
    "live",
    "nothing_changed",
    "run",
]

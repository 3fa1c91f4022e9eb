"""The network: what becomes of requests, and at which points the process may end."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from editor.domain.ids import EntryId, TargetId

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FAULTS = (
    "request lost",
    "reply lost",
    "lands late",
    "lands late",
    "lands late",
    "503",
    "503 wait",
    "504 with effect",
    "429",
    "401",
    "no route",
    "captive portal",
    "hang",
    "400",
    "413",
    "409",
    "half",
)


class Violation(BaseException):
    """An invariant was broken; its name comes first. Not an ``Exception``: the engine's border must not catch it."""


class Killed(BaseException):
    """The process ends here: nothing of it runs any more."""


class HandClock:
    """The laptop's clocks beside the true time: one on the wall that anybody may set, and one that starts with it."""

    def __init__(self) -> None:
        self.time = NOON
        self.wrong = timedelta()
        self.booted = NOON - timedelta(hours=5)

    def now(self) -> datetime:
        """What the wall clock says."""
        return self.time + self.wrong

    def steady(self) -> float:
        """Seconds since the laptop was started."""
        return (self.time - self.booted).total_seconds()


@dataclass(frozen=True)
class Late:
    """A request that is still on its way, and will land."""

    due: datetime
    target: TargetId
    entries: tuple[EntryId, ...]
    land: Callable[[], object]


@dataclass(frozen=True)
class Gate:
    """Until when a host asked not to be called; ``process`` heard it, with the wall clock set ``sets`` times."""

    until: datetime
    process: int
    sets: int


@dataclass
class Network:
    """What becomes of requests. ``chaos`` is how often something goes wrong, from 0 to 1."""

    random: random.Random
    counts: Counter[str]
    chaos: float = 0.0
    kill_in: int | None = None
    fault_at: dict[int, str] = field(default_factory=dict)
    faults: tuple[str, ...] = FAULTS
    asked: int = 0
    storm: int = 0
    late: list[Late] = field(default_factory=list)
    gates: dict[TargetId, Gate] = field(default_factory=dict)
    signed_out: set[TargetId] = field(default_factory=set)
    unheard: set[TargetId] = field(default_factory=set)

    @property
    def gate(self) -> datetime | None:
        """Until when the host of a world with one target asked for time."""
        return max((each.until for each in self.gates.values()), default=None)

    def point(self, name: str) -> None:
        """A numbered point: the process may end here."""
        if name == "after commit":
            self.unheard.clear()
        if self.kill_in is not None:
            self.kill_in -= 1
            if self.kill_in < 0:
                self.kill_in = None
                self.counts[f"killed {name}"] += 1
                raise Killed(name)

    def died(self) -> None:
        """What a system said in its last answer, the dead process may not have kept."""
        for target in self.unheard:
            self.gates.pop(target, None)
            self.signed_out.discard(target)
        self.unheard.clear()

    def fault(self) -> str:
        """What goes wrong with this request; nothing when it is empty."""
        self.asked += 1
        if self.asked - 1 in self.fault_at:
            return self.fault_at[self.asked - 1]
        if self.storm:
            self.storm -= 1
            return "409"
        if self.random.random() >= self.chaos:
            return ""
        return self.random.choice(self.faults)

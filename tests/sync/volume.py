"""Many lives on every core, and what happened in them: a world in which nothing goes wrong proves nothing."""

from __future__ import annotations

import logging
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.sync.world import Shelf, live
from tests.sync.world.life import replay

BATCH = 50


@dataclass
class Tally:
    """What happened in many lives. ``failed`` has a line for each that broke an invariant, and how to see it again."""

    lives: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Takes in what happened in others."""
        self.lives += other.lives
        self.counts += other.counts
        self.failed += other.failed

    def lines(self) -> Iterator[str]:
        """The counts, told in a few columns."""
        names = sorted(self.counts)
        for start in range(0, len(names), 3):
            some = names[start : start + 3]
            yield "".join(f"{self.counts[name]:>10,} {name:<32}" for name in some).rstrip()
        yield f"{self.lives:,} lives, {len(self.failed)} of them broke an invariant"


def batch(system: str, seeds: range) -> Tally:
    """Some lives, in this process."""
    tally = Tally()
    logging.disable(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder))
        for seed in seeds:
            tally.lives += 1
            try:
                tally.counts += live(seed, system, shelf).counts
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                name = f"{type(error).__name__}: {error}"
                tally.failed.append((name.removeprefix("Violation: "), replay(seed, system)))
    logging.disable(logging.NOTSET)
    return tally


def many(
    systems: Iterable[str], seeds: int, *, first: int = 0, workers: int | None = None
) -> Iterator[Tally]:
    """So many lives with each system; a tally whenever some are over."""
    batches = [
        (system, range(start, min(start + BATCH, first + seeds)))
        for start in range(first, first + seeds, BATCH)
        for system in systems
    ]
    context = get_context("spawn")
    with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=context) as pool:
        for done in as_completed([pool.submit(batch, *each) for each in batches]):
            yield done.result()

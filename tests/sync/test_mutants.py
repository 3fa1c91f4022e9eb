"""The tests are tested: with one defence switched off, the seeds have to find a violation, and the right one."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator

import pytest

from tests.sync.mutants import MUTANTS
from tests.sync.world import Shelf, Violation

SEEDS = 250
Mutant = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    """What the program logs about a mistake that was put into it is no news."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def seeds_needed(mutant: Mutant, shelf: Shelf) -> int | None:
    """After how many lives one of the expected invariants was seen to be broken; others may break before."""
    caught = MUTANTS[mutant]
    for seed in range(SEEDS):
        for system in caught.systems:
            try:
                caught.life(seed, system, shelf)
            except Violation as violation:
                if re.match(f"({caught.by}) ", str(violation)):
                    return seed + 1
    return None


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_seeds_find_what_goes_wrong_without_one_defence(
    mutant: Mutant, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant(monkeypatch)
    assert seeds_needed(mutant, shelf) is not None

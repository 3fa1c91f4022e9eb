"""The tests are tested: with one defence switched off, the seeds have to find a violation, and the right one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest

from tests.sync.mutants import MUTANTS
from tests.sync.world import Shelf, Violation, live

SEEDS = 250


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    """What the program logs about a mistake that was put into it is no news."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_seeds_find_what_goes_wrong_without_one_defence(
    mutant: Callable[[pytest.MonkeyPatch], None], shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant(monkeypatch)
    caught = MUTANTS[mutant]
    with pytest.raises(Violation, match=f"^({caught.by}) "):
        for seed in range(SEEDS):
            for system in caught.systems:
                live(seed, system, shelf)

"""All four promises at once, over HTTP: ``kill -9`` at any moment, on a network and a server that fail in every way.

``KILLS`` says how many, ``KILL_SEED`` where they begin; ``python -m tests.promises.kills`` does any number.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.promises.kills import HITS, run_all

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

EACH = 15
"""Kills of one profile."""


def test_after_kills_at_random_moments_nothing_is_lost_nothing_is_twice_and_all_public_was_approved(
    tmp_path: Path,
) -> None:
    kills = int(os.environ.get("KILLS", "300"))
    first = int(os.environ.get("KILL_SEED", "1"))
    tally = run_all(tmp_path, range(first, first + -(-kills // EACH)), min(kills, EACH))
    assert tally["kills"] >= kills
    if kills >= 300:
        assert all(tally[hit] for hit in HITS), tally

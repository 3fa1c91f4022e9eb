"""Tells the story of one seed: every request, answer, kill, and what people did, up to the violation."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.sync.world import SYSTEMS, Shelf, Violation, live


def main() -> int:
    """Returns 1 when an invariant was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--system", choices=list(SYSTEMS), default=next(iter(SYSTEMS)))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            world = live(asked.seed, asked.system, Shelf(Path(folder)), print)
        except Violation as violation:
            print(f"\n{violation}")
            return 1
    print(f"\nnothing was broken in {world.sent} requests")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Lives of the simulated world for as long as you like, on all cores: ``make soak SEEDS=100000``."""

from __future__ import annotations

import argparse
import sys
import time

from tests.sync.volume import Tally, many
from tests.sync.world import SYSTEMS


def main() -> int:
    """Returns 1 when an invariant was broken, and tells how to see it again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000, help="lives, over all systems")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--system", choices=list(SYSTEMS), action="append")
    asked = parser.parse_args()
    systems = asked.system or list(SYSTEMS)
    began, total = time.monotonic(), Tally()
    for some in many(systems, -(-asked.seeds // len(systems)), first=asked.first):
        total.add(some)
        for name, line in some.failed:
            print(f"{name}\n    {line}", flush=True)
    print("\n".join(total.lines()))
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Measures a packaged program's start beside the source's: ``python packaging/start.py build/bundle/dateline``.

From the start of the process to the first painted window on a virtual screen, in turns, so that whatever else the machine does
is done to both. Both open the same profile, with a large store.
"""

from __future__ import annotations

import argparse
import compileall
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from product import ROOT
from smoke import program_of

LIMIT = 1.25


def main(words: Sequence[str] | None = None) -> int:
    """Measures and prints; 1 where the packaged program is too slow."""
    parser = argparse.ArgumentParser(prog="packaging/start.py", description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args(words)
    commands = {
        "source": [sys.executable, "-m", "editor"],
        "packaged": [str(program_of(options.bundle.resolve()))],
    }
    for package in ("editor", "db"):
        compileall.compile_dir(ROOT / package, quiet=1)
    times = measure(commands, options.runs)
    middle = {name: statistics.median(taken) for name, taken in times.items()}
    for name, taken in times.items():
        spread = ", ".join(f"{each:.0f}" for each in sorted(taken))
        print(f"{name:9s} {middle[name]:6.0f} ms   ({spread})")
    ratio = middle["packaged"] / middle["source"]
    print(f"ratio     {ratio:6.2f}      (at most {LIMIT})")
    return 0 if ratio <= LIMIT else 1


def measure(commands: dict[str, list[str]], runs: int) -> dict[str, list[float]]:
    """Milliseconds to the first painted window of each command, in turns; the first round is not counted."""
    sys.path.append(str(ROOT))
    from tests.bench.big_store import make_big_store
    from tests.bench.screen import Program, virtual_screen, wait_for_paint, wait_until_calm

    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder, virtual_screen() as screen:
        make_big_store(Path(folder) / "dateline.db", largest=500)
        for run in range(-1, runs):
            for name, command in commands.items():
                program = Program([*command, "--profile", folder], screen)
                try:
                    taken = wait_for_paint(screen, program)
                    wait_until_calm(screen)
                finally:
                    program.end()
                    time.sleep(0.3)
                if run >= 0:
                    times[name].append(taken)
    return times


if __name__ == "__main__":
    sys.exit(main())

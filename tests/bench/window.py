"""What the user feels: the start to a painted window, a key to its glyph, memory and idleness, beside a bare window."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.bench.figures import Figure, percentile
from tests.bench.screen import (
    Program,
    Screen,
    virtual_screen,
    wait_for_paint,
    wait_until_calm,
)

BARE = [sys.executable, "-m", "tests.bench.bare"]
LETTERS = "the senate met at noon and rose for the monarch governance "
RUNS = 7
KEYS = 200
BURST = 36
STRIP = 90  # pixels


def dateline(profile: Path) -> list[str]:
    """The command that opens Dateline's window on a profile."""
    return [sys.executable, "-m", "editor", "--profile", str(profile)]


def measure_start(profile: Path) -> list[Figure]:
    """Cold start to a painted window, and memory after it, in turns with the bare window."""
    paint: dict[str, list[float]] = {"bare": [], "dateline": []}
    memory: dict[str, list[float]] = {"bare": [], "dateline": []}
    commands = {"bare": BARE, "dateline": dateline(profile)}
    idle = 0.0
    with virtual_screen() as screen:
        for run in range(-1, RUNS):
            for name, command in commands.items():
                program = Program(command, screen)
                try:
                    milliseconds = wait_for_paint(screen, program)
                    wait_until_calm(screen)
                    time.sleep(1.5)
                    if run >= 0:
                        paint[name].append(milliseconds)
                        memory[name].append(program.memory())
                    if run == RUNS - 1 and name == "dateline":
                        before = program.cpu()
                        time.sleep(10)
                        idle = (program.cpu() - before) / 10
                finally:
                    program.end()
                    time.sleep(0.3)
    middle = {name: statistics.median(values) for name, values in paint.items()}
    held = {name: statistics.median(values) for name, values in memory.items()}
    return [
        Figure("start to a painted window", middle["dateline"], "ms", middle["bare"], ratio=1.8),
        Figure("memory (PSS) after the start", held["dateline"], "MiB", held["bare"], ratio=2.0),
        Figure("processor while idle", idle * 100, "%", None, limit=1.0),
    ]


def measure_typing(profile: Path, words: str) -> list[Figure]:
    """From a key's press to its glyph on the screen, in a text of 2,000 words with the preview open."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "words.txt"
        file.write_text(words, "utf-8")
        with virtual_screen() as screen:
            bare = type_letters(screen, [*BARE, str(file)], preview=False)
        with virtual_screen() as screen:
            ours = type_letters(screen, dateline(profile), preview=True)
    return [
        Figure("key to glyph, p50", percentile(ours, 50), "ms", percentile(bare, 50), ratio=1.5),
        Figure("key to glyph, p99", percentile(ours, 99), "ms", percentile(bare, 99), ratio=2.5),
    ]


def type_letters(
    screen: Screen,
    command: list[str],
    *,
    preview: bool,
    rest: Callable[[str], None] = lambda typed: None,
    **environment: str,
) -> list[float]:
    """Milliseconds from key to glyph, for many keys. ``rest`` is called with what was typed before it is taken back."""
    program = Program(command, screen, **environment)
    chance = random.Random(7)
    latencies: list[float] = []
    try:
        wait_for_paint(screen, program)
        wait_until_calm(screen)
        if preview:
            # The newest entry is selected; Enter goes to its text, Ctrl+P opens the preview.
            screen.chord("Return")
            time.sleep(1)
            screen.chord("Control_L", "p")
            time.sleep(1.5)
        screen.chord("Control_L", "Home")
        wait_until_calm(screen)
        line = _find_line(screen)
        typed, x = 0, line.left
        while len(latencies) < KEYS:
            letter = LETTERS[typed % len(LETTERS)]
            latency, x = _press(screen, letter, line, x)
            if latency is not None:
                latencies.append(latency)
            typed += 1
            time.sleep(chance.uniform(0.09, 0.16))
            if typed % BURST == 0:
                rest("".join(LETTERS[n % len(LETTERS)] for n in range(typed - BURST, typed)))
                _erase(screen, BURST)
                x = line.left
                time.sleep(1.2)
    finally:
        program.end()
    return latencies


@dataclass(frozen=True)
class Line:
    """Where on the screen the typed line stands. Only a strip of it is watched: watching costs time as well."""

    left: int
    top: int
    bottom: int


def _find_line(screen: Screen) -> Line:
    """Types three letters, sees where they appear, and takes them back."""
    before = screen.copy()
    for letter in "nem":
        screen.key(letter)
        time.sleep(0.06)
    time.sleep(0.06)
    changed = screen.pixels != before
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    _erase(screen, 3)
    time.sleep(1.2)
    return Line(int(columns[0]), int(rows[0]), min(int(rows[-1]) + 1, int(rows[0]) + 40))


def _erase(screen: Screen, letters: int) -> None:
    for _ in range(letters):
        screen.key("BackSpace")
        time.sleep(0.012)


def _press(screen: Screen, letter: str, line: Line, x: int) -> tuple[float | None, int]:
    """Milliseconds from the press to the first change at ``x`` that is wider than a caret, and where the next is due.

    None for a space, which shows nothing.
    """
    if letter == " ":
        screen.key("space")
        return None, x
    left = max(x - 12, 0)
    strip = screen.pixels[line.top : line.bottom, left : left + STRIP]
    before = strip.copy()
    begun = time.perf_counter()
    screen.key(letter, up=False)
    try:
        while time.perf_counter() - begun < 2.5:
            if not np.array_equal(strip, before):
                columns = np.flatnonzero((strip != before).any(axis=0))
                if len(columns) and columns[-1] - columns[0] > 3:
                    return (time.perf_counter() - begun) * 1000, left + int(columns[0])
            time.sleep(0.0002)
    finally:
        screen.key(letter, down=False)
    raise TimeoutError(f"the key {letter!r} showed nothing")

"""A virtual screen that is read from shared memory, so that looking costs the programs under test nothing.

Xvfb keeps its frame buffer in a file (``-fbdir``), in XWD form: a header of big-endian words, a colour map, the pixels.
"""

from __future__ import annotations

import mmap
import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest

Pixels = NDArray[np.uint32]
WIDTH, HEIGHT = 1500, 1000


class Screen:
    """A running Xvfb: its pixels, and keys and clicks that arrive as from a real keyboard and mouse."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.display = Display(name)
        file = folder / "Xvfb_screen0"
        with file.open("rb") as handle:
            memory = mmap.mmap(handle.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(">25I", memory[:100])
        size, bytes_per_line, colours = header[0], header[12], header[19]
        self.pixels: Pixels = np.frombuffer(
            memory, dtype=np.uint32, count=bytes_per_line // 4 * HEIGHT, offset=size + colours * 12
        ).reshape(HEIGHT, bytes_per_line // 4)[:, :WIDTH]

    def copy(self) -> Pixels:
        """The screen as it is now."""
        return self.pixels.copy()

    def key(self, name: str, *, down: bool = True, up: bool = True) -> None:
        """Presses, and lets go of, a key by its keysym's name."""
        from Xlib import XK

        code = self.display.keysym_to_keycode(XK.string_to_keysym(name))
        if down:
            xtest.fake_input(self.display, X.KeyPress, code)
        if up:
            xtest.fake_input(self.display, X.KeyRelease, code)
        self.display.flush()

    def chord(self, *names: str) -> None:
        """Presses keys together, such as Control_L and p."""
        for name in names:
            self.key(name, up=False)
        for name in reversed(names):
            self.key(name, down=False)

    def click(self, x: int, y: int) -> None:
        """Clicks at a place of the screen."""
        xtest.fake_input(self.display, X.MotionNotify, x=x, y=y)
        xtest.fake_input(self.display, X.ButtonPress, 1)
        xtest.fake_input(self.display, X.ButtonRelease, 1)
        self.display.flush()

    def has_window(self) -> bool:
        """Whether a window that is larger than a splash screen is on the screen."""
        root = self.display.screen().root
        return any(self._is_main(window) for window in root.query_tree().children)

    @staticmethod
    def _is_main(window: Any) -> bool:
        shown = window.get_attributes().map_state == X.IsViewable
        size = window.get_geometry()
        return bool(shown and size.width >= 300 and size.height >= 200)


@contextmanager
def virtual_screen() -> Iterator[Screen]:
    """An Xvfb of our own on a free display, ended afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(theirs), "-screen", "0", f"{WIDTH}x{HEIGHT}x24",
             "-nolisten", "tcp", "-fbdir", folder],
            pass_fds=[theirs],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(theirs)
        try:
            with os.fdopen(ours) as answer:
                number = answer.readline().strip()
            yield Screen(f":{number}", Path(folder))
        finally:
            server.terminate()
            server.wait(10)


class Program:
    """A program on a virtual screen, in a session of its own so that all its processes are found and ended."""

    def __init__(self, command: list[str], screen: Screen, **environment: str) -> None:
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            env={**os.environ, "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def pids(self) -> list[int]:
        """The processes of its session that live."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid and fields[0] != "Z":
                found.append(int(stat.parent.name))
        return found

    def memory(self) -> float:
        """Its proportional set size in MiB."""
        kib = 0
        for pid in self.pids():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kib += int(line.split()[1])
        return kib / 1024

    def cpu(self) -> float:
        """The seconds of processor time it has used."""
        ticks = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Asks it to end, and ends it."""
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)


def wait_for_paint(screen: Screen, program: Program, timeout: float = 30) -> float:
    """Milliseconds from the start of the program to the first picture in its window that is not one flat colour.

    Raises ``TimeoutError`` when there is none.
    """
    empty = screen.copy()
    while time.perf_counter() - program.begun < timeout:
        if screen.has_window():
            changed = screen.pixels[::4, ::4] != empty[::4, ::4]
            colours = np.unique(screen.pixels[::4, ::4][changed]) if changed.any() else ()
            if len(colours) > 1:
                return (time.perf_counter() - program.begun) * 1000
        time.sleep(0.001)
    raise TimeoutError("no window was painted")


def wait_until_calm(screen: Screen, quiet: float = 0.8, timeout: float = 20) -> float:
    """Waits until nothing but a caret changes; returns the moment of the last change (``perf_counter``)."""
    last, changed = screen.copy(), time.perf_counter()
    end = changed + timeout
    while time.perf_counter() < end:
        time.sleep(0.01)
        now = screen.copy()
        columns = np.flatnonzero((now != last).any(axis=0))
        if len(columns) and columns.max() - columns.min() > 4:
            changed = time.perf_counter()
        last = now
        if time.perf_counter() - changed > quiet:
            break
    return changed

"""Drives the real program as a person does: a screen, a window manager, keys, a mouse and the files it leaves.

Nothing of the program runs in this process except ``Newsroom``, which reads its store beside it as a command would.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from Xlib import XK, X
from Xlib.ext import xtest

from editor.desk.blogs import add_blog
from editor.domain.ids import BlogId, EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.ui.theme.tokens import LIGHT
from tests.bench.screen import Pixels, Screen, virtual_screen, wait_until_calm

T = TypeVar("T")
LONG = 60.0
"""Seconds after which something that was waited for will never come: no measure of speed."""
ROOT = Path(__file__).resolve().parents[2]
MULTIMEDIA = 0x10080000
"""X's numbers of keys such as *Play*, from here on: nobody presses them in these tests."""
MODIFIERS = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L"}
ORPHANED = re.compile(
    r"Traceback [^\n]*\n(?:  [^\n]*\n)*?  File [^\n]*multiprocessing/spawn\.py[^\n]*\n(?:  [^\n]*\n)*"
    r"(?:EOFError|_pickle\.UnpicklingError)[^\n]*\n?"
)
"""What Python says in a photo process that was just begun when its program was killed."""


def wait_for(what: str, ask: Callable[[], T], timeout: float = LONG, pause: float = 0.03) -> T:
    """Asks until the answer is true, and returns it."""
    end = time.monotonic() + timeout
    while not (answer := ask()):
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain: {what}")
        time.sleep(pause)
    return answer


class Desktop:
    """A screen with a window manager, and the one who sits at it."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.display = screen.display
        self.root = screen.display.screen().root
        self._codes: dict[int, tuple[int, bool]] = {}
        self._free: list[int] = []
        self._read_keyboard()

    def teach(self, text: str) -> None:
        """Puts the characters of a text on keys that the keyboard has to spare. Before any program is started."""
        new = [k for k in dict.fromkeys(_keysym(sign) for sign in text) if k not in self._codes]
        for plain, shifted in zip(new[::2], [*new[1::2], 0], strict=False):
            code = self._free.pop()
            self.display.change_keyboard_mapping(code, [(plain, shifted)])
            self._codes |= {plain: (code, False), shifted: (code, True)}
        self.display.sync()

    def type(self, text: str, gap: float = 0.012) -> None:
        """Types a text, key by key."""
        for sign in text:
            self.strike(sign)
            time.sleep(gap)

    def strike(self, sign: str) -> None:
        """Presses and lets go of the key of one character."""
        code, shifted = self._codes[_keysym(sign)]
        shift = self._codes[XK.string_to_keysym("Shift_L")][0]
        if shifted:
            xtest.fake_input(self.display, X.KeyPress, shift)
        xtest.fake_input(self.display, X.KeyPress, code)
        xtest.fake_input(self.display, X.KeyRelease, code)
        if shifted:
            xtest.fake_input(self.display, X.KeyRelease, shift)
        self.display.sync()

    def press(self, keys: str) -> None:
        """Presses keys together, such as ``ctrl+n`` or ``Return``."""
        *held, last = keys.split("+")
        names = [MODIFIERS[name] for name in held] + [last]
        codes = [self._codes[XK.string_to_keysym(name)][0] for name in names]
        for code in codes:
            xtest.fake_input(self.display, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self.display, X.KeyRelease, code)
        self.display.sync()

    def point(self, x: int, y: int) -> None:
        """Moves the mouse."""
        xtest.fake_input(self.display, X.MotionNotify, x=x, y=y)
        self.display.sync()

    def click(self, x: int, y: int) -> None:
        """Clicks, as a hand does: the mouse is there, the button goes down, and up."""
        self.point(x, y)
        time.sleep(0.05)
        xtest.fake_input(self.display, X.ButtonPress, 1)
        self.display.sync()
        time.sleep(0.03)
        xtest.fake_input(self.display, X.ButtonRelease, 1)
        self.display.sync()

    def windows(self) -> list[Any]:
        """The programs' windows, the topmost last."""
        ids = self._property("_NET_CLIENT_LIST_STACKING")
        return [self.display.create_resource_object("window", number) for number in ids]

    def active(self) -> int:
        """The window that has the keyboard; 0 for none."""
        found = self._property("_NET_ACTIVE_WINDOW")
        return int(found[0]) if found else 0

    def named(self, title: str) -> int:
        """The topmost window of this title; 0 where there is none."""
        for window in reversed(self.windows()):
            try:
                if title in (window.get_wm_name() or ""):
                    return int(window.id)
            except Exception as gone:
                if "BadWindow" not in type(gone).__name__:
                    raise
        return 0

    def settle(self, quiet: float = 0.3) -> None:
        """Waits until nothing but a caret moves on the screen."""
        wait_until_calm(self.screen, quiet)

    def seen(
        self, colour: str, least: tuple[int, int] = (60, 12)
    ) -> list[tuple[int, int, int, int]]:
        """The areas (x, y, width, height) of one colour, such as buttons, that are at least this large; largest first."""
        wanted = int(colour.removeprefix("#"), 16)
        mask = (self.screen.copy() & 0xFFFFFF) == wanted
        return sorted(_areas(mask, least), key=lambda area: -area[2] * area[3])

    def button(self, colour: str = LIGHT.accent) -> tuple[int, int]:
        """Waits for the one filled button of the screen and returns a place on it, beside its words."""
        x, y, width, height = wait_for("a filled button", lambda: self.seen(colour))[0]
        return x + width // 2, y + height // 2

    def picture(self, path: Path) -> None:
        """Saves the screen."""
        from PIL import Image

        pixels = (self.screen.copy() & 0xFFFFFF).astype("<u4")
        rgb = np.stack([pixels >> 16, pixels >> 8 & 0xFF, pixels & 0xFF], -1).astype(np.uint8)
        Image.fromarray(rgb).save(path)

    def look(self) -> Pixels:
        """The screen as it is now."""
        return self.screen.copy()

    def _property(self, name: str) -> Sequence[int]:
        found = self.root.get_full_property(self.display.intern_atom(name), X.AnyPropertyType)
        return list(found.value) if found is not None else []

    def _read_keyboard(self) -> None:
        first, last = self.display.display.info.min_keycode, self.display.display.info.max_keycode
        mapping = self.display.get_keyboard_mapping(first, last - first + 1)
        for code, keysyms in enumerate(mapping, first):
            if all(keysym == 0 or keysym >= MULTIMEDIA for keysym in keysyms):
                self._free.append(code)
                continue
            for level, keysym in enumerate(keysyms[:2]):
                if keysym:
                    self._codes.setdefault(keysym, (code, bool(level)))


def _keysym(sign: str) -> int:
    """X's number of a character: https://www.x.org/releases/current/doc/xproto/x11protocol.html#keysym_encoding"""
    point = ord(sign)
    if sign == "\n":
        return int(XK.string_to_keysym("Return"))
    return point if 0x20 <= point <= 0x7E or 0xA0 <= point <= 0xFF else 0x01000000 + point


def _areas(mask: Any, least: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """Areas of the colour; words, and a ring that shows the focus, may stand in them."""
    width, height = least
    rows = np.flatnonzero(mask.sum(axis=1) >= width)
    for band in np.split(rows, np.flatnonzero(np.diff(rows) > 6) + 1):
        if len(band) < height:
            continue
        columns = np.flatnonzero(mask[band].sum(axis=0) >= min(height, len(band)) // 2)
        for run in np.split(columns, np.flatnonzero(np.diff(columns) > 40) + 1):
            if len(run) >= width // 2 and run[-1] - run[0] >= width:
                yield int(run[0]), int(band[0]), int(run[-1] - run[0]), int(band[-1] - band[0])


@contextmanager
def desktop(text: str = "") -> Iterator[Desktop]:
    """A screen and a window manager of our own; the keyboard has the characters of ``text`` as well."""
    with virtual_screen() as screen, closing(screen.display):
        made = Desktop(screen)
        made.teach(text)
        manager = subprocess.Popen(
            ["openbox", "--sm-disable"],
            env={**os.environ, "DISPLAY": screen.name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for("the window manager", lambda: made._property("_NET_SUPPORTING_WM_CHECK"))
            made.point(2, 2)  # what is under the mouse has another colour
            yield made
        finally:
            manager.terminate()
            manager.wait(10)


class Window:
    """Dateline's window: a process of its own on a desktop."""

    def __init__(self, profile: Path, desk: Desktop, *arguments: str) -> None:
        self.profile = Profile(profile)
        self.desk = desk
        self._told = profile.with_name(f"{profile.name}.stderr")
        with self._told.open("ab") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "editor", "--profile", str(profile), *arguments],
                cwd=ROOT,
                env=environment(DISPLAY=desk.screen.name, QT_QPA_PLATFORM="xcb"),
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
                start_new_session=True,
            )

    def shown(self) -> Window:
        """Waits until the window is there, has the keyboard, and is painted."""

        def active() -> bool:
            assert self.process.poll() is None, self.stderr
            found = self.desk.named("Dateline")
            return found != 0 and self.desk.active() == found

        wait_for("the window", active)
        self.desk.settle()
        return self

    @property
    def stderr(self) -> str:
        """What was said on standard output and standard error, by all windows of this profile."""
        return self._told.read_text("utf-8", "replace")

    def kill(self) -> None:
        """``kill -9``."""
        self.process.kill()
        self.process.wait(LONG)

    def end(self, with_signal: int = signal.SIGTERM) -> int:
        """Asks it to end; returns the exit code."""
        self.process.send_signal(with_signal)
        return self.ended()

    def ended(self) -> int:
        """Waits until it has ended; returns the exit code."""
        return self.process.wait(LONG)

    def assert_quiet(self, *expected: str, killed: bool = False) -> None:
        """Nothing was said that is not expected: no Qt warning, no traceback, no line of the log from WARNING up."""
        told = ORPHANED.sub("", self.stderr) if killed else self.stderr
        said = [line for line in told.splitlines() if line.strip()]
        log = self.profile.log
        if log.exists():
            lines = log.read_text("utf-8").splitlines()
            said += [line for line in lines if not re.match(r"\S+ \S+ (INFO|DEBUG) ", line)]
        stray = [line for line in said if not any(re.search(each, line) for each in expected)]
        assert stray == [], "\n".join(stray)


@contextmanager
def window(profile: Path, desk: Desktop, *, quiet: bool = True) -> Iterator[Window]:
    """An open window; what is left of it is ended, and it must have kept quiet."""
    opened = Window(profile, desk)
    try:
        yield opened.shown()
        if opened.process.poll() is None:
            assert opened.end() == 0
        if quiet:
            opened.assert_quiet()
    finally:
        if opened.process.poll() is None:
            opened.kill()


def environment(**more: str) -> dict[str, str]:
    """This process's environment, for a program that is to say everything and find its modules."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}


def command(profile: Path, *words: str) -> subprocess.Popen[str]:
    """``dateline ...``, begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "editor", "--profile", str(profile), *words],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run(profile: Path, *words: str, code: int = 0) -> tuple[str, str]:
    """Runs a command; returns what it said on standard output and standard error."""
    process = command(profile, *words)
    out, err = process.communicate(timeout=LONG)
    assert process.returncode == code, (words, process.returncode, out, err)
    return out, err


def make_blog(profile: Path, headline: str = "River watch") -> BlogId:
    """A profile with one live blog."""
    with Newsroom(Profile(profile)) as newsroom:
        return next(iter(add_blog(newsroom.room, headline=headline).blogs))


def written(profile: Path, entry: EntryId | None = None) -> tuple[str, str]:
    """The headline and the text of an entry's working copy, the newest one's if none is named."""
    with Newsroom(Profile(profile)) as newsroom:
        found = newsroom.views.timeline(newsroom.views.blogs()[0].id)
        if not found:
            return "", ""
        content = newsroom.views.entry(entry or found[0]).content
    words = [getattr(block, "text", "") for block in content.blocks]
    return content.headline, "\n\n".join(words)

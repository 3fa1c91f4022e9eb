"""``python -m tests.promises.hand PROFILE``: the real program without a screen, and a hand in it that is told what to do.

Each line on standard input is a word and what goes with it, the answer a line of JSON. It begins to listen when the
program has made its first picture and all that comes after it.
"""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.promises.driver import LONG, ROOT, environment


class Hand:
    """The program in a process of its own, as a test sees it."""

    def __init__(self, profile: Path, **more: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.promises.hand", str(profile)],
            cwd=ROOT,
            env=environment(QT_QPA_PLATFORM="offscreen", **more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None and self.process.stdin is not None
        self._in, self._out = self.process.stdin, self.process.stdout
        begun = self._out.readline()
        assert begun, self.said()
        self.begun = json.loads(begun)

    def do(self, word: str, told: str = "") -> Any:
        """Has it do something and returns what it answers."""
        self.tell(word, told)
        answer = self._out.readline()
        assert answer, f"it ended: {self.process.wait(LONG)}"
        return json.loads(answer)

    def tell(self, word: str, told: str = "") -> None:
        """Has it do something without waiting."""
        self._in.write(f"{word} {told}\n")
        self._in.flush()

    def kill(self) -> int:
        """``kill -9``."""
        self.process.kill()
        return self.process.wait(LONG)

    def ended(self) -> int:
        """Waits until it has ended; returns the exit code."""
        return self.process.wait(LONG)

    def said(self) -> str:
        """What it said on standard error, once it has ended."""
        assert self.process.stderr is not None
        return self.process.stderr.read()

    def close(self) -> None:
        """Ends what is left of it."""
        if self.process.poll() is None:
            self.kill()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()


def main(profile: str) -> int:
    """The program, with the hand in it."""
    from editor import app

    after = app._App._after_first_paint
    kept: list[object] = []

    def then(self: Any) -> None:
        after(self)
        kept.append(_listen(self._window))

    app._App._after_first_paint = then  # type: ignore[method-assign]
    from editor.cli import main as program

    return program(["--profile", profile])


def _listen(window: Any) -> object:
    from PySide6.QtCore import QSocketNotifier, QTimer
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from editor.ui.kit.buttons import Button
    from editor.ui.kit.strip import Strip
    from tests.crashes import markers

    def focus() -> Any:
        return QApplication.focusWidget()

    def shown() -> list[Strip]:
        return [strip for strip in window.findChildren(Strip) if strip.isVisible()]

    def press(text: str) -> str:
        found = [b for s in shown() for b in s.findChildren(Button) if b.text() == text]
        found[0].click()
        return QGuiApplication.clipboard().text()

    def opened() -> dict[str, object]:
        composer = window.composer
        return {
            "entry": composer.entry,
            "headline": composer.column.headline.text(),
            "has_cursor": focus() is not None and composer.isAncestorOf(focus()),
        }

    def shut_down() -> None:
        """As Windows has it: the program is told, and ends where it stands."""
        application = QApplication.instance()
        assert application is not None
        application.aboutToQuit.emit()
        os._exit(0)

    words: dict[str, Callable[[str], object]] = {
        "new": lambda _: window.new_entry(),
        "type": lambda text: QTest.keyClicks(focus(), text),
        "open": lambda _: opened(),
        "list": lambda _: window.timeline.model.ids(),
        "strips": lambda _: [strip.text for strip in shown()],
        "press": press,
        "fail": lambda _: QTimer.singleShot(0, markers.say_everything),
        "segfault": lambda _: ctypes.string_at(0),
        "abort": lambda _: faulthandler._sigabrt(),  # type: ignore[attr-defined]
        "quit": lambda _: window.close(),
        "shutdown": lambda _: shut_down(),
    }
    window.activateWindow()

    def hear() -> None:
        word, _, told = sys.stdin.readline().rstrip("\n").partition(" ")
        answer = words[word](told) if word else window.close()
        print(json.dumps(answer), flush=True)

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(hear)
    print(json.dumps({"pid": os.getpid(), "modules": list(sys.modules)}), flush=True)
    return notifier


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

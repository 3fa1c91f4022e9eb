"""The other end of ``tests.promises.lives``: begins processes of the program within milliseconds, and kills them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.promises.driver import LONG, ROOT, environment

KEYRING = "tests.file_keyring.FileKeyring"
Said = dict[str, Any]


class Lives:
    """The process that begins lives, one at a time. ``hears`` is called with each line that is told."""

    def __init__(self, folder: Path, hears: Callable[[Said], None] = lambda said: None) -> None:
        self._hears = hears
        self._told = (folder / "told.jsonl").open("a", encoding="utf-8")
        self.said = ""
        self._news = threading.Condition()
        self.pid = self.acts = 0
        self.alive = False
        self.code: int | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.promises.lives"],
            cwd=ROOT,
            env=environment(PYTHON_KEYRING_BACKEND=KEYRING),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.until("the first process", lambda: self.alive)

    def begin(self, **order: Any) -> None:
        """A new life; returns when it is there."""
        with self._news:
            self.pid, self.alive, self.code, self.said = 0, False, None, ""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        self.until("a life", lambda: self.pid and (self.alive or self.code is not None))

    def until(self, what: str, true: Callable[[], object], seconds: float = LONG) -> bool:
        """Waits for what lives tell; False when it did not come within the seconds, if those are few."""
        with self._news:
            came = bool(self._news.wait_for(lambda: bool(true()), seconds))
        assert came or seconds < LONG, f"waited in vain: {what}"
        return came

    def ended(self) -> int:
        """Waits for the life's own end; returns its exit code."""
        self.until("its end", lambda: self.code is not None)
        assert self.code is not None
        return self.code

    def kill(self) -> bool:
        """``kill -9``; whether it was still alive."""
        if self.code is None:
            with suppress(ProcessLookupError):  # it has ended, and that is about to be told
                os.kill(self.pid, signal.SIGKILL)
        self.until("its end", lambda: self.code is not None)
        return self.code == -signal.SIGKILL

    def close(self) -> None:
        """Ends it."""
        if self.pid and self.code is None:
            self.kill()
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(LONG)
        self._listener.join(LONG)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._told, self._process.stdout as lines:
            for line in lines:
                self._told.write(line)
                self._take(json.loads(line))

    def _take(self, said: Said) -> None:
        with self._news:
            self.pid = said.get("pid", self.pid)
            self.code = said.get("ended", self.code)
            self.alive = self.alive or "alive" in said or "ready" in said
            self.acts += "begun" in said
            self.said = said.get("said", self.said)
            self._hears(said)
            self._news.notify_all()

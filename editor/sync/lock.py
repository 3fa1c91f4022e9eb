"""Only one process sends at a time: a lock on a file, which the system lifts when its holder ends, however it ends."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

Turn = Callable[[], AbstractContextManager[bool]]
"""Asks for the turn to send; the context gives whether it was got."""


def turn_in(path: Path) -> Turn:
    """The turn that is kept by a lock on this file. It does not wait for whoever has it."""

    @contextmanager
    def turn() -> Iterator[bool]:
        with path.open("a+b") as file:
            path.chmod(0o600)
            if not _lock(file):
                yield False
                return
            try:
                yield True
            finally:
                _unlock(file)

    return turn


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)

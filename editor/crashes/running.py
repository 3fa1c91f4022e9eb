"""The mark that a window is open, in its profile: who finds it at a start knows that the last run did not end properly.

It also holds which entry was written last, by its id, and takes what the interpreter says when the process dies of a
signal. All of it is in one file, so that a start asks one question of the disk. The file is no report: the next start
makes one of it, and throws it away.
"""

from __future__ import annotations

import faulthandler
import os
from pathlib import Path

ENTRY = b"entry "
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Running:
    """This run's mark. ``before`` is what the last run left, if it ended badly."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._entry = ""
        self.before: Path | None = None

    def begin(self) -> None:
        """Leaves the mark. A profile that cannot be written to gets none."""
        try:
            try:
                self._file = os.open(self._path, _FLAGS, 0o600)
            except FileExistsError:
                self._set_aside()
                self._file = os.open(self._path, _FLAGS, 0o600)
            os.write(self._file, b"begun\n")
            faulthandler.enable(self._file, all_threads=True)
        except OSError:
            return

    def writes(self, entry: str) -> None:
        """An entry was written just now; told again only when it is another one."""
        if not entry or entry == self._entry or self._file is None:
            return
        self._entry = entry
        try:
            os.write(self._file, ENTRY + entry.encode("ascii", "ignore") + b"\n")
        except OSError:
            return

    def end(self) -> None:
        """The run ends properly: the mark goes."""
        if self._file is None:
            return
        faulthandler.disable()
        os.close(self._file)
        self._file = None
        self._path.unlink(missing_ok=True)

    def _set_aside(self) -> None:
        self.before = self._path.with_suffix(".before")
        self._path.replace(self.before)

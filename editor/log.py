"""The log: what the program did, for support. It holds no content, no secrets and no addresses of sources.

Of an error it has the class and the place; of what a library logs, only where. Their messages may hold anything.
"""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path

SIZE = 1_000_000
KEPT = 3


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner can read."""

    def _open(self):  # type: ignore[no-untyped-def]
        return os.fdopen(
            os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
            self.mode,
            encoding=self.encoding,
        )


class _Sparing(logging.Formatter):
    """Writes what Dateline says itself, and nothing that an error or a library says."""

    def format(self, record: logging.LogRecord) -> str:
        own = record.name.partition(".")[0] == "dateline"
        said = record.getMessage() if own else f"(said at line {record.lineno})"
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {said}"
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return line
        from editor.crashes.frames import causes

        told = [f"{cause.kind}: {' < '.join(reversed(cause.frames))}" for cause in causes(error)]
        return "\n    ".join([line, *told])


def start_log(path: Path) -> None:
    """Sends warnings and what ``dateline`` tells into a file of at most 1 MB, three of which are kept.

    A profile that cannot be written to has no log; what then happens is told to the user directly.
    """
    try:
        handler = _PrivateFile(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8")
        handler.setFormatter(_Sparing())
    except OSError:
        return
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("dateline").setLevel(logging.INFO)

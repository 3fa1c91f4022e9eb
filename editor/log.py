"""The log: what the program did, for support. It holds no content, no secrets and no addresses of sources."""

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


def start_log(path: Path) -> None:
    """Sends warnings and what ``dateline`` tells into a file of at most 1 MB, three of which are kept.

    A profile that cannot be written to has no log; what then happens is told to the user directly.
    """
    try:
        handler = _PrivateFile(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    except OSError:
        return
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("dateline").setLevel(logging.INFO)

"""The real clock and fresh ids. Everything else gets them as arguments."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime

from editor.domain.ids import uuid7

if sys.platform == "linux":

    def _steady() -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME)

else:
    _steady = time.monotonic


class SystemClock:
    """The laptop's clock."""

    def now(self) -> datetime:
        """Now, in UTC, to the microsecond."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Seconds since the laptop was started, its sleep included where the system tells that (Linux, Windows)."""
        return _steady()


class RandomIds:
    """UUIDv7s from the laptop's clock and its source of randomness."""

    def fresh(self) -> str:
        """An id nobody else has."""
        return uuid7(time.time_ns() // 1_000_000, os.urandom(10))

"""The real clock and fresh ids. Everything else gets them as arguments."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

from editor.domain.ids import uuid7


class SystemClock:
    """The laptop's clock."""

    def now(self) -> datetime:
        """Now, in UTC, to the microsecond."""
        return datetime.now(UTC)


class RandomIds:
    """UUIDv7s from the laptop's clock and its source of randomness."""

    def fresh(self) -> str:
        """An id nobody else has."""
        return uuid7(time.time_ns() // 1_000_000, os.urandom(10))

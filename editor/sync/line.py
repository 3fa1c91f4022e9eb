"""What requests have shown of one host: what its clock says, and how quick the way to it is.

Its clock is tied to the laptop's steady one, so that setting the laptop's clock does not move it.
"""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from statistics import median

from editor.sync.backend import Answer
from editor.sync.plan import Moment

KEPT = 5
"""How many answers are remembered: the median of five outvotes two strange ones."""
JUMP = 30.0
"""An answer that is off by more seconds than this shows another clock than before: what was known is forgotten."""
PATIENT = 0.7
"""A round trip in seconds above which the way is slow."""
LONG_UPLOAD = 10.0
"""Photos that would take longer, in seconds, let the text go first."""
LARGE = 16 * 1024
"""From how many bytes on the time of a request tells of the way's width rather than its length."""


class Line:
    """The way to one host, since the program was started."""

    def __init__(self) -> None:
        self._ahead: deque[float] = deque(maxlen=KEPT)
        self._trips: deque[float] = deque(maxlen=KEPT)
        self._rate: float | None = None
        self.asked = False

    def heard(self, answer: Answer, moment: Moment) -> None:
        """Takes note of an answer that was just got."""
        if not answer.status:
            return
        self.asked = True
        if answer.sent >= LARGE and answer.took > 0:
            self._rate = answer.sent / answer.took
        else:
            self._trips.append(answer.took)
        if answer.date is not None:
            # whole seconds, rounded down, and the way back: never later than it is there
            ahead = answer.date.timestamp() - moment.steady
            if self._ahead and abs(ahead - median(self._ahead)) > JUMP:
                self._ahead.clear()
            self._ahead.append(ahead)

    def carried(self, rate: float) -> None:
        """So many bytes a second are on their way."""
        self._rate = rate

    def there(self, steady: float) -> datetime | None:
        """The time at the host, at most a little behind it; None where it never told."""
        if not self._ahead:
            return None
        return datetime.fromtimestamp(median(self._ahead) + steady, UTC)

    def skew(self, moment: Moment) -> float:
        """By how many seconds the laptop's clock is ahead of the host's; 0 where nobody knows."""
        there = self.there(moment.steady)
        return 0.0 if there is None else (moment.now - there).total_seconds()

    def slow(self, size: int) -> bool:
        """Whether so many bytes of photos would keep a text waiting."""
        if self._rate is not None and size / self._rate > LONG_UPLOAD:
            return True
        return bool(self._trips) and median(self._trips) > PATIENT

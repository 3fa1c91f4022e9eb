"""What a line is like, and what a test may ask of it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

UP, DOWN = 0, 1
"""From the laptop, and to it."""


@dataclass(frozen=True)
class Shape:
    """``up`` and ``down`` in kbit/s, ``trip`` (there and back) in seconds, ``loss`` in percent each way.

    ``queue`` is how many bytes wait at each end before more are dropped.
    """

    up: float = 32.0
    down: float = 32.0
    trip: float = 0.9
    loss: float = 5.0
    queue: int = 48 * 1024
    seed: int = 1

    def seconds(self, size: int, way: int) -> float:
        """How long so many bytes occupy the line."""
        return size * 8 / ((self.up, self.down)[way] * 1000)


class Line(Protocol):
    """A line that is open. Processes begun within ``near`` are on the laptop's side, those within ``far`` on the other."""

    kind: str
    host: str
    """Where a server on the far side has to listen."""
    down: bool
    """Set it, and nothing passes."""

    def near(self) -> AbstractContextManager[None]: ...

    def far(self) -> AbstractContextManager[None]: ...

    def reach(self, port: int) -> tuple[str, int]:
        """Host and port of a far server, as the near side has to call it."""
        ...

    def passed(self, way: int, since: float = 0.0, until: float = float("inf")) -> int:
        """The bytes that were put on the line, lost ones included, between two moments (``time.time``)."""
        ...

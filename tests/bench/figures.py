"""A measured figure beside its baseline and its limit, and how it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measurement. ``ratio`` limits it against ``base`` of the same run, which ``beside`` names; ``limit`` as it is."""

    name: str
    value: float
    unit: str
    base: float | None = None
    ratio: float | None = None
    limit: float | None = None
    beside: str = "bare"

    def within(self) -> bool:
        """Whether it keeps its limits."""
        if self.ratio is not None and self.base is not None and self.value > self.base * self.ratio:
            return False
        return self.limit is None or self.value <= self.limit

    def line(self) -> str:
        """One line for people."""
        parts = [f"{self.name:42s} {self.value:9.2f} {self.unit:4s}"]
        if self.base is not None:
            parts.append(f"{self.beside} {self.base:8.2f}  x {self.value / self.base:5.2f}")
        if self.ratio is not None:
            parts.append(f"(at most x {self.ratio:g})")
        if self.limit is not None:
            parts.append(f"(at most {self.limit:g} {self.unit})")
        parts.append("ok" if self.within() else "OVER")
        return "  ".join(parts)


def percentile(values: Sequence[float], which: float) -> float:
    """The value that ``which`` percent of the values do not exceed, between neighbours in proportion."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * which / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)

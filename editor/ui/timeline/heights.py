"""The heights of a long list's rows, where most are only guessed: sums and look-ups in the logarithm of its length.

A binary indexed tree (Fenwick 1994), so that a row that turns out taller than guessed moves ten thousand others cheaply.
"""

from __future__ import annotations


class Heights:
    """Heights of ``count`` rows, each ``guess`` pixels until it is set."""

    def __init__(self, count: int, guess: int) -> None:
        self._rows = [guess] * count
        self._tree = [0] * (count + 1)
        self._top = 1 << count.bit_length() >> 1
        for place in range(1, count + 1):
            self._tree[place] = guess * (place & -place)
        self.total = guess * count

    def __len__(self) -> int:
        return len(self._rows)

    def of(self, row: int) -> int:
        """The row's height."""
        return self._rows[row]

    def set(self, row: int, height: int) -> int:
        """Sets a row's height, and returns by how much it grew."""
        growth = height - self._rows[row]
        if growth:
            self._rows[row] = height
            self.total += growth
            place = row + 1
            while place < len(self._tree):
                self._tree[place] += growth
                place += place & -place
        return growth

    def top(self, row: int) -> int:
        """Where the row begins: the sum of those above it."""
        total = 0
        while row > 0:
            total += self._tree[row]
            row -= row & -row
        return total

    def at(self, y: int) -> int:
        """The row at ``y``: the last one for what lies below, -1 when there is none."""
        if not self._rows:
            return -1
        place, step, rest = 0, self._top, max(y, 0)
        while step:
            following = place + step
            if following < len(self._tree) and self._tree[following] <= rest:
                place, rest = following, rest - self._tree[following]
            step >>= 1
        return min(place, len(self._rows) - 1)

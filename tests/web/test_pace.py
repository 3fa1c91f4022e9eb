"""How much of a photo waits in the system, on lines that are simulated to the byte."""

from __future__ import annotations

import pytest

from editor.web.pace import LEAST, MOST, Pace


class Line:
    """A line of a rate and a delay: what is in flight or waits may never be more than the socket's room."""

    def __init__(self, rate: float, delay: float) -> None:
        self.time = 0.0
        self.rate, self.delay = rate, delay
        self.pace = Pace(lambda: self.time)
        self._acked: list[tuple[float, int]] = []
        self._free_at = 0.0

    def send(self, size: int) -> None:
        self.pace.begin()
        for _ in range(size // 1024):
            while self._waiting() + 1024 > self.pace.room:
                self.time = min(at for at, _ in self._acked)
                self._acked = [each for each in self._acked if each[0] > self.time]
            begin = max(self.time, self._free_at)
            self._free_at = begin + 1024 / self.rate
            self._acked.append((self._free_at + self.delay, 1024))
        self.pace.left(size)

    def _waiting(self) -> int:
        return sum(size for at, size in self._acked if at > self.time)


def sent(rate: float, delay: float, size: int = 2_000_000) -> Line:
    line = Line(rate, delay)
    for _ in range(size // 8192):
        line.send(8192)
    return line


def test_a_slow_line_keeps_little_waiting() -> None:
    assert sent(4_000, 0.9, 400_000).pace.room == LEAST


@pytest.mark.parametrize(
    ("rate", "delay"),
    [(125_000, 0.6), (60_000, 0.3), (30_000, 0.9)],
    ids=["satellite", "3G", "far"],
)
def test_a_long_line_is_filled_and_no_more_waits_than_a_few_seconds_carry(
    rate: float, delay: float
) -> None:
    line = sent(rate, delay)
    assert line.pace.room <= rate * 3 or line.pace.room == LEAST
    assert line.time < 1.35 * 2_000_000 / rate


def test_a_fast_line_is_not_throttled() -> None:
    line = sent(5_000_000, 0.02)
    assert line.pace.room == MOST


def test_a_line_that_becomes_slow_gets_less_room() -> None:
    line = sent(125_000, 0.6)
    assert line.pace.room > 100_000
    line.rate = 4_000.0
    for _ in range(60):
        line.send(8192)
    assert line.pace.room == LEAST


def test_what_is_told_of_a_connection_that_ended_does_no_harm() -> None:
    import socket

    class Stream:
        def get_extra_info(self, name: str) -> socket.socket:
            return gone

    gone = socket.socket()
    gone.close()
    line = Line(1_000_000, 0.05)
    line.pace.trace("connection.connect_tcp.complete", {"return_value": Stream()})
    line.pace.trace("http11.send_request_headers.started", {"request": None})
    for _ in range(200):
        line.send(8192)
    assert line.pace.room == MOST

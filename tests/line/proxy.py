"""A line made of a proxy: bytes are paced and delayed on their way through it.

For where namespaces cannot be made. A proxy has TCP connections of its own to both sides: it cannot lose a packet, nor show
what TCP does about one. What it shows is what stands in whose way.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from tests.line.shape import DOWN, UP, Shape

HEADERS = 40
"""Bytes that IP and TCP add to each piece."""
PIECE = 1448
LITTLE = 4096
"""What waits in the system at each end, in bytes."""


class Proxy:
    """The line: see ``tests.line.shape.Line``."""

    kind = "a proxy, no packet is lost"
    host = "127.0.0.1"

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self.down = False
        self._free = [0.0, 0.0]
        self._lock = threading.Lock()
        self._log: list[tuple[float, int, int]] = []
        self._listening: list[socket.socket] = []
        self._open: list[socket.socket] = []

    def __enter__(self) -> Proxy:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for each in (*self._listening, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    @contextmanager
    def near(self) -> Iterator[None]:
        yield

    far = near

    def reach(self, port: int) -> tuple[str, int]:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LITTLE)
        listening.bind((self.host, 0))
        listening.listen()
        self._listening.append(listening)
        threading.Thread(target=self._accept, args=(listening, port), daemon=True).start()
        return self.host, listening.getsockname()[1]

    def passed(self, way: int, since: float = 0.0, until: float = float("inf")) -> int:
        return sum(size for at, to, size in list(self._log) if to == way and since <= at <= until)

    def _accept(self, listening: socket.socket, port: int) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listening.accept()
                far = socket.create_connection((self.host, port))
                self._open += [near, far]
                first = (
                    time.monotonic() + self._shape.trip
                )  # a connection is made in one round trip
                for way, source, sink in ((UP, near, far), (DOWN, far, near)):
                    moved: queue.Queue[tuple[float, bytes]] = queue.Queue()
                    taking, giving = (way, source, moved, first), (sink, moved)
                    threading.Thread(target=self._take, args=taking, daemon=True).start()
                    threading.Thread(target=self._give, args=giving, daemon=True).start()

    def _take(
        self, way: int, source: socket.socket, moved: queue.Queue[tuple[float, bytes]], first: float
    ) -> None:
        """Reads only as fast as the line takes it, so that who sends feels it."""
        piece = b"begun"
        while piece:
            try:
                piece = source.recv(PIECE)
            except OSError:
                piece = b""
            while self.down:
                time.sleep(0.05)
            now = time.monotonic()
            with self._lock:
                taken = self._shape.seconds(len(piece) + HEADERS, way)
                self._free[way] = max(now, first, self._free[way]) + taken
                free = self._free[way]
                self._log.append((time.time() + free - now, way, len(piece) + HEADERS))
            time.sleep(max(0.0, free - now))
            moved.put((free + self._shape.trip / 2, piece))

    def _give(self, sink: socket.socket, moved: queue.Queue[tuple[float, bytes]]) -> None:
        piece = b"begun"
        with contextlib.suppress(OSError):
            while piece:
                due, piece = moved.get()
                time.sleep(max(0.0, due - time.monotonic()))
                if piece:
                    sink.sendall(piece)
                else:
                    sink.shutdown(socket.SHUT_WR)


def between(shape: Shape) -> Proxy:
    """A line of this shape."""
    return Proxy(shape)

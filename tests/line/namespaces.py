"""A line between two network namespaces: whole IP packets travel, wait and are lost, as on a real one.

Linux, with the right to make namespaces and ``/dev/net/tun``; raises ``OSError`` elsewhere. Each namespace has a TUN device,
and a thread carries the packets between the two. Nothing is named, so that nothing is left behind: the namespaces end with
the last process in them.
"""

from __future__ import annotations

import ctypes
import heapq
import os
import random
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from tests.line.shape import Shape

NEW_NETWORK = 0x40000000
SET_DEVICE, SET_ADDRESS, SET_MASK, SET_FLAGS = 0x400454CA, 0x8916, 0x891C, 0x8914
TUN_WITHOUT_HEADER = 0x1001
UP_AND_RUNNING = 0x41
DEVICE = b"line0"
NEAR, FAR = "10.99.0.1", "10.99.0.2"
LARGEST = 65536


class Place:
    """A namespace with one end of the line in it."""

    def __init__(self, address: str) -> None:
        self._errors: list[OSError] = []
        self.network = self.packets = -1
        made = threading.Thread(target=self._make, args=(address,))
        made.start()
        made.join()
        for error in self._errors:
            self.close()
            raise error

    def _make(self, address: str) -> None:
        """In a thread of its own, which is alone in going to the new namespace."""
        import fcntl

        try:
            _call("unshare", NEW_NETWORK)
            self.network = _here()
            self.packets = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(
                self.packets, SET_DEVICE, struct.pack("16sH22x", DEVICE, TUN_WITHOUT_HEADER)
            )
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
                for order, value in ((SET_ADDRESS, address), (SET_MASK, "255.255.255.0")):
                    where = struct.pack("HH4s8x", socket.AF_INET, 0, socket.inet_aton(value))
                    fcntl.ioctl(any_socket, order, struct.pack("16s16s8x", DEVICE, where))
                for device in (DEVICE, b"lo"):
                    up = struct.pack("16sH22x", device, UP_AND_RUNNING)
                    fcntl.ioctl(any_socket, SET_FLAGS, up)
        except OSError as error:
            self._errors.append(error)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """The calling thread, the sockets that it makes and the processes that it begins, are in the namespace."""
        home = _here()
        _call("setns", self.network, NEW_NETWORK)
        try:
            yield
        finally:
            _call("setns", home, NEW_NETWORK)
            os.close(home)

    def close(self) -> None:
        for each in (self.packets, self.network):
            if each >= 0:
                os.close(each)


class Namespaces:
    """The line: see ``tests.line.shape.Line``."""

    kind = "network namespaces, packets are lost"
    host = FAR

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._near = Place(NEAR)
        try:
            self._far = Place(FAR)
        except OSError:
            self._near.close()
            raise
        self.near, self.far = self._near.inside, self._far.inside
        self.down = False
        self._log: list[tuple[float, int, int]] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._carry, name="line", daemon=True)

    def __enter__(self) -> Namespaces:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join(10)
        self._near.close()
        self._far.close()

    def reach(self, port: int) -> tuple[str, int]:
        return FAR, port

    def passed(self, way: int, since: float = 0.0, until: float = float("inf")) -> int:
        return sum(size for at, to, size in list(self._log) if to == way and since <= at <= until)

    def _carry(self) -> None:
        """Each packet has its turn on the line, and then, unless it is lost, travels half of the round trip."""
        ends = (self._near.packets, self._far.packets)
        chance = tuple(random.Random(f"{self._shape.seed} {way}") for way in (0, 1))
        free = [0.0, 0.0]
        travelling: list[tuple[float, int, bytes]] = []
        while not self._ended.is_set():
            pause = travelling[0][0] - time.monotonic() if travelling else 0.2
            for end in select.select(ends, [], [], min(max(pause, 0.0), 0.2))[0]:
                way, packet, now = ends.index(end), os.read(end, LARGEST), time.monotonic()
                if packet[0] >> 4 != 4:
                    continue  # what the devices say by themselves, by IPv6
                full = free[way] - now > self._shape.seconds(self._shape.queue, way)
                if full or self.down:
                    continue
                free[way] = max(now, free[way]) + self._shape.seconds(len(packet), way)
                self._log.append((time.time() + free[way] - now, way, len(packet)))
                if chance[way].random() * 100 >= self._shape.loss:
                    arrives = free[way] + self._shape.trip / 2
                    heapq.heappush(travelling, (arrives, way, packet))
            while travelling and travelling[0][0] <= time.monotonic():
                _, way, packet = heapq.heappop(travelling)
                if not self.down:
                    os.write(ends[1 - way], packet)


def between(shape: Shape) -> Namespaces:
    """A line of this shape. Raises ``OSError`` where none can be made."""
    if sys.platform != "linux" or not Path("/dev/net/tun").exists():
        raise OSError("no namespaces here")
    return Namespaces(shape)


def _here() -> int:
    """The namespace of the calling thread."""
    return os.open(f"/proc/self/task/{threading.get_native_id()}/ns/net", os.O_RDONLY)


def _call(name: str, *numbers: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*numbers):
        raise OSError(ctypes.get_errno(), name)

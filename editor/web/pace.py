"""How much of a photo may wait in the system to leave: about two seconds of what the line carries.

What waits there, no text can overtake. A fixed small amount would be right for a slow line, and throttle a fast one that
is long: a satellite's. So the line is measured while it carries, and the socket's room follows.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from typing import Any

LEAST = 16 * 1024
MOST = 256 * 1024
SECONDS = 2.0
WINDOW = 0.5
"""Seconds of sending after which a rate is believed."""
ROOMIER = 2
"""How much larger a system may make the room than it was told: Linux doubles it."""
PAUSE = 0.05
NEAR = 1.25
"""A room that differs by less is left as it is."""


class Pace:
    """The room of one connection's socket. ``now`` is a steady clock."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = now()
        self._since = self._last
        self._socket: socket.socket | None = None
        self.room = LEAST
        self._begin(free=ROOMIER * LEAST)

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Told by the transport of each step of a connection: the last stream it makes is the one that carries."""
        ask = getattr(info.get("return_value"), "get_extra_info", None)
        if event.endswith(".complete") and ask is not None:
            self._socket = ask("socket")
            self.room = LEAST
            self._begin(free=ROOMIER * LEAST)

    def begin(self) -> None:
        """A piece is handed over now."""
        self._since = self._now()
        if self._since - self._last > PAUSE:
            # another request was made meanwhile, and what waited has left
            self._begin(free=ROOMIER * self.room)

    def left(self, size: int) -> None:
        """The piece was taken by the system."""
        self._last = self._now()
        self._spent += self._last - self._since
        self._sent += size
        if self._spent < WINDOW or self._sent < 2 * self._free:
            return
        # what found room at once says nothing of the line
        rate = max(0, self._sent - self._free) / self._spent
        room = int(min(max(rate * SECONDS, LEAST), MOST))
        if not self.room / NEAR < room < self.room * NEAR:
            self._make_room(room)
        else:
            self._begin(free=0)

    def _make_room(self, room: int) -> None:
        more = max(0, room - self.room)
        self.room = room
        if self._socket is not None:
            try:
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, room)
            except OSError:
                # the connection just ended, which the next piece will find out by itself
                return
        self._begin(free=ROOMIER * more)

    def _begin(self, *, free: int) -> None:
        """A new window. ``free`` bytes find room at once."""
        self._free = free
        self._sent = 0
        self._spent = 0.0

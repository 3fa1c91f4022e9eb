"""A connection that leads where the check said, and ends when its time is over.

A name is asked for once. Every address it has must be public, and the connection is made to one of these very addresses:
a second question might be answered otherwise (DNS rebinding). The certificate and the request speak of the name.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from editor.embeds.public import Resolve, is_public, resolve_in

LOOPBACK = "127.0.0.1"


class Forbidden(Exception):
    """A name that leads into a network that is not public."""


class Deadline:
    """One point in time, by the steady clock, for all that a look needs."""

    def __init__(self, seconds: float, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._end = steady() + seconds

    def left(self) -> float:
        """The seconds that are left. Raises ``httpcore.ReadTimeout`` when there are none."""
        left = self._end - self._steady()
        if left <= 0:
            raise httpcore.ReadTimeout("the look took too long")
        return left


class PinnedBackend(httpcore.NetworkBackend):
    """Makes connections to checked addresses. ``here`` is the port of a test's own server on this laptop."""

    def __init__(self, resolve: Resolve, deadline: Deadline, here: int | None) -> None:
        self._resolve = resolve
        self._deadline = deadline
        self._here = here
        self._straight = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects to the first address of the host that answers. Raises ``Forbidden`` where one of them is not public."""
        addresses = resolve_in(self._deadline.left(), host, self._resolve)
        for address in addresses:
            if not is_public(address) and not (self._here and address == LOOPBACK):
                raise Forbidden(host)
        failed: Exception = httpcore.ConnectError(f"nobody knows {host}")
        for number, address in enumerate(addresses, 1):
            to = self._here if self._here and address == LOOPBACK else port
            # an address of a kind that the network here does not carry must not use up the others' time
            share = 1 if number == len(addresses) else 2
            try:
                stream = self._straight.connect_tcp(address, to, self._deadline.left() / share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Timed(stream, self._deadline)
        raise failed


class _Timed(httpcore.NetworkStream):
    """A stream on which everything together has until the deadline, however slowly the bytes trickle."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _Timed(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

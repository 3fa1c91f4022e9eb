from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from tests.backends.opening import wire_server
from tests.wire_server.client import WireServer

Script = Callable[[socket.socket], None]


class RawServer:
    """A socket that does with each connection what a test says, and nothing of what a server should."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.connections = 0
        self.heard = bytearray()
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._one, args=(line,), daemon=True).start()

    def _one(self, line: socket.socket) -> None:
        with line:
            try:
                self._script(line)
            except OSError:
                return

    def request(self, line: socket.socket) -> bytes:
        """Reads one request, head and body."""
        data = b""
        while b"\r\n\r\n" not in data:
            piece = line.recv(65536)
            if not piece:
                return data
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        lengths = [
            int(each.split(b":")[1])
            for each in head.split(b"\r\n")
            if each.lower().startswith(b"content-length")
        ]
        while lengths and len(body) < lengths[0]:
            body += line.recv(65536)
        self.heard += head + b"\r\n\r\n" + body
        return head

    def close(self) -> None:
        self._listener.close()


Raw = Callable[[Callable[[RawServer, socket.socket], None]], RawServer]


@pytest.fixture
def raw() -> Iterator[Raw]:
    made: list[RawServer] = []

    def serve(script: Callable[[RawServer, socket.socket], None]) -> RawServer:
        made.append(RawServer(lambda line: script(made[-1], line)))
        return made[-1]

    yield serve
    for each in made:
        each.close()


@pytest.fixture
def says(raw: Raw) -> Callable[[bytes], RawServer]:
    """A server that answers every request with these bytes, and hangs up."""

    def with_bytes(answer: bytes) -> RawServer:
        def script(server: RawServer, line: socket.socket) -> None:
            server.request(line)
            line.sendall(answer)

        return raw(script)

    return with_bytes


@pytest.fixture
def server() -> WireServer:
    """The reference server, as new."""
    made = wire_server()
    made.reset()
    return made

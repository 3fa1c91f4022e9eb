"""What stands between the laptop and a site: a loopback proxy, which loses, delays and breaks what passes through it.

Each request has a connection of its own. ``fate`` says what becomes of it, before a byte of it reaches the site.
"""

from __future__ import annotations

import random
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.real.processes import reserved_port

SECONDS = 60.0
"""Longer than anything takes here: no measure of speed."""
RESET = struct.pack("ii", 1, 0)
HOTEL = (
    b"<!DOCTYPE html><title>Welcome to the Riverside</title><p>Room number and name, please.</p>"
)


class Way(StrEnum):
    """What becomes of a request on its way, or of its answer."""

    CUT = "the answer is cut off"
    CLOSE = "closed before the answer"
    RESET = "reset before the answer"
    LATE = "the answer comes too late"
    SWALLOW = "the request is lost"
    HANG = "nobody answers"
    HOLD = "the request lands late"
    HOTEL = "somebody else's page"


@dataclass(frozen=True)
class Fate:
    """What goes wrong with one request.

    ``order`` is for the plug-in at the site, which goes wrong by it; ``before`` is called before the site hears of the
    request, ``meanwhile`` while the plug-in keeps it waiting.
    """

    name: str
    way: Way | None = None
    order: str = ""
    before: Callable[[], None] | None = None
    meanwhile: Callable[[], None] | None = None


FINE = Fate("")


@dataclass(frozen=True)
class Passed:
    """A request, what became of it, the status that the site gave, the bytes both ways, and when it came.

    ``heard`` says that somebody still waited for the answer, and was to get it.
    """

    method: str
    path: str
    body: bytes = b""
    raw: bytes = b""
    fate: Fate = FINE
    status: int = 0
    sent: int = 0
    received: int = 0
    at: float = 0.0
    heard: bool = False

    @property
    def route(self) -> str:
        return urlsplit(self.path).path.removeprefix("/wp-json/wp/v2/")

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    @property
    def of_a_post(self) -> bool:
        """Whether it makes, changes or bins a post."""
        return self.writes and self.route.split("/")[0] == "posts"


class Between:
    """The proxy. ``passed`` are the requests that came, in their order; ``held`` those that have yet to land.

    ``cut`` is how much of an answer comes that is cut off, as a share of it; None for by chance.
    """

    def __init__(
        self,
        port: int,
        fate: Callable[[Passed], Fate] = lambda request: FINE,
        now: Callable[[], float] = time.monotonic,
        chance: random.Random | None = None,
    ) -> None:
        """Leads to a site's ``port``. ``now`` stamps what passes."""
        self.fate = fate
        self.cut: float | None = None
        self.passed: list[Passed] = []
        self.held: list[Passed] = []
        self._to, self._now, self._chance = port, now, chance or random.Random(0)
        self._busy = 0
        self._news = threading.Condition()
        self._reserved = reserved_port()
        self._port: int = self._reserved.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._listener: socket.socket | None = None
        self.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()
        self.idle()
        self._reserved.close()

    def open(self) -> None:
        """From now on, somebody listens."""
        if self._listener is None:
            self._listener = socket.socket()
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._listener.bind(("127.0.0.1", self._port))
            self._listener.listen(64)
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def close(self) -> None:
        """From now on, connections are refused."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def idle(self) -> None:
        """Waits until the site has done all that it was asked for, also what nobody waits for any more."""
        with self._news:
            assert self._news.wait_for(lambda: self._busy == 0, SECONDS), "the site is still busy"

    def land(self, before: float = float("inf")) -> None:
        """Lets requests that were held and came before a moment have their effect, in their order."""
        due = [each for each in self.held if each.at < before]
        self.held = [each for each in self.held if each not in due]
        for each in due:
            self._forward(each.raw)

    # ---

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            client.settimeout(SECONDS)
            with self._news:
                self._busy += 1
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            with client, suppress(OSError):
                request = self._read(client)
                if request is not None:
                    self._handle(client, replace(request, fate=self.fate(request)))
        finally:
            with self._news:
                self._busy -= 1
                self._news.notify_all()

    def _handle(self, client: socket.socket, request: Passed) -> None:
        fate = request.fate
        if fate.before is not None:
            fate.before()
        match fate.way:
            case Way.SWALLOW | Way.HOLD | Way.HANG | Way.HOTEL:
                self._note(request, b"")
                if fate.way is Way.HOLD:
                    self.held.append(request)
                if fate.way is Way.HANG:
                    client.recv(1)
                if fate.way is Way.HOTEL:
                    client.sendall(_page(HOTEL))
            case way:
                answer = self._ask(request)
                self._note(request, answer, heard=way is None and not _has_gone(client))
                self._tell(client, answer, way)

    def _ask(self, request: Passed) -> bytes:
        """The site's answer; ``meanwhile`` is done while it is being made."""
        fate, answers = request.fate, list[bytes]()
        raw = _with(request.raw, {"X-Fault": fate.order} if fate.order else {})
        if fate.meanwhile is None:
            return self._forward(raw)
        asking = threading.Thread(target=lambda: answers.append(self._forward(raw)), daemon=True)
        asking.start()
        fate.meanwhile()
        asking.join(SECONDS)
        return answers[0]

    def _tell(self, client: socket.socket, answer: bytes, way: Way | None) -> None:
        match way:
            case Way.CUT:
                where = self._chance.random() if self.cut is None else self.cut
                client.sendall(answer[: 1 + int(where * (len(answer) - 1))])
            case Way.CLOSE:
                pass
            case Way.RESET:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            case Way.LATE:
                client.recv(1)  # until they have given up
            case _:
                client.sendall(answer)

    def _note(self, request: Passed, answer: bytes, *, heard: bool = False) -> None:
        status = int(answer[9:12]) if answer[9:12].isdigit() else 0
        sent, received = len(request.raw), len(answer)
        request = replace(request, status=status, sent=sent, received=received, heard=heard)
        self.passed.append(request)

    def _forward(self, raw: bytes) -> bytes:
        """What the site answers; what came of it where the connection ends before that."""
        answer = b""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._to), SECONDS) as there:
            there.sendall(_with(raw, {"Connection": "close"}))
            while piece := there.recv(65536):
                answer += piece
        return answer

    def _read(self, client: socket.socket) -> Passed | None:
        raw = b""
        while b"\r\n\r\n" not in raw:
            piece = client.recv(65536)
            if not piece:
                return None
            raw += piece
        head, _, body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (_split(line) for line in lines[1:])}
        while len(body) < int(headers.get("content-length", "0")):
            body += client.recv(65536)
        method, path, _ = lines[0].split(" ")
        whole = head + b"\r\n\r\n" + body
        return Passed(method, path, body, whole, at=self._now())


def _has_gone(client: socket.socket) -> bool:
    """Whether who asked waits no more."""
    told, _, _ = select.select([client], [], [], 0)
    return bool(told) and client.recv(1, socket.MSG_PEEK) == b""


def _split(line: str) -> tuple[str, str, str]:
    name, colon, value = line.partition(":")
    return name, colon, value.strip()


def _with(raw: bytes, headers: dict[str, str]) -> bytes:
    """A request with other headers."""
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    changed = {name.lower() for name in headers}
    kept = [line for line in rest if _split(line)[0].lower() not in changed]
    lines = [first, *kept, *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def _page(html: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(html)}\r\n"
    return head.encode() + b"Connection: close\r\n\r\n" + html

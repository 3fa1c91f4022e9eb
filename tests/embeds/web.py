"""A web on this laptop: one TLS server that answers for every host of a test, and counts what it is asked.

Its certificate (``server.pem``) names these hosts and vouches for itself; nothing but these tests trusts it.
"""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from editor.embeds.fetching import Fetcher

CERTIFICATE = Path(__file__).with_name("server.pem")
HERE = "127.0.0.1"

Body = bytes | Iterator[bytes]


@dataclass(frozen=True)
class Reply:
    """An answer; a body in pieces goes on until the other side has had enough."""

    status: int = 200
    body: Body = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    raw: Body | None = None


def said(value: Any, status: int = 200) -> Reply:
    return Reply(status=status, body=json.dumps(value).encode())


def page(html: str | bytes, kind: str = "text/html; charset=utf-8") -> Reply:
    return Reply(body=html if isinstance(html, bytes) else html.encode(), kind=kind)


def packed(body: bytes) -> Reply:
    return Reply(body=gzip.compress(body, mtime=0), headers={"content-encoding": "gzip"})


def moved(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"location": to, "set-cookie": "who=you"})


@dataclass(frozen=True)
class Request:
    host: str
    target: str
    headers: dict[str, str]
    name: str


class Web:
    """``answers`` are by host and path with its query, or by host alone."""

    def __init__(self) -> None:
        self.answers: dict[str, Reply | Callable[[Request], Reply]] = {}
        self.requests: list[Request] = []
        self.connections = 0
        self.asked: list[str] = []
        self.over = threading.Event()
        self._names = threading.local()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(CERTIFICATE)
        self._context.sni_callback = self._note_name
        self._socket = socket.create_server((HERE, 0))
        self.port = self._socket.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._lines: list[socket.socket] = []
        self._threads[0].start()

    def resolve(self, host: str) -> list[str]:
        """A name server: every name leads here."""
        self.asked.append(host)
        return [HERE]

    def fetcher(self, **changed: Any) -> Fetcher:
        """A fetcher for which this is the web."""
        given = {"resolve": self.resolve, "trust": trust(), "here": self.port, **changed}
        return Fetcher(**given)

    @property
    def silent(self) -> bool:
        """Whether nobody was asked for anything: no name, no connection, no request."""
        return not self.asked and not self.connections and not self.requests

    def silence(self) -> Iterator[bytes]:
        """Nothing, until the test is over."""
        self.over.wait(30)
        yield from ()

    def close(self) -> None:
        self.over.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for line in self._lines:
            line.close()
        for thread in self._threads:
            thread.join(5)

    def _note_name(self, _line: Any, name: str | None, _context: Any) -> None:
        self._names.name = name or ""

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._one, args=(line,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _one(self, line: socket.socket) -> None:
        try:
            with self._context.wrap_socket(line, server_side=True) as secure:
                self._lines.append(secure)
                request = self._read(secure)
                self.requests.append(request)
                self._answer(secure, request)
        except (OSError, ValueError):
            line.close()

    def _read(self, line: ssl.SSLSocket) -> Request:
        heard = b""
        while b"\r\n\r\n" not in heard:
            piece = line.recv(4096)
            if not piece:
                raise OSError("gone")
            heard += piece
        first, *rest = heard.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        headers = {key.lower(): value for key, _, value in (each.partition(": ") for each in rest)}
        return Request(headers["host"], first.split(" ")[1], headers, self._names.name)

    def _answer(self, line: ssl.SSLSocket, request: Request) -> None:
        found = self.answers.get(request.host + request.target)
        found = found or self.answers.get(request.host) or Reply(status=404)
        reply = found(request) if callable(found) else found
        if reply.raw is not None:
            for piece in [reply.raw] if isinstance(reply.raw, bytes) else reply.raw:
                line.sendall(piece)
            return
        headers = {"content-type": reply.kind, "connection": "close", **reply.headers}
        pieces = iter([reply.body]) if isinstance(reply.body, bytes) else reply.body
        head = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        line.sendall(f"HTTP/1.1 {reply.status} X\r\n{head}\r\n".encode("latin-1"))
        for piece in pieces:
            line.sendall(piece)


def trust() -> ssl.SSLContext:
    """Trusts this web, and nobody else."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))

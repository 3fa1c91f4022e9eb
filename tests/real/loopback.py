"""A small server of this machine's: what stands at an address that is no WordPress, and what stands before one that is."""

from __future__ import annotations

import http.client
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.real.wordpress import WordPress

_OF_A_CONNECTION = ("connection", "transfer-encoding", "content-length", "keep-alive")


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Told:
    """An answer."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Answers = Callable[[Asked], Told]


def page(words: str, status: int = 200, **headers: str) -> Told:
    """A page for people."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    body = f"<!DOCTYPE html><html><body><p>{words}</p></body></html>".encode()
    return Told(status, body, {"content-type": "text/html; charset=utf-8", **told})


def to(address: str, status: int = 301) -> Told:
    """The way to somewhere else."""
    return Told(status, headers={"location": address})


class Loopback:
    """The server. ``asked`` are the requests that came; with a ``certificate`` it speaks TLS."""

    def __init__(self, answers: Answers, certificate: Path | None = None) -> None:
        self.asked: list[Asked] = []
        self._answers = answers
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port: int = self._server.server_address[1]
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'http' if certificate is None else 'https'}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, self.rfile.read(length))
                outer.asked.append(asked)
                told = outer._answers(asked)
                self.send_response_only(told.status)
                for name, value in told.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(told.body)))
                self.end_headers()
                self.wfile.write(told.body)

            do_GET = do_POST = do_DELETE = do  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        return Handler


def passing(site: WordPress, folder: str = "", **headers: str) -> Callable[[Asked, str], Told]:
    """Hands a request on to a site, and its answer back: the site seems to be at ``base`` in a ``folder`` of it.

    ``headers`` are put into every answer.
    """

    def hand_on(asked: Asked, base: str) -> Told:
        if not asked.path.startswith(f"{folder}/"):
            return page("There is nothing here.", 404)
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        try:
            path = asked.path.removeprefix(folder)
            sent = {name: value for name, value in asked.headers.items() if name != "host"}
            sent["accept-encoding"] = "identity"
            connection.request(asked.method, path, asked.body or None, sent)
            answer = connection.getresponse()
            body = answer.read()
            told = {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()
        there = f"{base}{folder}"
        for old, new in (
            (site.url, there),
            (site.url.replace("/", "\\/"), there.replace("/", "\\/")),
        ):
            body = body.replace(old.encode(), new.encode())
            told = {name: value.replace(old, new) for name, value in told.items()}
        kept = {name: value for name, value in told.items() if name not in _OF_A_CONNECTION}
        return Told(answer.status, body, {**kept, **headers})

    return hand_on


def before(
    site: WordPress, folder: str = "", certificate: Path | None = None, **headers: str
) -> Loopback:
    """A server that stands before a site."""
    hand_on = passing(site, folder, **headers)
    made: list[Loopback] = []
    made.append(Loopback(lambda asked: hand_on(asked, made[0].url), certificate))
    return made[0]

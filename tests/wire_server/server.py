"""The protocol itself: which request is which, what it does, and how it is answered, or not."""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import re
import socket
import threading
import time
from collections.abc import Callable
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.wire_server.faults import Fault, Faults
from tests.wire_server.pages import shown
from tests.wire_server.state import No, State

TOKEN = "the-reference-token"
USER = "field"
PORTAL = b"<!DOCTYPE html><title>Welcome</title><p>Sign in to use the network of this hotel."
LIMIT = 50_000_000
BLOG = r"/api/blogs/(?P<blog>[^/]+)"
ROUTES = (
    ("hello", "GET", r"/api/?"),
    ("find", "GET", BLOG + r"/entries\?key="),
    ("listing", "GET", BLOG + r"/entries"),
    ("create", "POST", BLOG + r"/entries"),
    ("look", "GET", BLOG + r"/entries/(?P<ref>[^/]+)"),
    ("update", "PUT", BLOG + r"/entries/(?P<ref>[^/]+)"),
    ("bin", "DELETE", BLOG + r"/entries/(?P<ref>[^/]+)"),
    ("versions", "GET", BLOG + r"/entries/(?P<ref>[^/]+)/versions"),
    ("changes", "GET", BLOG + r"/changes"),
    ("claim", "POST", BLOG + r"/media/(?P<name>[^/]+)"),
    ("file", "GET", BLOG + r"/media/(?P<name>[^/]+)"),
    ("photo", "PUT", BLOG + r"/media/(?P<name>[^/]+)"),
    ("unphoto", "DELETE", BLOG + r"/media/(?P<name>[^/]+)"),
    ("batch", "POST", BLOG + r"/batch"),
    ("cover", "PUT", BLOG + r"/cover"),
)
Did = tuple[int, Any]


class Broken(Exception):
    """The connection ends here."""


class Listener(ThreadingHTTPServer):
    """Without a look-up of the host's name, which takes its time where there is no network."""

    def server_bind(self) -> None:
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "server", self.server_address[1]


class Server:
    """The listener, which can be away for a while, over a state that stays."""

    def __init__(
        self, state: State, faults: Faults, port: int = 0, host: str = "127.0.0.1"
    ) -> None:
        self.state = state
        self.faults = faults
        self.skew = 0.0
        self.settle = 0.0
        self.asks_who = True
        self.batches = True
        self.resets = 0
        self.host = host
        self.port = port
        self._server: Listener | None = None
        self._open: set[socket.socket] = set()
        self._lock = threading.RLock()

    def start(self) -> None:
        with self._lock:
            if self._server is not None:
                return
            handler = type("Bound", (Handler,), {"home": self})
            self._server = Listener((self.host, self.port), handler)
            self.port = self._server.server_address[1]
            self.state.address = f"http://{self.host}:{self.port}"
            threading.Thread(
                target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
            ).start()

    def stop(self) -> None:
        """Nobody can connect, and who was connected is not any more."""
        with self._lock:
            server, self._server = self._server, None
        if server is None:
            return
        server.shutdown()
        server.server_close()
        for each in list(self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def refuse(self, seconds: float) -> None:
        """Away for a while."""
        self.stop()
        timer = threading.Timer(seconds, self.start)
        timer.daemon = True
        timer.start()


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    home: Server
    protocol_version = "HTTP/1.1"
    server_version = "reference"
    sys_version = ""
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.home._open.add(self.request)

    def finish(self) -> None:
        self.home._open.discard(self.request)
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: requests are kept in the state."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The server's own idea of the time."""
        return formatdate((timestamp or time.time()) + self.home.skew, usegmt=True)

    def _any(self) -> None:
        parts = urlsplit(self.path)
        if self.command == "GET" and "json" not in self.headers.get("accept", ""):
            self._number = 0
            self._say_bytes(*shown(self.home.state, parts.path))
            return
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        kind, names = self._route(parts.path, query)
        fault = self.home.faults.take(kind) or {}
        self._size, self._told = 0, dict[str, Any]()
        try:
            data = self._read(fault)
            self._keep(kind, query, fault)
            self._answer(kind, names, query, data, fault)
        except Broken:
            self._end()

    do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815

    def _keep(self, kind: str, query: dict[str, str], fault: Fault) -> None:
        """Written down before it is answered, so that who has an answer finds the request there."""
        self._number = self.home.state.asked(
            at=time.time(),
            kind=kind,
            method=self.command,
            path=self.path,
            key=str(self._told.get("key", query.get("key", ""))),
            digest=str(self._told.get("digest", "")),
            bytes=self._size,
            fault=fault.get("called") or fault.get("what", ""),
            status=0,
        )

    def _answer(
        self, kind: str, names: dict[str, str], query: dict[str, str], data: bytes, fault: Fault
    ) -> None:
        """Does it, or not, and says so, or not, or something else."""

        def do() -> Did:
            return self._do(kind, names, query, data)

        applied = bool(fault.get("applied"))
        match fault.get("what"):
            case "drop-before":
                raise Broken
            case "drop-after":
                do()
                raise Broken
            case "late-apply":
                self._do_later(do, fault)
                raise Broken
            case "hang":
                time.sleep(fault["seconds"])
                raise Broken
            case "refuse":
                threading.Thread(target=self.home.refuse, args=(fault["seconds"],)).start()
                raise Broken
            case "late-answer":
                did = do()
                time.sleep(fault["seconds"])
                self._say(*did)
            case "status":
                if applied:
                    do()
                self._say(fault["status"], {"message": "as ordered"}, self._patience(fault))
            case "portal":
                if applied:
                    do()
                self._say_bytes(200, PORTAL, "text/html; charset=utf-8")
            case "redirect":
                self._say(fault.get("status", 302), None, {"Location": fault["address"]})
            case "half":
                status, told = do()
                self._say_bytes(status, json.dumps(told).encode(), half=True)
            case "garbage":
                self._say_bytes(do()[0], b'{"ref": ')
            case _:
                self._say(*do())

    def _do_later(self, do: Callable[[], Did], fault: Fault) -> None:
        """After ``seconds``; not at all after ``within``, where a slow machine would make it later than is agreed."""
        resets, begun = self.home.resets, time.monotonic()

        def late() -> None:
            in_time = time.monotonic() - begun < fault.get("within", float("inf"))
            if in_time and self.home.resets == resets:
                do()

        timer = threading.Timer(fault["seconds"], late)
        timer.daemon = True
        timer.start()

    def _do(self, kind: str, names: dict[str, str], query: dict[str, str], data: bytes) -> Did:
        """The request's effect, and the answer to it."""
        try:
            if kind == "nothing":
                raise No(404, "no such place")
            if self.home.asks_who and not self._is_known():
                raise No(401, "who are you?")
            act: Callable[..., Did] = getattr(self, f"_{kind}")
            return act(**names, query=query, data=data)
        except No as no:
            return no.status, {"message": no.message}
        except (ValueError, KeyError) as error:
            return 400, {"message": f"not understood: {type(error).__name__}"}

    def _hello(self, **_: Any) -> Did:
        state = self.home.state
        return 200, {
            "protocol": "dateline/1",
            "name": "Reference server",
            "drafts": state.drafts,
            "versions": state.versions,
            "settle": self.home.settle,
        }

    def _find(self, blog: str, query: dict[str, str], **_: Any) -> Did:
        return 200, {"entries": self.home.state.of(blog, query["key"])}

    def _listing(self, blog: str, query: dict[str, str], **_: Any) -> Did:
        return self._part(self.home.state.listing, blog, query)

    def _changes(self, blog: str, query: dict[str, str], **_: Any) -> Did:
        return self._part(self.home.state.changes, blog, query)

    def _part(self, ask: Callable[..., Any], blog: str, query: dict[str, str]) -> Did:
        limit = min(max(int(query.get("limit", "100")), 1), 500)
        entries, cursor, more = ask(blog, query.get("after", ""), limit)
        return 200, {"entries": entries, "cursor": cursor, "more": more}

    def _create(self, blog: str, data: bytes, **_: Any) -> Did:
        return 201, self.home.state.create(blog, json.loads(data))

    def _batch(self, blog: str, data: bytes, **_: Any) -> Did:
        """One after the other, up to the first that cannot be done."""
        if not self.home.batches:
            raise No(404, "one by one, please")
        return 200, self.home.state.put_all(blog, json.loads(gzip.decompress(data))["do"])

    def _look(self, blog: str, ref: str, **_: Any) -> Did:
        return 200, self.home.state.one(blog, ref)

    def _update(self, blog: str, ref: str, data: bytes, **_: Any) -> Did:
        return 200, self.home.state.update(blog, ref, json.loads(data), self._fits())

    def _bin(self, blog: str, ref: str, **_: Any) -> Did:
        row = self.home.state.remove(blog, ref, self._fits())
        return (204, None) if row is None else (200, row)

    def _versions(self, blog: str, ref: str, query: dict[str, str], **_: Any) -> Did:
        return 200, {"entries": self.home.state.history(blog, ref, query.get("after", ""))}

    def _claim(self, blog: str, name: str, **_: Any) -> Did:
        return 200, {"there": self.home.state.claim(blog, name)}

    def _file(self, blog: str, name: str, **_: Any) -> Did:
        there = self.home.state.file(blog, name)
        if there is None:
            raise No(404, "no such file")
        return 200, {"there": True, "version": str(there["version"])}

    def _photo(self, blog: str, name: str, data: bytes, **_: Any) -> Did:
        mime = self.headers.get("content-type", "")
        self.home.state.put_file(blog, name, mime, data)
        return 201, {"there": True}

    def _unphoto(self, blog: str, name: str, **_: Any) -> Did:
        self.home.state.remove_file(blog, name, self._fits())
        return 204, None

    def _cover(self, blog: str, data: bytes, **_: Any) -> Did:
        self.home.state.put_cover(blog, json.loads(data))
        return 204, None

    def _route(self, path: str, query: dict[str, str]) -> tuple[str, dict[str, str]]:
        asked = f"{path}?key=" if "key" in query else path
        for kind, method, pattern in ROUTES:
            if method == self.command and (found := re.fullmatch(pattern, asked)):
                return kind, {name: unquote(value) for name, value in found.groupdict().items()}
        return "nothing", {}

    def _read(self, fault: Fault) -> bytes:
        """The request's body, at a rate."""
        length = int(self.headers.get("content-length") or 0)
        if length > LIMIT:
            raise Broken
        rate = fault.get("rate") if fault.get("what") == "slow" else None
        if rate:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        data = bytearray()
        while len(data) < length:
            piece = self.rfile.read1(min(length - len(data), 1024 if rate else 65536))
            if not piece:
                raise Broken
            data += piece
            self._size = len(data)
            if rate:
                time.sleep(len(piece) / rate)
        if "json" in self.headers.get("content-type", ""):
            with contextlib.suppress(ValueError):
                told = json.loads(bytes(data))
                self._told = told if isinstance(told, dict) else {}
        return bytes(data)

    def _say(self, status: int, told: Any, headers: dict[str, str] | None = None) -> None:
        data = b"" if told is None else json.dumps(told, ensure_ascii=False).encode()
        self._say_bytes(status, data, headers=headers)

    def _say_bytes(
        self,
        status: int,
        data: bytes,
        mime: str = "application/json",
        *,
        headers: dict[str, str] | None = None,
        half: bool = False,
    ) -> None:
        self.home.state.said(self._number, status)
        self.send_response(status)
        self.send_header("X-Request-Id", f"r{self._number}")
        if data:
            self.send_header("Content-Type", mime)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if half else data)
        if half:
            raise Broken

    def _patience(self, fault: Fault) -> dict[str, str]:
        said = str(fault.get("retry_after", ""))
        if said.startswith("date:"):
            said = self.date_time_string(time.time() + float(said.removeprefix("date:")))
        return {"Retry-After": said} if said else {}

    def _fits(self) -> str:
        return (self.headers.get("if-match") or "").strip('"')

    def _is_known(self) -> bool:
        kind, _, said = (self.headers.get("authorization") or "").partition(" ")
        if kind == "Bearer":
            return said == TOKEN
        with contextlib.suppress(ValueError):
            return kind == "Basic" and base64.b64decode(said).decode() == f"{USER}:{TOKEN}"
        return False

    def _end(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

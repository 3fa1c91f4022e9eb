"""``python -m tests.wire_server FOLDER``: the server as a process of its own. It prints its two addresses, as JSON.

The first is the protocol's, the second the control channel: ``POST /name`` with the arguments as JSON, for the names of
``Control``. It ends when its standard input ends, so that no test leaves one behind.
"""

from __future__ import annotations

import argparse
import json
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.wire_server.faults import Faults
from tests.wire_server.server import TOKEN, Server
from tests.wire_server.state import No, State


class Control:
    """What a test may order."""

    def __init__(self, state: State, faults: Faults, server: Server) -> None:
        self._state = state
        self._faults = faults
        self._server = server

    def fault(self, **fault: Any) -> None:
        self._faults.add(**fault)

    def chance(self, **fault: Any) -> None:
        self._faults.chance(**fault)

    def seed(self, seed: int) -> None:
        self._faults.seed(seed)

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self._faults.clear()
        self._server.start()

    def settings(self, **settings: Any) -> None:
        """``drafts``, ``versions``; ``skew`` in seconds, ``settle``, ``asks_who``, ``batches``."""
        for name, value in settings.items():
            owner = self._state if name in ("drafts", "versions") else self._server
            setattr(owner, name, value)

    def refuse(self, seconds: float) -> None:
        self._server.refuse(seconds)

    def stop(self) -> None:
        self._server.stop()

    def start(self) -> None:
        self._server.start()

    def seen(self, after: int = -1, seconds: float = 0.0) -> int:
        """How many requests have come; waits for one more than ``after``."""
        return self._faults.await_request(after, seconds)

    def objects(self, blog: str = "") -> Any:
        return self._state.objects(blog)

    def history(self, blog: str, ref: str) -> Any:
        return self._state.history(blog, ref, "")

    def rows(self, table: str) -> Any:
        return self._state.rows(table)

    def edit(self, blog: str, ref: str, author: str = "The desk", **changes: Any) -> Any:
        return self._state.edit(blog, ref, author, **changes)

    def bin(self, blog: str, ref: str, author: str = "The desk") -> Any:
        return self._state.remove(blog, ref, "", author)

    def reset(self) -> None:
        self.heal()
        self._server.resets += 1
        self._state.reset()
        self._server.skew, self._server.settle, self._server.asks_who = 0.0, 0.0, True
        self._server.batches = True
        self._state.drafts = self._state.versions = True


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.wire_server", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--host", default="127.0.0.1", help="another: the control channel is a socket in FOLDER"
    )
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--no-drafts", action="store_true")
    parser.add_argument("--no-versions", action="store_true")
    parser.add_argument("--stay", action="store_true", help="do not end with standard input")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    state = State(
        arguments.folder / "server.sqlite",
        drafts=not arguments.no_drafts,
        versions=not arguments.no_versions,
    )
    faults = Faults()
    server = Server(state, faults, arguments.port, arguments.host)
    server.start()
    orders = Control(state, faults, server)
    bound: type[Orders] = type("Bound", (Orders,), {"orders": orders})
    if arguments.host == "127.0.0.1":
        control = ThreadingHTTPServer(("127.0.0.1", 0), bound)
        place = f"http://127.0.0.1:{control.server_address[1]}"
    else:
        # reached from another network namespace too
        place = str(arguments.folder.resolve() / "control")
        Path(place).unlink(missing_ok=True)
        bound.disable_nagle_algorithm = False
        control = UnixServer(place, bound)
    threading.Thread(target=control.serve_forever, daemon=True).start()
    told = {"address": f"{state.address}/api", "control": place, "token": TOKEN}
    print(json.dumps(told), flush=True)
    if arguments.stay:
        threading.Event().wait()
    sys.stdin.read()


class UnixServer(ThreadingHTTPServer):
    """HTTP over a socket in a folder."""

    address_family = socket.AF_UNIX

    def __init__(self, place: str, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(place, handler)  # type: ignore[arg-type]

    def server_bind(self) -> None:
        self.socket.bind(self.server_address)

    def get_request(self) -> tuple[socket.socket, Any]:
        line, _ = self.socket.accept()
        return line, ("control", 0)


class Orders(BaseHTTPRequestHandler):
    """The control channel."""

    orders: Control
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)) or b"{}")
        try:
            name = self.path.strip("/")
            if name.startswith("_"):
                raise No(404, "no such order")
            status, told = 200, getattr(self.orders, name)(**given)
        except No as no:
            status, told = no.status, no.message
        data = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


if __name__ == "__main__":
    main()

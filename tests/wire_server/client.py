"""The server from a test's side: start it, break it, act as the desk there, and look at what it holds and what it saw."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.wire_server.server import TOKEN

ROOT = Path(__file__).resolve().parent.parent.parent


class WireServer:
    """A server's process. Its state is in ``folder`` and outlives ``kill``; its port stays the same."""

    token = TOKEN

    def __init__(
        self, folder: Path, *options: str, host: str = "127.0.0.1", before: tuple[str, ...] = ()
    ) -> None:
        """``before`` goes before the command, as ``ip netns exec NAME`` does; ``host`` is then that namespace's own."""
        self.folder = folder
        self._options = ("--host", host, *options)
        self._before = before
        self.port = 0
        self.begin()

    def begin(self) -> None:
        """Starts the process, again after ``kill``."""
        port = ("--port", str(self.port)) if self.port else ()
        command = [sys.executable, "-m", "tests.wire_server", str(self.folder), *port]
        self._process = subprocess.Popen(
            [*self._before, *command, *self._options],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        told = json.loads(self._process.stdout.readline())
        self.address: str = told["address"]
        self.port = urlsplit(self.address).port or 0
        self._control: str = told["control"]

    def kill(self) -> None:
        """Ends the process as a power cut does."""
        self._process.kill()
        self._gone()

    def close(self) -> None:
        """Ends the process."""
        self._process.terminate()
        self._gone()

    def _gone(self) -> None:
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def order(self, name: str, **given: Any) -> Any:
        """Calls a function of ``Control``."""
        connection = http.client.HTTPConnection(urlsplit(self._control).netloc or "x", timeout=30)
        if self._control.startswith("/"):
            connection.sock = socket.socket(socket.AF_UNIX)
            connection.sock.connect(self._control)
        try:
            connection.request("POST", f"/{name}", json.dumps(given))
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise AssertionError(data.decode())
        return json.loads(data)

    # --- going wrong

    def fault(self, kind: str, what: str, **numbers: Any) -> None:
        """The next request of a kind goes wrong (``tests.wire_server.faults``)."""
        self.order("fault", kind=kind, what=what, **numbers)

    def chance(self, kind: str, what: str, share: float, **numbers: Any) -> None:
        """A share of them does."""
        self.order("chance", kind=kind, what=what, share=share, **numbers)

    def heal(self) -> None:
        """Nothing goes wrong any more, and the door is open."""
        self.order("heal")

    def adjust(self, **settings: Any) -> None:
        """``drafts``, ``versions``, ``skew``, ``settle``, ``asks_who``."""
        self.order("settings", **settings)

    def refuse(self, seconds: float) -> None:
        """Nobody can connect for a while."""
        self.order("refuse", seconds=seconds)

    def reset(self) -> None:
        """As new."""
        self.order("reset")

    # --- the desk there

    def edit(self, blog: str, ref: str, author: str = "The desk", **changes: Any) -> Any:
        """Somebody changes ``headline``, ``text`` (of the first text block), ``content`` or ``visibility``."""
        return self.order("edit", blog=blog, ref=ref, author=author, **changes)

    def publish(self, blog: str, ref: str) -> Any:
        """The desk makes it public."""
        return self.edit(blog, ref, visibility="public")

    def unpublish(self, blog: str, ref: str) -> Any:
        """The desk takes it back to a draft."""
        return self.edit(blog, ref, visibility="draft")

    def bin(self, blog: str, ref: str) -> Any:
        """The desk throws it away."""
        return self.order("bin", blog=blog, ref=ref)

    # --- looking

    def seen(self, after: int = -1, seconds: float = 0.0) -> int:
        """How many requests have come; waits so long for more than ``after``."""
        found: int = self.order("seen", after=after, seconds=seconds)
        return found

    def objects(self, blog: str = "") -> list[dict[str, Any]]:
        """Every object as it is now, the bin included."""
        found: list[dict[str, Any]] = self.order("objects", blog=blog)
        return found

    def public(self, blog: str = "") -> list[dict[str, Any]]:
        """What readers see now."""
        return [each for each in self.objects(blog) if each["visibility"] == "public"]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """A table of the state."""
        found: list[dict[str, Any]] = self.order("rows", table=table)
        return found

    def requests(self, *kinds: str) -> list[dict[str, Any]]:
        """What was asked, of some kinds or all."""
        return [each for each in self.rows("request") if not kinds or each["kind"] in kinds]

    def media(self) -> list[str]:
        """The photos' names."""
        return [each["name"] for each in self.rows("media")]

    def twice(self) -> list[str]:
        """The keys that were public twice at any instant."""
        return [row["key"] for row in self.rows("shown") if len(json.loads(row["refs"])) > 1]

    def ever_public(self) -> set[tuple[str, str]]:
        """Every (key, digest) that readers could see at any instant; the desk's own are ``desk-N``."""
        return {
            (row["key"], digest)
            for row in self.rows("shown")
            for digest in json.loads(row["digests"])
        }

    def ever_without_photos(self) -> list[str]:
        """The keys that were public at an instant when a photo they name was not there."""
        return [row["key"] for row in self.rows("shown") if json.loads(row["missing"])]

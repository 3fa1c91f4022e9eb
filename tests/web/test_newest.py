"""The one request for the note about a newer version: plain, small, to the address that was said, and no further."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from editor.problems import Refused, Unavailable
from editor.web.newest import get

MOST = 2000
NOTE = b"dateline-release 1 c2lnbmVk\n{}"


class Site:
    """A server on this laptop that remembers what it was asked, with every header."""

    def __init__(self) -> None:
        self.status = 200
        self.body = NOTE
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                size = int(self.headers.get("content-length", 0))
                sent = {name.lower(): value for name, value in self.headers.items()}
                site.asked.append((self.command, self.path, sent, self.rfile.read(size)))
                self.send_response(site.status)
                for name, value in site.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(site.body)))
                self.end_headers()
                self.wfile.write(site.body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/dateline/note.txt"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def test_the_request_says_dateline_and_nothing_else(site: Site) -> None:
    site.headers = {"set-cookie": "who=you"}
    for _ in range(2):
        assert get(site.address, MOST) == NOTE
    assert len(site.asked) == 2
    for method, path, headers, body in site.asked:
        assert (method, path, body) == ("GET", "/dateline/note.txt", b"")
        host = site.address.split("/")[2]
        assert headers == {
            "host": host,
            "user-agent": "Dateline",
            "accept": "application/json",
            "accept-encoding": "gzip",
        }


def test_a_redirection_is_not_followed(site: Site) -> None:
    for status in (301, 302, 303, 307, 308):
        site.status, site.headers = status, {"location": site.address + "?again"}
        with pytest.raises(Unavailable) as raised:
            get(site.address, MOST)
        assert raised.value.problem.code == "release-no-answer"
    assert {path for _, path, _, _ in site.asked} == {"/dateline/note.txt"}
    assert len(site.asked) == 5


def test_only_success_is_an_answer(site: Site) -> None:
    for status in (204, 206, 401, 403, 404, 407, 429, 500, 503):
        site.status, site.body = status, b"" if status == 204 else NOTE
        with pytest.raises(Unavailable):
            get(site.address, MOST)


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_that_is_too_large_is_cut_off(site: Site, packed: bool) -> None:
    site.body = b"x" * MOST
    assert get(site.address, MOST) == site.body
    site.body = b"x" * (MOST + 1)
    if packed:
        site.body, site.headers = gzip.compress(site.body), {"content-encoding": "gzip"}
    with pytest.raises(Unavailable) as raised:
        get(site.address, MOST)
    assert raised.value.problem.code == "web-not-understood"


@pytest.mark.parametrize(
    "address",
    [
        "http://updates.dateline.invalid/note.txt",
        "ftp://updates.dateline.invalid/note.txt",
        "file:///etc/passwd",
        "https://who:secret@updates.dateline.invalid/note.txt",
        "https://updates.dateline.invalid/note.txt?who=you",
        "updates.dateline.invalid",
        "",
    ],
)
def test_only_https_or_this_laptop_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_socket(*_: object, **__: object) -> None:
        raise AssertionError("a socket was made")

    monkeypatch.setattr(socket, "create_connection", no_socket)
    monkeypatch.setattr(socket, "getaddrinfo", no_socket)
    with pytest.raises(Refused) as raised:
        get(address, MOST)
    assert raised.value.first.code == "release-address"


def test_a_host_that_cannot_be_reached_is_told_as_such(site: Site) -> None:
    site.close()
    with pytest.raises(Unavailable) as raised:
        get(site.address, MOST)
    assert raised.value.problem.code == "web-unreached"

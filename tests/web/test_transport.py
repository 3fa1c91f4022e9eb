"""How a system is reached: by the proxy that the laptop's settings name, or straight; and which addresses may be asked."""

from __future__ import annotations

import socket

import pytest

from editor.sync.backend import NotApplied, Unanswered
from editor.web.address import address_problem, is_this_laptop, is_web, join, same_host
from editor.web.session import Session, Timeouts
from editor.web.transport import proxy_for
from tests.web.conftest import Raw, RawServer

FAST = Timeouts(connect=1.0, piece=1.0, answer=2.0)
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


def test_the_systems_proxy_is_used_but_for_this_laptop(
    raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script(server: RawServer, line: socket.socket) -> None:
        server.request(line)
        line.sendall(ANSWER)

    proxy = raw(script)
    monkeypatch.setenv("http_proxy", proxy.address)
    monkeypatch.setenv("no_proxy", "inside.example.org")
    assert proxy_for("http://news.invalid/api") == proxy.address
    assert proxy_for("http://inside.example.org/api") is None
    assert proxy_for("http://127.0.0.1:8000/api") is None
    assert proxy_for("https://news.invalid/api") is None
    session = Session("http://news.invalid/api", timeouts=FAST)
    assert session.send("GET", "x", writes=False).status == 200
    session.close()
    assert b"GET http://news.invalid/api/x HTTP/1.1" in proxy.heard


def test_a_proxy_that_is_not_there_or_says_no_is_offline(
    raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script(server: RawServer, line: socket.socket) -> None:
        server.request(line)
        line.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    refusing = raw(script)
    monkeypatch.setenv("https_proxy", refusing.address)
    session = Session("https://news.invalid/api", timeouts=FAST)
    with pytest.raises(NotApplied, match="web-proxy") as told:
        session.send("POST", "x", writes=True, json={})
    assert told.value.offline
    assert b"CONNECT news.invalid:443" in refusing.heard
    session.close()
    refusing.close()
    absent = Session("https://news.invalid/api", timeouts=FAST)
    with pytest.raises((NotApplied, Unanswered)) as failed:
        absent.send("GET", "x", writes=False)
    assert isinstance(failed.value, NotApplied)
    assert failed.value.offline
    absent.close()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://news.example.org", ""),
        ("https://news.example.org:8443/a/b/", ""),
        ("https://новости.example", ""),
        ("http://localhost:8000", ""),
        ("http://[::1]:8000/x", ""),
        ("http://127.8.8.8", ""),
        ("http://news.example.org", "web-plain"),
        ("http://localhost.example.org", "web-plain"),
        ("http://127.0.0.1.example.org", "web-plain"),
        ("https://user:secret@news.example.org/x", "web-address"),
        ("https://news.example.org/?a=b", "web-address"),
        ("https://news.example.org/#x", "web-address"),
        ("mailto:desk@example.org", "web-address"),
        ("javascript:alert(1)", "web-address"),
        ("https://a b", "web-address"),
        ("https://", "web-address"),
        ("", "web-address"),
    ],
)
def test_an_address_that_may_be_asked(address: str, code: str) -> None:
    found = address_problem(address)
    assert (found.code if found else "") == code
    if found:
        assert "secret" not in str(found.detail)


def test_a_part_of_a_path_stays_in_its_place() -> None:
    assert (
        join("blogs", "../x", "a b", "..", ".", "é?#") == "blogs/..%2Fx/a%20b/%2E/%2E/%C3%A9%3F%23"
    )
    assert same_host("https://news.example.org/x", "http://NEWS.example.org:80/y")
    assert not same_host("https://news.example.org", "https://news.example.org.evil.example")
    assert is_this_laptop("localhost")
    assert not is_this_laptop("192.0.2.1")
    assert is_web("https://news.example.org/x")
    assert not is_web("data:text/html,x")

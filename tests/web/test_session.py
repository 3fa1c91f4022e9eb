"""What each answer, and each lack of one, means: against sockets that do what no server should."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import msgspec
import pytest

from editor.sync.backend import Moved, NotApplied, Rejected, Unanswered
from editor.web.auth import basic, bearer
from editor.web.reply import LIMIT, data_in
from editor.web.session import PIECE, Session, Timeouts
from tests.web.conftest import Raw, RawServer

FAST = Timeouts(connect=0.5, piece=0.5, answer=1.0)
Failure = NotApplied | Unanswered | Rejected | Moved
Says = Callable[[bytes], RawServer]
HTML = b"<!DOCTYPE html><title>Welcome</title>"


def answer(status: str, body: bytes = b"", **headers: str) -> bytes:
    own = {name.replace("_", "-"): value for name, value in headers.items()}
    told = {"Content-Length": str(len(body)), "Content-Type": "application/json", **own}
    lines = [f"{name}: {value}" for name, value in told.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


def ask(
    server: RawServer | str, *, writes: bool, thing: bool = False
) -> tuple[Failure | None, Session]:
    """Sends a request; returns what was raised, and the session."""
    session = Session(server if isinstance(server, str) else server.address, timeouts=FAST)
    try:
        session.send(
            "PUT" if writes else "GET",
            "x",
            writes=writes,
            thing=thing,
            json={"a": 1} if writes else msgspec.UNSET,
        )
    except (NotApplied, Unanswered, Rejected, Moved) as error:
        return error, session
    finally:
        session.close()
    return None, session


def nobody_there() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize("writes", [True, False], ids=["write", "read"])
@pytest.mark.parametrize("address", [nobody_there(), "http://nobody.invalid"], ids=["port", "name"])
def test_a_refused_connection_and_an_unknown_name_are_offline(address: str, writes: bool) -> None:
    error, session = ask(address, writes=writes)
    assert isinstance(error, NotApplied)
    assert error.offline
    assert error.problem.code == "web-unreached"
    assert session.answer.sent == 0


def test_a_connection_that_is_not_made_in_time_is_offline() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        error, _ = ask(f"http://127.0.0.1:{full.getsockname()[1]}", writes=True)
        for each in waiting:
            each.close()
    assert isinstance(error, NotApplied)
    assert error.offline


STATUSES: list[tuple[str, dict[str, str], bool, type[Failure], str]] = [
    ("401 Unauthorized", {}, True, NotApplied, "web-credentials"),
    ("401 Unauthorized", {}, False, NotApplied, "web-credentials"),
    ("429 Too Many Requests", {}, True, NotApplied, "web-busy"),
    ("429 Too Many Requests", {}, False, NotApplied, "web-busy"),
    ("500 Internal Server Error", {}, True, Unanswered, "web-unwell"),
    ("500 Internal Server Error", {}, False, NotApplied, "web-unwell"),
    ("501 Not Implemented", {}, True, Unanswered, "web-unwell"),
    ("502 Bad Gateway", {}, True, Unanswered, "web-unwell"),
    ("503 Service Unavailable", {}, True, Unanswered, "web-unwell"),
    ("503 Service Unavailable", {}, False, NotApplied, "web-unwell"),
    ("504 Gateway Timeout", {}, True, Unanswered, "web-unwell"),
    ("599 Whatever", {}, True, Unanswered, "web-unwell"),
    ("511 Network Authentication Required", {}, True, NotApplied, "web-captive"),
    ("400 Bad Request", {}, True, Rejected, "web-refused"),
    ("403 Forbidden", {}, True, Rejected, "web-forbidden"),
    ("405 Method Not Allowed", {}, True, Rejected, "web-refused"),
    ("413 Content Too Large", {}, True, Rejected, "web-too-large"),
    ("415 Unsupported Media Type", {}, True, Rejected, "web-wrong-kind"),
    ("422 Unprocessable Content", {}, True, Rejected, "web-refused"),
    ("407 Proxy Authentication Required", {}, True, NotApplied, "web-proxy"),
    ("408 Request Timeout", {}, True, NotApplied, "web-unwell"),
    ("425 Too Early", {}, True, NotApplied, "web-unwell"),
    ("404 Not Found", {}, True, NotApplied, "web-not-found"),
    ("202 Accepted", {}, True, Unanswered, "web-not-understood"),
    ("302 Found", {"Location": "http://portal.invalid/"}, True, NotApplied, "web-captive"),
    ("302 Found", {"Location": "http://portal.invalid/"}, False, NotApplied, "web-captive"),
    ("307 Temporary Redirect", {"Location": "//portal.invalid/"}, True, NotApplied, "web-captive"),
    ("303 See Other", {"Location": "/done"}, True, Unanswered, "web-not-understood"),
    ("302 Found", {"Location": "/done"}, True, Unanswered, "web-not-understood"),
    ("301 Moved Permanently", {"Location": "/new"}, True, NotApplied, "web-moved"),
    ("308 Permanent Redirect", {"Location": "/new"}, False, NotApplied, "web-moved"),
]


@pytest.mark.parametrize(
    ("status", "headers", "writes", "kind", "code"),
    STATUSES,
    ids=[f"{status} {'write' if writes else 'read'}" for status, _, writes, *_ in STATUSES],
)
def test_a_status_means(
    says: Says, status: str, headers: dict[str, str], writes: bool, kind: type[Failure], code: str
) -> None:
    server = says(answer(status, b"{}", **headers))
    error, session = ask(server, writes=writes)
    assert type(error) is kind
    assert not isinstance(error, Moved)
    assert error.problem.code == code
    assert server.connections == 1
    assert session.answer.status == int(status[:3])


def test_credentials_that_are_refused_ask_for_a_sign_in_and_a_portal_is_offline(says: Says) -> None:
    error, _ = ask(says(answer("401 Unauthorized")), writes=True)
    assert isinstance(error, NotApplied)
    assert (error.sign_in, error.offline) == (True, False)
    error, _ = ask(says(answer("302 Found", Location="https://portal.invalid")), writes=True)
    assert isinstance(error, NotApplied)
    assert (error.sign_in, error.offline) == (False, True)


@pytest.mark.parametrize("status", ["404 Not Found", "409 Conflict", "410 Gone", "412 Failed"])
def test_an_object_that_is_not_what_we_know_has_moved(says: Says, status: str) -> None:
    error, _ = ask(says(answer(status, b"{}")), writes=True, thing=True)
    assert isinstance(error, Moved)


@pytest.mark.parametrize("status", ["409 Conflict", "412 Failed"])
def test_a_creation_whose_key_is_taken_is_looked_for(says: Says, status: str) -> None:
    error, _ = ask(says(answer(status, b"{}")), writes=True)
    assert isinstance(error, Moved)


def test_a_page_that_says_not_found_does_not_say_that_an_object_is_gone(says: Says) -> None:
    told = answer("404 Not Found", HTML, Content_Type="text/html")
    error, _ = ask(says(told), writes=False, thing=True)
    assert isinstance(error, NotApplied)
    assert error.problem.code == "web-not-found"


@pytest.mark.parametrize("writes", [True, False], ids=["write", "read"])
@pytest.mark.parametrize("mime", ["text/html; charset=utf-8", "text/plain", ""])
def test_a_page_where_data_was_due_is_a_portal(says: Says, mime: str, writes: bool) -> None:
    error, _ = ask(says(answer("200 OK", HTML, Content_Type=mime)), writes=writes)
    assert isinstance(error, NotApplied)
    assert error.offline
    assert error.problem.code == "web-captive"


DATE = "Sun, 22 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7.0),
        ("0", 1.0),
        ("Sun, 22 Nov 2026 12:01:30 GMT", 90.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 1.0),
        ("soon", 30.0),
        ("-5", 30.0),
        ("999999999", 86400.0),
        ("Fri, 01 Jan 9999 00:00:00 GMT", 86400.0),
    ],
)
def test_patience_is_told_in_seconds_or_as_a_date_on_the_servers_own_clock(
    says: Says, said: str, seconds: float
) -> None:
    for status, writes in (("429 Slow", True), ("503 Unwell", False), ("503 Unwell", True)):
        told = answer(status, Retry_After=said, Date=DATE)
        error, _ = ask(says(told), writes=writes)
        assert isinstance(error, NotApplied | Unanswered)
        assert error.retry_after == seconds


def test_a_busy_host_that_says_no_time_is_given_some(says: Says) -> None:
    error, _ = ask(says(answer("429 Too Many Requests")), writes=True)
    assert isinstance(error, NotApplied)
    assert error.retry_after == 30.0
    error, _ = ask(says(answer("503 Unwell")), writes=True)
    assert isinstance(error, Unanswered)
    assert error.retry_after is None


def hang(server: RawServer, line: socket.socket) -> None:
    server.request(line)
    time.sleep(3)


def reset(server: RawServer, line: socket.socket) -> None:
    server.request(line)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def close(server: RawServer, line: socket.socket) -> None:
    server.request(line)


def deaf(server: RawServer, line: socket.socket) -> None:
    line.shutdown(socket.SHUT_RDWR)


def half(server: RawServer, line: socket.socket) -> None:
    server.request(line)
    line.sendall(answer("200 OK", b'{"ref": "1"}')[:-6])


def half_a_head(server: RawServer, line: socket.socket) -> None:
    server.request(line)
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-")


def no_http(server: RawServer, line: socket.socket) -> None:
    server.request(line)
    line.sendall(b"220 mail.example ESMTP\r\n\r\n")


def half_a_chunk(server: RawServer, line: socket.socket) -> None:
    server.request(line)
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nabc")


def trickle(server: RawServer, line: socket.socket) -> None:
    server.request(line)
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(1000):
        line.sendall(b" ")
        time.sleep(0.05)


@pytest.mark.parametrize("writes", [True, False], ids=["write", "read"])
@pytest.mark.parametrize(
    "script", [hang, reset, close, deaf, half, half_a_head, no_http, half_a_chunk, trickle]
)
def test_no_whole_answer_is_a_doubt_after_a_write_and_harmless_after_a_read(
    raw: Raw, script: Callable[[RawServer, socket.socket], None], writes: bool
) -> None:
    server = raw(script)
    error, _ = ask(server, writes=writes)
    assert isinstance(error, Unanswered if writes else NotApplied)
    assert not getattr(error, "offline", False)
    assert error.problem.code == "web-unanswered"
    assert server.connections == 1


def test_a_no_counts_though_its_words_were_cut_off(raw: Raw) -> None:
    def script(server: RawServer, line: socket.socket) -> None:
        server.request(line)
        line.sendall(answer("401 Unauthorized", b'{"message": "who?"}')[:-6])

    error, _ = ask(raw(script), writes=True)
    assert isinstance(error, NotApplied)
    assert error.sign_in


@pytest.mark.parametrize("writes", [True, False], ids=["write", "read"])
@pytest.mark.parametrize("body", [b"", b"{", b'{"ref": 1}', b"[]", b"\xff", b"[" * 100_000])
def test_an_answer_that_cannot_be_read_is_no_answer(says: Says, body: bytes, writes: bool) -> None:
    session = Session(says(answer("200 OK", body)).address, timeouts=FAST)
    reply = session.send("PUT" if writes else "GET", "x", writes=writes)
    with pytest.raises(Unanswered if writes else NotApplied, match="web-not-understood"):
        reply.read(dict[str, str])
    session.close()


def test_an_answer_that_has_no_end_is_not_read(raw: Raw) -> None:
    def script(server: RawServer, line: socket.socket) -> None:
        server.request(line)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        for _ in range(10_000):
            line.sendall(b" " * 65536)

    error, _ = ask(raw(script), writes=True)
    assert isinstance(error, Unanswered)
    assert error.problem.code == "web-not-understood"


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)]
)
def test_packed_answers_are_unpacked_within_bounds(
    says: Says, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    session = Session(
        says(answer("200 OK", pack(b'{"a": "b"}'), Content_Encoding=encoding)).address
    )
    assert session.send("GET", "x", writes=False).read(dict[str, str]) == {"a": "b"}
    session.close()
    bomb = answer("200 OK", pack(b" " * (LIMIT * 20)), Content_Encoding=encoding)
    for told in (bomb, answer("200 OK", b"{}", Content_Encoding=encoding)):
        error, _ = ask(says(told), writes=False)
        assert isinstance(error, NotApplied)
        assert error.problem.code == "web-not-understood"


def test_a_refusal_carries_the_systems_own_words_as_one_plain_line(says: Says) -> None:
    told = b'{"message": "<b>No\\u0000 such\\n blog</b>' + b"!" * 900 + b'"}'
    error, _ = ask(says(answer("422 No", told)), writes=True)
    assert isinstance(error, Rejected)
    reason = error.problem.detail["reason"]
    assert str(reason).startswith("‹b›No such blog‹/b›!!!")
    assert len(str(reason)) == 200
    ghost = b'{"errors": [{"message": "Headline is too long", "context": "x"}]}'
    error, _ = ask(says(answer("422 No", ghost)), writes=True)
    assert isinstance(error, Rejected)
    assert error.problem.detail["reason"] == "Headline is too long"
    error, _ = ask(says(answer("422 No", b"[1, 2]")), writes=True)
    assert isinstance(error, Rejected)
    assert "reason" not in error.problem.detail


def test_nothing_goes_to_another_host_and_no_cookie_is_kept(says: Says, raw: Raw) -> None:
    other = says(answer("200 OK", b"{}"))
    server = says(
        answer(
            "302 Found",
            Location=f"http://localhost:{other.address.rpartition(':')[2]}/",
            Set_Cookie="id=1; Path=/",
        )
    )
    session = Session(server.address, auth=bearer("secret"), timeouts=FAST)
    for _ in range(2):
        with pytest.raises(NotApplied):
            session.send("GET", "x", writes=False)
    session.close()
    assert other.connections == 0
    assert b"secret" in server.heard
    assert b"Cookie" not in server.heard and b"cookie" not in server.heard


def test_a_request_tells_nothing_of_the_laptop(says: Says) -> None:
    server = says(answer("200 OK", b"{}"))
    session = Session(server.address, auth=basic("field", "p:ä"), timeouts=FAST)
    session.send("POST", "x", writes=True, query={"q": "پل"}, json={"a": "水"})
    session.close()
    head, _, body = bytes(server.heard).partition(b"\r\n\r\n")
    names = {line.split(b":")[0].lower() for line in head.split(b"\r\n")[1:]}
    assert names == {
        b"host",
        b"user-agent",
        b"accept",
        b"accept-encoding",
        b"authorization",
        b"content-type",
        b"content-length",
    }
    assert b"user-agent: dateline\r\n" in head.lower()
    assert body == '{"a":"水"}'.encode()


def test_the_answer_is_told_whatever_became_of_it(says: Says) -> None:
    for status in ("200 OK", "503 Unwell", "412 Failed"):
        told = answer(status, b"{}", X_Request_Id="abc\u00201 <i>", Date=DATE)
        _, session = ask(says(told), writes=True, thing=True)
        assert session.answer.status == int(status[:3])
        assert session.answer.request_id == "abc1<i>"
        assert session.answer.date == datetime(2026, 11, 22, 12, tzinfo=UTC)
        assert session.answer.sent == len(b'{"a":1}')
        assert session.answer.received == 2
        assert session.answer.took > 0


def test_a_connection_is_used_again(raw: Raw) -> None:
    def script(server: RawServer, line: socket.socket) -> None:
        while server.request(line):
            line.sendall(answer("200 OK", b"{}"))

    server = raw(script)
    session = Session(server.address)
    for _ in range(3):
        session.send("PUT", "x", writes=True, json={})
    session.close()
    assert server.connections == 1


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    if which("openssl") is None:
        pytest.skip("needs openssl")
    file = tmp_path / "both.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", str(file)),
            *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-out", str(tmp_path / "cert.pem")),
        ],
        check=True,
        capture_output=True,
    )
    file.write_bytes(file.read_bytes() + (tmp_path / "cert.pem").read_bytes())
    return file


def secure(raw: Raw, certificate: Path, told: bytes) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def script(server: RawServer, line: socket.socket) -> None:
        with context.wrap_socket(line, server_side=True) as inner:
            server.request(inner)
            inner.sendall(told)

    return raw(script).address.replace("http:", "https:")


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(raw: Raw, certificate: Path) -> None:
    error, session = ask(secure(raw, certificate, answer("200 OK", b"{}")), writes=True)
    assert isinstance(error, NotApplied)
    assert error.offline
    assert error.problem.code == "web-certificate"
    assert session.answer.sent == 0


def test_behind_a_trusted_certificate_a_page_is_the_systems_own_and_a_doubt_after_a_write(
    raw: Raw, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    good, _ = ask(secure(raw, certificate, answer("200 OK", b"{}")), writes=True)
    assert good is None
    page = answer("200 OK", HTML, Content_Type="text/html")
    error, _ = ask(secure(raw, certificate, page), writes=True)
    assert isinstance(error, Unanswered)
    error, _ = ask(secure(raw, certificate, page), writes=False)
    assert isinstance(error, NotApplied)


def slow(server: RawServer, line: socket.socket) -> None:
    """Reads a request no faster than 200 KB a second."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    data = b""
    while b"\r\n\r\n" not in data:
        data += line.recv(1024)
    if data.startswith(b"GET"):
        line.sendall(answer("200 OK", b"{}"))
        return
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    got = len(body)
    server.heard += body
    while got < length:
        piece = line.recv(2048)
        got += len(piece)
        server.heard += piece
        time.sleep(len(piece) / 200_000)
    line.sendall(answer("200 OK", b"{}"))


def test_a_photo_leaves_in_paced_pieces_between_which_other_requests_run(
    raw: Raw, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(bytes(range(256)) * 800)
    server = raw(slow)
    session = Session(server.address)
    calls: list[int] = []
    ahead: list[int] = []

    def flow(sent: int) -> None:
        calls.append(sent)
        ahead.append(sent - len(server.heard))
        if len(calls) == 5:
            session.send("GET", "between", writes=False)

    session.upload("PUT", "photo", photo, mime="image/jpeg", flow=flow)
    size = photo.stat().st_size
    assert calls == list(range(0, size, PIECE))
    assert bytes(server.heard) == photo.read_bytes()
    assert session.answer.sent == size
    assert session.answer.status == 200
    assert server.connections == 2
    assert max(ahead) < 96 * 1024
    session.close()


def test_what_is_raised_between_two_pieces_is_raised_and_the_photo_is_broken_off(
    raw: Raw, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(bytes(100_000))
    server = raw(slow)
    session = Session(server.address)

    class Stop(Exception):
        pass

    def flow(sent: int) -> None:
        if sent > 3 * PIECE:
            raise Stop

    with pytest.raises(Stop):
        session.upload("PUT", "photo", photo, mime="image/jpeg", flow=flow)
    assert session.answer.sent == 4 * PIECE
    assert session.send("GET", "x", writes=False).status == 200
    session.close()


def test_a_photo_that_cannot_be_read_sends_nothing(raw: Raw, tmp_path: Path) -> None:
    server = raw(slow)
    session = Session(server.address)
    with pytest.raises(FileNotFoundError):
        session.upload("PUT", "x", tmp_path / "nothing", mime="image/jpeg", flow=lambda sent: None)
    assert server.connections == 0
    session.close()


@pytest.mark.parametrize(
    "printed",
    [
        b'Notice: hi\n[{"a": 1}]',
        b"<br />\n<b>Warning</b>: x [y] in <b>z.php</b><br />\n" + b'[{"a": 1}]',
        b'\xef\xbb\xbf[{"a": 1}]',
    ],
)
def test_what_was_printed_before_the_data_is_passed_over(printed: bytes) -> None:
    assert data_in(printed) == b'[{"a": 1}]'


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b'<!DOCTYPE html><html><script>var a = {"b": 1};</script></html>',
        b'{"cut": "off',
        b"[" * 200_000,
    ],
)
def test_a_page_without_data_at_its_end_has_none(page: bytes) -> None:
    assert data_in(page) is None

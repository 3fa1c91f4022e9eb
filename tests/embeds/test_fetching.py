"""The web is asked over https only, at checked addresses, for a bounded time and a bounded answer."""

from __future__ import annotations

import itertools
import ssl
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import httpcore
import pytest

from editor.embeds.fetching import MOST, Fetcher
from editor.embeds.public import is_public
from editor.embeds.results import Answer, Due, NoAnswer
from tests.embeds.web import HERE, Reply, Web, moved, packed, page, said, trust

URL = "https://social.example/x"
HOSTS = ("social.example",)

NOT_PUBLIC = """
127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 172.16.3.4 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 100.127.255.255
192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
::1 :: fe80::1 fe80::1%eth0 fc00::1 fd12:3456:789a::1 ff02::1 fec0::1 2001:db8::1 2002:7f00:1:: 2001:0:1::1
::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1
localhost 127.1 2130706433 0x7f000001 social.example
""".split()
PUBLIC = "93.184.216.34 1.1.1.1 2606:2800:220:1::1 64:ff9b::5db8:d822 ::ffff:93.184.216.34".split()


def leads_to(*addresses: str) -> Callable[[str], Sequence[str]]:
    """A name server that has these addresses for every name."""
    return lambda host: addresses


def ask(
    fetch: Fetcher, url: str = URL, due: Due = Due.JSON, hosts: Sequence[str] = HOSTS
) -> Answer:
    return fetch(url, hosts=hosts, due=due)


def code(fetch: Fetcher, url: str = URL, due: Due = Due.JSON) -> str:
    with pytest.raises(NoAnswer) as none:
        ask(fetch, url, due)
    assert none.value.problem.detail["host"]
    return none.value.problem.code


def test_an_answer_comes_whole_with_its_status_and_its_charset(web: Web) -> None:
    web.answers["social.example/x"] = said({"words": "آب رسید 🌊"})
    web.answers["social.example/gone"] = Reply(status=410, kind="text/html")
    web.answers["social.example/page"] = page(b"<p>", 'text/html; x=y; charset="ISO-8859-1"; z')
    fetch = web.fetcher()
    assert (
        ask(fetch).body
        == b'{"words": "\\u0622\\u0628 \\u0631\\u0633\\u06cc\\u062f \\ud83c\\udf0a"}'
    )
    assert ask(fetch, "https://social.example/gone").status == 410
    assert ask(fetch, "https://social.example/page", Due.PAGE).charset == "iso-8859-1"


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_public_internet_is_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_a_name_that_leads_into_a_private_network_is_not_asked(
    address: str, connected: list[str]
) -> None:
    assert code(Fetcher(resolve=leads_to(address), trust=trust())) == "post-host-private"
    assert connected == []


def test_one_private_address_among_public_ones_is_enough_to_ask_nobody(
    connected: list[str],
) -> None:
    for addresses in itertools.permutations(["93.184.216.34", "10.0.0.1", "1.1.1.1"]):
        fetch = Fetcher(resolve=leads_to(*addresses), trust=trust())
        assert code(fetch) == "post-host-private"
    assert connected == []


def test_this_laptop_is_asked_only_where_a_test_says_so(web: Web) -> None:
    web.answers["social.example"] = said({})
    assert code(web.fetcher(here=None)) == "post-host-private"
    assert web.connections == 0
    assert ask(web.fetcher()).status == 200


def test_the_laptops_own_server_is_the_only_exception(web: Web, connected: list[str]) -> None:
    for address in ("127.0.0.2", "::1", "10.0.0.1"):
        assert code(web.fetcher(resolve=leads_to(HERE, address))) == "post-host-private"
    assert connected == []


def test_the_name_is_asked_for_once_and_the_connection_goes_to_what_was_checked(
    web: Web, connected: list[str]
) -> None:
    web.answers["social.example"] = said({})
    answers = iter([[HERE], ["10.0.0.1"]])
    ask(web.fetcher(resolve=lambda host: next(answers)))
    assert connected == [HERE]
    assert next(answers) == ["10.0.0.1"]
    # what goes over the line speaks of the name all the same
    assert [(request.name, request.host) for request in web.requests] == [HOSTS * 2]


def test_every_step_of_a_redirect_is_checked_anew(web: Web) -> None:
    web.answers["social.example/x"] = moved("/y")
    web.answers["social.example/y"] = said({})
    answers = iter([[HERE], ["10.0.0.1"]])
    assert code(web.fetcher(resolve=lambda host: next(answers))) == "post-host-private"
    assert [request.target for request in web.requests] == ["/x"]


def test_another_address_of_the_name_is_tried_where_one_does_not_answer(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.answers["social.example"] = said({})
    times: list[float] = []
    straight = httpcore.SyncBackend.connect_tcp

    def connect(self: Any, host: str, port: int, timeout: float | None = None) -> Any:
        if host != HERE:
            assert timeout is not None
            times.append(timeout)
            raise httpcore.ConnectTimeout("no way")
        return straight(self, host, port, timeout)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    assert (
        ask(web.fetcher(steady=lambda: 0.0, resolve=leads_to("93.184.216.34", HERE))).status == 200
    )
    assert (
        code(web.fetcher(steady=lambda: 0.0, resolve=leads_to("93.184.216.34"))) == "web-unreached"
    )
    # the first of several leaves time for the others, the only one has it all
    assert times == [2.5, 5.0]


def test_a_name_that_nobody_knows_cannot_be_reached(web: Web) -> None:
    def unknown(host: str) -> list[str]:
        raise OSError("no such name")

    assert code(web.fetcher(resolve=unknown)) == "web-unreached"


@pytest.mark.parametrize(
    "url",
    [
        "http://social.example/x",
        "ftp://social.example/x",
        "file:///etc/hostname",
        "https://social.example:8443/x",
        "https://social.example:80/x",
        "https://social.example:99999/x",
        "https://user@social.example/x",
        "https://user:word@social.example/x",
        "https://social.example@evil.example/x",
        "https://evil.example/x",
        "https://sub.social.example/x",
        "https://social.example.evil.example/x",
        "https://socialxexample/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[broken/x",
        "https://",
        "",
    ],
)
def test_only_https_to_a_host_of_the_list_is_asked(web: Web, url: str) -> None:
    assert code(web.fetcher(), url) == "post-elsewhere"
    assert web.silent


@pytest.mark.parametrize(
    "to",
    [
        "http://social.example/x",
        "https://evil.example/x",
        "//evil.example/x",
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest/meta-data/",
        "http://169.254.169.254/latest/meta-data/",
        "https://user@social.example/x",
        "https://social.example:8443/x",
        "file:///etc/hostname",
        "javascript:alert(1)",
        "https://[broken/",
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_off_the_host_is_not_followed(web: Web, to: str, status: int) -> None:
    web.answers["social.example/x"] = moved(to, status)
    assert code(web.fetcher()) in ("post-elsewhere", "post-moved")
    assert len(web.requests) == 1


def test_three_redirects_on_the_host_are_followed_and_no_more(web: Web) -> None:
    steps = ["/x", "/a", "https://social.example/b#part", "c"]
    for step, then in itertools.pairwise([*steps, "/end"]):
        web.answers["social.example" + "/" + step.partition("#")[0].rpartition("/")[2]] = moved(
            then
        )
    web.answers["social.example/c"] = said({})
    assert ask(web.fetcher()).status == 200
    assert [request.target for request in web.requests] == ["/x", "/a", "/b", "/c"]
    web.answers["social.example/c"] = moved("/end")
    web.answers["social.example/end"] = said({})
    assert code(web.fetcher()) == "post-moved"


def test_a_redirect_to_nowhere_ends(web: Web) -> None:
    web.answers["social.example/x"] = Reply(status=302)
    assert code(web.fetcher()) == "post-moved"


def test_nothing_is_said_of_the_laptop_its_language_or_its_program(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.answers["social.example/x"] = moved("/y")
    web.answers["social.example/y"] = said({})
    monkeypatch.setenv("LANG", "fa_IR.UTF-8")
    ask(web.fetcher())
    for request in web.requests:
        assert set(request.headers) == {"host", "user-agent", "accept", "accept-encoding"}
        assert request.headers["user-agent"] == "Mozilla/5.0 (compatible)"


def test_no_proxy_and_no_setting_of_the_surroundings_is_used(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.answers["social.example"] = said({})
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(web.fetcher()).status == 200


def test_a_certificate_of_another_name_or_that_nobody_trusts_is_not_believed(web: Web) -> None:
    web.answers["other.example"] = said({})
    with pytest.raises(NoAnswer, match="web-certificate"):
        ask(web.fetcher(), "https://other.example/x", hosts=("other.example",))
    strict = web.fetcher(trust=ssl.create_default_context())
    assert code(strict) == "web-certificate"
    assert web.requests == []


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "", "application/xml", "image/png"])
def test_success_that_is_no_json_is_not_taken_for_it(web: Web, kind: str) -> None:
    web.answers["social.example"] = Reply(body=b'{"a": 1}', kind=kind)
    assert code(web.fetcher()) == "post-not-understood"


@pytest.mark.parametrize("kind", ["application/json", "image/jpeg", "text/plain"])
def test_what_is_no_page_is_not_taken_for_one(web: Web, kind: str) -> None:
    web.answers["social.example"] = Reply(body=b"<title>x</title>", kind=kind)
    assert code(web.fetcher(), due=Due.PAGE) == "post-not-understood"


def _endless(piece: bytes = b" " * 8192) -> Iterator[bytes]:
    return itertools.repeat(piece)


def _endless_zip() -> Iterator[bytes]:
    bomb = zlib.compressobj(9, wbits=31)
    while True:
        yield bomb.compress(b" " * 1_000_000) + bomb.flush(zlib.Z_SYNC_FLUSH)


def _endless_nothing() -> Iterator[bytes]:
    bomb = zlib.compressobj(9, wbits=31)
    yield bomb.compress(b"x")
    while True:
        yield bomb.flush(zlib.Z_FULL_FLUSH) or b"\x00\x00\x00\xff\xff" * 1000


ZIPPED = {"content-encoding": "gzip"}
TOO_MUCH = {
    "10 MB": lambda: Reply(body=b'"' + b"a" * 10_000_000 + b'"'),
    "endless": lambda: Reply(body=_endless()),
    "a gzip bomb": lambda: packed(b'"' + b"a" * 50_000_000 + b'"'),
    "an endless gzip bomb": lambda: Reply(body=_endless_zip(), headers=ZIPPED),
    "gzip that says nothing for ever": lambda: Reply(body=_endless_nothing(), headers=ZIPPED),
    "gzip that is none": lambda: Reply(body=b"{}", headers=ZIPPED),
    "gzip that is cut off": lambda: Reply(body=packed(b"{}" * 99).body[:-4], headers=ZIPPED),  # type: ignore[index]
    "packed as nobody asked": lambda: Reply(body=b"{}", headers={"content-encoding": "br"}),
    "no HTTP": lambda: Reply(raw=b"SSH-2.0-x\r\n\r\n"),
    "a broken status": lambda: Reply(raw=b"HTTP/1.1 abc\r\n\r\n"),
    "a header without end": lambda: Reply(raw=b"HTTP/1.1 200 X\r\n" + b"a: b\r\n" * 50_000),
    "shorter than it said": lambda: Reply(body=b"{}", headers={"content-length": "99"}),
    "a length that is none": lambda: Reply(body=b"{}", headers={"content-length": "-1"}),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_an_answer_that_is_no_decent_one_is_refused(web: Web, what: str) -> None:
    web.answers["social.example"] = TOO_MUCH[what]()
    assert code(web.fetcher()) == "post-not-understood"


def test_a_page_is_read_to_the_limit_and_then_let_go(web: Web) -> None:
    for reply in (
        Reply(body=_endless(), kind="text/html"),
        Reply(body=_endless_zip(), kind="text/html", headers=ZIPPED),
    ):
        web.answers["social.example"] = reply
        assert len(ask(web.fetcher(), due=Due.PAGE).body) == MOST


def test_of_a_page_no_more_is_read_than_its_head_where_that_tells_enough(web: Web) -> None:
    head = b"<head><meta property='og:title' content='x'><title>y</title></hea"
    rest = itertools.chain([head, b"d>"], web.silence())
    web.answers["social.example"] = Reply(body=rest, kind="text/html")
    assert ask(web.fetcher(), due=Due.PAGE).body == head + b"d>"
    body = itertools.chain([b"<head></head>"], [b"<p>" * 9])
    web.answers["social.example"] = Reply(body=body, kind="text/html")
    assert len(ask(web.fetcher(), due=Due.PAGE).body) == 40


def test_an_answer_without_success_is_no_more_than_its_status(web: Web) -> None:
    web.answers["social.example"] = Reply(status=404, body=_endless(), kind="text/html")
    assert ask(web.fetcher()) == Answer(status=404)
    web.answers["social.example"] = Reply(status=404, headers={"content-encoding": "br"})
    assert ask(web.fetcher()).status == 404


class Running:
    """A clock that goes on by half a second whenever it is looked at."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        self.time += 0.5
        return self.time


def _header_by_header() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 X\r\n"
    yield from itertools.repeat(b"a: b\r\n")


def _byte_by_byte() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\n\r\n"
    yield from itertools.repeat(b" ")


@pytest.mark.parametrize("trickle", [_header_by_header, _byte_by_byte])
def test_an_answer_that_trickles_ends_with_the_time_for_all_of_it(
    web: Web, trickle: Callable[[], Iterator[bytes]]
) -> None:
    web.answers["social.example"] = Reply(raw=trickle())
    clock = Running()
    assert code(web.fetcher(steady=clock)) == "web-unanswered"
    assert clock.time < 6.5


def test_a_server_that_says_nothing_is_left(web: Web) -> None:
    web.answers["social.example"] = Reply(raw=web.silence())
    assert code(web.fetcher(seconds=0.3)) == "web-unanswered"
    assert len(web.requests) == 1


def test_a_name_server_that_says_nothing_is_left(web: Web) -> None:
    def wait(host: str) -> list[str]:
        web.over.wait(30)
        return [HERE]

    assert code(web.fetcher(seconds=0.1, resolve=wait)) == "web-unreached"
    assert web.connections == 0


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were connected to."""
    found: list[str] = []
    straight = httpcore.SyncBackend.connect_tcp

    def connect(self: Any, host: str, port: int, timeout: float | None = None) -> Any:
        found.append(host)
        return straight(self, host, port, timeout)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return found

"""Gets an answer from the public web: https only, within five seconds and one megabyte, from a checked address.

No cookie, no language, no name of the program or the laptop is sent, and no proxy is used: a proxy looks names up
itself, so nobody here could check where a request goes.
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from editor.embeds.public import Resolve, system_addresses
from editor.embeds.results import Answer, Due, NoAnswer
from editor.problems import Problem

if TYPE_CHECKING:
    import httpcore

    from editor.embeds.line import Deadline

SECONDS = 5.0
MOST = 1_000_000
MOST_REDIRECTS = 3
AGENT = "Mozilla/5.0 (compatible)"

_JSON = ("application/json", "text/json", "text/javascript")
_PAGE = ("text/html", "application/xhtml+xml")
# All that may stand in an address; the rest, letters of other scripts above all, is written in percents.
_AS_IT_IS = "%/:?#[]@!$&'()*+,;=~"
_MOVED = (301, 302, 303, 307, 308)


class Fetcher:
    """``embeds.results.Fetch`` over the internet. Keeps nothing between two calls."""

    def __init__(
        self,
        *,
        resolve: Resolve = system_addresses,
        trust: ssl.SSLContext | None = None,
        here: int | None = None,
        seconds: float = SECONDS,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """``here`` lets names that lead to 127.0.0.1 be asked at this port: for a server of a test's own."""
        self._resolve = resolve
        self._trust = trust
        self._here = here
        self._seconds = seconds
        self._steady = steady

    def __call__(self, url: str, *, hosts: Collection[str], due: Due) -> Answer:
        """The answer at the end of at most three redirects, none of them to another host."""
        from editor.embeds.line import Deadline

        deadline = Deadline(self._seconds, self._steady)
        for _ in range(MOST_REDIRECTS + 1):
            host = _allowed(url, hosts)
            url = quote(url, safe=_AS_IT_IS, errors="replace")
            status, headers, body = self._exchange(url, host, due, deadline)
            if status not in _MOVED:
                return _answer(status, headers, body, due, host)
            url = _target(url, headers.get("location", ""), host)
        raise _none("post-moved", host)

    def _exchange(
        self, url: str, host: str, due: Due, deadline: Deadline
    ) -> tuple[int, Mapping[str, str], bytes]:
        import httpcore

        from editor.embeds.line import Forbidden, PinnedBackend

        pool = httpcore.ConnectionPool(
            ssl_context=self._trust or _system_trust(),
            max_connections=1,
            network_backend=PinnedBackend(self._resolve, deadline, self._here),
        )
        accept = "application/json" if due is Due.JSON else "text/html"
        asked = [("User-Agent", AGENT), ("Accept", accept), ("Accept-Encoding", "gzip")]
        try:
            with closing(pool), pool.stream("GET", url, headers=asked) as response:
                headers = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                }
                return response.status, headers, _body(response, headers, due)
        except Forbidden as error:
            raise _none("post-host-private", host) from error
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            code = "web-certificate" if _is_about_trust(error) else "web-unreached"
            raise _none(code, host) from error
        except (httpcore.TimeoutException, httpcore.NetworkError) as error:
            raise _none("web-unanswered", host) from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, _Damaged) as error:
            raise _none("post-not-understood", host) from error


class _Damaged(Exception):
    """A body that cannot be unpacked, or is larger than it may be."""


def _body(response: httpcore.Response, headers: Mapping[str, str], due: Due) -> bytes:
    """The body of a success, unpacked. It ends at the limit, whatever it is packed in and however long it goes on."""
    if response.status != 200:
        return b""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise _Damaged(encoding)
    body = _unpacked(response.iter_stream(), "gzip" in encoding, due)
    if len(body) > MOST and due is Due.JSON:
        raise _Damaged("too much")
    return body[:MOST]


def _unpacked(pieces: Iterable[bytes], packed: bool, due: Due) -> bytes:
    """What came, and no more than one byte over the limit of it; of a page, no more than is needed."""
    zip_file = zlib.decompressobj(wbits=31)
    body, received = bytearray(), 0
    for piece in pieces:
        received += len(piece)
        before = len(body)
        try:
            body += zip_file.decompress(piece, MOST + 1 - before) if packed else piece
        except zlib.error as error:
            raise _Damaged("gzip") from error
        if len(body) > MOST or zip_file.eof or (due is Due.PAGE and _told_all(body, before)):
            return bytes(body[: MOST + 1])
        if received > MOST:
            raise _Damaged("packed to say nothing")
    if packed and body:
        raise _Damaged("cut off")
    return bytes(body)


def _told_all(page: bytearray, since: int) -> bool:
    """Whether the head of a page is over and told what we ask for: on a bad line the rest would take long."""
    return page.find(b"</head", max(since - len(b"</head"), 0)) >= 0 and b"og:title" in page


def _answer(status: int, headers: Mapping[str, str], body: bytes, due: Due, host: str) -> Answer:
    """The answer, unless success comes as another kind than is due, as a network's sign-in page does."""
    kind, _, rest = headers.get("content-type", "").lower().partition(";")
    kind = kind.strip()
    fits = kind in _JSON or kind.endswith("+json") if due is Due.JSON else kind in _PAGE
    if status == 200 and not fits:
        raise _none("post-not-understood", host)
    _, _, charset = rest.partition("charset=")
    return Answer(status=status, body=body, charset=charset.partition(";")[0].strip(" \"'"))


def _allowed(url: str, hosts: Collection[str]) -> str:
    """The host of an address that may be asked. Raises ``NoAnswer``."""
    parts = _parts(url)
    host = parts.hostname or ""
    plain = parts.scheme == "https" and "@" not in parts.netloc and _port(parts) in (None, 443)
    if not plain or host not in hosts or not host.isascii():
        raise _none("post-elsewhere", next(iter(hosts), host))
    return host


def _target(url: str, location: str, host: str) -> str:
    try:
        return urljoin(url, quote(location.strip().encode("latin-1"), _AS_IT_IS)).partition("#")[0]
    except ValueError:
        raise _none("post-moved", host) from None


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return 0


def _none(code: str, host: str) -> NoAnswer:
    return NoAnswer(Problem(code=code, detail={"host": host}))


def _is_about_trust(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _system_trust() -> ssl.SSLContext:
    """The operating system's store judges certificates, as for publishing systems."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

"""One connection to a publishing system: sends a request, and returns its answer or raises what became of it.

httpx's transport is used without its client: nothing is followed, no cookie is kept, and nothing is read from the
user's environment but the system's proxy. httpx is imported with the first request: the window opens backends too.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from editor.problems import Problem
from editor.sync.backend import Answer, Flow, NotApplied, Unanswered
from editor.web.auth import Auth, nobody
from editor.web.headers import date_of, request_id_of
from editor.web.pace import Pace
from editor.web.reply import LIMIT, Damaged, Reply, not_understood, unpacked
from editor.web.verdict import Asked, Judge, verdict

if TYPE_CHECKING:
    import httpx

PIECE = 8 * 1024
JSON = "application/json"
Body = Callable[[], Iterator[bytes]]


class Timeouts(msgspec.Struct, frozen=True, kw_only=True):
    """How long we wait, in seconds: for a connection, for each piece to leave or to come, and for a whole answer."""

    connect: float = 10.0
    piece: float = 30.0
    answer: float = 120.0


USUAL = Timeouts()


class Session:
    """A system at one address. Not for several threads; another request may be made while a photo leaves (``upload``)."""

    def __init__(
        self,
        base: str,
        *,
        auth: Auth = nobody,
        timeouts: Timeouts = USUAL,
        agent: str = "Dateline",
        judge: Judge = verdict,
        most: int = LIMIT,
    ) -> None:
        """``base`` is the address that every path is under; one with a query takes the path as its end.

        ``agent`` names the program, never the laptop. ``judge`` says what a status means, where a system has ways of its own.
        ``most`` is how many bytes an answer may have, packed or not.
        """
        self._base = base.rstrip("/")
        self._judge = judge
        self._most = most
        self._auth = auth
        self._timeouts = timeouts
        self._agent = agent
        self._pace = Pace(time.monotonic)
        self._lines: dict[bool, httpx.BaseTransport] = {}
        self.answer = Answer()
        self.headers: Mapping[str, str] = {}

    def send(
        self,
        method: str,
        path: str,
        *,
        writes: bool,
        thing: bool = False,
        due: bool = True,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: Any = msgspec.UNSET,
        content: bytes = b"",
        mime: str = JSON,
        packed: bool = False,
    ) -> Reply:
        """Sends a request and returns its answer, which says success. ``answer`` tells of it whatever becomes of it.

        ``writes`` says that it may change something, ``thing`` that it is about one object, which may have moved, and
        ``due`` that JSON is due. The body is ``json`` or ``content``, by gzip where it is ``packed``. Raises the four
        exceptions of ``sync.backend``.
        """
        if json is not msgspec.UNSET:
            content = msgspec.json.encode(json)
        asked = Asked(url=self._url(path, query), writes=writes, thing=thing, due=due)
        told = {**(headers or {}), **({"content-type": mime} if content else {})}
        if packed:
            content = gzip.compress(content, mtime=0)
            told["content-encoding"] = "gzip"

        def pieces() -> Iterator[bytes]:
            yield from (content[at : at + PIECE] for at in range(0, len(content), PIECE))

        return self._exchange(method, asked, told, pieces, len(content), small=False)

    def upload(
        self,
        method: str,
        path: str,
        file: Path,
        *,
        mime: str,
        flow: Flow,
        thing: bool = False,
        due: bool = True,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Sends a file in pieces of 8 KB, each after a call of ``flow``, which may send requests and may raise.

        What is raised in ``flow`` is raised here, and the file's request is broken off. Raises ``OSError`` for a file that
        cannot be read, before anything left.
        """
        asked = Asked(url=self._url(path, query), writes=True, thing=thing, due=due)
        told = {**(headers or {}), "content-type": mime}
        with file.open("rb") as opened:
            size = file.stat().st_size

            def pieces() -> Iterator[bytes]:
                sent = 0
                while piece := opened.read(PIECE):
                    flow(sent)
                    self._pace.begin()
                    yield piece
                    self._pace.left(len(piece))
                    sent += len(piece)

            return self._exchange(method, asked, told, pieces, size, small=True)

    def close(self) -> None:
        """Gives back the connections."""
        lines, self._lines = self._lines, {}
        for line in lines.values():
            line.close()

    def _url(self, path: str, query: Mapping[str, str] | None) -> str:
        url = f"{self._base}/{path}" if path else f"{self._base}/"
        joint = "&" if "?" in self._base else "?"
        return f"{url}{joint}{urlencode(query)}" if query else url

    def _exchange(
        self,
        method: str,
        asked: Asked,
        told: Mapping[str, str],
        body: Body,
        size: int,
        *,
        small: bool,
    ) -> Reply:
        """One request, from its first byte to the last of its answer."""
        import httpx

        sent = 0

        def counted() -> Iterator[bytes]:
            nonlocal sent
            for piece in body():
                yield piece
                sent += len(piece)

        begun = time.monotonic()
        status, headers, received = 0, dict[str, str](), b""
        try:
            request = self._request(method, asked, told, counted(), size)
            if small:
                request.extensions["trace"] = self._pace.trace
            response = self._line(small).handle_request(request)
            try:
                status = response.status_code
                headers = {name.lower(): value for name, value in response.headers.items()}
                received = self._body(response, headers, begun)
            finally:
                response.close()
        except (httpx.TransportError, httpx.InvalidURL, Damaged) as error:
            # the system's "no" stands in the status alone: it counts though the words after it were cut off
            if status < 400:
                raise self._without_answer(asked, error) from error
        finally:
            self.headers = headers
            self.answer = Answer(
                status=status,
                request_id=request_id_of(headers),
                sent=sent,
                received=len(received),
                took=time.monotonic() - begun,
                date=date_of(headers),
            )
        if (bad := self._judge(asked, status, headers, received)) is not None:
            raise bad
        return Reply(
            status=status, headers=headers, body=received, writes=asked.writes, host=asked.host
        )

    def _request(
        self,
        method: str,
        asked: Asked,
        told: Mapping[str, str],
        body: Iterator[bytes],
        size: int,
    ) -> httpx.Request:
        import httpx

        headers = {
            "user-agent": self._agent,
            "accept": JSON,
            "accept-encoding": "gzip",
            **({"content-length": str(size)} if asked.writes else {}),
            **told,
            **self._auth(),
        }
        wait = self._timeouts
        timeout = {
            "connect": wait.connect,
            "pool": wait.connect,
            "read": wait.piece,
            "write": wait.piece,
        }
        return httpx.Request(
            method,
            asked.url,
            headers=headers,
            content=body if asked.writes else None,
            extensions={"timeout": timeout},
        )

    def _line(self, small: bool) -> httpx.BaseTransport:
        """The connections, made when they are needed. Photos have their own, with little room for what waits to leave."""
        if small not in self._lines:
            from editor.web.transport import connect

            self._lines[small] = connect(self._base, small=small)
        return self._lines[small]

    def _body(self, response: httpx.Response, headers: Mapping[str, str], begun: float) -> bytes:
        """The answer's bytes, in pieces, within bounds of size and time."""
        import httpx

        def in_time() -> Iterator[bytes]:
            came, size = time.monotonic(), 0
            for piece in response.stream:  # type: ignore[union-attr]
                if time.monotonic() - came > self._timeouts.answer:
                    raise httpx.ReadTimeout("the answer takes too long")
                size += len(piece)
                if size > self._most:
                    raise Damaged("too much")
                yield piece

        body = unpacked(in_time(), headers.get("content-encoding", ""))
        if len(body) > self._most:
            raise Damaged("too much")
        return body

    def _without_answer(self, asked: Asked, error: Exception) -> Exception:
        """What is raised where no whole answer came."""
        import httpx

        from editor.web.transport import is_about_trust

        match error:
            case httpx.ConnectError() | httpx.ConnectTimeout() | httpx.PoolTimeout():
                code = "web-certificate" if is_about_trust(error) else "web-unreached"
                return NotApplied(asked.problem(code), offline=True)
            case httpx.ProxyError():
                return NotApplied(asked.problem("web-proxy"), offline=True)
            case httpx.InvalidURL() | httpx.UnsupportedProtocol():
                address = {"address": self._base}
                return NotApplied(Problem(code="web-address", field="address", detail=address))
            case Damaged():
                return not_understood(asked.host, writes=asked.writes)
        problem = asked.problem("web-unanswered")
        return Unanswered(problem) if asked.writes else NotApplied(problem)

"""What a status means for a request: whether it had its effect, certainly had none, or nobody knows.

Pure, and the same for every system that is reached by HTTP. The rules are those of the design of sync: a refusal is
certain, any 5xx on a write is not, and an answer in HTML where JSON was due comes from somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

import msgspec

from editor.content.clean import clean_text
from editor.problems import Problem
from editor.sync.backend import Moved, NotApplied, Rejected, Unanswered
from editor.web.address import host_of, same_host
from editor.web.headers import PATIENCE, patience_of
from editor.web.reply import data_in

REASON = 200


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked: ``writes`` may change something, ``thing`` is about one object, ``due`` is JSON."""

    url: str
    writes: bool
    thing: bool
    due: bool = True

    @property
    def host(self) -> str:
        """Whom we asked, for people."""
        return host_of(self.url)

    @property
    def proven(self) -> bool:
        """Whether a certificate shows that the answer is the system's own, and no hotel's."""
        return self.url.startswith("https:")

    def problem(self, code: str, **detail: str | int) -> Problem:
        """A problem that names the host."""
        return Problem(code=code, detail={"host": self.host, **detail})


Judge = Callable[[Asked, int, Mapping[str, str], bytes], Exception | None]
"""What a status means, as ``verdict`` tells it."""

_REJECTED = {403: "web-forbidden", 413: "web-too-large", 415: "web-wrong-kind"}
_CONFLICT = (409, 412)
_MOVED = (404, 410, *_CONFLICT)
_NOT_NOW = (408, 421, 423, 425)
"""Timed out before it was read, the wrong server, locked, too early: not done, and may be done another time."""


def verdict(asked: Asked, status: int, headers: Mapping[str, str], body: bytes) -> Exception | None:
    """What is to be raised for an answer, or None where it says success."""
    if 300 <= status < 400:
        return _redirected(asked, status, headers.get("location", ""))
    if 200 <= status < 300:
        return _succeeded(asked, status, headers, body)
    if status >= 500:
        return _broken(asked, status, headers)
    return _refused(asked, status, headers, body)


def _succeeded(
    asked: Asked, status: int, headers: Mapping[str, str], body: bytes
) -> Exception | None:
    if status == 202 and asked.writes:
        # accepted, to be done later or never (RFC 9110, 15.3.3): that is a doubt, not an answer
        return Unanswered(asked.problem("web-not-understood"))
    if asked.due and is_html(headers, body) and data_in(body) is None:
        return _somebody_else(asked)
    return None


def _somebody_else(asked: Asked) -> Exception:
    """A page where data was due. Without a certificate it is a hotel's; with one, a page of the system itself.

    The latter may come after the effect (a warning printed in front of the answer), so that a write stays in doubt.
    """
    if asked.proven and asked.writes:
        return Unanswered(asked.problem("web-not-understood"))
    return NotApplied(asked.problem("web-captive"), offline=True)


def _redirected(asked: Asked, status: int, location: str) -> Exception:
    """Never followed: a write would become a read, and credentials could go to a stranger."""
    there = urljoin(asked.url, location)
    if status == 303 and asked.writes:
        # "see the result over there" (RFC 9110, 15.4.4) comes after the effect
        return Unanswered(asked.problem("web-not-understood"))
    if not same_host(asked.url, there):
        code = "web-moved" if asked.proven else "web-captive"
        return NotApplied(asked.problem(code, address=host_of(there)), offline=True)
    if status == 302 and asked.writes:
        return Unanswered(asked.problem("web-not-understood"))
    return NotApplied(asked.problem("web-moved", address=there[:REASON]))


def _broken(asked: Asked, status: int, headers: Mapping[str, str]) -> Exception:
    problem = asked.problem("web-unwell", status=status)
    if status == 511 and not asked.proven:
        # the network wants its own sign-in (RFC 6585, 6): the system never saw the request
        return NotApplied(asked.problem("web-captive"), offline=True)
    patience = patience_of(headers)
    if asked.writes:
        return Unanswered(problem, retry_after=patience)
    return NotApplied(problem, retry_after=patience)


def _refused(asked: Asked, status: int, headers: Mapping[str, str], body: bytes) -> Exception:
    if status == 401:
        return NotApplied(asked.problem("web-credentials"), sign_in=True)
    if status == 407:
        return NotApplied(asked.problem("web-proxy"), offline=True)
    if status == 429:
        return NotApplied(asked.problem("web-busy"), retry_after=patience_of(headers, PATIENCE))
    if status in _NOT_NOW:
        return NotApplied(asked.problem("web-unwell", status=status))
    if status in (404, 410) and asked.due and is_html(headers, body):
        # a page says that there is no such page; whether there is such an object, only the system itself can say
        return NotApplied(asked.problem("web-not-found"))
    if (asked.thing and status in _MOVED) or (asked.writes and status in _CONFLICT):
        # a creation finds its key taken as well: what lies there is looked at
        return Moved()
    if status == 404:
        return NotApplied(asked.problem("web-not-found"))
    code = _REJECTED.get(status, "web-refused")
    reason = _reason(body)
    detail: dict[str, str | int] = {"status": status}
    return Rejected(asked.problem(code, **detail, **({"reason": reason} if reason else {})))


def is_html(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether an answer is a page for people."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        return True
    return "json" not in kind and body[:200].lstrip()[:1] == b"<"


def _reason(body: bytes) -> str:
    """The system's own words for its refusal, as one short plain line; empty where it gave none that can be read."""
    try:
        said = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    words = next(_messages(said), "")
    plain = clean_text(words).replace("<", "‹").replace(">", "›")
    return " ".join(plain.split())[:REASON]


def _messages(said: Any) -> Iterator[str]:
    """Where systems put it: ``message``, ``error``, or the first of ``errors``."""
    if not isinstance(said, dict):
        return
    for name in ("message", "error"):
        if isinstance(said.get(name), str) and said[name]:
            yield said[name]
    errors = said.get("errors")
    if isinstance(errors, list) and errors:
        yield from _messages(errors[0])

"""One plain request for the note about the newest version. It tells nobody who asks, with which version, or why."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from editor.problems import Unavailable, refuse
from editor.sync.backend import NotApplied, Rejected, Unanswered
from editor.web.address import address_problem
from editor.web.session import Session, Timeouts
from editor.web.verdict import Asked

PATIENCE = Timeouts(connect=10.0, piece=10.0, answer=20.0)


def get(address: str, most: int) -> bytes:
    """What lies at an address, up to so many bytes. Only https, or this laptop itself; nothing else is followed to.

    Raises ``Refused`` (``release-address``) and ``Unavailable``.
    """
    if address_problem(address) is not None:
        raise refuse("release-address", field="address", address=address)
    parts = urlsplit(address.strip())
    session = Session(
        f"{parts.scheme}://{parts.netloc}", timeouts=PATIENCE, judge=_judge, most=most
    )
    try:
        return session.send("GET", parts.path.lstrip("/"), writes=False, due=False).body
    except (NotApplied, Unanswered, Rejected) as error:
        raise Unavailable(error.problem) from error
    finally:
        session.close()


def _judge(asked: Asked, status: int, headers: Mapping[str, str], body: bytes) -> Exception | None:
    """An answer is an answer, or it is none: no redirection, no patience, no words."""
    return None if status == 200 else NotApplied(asked.problem("release-no-answer"))

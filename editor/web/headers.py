"""What a server says in the headers of an answer: its time, its patience, its name for the request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

PATIENCE = 30.0
"""How long we wait for a host that asks for patience and does not say how much, or says it in a way nobody can read."""
LONGEST = 24 * 3600.0

_REQUEST_IDS = (
    "x-request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "cf-ray",
    "request-id",
)


def date_of(headers: Mapping[str, str]) -> datetime | None:
    """The server's time when it answered (RFC 9110, 6.6.1), or None."""
    return _moment(headers.get("date", ""))


def patience_of(headers: Mapping[str, str], otherwise: float | None = None) -> float | None:
    """``Retry-After`` in seconds (RFC 9110, 10.2.3); ``otherwise`` where it does not say.

    A date is read against the server's own clock, which its ``Date`` tells: ours may be wrong.
    """
    said = headers.get("retry-after", "").strip()
    if not said:
        return otherwise
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]*)?", said):
        return min(max(float(said), 1.0), LONGEST)
    until, now = _moment(said), date_of(headers)
    if until is None or now is None:
        return PATIENCE
    return min(max((until - now).total_seconds(), 1.0), LONGEST)


def request_id_of(headers: Mapping[str, str]) -> str:
    """What the server's own log knows the request by; empty where it does not say."""
    said = next((headers[name] for name in _REQUEST_IDS if headers.get(name)), "")
    return re.sub(r"[^!-~]", "", said)[:80]


def _moment(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)

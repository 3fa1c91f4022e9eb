"""How a request shows whose it is: headers, made anew for each, because some tokens live for minutes only."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping

Auth = Callable[[], Mapping[str, str]]


def nobody() -> Mapping[str, str]:
    """Without credentials."""
    return {}


def basic(user: str, secret: str) -> Auth:
    """A name and a password (RFC 7617)."""
    token = b64encode(f"{user}:{secret}".encode()).decode("ascii")
    return lambda: {"authorization": f"Basic {token}"}


def bearer(secret: str) -> Auth:
    """A token (RFC 6750). Characters that no header can carry make it one that nobody has issued."""
    token = "".join(sign for sign in secret if "!" <= sign <= "~")
    return lambda: {"authorization": f"Bearer {token}"} if token else {}

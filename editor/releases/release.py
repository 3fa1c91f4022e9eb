"""The note about a release: one line with the signature, then JSON. Nothing of it is read before the signature holds.

The signature (Ed25519) is over the JSON's bytes as they are, so that no two ways of writing the same JSON can differ.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from datetime import datetime

import msgspec

from editor.content.links import is_safe
from editor.problems import refuse

FIRST_LINE = b"dateline-release 1 "
MOST = 16_384
"""Bytes of a note. A real one has a few hundred."""
LONGEST_PAGE = 300

_SIGNATURE = 64
_VERSION = re.compile(r"\d{1,5}\.\d{1,5}(?:\.\d{1,5})?", re.ASCII)
_OWN = re.compile(r"(\d+(?:\.\d+)*)(.*)", re.ASCII)


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """A version that was released: since when, and the page that tells what is new."""

    program: str
    version: str
    released: datetime
    page: str


def note(release: Release, sign: bytes) -> bytes:
    """The note with a signature over ``unsigned``."""
    return FIRST_LINE + b64encode(sign) + b"\n" + unsigned(release)


def unsigned(release: Release) -> bytes:
    """The bytes that are signed."""
    return msgspec.json.format(msgspec.json.encode(release)) + b"\n"


def read_note(document: bytes, keys: Iterable[bytes]) -> Release:
    """The release that a note tells of, if one of these public keys signed it.

    Raises ``Refused`` (``release-not-signed``, ``release-malformed``).
    """
    head, line, body = document[:MOST].partition(b"\n")
    signature = _signature(head)
    if not line or signature is None or len(document) > MOST:
        raise refuse("release-not-signed")
    if not any(_holds(signature, body, key) for key in keys):
        raise refuse("release-not-signed")
    try:
        release = msgspec.json.decode(body, type=Release)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise refuse("release-malformed") from None
    if not _is_sound(release):
        raise refuse("release-malformed")
    return release


def is_newer(version: str, than: str) -> bool:
    """Whether a released version comes after another, which may be one that was never released (``1.3.0rc1``)."""
    numbers, rest = _parted(than)
    there, _ = _parted(version)
    return there > numbers or (there == numbers and rest != "")


def _signature(head: bytes) -> bytes | None:
    if not head.startswith(FIRST_LINE):
        return None
    try:
        found = b64decode(head[len(FIRST_LINE) :].rstrip(b"\r"), validate=True)
    except NotBase64:
        return None
    return found if len(found) == _SIGNATURE else None


def _holds(signature: bytes, body: bytes, key: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, body)
    except (InvalidSignature, ValueError):
        return False
    return True


def _is_sound(release: Release) -> bool:
    return (
        release.program == "dateline"
        and _VERSION.fullmatch(release.version) is not None
        and release.released.tzinfo is not None
        and len(release.page) <= LONGEST_PAGE
        and release.page.startswith("https://")
        and is_safe(release.page)
    )


def _parted(version: str) -> tuple[tuple[int, ...], str]:
    """The numbers, without noughts at the end, and what stands after them: of a version that is still being made."""
    found = _OWN.match(version)
    if found is None:
        return (), version
    numbers = [int(part) for part in found[1].split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    rest = "" if found[2].startswith(("+", ".post")) else found[2]
    return tuple(numbers), rest

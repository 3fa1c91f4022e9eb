"""Notes about releases, signed by a key of the tests' own."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from editor.problems import Refused, Unavailable
from editor.releases.asking import Releases
from editor.releases.release import FIRST_LINE, Release, note, unsigned
from editor.releases.source import Source
from tests.rooms import TestRoom

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = KEY.public_key().public_bytes_raw()
SOURCE = Source("https://updates.dateline.invalid/note.txt", (b64encode(PUBLIC).decode(),))
PAGE = "https://dateline.example/1.3"


def release(version: str = "1.3", day: int = 20, page: str = PAGE) -> Release:
    released = datetime(2026, 11, day, 10, tzinfo=UTC)
    return Release(program="dateline", version=version, released=released, page=page)


def signed(about: Release | None = None, key: Ed25519PrivateKey = KEY) -> bytes:
    """A note as the release manager publishes it."""
    about = about or release()
    return note(about, key.sign(unsigned(about)))


def signed_bytes(body: bytes, key: Ed25519PrivateKey = KEY) -> bytes:
    """Any bytes under a signature that holds."""
    return FIRST_LINE + b64encode(key.sign(body)) + b"\n" + body


class Web:
    """What lies at the address, and how often it was asked for."""

    def __init__(self) -> None:
        self.note: bytes | Refused | Unavailable = signed()
        self.asked: list[str] = []

    def get(self, address: str) -> bytes:
        self.asked.append(address)
        if isinstance(self.note, bytes):
            return self.note
        raise self.note


def releases(at: TestRoom, web: Web, own: str = "1.2", source: Source = SOURCE) -> Releases:
    """The question, asked of a web of the tests' own."""
    return Releases(at.profile.choices, at.profile.newer, source, web.get, own, at.clock)

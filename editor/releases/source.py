"""Where this copy of the program is told of newer ones, and whose signature counts: data that came with the program."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import msgspec


class Source(msgspec.Struct, frozen=True):
    """``address`` may be empty: then only a user's own is asked. Of several ``keys`` (base64) any may have signed."""

    address: str = ""
    keys: tuple[str, ...] = ()

    @property
    def public_keys(self) -> tuple[bytes, ...]:
        """The keys as bytes."""
        return tuple(b64decode(key) for key in self.keys)


def read_source(resources: Path) -> Source:
    """What came with the program; nobody is trusted where it is not there."""
    try:
        return msgspec.json.decode(
            (resources / "releases" / "source.json").read_bytes(), type=Source
        )
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Source()

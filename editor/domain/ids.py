"""Names of things. An entry's id is a UUIDv7 made offline, and travels with the entry to every backend."""

from __future__ import annotations

from typing import NewType
from uuid import UUID

BlogId = NewType("BlogId", str)
EntryId = NewType("EntryId", str)
RevisionId = NewType("RevisionId", str)
AccountId = NewType("AccountId", str)
TargetId = NewType("TargetId", str)
AssetId = NewType("AssetId", str)


def uuid7(milliseconds: int, randomness: bytes) -> str:
    """A UUIDv7 (RFC 9562, section 5.7) from Unix milliseconds and ten random bytes."""
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(randomness[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))

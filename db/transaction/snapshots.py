"""Snapshots of posts: each is kept under the hash of its bytes, and never changed."""

from __future__ import annotations

from db import schema
from db.rows import from_time
from db.statements import find
from db.transaction.base import Base
from editor.content.kept import Kept, decode, digest, encode

_ONE = find(schema.snapshot, "id", columns=("data",))
_OF_URL = find(schema.snapshot, "url", columns=("data",), order=("captured", "id"))
_ADD = """
INSERT INTO snapshot (id, url, captured, data) VALUES (:id, :url, :captured, :data)
ON CONFLICT (id) DO NOTHING
"""


class Snapshots(Base):
    """The table ``snapshot``. A snapshot is announced by the entry that shows it."""

    def add_snapshot(self, kept: Kept) -> str:
        name = digest(kept)
        self._do(_ADD, id=name, url=kept.url, captured=from_time(kept.captured), data=encode(kept))
        return name

    def snapshot(self, snapshot: str) -> Kept | None:
        raw = self._value(_ONE, id=snapshot)
        return None if raw is None else decode(raw)

    def snapshots(self, url: str) -> tuple[Kept, ...]:
        return tuple(decode(row["data"]) for row in self._rows(_OF_URL, url=url))

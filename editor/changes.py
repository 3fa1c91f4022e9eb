"""What a commit touched, and the feed that tells it on.

Changes carry ids and no objects: whoever shows something reads it again. ``origin`` lets the starter of a change skip
its own echo, so that the text under a cursor is never reloaded.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from editor.domain.ids import BlogId, EntryId


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What one transaction touched. ``everything`` is for changes that another process made."""

    blogs: frozenset[BlogId] = frozenset()
    entries: frozenset[EntryId] = frozenset()
    deliveries: frozenset[EntryId] = frozenset()
    accounts: bool = False
    everything: bool = False
    origin: str = ""

    def __bool__(self) -> bool:
        return bool(
            self.blogs or self.entries or self.deliveries or self.accounts or self.everything
        )


class Feed:
    """Tells listeners what was committed, on the thread that committed it."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Changes], None]] = []

    def listen(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Calls ``listener`` after every commit; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, changes: Changes) -> None:
        """Tells every listener, in the order they came."""
        if changes:
            for listener in tuple(self._listeners):
                listener(changes)

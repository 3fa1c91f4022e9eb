"""The quiet line in the foot: when it was saved, how many words it has, how much has to be sent."""

from __future__ import annotations

from datetime import datetime, tzinfo

from editor.content.entry import Content, prints
from editor.content.summary import summarise
from editor.desk.photos import weight
from editor.ports import Room
from editor.ui.messages import count, size


class FactsLine:
    """Counts words and bytes when the text has changed; prints are weighed once each."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._weights: dict[str, int] = {}
        self._words = 0
        self._bytes = 0

    def look_at(self, content: Content) -> None:
        """Counts a content."""
        self._words = summarise(content).words
        self._bytes = sum(self.weight(name) for name in prints(content))

    def text(self, saved: datetime | None, zone: tzinfo) -> str:
        """``Saved 14:33:08 · 43 words · 412 KB to send``."""
        parts = [f"Saved {saved.astimezone(zone):%H:%M:%S}"] if saved else []
        parts.append(count(self._words, "word"))
        if self._bytes:
            parts.append(f"{size(self._bytes)} to send")
        return " · ".join(parts)

    def weight(self, name: str) -> int:
        """The bytes that are sent of a print; 0 while it is not made."""
        known = self._weights.get(name, 0)
        if not known and name:
            known = weight(self._room, name)
            if known:
                self._weights[name] = known
        return known

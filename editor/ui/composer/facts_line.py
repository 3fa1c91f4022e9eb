"""The quiet line in the foot: when it was saved, how many words it has, how much has to be sent."""

from __future__ import annotations

from datetime import datetime, tzinfo

from editor.content.entry import Content, assets
from editor.content.summary import summarise
from editor.desk.photos import had_location, sizes
from editor.domain.ids import AssetId
from editor.ports import Room
from editor.problems import Refused
from editor.ui.messages import count, size


class FactsLine:
    """Counts words and bytes when the text has changed; photos are weighed once each."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._weights: dict[str, tuple[int, int]] = {}
        self._words = 0
        self._bytes = 0

    def look_at(self, content: Content) -> None:
        """Counts a content."""
        self._words = summarise(content).words
        self._bytes = sum(self._weight(asset)[1] for asset in assets(content))

    def text(self, saved: datetime | None, zone: tzinfo) -> str:
        """``Saved 14:33:08 · 43 words · 412 KB to send``."""
        parts = [f"Saved {saved.astimezone(zone):%H:%M:%S}"] if saved else []
        parts.append(count(self._words, "word"))
        if self._bytes:
            parts.append(f"{size(self._bytes)} to send")
        return " · ".join(parts)

    def size_note(self, asset: str) -> str:
        """``8.1 MB → 412 KB · location removed``, for a photo's header."""
        original, sent = self._weight(asset)
        if not (original and sent):
            return ""
        removed = " · location removed" if had_location(self._room, AssetId(asset)) else ""
        return f"{size(original)} → {size(sent)}{removed}"

    def _weight(self, asset: str) -> tuple[int, int]:
        known = self._weights.get(asset)
        if known is None:
            try:
                known = sizes(self._room, AssetId(asset))
            except Refused:
                return 0, 0
            self._weights[asset] = known
        return known

"""Undo across blocks: the contents an entry had, as values.

Widgets know nothing of it. They are asked what they hold when a run of typing closes, and are told what to hold when
the writer goes back.
"""

from __future__ import annotations

from editor.content.entry import Content

DEEPEST = 500


class HistoryStack:
    """The contents of an open entry, with the one that is shown now."""

    def __init__(self, start: Content) -> None:
        self._past: list[Content] = []
        self._now = start
        self._future: list[Content] = []

    @property
    def now(self) -> Content:
        """The content that was kept last."""
        return self._now

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def keep(self, content: Content) -> bool:
        """Closes a run: what is shown now becomes a step. Returns whether it differs from the last one."""
        if content == self._now:
            return False
        self._past.append(self._now)
        del self._past[:-DEEPEST]
        self._now = content
        self._future.clear()
        return True

    def undo(self) -> Content | None:
        """The content before the last step, or None at the beginning."""
        if not self._past:
            return None
        self._future.append(self._now)
        self._now = self._past.pop()
        return self._now

    def redo(self) -> Content | None:
        """The content after the step that was undone last, or None where none was."""
        if not self._future:
            return None
        self._past.append(self._now)
        self._now = self._future.pop()
        return self._now

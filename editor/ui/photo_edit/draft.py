"""What is being done to a photo, with its own undo: values only, until *Apply* hands them to the entry."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from editor.content.print import Edit, Point


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An edit and the place that matters most, both in the upright original."""

    edit: Edit = Edit()
    focus: Point | None = None

    def rotated(self, quarters: int) -> Draft:
        """Turned by so many quarters more, clockwise."""
        return replace(self, edit=replace(self.edit, turns=(self.edit.turns + quarters) % 4))


class Steps:
    """The drafts there were. A run of arrow keys or one drag is one step."""

    def __init__(self, start: Draft) -> None:
        self._past: list[Draft] = []
        self._future: list[Draft] = []
        self._run = ""
        self.now = start

    def take(self, draft: Draft, run: str = "") -> None:
        """Goes on to another draft; changes of the same ``run`` that follow each other are one step."""
        if draft == self.now:
            return
        if not run or run != self._run:
            self._past.append(self.now)
        self._run = run
        self._future.clear()
        self.now = draft

    def close_run(self) -> None:
        """What follows is a step of its own."""
        self._run = ""

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def undo(self) -> None:
        """Back to the draft before, if there is one."""
        if self._past:
            self._future.append(self.now)
            self.now = self._past.pop()
            self._run = ""

    def redo(self) -> None:
        """On to the draft that was taken back last, if there is one."""
        if self._future:
            self._past.append(self.now)
            self.now = self._future.pop()
            self._run = ""

"""What a person has chosen so far on the page, with the way back. No Qt: the page only shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from editor.content.entry import Content
from editor.content.merge import BODY, Change, Choice, Own, Part, compare, settled
from editor.domain.blog import Blog
from editor.domain.ids import EntryId

DEFAULTS = {Change.MINE: Choice.MINE, Change.THEIRS: Choice.THEIRS}


class Texts(msgspec.Struct, frozen=True, kw_only=True):
    """The texts to choose from. ``base`` is None where nobody knows what both started from.

    ``place`` is the target that holds theirs; empty where it is about a draft, to which theirs is newer. ``typed``: there
    is a draft beside them, which is in none of the three.
    """

    entry: EntryId
    blog: Blog
    base: Content | None
    mine: Content
    theirs: Content
    author: str = ""
    place: str = ""
    typed: bool = False
    found: datetime | None = None


class Choices:
    """The parts of the texts, and a choice for each that has one."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.parts: tuple[Part, ...] = compare(texts.base, texts.mine, texts.theirs)
        self._now: dict[int, Choice | Own] = {}
        self._before: list[dict[int, Choice | Own]] = []
        self._after: list[dict[int, Choice | Own]] = []

    @property
    def made(self) -> Mapping[int, Choice | Own]:
        """Every choice that was made, by the part's number."""
        return self._now

    @property
    def can_undo(self) -> bool:
        """Whether there is a choice to take back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether a choice was taken back."""
        return bool(self._after)

    def clashes(self) -> tuple[int, ...]:
        """The parts that need a choice."""
        return tuple(number for number, part in enumerate(self.parts) if part.clashes)

    def waiting(self) -> tuple[int, ...]:
        """The parts that need a choice and have none yet."""
        return tuple(number for number in self.clashes() if number not in self._now)

    def at(self, number: int) -> Choice | Own | None:
        """What stands at a part: the choice, or whose change is taken without one."""
        return self._now.get(number) or DEFAULTS.get(self.parts[number].change)

    def choose(self, number: int, choice: Choice | Own | None) -> None:
        """Makes a choice, or with None goes back to what stands without one. A step that can be undone."""
        if choice is not None and choice == DEFAULTS.get(self.parts[number].change):
            choice = None
        if self._now.get(number) == choice:
            return
        self._before.append(dict(self._now))
        self._after.clear()
        if choice is None:
            self._now.pop(number, None)
        else:
            self._now[number] = choice

    def undo(self) -> None:
        """Takes the last choice back."""
        if self._before:
            self._after.append(self._now)
            self._now = self._before.pop()

    def redo(self) -> None:
        """Makes the choice again that was taken back last."""
        if self._after:
            self._before.append(self._now)
            self._now = self._after.pop()

    def result(self) -> Content | None:
        """The text that was chosen; None while a choice is missing."""
        return settled(self.parts, self._now)

    def so_far(self, blank: object) -> Content:
        """The text as far as it is chosen; ``blank`` is a block that stands where a choice is missing in the body."""
        filled: dict[int, Choice | Own] = dict(self._now)
        for number in self.waiting():
            part = self.parts[number]
            filled[number] = Own((blank,)) if part.name == BODY else Choice.MINE
        made = settled(self.parts, filled)
        assert made is not None
        return made

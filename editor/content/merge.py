"""Two texts that grew out of one, put together by facts and blocks; where both changed the same one, a person chooses.

Never by words: from "did not confirm", one side dropping "not" and the other adding "or deny" merge without a clash into
the opposite of what either wrote. For the same reason

- two different insertions at the same place clash: which comes first changes what they say;
- a block added where the other side took one away, or added another, clashes: what it leant on has gone;
- a block moved by one side and changed, moved or taken away by the other clashes: it would stand twice, or come back;
- blocks that the two sides moved past each other clash: nobody wrote them in the order that would come out;
- a block's fields merge only where its kind says that they can be read apart (``APART``): a caption and a credit can, a
  quote's words and its speaker cannot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from editor.content.alignment import Blocks, key, keys, pairs, stretches
from editor.content.block import Unknown
from editor.content.entry import Content, Facts

BODY = "body"


class Change(StrEnum):
    """What became of a part: nothing, changed by one side, alike by both, in different fields by both, or a clash."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    ALIKE = "alike"
    FIELDS = "fields"
    CLASH = "clash"


class Choice(StrEnum):
    """Whose a part shall be. ``BOTH`` is for the body only: mine, and theirs after it."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


class Own(msgspec.Struct, frozen=True):
    """What a person wrote in a part's place: a fact's value, or blocks."""

    value: Any


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A fact by its ``name``, or under the name ``body`` a stretch of blocks, in all three texts.

    ``result`` is what stands where nobody chooses; nothing in a clash.
    """

    name: str
    change: Change
    base: Any
    mine: Any
    theirs: Any
    result: Any = None

    @property
    def clashes(self) -> bool:
        """Whether a person has to choose."""
        return self.change is Change.CLASH


def merge(base: Content | None, mine: Content, theirs: Content) -> Content | None:
    """What both sides made of the base; None where somebody has to choose."""
    return settled(compare(base, mine, theirs), {})


def compare(base: Content | None, mine: Content, theirs: Content) -> tuple[Part, ...]:
    """Every fact, then the body in stretches, in reading order: together they are all of the three texts.

    Without a base nobody knows who changed what: all that differs clashes.
    """
    facts = (
        _fact(name, base, getattr(mine, name), getattr(theirs, name))
        for name in ("headline", *(n for n in Facts.__struct_fields__ if n != "headline"))
    )
    if base is None:
        apart = (
            _stretch(ours, ours, ours) if keys(ours) == keys(others) else _clash((), ours, others)
            for ours, others in pairs(mine.body, theirs.body)
            if ours or others
        )
        return (*facts, *apart)
    cut = stretches(base.body, mine.body, theirs.body)
    return (*facts, *_checked(tuple(_stretch(*three) for three in cut if any(three))))


def settled(parts: Sequence[Part], choices: Mapping[int, Choice | Own]) -> Content | None:
    """The text of these parts; ``choices`` by the part's number. None where a clash is left without a choice."""
    facts: dict[str, Any] = {}
    body: list[Any] = []
    for number, part in enumerate(parts):
        choice = choices.get(number)
        if choice is None and part.clashes:
            return None
        value = part.result if choice is None else chosen(part, choice)
        if part.name == BODY:
            body += value
        else:
            facts[part.name] = value
    return Content(body=tuple(body), **facts)


def chosen(part: Part, choice: Choice | Own) -> Any:
    """What a choice makes of a part. Raises ``ValueError`` for both values of one fact."""
    match choice:
        case Own(value):
            return value
        case Choice.MINE:
            return part.mine
        case Choice.THEIRS:
            return part.theirs
        case _ if part.name == BODY:
            return (*part.mine, *part.theirs)
        case _:
            raise ValueError(f"{part.name} has one value")


def _changed(base: Any, mine: Any, theirs: Any) -> tuple[Change, Any]:
    """Who changed it, by keys, and what stands."""
    if mine == theirs:
        return (Change.SAME if mine == base else Change.ALIKE), mine
    if mine == base:
        return Change.THEIRS, theirs
    return (Change.MINE, mine) if theirs == base else (Change.CLASH, None)


def _fact(name: str, base: Content | None, mine: Any, theirs: Any) -> Part:
    was: Any = None if base is None else getattr(base, name)
    before = key(was) if base is not None else b"\0" if key(mine) != key(theirs) else key(mine)
    change, _ = _changed(before, key(mine), key(theirs))
    result = {Change.THEIRS: theirs, Change.CLASH: None}.get(change, mine)
    if change is Change.CLASH and name == "labels" and base is not None:
        together = _labels(was, mine, theirs)
        if together is not None:
            change, result = Change.FIELDS, together
    return Part(name=name, change=change, base=was, mine=mine, theirs=theirs, result=result)


def _labels(
    base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Labels are a set: what either side added or took away. None where one has put them into another order."""
    for side in (mine, theirs):
        if len(set(side)) < len(side) or len(set(base)) < len(base):
            return None
        if [word for word in side if word in base] != [word for word in base if word in side]:
            return None
    kept = (word for word in base if word in mine and word in theirs)
    return (*kept, *sorted({*mine, *theirs} - {*base}))


def _stretch(base: Blocks, mine: Blocks, theirs: Blocks) -> Part:
    change, _ = _changed(keys(base), keys(mine), keys(theirs))
    result: Blocks | None = {Change.THEIRS: theirs, Change.CLASH: None}.get(change, mine)
    if change is Change.CLASH and len(base) == len(mine) == len(theirs) == 1:
        together = _by_fields(base[0], mine[0], theirs[0])
        if together is not None:
            change, result = Change.FIELDS, (together,)
    return Part(name=BODY, change=change, base=base, mine=mine, theirs=theirs, result=result)


def _clash(base: Blocks, mine: Blocks, theirs: Blocks) -> Part:
    return Part(name=BODY, change=Change.CLASH, base=base, mine=mine, theirs=theirs)


def _by_fields(base: Any, mine: Any, theirs: Any) -> Any | None:
    """A block of one kind with the fields that either side changed; None where they cannot be read apart."""
    if isinstance(base, Unknown) or not type(base) is type(mine) is type(theirs):
        return None
    fields = {}
    for name in base.__struct_fields__:
        sides = [getattr(block, name) for block in (base, mine, theirs)]
        change, _ = _changed(*map(key, sides))
        if change is Change.CLASH or (change is not Change.SAME and name not in base.APART):
            return None
        fields[name] = sides[2] if change is Change.THEIRS else sides[1]
    return type(base)(**fields)


def _checked(parts: tuple[Part, ...]) -> Iterator[Part]:
    """The parts, as clashes those where blocks that were moved would do harm."""
    odd = _miscounted(parts) | _crossing(parts)
    for part in parts:
        by_itself = part.change in (Change.MINE, Change.THEIRS, Change.ALIKE)
        if by_itself and odd & set(keys((*part.base, *part.mine, *part.theirs))):
            yield _clash(part.base, part.mine, part.theirs)
        else:
            yield part


def _miscounted(parts: tuple[Part, ...]) -> set[bytes]:
    """Blocks that would stand twice, come back or get lost: one side moved them, and the other did something else."""
    sides = [
        Counter(keys(block for part in parts for block in getattr(part, side)))
        for side in ("base", "mine", "theirs")
    ]
    stands = Counter(keys(block for part in parts for block in part.result or ()))
    loose: set[bytes] = set()
    for part in parts:
        if part.change in (Change.CLASH, Change.FIELDS):
            loose.update(keys((*part.base, *part.mine, *part.theirs)))
    odd = set()
    for known in set().union(*sides):
        _, count = _changed(*(side[known] for side in sides))
        if count is None or stands[known] > count or (stands[known] < count and known not in loose):
            odd.add(known)
    return odd


def _crossing(parts: tuple[Part, ...]) -> set[bytes]:
    """Blocks that the two sides moved past each other: together they would stand in an order that nobody wrote."""
    mine, theirs = (
        list(_moves(parts, change, side))
        for change, side in ((Change.MINE, "mine"), (Change.THEIRS, "theirs"))
    )
    return {
        known
        for one in mine
        for other in theirs
        if one.first <= other.last and other.first <= one.last
        for known in (one.known, other.known)
    }


class _Move(NamedTuple):
    """A block that one side moved, and the parts between which it went."""

    known: bytes
    first: int
    last: int


def _moves(parts: tuple[Part, ...], change: Change, side: str) -> Iterator[_Move]:
    lost: dict[bytes, int] = {}
    gained: dict[bytes, int] = {}
    for number, part in enumerate(parts):
        if part.change is change:
            before, after = set(keys(part.base)), set(keys(getattr(part, side)))
            lost |= dict.fromkeys(before - after, number)
            gained |= dict.fromkeys(after - before, number)
    for known in lost.keys() & gained.keys():
        first, last = sorted((lost[known], gained[known]))
        yield _Move(known, first, last)

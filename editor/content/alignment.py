"""Which blocks of two texts were made of which: the stretches that a merge compares.

A stretch is as small as can be, so that what two people did to neighbouring blocks stays two things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import msgspec

from editor.content.block import Unknown
from editor.content.differences import words

KIN = 0.5
"""How much of their words two texts share where one was made of the other."""

Blocks = tuple[Any, ...]


def key(value: Any) -> bytes:
    """What a block or a fact is known by: its stored bytes, so that nothing that would be stored anew is the same."""
    if value is msgspec.UNSET:
        return b""
    return value.raw if isinstance(value, Unknown) else msgspec.json.encode(value)


def keys(blocks: Iterable[Any]) -> list[bytes]:
    """The keys of blocks, in their order."""
    return [key(block) for block in blocks]


class _Hunk(NamedTuple):
    """A stretch of the base, from ``start`` to ``end``, that one side has made into ``side_start`` to ``side_end``."""

    start: int
    end: int
    side_start: int
    side_end: int
    mine: bool

    @property
    def steady(self) -> bool:
        """As many blocks as before."""
        return self.end - self.start == self.side_end - self.side_start

    @property
    def grows(self) -> bool:
        """More blocks than before."""
        return self.end - self.start < self.side_end - self.side_start

    def joins(self, later: _Hunk) -> bool:
        """Whether a later hunk cannot be told apart from this one."""
        if later.start != self.end:
            return later.start < self.end
        if self.mine is later.mine:
            return False
        return (self.grows and not later.steady) or (later.grows and not self.steady)


def stretches(
    base: Blocks, mine: Blocks, theirs: Blocks
) -> Iterator[tuple[Blocks, Blocks, Blocks]]:
    """The three texts cut at the same places; each of them is its stretches in their order."""
    hunks = [*_hunks(base, mine, mine=True), *_hunks(base, theirs, mine=False)]
    groups: list[list[_Hunk]] = []
    for hunk in sorted(hunks, key=lambda hunk: (hunk.start, hunk.end)):
        if groups and any(earlier.joins(hunk) for earlier in groups[-1]):
            groups[-1].append(hunk)
        else:
            groups.append([hunk])
    at = 0
    for group in groups:
        start, end = group[0].start, max(hunk.end for hunk in group)
        yield (base[at:start],) * 3
        was = base[start:end]
        yield (
            was,
            _made(mine, [hunk for hunk in group if hunk.mine], start, end, was),
            _made(theirs, [hunk for hunk in group if not hunk.mine], start, end, was),
        )
        at = end
    yield (base[at:],) * 3


def pairs(mine: Blocks, theirs: Blocks) -> Iterator[tuple[Blocks, Blocks]]:
    """Two texts cut at the same places, where nobody knows what both started from."""
    at = 0
    for hunk in _hunks(mine, theirs, mine=False):
        yield (mine[at : hunk.start],) * 2
        yield mine[hunk.start : hunk.end], theirs[hunk.side_start : hunk.side_end]
        at = hunk.end
    yield (mine[at:],) * 2


def _made(side: Blocks, hunks: list[_Hunk], start: int, end: int, was: Blocks) -> Blocks:
    """What a side made of a stretch of the base."""
    if not hunks:
        return was
    first, last = hunks[0], hunks[-1]
    return side[first.side_start - (first.start - start) : last.side_end + (end - last.end)]


def _hunks(base: Blocks, side: Blocks, *, mine: bool) -> Iterator[_Hunk]:
    matcher = SequenceMatcher(None, keys(base), keys(side), autojunk=False)
    for tag, start, end, side_start, side_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        for a, b, c, d in _pieces(base[start:end], side[side_start:side_end]):
            yield _Hunk(start + a, start + b, side_start + c, side_start + d, mine)


def _pieces(old: Blocks, new: Blocks) -> Iterator[tuple[int, int, int, int]]:
    """A replaced stretch in the smallest pieces: block by block where one was made of the other."""
    a = c = 0
    for b, block in enumerate(old):
        for d in range(c, len(new)):
            if _kin(block, new[d]):
                yield from _between(old, new, a, b, c, d)
                yield b, b + 1, d, d + 1
                a, c = b + 1, d + 1
                break
    yield from _between(old, new, a, len(old), c, len(new))


def _between(
    old: Blocks, new: Blocks, a: int, b: int, c: int, d: int
) -> Iterator[tuple[int, int, int, int]]:
    if [block.TYPE for block in old[a:b]] == [block.TYPE for block in new[c:d]]:
        yield from ((a + n, a + n + 1, c + n, c + n + 1) for n in range(b - a))
    else:
        yield a, b, c, d


def _kin(old: Any, new: Any) -> bool:
    if type(old) is not type(new) or isinstance(old, Unknown):
        return False
    for name in ("asset", "url"):
        if hasattr(old, name):
            return bool(getattr(old, name) == getattr(new, name))
    before, after = words(old.plain()), words(new.plain())
    return SequenceMatcher(None, before, after, autojunk=False).quick_ratio() >= KIN

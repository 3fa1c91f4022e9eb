"""Which widget shows which block after a change, so that only what differs is touched. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

Value = Any


def matched(old: Sequence[Value], new: Sequence[Value]) -> list[int | None]:
    """For every new block, the old one whose widget shall show it, or None for a fresh widget.

    Equal blocks keep their widgets, moved ones too; then blocks of the same kind take what is left, in order.
    """
    found: list[int | None] = [None] * len(new)
    free = dict.fromkeys(range(len(old)))
    matcher = SequenceMatcher(None, list(old), list(new), autojunk=False)
    for tag, old_start, old_end, new_start, _ in matcher.get_opcodes():
        if tag == "equal":
            for step in range(old_end - old_start):
                found[new_start + step] = old_start + step
                del free[old_start + step]
    for number, block in enumerate(new):
        if found[number] is None:
            same = next((at for at in free if old[at] == block), None)
            if same is not None:
                found[number] = same
                del free[same]
    for number, block in enumerate(new):
        if found[number] is None:
            like = next((at for at in free if old[at].TYPE == block.TYPE), None)
            if like is not None:
                found[number] = like
                del free[like]
    return found

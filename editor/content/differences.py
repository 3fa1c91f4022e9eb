"""How two texts differ, word by word, for display only: merging by words is banned, it can turn a sentence round.

In scripts that write no spaces each sign counts as a word. A sign is never parted from what belongs to it: an accent, a
vowel sign, a variation selector, a skin tone, what a joiner ties.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple
from unicodedata import category, combining

MOST = 1_500_000
"""So many pairs of equal words may be looked at; texts that are longer and more alike are told as changed altogether."""

_PLAIN = re.compile(r"[A-Za-z0-9_]+(?:'[A-Za-z0-9_]+)*|\s+|.", re.DOTALL)
_LINES = re.compile(r"[^\n]*\n+|[^\n]+")
_VIRAMA = 9
_JOINER = "\u200d"
_TIED = frozenset("\u200c\u200d\u0e33\u0eb3")
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x312F),  # radicals, kana, bopomofo
    (0x3190, 0xA4CF),  # kana's extensions, ideographs, Yi
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x1AFF0, 0x1B16F),
    (0x20000, 0x3FFFF),
)


class Mark(StrEnum):
    """What a run of words is: in both texts, only in the new one, or only in the old one."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Run(NamedTuple):
    """Words in a row that share a mark."""

    mark: Mark
    text: str


def differences(old: str, new: str) -> tuple[Run, ...]:
    """The words of both texts in reading order, what went before what came. Without the added runs it is ``old``."""
    runs: list[tuple[str, str]] = []
    before, after = _LINES.findall(old), _LINES.findall(new)
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            same = "".join(before[i:j])
            runs.append((same, same))
        else:
            runs += _by_words(words("".join(before[i:j])), words("".join(after[k:m])))
    return tuple(_marked(runs))


def words(text: str) -> list[str]:
    """The text cut into words, white space and single signs; joined again it is the text."""
    if text.isascii():
        return _PLAIN.findall(text)
    return list(_words(list(_signs(text))))


def _signs(text: str) -> Iterator[str]:
    """The text sign by sign, each with its marks. A simple form of the clusters of Unicode's Annex 29."""
    sign, flags = "", 0
    for letter in text:
        flag = "\U0001f1e6" <= letter <= "\U0001f1ff"
        if sign and (_extends(sign, letter) or (flag and flags % 2)):
            sign += letter
        else:
            if sign:
                yield sign
            sign = letter
        flags = flags + 1 if flag else 0
    if sign:
        yield sign


def _extends(sign: str, letter: str) -> bool:
    if letter < "\u0300":
        return sign == "\r" and letter == "\n"
    return (
        letter in _TIED
        or category(letter)[0] == "M"
        or "\U0001f3fb" <= letter <= "\U0001f3ff"
        or "\U000e0020" <= letter <= "\U000e007f"
        or (sign[-1] == _JOINER and not letter.isspace())
        or (combining(sign[-1]) == _VIRAMA and letter.isalpha())
    )


def _words(signs: list[str]) -> Iterator[str]:
    word, kind = "", ""
    for number, sign in enumerate(signs):
        first = sign[0]
        if first.isspace():
            now = "space"
        elif (first.isalnum() or first == "_") and not _stands_alone(first):
            now = "word"
        elif first in "'’" and kind == "word" and signs[number + 1 : number + 2]:
            now = "word" if signs[number + 1][0].isalpha() else ""
        else:
            now = ""
        if now and now == kind:
            word += sign
            continue
        if word:
            yield word
        word, kind = sign, now
    if word:
        yield word


def _stands_alone(letter: str) -> bool:
    point = ord(letter)
    return point >= 0x0E00 and any(start <= point <= end for start, end in _UNSPACED)


def _by_words(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of what stood and what stands; equal ones are the same."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    yield "".join(old[:head]), "".join(new[:head])
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    counted = Counter(after)
    if sum(counted[word] for word in before if not word.isspace()) > MOST:
        yield "".join(before), "".join(after)
    else:
        matcher = SequenceMatcher(str.isspace, before, after, autojunk=False)
        for _, i, j, k, m in matcher.get_opcodes():
            yield "".join(before[i:j]), "".join(after[k:m])
    yield "".join(old[len(old) - tail :]), "".join(new[len(new) - tail :])


def _marked(pairs: list[tuple[str, str]]) -> Iterator[Run]:
    """The pairs as runs. White space alone between two changes is told as part of them."""
    told: list[tuple[bool, str, str]] = []
    found = [pair for pair in pairs if pair[0] or pair[1]]
    for number, (old, new) in enumerate(found):
        same = old == new
        following = found[number + 1] if number + 1 < len(found) else ("", "")
        between = same and old.isspace() and following[0] != following[1]
        if told and (told[-1][0] == same or (between and not told[-1][0])):
            changed, before, after = told[-1]
            told[-1] = (changed, before + old, after + new)
        else:
            told.append((same, old, new))
    for same, old, new in told:
        if same:
            yield Run(Mark.SAME, old)
            continue
        if old:
            yield Run(Mark.REMOVED, old)
        if new:
            yield Run(Mark.ADDED, new)

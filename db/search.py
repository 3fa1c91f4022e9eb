"""Words as search sees them, in any script.

Text is cut into words here and not by SQLite, whose Unicode tables are old, whose words end at a Devanagari vowel
sign, and which takes a Chinese sentence for one word. What goes in and what is asked for is folded alike: case,
compatibility forms (NFKC), accents, Arabic and Hebrew points, forms of one Arabic letter, digits of any script. Scripts
without spaces become a word for each character and are found as phrases.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LONGEST_QUERY = 400  # characters; nobody types more, and a pasted page would be slow
_SHORT = 40  # characters; longer pieces are sentences without spaces, which do not come again
_BETWEEN = " \ue000 "  # a private character: no phrase reaches from one field into the next

_POINTS = (
    (0x0300, 0x036F),  # accents of Latin, Greek and Cyrillic
    (0x0483, 0x0489),
    (0x0591, 0x05BD),  # Hebrew cantillation and niqqud
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),  # Arabic harakat and signs of the Quran
    (0x0640, 0x0640),  # tatweel
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE20, 0xFE2F),
    (0x1F3FB, 0x1F3FF),  # skin tones
)
_LETTERS = {
    "ı": "i",  # so that Turkish capitals find their small letters, whatever the language
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ي": "ی",  # Arabic and Persian keyboards
    "ى": "ی",
    "ك": "ک",
    "ة": "ه",
    "ٱ": "ا",
}
_FOLDED: dict[int, str | None] = {
    **{point: None for first, last in _POINTS for point in range(first, last + 1)},
    **{ord(letter): plain for letter, plain in _LETTERS.items()},
}
_WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3040, 0x31FF),  # Hiragana, Katakana, Bopomofo
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)


class _Shapes(dict[int, str]):
    """What each character is to a word: part of it, a word of its own, nothing, or its end. Filled as they are met."""

    def __missing__(self, point: int) -> str:
        shape = self[point] = _shape(chr(point))
        return shape


_shapes = _Shapes()


def words_of(text: str) -> list[str]:
    """The folded words of a text, in their order."""
    words: list[str] = []
    for piece in text.split():
        words += _known_words(piece) if len(piece) <= _SHORT else _words(piece)
    return words


def indexed(fields: Iterable[str]) -> str:
    """What the index keeps of an entry's texts."""
    return _BETWEEN.join(" ".join(words_of(field)) for field in fields)


def expression(query: str) -> str:
    """What to ask the index for, or nothing where the query holds no word.

    Every piece between spaces must occur, the characters of a piece next to each other; the last piece may be the
    beginning of a word, as one searches while typing.
    """
    pieces = [" ".join(words_of(piece)) for piece in query[:_LONGEST_QUERY].split()]
    found = [f'"{piece}"' for piece in pieces if piece]
    return " ".join(found) + " *" if found else ""


def _words(piece: str) -> list[str]:
    if piece.isascii():
        return piece.lower().translate(_shapes).split()
    folded = unicodedata.normalize("NFKC", piece).casefold()
    bare = unicodedata.normalize("NFD", folded).translate(_FOLDED)
    return unicodedata.normalize("NFC", bare).translate(_shapes).split()


# A draft is indexed at every save, and nearly all of its words were there at the last one.
_known_words = lru_cache(maxsize=16384)(_words)


def _shape(character: str) -> str:
    category = unicodedata.category(character)
    if any(first <= ord(character) <= last for first, last in _WITHOUT_SPACES):
        return f" {character} " if category[0] in "LMN" else " "
    if category[0] in "LM":
        return character
    if category[0] == "N":
        return str(unicodedata.decimal(character, character))
    if category == "Cf":
        return ""
    if category in ("So", "Sc") and not character.isascii():
        return f" {character} "
    return " "

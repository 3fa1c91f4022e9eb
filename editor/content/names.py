"""Names that somebody begins to type, whatever the accents, the vowel signs and the script: "gar" finds "García".

Folding is Unicode's: compatibility decomposition without combining marks, then case folding (Unicode 16, chapter 3, D145).
Marks that are letters of their own, such as Devanagari's vowels, stay. What Unicode keeps apart and typists do not is in
a table: alef, yeh and kaf as Arabic and Persian keyboards have them, tatweel, letters with a stroke.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category, combining, normalize

_ALIKE = str.maketrans(
    {
        "\u0640": None,  # tatweel
        "\u0671": "ا",  # alef wasla
        "\u0649": "ي",  # alef maqsura
        "\u06cc": "ي",  # Persian yeh
        "\u06a9": "ك",  # Persian kaf
        "\u0629": "ه",  # teh marbuta
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
    }
)
_WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1100, 0x11FF),  # Hangul, decomposed
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Han
    (0x20000, 0x3FFFF),
)


@lru_cache(maxsize=4096)
def folded(words: str) -> str:
    """The words without what typists leave out; letter by letter, so a beginning stays a beginning."""
    return _bare(_bare(words).casefold()).translate(_ALIKE)


def fits(typed: str, name: str) -> bool:
    """Whether each typed word begins a word of the name, in their order; in scripts without spaces, is in one."""
    rest = iter(_words(folded(name)))
    return all(any(_begins(part, word) for word in rest) for part in _words(folded(typed)))


def fitting(typed: str, names: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The names, each with its role, that fit what is typed: first those that begin with it, each in their order."""
    found = [pair for pair in names if fits(typed, pair[0])]
    wanted = folded(typed).strip()
    return tuple(sorted(found, key=lambda pair: not folded(pair[0]).startswith(wanted)))


def _bare(words: str) -> str:
    """Decomposed, without combining marks and without signs that are not seen."""
    signs = normalize("NFKD", words)
    return "".join(s for s in signs if not combining(s) and category(s) != "Cf")


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Runs of letters, digits and the marks between them."""
    return tuple("".join(s if category(s)[0] in "LMN" else " " for s in text).split())


def _begins(part: str, word: str) -> bool:
    if word.startswith(part):
        return True
    sign = ord(part[0])
    return any(low <= sign <= high for low, high in _WITHOUT_SPACES) and part in word

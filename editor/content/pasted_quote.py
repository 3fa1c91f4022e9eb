"""Whether a text that was pasted is somebody's words with whose they are: ``“We need ten.” — River engineer, waterworks``.

Nothing is done to the text here, and a guess costs one question. So it asks for both marks and a name, behind a dash or
before a colon, and leaves alone what reads on as a sentence ("— that is what everyone says", "the mayor said: …").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from editor.content.block import Block
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text

LONGEST = 4000

_CLOSED_BY = {
    "“": "”",
    "„": "“”",
    "‚": "‘’",
    "‘": "’",
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "〝": "〞〟",
    '"': '"',
    "＂": "＂",
    "״": "״",
}
_MARKS = frozenset(_CLOSED_BY) | frozenset("".join(_CLOSED_BY.values()))
_IN_WORDS = frozenset('’"״')
"""Marks that are also apostrophes, or stand in Hebrew abbreviations."""

_UNSEEN = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_COMMA = re.compile(r"[ ]*(?:,[ ]+|[،，､、][ ]*)")
_IN_BRACKETS = re.compile(r"(?P<rest>.+?)[ ]*[(（](?P<inner>[^()（）]+)[)）]")
_AN_END = re.compile(r"[.!?؟…](?=\s)|[。！？।۔]")
_SHORTENED = re.compile(
    r"(?:^|[\s.])(?:\w|Dr|Mr|Mrs|Ms|Prof|St|Sen|Rep|Gen|Col|Lt|Sgt|Capt|Gov|Jr|Sr|Ing|Sra|Mme)\.$"
)

_ARTICLES = frozenset(
    "a an the one ein eine einer der die das un une une le la les l’ el los las una uno egy az il lo o os um uma".split()
)
_NO_NAMES = frozenset(
    "this that these those it it’s he she they we i you there what which who and but so or if when then here not no yes"
    " das dies dieser diese es er sie wir ich und aber so wenn dann c’est ce cela ça il elle on nous et mais"
    " es eso esto esta este y pero ez az és de это он она они мы и но".split()
)
_SAYING = frozenset(
    "said says say saying told tells asked asks added adds wrote writes tweeted replied explained warned insisted"
    " sagte sagt sagten erklärte schrieb fragte dit a-t-il a-t-elle déclaré affirme ajoute explique dijo dice afirmó"
    " explicó añadió mondta mondja írta közölte сказал сказала заявил заявила говорит disse"
    " قال قالت وقال وقالت يقول تقول أضاف وأضاف أضافت گفت می‌گوید افزود אמר אמרה אומר אומרת הוסיף כתב"
    " कहा बोले बताया".split()
)
_SAYING_DENSE = re.compile(r"(?:说|說|称|稱|表示|指出|写道|寫道|と述べた|と語った)$")
_LABELS = frozenset(
    "note notes nb update updates correction clarification headline title subtitle caption quote quotes slogan motto"
    " sign banner subject re ps question answer q a example examples warning breaking summary source sources link tags"
    " definition translation original reminder todo fact tip password name key value type error"
    " hinweis anmerkung korrektur titel beispiel frage antwort zitat nota título ejemplo titre exemple remarque"
    " ملاحظة تحديث عنوان هشدار توجه הערה עדכון כותרת नोट 注 标题 备注 更新".split()
)


def quotation(text: str) -> Quote | None:
    """The quote that a pasted text is, as far as it says; None for any other text."""
    if len(text) > LONGEST:
        return None
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\xa0", " ")).strip()
    if not text:
        return None
    return _words_first(text) if text[0] in _CLOSED_BY else _name_first(text)


def parted(body: Sequence[Block], put_in: str, quote: Quote) -> tuple[Block, ...] | None:
    """The blocks with the quote in place of what was pasted; None where that is no paragraph of its own any more."""
    wanted = put_in.strip()
    for at, block in enumerate(body):
        before, found, after = (
            block.text.partition(wanted) if isinstance(block, Text) else ("",) * 3
        )
        alone = (not before.strip(" ") or before.endswith("\n")) and after[:1] in ("", "\n")
        if found and alone:
            sides = (before.rstrip("\n "), after.strip("\n"))
            texts = [(Text(text=words),) if words.strip() else () for words in sides]
            return (*body[:at], *texts[0], quote, *texts[1], *body[at + 1 :])
    return None


def _words_first(text: str) -> Quote | None:
    end = _end(text)
    found = _behind().fullmatch(text, end + 1) if end > 0 else None
    return _made(text[:end], found["whose"]) if found else None


def _name_first(text: str) -> Quote | None:
    found = _before().match(text)
    if found is None or found["whose"].casefold() in _LABELS:
        return None
    said = text[found.end() :]
    end = _end(said)
    return (
        _made(said[:end], found["whose"])
        if end > 0 and said[end + 1 :] in ("", ".", "。")
        else None
    )


def _end(text: str) -> int:
    """Where the mark that begins a text is closed; -1 where it is not."""
    opens, closes = text[0], _CLOSED_BY[text[0]]
    depth = 1
    for at in range(1, len(text)):
        sign = text[at]
        if sign in _IN_WORDS and _joins(text, at):
            continue
        if sign in closes:
            depth -= 1
            if not depth:
                return at
        elif sign == opens and not _continues(text, at):
            depth += 1
    return -1


def _joins(text: str, at: int) -> bool:
    """Whether letters stand on both sides, so that the sign is part of a word."""
    return text[at - 1].isalpha() and text[at + 1 : at + 2].isalpha()


def _continues(text: str, at: int) -> bool:
    """Whether the mark begins a further paragraph of the same words."""
    return text[:at].rstrip(" \t").endswith("\n")


def _made(marked: str, whose: str) -> Quote | None:
    opens = marked[0]
    said = re.sub(rf"(\n[ \t]*){re.escape(opens)}", r"\1", marked[1:]).strip()
    whose = " ".join(whose.split())
    if not any(sign.isalpha() for sign in said) or not _is_somebody(whose):
        return None
    if not _SHORTENED.search(whose):
        whose = whose.rstrip(".。।۔ ")
    speaker, role, how = *_parted(whose), ""
    if found := _IN_BRACKETS.fullmatch(role or speaker):
        if role:
            role, how = found["rest"], found["inner"]
        else:
            speaker, role = found["rest"], found["inner"]
    return Quote(text=said.removesuffix(",").rstrip(), speaker=speaker, role=role, how=how)


def _parted(whose: str) -> tuple[str, str]:
    speaker, *rest = _COMMA.split(whose, maxsplit=1)
    return speaker.strip(), "".join(rest).strip()


def _is_somebody(whose: str) -> bool:
    """Whether this reads as a name or a description with a role, and not as a sentence that goes on."""
    letters = [sign for sign in whose if sign.isalpha()]
    words = [word.strip(".,;:()،").casefold() for word in whose.split()]
    if not letters or len(whose) > 160 or len(words) > 20 or _MARKS & set(whose) - {"’"}:
        return False
    if any(sign in whose for sign in ":：;=<>{}[]|\\/@#*_؛") or words[0] in _NO_NAMES:
        return False
    if _SAYING & set(words) or _SAYING_DENSE.search(whose) or _reads_on(whose):
        return False
    first = whose[0]
    if not first.isalpha() or (first.islower() and words[0] not in _ARTICLES):
        return False
    return len(_parted(whose)[0].split()) <= 9


def _reads_on(whose: str) -> bool:
    """Whether a sentence ends within it."""
    return any(
        not _SHORTENED.search(whose[: found.end()])
        for found in _AN_END.finditer(whose.rstrip(".。।۔ "))
    )


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(
        r"\s*[.,。]?\s*(?:[—–―]{1,2}|-{2,3}|(?<=\s)-(?=\s))\s*(?P<whose>[^\n]+(?:\n(?!\s*\n)[^\n]+)?)"
    )


@cache
def _before() -> re.Pattern[str]:
    marks = re.escape("".join(sorted(_MARKS - {"’"})))
    return re.compile(
        rf"(?P<whose>[^{marks}\n:：]{{1,160}}?)\s*[:：]\s*(?=[{re.escape(''.join(_CLOSED_BY))}])"
    )

"""Entries of every kind, with the words that break formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import msgspec
from hypothesis import strategies as st
from msgspec import UNSET

from editor.content.block import PhotoFile, Unknown
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.clean import clean_text
from editor.content.entry import Content
from editor.content.kept import Medium
from editor.content.post_words import KINDS
from editor.content.print import LONGEST, WHOLE, Box, Edit, Point, Rights
from editor.problems import refuse

SCRIPTS = (
    "وصل الماء إلى الجسر القديم",
    "آب به پل قدیمی رسید، می‌گویند",
    "המים הגיעו לגשר הישן",
    "洪水到达旧桥",
    "पानी पुराने पुल तक पहुँचा",
    "A víz elérte a régi hidat",
    "👩🏽‍🚒🌊🇭🇺",
    "e\u0301 Å \u202eabc\u202c",
)
NASTY = (
    "```",
    "````",
    "```python",
    "```dateline-text",
    "```dateline-unknown",
    "~~~",
    "---",
    "--- ",
    "...",
    "===",
    "> said",
    ">",
    "> — Speaker, role (how) <https://example.org/>",
    "— Speaker",
    "-- Speaker",
    "![alt](photos/a.jpg)",
    '![a](b "c")',
    "Credit: Staff",
    "https://example.org/a",
    "https://social.example/@gauges/113456789012345678",
    "<https://example.org/a>",
    "[First shelter](https://example.org/b)",
    "trailing  ",
    "    indented",
    "\tTab",
    "\u2028",
    "\u2029",
    "\u00a0",
    "\u3000",
    "\ufeff",
    "a\u2028b",
    "key: value",
    "- item",
    "# heading",
    "#hashtag",
    "null",
    "~",
    "No",
    "12:30",
    "2026-11-22",
    "1e3",
    "'",
    '"',
    "\\",
    "\\]",
    "[",
    "](",
    ")",
    "<",
    "%41",
    "!!python/object:os.system",
    "&anchor",
    "*anchor",
    "| block",
    "> fold",
    "{a: b}",
    "@handle",
    "`code`",
    ", ",
    " (phone)",
    "",
    " ",
    "a" * 200,
)

_signs = st.characters(codec="utf-8").filter(lambda sign: clean_text(sign) == sign)
lines = st.one_of(st.sampled_from(NASTY), st.sampled_from(SCRIPTS), st.text(_signs, max_size=12))
line = st.lists(lines, min_size=0, max_size=3).map("".join)
words = st.one_of(
    line,
    st.lists(line, max_size=5).map("\n".join),
    st.lists(line, max_size=4).map("\n\n".join),
)
times = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([timezone(timedelta(minutes=m)) for m in (0, 60, 210, -570)]),
)
maybe_time = st.one_of(st.none(), times)
unset = st.just(UNSET)

PHOTOS = {
    "a" * 64: ("photos/sandbags.jpg", 1600, 1200),
    "b" * 64: ("photos/my photo (1).jpg", 800, 600),
    "c" * 64: ("photos/صورة <1>.jpg", 10, 20),
    "d" * 64: ('photos/100%25 \\ "x".jpg', 1, 1),
}


def name_photo(asset: str) -> str:
    return PHOTOS[asset][0]


def find_photo(path: str) -> PhotoFile:
    for asset, (name, width, height) in PHOTOS.items():
        if name == path:
            return PhotoFile(asset=asset, width=width, height=height)
    raise refuse("file-photo-missing", path=path)


_part = st.integers(0, WHOLE)
_box = st.builds(Box, _part, _part, _part, _part)
_edits = st.builds(
    Edit,
    blurs=st.lists(_box, max_size=3).map(tuple),
    crop=st.one_of(st.none(), _box),
    turns=st.integers(0, 3),
)
_rights = st.builds(
    Rights,
    creator=line,
    credit=line,
    copyright=words,
    source=line,
    licence=line,
    data_mining=line,
    created=maybe_time,
)
_asked = st.fixed_dictionaries(
    {},
    optional={
        "edit": _edits,
        "focus": st.builds(Point, _part, _part),
        "rights": _rights,
        "longest": st.sampled_from(LONGEST),
    },
)


@st.composite
def photos(draw: Callable[..., object]) -> Photo:
    asset = str(draw(st.sampled_from(sorted(PHOTOS))))
    _, width, height = PHOTOS[asset]
    fields = draw(
        st.fixed_dictionaries(
            {
                "caption": words,
                "alt": words,
                "credit": words,
                "decorative": st.booleans(),
                "location_kept": st.booleans(),
            }
        )
    )
    assert isinstance(fields, dict)
    asked = draw(st.one_of(st.just({}), _asked))
    assert isinstance(asked, dict)
    return Photo(asset=asset, width=width, height=height, **fields, **asked)


@st.composite
def unknowns(draw: Callable[..., object]) -> Unknown:
    kind = "poll"
    value = {"type": kind, "v": draw(st.integers(1, 3)), "question": draw(words)}
    pretty = draw(st.sampled_from([None, 1]))
    raw = json.dumps(value, ensure_ascii=bool(draw(st.booleans())), indent=pretty)  # type: ignore[arg-type]
    return Unknown(type=kind, raw=raw.encode())


urls = st.one_of(
    st.sampled_from(
        [
            "https://social.example/@gauges/113456789012345678",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "https://example.org/a_(b)",
            "https://example.org/a?b=c&d=e#f",
            "https://مثال.example/نهر",
            "javascript:alert(1)",
            "HTTP://EXAMPLE.ORG",
        ]
    ),
    line,
)
texts = st.builds(Text, text=words)
quotes = st.builds(
    Quote,
    text=words,
    speaker=line,
    role=line,
    how=line,
    source=urls,
    language=st.sampled_from(["", "ar", "fa", "x"]),
    translation=st.one_of(unset, words),
    place=st.one_of(unset, line),
    said=st.one_of(unset, times),
    unnamed=st.one_of(unset, st.booleans()),
    reason=st.one_of(unset, line),
)
media = st.builds(Medium, kind=st.sampled_from(KINDS), alt=words)
socials = st.one_of(
    st.builds(
        Social,
        url=urls,
        network=st.one_of(st.sampled_from(["", "mastodon"]), line),
        author=line,
        handle=line,
        posted=maybe_time,
        captured=maybe_time,
        text=words,
        language=line,
        post_id=st.one_of(unset, line),
        author_id=st.one_of(unset, line),
        edited=st.one_of(unset, times),
        media=st.one_of(unset, st.lists(media, max_size=3).map(tuple)),
        kept=st.sampled_from([UNSET, "e" * 64]),
        gone=st.one_of(unset, times),
    ),
    st.just(Social.from_url("https://social.example/@gauges/113456789012345678")),
)
stories = st.builds(
    Story, url=urls, headline=line, outlet=st.one_of(st.just(""), line), summary=words
)
blocks = st.one_of(texts, texts, photos(), quotes, socials, stories, unknowns())
contents = st.builds(
    Content,
    headline=words,
    time=maybe_time,
    byline=st.lists(line, max_size=3).map(tuple),
    key_event=st.booleans(),
    pinned=st.booleans(),
    labels=st.lists(line, max_size=3).map(tuple),
    embargo=maybe_time,
    language=line,
    unverified=st.sampled_from([msgspec.UNSET, True, False]),
    body=st.lists(blocks, max_size=6).map(tuple),
)
ids = st.one_of(st.none(), st.uuids().map(str))
bodies = st.lists(st.one_of(line, st.sampled_from(NASTY)), max_size=14).map("\n".join)

"""An entry in short, for lists and for search. It runs on every save of a draft, so it is cheap."""

from __future__ import annotations

import re

import msgspec

from editor.content.block import Block
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content, prints

EXCERPT = 240
THUMBS = 4

_SPACE = re.compile(r"\s+")
# Scripts that write without spaces count by the character, as word processors do.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows of an entry. ``thumbs`` are the first photos' prints."""

    headline: str
    excerpt: str
    photos: int
    quotes: int
    posts: int
    stories: int
    thumbs: tuple[str, ...]
    words: int


class SearchFields(msgspec.Struct, frozen=True, kw_only=True):
    """The words of an entry by where they stand."""

    headline: str
    text: str
    captions: str
    quotes: str
    speakers: str


def summarise(content: Content) -> Summary:
    """The entry in short."""
    blocks = content.blocks
    plain = [block.plain() for block in blocks]
    return Summary(
        headline=content.headline,
        excerpt=_excerpt(blocks, plain),
        photos=sum(isinstance(block, Photo) for block in blocks),
        quotes=sum(isinstance(block, Quote) for block in blocks),
        posts=sum(isinstance(block, Social) for block in blocks),
        stories=sum(isinstance(block, Story) for block in blocks),
        thumbs=prints(content)[:THUMBS],
        words=sum(count_words(words) for words in (content.headline, *plain)),
    )


def search_fields(content: Content) -> SearchFields:
    """The words of an entry, apart by where they stand; links' and posts' words count as text."""
    text, captions, quotes, speakers = [], [], [], []
    for block in content.blocks:
        match block:
            case Photo():
                captions += [block.caption, block.alt, block.credit]
            case Quote():
                quotes += [block.text, block.translation or "", block.place or ""]
                speakers += [block.speaker, block.role]
            case Social():
                text.append(block.text)
                speakers += [block.author, block.handle]
            case _:
                text.append(block.plain())
    return SearchFields(
        headline=content.headline,
        text=_joined(text),
        captions=_joined(captions),
        quotes=_joined(quotes),
        speakers=_joined(speakers),
    )


def count_words(words: str) -> int:
    """How many words a text has; of Chinese and Japanese, how many characters."""
    count = len(words.split())
    if words.isascii() or not _DENSE.search(words):
        return count
    return len(_DENSE.findall(words)) + len(_DENSE.sub(" ", words).split())


def _excerpt(blocks: tuple[Block, ...], plain: list[str]) -> str:
    """The first words of the texts; of an entry without any, the first words there are."""
    texts = [words for block, words in zip(blocks, plain, strict=True) if isinstance(block, Text)]
    told = _joined(texts) or _joined(plain)
    flat = _SPACE.sub(" ", told[: EXCERPT * 4]).strip()
    if len(flat) <= EXCERPT:
        return flat
    cut = flat[: EXCERPT + 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > EXCERPT // 2 else cut[:EXCERPT]).rstrip(" ,;:—-") + "…"


def _joined(parts: list[str]) -> str:
    return "\n".join(part for part in parts if part.strip())

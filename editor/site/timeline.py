"""Which entry is on which page: the newest on the index, older ones on a page that grows, the oldest on sealed pages.

A sealed page's bounds are keys (time, id) that never change, so an entry never moves from page to page because others
arrive; a correction, a withdrawal or a late arrival touches its own page only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace

from editor.site.state import Item, Key, Mark, Note, Seal, State, visible

FIRST_PAGE = 30
PAGE = 40

ReadPage = Callable[[int], tuple[Item, ...]]


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """The state with an entry in its place, and the sealed pages (by number, newest first) that changed."""

    state: State
    pages: Mapping[int, tuple[Item, ...]]


def page_of(seals: tuple[Seal, ...], key: Key) -> int:
    """The number of the sealed page to which a key belongs; 0 when it is newer than all of them."""
    place = bisect_left(seals, key, key=lambda seal: seal.upto)
    return place + 1 if place < len(seals) else 0


def place(state: State, item: Item, read_page: ReadPage) -> Placed:
    """Puts an entry where its time belongs, in the place of its earlier form. The same twice is the same as once."""
    pages: dict[int, list[Item]] = {}
    opened = [other for other in state.open if other.id != item.id]
    for key in {item.key, item.old_key}:
        number = page_of(state.seals, key)
        if number:
            pages[number] = [other for other in read_page(number) if other.id != item.id]
    if item.listed:
        number = page_of(state.seals, item.key)
        (pages[number] if number else opened).append(item)
    opened.sort(key=_newest_first, reverse=True)
    for members in pages.values():
        members.sort(key=_newest_first, reverse=True)
    changed = {number: tuple(members) for number, members in pages.items()}
    seals = list(state.seals)
    for number, page in changed.items():
        seals[number - 1] = replace(seals[number - 1], count=visible(page))
    # One more than a page: the growing page is never empty, so the newest sealed page has somewhere to lead.
    while len(opened) - FIRST_PAGE > PAGE:
        sealed, opened = tuple(opened[-PAGE:]), opened[:-PAGE]
        seals.append(Seal(upto=sealed[0].key, count=visible(sealed)))
        changed[len(seals)] = sealed
    moved = replace(
        state,
        open=tuple(opened),
        seals=tuple(seals),
        pinned=_with(state.pinned, item, item.pinned and item.gone is None),
        marks=_marked(state.marks, item),
        notes=_noted(state.notes, item),
    )
    return Placed(state=moved, pages=changed)


def first_page(state: State) -> tuple[Item, ...]:
    """The entries of the index, newest first."""
    return state.open[:FIRST_PAGE]


def growing(state: State) -> tuple[Item, ...]:
    """What lies between the index and the last seal."""
    return state.open[FIRST_PAGE:]


def last_page(state: State) -> int:
    """The number of the newest page behind the index; 0 when there is none."""
    return len(state.seals) + bool(growing(state))


def _newest_first(thing: Item | Mark) -> Key:
    return thing.key


def _with(pinned: tuple[Item, ...], item: Item, belongs: bool) -> tuple[Item, ...]:
    others = [other for other in pinned if other.id != item.id]
    return tuple(sorted([*others, *[item] * belongs], key=_newest_first, reverse=True))


def _marked(marks: tuple[Mark, ...], item: Item) -> tuple[Mark, ...]:
    others = [mark for mark in marks if mark.id != item.id]
    if item.key_event and item.gone is None:
        words = item.headline or opening(item.text)
        others.append(Mark(id=item.id, time=item.time, headline=words, unverified=item.unverified))
    return tuple(sorted(others, key=_newest_first, reverse=True))


def _noted(notes: tuple[Note, ...], item: Item) -> tuple[Note, ...]:
    others = [note for note in notes if note.entry != item.id]
    words = item.headline or opening(item.text)
    others += [Note(entry=item.id, headline=words, fix=fix) for fix in item.fixes]
    return tuple(sorted(others, key=lambda note: note.fix.at, reverse=True))


def opening(text: str, words: int = 10) -> str:
    """The first words of a text, for entries without a headline."""
    found = text.split()
    return " ".join(found[:words])[:120] + ("…" if len(found) > words else "")

"""Which files one change writes, and in which order.

An addition is whole before anything points at it: ``live.json``, which every open page asks for, comes last. A
withdrawal is the reverse: what points at the entry goes first, then the entry. ``d/{seq}.json`` is written before all
else and is thereby the record of what was begun: nobody is led to it until ``live.json`` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from editor.site import feeds
from editor.site.items import at
from editor.site.render import Renderer
from editor.site.state import Cover, Item, SealedPage, State
from editor.site.sums import stamped
from editor.site.timeline import ReadPage, first_page, growing, place

MOST_FILES = 10
SNAPSHOT_EVERY = 10
KEPT_BEFORE_SNAPSHOT = 10

Read = Callable[[str], bytes | None]


class File(msgspec.Struct, frozen=True):
    """A file to be written whole, or to be removed when there is no ``data``.

    ``keep_edited``: what somebody changed in it by hand is copied aside first.
    """

    name: str
    data: bytes | None
    keep_edited: bool = True


class Writing(msgspec.Struct, frozen=True):
    """The files of one change in their order, and the state that they leave."""

    files: tuple[File, ...]
    state: State


def entry_page(entry: str) -> str:
    """Where an entry's own page lies."""
    return f"e/{entry}/index.html"


def write_item(state: State, cover: Cover, item: Item, renderer: Renderer, read: Read) -> Writing:
    """What makes ``item`` public, or its withdrawal known. The same item twice gives the same page."""
    placed = place(state, item, pages_of(read))
    after = replace(
        placed.state,
        cover=cover,
        seq=item.seq,
        updated=max(filter(None, (state.updated, item.updated))),
    )
    change = change_set(state, after, (_op(cover, item, renderer),), renderer, entry=item.id)
    pages = [
        file for n, items in placed.pages.items() for file in _sealed(after, n, items, renderer)
    ]
    pages += _growing(state, after, renderer)
    page = File(entry_page(item.id), renderer.entry(cover, item), item.gone is None)
    front = list(_front(state, after, renderer))
    after, snapshot = _snapshot(after, renderer, room=len(pages) + len(front) < MOST_FILES - 4)
    site, live = _ends(after, renderer)
    scrubbed = _scrubbed(after, cover, item, renderer, read) if item.version > 1 else ()
    if item.gone is None:
        files = (change, page, *snapshot, *pages, *front, *scrubbed, site, live)
    else:
        files = (change, *snapshot, site, live, *front, *pages, *scrubbed, page)
    return Writing((*files, *_outdated(state, after)), after)


def write_cover(state: State, cover: Cover, renderer: Renderer) -> Writing:
    """What tells readers the blog's own words and status."""
    after = replace(state, cover=cover, seq=state.seq + 1)
    change = change_set(state, after, (), renderer)
    front = list(_front(state, after, renderer, always=True))
    older = list(_growing(state, after, renderer, always=True))
    after, snapshot = _snapshot(after, renderer, room=True)
    files = (change, *snapshot, *older, *front, *_ends(after, renderer))
    return Writing((*files, *_outdated(state, after)), after)


def write_sealed(
    state: State, items: dict[int, tuple[Item, ...]], renderer: Renderer
) -> Iterator[File]:
    """Sealed pages again, after the state had to be made from the entries' own pages."""
    for number, members in items.items():
        yield from _sealed(state, number, members, renderer)


def pages_of(read: Read) -> ReadPage:
    """Reads the members of a sealed page out of its feed."""

    def read_page(number: int) -> tuple[Item, ...]:
        page = feeds.read_json_page(read(f"feed/{number}.json") or b"")
        if page is None:
            raise DamagedPage(number)
        return page.items

    return read_page


class DamagedPage(Exception):
    """A sealed page's feed is missing or cannot be read; the state has to be made anew from the entries' pages."""


def change_set(
    before: State, after: State, ops: Iterable[dict[str, Any]], renderer: Renderer, entry: str = ""
) -> File:
    """``d/{seq}.json``: what an open page does to be like the new one."""
    old = renderer.parts(before) if before.seq else {}
    parts = {name: html for name, html in renderer.parts(after).items() if old.get(name) != html}
    said = {"v": 1, "seq": after.seq, "epoch": after.epoch, "entry": entry, "ops": tuple(ops)}
    return File(f"d/{after.seq}.json", msgspec.json.encode(said | {"parts": parts}))


def entry_of_change(data: bytes) -> str:
    """The entry a change set is about; empty when it is about none or cannot be read."""
    try:
        entry = msgspec.json.decode(data)["entry"]
    except (msgspec.DecodeError, KeyError, TypeError):
        return ""
    return entry if isinstance(entry, str) else ""


def _op(cover: Cover, item: Item, renderer: Renderer) -> dict[str, Any]:
    key = " ".join(item.key)
    if not item.listed:
        return {"op": "remove", "id": item.id, "key": key, "rev": item.version}
    html = at("", renderer.article(cover, item))
    kind = "add" if item.version == 1 else "update"
    return {"op": kind, "id": item.id, "key": key, "rev": item.version, "html": html}


def _sealed(
    state: State, number: int, items: tuple[Item, ...], renderer: Renderer
) -> Iterator[File]:
    yield File(f"p/{number}.html", renderer.page(state, number, items))
    page = SealedPage(upto=state.seals[number - 1].upto, items=items)
    yield File(f"feed/{number}.json", feeds.json_page(state.cover, number, page, renderer.base))


def _growing(
    before: State, after: State, renderer: Renderer, *, always: bool = False
) -> Iterator[File]:
    now = growing(after)
    changed = now != growing(before) or len(before.seals) != len(after.seals)
    if changed or (always and now):
        number = len(after.seals) + 1
        yield File(f"p/{number}.html", renderer.page(after, number, now))


def _front(
    before: State, after: State, renderer: Renderer, *, always: bool = False
) -> Iterator[File]:
    yield File("index.html", renderer.index(after))
    yield File("feed.json", feeds.json_feed(after, renderer.base))
    yield File("atom.xml", feeds.atom(after, renderer.base))
    if always or before.notes != after.notes or not before.seq or before.cover != after.cover:
        yield File("corrections.html", renderer.corrections(after))


def _snapshot(state: State, renderer: Renderer, *, room: bool) -> tuple[State, tuple[File, ...]]:
    """A snapshot of the first page when one is due; it waits for a change that touches few files."""
    reborn = state.epoch > state.snap
    if not reborn and (not room or state.seq - state.snap < SNAPSHOT_EVERY):
        return state, ()
    after = replace(state, snaps=(*state.snaps[-1:], state.seq))
    ops = tuple({**_op(state.cover, item, renderer), "op": "add"} for item in first_page(state))
    said = {"v": 1, "seq": state.seq, "epoch": state.epoch, "ops": ops}
    said["parts"] = renderer.parts(state)
    return after, (File(f"s/{state.seq}.json", msgspec.json.encode(said)),)


def _outdated(before: State, after: State) -> Iterator[File]:
    """Snapshots and change sets that no open page can be led to any more: they may hold words since put right."""
    if before.snaps == after.snaps or not before.snaps:
        return
    dropped = set(before.snaps) - set(after.snaps)
    for seq in sorted(dropped):
        yield File(f"s/{seq}.json", None)
    first = max((*dropped, 0)) - KEPT_BEFORE_SNAPSHOT
    for seq in range(max(first, 0) + 1, after.snaps[0] - KEPT_BEFORE_SNAPSHOT + 1):
        yield File(f"d/{seq}.json", None)


def _scrubbed(
    state: State, cover: Cover, item: Item, renderer: Renderer, read: Read
) -> Iterator[File]:
    """Earlier change sets and snapshots with the entry as it is now: no old text stays public."""
    op = _op(cover, item, renderer)
    oldest = max(1, (state.snaps[0] if state.snaps else 1) - 2 * KEPT_BEFORE_SNAPSHOT)
    names = [f"s/{seq}.json" for seq in state.snaps if seq != state.seq]
    names += [f"d/{seq}.json" for seq in range(oldest, state.seq)]
    for name in names:
        data = read(name)
        if data is None or item.id.encode() not in data:
            continue
        said = msgspec.json.decode(data)
        for place_, old in enumerate(said["ops"]):
            if old["id"] == item.id:
                kind = op["op"] if op["op"] == "remove" else old["op"]
                said["ops"][place_] = op | {"op": kind}
        said["parts"] = {name: html for name, html in said["parts"].items() if item.id not in html}
        yield File(name, msgspec.json.encode(said))


def _ends(state: State, renderer: Renderer) -> tuple[File, File]:
    pinned = state.pinned[0].id if state.pinned else None
    live = {
        "v": 1,
        "epoch": state.epoch,
        "seq": state.seq,
        "snap": state.snap,
        "d": "d/{seq}.json",
        "s": "s/{seq}.json",
        "poll": renderer.poll,
        "state": state.cover.status.value,
        "pinned": pinned,
    }
    site = stamped(msgspec.json.encode(state))
    return File("site.json", site), File("live.json", msgspec.json.encode(live))

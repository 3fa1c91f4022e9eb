"""A blog's folder as a whole: what it holds, one change at a time, and how it mends itself.

Whatever moment a change was cut off at, the next call finishes it or starts it anew, so that every entry is there once
and every page agrees. State that is missing or damaged is made again from the entries' own pages.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from editor.domain.ids import EntryId
from editor.site import feeds, writing
from editor.site.folder import Folder
from editor.site.items import read_item
from editor.site.render import Renderer
from editor.site.state import Cover, Item, Seal, State, visible
from editor.site.sums import untouched
from editor.site.timeline import page_of, place
from editor.site.writing import DamagedPage, File, Writing, entry_page

GENERATED = ("index.html", "corrections.html", "feed.json", "atom.xml", "site.json")


class Site:
    """One blog's folder. ``begun`` says whether the current change has written anything yet."""

    def __init__(self, folder: Folder, renderer: Renderer) -> None:
        self.folder = folder
        self.renderer = renderer
        self.begun = False
        self._read: tuple[tuple[int, int, int] | None, State] | None = None

    def entry(self, entry: EntryId) -> Item | None:
        """The entry as its page has it."""
        page = self.folder.read(entry_page(entry))
        return None if page is None else read_item(page)

    def settle(self, cover: Cover) -> State:
        """The state, after what an earlier change left unfinished was finished. ``cover`` is for a folder without one."""
        self.begun = False
        state = self._state(cover)
        seq = self._led_to(state)
        led = replace(state, seq=seq, snaps=tuple(snap for snap in state.snaps if snap <= seq))
        begun = self.folder.read(f"d/{seq + 1}.json")
        if begun is None:
            return led
        entry = writing.entry_of_change(begun)
        if not entry and state.seq == seq + 1:
            return self._write(writing.write_cover(led, state.cover, self.renderer))
        item = self.entry(EntryId(entry)) if entry else None
        if item is None or item.seq != seq + 1:
            return led
        return state if item.gone is not None else self._put(led, state.cover, item)

    def put(self, state: State, cover: Cover, item: Item) -> None:
        """Makes an entry public, or its withdrawal known. ``item.seq`` follows on ``state.seq``."""
        self._put(state, cover, item)

    def put_cover(self, state: State, cover: Cover) -> None:
        """Shows the blog's own words and status. Nothing is written when they are shown already."""
        if not state.seq or state.cover != cover:
            self._write(writing.write_cover(state, cover, self.renderer))

    def _put(self, state: State, cover: Cover, item: Item) -> State:
        try:
            change = writing.write_item(state, cover, item, self.renderer, self.folder.read)
        except DamagedPage:
            state = self._remade(state.cover)
            item = replace(item, seq=state.seq + 1)
            change = writing.write_item(state, cover, item, self.renderer, self.folder.read)
        return self._write(change)

    def _write(self, change: Writing) -> State:
        for name, data in self.renderer.assets.items():
            if not self.folder.has(name):
                self.folder.write(name, data)
        for file in change.files:
            self._write_file(file)
        self.folder.sync()
        self._read = (self.folder.signature("site.json"), change.state)
        return change.state

    def _write_file(self, file: File) -> None:
        if file.data is None:
            self.folder.remove(file.name)
            return
        generated = file.name in GENERATED or file.name.startswith(("p/", "e/", "feed/"))
        if generated and file.keep_edited:
            self.folder.keep_edited(file.name)
        if file.name == "live.json":
            self.folder.sync()
        self.begun = True
        self.folder.write(file.name, file.data)

    def _state(self, cover: Cover) -> State:
        signature = self.folder.signature("site.json")
        if self._read is not None and signature is not None and self._read[0] == signature:
            return self._read[1]
        data = self.folder.read("site.json")
        state = _decoded(data)
        if state is not None:
            self._read = (signature, state)
            return state
        return self._remade(cover)

    def _led_to(self, state: State) -> int:
        """The change set that readers are led to: the last one that was finished."""
        data = self.folder.read("live.json")
        if data is None:
            return max(state.seq - 1, 0)
        try:
            live = msgspec.json.decode(data, type=_Live)
        except msgspec.DecodeError:
            return state.seq
        # a change set of another folder's past, or a pointer put back from a copy, leads nowhere
        return live.seq if live.seq in (state.seq, state.seq - 1) else state.seq

    def _remade(self, cover: Cover) -> State:
        """The state made anew from the entries' own pages, and written.

        The sealed pages' bounds are kept where their feeds still tell them.
        """
        items = [item for name in self.folder.names("e") if (item := self.entry(EntryId(name)))]
        bounds = self._bounds()
        seals = tuple(Seal(upto=upto, count=0) for upto in bounds)
        members: dict[int, list[Item]] = {number: [] for number in range(1, len(seals) + 1)}
        state = State(cover=cover, seals=seals)
        changed: dict[int, tuple[Item, ...]] = {}
        for item in sorted(items, key=lambda item: item.key):
            number = page_of(seals, item.key) if seals else 0
            if number and item.listed:
                members[number].append(item)
            # what lies on a sealed page is put there below; pins, key events and corrections are learnt here
            placed = place(state, item, lambda number: ())
            state, new = placed.state, placed.pages
            changed |= {n: page for n, page in new.items() if n > len(seals)}
        for number, page in members.items():
            changed[number] = tuple(reversed(page))
        if not items:
            return state
        counts = [
            replace(seal, count=visible(changed.get(number, ())))
            for number, seal in enumerate(state.seals, 1)
        ]
        seq = max((item.seq for item in items), default=0)
        seq = max([seq, *(_number(name) for name in self.folder.names("d"))])
        latest = max((item.updated for item in items), default=None)
        state = replace(
            state,
            seals=tuple(counts),
            seq=seq,
            epoch=seq + 1,
            updated=latest,
        )
        for folder in ("d", "s"):
            for name in self.folder.names(folder):
                self.folder.remove(f"{folder}/{name}")
        for file in writing.write_sealed(state, changed, self.renderer):
            self._write_file(file)
        return self._write(writing.write_cover(state, cover, self.renderer))

    def _bounds(self) -> tuple[tuple[str, str], ...]:
        """The sealed pages' bounds in their order, as far as the feeds tell them without a gap."""
        found: list[tuple[str, str]] = []
        while (data := self.folder.read(f"feed/{len(found) + 1}.json")) is not None:
            page = feeds.read_json_page(data)
            if page is None or (found and page.upto <= found[-1]):
                break
            found.append(page.upto)
        return tuple(found)


class _Live(msgspec.Struct):
    seq: int


def _decoded(data: bytes | None) -> State | None:
    if data is None or not untouched(data):
        return None
    try:
        return msgspec.json.decode(data, type=State)
    except msgspec.DecodeError:
        return None


def _number(name: str) -> int:
    stem = name.removesuffix(".json")
    return int(stem) if stem.isdecimal() else 0

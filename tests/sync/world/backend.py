"""A backend behind the network: the memory backend is the server, and every request to it may go wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from editor.backends.memory import MemoryBackend
from editor.content.block import Picture
from editor.content.entry import encode
from editor.domain.blog import Blog, Target
from editor.domain.ids import EntryId
from editor.sync.backend import (
    Capabilities,
    Flow,
    Found,
    Listed,
    Moved,
    Pulled,
    Taken,
    at_will,
)
from editor.sync.delivery import Dispatch, Held, MediaFile, Visibility
from tests.sync.world.wire import HEAD, Wire

if TYPE_CHECKING:
    from tests.sync.world.world import World

PIECE = 64 * 1024


class FlakyBackend(Wire):
    """One target's backend, as a program has it that runs in this world."""

    def __init__(self, world: World, target: Target, inner: MemoryBackend) -> None:
        super().__init__(world, target)
        self.inner = inner
        system = self.place.system
        self.capabilities: Capabilities = dataclasses.replace(
            inner.capabilities,
            network=True,
            pulls=system.pulls,
            history=system.history,
            settle=timedelta(seconds=system.settle),
            batch=system.batch,
        )

    def check(self) -> None:
        self.inner.check()

    def put_media(self, file: MediaFile, path: Path, flow: Flow = at_will) -> None:
        def pieces() -> None:
            for sent in range(0, file.size, PIECE):
                self.world.network.point("between pieces")
                flow(sent)
                self._spend(min(PIECE, file.size - sent))

        def put() -> None:
            self.inner.put_media(file, path)

        self._request("photo", None, put, writes=True, size=file.size, body=pieces)

    def remove_media(self, file: MediaFile) -> None:
        self._request("clear photo", None, lambda: self.inner.remove_media(file), writes=True)

    def picture(self, files: tuple[MediaFile, ...]) -> Picture:
        return self.inner.picture(files)

    def find(self, entry: EntryId, held: Held) -> Found | None:
        def look() -> Found | None:
            self.place.read(entry)
            if held.ref:
                return self.inner.find(entry, held)
            known = [each for each in self.place.blog.of(entry) if self.place.is_listed(each.ref)]
            known.sort(key=lambda each: each.visibility is Visibility.GONE)
            return self.inner.find(entry, Held(ref=known[0].ref)) if known else None

        return self._request("find", entry, look)

    def changes(self, cursor: str) -> Pulled:
        def pull() -> Pulled:
            pulled = self.inner.changes(cursor)
            seen = self.place.seen()
            if int(pulled.cursor) <= seen:
                return pulled
            log = self.place.blog.history[int(cursor or "0") : seen]
            refs = {each.ref for each in log}
            kept = tuple(each for each in pulled.changed if each.ref in refs)
            return Pulled(changed=kept, cursor=str(max(seen, int(cursor or "0"))))

        pulled = self._request("changes", None, pull)
        self.world.rules.pulled(self.place, {each.ref: each for each in pulled.changed})
        return pulled

    def listing(self) -> tuple[Listed, ...]:
        def everything() -> tuple[Listed, ...]:
            return tuple(each for each in self.inner.listing() if self.place.is_listed(each.ref))

        listed = self._request("listing", None, everything)
        self.world.rules.listed(self.place, {each.ref: each for each in listed})
        return listed

    def clear(self, ref: str) -> None:
        self.world.counts["strays swept"] += 1
        self._request("clear", None, lambda: self.inner.clear(ref), writes=True)

    def replaced(self, entry: EntryId, before: Held, after: Held) -> tuple[Found, ...]:
        return self._request("replaced", entry, lambda: self.inner.replaced(entry, before, after))

    def put(self, dispatch: Dispatch, held: Held) -> Held:
        self.world.rules.about_to_put(self.place, dispatch, held)

        def put() -> Held:
            self.world.rules.landing(self.place, dispatch, held)
            return self.inner.put(dispatch, held)

        return self._write("put", dispatch, held, put)

    def put_all(self, puts: tuple[tuple[Dispatch, Held], ...]) -> tuple[Taken, ...]:
        rules = self.world.rules
        for number, (dispatch, held) in enumerate(puts):
            before = {each.entry for each, _ in puts[:number]}
            rules.about_to_put(self.place, dispatch, held, before=before)
            rules.about_to_write(self.place, "put", dispatch.entry)

        def put() -> tuple[Taken, ...]:
            taken: list[Taken] = []
            for dispatch, held in puts:
                rules.landing(self.place, dispatch, held)
                try:
                    taken.append(self.inner.put(dispatch, held))
                except Moved as moved:
                    taken.append(moved)
                    break
                self.place.stamp(self.world.clock.time)
                rules.look(self.place)
            return tuple(taken)

        size = HEAD + sum(len(encode(dispatch.content)) for dispatch, _ in puts)
        entries = tuple(dispatch.entry for dispatch, _ in puts)
        self.world.counts["several at once"] += 1
        return self._request("put all", entries[0], put, writes=True, size=size, others=entries[1:])

    def withdraw(self, dispatch: Dispatch, held: Held) -> Held:
        def withdraw() -> Held:
            self.world.rules.landing(self.place, dispatch, held)
            return self.inner.withdraw(dispatch, held)

        return self._write("withdraw", dispatch, held, withdraw)

    def put_cover(self, blog: Blog) -> None:
        self._request("cover", None, lambda: self.inner.put_cover(blog), writes=True)

    def address(self) -> str:
        return self.inner.address()

    def close(self) -> None:
        self.inner.close()

    def _write(self, what: str, dispatch: Dispatch, held: Held, act: Callable[[], Held]) -> Held:
        size = HEAD + len(encode(dispatch.content))
        after = self._request(
            what, dispatch.entry, act, writes=True, size=size, updates=bool(held.ref)
        )
        if not held.ref:
            self.world.rules.made(self.place, dispatch.entry)
        return after

"""A backend behind the network: the memory backend is the server, and every request to it may go wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from editor.backends.memory import MemoryBackend
from editor.content.block import Picture
from editor.content.entry import encode
from editor.domain.blog import Blog, Target
from editor.domain.ids import EntryId
from editor.problems import Problem
from editor.sync.backend import (
    Answer,
    Capabilities,
    Flow,
    Found,
    Listed,
    Moved,
    NotApplied,
    Pulled,
    Rejected,
    at_will,
)
from editor.sync.delivery import Dispatch, Held, MediaFile
from tests.sync.world.network import Gate, Late

if TYPE_CHECKING:
    from tests.sync.world.world import World

Reply = TypeVar("Reply")
HEAD = 600
"""Bytes of a request beside its body."""
PIECE = 64 * 1024
HANG = 30.0


class FlakyBackend:
    """One target's backend, as a program has it that runs in this world."""

    def __init__(self, world: World, target: Target, inner: MemoryBackend) -> None:
        self.world = world
        self.target = target
        self.inner = inner
        self.place = world.places[target.id]
        system = self.place.system
        self.capabilities: Capabilities = dataclasses.replace(
            inner.capabilities,
            network=True,
            pulls=system.pulls,
            history=system.history,
            settle=timedelta(seconds=system.settle),
        )
        self.answer = Answer()

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
        return self._request(
            what, dispatch.entry, act, writes=True, size=size, updates=bool(held.ref)
        )

    def _request(
        self,
        what: str,
        entry: EntryId | None,
        act: Callable[[], Reply],
        *,
        writes: bool = False,
        updates: bool = False,
        size: int = HEAD,
        body: Callable[[], None] | None = None,
    ) -> Reply:
        world, network = self.world, self.world.network
        world.rules.about_to_ask(self.place, what, entry, writes=writes)
        network.point("before request")
        fault = network.fault()
        began = world.clock.time
        text = writes and entry is not None

        def heard(status: int) -> None:
            self._spend(0)
            took = (world.clock.time - began).total_seconds() or 0.1
            date = world.clock.time.replace(microsecond=0) if status else None
            self.answer = Answer(
                status=status, request_id=str(network.asked), sent=size, took=took, date=date
            )
            world.tell(what, entry or "", self.target.name, fault or "ok", status)

        match fault:
            case "429" | "503 wait":
                wait = network.random.randint(10, 200 if fault == "429" else 90)
                if fault == "503 wait" and network.random.random() < 0.5:
                    self._land(act)
                heard(int(fault[:3]))
                self._shut(wait)
                world.counts[fault] += 1
                if fault == "429":
                    raise NotApplied(Problem(code="asked-to-wait"), retry_after=wait)
                raise world.unanswered(Problem(code="no-answer"), wait)
            case "401":
                world.counts[fault] += 1
                heard(401)
                network.signed_out.add(self.target.id)
                network.unheard.add(self.target.id)
                raise NotApplied(Problem(code="sign-in"), sign_in=True)
            case "no route" | "captive portal":
                world.counts[fault] += 1
                heard(0)
                raise NotApplied(Problem(code="offline"), offline=True)
            case "400" if text and network.random.random() < 0.3:
                world.counts[fault] += 1
                heard(400)
                raise Rejected(Problem(code="rejected"))
            case "413" if body is not None:
                world.counts[fault] += 1
                heard(413)
                raise Rejected(Problem(code="rejected"))
            case "409" if updates:
                if not network.storm and network.random.random() < 0.3:
                    network.storm = 2
                world.counts[fault] += 1
                heard(409)
                raise Moved
        if body is None:
            self._spend(size)
        else:
            body()
        world.meanwhile(self.place)
        match fault:
            case "half" if body is not None:
                world.counts[fault] += 1
                heard(0)
                raise world.unanswered(Problem(code="no-answer"))
            case "request lost" | "503":
                world.counts[fault] += 1
                heard(503 if fault == "503" else 0)
                raise world.unanswered(Problem(code="no-answer"))
            case "lands late" if text and entry is not None:
                world.counts[fault] += 1
                wait = network.random.randint(*self.place.system.late)
                due = world.clock.time + timedelta(seconds=wait)
                late = Late(due, self.target.id, entry, lambda: self._land_late(act))
                network.late.append(late)
                heard(0)
                raise world.unanswered(Problem(code="no-answer"))
            case "hang":
                world.counts[fault] += 1
                if network.random.random() < 0.5:
                    self._land(act)
                world.forward(HANG)
                heard(0)
                raise world.unanswered(Problem(code="no-answer"))
        reply = self._land(act)
        network.point("after request")
        world.meanwhile(self.place)
        if fault in ("reply lost", "lands late", "504 with effect"):
            world.counts["504 with effect" if fault.startswith("504") else "reply lost"] += 1
            heard(504 if fault.startswith("504") else 0)
            if fault.startswith("504"):
                raise world.gateway_timeout()
            raise world.unanswered(Problem(code="no-answer"))
        heard(200)
        return reply

    def _land(self, act: Callable[[], Reply]) -> Reply:
        """A request has its effect."""
        reply = act()
        self.place.stamp(self.world.clock.time)
        self.world.rules.look(self.place)
        return reply

    def _land_late(self, act: Callable[[], object]) -> None:
        """A request has its effect after all. Nobody hears what the system answers."""
        self.world.rules.late = True
        try:
            self._land(act)
        except Moved:
            self.world.tell("which is refused")
        finally:
            self.world.rules.late = False

    def _shut(self, seconds: int) -> None:
        """The host asks for time."""
        world = self.world
        until = world.clock.time + timedelta(seconds=seconds)
        world.network.gates[self.target.id] = Gate(until, world.process, world.sets)
        world.network.unheard.add(self.target.id)

    def _spend(self, size: int) -> None:
        """Bytes take their time; the way back takes half a round trip."""
        system = self.place.system
        if system.rate:
            self.world.forward(system.trip / 2 + size / system.rate)

"""The wire to a system: what becomes of a request on its way there and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from editor.domain.blog import Target
from editor.domain.ids import EntryId
from editor.problems import Problem
from editor.sync.backend import Answer, Moved, NotApplied, Rejected
from tests.sync.world.network import Gate, Late

if TYPE_CHECKING:
    from tests.sync.world.world import World

Reply = TypeVar("Reply")
HEAD = 600
"""Bytes of a request beside its body."""
HANG = 30.0


class Wire:
    """Carries the requests to one target."""

    def __init__(self, world: World, target: Target) -> None:
        self.world = world
        self.target = target
        self.place = world.places[target.id]
        self.answer = Answer()

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
        others: tuple[EntryId, ...] = (),
    ) -> Reply:
        world, network = self.world, self.world.network
        world.rules.about_to_ask(self.place, what, entry, writes=writes)
        network.point("before request")
        fault = network.fault() or ("reply lost" if self._is_unlucky(what) else "")
        began = world.clock.time
        text = writes and entry is not None

        def heard(status: int) -> None:
            self._spend(0)
            took = (world.clock.time - began).total_seconds() or 0.1
            if status and self.place.heard[0] != world.process:
                self.place.heard = world.process, world.passes
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
                on_it = (entry, *others)
                late = Late(due, self.target.id, on_it, lambda: self._land_late(act))
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

    def _is_unlucky(self, what: str) -> bool:
        """Answers about photos that are taken away get lost more often: few of those requests are made."""
        network = self.world.network
        return what == "clear photo" and network.chaos > 0 and network.random.random() < 0.4

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

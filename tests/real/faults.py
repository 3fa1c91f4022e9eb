"""The ways in which a real site, the way to it and the program itself fail, by their names, and how often each is drawn."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from tests.real.between import FINE, Fate, Passed, Way
from tests.real.wordpress import WordPress

PLUGIN = Path(__file__).parent / "php" / "faulty.php"
KILLED = ("killed before saving", "killed after saving", "killed at the end")
FAILS = ("fails before saving", "fails after saving", "fails at the end")
WAITS = ("waits before saving", "waits after saving")
PRINTS = ("prints before the data", "prints before the headers")
DATABASE_KILLED = "the database is killed"
SERVER_KILLED = "the web server is killed"
PROGRAM_KILLED = (
    "the program is killed before it was done",
    "the program is killed once it was done",
)
DESK_BETWEEN = "the desk writes between our reading and our writing"
SIGNED_OUT = "signed out"
MAINTENANCE, DATABASE_DOWN, REFUSED = (
    "maintenance",
    "the database is down",
    "connections are refused",
)
PATIENCE = 5.0
"""Seconds after which a request that should be kept waiting never will be."""
SPELLS = (MAINTENANCE, DATABASE_DOWN, REFUSED)
"""What lasts for a while and meets every request."""

ANY: tuple[tuple[str, int], ...] = (
    ("busy", 4),
    ("busy until", 2),
    (SIGNED_OUT, 1),
    *((each, 5) for each in PRINTS),
    (Way.CUT, 7),
    (Way.CLOSE, 4),
    (Way.RESET, 4),
    (Way.LATE, 2),
    (Way.SWALLOW, 3),
    (Way.HANG, 1),
    (Way.HOTEL, 2),
)
"""How often each is drawn for any request; the next, for one that makes, changes or bins a post."""
OF_A_POST: tuple[tuple[str, int], ...] = (
    *((each, 5) for each in (*KILLED, *FAILS)),
    (Way.HOLD, 8),
    *((each, 4) for each in PROGRAM_KILLED),
    (SERVER_KILLED, 3),
    (DATABASE_KILLED, 4),
    (DESK_BETWEEN, 9),
)

NAMES = tuple(str(name) for name, _ in (*ANY, *OF_A_POST)) + SPELLS
"""All of them."""


class Broken:
    """A site with the plug-in that fails at will. ``program`` ends the program that is asking, ``desk`` edits a post."""

    def __init__(
        self,
        site: WordPress,
        chance: random.Random,
        program: Callable[[], None] = lambda: None,
        desk: Callable[[str], None] = lambda ref: None,
    ) -> None:
        self.site, self._chance, self._program, self._desk = site, chance, program, desk
        self._alone = threading.Lock()
        site.plugin("faulty", plugin())
        for name in ("faults.log", "shown.log", "waits", "go"):
            (site.folder / name).unlink(missing_ok=True)

    def draw(self, request: Passed, share: float) -> Fate:
        """What becomes of a request, by chance."""
        if self._chance.random() >= share:
            return FINE
        table = list(ANY)
        if request.of_a_post:
            table += [each for each in OF_A_POST if self._fits(each[0], request)]
        (name,) = self._chance.choices([name for name, _ in table], [often for _, often in table])
        return self.fate(name, request)

    def _fits(self, name: str, request: Passed) -> bool:
        if name == DATABASE_KILLED:
            return self.site.variant == "mariadb"
        return name != DESK_BETWEEN or (request.method == "POST" and request.route != "posts")

    def fate(self, name: str, request: Passed) -> Fate:
        """A fault by its name."""
        fate = Fate(name)
        if name in list(Way):
            return replace(fate, way=Way(name))
        if name == DESK_BETWEEN:
            ref = request.route.rpartition("/")[2]
            return replace(fate, before=lambda: self._desk(ref))
        if name in PROGRAM_KILLED:
            way = Way.SWALLOW if name == PROGRAM_KILLED[0] else None
            return replace(fate, way=way, before=self._program)
        if name in (DATABASE_KILLED, SERVER_KILLED):
            when = self._chance.choice(WAITS)
            kill = self._kill_database if name == DATABASE_KILLED else self._kill_server
            return self.waiting(replace(fate, order=when), kill)
        if name.startswith("busy"):
            return replace(fate, order=f"{name}:{self._chance.choice((2, 7, 45, 900))}")
        return replace(fate, order=name)

    def begin(self, spell: str, refuse: Callable[[], None] = lambda: None) -> None:
        """Something that lasts, begins."""
        if spell == MAINTENANCE:
            self.site.maintenance(True)
        elif spell == DATABASE_DOWN:
            self.site.kill_db()
        else:
            refuse()

    def end(self, spell: str, listen: Callable[[], None] = lambda: None) -> None:
        """It is over."""
        if spell == MAINTENANCE:
            self.site.maintenance(False)
        elif spell == DATABASE_DOWN:
            self.site.start_db()
        else:
            listen()

    def waiting(self, fate: Fate, act: Callable[[], None]) -> Fate:
        """A fault that does something while the plug-in keeps the request waiting: one at a time, whoever has given up."""
        waits, go = self.site.folder / "waits", self.site.folder / "go"

        def begin() -> None:
            self._alone.acquire()
            for file in (waits, go):
                file.unlink(missing_ok=True)

        def go_on() -> None:
            until = time.monotonic() + PATIENCE
            try:
                while not waits.exists() and time.monotonic() < until:
                    time.sleep(0.005)
                act()
                go.touch()
            finally:
                self._alone.release()

        return replace(fate, before=begin, meanwhile=go_on)

    def met(self) -> list[str]:
        """What the plug-in did wrong, in its order."""
        return [str(each) for each in self._told("faults.log")]

    def shown(self) -> list[str]:
        """The content of everything that was about to be shown to readers, in its order."""
        return [str(each["content"]) for each in self._told("shown.log")]

    def _told(self, name: str) -> list[Any]:
        file = self.site.folder / name
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        return [json.loads(line) for line in lines]

    def _kill_database(self) -> None:
        self.site.kill_db()
        self.site.start_db()

    def _kill_server(self) -> None:
        self.site.kill_web()
        self.site.start()


@cache
def plugin() -> str:
    return PLUGIN.read_text("utf-8")

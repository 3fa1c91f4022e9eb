"""A live blog in a storm: hundreds of faults of a real site and of the way to it, while people write and a desk edits.

``python -m tests.real.storm FOLDER --seed 3`` lives through one, and tells what it met.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path

from tests.real.between import FINE, Between, Fate, Passed
from tests.real.faults import DATABASE_DOWN, REFUSED, SPELLS, WAITS, Broken
from tests.real.newsroom import Laptop
from tests.real.people import People
from tests.real.reckoning import Reckoning
from tests.real.scene import impatient
from tests.real.sites import shared
from tests.real.template import Variant
from tests.real.wordpress import WordPress

SHARES = {True: 0.55, False: 0.17}
"""Of the requests that write a post, how many go wrong; of the others."""
SPELLS_SHARE = 0.1
"""Of the passes, how many meet something that lasts."""
PATIENCE = 600
"""Seconds that WordPress asks for in its maintenance mode."""
LIST = 16 * 60
"""Seconds after which everything is listed again, and strays are seen."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Some ``entries`` and at least so many ``faults``, by a seed. ``user`` is whose account the laptop has."""

    variant: Variant = "mariadb"
    user: str = "field"
    seed: int = 1
    entries: int = 200
    faults: int = 500

    @property
    def replay(self) -> str:
        """The command that lives through it again."""
        given = " ".join(f"--{each.name} {getattr(self, each.name)}" for each in fields(self))
        return f"python -m tests.real.storm FOLDER {given}"


class Storm:
    """One laptop's life, in a folder."""

    def __init__(self, folder: Path, site: WordPress, plan: Plan) -> None:
        self.site, self._plan = site, plan
        self._chance = chance = random.Random(plan.seed)
        self._calm, self._spell = False, ""
        self._judged, self._closed, self._signed_out = 0, 0.0, False
        self._wrong: list[str] = []
        self.tally: Counter[str] = Counter()
        self.between = Between(site.port, self._fate, lambda: self.laptop.clock.run, chance)
        self.laptop = Laptop(folder, site, self.between, plan.user, chance.random)
        self.people = People(self.laptop, chance, plan.entries)
        self.broken = Broken(site, chance, self._kill, self.people.edit)
        self._reckoning = Reckoning(self)

    def live(self) -> Counter[str]:
        """All of it, and what was counted."""
        begun = time.monotonic()
        with closing(self.laptop), self.between:
            while self._goes_on():
                self.people.act()
                self._pass()
            self._calm = True
            self._rest()
            self._count(round(time.monotonic() - begun))
            self._check()
        return self.tally

    def _goes_on(self) -> bool:
        written = len(self.people.known) >= self._plan.entries
        return not written or self.hit().total() < self._plan.faults

    def _check(self) -> None:
        wrong = [*self._wrong, *self.people.wrong, *self._reckoning.everything()]
        stories = [
            self._reckoning.story(number)
            for number in self.people.known
            if any(each.startswith(f"{number} ") for each in wrong)
        ]
        told = [
            *wrong,
            f"to replay: {self._plan.replay}",
            *stories,
            str(sorted(self.tally.items())),
        ]
        assert wrong == [], "\n".join(told)

    def _count(self, seconds: int) -> None:
        self.tally |= self.hit()
        self.tally["faults"] = self.hit().total()
        self.tally |= self.people.tally
        self.tally["requests"] = len(self.between.passed)
        self.tally["entries"] = len(self.people.known)
        self.tally["seconds"] = seconds

    def hit(self) -> Counter[str]:
        """The faults that there were, by their names. What the plug-in was to do counts where it was done."""
        found = Counter(each for each in self.broken.met() if each not in WAITS)
        found |= Counter(
            fate.name
            for each in self.between.passed
            if (fate := each.fate).name and (fate.meanwhile is not None or not fate.order)
        )
        return found | Counter({spell: self.tally[spell] for spell in SPELLS})

    # --- what becomes of a request

    def _fate(self, request: Passed) -> Fate:
        self._learn()
        what = f"{request.method} {request.path}"
        if request.at < self._closed:
            self._wrong.append(f"G1: {what} is {self._closed - request.at} s too early")
        if self._signed_out:
            self._wrong.append(f"G2: {what} while nobody is signed in")
        if self._calm or self._spell:
            return FINE
        return self.broken.draw(request, SHARES[request.of_a_post])

    def _learn(self) -> None:
        """What answers said of when the site may be asked again."""
        passed = self.between.passed
        for each in passed[self._judged :]:
            if each.heard and each.status in (429, 503):
                self._closed = max(self._closed, each.at + patience(each))
            self._signed_out = self._signed_out or (each.heard and each.status == 401)
        self._judged = len(passed)

    def _kill(self) -> None:
        self.laptop.clock.dying = True

    # --- the program

    def _pass(self) -> None:
        if self._chance.random() < SPELLS_SHARE:
            self._begin()
        before = len(self.between.passed)
        report = self.laptop.run()
        self.between.idle()
        if self._spell:
            self._end(len(self.between.passed) > before)
        self._learn()
        self.people.answer()  # signs in as well
        self._signed_out = False
        self.tally["passes"] += 1
        if self.tally["passes"] % 4 == 0:
            self._wrong += self._reckoning.readers()
        self.laptop.wait(report)

    def _begin(self) -> None:
        """Something that lasts begins."""
        can = [each for each in SPELLS if each != DATABASE_DOWN or self.site.variant == "mariadb"]
        self._spell = self._chance.choice(can)
        self.broken.begin(self._spell, self.between.close)

    def _end(self, asked: bool) -> None:
        """It is over."""
        spell, self._spell = self._spell, ""
        self.broken.end(spell, self.between.open)
        self.tally[spell] += asked or spell == REFUSED

    def _rest(self) -> None:
        """Nothing goes wrong any more: everything has to come together."""
        calm = 0
        for _ in range(80):
            self.laptop.engine.pull_soon()
            report = self.laptop.run()
            self.people.answer()
            still = report is not None and report.next_send is None and not self.between.held
            calm = calm + 1 if still else 0
            if calm > 4:
                return
            if calm == 2:
                self.laptop.forward(LIST)
            self.laptop.wait(report, 60.0)
        self._wrong.append("C1: it never rests")


def patience(request: Passed) -> float:
    """For how long an answer asked to be left alone; less a second, for a date has whole ones."""
    told = request.fate.order.rpartition(":")[2]
    return (float(told) if told.isdigit() else PATIENCE) - 1


def live(folder: Path, plan: Plan) -> Counter[str]:
    """A storm, over a site that is as new."""
    site = shared(plan.variant, "fpm")
    site.reset()
    with impatient():
        tally = Storm(folder, site, plan).live()
    site.reset()
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.real.storm", description=__doc__)
    parser.add_argument("folder", type=Path)
    for each in fields(Plan):
        kind = int if isinstance(each.default, int) else str
        parser.add_argument(f"--{each.name}", default=each.default, type=kind)
    given = vars(parser.parse_args())
    tally = live(given.pop("folder"), Plan(**given))
    for name, count in sorted(tally.items()):
        print(f"{count:7} {name}")


if __name__ == "__main__":
    main()

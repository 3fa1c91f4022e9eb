"""Who writes a live blog during a storm: a correspondent at the laptop, and a desk in the web."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from msgspec.structs import replace

from editor.content.entry import digest
from editor.desk import conflicts, outbox, release
from editor.domain.blog import AccountState
from editor.domain.entry import Entry
from editor.domain.ids import EntryId
from editor.sync.delivery import Phase
from tests.real.naming import edited, name_in, with_ours, with_theirs, words
from tests.real.newsroom import NAME, Laptop


@dataclass
class Known:
    """What people did to an entry: the newest of ours that was released, the newest of the desk's, how it is labelled."""

    id: EntryId
    ours: int = 0
    theirs: int = 0
    labels: tuple[str, ...] = ()
    released: bool = True
    submitted: bool = False
    withdrawn: bool = False


class People:
    """They write up to ``most`` entries. ``known`` is what they did, by numbers, and ``told`` when; never asked of the program.

    ``wrong`` is what should not have happened to them.
    """

    def __init__(self, laptop: Laptop, chance: random.Random, most: int) -> None:
        self.known: dict[int, Known] = {}
        self.told: list[tuple[float, int, str]] = []
        self.tally: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._laptop, self._chance, self._most = laptop, chance, most

    # --- at the laptop

    def act(self) -> None:
        """Some of them do something."""
        chance = self._chance
        for _ in range(chance.choice((0, 1, 2, 3))):
            if len(self.known) < self._most:
                self._write(len(self.known) + 1)
        public = [number for number, each in self.known.items() if self._is_public(each)]
        what = chance.random()
        if public and what < 0.35:
            self._correct(chance.choice(public))
        elif public and what < 0.37:
            self._withdraw(chance.choice(public))
        there = [ref for each in self.known.values() if (ref := self.ref(each))]
        if there and chance.random() < 0.25:
            self.edit(chance.choice(there))

    def _write(self, number: int) -> None:
        content, what = words(number), self._chance.random()
        if what < 0.9:
            known = Known(self._laptop.publish(content))
        elif what < 0.95:
            known = Known(self._laptop.submit(content), submitted=True)
        else:
            known = Known(self._laptop.type(content), released=False)
        known.labels = content.labels
        self.known[number] = known

    def _correct(self, number: int) -> None:
        known, chance = self.known[number], self._chance
        known.ours += 1
        if chance.random() < 0.3:
            known.labels = tuple(chance.sample(("Flood", "Rescue", "Day 7"), 2))
        after = with_ours(self._laptop.working(known.id), number, known.ours)
        after = replace(after, labels=known.labels, pinned=chance.random() < 0.1)
        self._laptop.correct(known.id, after)
        self.tally["corrections"] += 1

    def _withdraw(self, number: int) -> None:
        release.withdraw(self._laptop.room, self.known[number].id, "It was somewhere else.")
        self.known[number].withdrawn = True
        self.tally["withdrawals"] += 1

    def answer(self) -> None:
        """Somebody signs in, chooses where two texts clash, and releases what came back merged."""
        laptop = self._laptop
        if laptop.views.account(NAME).state is AccountState.SIGN_IN:
            laptop.sign_in()
        for row in laptop.open():
            if row.phase is Phase.CONFLICT:
                self._choose(row.entry)
            elif row.phase is Phase.REFUSED:
                self.tally[f"refused: {row.problem.code if row.problem else ''}"] += 1
                outbox.retry(laptop.room, row.entry, row.target)
        to_release = {
            each.id
            for each in self.known.values()
            if each.released and not each.submitted and not each.withdrawn
        }
        with laptop.store.read() as tx:
            entries = tx.entries(laptop.blog)
        for about in entries:
            if about.head != about.approved and about.id in to_release:
                self._release(about)

    def _release(self, about: Entry) -> None:
        shown = self._laptop.working(about.id)
        if about.published is None:
            release.publish(self._laptop.room, about.id, shown=digest(shown))
        else:
            self._laptop.correct(about.id, shown)
        self.tally["merges that were released"] += 1

    def _choose(self, entry: EntryId) -> None:
        laptop, target = self._laptop, self._laptop.target.id
        clash = laptop.views.conflict(entry, target)
        if clash is None:
            self.wrong.append(f"a choice that nobody caused: {laptop.row(entry)}")
            return
        both = with_theirs(clash.mine, clash.theirs)
        conflicts.settle(laptop.room, entry, target, both, seen=(clash.mine, clash.theirs))
        self.tally["clashes"] += 1

    # --- in the web

    def edit(self, ref: str) -> None:
        """The desk changes its block of a post."""
        site, path = self._laptop.site, f"/wp/v2/posts/{ref}"
        status, post = site.call("desk", "GET", f"{path}?context=edit")
        if status != 200 or post["status"] == "trash":
            return
        there = name_in(post["content"]["raw"])
        known = self.known[there.number]
        content = edited(post["content"]["raw"], there.number, known.theirs + 1)
        if site.call("desk", "POST", path, content=content)[0] == 200:
            known.theirs += 1
            what = f"the desk wrote {known.theirs} over {there}"
            self.told.append((self._laptop.clock.run, there.number, what))
            self.tally["the desk wrote"] += 1

    # ---

    def ref(self, known: Known) -> str:
        """The number of an entry's post, as the laptop knows it; empty where it knows none, and once it was withdrawn."""
        with self._laptop.store.read() as tx:
            row = tx.delivery(known.id, self._laptop.target.id)
        return "" if row is None or known.withdrawn else row.held.ref

    def _is_public(self, known: Known) -> bool:
        return not known.withdrawn and self._laptop.entry(known.id).published is not None

"""Photos that no entry shows any more are taken from the targets: one that stayed could give somebody away.

Two things must hold through any crash: no public entry is ever without its photo, and no photo stays for ever. So a
rendition is in doubt from the commit before it is sent or taken away until the answer was kept. In doubt it counts as
not there for an entry that wants it, which sends it again, and as there for the sweep, which takes it away again; both
may be done twice. Removing first would lose the photo of an entry that is published after a crash in between;
forgetting first would leave the file where nobody knows of it. Whether something needs the photo is asked in the
transaction that begins the removal; an entry that wants it after that waits for its turn on this same thread, and
sends it again.

What is owed is read from the store, so that a restart owes the same. Only how often it failed is kept here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from editor.domain.asset import Rendition
from editor.domain.ids import TargetId
from editor.sync.backend import Moved, NotApplied, Rejected, Unanswered
from editor.sync.dispatch import media_file
from editor.sync.ledger import ORIGIN, Books, Now
from editor.sync.outcome import back_off
from editor.sync.targets import Targets

log = logging.getLogger("dateline.sync")

SOON = timedelta(seconds=1)
"""The shortest wait, also where a host was found closed without saying for how long."""


@dataclass(frozen=True)
class Unused:
    """A rendition that a target holds, or may hold, for no entry. Several files where assets share its bytes."""

    target: TargetId
    id: str
    files: tuple[Rendition, ...]


class MediaSweep:
    """Takes unused renditions away."""

    def __init__(
        self, store: Books, targets: Targets, clock: Now, chance: Callable[[], float]
    ) -> None:
        self._store = store
        self._targets = targets
        self._clock = clock
        self._chance = chance
        self._tries: dict[tuple[TargetId, str], tuple[int, float]] = {}

    def forgive(self) -> None:
        """What failed is tried at once. Any thread."""
        self._tries = {}

    def owed(self) -> tuple[Unused, ...]:
        """Everything that is to be taken away."""
        found: dict[tuple[TargetId, str], tuple[Rendition, ...]] = {}
        with self._store.read() as tx:
            for target, rendition in tx.unused_media():
                key = target, rendition.id
                found[key] = (*found.get(key, ()), rendition)
        return tuple(Unused(target, name, files) for (target, name), files in found.items())

    def take(self, unused: Unused) -> datetime | None:
        """Takes one away if it is its time. Returns when to try it again; None when no clock brings that."""
        now = self._clock.now()
        with self._store.read() as tx:
            situation = self._targets.situation(tx, unused.target)
        _, steady = self._tries.get((unused.target, unused.id), (0, 0.0))
        until = now + timedelta(seconds=max(0.0, steady - self._clock.steady()))
        until = max(until, situation.closed_until or now)
        if situation.barred is not None:
            return None
        if until > now:
            return until
        if self._targets.is_shut(unused.target):
            return now + SOON
        try:
            self._take(unused)
        except (NotApplied, Unanswered, Rejected, Moved) as error:
            self._targets.heard(unused.target)
            return self._failed(unused, error)
        self._targets.heard(unused.target)
        self._tries.pop((unused.target, unused.id), None)
        return None

    def _take(self, unused: Unused) -> None:
        """Doubt, remove, forget."""
        backend = self._targets.backend(unused.target)
        with self._store.write(ORIGIN) as tx:
            if tx.media_needed(unused.target, unused.id):
                return
            tx.doubt_media_at(unused.target, unused.id)
        for file in {each.file_name: each for each in unused.files}.values():
            backend.remove_media(media_file(file))
        with self._store.write(ORIGIN) as tx:
            self._targets.answered(unused.target)
            tx.forget_media_at(unused.target, unused.id)

    def _failed(
        self, unused: Unused, error: NotApplied | Unanswered | Rejected | Moved
    ) -> datetime:
        why = "moved" if isinstance(error, Moved) else error.problem.code
        log.info("a photo that no entry shows is still at %s: %s", unused.target, why)
        if isinstance(error, NotApplied | Unanswered):
            now = self._clock.now()
            with self._store.write(ORIGIN) as tx:
                if self._targets.note(tx, unused.target, error, now):
                    situation = self._targets.situation(tx, unused.target)
                    return situation.closed_until or now + SOON
        return self.later(unused)

    def later(self, unused: Unused) -> datetime:
        """Puts one off, longer each time, for no other photo and no entry is to wait for this one."""
        key = unused.target, unused.id
        tries, _ = self._tries.get(key, (0, 0.0))
        wait = max(SOON, back_off(tries, self._chance()))
        self._tries[key] = (tries + 1, self._clock.steady() + wait.total_seconds())
        return self._clock.now() + wait

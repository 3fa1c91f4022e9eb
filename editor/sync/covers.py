"""The blog's own face (headline, standfirst, status) at every target that shows something of it.

It is one small write without a row in the ledger: putting the same face twice does no harm, and what a target shows is
known by a digest kept with it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from editor.domain.blog import Blog, Target
from editor.domain.ids import TargetId
from editor.sync.backend import Moved, NotApplied, Rejected, Unanswered
from editor.sync.dispatch import cover_digest
from editor.sync.ledger import ORIGIN, Books, Now
from editor.sync.outcome import back_off
from editor.sync.targets import Targets

STALE = "stale"
"""What a target's cover is called as soon as readers see something there, and its face was not confirmed yet."""


class Covers:
    """Tells targets what the blog looks like."""

    def __init__(
        self, store: Books, targets: Targets, clock: Now, chance: Callable[[], float]
    ) -> None:
        self._store = store
        self._targets = targets
        self._clock = clock
        self._chance = chance
        self._tries: dict[TargetId, tuple[int, float]] = {}

    def send(self) -> datetime | None:
        """Puts every face that differs from what its target shows. Returns when to try the failed ones again."""
        with self._store.read() as tx:
            stale = [
                (blog, target)
                for blog in tx.blogs()
                for target in tx.targets(blog.id)
                if target.cover and target.cover != cover_digest(blog)
            ]
        later = [until for blog, target in stale if (until := self._put(blog, target))]
        return min(later, default=None)

    def _put(self, blog: Blog, target: Target) -> datetime | None:
        now = self._clock.now()
        with self._store.read() as tx:
            situation = self._targets.situation(tx, target.id)
        tries, steady = self._tries.get(target.id, (0, 0.0))
        until = now + timedelta(seconds=max(0.0, steady - self._clock.steady()))
        until = max(until, situation.closed_until or now)
        if situation.barred is not None or self._targets.is_shut(target.id):
            return None
        if until > now:
            return until
        try:
            self._targets.backend(target.id).put_cover(blog)
        except (NotApplied, Unanswered, Rejected, Moved) as error:
            self._targets.heard(target.id)
            wait = back_off(tries + 1, self._chance())
            self._tries[target.id] = (tries + 1, self._clock.steady() + wait.total_seconds())
            with self._store.write(ORIGIN) as tx:
                self._targets.note(tx, target.id, error, now)
            return now + wait
        self._tries.pop(target.id, None)
        self._targets.heard(target.id)
        with self._store.write(ORIGIN) as tx:
            self._targets.answered(target.id)
            tx.put_target(replace(tx.target(target.id), cover=cover_digest(blog)))
        return None

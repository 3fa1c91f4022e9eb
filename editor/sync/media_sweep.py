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
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from editor.domain.asset import Rendition
from editor.domain.ids import TargetId
from editor.problems import Unavailable
from editor.sync.backend import Moved, NotApplied, Rejected, Unanswered
from editor.sync.dispatch import media_file
from editor.sync.ledger import ORIGIN, Books, Now
from editor.sync.outcome import back_off
from editor.sync.targets import Targets

log = logging.getLogger("dateline.sync")

SOON = timedelta(seconds=1)
"""When to go on where the sweep was called off, or the host was found closed without saying for how long."""
Key = tuple[TargetId, str]


class MediaSweep:
    """Takes unused renditions away. ``called_off`` is asked before each: whatever the desk wants now goes first."""

    def __init__(
        self,
        store: Books,
        targets: Targets,
        clock: Now,
        chance: Callable[[], float],
        called_off: Callable[[], bool],
    ) -> None:
        self._store = store
        self._targets = targets
        self._clock = clock
        self._chance = chance
        self._called_off = called_off
        self._tries: dict[Key, tuple[int, datetime]] = {}

    def forgive(self) -> None:
        """What failed is tried at once. Any thread."""
        self._tries = {}

    def run(self) -> datetime | None:
        """Takes away what can be taken away now. Returns when to try the rest; None when no clock brings that."""
        owed: dict[Key, list[Rendition]] = {}
        with self._store.read() as tx:
            for target, rendition in tx.unused_media():
                owed.setdefault((target, rendition.id), []).append(rendition)
        later = []
        for (target, name), files in owed.items():
            if self._called_off():
                return self._clock.now() + SOON
            later.append(self._serve(target, name, files))
        return min((until for until in later if until is not None), default=None)

    def _serve(self, target: TargetId, name: str, files: Sequence[Rendition]) -> datetime | None:
        """One rendition at one target, if it is its time; when to try it again."""
        now = self._clock.now()
        with self._store.read() as tx:
            situation = self._targets.situation(tx, target)
        _, until = self._tries.get((target, name), (0, now))
        until = max(until, situation.closed_until or now)
        if not situation.signed_in:
            return None
        if until > now:
            return until
        if self._targets.is_shut(target):
            return now + SOON
        try:
            self._take(target, name, files)
        except (NotApplied, Unanswered, Rejected, Moved) as error:
            return self._failed(target, name, error)
        except Unavailable:
            raise
        except Exception:
            log.exception("a photo could not be taken from %s by a mistake of ours", target)
            return self._later(target, name)
        self._tries.pop((target, name), None)
        return None

    def _take(self, target: TargetId, name: str, files: Sequence[Rendition]) -> None:
        """Doubt, remove, forget. One rendition has several files where assets share its bytes at other widths."""
        backend = self._targets.backend(target)
        with self._store.write(ORIGIN) as tx:
            if tx.media_needed(target, name):
                return
            tx.doubt_media_at(target, name)
        for file in {each.file_name: each for each in files}.values():
            backend.remove_media(media_file(file))
        with self._store.write(ORIGIN) as tx:
            self._targets.answered(target)
            tx.forget_media_at(target, name)

    def _failed(self, target: TargetId, name: str, error: Exception) -> datetime:
        problem = getattr(error, "problem", None)
        why = problem.code if problem is not None else type(error).__name__
        log.info("a photo that no entry shows is still at %s: %s", target, why)
        if isinstance(error, NotApplied):
            now = self._clock.now()
            with self._store.write(ORIGIN) as tx:
                if self._targets.refused(tx, target, error, now):
                    return self._targets.situation(tx, target).closed_until or now + SOON
        return self._later(target, name)

    def _later(self, target: TargetId, name: str) -> datetime:
        """Ever later, for no other photo and no entry is to wait for this one."""
        tries, _ = self._tries.get((target, name), (0, None))
        until = self._clock.now() + max(SOON, back_off(tries, self._chance()))
        self._tries[target, name] = (tries + 1, until)
        return until

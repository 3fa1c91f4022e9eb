"""Photos, a file at a time, after every text that can go: between its pieces a photo makes way for texts.

That a rendition may lie at a target is committed before its first byte leaves, so that it is not forgotten there
(``media_sweep``). The same name is the same file, so that sending one twice does no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from editor.content.blocks.photo import Photo
from editor.content.entry import photos
from editor.domain.ids import AssetId, EntryId, TargetId
from editor.problems import Refused
from editor.sync.backend import Answer, Rejected
from editor.sync.delivery import Delivery, MediaFile, Owed
from editor.sync.dispatch import media_of, photo_missing
from editor.sync.ledger import ORIGIN, Books, Files, Ledger, Now
from editor.sync.plan import Planned, Upload
from editor.sync.report import Sending
from editor.sync.settling import FAILURES, Settling
from editor.sync.targets import Targets

TELLING = 5.0
"""After how many seconds the pace of an upload tells how wide the way is."""
REST = 600.0
"""For how many seconds a photo that a desk brought back, and that was not taken, is left alone."""


class CalledOff(Exception):
    """The photo is not wanted any more, or the program ends: nothing more of it is sent."""


@dataclass
class _Watched:
    """An upload while it goes: since when by the steady clock, and whether texts go before it."""

    began: float
    slow: bool


class Uploads:
    """Sends the photos that deliveries lack.

    ``make_way`` lets texts out, if somebody released any or always, and returns whether it did so. It raises ``CalledOff`` when the program ends.
    """

    def __init__(
        self,
        store: Books,
        shelf: Files,
        targets: Targets,
        settling: Settling,
        tell: Callable[[Sending | None], None],
        clock: Now,
        make_way: Callable[[bool], bool],
        develop: Callable[[Photo, str], None],
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._targets = targets
        self._settling = settling
        self._tell = tell
        self._clock = clock
        self._make_way = make_way
        self._develop = develop
        self._resting: dict[tuple[EntryId, TargetId], float] = {}

    def returned(self) -> tuple[Planned, ...]:
        """The texts that a target's desk brought back after their photos were taken away from there."""
        now, steady = self._clock.now(), self._clock.steady()
        with self._store.read() as tx:
            return tuple(
                Planned(row, tx.entry(row.entry), Upload(), situation)
                for row in tx.lacking()
                if self._resting.get((row.entry, row.target), 0.0) <= steady
                and not self._targets.is_shut(row.target)
                and (situation := self._targets.situation(tx, row.target)).is_open(now)
            )

    def develop(self, row: Delivery) -> bool:
        """Makes the first print that is not there in the target's kind of picture; whether one was made.

        Raises ``Unavailable`` (``disk-full``). One that cannot be made is told when it is its turn to be sent.
        """
        with self._store.read() as tx:
            assert row.wanted.revision is not None, "what is owed belongs to a revision"
            mime = tx.target(row.target).media
            content = tx.revision(row.wanted.revision).content
            lacking = next(
                (each for each in photos(content) if not self._is_made(tx, each, mime)), None
            )
        if lacking is None:
            return False
        with suppress(Refused):
            self._develop(lacking, mime)
        with self._store.read() as tx:
            return self._is_made(tx, lacking, mime)

    def send(self, row: Delivery, *, slow: bool) -> bool:
        """Sends the next rendition that a delivery lacks; whether it got there.

        ``slow`` says that texts go first already, because the way is known to be slow.
        """
        try:
            backend = self._targets.backend(row.target)
            missing, total = self._missing(row)
            if not missing:
                return True
            file = missing[0]
            path = self._shelf.rendition(file.id)
            if not path.is_file():
                raise Rejected(photo_missing("body", file.asset))
        except FAILURES as error:
            return self._failed(row, error, Answer(), bare=False)
        with self._store.write(ORIGIN) as tx:
            if tx.delivery(row.entry, row.target) != row:
                return False
            tx.doubt_media_at(row.target, file.id)
        there = total - sum(each.size for each in missing)
        watched = _Watched(self._clock.steady(), slow)

        def piece(sent: int) -> None:
            self._tell(Sending(entry=row.entry, target=row.target, done=there + sent, bytes=total))
            self._let_texts_go(row, watched, sent, total - there - sent)

        try:
            backend.put_media(file, path, piece)
        except CalledOff:
            return False
        except FAILURES as error:
            self._targets.heard(row.target)
            bare = backend.capabilities.network and self._has_text_to_send(row)
            return self._failed(row, error, backend.answer, bare=bare)
        self._targets.heard(row.target)
        self._targets.answered(row.target)
        self._settling.photo_sent(row, file.id, backend.answer)
        return True

    def _failed(self, row: Delivery, error: Exception, answer: Answer, *, bare: bool) -> bool:
        """Takes note of it. A settled row remembers nothing itself, so it rests for a while."""
        if row.settled:
            self._resting[row.entry, row.target] = self._clock.steady() + REST
        self._settling.photo_failed(row, error, answer, bare=bare)
        return False

    def lacks(self, row: Delivery) -> bool:
        """Whether the target still lacks photos of what is wanted."""
        with self._store.read() as tx:
            return (row.entry, row.target) in tx.owed(row.entry)

    def _missing(self, row: Delivery) -> tuple[list[MediaFile], int]:
        """The renditions that are not there yet, and how many bytes all of them have."""
        with self._store.read() as tx:
            assert row.wanted.revision is not None, "what is owed belongs to a revision"
            mime = tx.target(row.target).media
            files = media_of(tx, tx.revision(row.wanted.revision), mime)
            missing = [file for file in files if not tx.media_at(row.target, file.id)]
        return missing, sum(file.size for file in files)

    def _let_texts_go(self, row: Delivery, watched: _Watched, sent: int, left: int) -> None:
        """Before each piece: what was released meanwhile goes first, and where the way proves slow every text."""
        if not sent:
            self._targets.heard(row.target)
        gone = self._clock.steady() - watched.began
        if gone > TELLING:
            self._targets.carried(row.target, sent / gone)
        proved = not watched.slow and self._targets.is_slow(row.target, left)
        watched.slow = watched.slow or proved
        if self._make_way(proved):
            with self._store.read() as tx:
                now = tx.delivery(row.entry, row.target)
                if now is None or now.wanted != row.wanted:
                    raise CalledOff

    def _has_text_to_send(self, row: Delivery) -> bool:
        held = row.held
        if held.text_only and held.revision == row.wanted.revision:
            return False
        with self._store.read() as tx:
            owed: Owed | None = tx.owed(row.entry).get((row.entry, row.target))
        return owed is not None and owed.readable

    def _is_made(self, tx: Ledger, photo: Photo, mime: str) -> bool:
        """Whether the photo's print is known in this kind and its files are there; one that was not chosen needs none."""
        renditions = [each for each in tx.renditions(AssetId(photo.print)) if each.mime == mime]
        there = (self._shelf.rendition(each.id).is_file() for each in renditions)
        return not photo.asset or (bool(renditions) and all(there))

"""Keeping what is typed: every change once, a failure said and tried again, the text never given up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from editor.content.entry import Content
from editor.desk.writing import save_draft
from editor.domain.ids import EntryId, RevisionId
from editor.ports import Room
from editor.problems import Problem, Refused, Unavailable
from editor.views import EntryView

AGAIN_MS = 4000
SOON_MS = 400
EARLY_MS = 200
BEHIND_KEY_MS = 20


class Saver(QObject):
    """Saves the drafts of one entry at a time. ``told`` says that something about saving changed."""

    told = Signal()

    def __init__(self, room: Room, origin: str, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self.origin = origin
        self._entry: EntryId | None = None
        self._stored = Content()
        self._base: RevisionId | None = None
        self._waiting: Content | None = None
        self.at: datetime | None = None
        self.problem: Problem | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.retry)
        self._behind_key = False
        self._typed: Callable[[], Content] = Content
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(lambda: self.save(self._typed()))

    @property
    def stored(self) -> Content:
        """What the store is known to hold."""
        return self._stored

    @property
    def waits(self) -> bool:
        """Whether something typed is not saved yet."""
        return self._waiting is not None

    def open(
        self,
        entry: EntryId | None,
        stored: Content,
        at: datetime | None,
        base: RevisionId | None = None,
    ) -> None:
        """Goes on with another entry, which the store holds like this; ``base`` is its newest revision."""
        self._entry, self._stored, self.at, self._base = entry, stored, at, base
        self._waiting = self.problem = None
        self._again.stop()
        self._soon.stop()

    def take(self, stored: Content) -> None:
        """Somebody else has changed what the store holds."""
        self._stored = stored

    def follow(self, view: EntryView, shown: Content) -> None:
        """The entry was read again: what is typed from now on is begun from its newest revision, if that is shown."""
        if not view.is_draft and view.content == shown:
            self._base = view.entry.head

    def save_soon(self, typed: Callable[[], Content]) -> None:
        """Saves what is typed by then, also while keys keep coming: a crash costs no more than this.

        In steady typing it is done just behind a key, when the next one is still far off, so that no key waits for it.
        """
        self._typed = typed
        if not self._soon.isActive():
            self._behind_key = False
            self._soon.start(SOON_MS)
        elif not self._behind_key and self._soon.remainingTime() < EARLY_MS:
            self._behind_key = True
            self._soon.start(min(BEHIND_KEY_MS, max(0, self._soon.remainingTime())))

    def save(self, content: Content) -> bool:
        """Keeps a content unless it is kept already. Returns whether the store holds it now."""
        self._soon.stop()
        if self._entry is None:
            return True
        if content == self._stored:
            if self._waiting is not None:
                self._waiting = self.problem = None
                self._again.stop()
                self.told.emit()
            return True
        try:
            save_draft(self._room, self._entry, content, origin=self.origin, base=self._base)
        except Refused as refused:
            self._fail(content, refused.first)
        except Unavailable as unavailable:
            self._fail(content, unavailable.problem)
        else:
            self._stored, self.at = content, self._room.clock.now()
            self._waiting = self.problem = None
            self._again.stop()
            self.told.emit()
        return self._waiting is None

    def retry(self) -> bool:
        """Tries again what could not be saved."""
        return self.save(self._waiting) if self._waiting is not None else True

    def _fail(self, content: Content, problem: Problem) -> None:
        self._waiting, self.problem = content, problem
        self._again.start(AGAIN_MS)
        self.told.emit()

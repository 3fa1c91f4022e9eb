"""Other texts of the open entry: its history, and what somebody else made of it while it was open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.content.entry import Content
from editor.desk.writing import restore
from editor.domain.ids import RevisionId
from editor.ports import Room
from editor.problems import Refused, Unavailable
from editor.ui.composer.history_panel import OTHER
from editor.views import Views

if TYPE_CHECKING:
    from editor.ui.composer.composer import Composer


class Versions(QObject):
    """Shows versions in the history panel and takes them over."""

    def __init__(self, composer: Composer, room: Room, views: Views) -> None:
        super().__init__(composer)
        self._composer = composer
        self._room = room
        self._views = views
        composer.frame.history.restored.connect(self._on_restored)
        composer.frame.history.closed.connect(self.toggle)

    def toggle(self) -> None:
        """Shows the entry's versions, or the text again."""
        composer = self._composer
        composer.settle()
        if composer.view is None:
            return
        composer.frame.shows_history = not composer.frame.shows_history
        self._show(None)
        composer.arrange()

    def offer(self, theirs: Content) -> None:
        """Tells that the text was changed elsewhere, and offers to show that one beside what was typed."""
        self._composer.notice.emit(
            "This entry was changed elsewhere while you were writing.",
            "Show the other text",
            lambda: self._show_other(theirs),
        )

    def _show_other(self, theirs: Content) -> None:
        self._composer.frame.shows_history = True
        self._show(theirs)
        self._composer.arrange()

    def _show(self, other: Content | None) -> None:
        view, frame = self._composer.view, self._composer.frame
        if view is None or not frame.shows_history:
            return
        frame.history.show_history(
            self._views.history(view.entry.id),
            self._views.revision_content,
            self._composer.text,
            view.blog,
            self._room.clock.now(),
            writable=not self._composer.read_only,
            other=other,
        )

    def _on_restored(self, content: Content, revision: RevisionId) -> None:
        composer = self._composer
        if composer.entry is None:
            return
        before = composer.text
        if revision == OTHER:
            composer.apply(content)
        else:
            try:
                restore(self._room, composer.entry, revision)
            except (Refused, Unavailable) as trouble:
                composer.verbs.say(trouble)
                return
        composer.notice.emit(
            "That version is your draft now.", "Undo", lambda: composer.apply(before)
        )
        composer.frame.shows_history = False
        composer.arrange()

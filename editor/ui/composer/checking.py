"""Looks an entry over at each pause in typing: the tally beside the button, the list above it, the way to each place.

It reads a few rows and asks the search index once, so never with a key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from editor.content.entry import Content
from editor.desk.preflight import preflight
from editor.desk.surroundings import look_over
from editor.ports import Room
from editor.problems import Problem, Refused, Unavailable
from editor.ui.composer.frame import Page
from editor.ui.composer.problem_places import block_of, part_of, show_problems
from editor.ui.messages import count

if TYPE_CHECKING:
    from editor.ui.composer.composer import Composer

SENDS = frozenset({"submit", "publish", "publish_at", "correct"})


class Checking(QObject):
    """What preflight says of the open entry's text."""

    def __init__(self, composer: Composer, room: Room) -> None:
        super().__init__(composer)
        self._composer = composer
        self._room = room
        self._told: tuple[Problem, ...] = ()
        self._last: Problem | None = None
        self._glanced = self._begun = False
        frame = composer.frame
        frame.foot.tally.clicked.connect(self.toggle)
        frame.checklist.chosen.connect(self.go)
        frame.checklist.closed.connect(composer.column.restore_focus)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is told now, errors first."""
        return self._told

    def look(self, content: Content) -> None:
        """Looks a content over and tells what was found, unless it is public as it is."""
        composer = self._composer
        view = composer.view
        assert view is not None
        self._glanced = not self._begun
        self._begun = True
        found = () if content.is_empty() else self._found(content)
        show_problems(composer.column, found)
        self.show_marks()
        done = composer.read_only or content == view.public
        self._tell(() if done else found)

    def show_marks(self) -> None:
        """Shows over the headline and in the drawer what the entry is marked as."""
        composer = self._composer
        view, frame = composer.view, composer.frame
        guarded = view is not None and view.entry.protect_source
        frame.drawer.show_protected(guarded)
        frame.marks.say(unverified=bool(composer.text.unverified), protected=guarded)

    def complain(self, problems: Sequence[Problem]) -> None:
        """Tells why something was not done, and opens the list."""
        show_problems(self._composer.column, problems)
        self._tell(problems)
        self._composer.frame.checklist.open()

    def refuses(self, verb: str) -> bool:
        """Whether something stands against a verb; then the list is open, and its first place has the cursor."""
        self._look_closely()
        errors = [problem for problem in self._told if problem.refuses]
        if verb not in SENDS or not errors:
            return False
        self._composer.frame.checklist.open()
        self.go(errors[0])
        return True

    def toggle(self) -> None:
        """Shows the list, or puts it away."""
        self._look_closely()
        checklist = self._composer.frame.checklist
        if checklist.isVisible():
            checklist.put_away()
        else:
            checklist.open()
            checklist.focus_first()

    def go_on(self) -> None:
        """Goes to the place of the next problem, the first after the last."""
        self._look_closely()
        if not self._told:
            self._composer.notice.emit("Nothing is left to mend.", "", None)
            return
        at = self._told.index(self._last) + 1 if self._last in self._told else 0
        self.go(self._told[at % len(self._told)])

    def go(self, problem: Problem) -> None:
        """Goes where a problem can be mended."""
        self._last = problem
        composer, frame = self._composer, self._composer.frame
        if frame.page is not Page.WRITING:
            frame.previews = frame.shows_history = False
            composer.arrange()
        block = block_of(composer.column, problem)
        field = frame.drawer.field(part_of(problem))
        if block is not None:
            block.focus_field(part_of(problem))
            composer.column.reveal()
        elif field is not None:
            self._go_to_drawer(field)
        elif problem.field == "headline":
            composer.column.headline.focus_at(-1)
            composer.column.reveal()
        else:
            composer.focus_text()

    def _go_to_drawer(self, field: QWidget) -> None:
        drawer = self._composer.frame.drawer
        if not drawer.isVisibleTo(self._composer):
            self._composer.toggle_details()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_closely(self) -> None:
        """Looks again where it was only glanced over so far."""
        if self._glanced and self._composer.view is not None:
            self.look(self._composer.text)

    def _found(self, content: Content) -> tuple[Problem, ...]:
        entry = self._composer.entry
        assert entry is not None
        if self._glanced:
            # the window has just started: what reads the store for this is loaded with the first touch
            return preflight(content)
        try:
            return look_over(self._room, entry, content)
        except (Refused, Unavailable):
            # what cannot be read is said where it is saved; the text itself can be looked at all the same
            return preflight(content)

    def _tell(self, problems: Sequence[Problem]) -> None:
        ordered = tuple(sorted(problems, key=lambda problem: not problem.refuses))
        if ordered == self._told:
            return
        self._told = ordered
        self._composer.frame.checklist.show_problems(ordered)
        errors = sum(problem.refuses for problem in ordered)
        self._composer.frame.foot.tell(tally(errors, len(ordered) - errors), grave=errors > 0)


def tally(errors: int, warnings: int) -> str:
    """``2 to mend · 1 warning``."""
    parts = [f"{errors} to mend"] if errors else []
    parts += [count(warnings, "warning")] if warnings else []
    return " · ".join(parts)

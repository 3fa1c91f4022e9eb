"""What the desk did to the open entry meanwhile: the banner that says so, and the button that brings it in.

Nobody releases a text over changes that he has not seen, and nothing changes under the cursor by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.domain.entry import Stage
from editor.domain.ids import EntryId, TargetId
from editor.ports import Room
from editor.problems import Refused, Unavailable
from editor.sync.delivery import Phase
from editor.ui.composer import standing
from editor.views import EntryView

if TYPE_CHECKING:
    from editor.ui.composer.composer import Composer

CLASHES = "The desk changed this too. Choose what stays."
OVERTAKEN = "The desk changed this entry since you began."

Told = tuple[str, str, str, Callable[[], None] | None]


class Choosing(QObject):
    """``wanted`` carries an entry whose texts have to be chosen from, and the target; none where it is about a draft."""

    wanted = Signal(str, str)

    def __init__(self, composer: Composer, room: Room) -> None:
        super().__init__(composer)
        self._composer = composer
        self._room = room

    def told(self, view: EntryView) -> Told:
        """The banner over the text: words, tint, and the button with what it does."""
        entry = view.entry
        if entry.stage is not Stage.WITHDRAWN:
            if (target := clash_of(view)) is not None:
                return (
                    CLASHES,
                    "live",
                    "Choose…",
                    lambda: self._choose(entry.id, target),
                )
            if view.overtaken is not None:
                return OVERTAKEN, "amber", "Bring in their changes", self.bring_in
        text, tint = standing.told(view, self._room.clock.now())
        return text, tint, "", None

    def bring_in(self) -> None:
        """Puts the desk's changes into the draft; asks where both changed the same words."""
        from editor.desk.conflicts import bring_in

        composer = self._composer
        if composer.entry is None or composer.safe_text() is None:
            return
        try:
            bring_in(self._room, composer.entry)
        except Refused as refused:
            if refused.first.code == "choose-first":
                self.wanted.emit(composer.entry, "")
            else:
                composer.verbs.say(refused)
        except Unavailable as unavailable:
            composer.verbs.say(unavailable)
        else:
            composer.notice.emit("The desk’s changes are in your text now.", "Undo", composer.undo)

    def _choose(self, entry: EntryId, target: TargetId) -> None:
        if self._composer.flush():
            self.wanted.emit(entry, target)


def clash_of(view: EntryView) -> TargetId | None:
    """The target that holds a text which clashes with ours, if there is one."""
    for delivery in view.deliveries:
        code = delivery.problem.code if delivery.problem is not None else ""
        if delivery.phase is Phase.CONFLICT and code == "remote-changed":
            return delivery.target
    return None

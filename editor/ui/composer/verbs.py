"""Does what the foot's buttons and the commands ask of an entry, and says what came of it.

The text on the screen is saved first; a question that has to be asked is asked in the pane, never in a dialog.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.desk.protecting import protect
from editor.desk.writing import duplicate
from editor.ports import Room
from editor.problems import Refused, Unavailable
from editor.ui.composer import releasing
from editor.ui.composer.asking import Answer
from editor.ui.messages import sentence

if TYPE_CHECKING:
    from editor.ui.composer.composer import Composer


class Verbs(QObject):
    """The desk's verbs on the entry that is open in a composer. The window shows the deliveries that were asked for."""

    deliveries_asked = Signal(str)

    def __init__(self, composer: Composer, room: Room) -> None:
        super().__init__(composer)
        self._composer = composer
        self._room = room
        composer.frame.foot.pressed.connect(self.do)
        composer.frame.drawer.protect_wanted.connect(self.protect)
        composer.frame.asking.answered.connect(lambda answer: self.do(answer.name, answer))

    def do(self, name: str, answer: Answer | None = None) -> None:
        """Does what a button or a command names; asks first where something has to be known."""
        composer, view = self._composer, self._composer.view
        if view is None:
            return
        match name:
            case "save" | "retry":
                composer.flush()
                return
            case "duplicate":
                self._duplicate()
                return
            case "history":
                composer.versions.toggle()
                return
            case "deliveries":
                self.deliveries_asked.emit(view.entry.id)
                return
        composer.settle()
        if answer is None and composer.checks.refuses(name):
            return
        asked = releasing.question(name, view, self._room.clock.now)
        if asked is not None and answer is None:
            composer.frame.asking.ask(asked)
            return
        text = composer.safe_text()
        verb = releasing.act(name, self._room, view.entry.id, text, answer) if text else None
        if verb is None:
            return
        try:
            verb()
        except (Refused, Unavailable) as trouble:
            self.say(trouble)
            return
        composer.frame.asking.put_away()
        composer.notice.emit(releasing.done_sentence(name, composer.view or view), "", None)

    def do_primary(self) -> None:
        """Ctrl+Enter: the button that comes next."""
        self._composer.settle()
        if self._composer.view is not None and self._composer.frame.foot.primary:
            self.do(self._composer.frame.foot.primary)

    def do_offered(self, name: str) -> None:
        """Does it if the entry's standing offers it now."""
        if name in self._composer.frame.foot.names():
            self.do(name)

    def say(self, trouble: Refused | Unavailable) -> None:
        """Says why something was not done: at the question, or at the blocks and in the list."""
        problems = trouble.problems if isinstance(trouble, Refused) else (trouble.problem,)
        said = sentence(problems[0])
        frame = self._composer.frame
        if frame.asking.asks:
            frame.asking.complain(said)
            return
        self._composer.checks.complain(problems)
        self._composer.notice.emit(said, "", None)

    def protect(self, on: bool) -> None:
        """Begins or ends protecting the entry's source; what is typed is saved first."""
        composer = self._composer
        if composer.entry is None or composer.read_only or composer.safe_text() is None:
            composer.checks.show_marks()
            return
        try:
            protect(self._room, composer.entry, on)
        except (Refused, Unavailable) as trouble:
            composer.checks.show_marks()
            self.say(trouble)

    def toggle_protection(self) -> None:
        """Protects the entry's source, or no more."""
        if (view := self._composer.view) is not None:
            self.protect(not view.entry.protect_source)

    def _duplicate(self) -> None:
        composer = self._composer
        assert composer.entry is not None
        composer.flush()
        try:
            made = duplicate(self._room, composer.entry)
        except (Refused, Unavailable) as trouble:
            self.say(trouble)
            return
        composer.open_entry(next(iter(made.entries)))
        composer.focus_text()

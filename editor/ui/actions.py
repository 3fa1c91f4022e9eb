"""Everything that can be done, by name: the menu, the palette and the shortcuts sheet are made from this one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def always() -> bool:
    """For actions that can be done at any time."""
    return True


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be done. ``group`` is its heading in the sheet; ``enabled`` is asked when it is shown."""

    id: str
    text: str
    slot: Callable[[], object]
    shortcut: str = ""
    group: str = "General"
    enabled: Callable[[], bool] = always
    in_menu: bool = True

    @property
    def keys(self) -> str:
        """The shortcut as this system writes it."""
        from PySide6.QtGui import QKeySequence

        native = QKeySequence.SequenceFormat.NativeText
        return QKeySequence(self.shortcut).toString(native) if self.shortcut else ""


class Actions:
    """The window's actions. A shortcut works wherever the focus is in the window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._known: dict[str, Action] = {}

    def add(self, action: Action, *, bind: bool = True) -> None:
        """Adds an action; ``bind=False`` where a pane listens for the shortcut by itself."""
        from PySide6.QtGui import QAction, QKeySequence

        self._known[action.id] = action
        if action.shortcut and bind:
            bound = QAction(action.text, self._window)
            bound.setShortcut(QKeySequence(action.shortcut))
            bound.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            bound.triggered.connect(lambda: self.run(action.id))
            self._window.addAction(bound)

    def add_all(self, actions: Iterable[Action], *, bind: bool = True) -> None:
        """Adds many."""
        for action in actions:
            self.add(action, bind=bind)

    def all(self) -> tuple[Action, ...]:
        """Every action, in the order they came."""
        return tuple(self._known.values())

    def possible(self) -> tuple[Action, ...]:
        """Those that can be done now."""
        return tuple(action for action in self._known.values() if action.enabled())

    def find(self, name: str) -> Action | None:
        """The action of this id."""
        return self._known.get(name)

    def run(self, name: str) -> None:
        """Does it, if it can be done now."""
        action = self._known.get(name)
        if action is not None and action.enabled():
            action.slot()

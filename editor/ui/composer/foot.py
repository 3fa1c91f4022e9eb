"""The composer's foot: that everything is saved, how much it is, and the one button that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from editor.ui.kit.buttons import Button, FlatButton
from editor.ui.kit.labels import Elided
from editor.ui.theme.theme import Theme


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What can be done with an entry now: ``primary`` and the others as (id, words); ``menu`` is behind "…"."""

    primary: tuple[str, str] | None = None
    primary_enabled: bool = True
    others: Sequence[tuple[str, str]] = ()
    menu: Sequence[tuple[str, str]] = ()


class Foot(QWidget):
    """One line of facts and the buttons of the offer; ``pressed`` names what was asked for."""

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._offer: Offer | None = None
        self._facts = Elided(theme, ink="ink_3")
        self.tally = FlatButton(theme, "Before it goes out", height=32)
        self.tally.hide()
        self._retry = Button(theme, "Try again")
        self._retry.clicked.connect(lambda: self.pressed.emit("retry"))
        self._retry.hide()
        self._more = FlatButton(theme, "More", icon="ellipsis", height=32)
        self._more.clicked.connect(self._open_menu)
        self._buttons: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 10, 18, 10)
        self._row.setSpacing(12)
        self._row.addWidget(self._facts)
        self._row.addStretch(1)
        self._row.addWidget(self._retry)
        self._row.addWidget(self.tally)
        self._row.addWidget(self._more)
        self.setFixedHeight(53)
        theme.changed.connect(self.update)

    def say(self, facts: str) -> None:
        """Shows the quiet line."""
        if not self._retry.isVisible():
            self._facts.set_ink("ink_3")
            self._facts.setText(facts)

    def complain(self, sentence: str) -> None:
        """Shows that it could not be saved, until it is; an empty sentence takes it back."""
        self._retry.setVisible(bool(sentence))
        self._facts.set_ink("live" if sentence else "ink_3")
        if sentence:
            self._facts.setText(sentence)

    def tell(self, tally: str, *, grave: bool) -> None:
        """Shows what the list holds, as ``2 to mend · 1 warning``; nothing where it is empty."""
        icon, ink = ("circle-alert", "live") if grave else ("triangle-alert", "amber")
        self.tally.say(tally, icon=icon if tally else "", ink=ink)
        self.tally.setAccessibleName(f"Before it goes out: {tally}")
        self.tally.setToolTip("Before it goes out (F8 goes to the next)")
        self.tally.setVisible(bool(tally))
        self._announce(tally)

    def _announce(self, tally: str) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        if QAccessible.isActive():
            said = f"Before it goes out: {tally}." if tally else "Nothing is left to mend."
            # polite: a screen reader says it when it has nothing else to say
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def offer(self, offer: Offer) -> None:
        """Shows the buttons for what can be done."""
        if offer == self._offer:
            return
        self._offer = offer
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._made(name, text) for name, text in offer.others]
        if offer.primary is not None:
            name, text = offer.primary
            button = self._made(name, text, primary=True)
            button.setEnabled(offer.primary_enabled)
            self._buttons.append(button)
        for button in self._buttons:
            self._row.addWidget(button)
        self._more.setVisible(bool(offer.menu))

    @property
    def primary(self) -> str:
        """What Ctrl+Enter does now; empty when nothing."""
        offer = self._offer
        if offer is None or offer.primary is None or not offer.primary_enabled:
            return ""
        return offer.primary[0]

    def names(self) -> tuple[str, ...]:
        """Everything that is offered now."""
        if self._offer is None:
            return ()
        first = (self._offer.primary,) if self._offer.primary else ()
        return tuple(name for name, _ in (*first, *self._offer.others, *self._offer.menu))

    def _made(self, name: str, text: str, *, primary: bool = False) -> Button:
        button = Button(self._theme, text, primary=primary, hint="Ctrl ⏎" if primary else "")
        button.clicked.connect(lambda: self.pressed.emit(name))
        return button

    def _open_menu(self) -> None:
        if self._offer is None:
            return
        menu = QMenu(self)
        for name, text in self._offer.menu:
            action: QAction = menu.addAction(text)
            action.triggered.connect(lambda _=False, name=name: self.pressed.emit(name))
        size = menu.sizeHint()
        menu.popup(self._more.mapToGlobal(QPoint(0, -size.height() - 4)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))

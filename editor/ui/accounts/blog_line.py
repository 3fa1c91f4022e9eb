"""One live blog in the list of those that go to an account: a tick, and the place it goes to there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from editor.sync.backend import Place
from editor.ui.accounts.parts import of_any_width
from editor.ui.blocks.fields import Check
from editor.ui.kit.choice import Choice
from editor.ui.kit.labels import Elided, Label
from editor.ui.kit.paint import box, painter_on
from editor.ui.theme.theme import Theme
from editor.views import BlogRow


class BlogLine(QWidget):
    """What goes there already stays ticked. ``changed`` comes with every tick."""

    changed = Signal()

    def __init__(self, theme: Theme, row: BlogRow, place: str | None, *, places: bool) -> None:
        super().__init__()
        self._theme, self.row, self._there = theme, row, place is not None
        self.tick = Check(theme, "")
        self.tick.setAccessibleName(row.headline)
        self.tick.setFixedWidth(22)
        self.tick.setChecked(self._there)
        self.tick.setEnabled(not self._there)
        self.tick.toggled.connect(self._on_ticked)
        self.place = of_any_width(Choice(theme, searchable=True))
        self.place.setAccessibleName(f"Place of {row.headline}")
        self._has_places = self.needs_place = places
        self._touched = False
        if (typed := self.place.lineEdit()) is not None:
            typed.textEdited.connect(self._touch)
        self.place.activated.connect(self._touch)
        self._said = Label(theme, px=12, ink="ink_3", wraps=True)
        if self._there:
            self.tick.setAccessibleDescription("It goes there already.")
            self._said.setText(f"Goes there already, to {place}" if place else "Goes there already")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tick)
        head.addWidget(Elided(theme, row.headline, weight=600), 1)
        self._to = QWidget()
        to = QHBoxLayout(self._to)
        to.setContentsMargins(30, 0, 0, 0)
        to.setSpacing(10)
        to.addWidget(Label(theme, "Place there", px=12, ink="ink_3"))
        to.addWidget(self.place, 1)
        below = QHBoxLayout()
        below.setContentsMargins(30, 0, 0, 0)
        below.addWidget(self._said)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._to)
        column.addLayout(below)
        self._said.setVisible(self._there)
        self._on_ticked()

    @property
    def chosen(self) -> bool:
        """Whether it shall go there and does not yet."""
        return self.tick.isChecked() and not self._there

    def wanted_place(self) -> str:
        """The place's own name, as it was chosen or typed; empty where the kind has no places."""
        if not self._has_places:
            return ""
        text = self.place.currentText().strip()
        at = self.place.findText(text)
        return str(self.place.itemData(at)) if at >= 0 else text

    def offer(self, places: Sequence[Place], *, new: bool) -> None:
        """Offers these places, and one of the blog's own where it may be made; where it may not, one has to be chosen."""
        self.needs_place = self._has_places and not new
        typed = self.wanted_place() if self._touched else ""
        self.place.clear()
        for place in places:
            self.place.addItem(place.title or place.name, place.name)
        names = [place.name for place in places]
        if new and places and self.row.slug not in names:
            self.place.addItem(f"New: {self.row.slug}", self.row.slug)
            names.append(self.row.slug)
        titles = {place.title.casefold(): place.name for place in places}
        wish = typed or titles.get(self.row.headline.casefold(), self.row.slug)
        if wish in names:
            self.place.setCurrentIndex(names.index(wish))
        else:
            self.place.setCurrentIndex(-1)
            self.place.setEditText(wish if typed or not places else "")
        if (shown := self.place.lineEdit()) is not None and not shown.hasFocus():
            shown.setCursorPosition(0)

    def tell(self, said: str) -> None:
        """Says what was wrong with it, or nothing."""
        self._said.set_ink("live" if said else "ink_3")
        self._said.setText(said)
        self._said.setVisible(bool(said))

    def goes_there(self) -> None:
        """It was done."""
        self._there = True
        self.tick.setEnabled(False)
        self._on_ticked()

    def _touch(self) -> None:
        self._touched = True
        self.tell("")

    def _on_ticked(self) -> None:
        self._to.setVisible(self.chosen and self._has_places)
        self.changed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.tick.isEnabled() and event.position().y() < 40:
            self.tick.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._theme.colour
        ground = "accent_soft" if self.chosen else "surface"
        box(painter_on(self), self.rect(), 8, colour(ground), colour("line"))

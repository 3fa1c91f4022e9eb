"""A part of the texts that differs: the texts side by side, who changed it, and what shall stay."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from editor.content.blocks.text import Text
from editor.content.merge import BODY, Change, Choice, Own, Part
from editor.ui.blocks.base import Setting
from editor.ui.conflict import telling
from editor.ui.conflict.cell import Cell
from editor.ui.conflict.own_words import OwnBlocks, OwnHeadline
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.flow import Flow
from editor.ui.kit.labels import Label
from editor.ui.kit.paint import box

HEADINGS = ("Before", "Yours", "The desk’s")
EDIT = "edit"
NOTHING_CHOSEN = "both changes"


class Row(QWidget):
    """``chosen`` carries a choice: mine, theirs, both, own words, or None for what stands without one."""

    chosen = Signal(object)

    def __init__(self, setting: Setting, part: Part, *, base_known: bool) -> None:
        super().__init__()
        self.part = part
        self._setting, self._base_known = setting, base_known
        theme = setting.theme
        self._choice: Choice | Own | None = None
        self._editor: OwnHeadline | OwnBlocks | None = None
        self._picture = QLabel()
        self._picture.setFixedSize(18, 18)
        self._stays = Label(theme, weight=600, ink="green")
        self.setAccessibleName(f"{telling.title(part)}. {self._told()}")
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 0)
        top.setSpacing(8)
        top.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        words = Label(theme, f"{telling.title(part)} — {self._told()}", wraps=True, weight=600)
        top.addWidget(words, 1)
        top.addWidget(self._stays)
        self._cells = QHBoxLayout()
        self._cells.setContentsMargins(0, 0, 0, 0)
        self._cells.setSpacing(0)
        self.cells = tuple(
            Cell(theme, heading, setting.picture, setting.run_in_pool) for heading in HEADINGS
        )
        for cell in self.cells:
            self._cells.addWidget(cell, 1)
        self._own = QVBoxLayout()
        self._own_words = Label(theme, "Your words for it", px=11, weight=600, ink="ink_3")
        self._own_words.setContentsMargins(12, 0, 12, 0)
        self._own_words.hide()
        self._own.addWidget(self._own_words)
        self._buttons: dict[str, FlatButton] = {}
        flow = Flow(gap=6)
        flow.setContentsMargins(12, 0, 12, 10)
        for name, text in self._offers():
            says = f"{telling.title(part)}: {text}"
            button = FlatButton(theme, says, icon="circle", text=text)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self._press(name))
            flow.addWidget(button)
            self._buttons[name] = button
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(self._cells)
        column.addLayout(self._own)
        column.addLayout(flow)
        theme.changed.connect(self._draw)
        for cell, value in zip(self.cells, (part.base, part.mine, part.theirs), strict=True):
            cell.show_photos(telling.photos(part, value) if value else ())
        self._draw()

    def show_base(self, on: bool) -> None:
        """Shows or folds away what stood there before."""
        self.cells[0].setVisible(on and self._base_known)

    def show_choice(self, choice: Choice | Own | None) -> None:
        """Shows what was chosen."""
        self._choice = choice
        name = EDIT if isinstance(choice, Own) else choice or NOTHING_CHOSEN
        for each, button in self._buttons.items():
            button.setChecked(each == name)
            other = "pen-line" if each == EDIT else "circle"
            button.set_icon("check" if each == name else other)
        if isinstance(choice, Own):
            self._edit(choice.value)
        elif self._editor is not None:
            self._put_editor_away()
        if choice is None and self.part.change is Change.FIELDS:
            self._stays.setText("Both changes stay.")
        else:
            self._stays.setText(telling.stays(self.part, choice))
        self._stays.setVisible(bool(self._stays.text()))
        self._draw_picture()
        self.update()

    def focus_first(self) -> None:
        """The keyboard goes to the first button."""
        first = next(iter(self._buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def button(self, name: str) -> FlatButton:
        """A button by its choice's name."""
        return self._buttons[name]

    def names(self) -> tuple[str, ...]:
        """The choices that are offered."""
        return tuple(self._buttons)

    def _told(self) -> str:
        return telling.told(self.part, base_known=self._base_known)

    def _offers(self) -> list[tuple[str, str]]:
        part = self.part
        if part.change is Change.ALIKE:
            return []
        offers = [(NOTHING_CHOSEN, "Both changes")] if part.change is Change.FIELDS else []
        offers.append((Choice.MINE, "Leave it out" if part.mine == () else "Yours"))
        offers.append((Choice.THEIRS, "Leave it out" if part.theirs == () else "The desk’s"))
        if part.name == BODY and part.mine and part.theirs and part.change is Change.CLASH:
            offers.append((Choice.BOTH, "Both"))
        if part.name in (BODY, "headline"):
            offers.append((EDIT, "Write it anew…"))
        return offers

    def _press(self, name: str) -> None:
        if name == EDIT:
            self.chosen.emit(Own(self._to_edit()))
            if self._editor is not None:
                self._editor.take_focus()
        else:
            self.chosen.emit(None if name == NOTHING_CHOSEN else Choice(name))
        # a click on what is chosen already would take its mark away
        self.show_choice(self._choice)

    def _to_edit(self) -> Any:
        part, choice = self.part, self._choice
        match choice:
            case Own():
                return choice.value
            case Choice.THEIRS:
                value = part.theirs
            case Choice.BOTH:
                value = (*part.mine, *part.theirs)
            case _:
                value = part.mine or part.theirs
        return value or (Text(),) if part.name == BODY else value

    def _edit(self, value: Any) -> None:
        if self._editor is not None:
            if self._editor.value() != value:
                self._editor.show_value(value)
            return
        make = OwnBlocks if self.part.name == BODY else OwnHeadline
        self._editor = make(self._setting, value)
        self._editor.written.connect(self._on_written)
        self._own.addWidget(self._editor)
        self._own_words.show()

    def _on_written(self) -> None:
        if self._editor is not None and isinstance(self._choice, Own):
            self.chosen.emit(Own(self._editor.value()))

    def settle(self) -> None:
        """Takes in what is being written."""
        self._on_written()

    def _put_editor_away(self) -> None:
        assert self._editor is not None
        self._own.removeWidget(self._editor)
        self._editor.hide()
        self._editor.deleteLater()
        self._editor = None
        self._own_words.hide()

    def _draw(self) -> None:
        part, zone, c = self.part, self._setting.zone, self._setting.theme.colours
        ink = telling.Ink(c.add, c.remove)
        mine, theirs = (telling.plain(part, side, zone) for side in (part.mine, part.theirs))
        base = telling.plain(part, part.base, zone) if self._base_known else None
        if base is not None:
            runs = telling.runs(base, base, base)
            self.cells[0].show_words(telling.html(runs, ink), base)
        for cell, side, other in ((self.cells[1], mine, theirs), (self.cells[2], theirs, mine)):
            cell.show_words(telling.html(telling.runs(base, side, other), ink), side)
        self._draw_picture()

    def _draw_picture(self) -> None:
        waits = self.part.clashes and self._choice is None
        name, tint = ("triangle-alert", "live") if waits else ("check", "green")
        self._picture.setPixmap(self._setting.theme.pixmap(name, tint, 16, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._setting.theme
        waits = self.part.clashes and self._choice is None
        area = self.rect().adjusted(0, 4, 0, -4)
        border = theme.colour("live" if waits else "line")
        box(QPainter(self), area, 8, theme.colour("surface"), border)

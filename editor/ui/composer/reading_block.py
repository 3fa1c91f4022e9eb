"""The place of a photo that is still being read, or could not be read. It is no part of the text until it is done."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from editor.content.block import Block
from editor.problems import Problem
from editor.ui.blocks.base import BlockWidget, Setting
from editor.ui.kit.buttons import Button
from editor.ui.kit.labels import Label
from editor.ui.messages import sentence


class ReadingBlock(BlockWidget):
    """ "Reading photo…", then one sentence if that failed."""

    TYPE: ClassVar[str] = ""
    TITLE: ClassVar[str] = "Photo"
    ICON: ClassVar[str] = "camera"

    dismissed = Signal()
    tried_again = Signal()

    def __init__(self, setting: Setting, name: str) -> None:
        super().__init__(setting)
        self._words = Label(setting.theme, "Reading photo…", ink="ink_2", wraps=True)
        self.aside.setText(name)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        self._again = Button(setting.theme, "Try again")
        self._remove = Button(setting.theme, "Remove")
        for button, signal in ((self._again, self.tried_again), (self._remove, self.dismissed)):
            button.clicked.connect(signal)
            button.hide()
            row.addWidget(button)
        self.inside.addLayout(row)

    def fail(self, problem: Problem) -> None:
        """Says why the photo could not be read."""
        self._words.setText(sentence(problem))
        self._words.set_ink("live")
        self._again.show()
        self._remove.show()

    def start(self) -> None:
        """Says that it is being read."""
        self._words.setText("Reading photo…")
        self._words.set_ink("ink_2")
        self._again.hide()
        self._remove.hide()

    def value(self) -> Block | None:
        return None

    def set_value(self, block: Block, *, follow: bool = False) -> None:
        raise AssertionError("a photo that is not there yet holds nothing")

    def focus_at(self, where: int) -> None:
        if self._again.isVisible():
            self._again.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit(where)

    def set_read_only(self, on: bool) -> None:
        """There is nothing to type into."""

"""A dialog in the design's dress: a title, a column, and buttons at its foot."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from editor.ui.kit.buttons import Button
from editor.ui.kit.labels import Elided
from editor.ui.theme.theme import Theme

MARGIN = 32


class Sheet(QDialog):
    """A dialog over a window. Fill ``column``; ``done_button`` accepts it; what else can be done goes into ``foot``."""

    def __init__(
        self, theme: Theme, parent: QWidget, title: str, done: str, *, cancel: str = "Cancel"
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(460)
        self.column = QVBoxLayout()
        self.column.setSpacing(14)
        self.done_button = Button(theme, done, primary=True)
        self.done_button.clicked.connect(self.accept)
        self.heading = Elided(theme, title, px=17, weight=600)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(10)
        self.foot.addStretch(1)
        self.cancel_button: Button | None = None
        if cancel:
            self.cancel_button = Button(theme, cancel)
            self.cancel_button.clicked.connect(self.reject)
            self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.done_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 20)
        whole.setSpacing(18)
        whole.addWidget(self.heading)
        whole.addLayout(self.column, 1)
        whole.addLayout(self.foot)

    def fit(self, width: int, height: int) -> None:
        """Takes this size where the screen has room for it, else as much as there is."""
        room = self.screen().availableGeometry().size() - QSize(MARGIN, 2 * MARGIN)
        self.resize(QSize(width, height).boundedTo(room))

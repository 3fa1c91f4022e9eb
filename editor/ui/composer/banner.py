"""The line over the text that says where the entry stands when that matters, with the one button that goes with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from editor.ui.kit.buttons import Button
from editor.ui.kit.chips import Pill
from editor.ui.kit.labels import Label
from editor.ui.theme.theme import Theme


class Banner(QWidget):
    """A tinted strip with a sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tint = "amber"
        self._callback: Callable[[], None] | None = None
        self._words = Label(theme, wraps=True)
        self._button = Button(theme, "")
        self._button.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 7, 18, 7)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.hide()

    def say(
        self,
        text: str,
        tint: str = "amber",
        action: str = "",
        callback: Callable[[], None] | None = None,
    ) -> None:
        """Shows a sentence; nothing when it is empty."""
        self._words.setText(text)
        self._tint = tint
        self.setAccessibleName(text)
        self._callback = callback
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.updateGeometry()
        self._button.setVisible(bool(action))
        self.setVisible(bool(text))
        self.update()

    @property
    def text(self) -> str:
        """What it says; empty when it is not shown."""
        return self._words.text()

    def _act(self) -> None:
        if self._callback is not None:
            self._callback()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(f"{self._tint}_soft"))


class Marks(QWidget):
    """The row over the headline: that the entry is not verified, that its source is protected. Not there without either."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._unverified, self._protected = Pill(theme), Pill(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        row.addWidget(self._unverified)
        row.addWidget(self._protected)
        row.addStretch(1)
        self.hide()

    def say(self, *, unverified: bool, protected: bool) -> None:
        """Shows what the entry is marked as."""
        self._unverified.say("Not verified" * unverified, "amber", icon="circle-alert" * unverified)
        self._protected.say("Source protected" * protected, icon="lock" * protected)
        self.setVisible(unverified or protected)

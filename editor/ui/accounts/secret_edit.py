"""A field for a password or token: dots, until somebody asks to see what stands there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from editor.ui.accounts.parts import Reached
from editor.ui.kit.buttons import FlatButton
from editor.ui.theme.theme import Theme

SIDE = 26


class SecretEdit(QLineEdit, Reached):
    """What is typed is never shown by itself, never completed, and never read out."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._name = name
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = FlatButton(theme, f"Show: {name}", icon="eye", height=SIDE, parent=self)
        self.eye.clicked.connect(self._toggle)

    def reached(self) -> tuple[QWidget, ...]:
        return (self.eye,)

    @property
    def shown(self) -> bool:
        """Whether it can be read."""
        return self.echoMode() is QLineEdit.EchoMode.Normal

    def hide_secret(self) -> None:
        """Shows dots again."""
        self._show(False)

    def _toggle(self) -> None:
        self._show(not self.shown)

    def _show(self, on: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self.eye.set_icon("eye-off" if on else "eye")
        says = f"{'Hide' if on else 'Show'}: {self._name}"
        self.eye.setAccessibleName(says)
        self.eye.setToolTip(says)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(SIDE if right else 0, 0, 0 if right else SIDE, 0)
        x = 4 if right else self.width() - SIDE - 4
        self.eye.setGeometry(x, (self.height() - SIDE) // 2, SIDE, SIDE)

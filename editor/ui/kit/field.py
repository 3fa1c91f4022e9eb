"""A labelled field with room for help and for what is wrong, said where it is wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from editor.ui.kit.labels import Label
from editor.ui.theme.theme import Theme


class Field(QWidget):
    """A label above, the control, a line below."""

    def __init__(self, theme: Theme, label: str, control: QWidget, help: str = "") -> None:
        super().__init__()
        self.control = control
        self._help = help
        caption = Label(theme, label, px=12, weight=500, ink="ink_2")
        caption.setBuddy(control)
        control.setAccessibleName(label)
        self._below = Label(theme, help, px=12, ink="ink_3", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption)
        column.addWidget(control)
        column.addWidget(self._below)
        self.tell("")

    def tell(self, wrong: str) -> None:
        """Says what is wrong with it, or nothing."""
        self._below.setText(wrong or self._help)
        self._below.set_ink("live" if wrong else "ink_3")
        self._below.setVisible(bool(wrong or self._help))
        self.control.setAccessibleDescription(wrong or self._help)
        self.control.setProperty("wrong", bool(wrong))
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)

    def explain(self, help: str) -> None:
        """Takes another line of help, in the place of what was said to be wrong."""
        self._help = help
        self.tell("")

    def wrong(self) -> str:
        """What is said to be wrong."""
        return self._below.text() if self.control.property("wrong") else ""

    def text(self) -> str:
        """What was typed or chosen."""
        match self.control:
            case QLineEdit():
                return self.control.text().strip()
            case QComboBox():
                return self.control.currentText().strip()
            case _:
                return ""

"""Which of preflight's checks stop an entry of a blog, and which only warn: a box for each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.desk.checks import USUAL
from editor.problems import Severity
from editor.ui.blocks.fields import Check
from editor.ui.kit.labels import Label
from editor.ui.theme.theme import Theme
from editor.ui.words import CHECKS


class ChecksTable(QWidget):
    """The boxes. What is ticked stops an entry; what is not is warned of."""

    def __init__(self, theme: Theme, own: Mapping[str, Severity]) -> None:
        super().__init__()
        self.boxes = {code: Check(theme, CHECKS[code], px=12) for code in USUAL}
        self.setFixedWidth(248)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(theme, "What stops an entry", px=12, weight=500, ink="ink_2"))
        column.addSpacing(4)
        for code, box in self.boxes.items():
            box.setChecked(own.get(code, USUAL[code]) is Severity.ERROR)
            box.setAccessibleDescription("Ticked: it stops an entry. Not ticked: it is warned of.")
            column.addWidget(box)
        column.addSpacing(4)
        says = "What is ticked has to be mended before it goes out; the rest is only warned of."
        column.addWidget(Label(theme, says, px=12, ink="ink_3", wraps=True))

    def wishes(self) -> dict[str, Severity]:
        """What each check shall weigh."""
        return {
            code: Severity.ERROR if box.isChecked() else Severity.WARNING
            for code, box in self.boxes.items()
        }

"""The settings' part about newer versions: whether they are asked for, where, and asking now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from editor.problems import Problem
from editor.settings import Settings, load_settings
from editor.ui.kit.buttons import Button
from editor.ui.kit.choice import Choice
from editor.ui.kit.field import Field
from editor.ui.kit.labels import Label
from editor.ui.messages import sentence
from editor.ui.updates import told, updates_of
from editor.web.address import address_problem

if TYPE_CHECKING:
    from editor.releases.release import Release
    from editor.ui.main_window import MainWindow

WHEN = ((False, "Never"), (True, "Once a day"))
TELLS = (
    "Asking tells that address from which internet address, and when, somebody asked: nothing else is sent. "
    "Dateline says that there is a newer version; it never fetches or installs one."
)
ASKING = "Asking…"


class NewerPart(QWidget):
    """``keep`` keeps the profile's settings."""

    def __init__(self, window: MainWindow, keep: Callable[[Settings], None]) -> None:
        super().__init__()
        self._window, self._keep = window, keep
        theme = window.theme
        now = load_settings(window.office.profile.choices)
        self._release: Release | None = None
        updates = updates_of(window)
        updates.heard.connect(self._heard)
        updates.failed.connect(self._failed)
        self.when = Choice(theme)
        for on, words in WHEN:
            self.when.addItem(words, on)
        self.when.setCurrentIndex(int(now.updates))
        self.when.currentIndexChanged.connect(self._set_when)
        self.address = QLineEdit(now.updates_from)
        self.address.setPlaceholderText(window.office.releases.usual or "https://…")
        self.address.editingFinished.connect(self._set_address)
        self.ask = Button(theme, "Check now")
        self.ask.clicked.connect(self._ask)
        self.said = Label(theme, px=12, ink="ink_2", wraps=True)
        self.page = Button(theme, "What is new")
        self.page.clicked.connect(self._open)
        self.page.hide()
        self.said.hide()
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Field(theme, "Ask for newer versions", self.when), 2)
        self.field = Field(theme, "At this address", self.address)
        row.addWidget(self.field, 3)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.ask)
        below.addWidget(self.said, 1)
        below.addWidget(self.page)
        below.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(Label(theme, TELLS, px=12, ink="ink_3", wraps=True))
        column.addLayout(below)

    def _set_when(self, row: int) -> None:
        self._keep(replace(self._settings(), updates=bool(self.when.itemData(row))))
        updates_of(self._window).follow_setting()
        if self.when.itemData(row) and not self._window.office.releases.address:
            self.field.tell(sentence(Problem(code="release-no-address")))

    def _set_address(self) -> bool:
        """Keeps what was typed, if it can be asked."""
        typed = self.address.text().strip()
        if typed and address_problem(typed) is not None:
            wrong = Problem(code="release-address", detail={"address": typed})
            self.field.tell(sentence(wrong))
            return False
        self.field.tell("")
        if typed != (settings := self._settings()).updates_from:
            self._keep(replace(settings, updates_from=typed))
        return True

    def _ask(self) -> None:
        if self._set_address():
            self.ask.setEnabled(False)
            self._say(ASKING)
            updates_of(self._window).ask()

    def _heard(self, release: Release | None) -> None:
        own = {"version": self._window.office.releases.own}
        self._release = release
        self._say(
            told(release) if release else sentence(Problem(code="release-newest", detail=own))
        )
        self.page.setVisible(release is not None)
        self.ask.setEnabled(True)

    def _failed(self, problem: Problem) -> None:
        self._say(sentence(problem))
        self.page.hide()
        self.ask.setEnabled(True)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()

    def _open(self) -> None:
        if self._release is not None:
            updates_of(self._window).open_page(self._release)

    def _settings(self) -> Settings:
        return load_settings(self._window.office.profile.choices)

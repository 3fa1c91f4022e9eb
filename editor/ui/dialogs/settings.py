"""Settings: appearance, the size of the text, what is looked up, newer versions, the profile, and the way to the accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from editor.desk import blogs
from editor.settings import Fetching, Settings, load_settings, save_settings
from editor.ui.accounts.parts import Reaching, Scrolled, column_in, tab_in_order
from editor.ui.dialogs.newer import NewerPart
from editor.ui.kit.buttons import Button
from editor.ui.kit.choice import Choice
from editor.ui.kit.field import Field
from editor.ui.kit.labels import Elided, Label
from editor.ui.kit.sheet import Sheet
from editor.ui.theme.chosen import TEXT_SIZES
from editor.ui.theme.theme import Appearance

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

LOOKS = (
    (Appearance.SYSTEM, "As the system is"),
    (Appearance.LIGHT, "Light"),
    (Appearance.DARK, "Dark"),
)
LOOKING = (
    (Fetching.NEVER, "Never"),
    (Fetching.ASKED, "When I ask for it"),
    (Fetching.AT_ONCE, "As soon as the address is there"),
)
TOLD = (
    "A look tells the platform from which internet address, and when, somebody asked for this post or page. "
    "For an entry that protects a source Dateline never looks."
)
SIZE = (500, 640)
NO_ACCOUNT = "On this laptop only"


def show_settings(window: MainWindow) -> SettingsSheet:
    """Opens the settings over the window."""
    sheet = SettingsSheet(window)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    return sheet


class SettingsSheet(Sheet):
    """Every control works at once; there is nothing to confirm."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window.theme, window, "Settings", "Close", cancel="")
        self._window = window
        theme = window.theme
        self.look = Choice(theme)
        for appearance, words in LOOKS:
            self.look.addItem(words, appearance)
        self.look.setCurrentIndex([look for look, _ in LOOKS].index(theme.appearance))
        self.look.currentIndexChanged.connect(self._set_look)
        self.size_box = Choice(theme)
        for px in TEXT_SIZES:
            self.size_box.addItem(f"{px} px", px)
        self.size_box.setCurrentIndex(TEXT_SIZES.index(theme.text_px))
        self.size_box.currentIndexChanged.connect(self._set_size)
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addWidget(Field(theme, "Appearance", self.look))
        both.addWidget(Field(theme, "Size of the text you write", self.size_box))
        inner = QWidget()
        column = column_in(inner)
        column.addLayout(both)
        column.addWidget(self._looking())
        self.newer = NewerPart(window, self._keep)
        column.addWidget(self.newer)
        column.addWidget(self._profile())
        column.addWidget(self._accounts())
        column.addStretch(1)
        self.column.addLayout(Reaching(Scrolled(inner)), 1)
        tab_in_order(self)
        self.fit(*SIZE)

    def _looking(self) -> QWidget:
        """When posts and pages are looked up, and what that tells whom."""
        theme, place = self._window.theme, self._window.office.profile.choices
        self.looking = Choice(theme)
        for fetching, words in LOOKING:
            self.looking.addItem(words, fetching)
        now = load_settings(place).fetching
        self.looking.setCurrentIndex([fetching for fetching, _ in LOOKING].index(now))
        self.looking.currentIndexChanged.connect(self._set_looking)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Field(theme, "Look at posts and pages when online", self.looking))
        column.addWidget(Label(theme, TOLD, px=12, ink="ink_3", wraps=True))
        return whole

    def _profile(self) -> QWidget:
        theme, folder = self._window.theme, self._window.office.profile.folder
        path = Elided(theme, str(folder), ink="ink_2")
        opener = Button(theme, "Open the folder")
        opener.clicked.connect(lambda: self._open(str(folder)))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(theme, "Everything you write is in", px=12, weight=500, ink="ink_2"))
        row = QHBoxLayout()
        row.addWidget(path, 1)
        row.addWidget(opener)
        column.addLayout(row)
        return whole

    def _accounts(self) -> QWidget:
        """Which there are, and the sheet on which they are looked after."""
        theme = self._window.theme
        names = [row.name for row in self._window.views.accounts() if row.id != blogs.LOCAL]
        said = Elided(theme, ", ".join(names) or NO_ACCOUNT, ink="ink_2")
        opener = Button(theme, "Accounts…")
        opener.clicked.connect(self._open_accounts)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(theme, "Where you publish", px=12, weight=500, ink="ink_2"))
        row = QHBoxLayout()
        row.addWidget(said, 1)
        row.addWidget(opener)
        column.addLayout(row)
        return whole

    def _open_accounts(self) -> None:
        self.accept()
        self._window.registry.run("accounts")

    def _set_look(self, place: int) -> None:
        self._window.registry.run(f"view.{Appearance(self.look.itemData(place)).value}")

    def _set_looking(self, row: int) -> None:
        now = load_settings(self._window.office.profile.choices)
        self._keep(replace(now, fetching=Fetching(self.looking.itemData(row))))

    def _keep(self, settings: Settings) -> None:
        try:
            save_settings(self._window.office.profile.choices, settings)
        except OSError:
            self._window.say("The setting could not be kept; the disk may be full or read-only.")

    def _set_size(self, place: int) -> None:
        px = int(self.size_box.itemData(place))
        self._window.settings.setValue("text_px", px)
        self._window.theme.set_text_px(px)

    def _open(self, folder: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
            self._window.say(f"The folder is {folder}")

"""The theme: colours, fonts and icons, following the system's light and dark unless somebody chose.

One object is made at start and handed to every widget; ``changed`` tells them to paint again.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from editor.ui.theme.fonts import Fonts
from editor.ui.theme.icons import Icons
from editor.ui.theme.style import palette, style_sheet
from editor.ui.theme.tokens import DARK, LIGHT, Colours

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class Appearance(StrEnum):
    """Light, dark, or as the system is."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """What everything looks like. ``colours`` are today's; ``text_px`` is the size of the text column."""

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        resources: Path,
        *,
        appearance: Appearance = Appearance.SYSTEM,
        text_px: int = 16,
    ) -> None:
        super().__init__(app)
        self._app = app
        self.fonts = Fonts(resources / "fonts")
        self.icons = Icons(resources / "icons")
        self.appearance = appearance
        self.text_px = text_px
        self.colours: Colours = LIGHT
        app.setFont(self.fonts.ui())
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._on_system_change)

    @property
    def dark(self) -> bool:
        """Whether the window is dark now."""
        return self.colours is DARK

    def colour(self, name: str) -> QColor:
        """A colour of the tokens, by its name."""
        return QColor(getattr(self.colours, name))

    def ui(self, px: int = 13, weight: int = 400) -> QFont:
        """The window's font."""
        return self.fonts.ui(px, weight)

    def reading(self, px: int = 0, weight: int = 400, *, italic: bool = False) -> QFont:
        """The text column's font, at the size the writer chose unless ``px`` says otherwise."""
        return self.fonts.reading(px or self.text_px, weight, italic=italic)

    def pixmap(self, name: str, colour: str, size: int, widget: QWidget) -> QPixmap:
        """An icon for ``widget``'s screen, in the token colour ``colour``."""
        ratio = widget.devicePixelRatioF()
        return self.icons.pixmap(name, getattr(self.colours, colour), size, ratio)

    def icon(self, name: str, colour: str = "ink_2") -> QIcon:
        """An icon that follows the theme by itself."""
        from PySide6.QtGui import QIcon

        from editor.ui.theme.icon_engine import IconEngine

        return QIcon(IconEngine(self.icons, self, name, colour))

    def set_appearance(self, appearance: Appearance) -> None:
        """Chooses light or dark, or follows the system."""
        self.appearance = appearance
        self._apply()
        self.changed.emit()

    def set_text_px(self, px: int) -> None:
        """Chooses the size of the text column."""
        self.text_px = px
        self.changed.emit()

    def _on_system_change(self) -> None:
        if self.appearance is Appearance.SYSTEM:
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        match self.appearance:
            case Appearance.LIGHT:
                self.colours = LIGHT
            case Appearance.DARK:
                self.colours = DARK
            case Appearance.SYSTEM:
                scheme = self._app.styleHints().colorScheme()
                self.colours = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        self._app.setPalette(palette(self.colours))
        self._app.setStyleSheet(style_sheet(self.colours))

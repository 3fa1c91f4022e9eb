"""The theme as its user left it: what is in the profile's settings, where that makes sense."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from editor.paths import resources
from editor.ui.theme.theme import Appearance, Theme

TEXT_SIZES = (14, 15, 16, 17, 18, 20, 22)


def chosen_theme(settings: QSettings) -> Theme:
    """The theme of these settings; what they do not say, or say wrongly, is as the design has it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    wish = str(settings.value("appearance", ""))
    look = Appearance(wish) if wish in tuple(Appearance) else Appearance.SYSTEM
    text = str(settings.value("text_px", ""))
    text_px = next((px for px in TEXT_SIZES if str(px) == text), 16)
    return Theme(app, resources(), appearance=look, text_px=text_px)

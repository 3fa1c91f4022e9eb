"""The bundled fonts: Inter for the window at once, Source Serif 4 when something is first read or written.

Loading a face costs start-up time, so each group is loaded when it is first asked for.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase

SCRIPTS = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans CJK SC",
    "Noto Color Emoji",
)
SERIF_SCRIPTS = (
    "Noto Serif",
    "Noto Naskh Arabic",
    "Noto Serif Hebrew",
    "Noto Serif Devanagari",
    "Noto Serif CJK SC",
    *SCRIPTS,
)
_WINDOW = ("inter/Inter-Regular.ttf", "inter/Inter-SemiBold.ttf", "inter/Inter-Medium.ttf")
_READING = (
    "inter/Inter-Bold.ttf",
    "inter/Inter-Italic.ttf",
    "source-serif-4/SourceSerif4-Regular.ttf",
    "source-serif-4/SourceSerif4-Italic.ttf",
    "source-serif-4/SourceSerif4-SemiBold.ttf",
    "source-serif-4/SourceSerif4-Bold.ttf",
    "source-serif-4/SourceSerif4-BoldItalic.ttf",
)


class Fonts:
    """The window's fonts by size in pixels of the design."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reading_loaded = False
        self._cache: dict[tuple[int, int], QFont] = {}
        # Qt tells of each family that lacks a script before it goes on to the one that has it.
        QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
        self._load(_WINDOW)

    def ui(self, px: int = 13, weight: int = 400) -> QFont:
        """Inter, at ``px`` pixels; ``weight`` is 400, 500 or 600."""
        font = self._cache.get((px, weight))
        if font is None:
            font = _font(("Inter", *SCRIPTS), px, weight)
            if px >= 17:
                font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.8)
            self._cache[px, weight] = font
        return QFont(font)

    def numbers(self, px: int = 12, weight: int = 400) -> QFont:
        """Inter with figures of one width, for times and counts."""
        font = self.ui(px, weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def reading(self, px: int = 16, weight: int = 400, *, italic: bool = False) -> QFont:
        """Source Serif 4, for what readers will read."""
        if not self._reading_loaded:
            self._reading_loaded = True
            self._load(_READING)
        font = _font(("Source Serif 4", *SERIF_SCRIPTS), px, weight)
        font.setItalic(italic)
        return font

    def _load(self, names: tuple[str, ...]) -> None:
        for name in names:
            QFontDatabase.addApplicationFont(str(self._folder / name))


def _font(families: tuple[str, ...], px: int, weight: int) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font

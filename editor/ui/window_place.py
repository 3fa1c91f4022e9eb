"""The window's size, place and panes, as they were when it was last closed."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMainWindow

from editor.ui.panes import Panes

WIDTH, HEIGHT = 1440, 900


def restore_place(window: QMainWindow, panes: Panes, settings: QSettings) -> None:
    """Puts the window where it was; at first, in the design's size."""
    place = settings.value("geometry")
    if place is None or not window.restoreGeometry(place):
        window.resize(WIDTH, HEIGHT)
    sizes = settings.value("panes", [])
    if isinstance(sizes, list) and all(str(size).isdecimal() for size in sizes):
        panes.restore([int(size) for size in sizes])


def keep_place(window: QMainWindow, panes: Panes, settings: QSettings) -> None:
    """Remembers where the window is."""
    settings.setValue("geometry", window.saveGeometry())
    settings.setValue("panes", panes.state())
    settings.sync()

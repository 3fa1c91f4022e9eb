"""What PyInstaller's recipe is told about macOS: the icon, the app's Info.plist, and that the app is no background program."""

from __future__ import annotations

import plistlib
from pathlib import Path
from typing import Any

from macos.icon import write_icon
from product import IDENTIFIER, NAME, ROOT, TITLE, version

TEMPLATE = Path(__file__).parent / "Info.plist"


def info_plist() -> dict[str, Any]:
    """The app's Info.plist."""
    text = TEMPLATE.read_text("utf-8")
    words = {"IDENTIFIER": IDENTIFIER, "NAME": NAME, "TITLE": TITLE, "VERSION": version()}
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    found: dict[str, Any] = plistlib.loads(text.encode("utf-8"))
    return found


EXE: dict[str, Any] = {
    # PyInstaller makes an app whose program has a console one that never shows a window. The command line works all the same.
    "console": False,
    "argv_emulation": False,
}


def __getattr__(name: str) -> dict[str, Any]:
    """BUNDLE, when the recipe asks for it: the icon is drawn then, and by nobody who only reads this module."""
    if name != "BUNDLE":
        raise AttributeError(name)
    return {
        "icon": str(write_icon(ROOT / "build" / "macos" / f"{NAME}.icns")),
        "bundle_identifier": IDENTIFIER,
        "version": version(),
        "info_plist": info_plist(),
    }

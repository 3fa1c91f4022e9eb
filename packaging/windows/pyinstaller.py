"""What PyInstaller's recipe is told about Windows: the icon, the version resource, and the program without a console.

Windows decides by the program whether there is a console. ``dateline.exe`` has one, for the command line; ``datelinew.exe`` has
none and is what the Start menu and Explorer open. They share one folder with all the modules and libraries.
"""

from __future__ import annotations

from typing import Any

from product import NAME, ROOT
from windows.icon import write_icon
from windows.version_info import write_version_resource

_MADE = ROOT / "build" / "windows"
_ICON = str(write_icon(_MADE / f"{NAME}.ico"))

WINDOW = f"{NAME}w"


def _resource(name: str) -> str:
    return str(write_version_resource(_MADE / f"{name}.txt", f"{name}.exe"))


EXE: dict[str, Any] = {
    "console": True,
    # somebody may open it in Explorer all the same
    "hide_console": "hide-early",
    "icon": _ICON,
    "version": _resource(NAME),
}

WINDOW_EXE: dict[str, Any] = {
    "name": WINDOW,
    "console": False,
    "icon": _ICON,
    "version": _resource(WINDOW),
}
"""The second program's; it takes all but its script from the first."""

WINDOW_SCRIPT = str(ROOT / "packaging" / "windows" / "window.py")
"""What the second program runs in the place of ``editor/__main__.py``."""

"""What PyInstaller's recipe is told about Windows: the icon, the version resource, and the program without a console.

Windows decides by the program whether there is a console. ``dateline.exe`` has one, for the command line; ``datelinew.exe`` has
none and is what the Start menu and Explorer open. They share one folder with all the modules and libraries.
"""

from __future__ import annotations

from typing import Any

from product import NAME, ROOT
from windows.icon import write_icon
from windows.version_info import write_version_resource

WINDOW = f"{NAME}w"

WINDOW_SCRIPT = str(ROOT / "packaging" / "windows" / "window.py")
"""What the second program runs in the place of ``editor/__main__.py``."""


def __getattr__(name: str) -> dict[str, Any]:
    """EXE and WINDOW_EXE, when the recipe asks for them: the icon is drawn then, and by nobody who only reads this module."""
    match name:
        case "EXE":
            # somebody may open it in Explorer all the same
            return {"console": True, "hide_console": "hide-early", **_looks(NAME)}
        case "WINDOW_EXE":
            return {"name": WINDOW, "console": False, **_looks(WINDOW)}
        case _:
            raise AttributeError(name)


def _looks(program: str) -> dict[str, str]:
    made = ROOT / "build" / "windows"
    resource = write_version_resource(made / f"{program}.txt", f"{program}.exe")
    return {"icon": str(write_icon(made / f"{NAME}.ico")), "version": str(resource)}

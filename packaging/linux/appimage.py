"""The recipe of the AppImage. ``build.py linux`` follows it where ``APPIMAGETOOL`` names the tool that makes the image.

The folder that becomes the image is made and looked at anywhere. The tool is no package of any registry that this project
builds from: the release workflow brings it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from finish import PARTS
from linux.alone import take_along
from linux.needs import wanted_of_system
from linux.tree import HERE, lay_out, make_alike
from product import IDENTIFIER, NAME, TITLE, epoch, version

TOOL = "APPIMAGETOOL"


def make_appimage(tool: str, bundle: Path, work: Path, out: Path) -> Path:
    """Makes the image and returns its file."""
    folder = make_appdir(bundle, work / f"{TITLE}.AppDir")
    image = out / f"{TITLE}-{version()}-{os.uname().machine}.AppImage"
    environment = {**os.environ, "VERSION": version(), "SOURCE_DATE_EPOCH": str(epoch())}
    subprocess.run([tool, folder, image], env=environment, check=True)
    return image


def make_appdir(bundle: Path, folder: Path) -> Path:
    """Lays the folder out as the AppImage specification has it: the tree, and beside it what starts and shows it."""
    shutil.rmtree(folder, ignore_errors=True)
    lay_out(bundle, folder / "usr")
    take_along(folder / "usr" / "lib" / NAME / PARTS["linux"], wanted_of_system(bundle))
    # The image's own file says what may open entry files; a handler would have to know where the image lies.
    (folder / "usr" / "share" / "applications" / f"{NAME}-import.desktop").unlink()
    applications = folder / "usr" / "share" / "applications"
    shutil.copyfile(applications / f"{NAME}.desktop", folder / f"{NAME}.desktop")
    shutil.copyfile(HERE / "AppRun.sh", folder / "AppRun")
    icon = f"usr/share/icons/hicolor/256x256/apps/{NAME}.png"
    shutil.copyfile(folder / icon, folder / f"{NAME}.png")
    (folder / ".DirIcon").symlink_to(f"{NAME}.png")
    # the name that appimagetool looks for
    metainfo = folder / "usr" / "share" / "metainfo"
    (metainfo / f"{IDENTIFIER}.metainfo.xml").rename(metainfo / f"{IDENTIFIER}.appdata.xml")
    make_alike(folder)
    return folder

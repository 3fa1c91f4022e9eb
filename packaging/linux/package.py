"""Linux's packages: a ``.deb`` for Debian and its kin, a ``.run`` for any other, an AppImage where its tool is."""

from __future__ import annotations

import os
from pathlib import Path

from linux.alone import make_run
from linux.appimage import TOOL, make_appimage
from linux.deb import make_deb


def make(bundle: Path, out: Path) -> list[Path]:
    """Makes them beside each other and returns their files."""
    work = bundle.parent.parent / "packages"
    made = [make_deb(bundle, work, out), make_run(bundle, work, out)]
    if tool := os.environ.get(TOOL):
        made.append(make_appimage(tool, bundle, work, out))
    return made

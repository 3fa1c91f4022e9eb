"""What is done to a bundle after PyInstaller: smaller libraries, licences, the list of parts, one time for all files."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from components import components, strangers
from contents import Entry
from licences import write_licences
from linux import icu
from product import NAME, epoch
from sbom import write_sbom

PARTS = {"linux": "_internal", "macos": "Contents/Frameworks", "windows": "_internal"}
"""The folder with the parts, as PyInstaller names it."""

QT = {"linux": "PySide6/Qt/lib", "macos": "PySide6/Qt/lib", "windows": "PySide6"}
"""Where Qt's libraries are among them."""

_ELF = b"\x7fELF"


def finish(bundle: Path, collected: list[Entry], platform: str) -> None:
    """Makes a bundle what is delivered. Raises ``LookupError`` for a part that has no business in it."""
    found = components(collected)
    if unwanted := strangers(found):
        raise LookupError(f"not what the program depends on: {', '.join(unwanted)}")
    parts = bundle / PARTS[platform]
    papers = bundle / "Contents/Resources" if platform == "macos" else bundle
    if platform == "linux":
        _strip(parts)
        for library in parts.glob("PySide6/Qt/lib/libicudata.so.*"):
            icu.trim(library)
    qt = f"{PARTS[platform]}/{QT[platform]}"
    write_licences(papers, found, qt, icu=platform == "linux")
    write_sbom(papers, parts, found)
    make_alike(bundle)


def read_collected(work: Path) -> list[Entry]:
    """What the recipe noted: every file and where it came from."""
    rows = json.loads((work / NAME / "collected.json").read_text("utf-8"))
    return [(to, source, kind) for to, source, kind in rows]


def elves(folder: Path) -> Iterator[Path]:
    """The libraries and programs of a Linux folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == _ELF:
                    yield path


def make_alike(folder: Path) -> None:
    """Gives everything the same time, and rights that do not depend on who builds."""
    moment = epoch()
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.name == NAME or path.suffix in (".sh", ".exe")
            path.chmod(0o755 if runs else 0o644)
        # where links cannot be given a time there are none in a bundle
        os.utime(
            path, (moment, moment), follow_symlinks=os.utime not in os.supports_follow_symlinks
        )


def _strip(parts: Path) -> None:
    # The program itself is left alone: its modules are behind the end of its code.
    for path in elves(parts):
        subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)

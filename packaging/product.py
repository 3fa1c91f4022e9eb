"""What is packaged: its names, its version, its dates. Everything else under ``packaging`` asks here.

The version stands in one place, ``editor/__init__.py``, which is read and never imported: a builder needs no Qt for it.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

NAME = "dateline"
TITLE = "Dateline"
IDENTIFIER = "org.dateline.Dateline"
"""The name that must be unlike anybody else's: of the AppStream data, the Flatpak, the macOS bundle."""
SUMMARY = "Compose a live blog without a network; publish it when there is one"
AUTHORS = "The Dateline developers"
MAINTAINER = (
    f"{os.environ.get('DEBFULLNAME', AUTHORS)} <{os.environ.get('DEBEMAIL', 'dateline@localhost')}>"
)
"""Whom a package tells people to write to: whoever builds it, by the variables that Debian's tools know."""
LICENCE = "Apache-2.0"

VERSION_FILE = ROOT / "editor" / "__init__.py"
CHANGELOG = ROOT / "CHANGELOG.md"
RESOURCES = ROOT / "resources"
ICON = RESOURCES / "icons" / "dateline.svg"

_RELEASED = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def version(file: Path = VERSION_FILE) -> str:
    """The program's version. Raises ``LookupError`` where the file does not say it."""
    for node in ast.parse(file.read_text("utf-8")).body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__version__")], value=ast.Constant(value=str(v))):
                return v
    raise LookupError(f"{file} has no __version__")


def releases(changelog: Path = CHANGELOG) -> list[tuple[str, str]]:
    """The released versions and their days (ISO 8601), newest first."""
    return _RELEASED.findall(changelog.read_text("utf-8"))


def epoch() -> int:
    """The second that stands in everything that is built: ``SOURCE_DATE_EPOCH``, or the commit's own.

    Without either, as in an unpacked archive: the day of the newest release, or of 1980, which zip files begin with.
    """
    if told := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(told)
    asked = ["git", "log", "-1", "--format=%ct"]
    try:
        answer = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True, text=True)
        return int(answer.stdout)
    except (OSError, subprocess.CalledProcessError, ValueError):
        days = [day for _, day in releases()] or ["1980-01-02"]
        return int(datetime.fromisoformat(days[0]).replace(tzinfo=UTC).timestamp())

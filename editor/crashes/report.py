"""The report of an error: when, in which version, on which system, and where. Nothing else is in it.

It can be sent to anybody: there is no text of the user's in it, no name of a person, a file or a machine, no address.
"""

from __future__ import annotations

import platform
import re
import sys
from datetime import UTC, datetime

import msgspec

from editor import __version__
from editor.crashes.frames import Cause

LIMIT = 16_000
"""The most characters of a report."""
NOTHING_ELSE = "There is nothing else in this report: no text, no names, no addresses, no secrets."


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One error. ``thread`` says where it was, in words; ``times`` how often it came since the program began."""

    at: datetime
    causes: tuple[Cause, ...]
    thread: str = ""
    times: int = 1
    qt: str = ""

    def text(self) -> str:
        """What is kept in the profile, and copied."""
        when = f"{self.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
        often = f", {self.times:,} times since the start" if self.times > 1 else ""
        lines = [f"Dateline {__version__}, report of an error", f"{when}{often}", system(self.qt)]
        if self.thread:
            lines.append(f"In {self.thread}")
        for cause in self.causes:
            lines += ["", cause.kind]
            lines += [f"  {frame}" for frame in cause.frames] or ["  (no frames)"]
        told = "\n".join(lines)
        if len(told) > LIMIT:
            told = told[: told.rindex("\n", 0, LIMIT - 40)] + "\n  (cut off)"
        return f"{told}\n\n{NOTHING_ELSE}\n"


def system(qt: str) -> str:
    """The versions of what the program runs on, each cut down to what a version can look like."""
    parts = [f"Python {platform.python_version()}"]
    if qt:
        parts.append(f"Qt {qt}")
    parts.append(_operating_system())
    if re.fullmatch(r"[\w-]{1,16}", machine := platform.machine(), re.ASCII):
        parts.append(machine)
    if getattr(sys, "frozen", False):
        parts.append("packaged")
    return ", ".join(parts)


def _operating_system() -> str:
    if sys.platform == "win32":
        found = sys.getwindowsversion()
        return f"Windows {found.major}.{found.minor}.{found.build}"
    if sys.platform == "darwin":
        return f"macOS {_digits(platform.mac_ver()[0])}"
    # what follows the digits may be the name of whoever built the kernel
    told = f"{platform.system()} {_digits(platform.release())}"
    try:
        found = platform.freedesktop_os_release()
    except OSError:
        return told
    words = (found.get("ID", ""), found.get("VERSION_ID", ""))
    named = " ".join(word for word in words if re.fullmatch(r"[a-z0-9._-]{1,24}", word))
    return f"{told} ({named})" if named else told


def _digits(version: str) -> str:
    found = re.match(r"\d{1,5}(?:\.\d{1,5}){0,3}", version)
    return found[0] if found else ""

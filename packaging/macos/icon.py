"""The program's icon as macOS wants it: one file with every size, from the one drawing."""

from __future__ import annotations

from pathlib import Path

from linux.icons import drawn

SIZES = (32, 64, 128, 256, 512, 1024)
"""What the form has places for."""


def write_icon(file: Path) -> Path:
    """Writes an ``.icns`` and returns it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    *others, largest = drawn(SIZES)
    largest.save(file, append_images=others)
    return file

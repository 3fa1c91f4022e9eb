"""The program's icon as Windows wants it, one file with every size, and the installer's picture: both from the one drawing."""

from __future__ import annotations

from pathlib import Path

from linux.icons import drawn

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Those that Explorer asks for at 100 % to 200 %."""

PAPER = "#f1efea"


def write_icon(file: Path) -> Path:
    """Writes an ``.ico`` and returns it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    *others, largest = drawn(SIZES)
    largest.save(file, sizes=[(size, size) for size in SIZES], append_images=others)
    return file


def write_side(file: Path) -> Path:
    """Writes the picture at the side of the installer's last page, twice as large as it is shown, and returns it."""
    from PIL import Image

    (icon,) = drawn([192])
    side = Image.new("RGB", (328, 628), PAPER)
    side.paste(icon, ((side.width - icon.width) // 2, 96), icon)
    side.save(file, "BMP")
    return file

"""The program's icon as Windows wants it, one file with every size, and the installer's picture: both from the one drawing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from linux.icons import draw

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Those that Explorer asks for at 100 % to 200 %."""

PAPER = "#f1efea"


def write_icon(file: Path) -> Path:
    """Writes an ``.ico`` and returns it."""
    from PIL import Image

    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        images = []
        for size in SIZES:
            picture = Path(folder) / f"{size}.png"
            draw(size, picture)
            with Image.open(picture) as image:
                images.append(image.convert("RGBA"))
        images[-1].save(file, sizes=[(size, size) for size in SIZES], append_images=images[:-1])
    return file


def write_side(file: Path) -> Path:
    """Writes the picture at the side of the installer's last page, twice as large as it is shown, and returns it."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "icon.png"
        draw(192, picture)
        side = Image.new("RGB", (328, 628), PAPER)
        with Image.open(picture) as image:
            icon = image.convert("RGBA")
            side.paste(icon, ((side.width - icon.width) // 2, 96), icon)
    side.save(file, "BMP")
    return file

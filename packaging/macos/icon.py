"""The program's icon as macOS wants it: one file with every size, from the one drawing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from linux.icons import draw

SIZES = (32, 64, 128, 256, 512, 1024)
"""What the form has places for."""


def write_icon(file: Path) -> Path:
    """Writes an ``.icns`` and returns it."""
    from PIL import Image

    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        images = []
        for size in SIZES:
            picture = Path(folder) / f"{size}.png"
            draw(size, picture)
            with Image.open(picture) as image:
                images.append(image.convert("RGBA"))
        images[-1].save(file, append_images=images[:-1])
    return file

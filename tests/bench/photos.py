"""A photo of 24 megapixels: what its prints cost beside the plainest code that other libraries allow, and what the photo
process needs in memory.

Each baseline makes the same three sizes as JPEG of the same quality, with no metadata, no colours looked after and nothing
checked. The best of some rounds counts, taken in turn, so that a busy machine weighs on all alike.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from editor.content.print import LONGEST, Asked, Rights
from editor.media.card import thumbnail
from editor.media.lab import Lab
from editor.media.photo import inspect
from editor.media.renditions import make_renditions
from tests.bench.figures import Figure

SIZE = (6000, 4000)
ROUNDS = 5
THUMBNAILS = 40
RATIO = 1.1
PEAK = 250.0  # MB
ASKED = Asked(
    rights=Rights(
        creator="Field team A",
        credit="Delta",
        copyright="© Delta 2026",
        created=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
    )
)


def measure_photos(folder: Path) -> list[Figure]:
    """Prints in both kinds, the process's way and peak, small pictures in a second."""
    photo = _photo(folder / "DSC_0001.JPG")
    rivals = {"Pillow": _by_pillow, "Qt": _by_qt, "libvips": _by_vips}
    ways: dict[str, Callable[[Path], object]] = {
        "prints": lambda path: (inspect(path), make_renditions(path, ASKED)),
        "webp": lambda path: make_renditions(path, ASKED, "image/webp"),
    }
    ways |= {name: way for name, way in rivals.items() if _works(way, photo)}
    best = _best(ways, photo)
    beside = min((name for name in rivals if name in best), key=best.__getitem__)
    lab = Lab()
    try:
        elsewhere = _best({"lab": lambda path: lab.do(make_renditions, path, ASKED)}, photo)["lab"]
        peak = lab.do(peak_of_this_process, photo)
    finally:
        lab.close()
    return [
        Figure(
            "photo: three JPEG prints of 24 megapixels",
            best["prints"] * 1000,
            "ms",
            best[beside] * 1000,
            ratio=RATIO,
            beside=beside,
        ),
        *(
            Figure(f"photo: by {name} alone", best[name] * 1000, "ms")
            for name in rivals
            if name in best
        ),
        Figure("photo: three WebP prints", best["webp"] * 1000, "ms"),
        Figure("photo: JPEG prints in the photo process", elsewhere * 1000, "ms"),
        Figure("photo: peak of the photo process", peak, "MB", limit=PEAK),
        Figure("photo: small pictures in a second, one core", _thumbnails(photo), ""),
    ]


def peak_of_this_process(_: Path) -> float:
    """Megabytes of memory, at the worst moment until now; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def _best(ways: dict[str, Callable[[Path], object]], photo: Path) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            started = time.perf_counter()
            way(photo)
            taken[name].append(time.perf_counter() - started)
    return {name: min(values) for name, values in taken.items()}


def _thumbnails(photo: Path) -> float:
    started = time.process_time()
    for _ in range(THUMBNAILS):
        thumbnail(photo, 240)
    return THUMBNAILS / (time.process_time() - started)


def _works(way: Callable[[Path], object], photo: Path) -> bool:
    try:
        way(photo)
    except ImportError:
        return False
    return True


def _by_pillow(path: Path) -> None:
    from PIL import Image

    with Image.open(path) as image:
        image.draft("RGB", (LONGEST[0], LONGEST[0] * 2 // 3))
        picture: Image.Image = image
        for longest in LONGEST:
            picture = picture.resize(
                (longest, longest * 2 // 3), Image.Resampling.LANCZOS, reducing_gap=3.0
            )
            picture.save(io.BytesIO(), "JPEG", quality=82, progressive=True, optimize=True)


def _by_qt(path: Path) -> None:
    from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
    from PySide6.QtGui import QImageReader, QImageWriter

    reader = QImageReader(str(path))
    reader.setScaledSize(QSize(LONGEST[0], LONGEST[0] * 2 // 3))
    picture = reader.read()
    for longest in LONGEST:
        size = QSize(longest, longest * 2 // 3)
        picture = picture.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        out = QBuffer()
        out.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(out, b"jpeg")
        writer.setQuality(82)
        writer.setOptimizedWrite(True)
        writer.setProgressiveScanWrite(True)
        assert writer.write(picture)


def _by_vips(path: Path) -> None:
    import pyvips

    for longest in LONGEST:
        picture = pyvips.Image.thumbnail(str(path), longest)
        picture.jpegsave_buffer(Q=82, interlace=True, optimize_coding=True)


def _photo(path: Path) -> Path:
    """Of a photo's weight: noise, enlarged."""
    from PIL import Image

    noise = Image.effect_noise((SIZE[0] // 4, SIZE[1] // 4), 60).resize(SIZE).convert("RGB")
    noise.save(path, "JPEG", quality=92)
    return path

"""A card with 300 photos of 24 megapixels: how long the window keeps somebody waiting while its pictures are made.

A timer beats every five milliseconds while the sheet is scrolled from the first photo to the last; what lies between two
beats beyond that is time in which nobody could have typed.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.bench.figures import Figure, percentile

PHOTOS = 300
SIZE = (6000, 4000)
BEAT = 5  # ms
SCROLLS = 60
IDLE = 5_000  # ms
LONGEST = 50.0  # ms


def measure_card(folder: Path) -> list[Figure]:
    """The longest and the usual wait, and the time until all pictures that were seen are there."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    card = _make_card(folder / "card")
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    from editor.newsroom import Newsroom
    from editor.paths import Profile, resources
    from editor.ui.bridge import Bridge
    from editor.ui.card.sheet import CardSheet
    from editor.ui.composer.composer import Composer
    from editor.ui.theme.theme import Theme

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    idle = _idle_gaps()
    gaps: list[float] = []
    loop, beat, scroll = QEventLoop(), QTimer(), QTimer()
    with Newsroom(Profile(folder / "profile")) as newsroom:
        bridge = Bridge(newsroom.feed)
        composer = Composer(newsroom.room, newsroom.views, bridge, Theme(application, resources()))
        parent = QWidget()
        sheet = CardSheet(composer.setting, parent, card, lambda _: False)
        last = started = time.perf_counter()
        done = 0.0

        def on_beat() -> None:
            nonlocal last, done
            now = time.perf_counter()
            gaps.append((now - last) * 1000 - BEAT)
            last = now
            bar = sheet.grid.verticalScrollBar()
            if sheet.model.shots and bar.value() == bar.maximum() and not sheet.model.busy:
                done = now - started
                loop.quit()

        def on_scroll() -> None:
            bar = sheet.grid.verticalScrollBar()
            bar.setValue(bar.value() + max(1, bar.maximum() // SCROLLS))

        beat.setInterval(BEAT)
        beat.timeout.connect(on_beat)
        scroll.setInterval(100)
        scroll.timeout.connect(on_scroll)
        sheet.show()
        beat.start()
        scroll.start()
        QTimer.singleShot(120_000, loop.quit)
        loop.exec()
        beat.stop()
        scroll.stop()
        made = sheet.model.made
        sheet.close()
        bridge.close()
    return [
        Figure(
            "card: longest wait of the window",
            max(gaps),
            "ms",
            max(idle),
            limit=LONGEST,
            beside="idle",
        ),
        Figure(
            "card: waits, p99",
            percentile(gaps, 99),
            "ms",
            percentile(idle, 99),
            limit=LONGEST,
            beside="idle",
        ),
        Figure("card: pictures made of 300 while scrolling", float(made), "", None),
        Figure("card: until all that was seen is there", done, "s", None),
    ]


def _idle_gaps() -> list[float]:
    """What the same beat waits while nothing is done: what the machine itself adds."""
    from PySide6.QtCore import QEventLoop, QTimer

    gaps: list[float] = []
    loop, beat = QEventLoop(), QTimer()
    last = time.perf_counter()

    def on_beat() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append((now - last) * 1000 - BEAT)
        last = now

    beat.setInterval(BEAT)
    beat.timeout.connect(on_beat)
    beat.start()
    QTimer.singleShot(IDLE, loop.quit)
    loop.exec()
    beat.stop()
    return gaps


def _make_card(folder: Path) -> Path:
    """One photo, and as many names for it: what is measured is decoding, not the disk."""
    from PIL import Image

    folder.mkdir(parents=True)
    first = folder / "DSC_0000.JPG"
    noise = Image.effect_noise((SIZE[0] // 8, SIZE[1] // 8), 60).resize(SIZE).convert("RGB")
    noise.save(first, quality=90)
    for number in range(1, PHOTOS):
        (folder / f"DSC_{number:04}.JPG").hardlink_to(first)
    return folder

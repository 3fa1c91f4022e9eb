"""Whether typing notices that photos leave by a slow line: the same keys with an upload and without, in turns."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.photos import add_photo
from editor.desk.release import publish
from editor.desk.writing import new_entry
from editor.domain.ids import EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from tests.bench.figures import Figure, percentile
from tests.bench.screen import virtual_screen
from tests.bench.window import dateline, type_letters
from tests.line import proxy
from tests.line.shape import UP, Shape
from tests.promises.far_away import Correspondent, equipped, keyring, photo
from tests.wire_server.client import WireServer

ROUNDS = 2
LARGE = (2400, 1600)
"""A photo that is on its way for longer than the keys take."""


def measure_uploading(folder: Path, words: str) -> list[Figure]:
    """Key to glyph, and the last key of a burst to the disk, beside the same without an upload."""
    painted: dict[bool, list[float]] = {False: [], True: []}
    saved: dict[bool, list[float]] = {False: [], True: []}
    with _laptop(folder) as laptop:
        with Newsroom(Profile(laptop.folder)) as newsroom:
            shown = add_photo(newsroom.room, photo(folder, 1, LARGE), alt="The river")
            body = (Text(text="It follows."), shown)
            content = Content(headline="With a photo", body=body)
            (large,) = new_entry(newsroom.room, laptop.blog, content).entries
            content = Content(headline="Typing", body=(Text(text=words),))
            (typed,) = new_entry(newsroom.room, laptop.blog, content).entries
            publish(newsroom.room, large)
        for number in range(2 * ROUNDS):
            uploads = number % 2 == 1
            assert laptop.run("resume" if uploads else "pause").returncode == 0
            begun = time.time()
            waits = saved[uploads]
            with virtual_screen() as screen:
                painted[uploads] += type_letters(
                    screen,
                    dateline(laptop.folder),
                    preview=True,
                    rest=lambda text, waits=waits: waits.append(_until_saved(laptop, typed, text)),  # type: ignore[misc]
                    **keyring(laptop.folder),
                )
            sent = laptop.line.passed(UP, begun)
            print(f"# {'an upload' if uploads else 'none'}: {sent / 1024:.0f} KB left", flush=True)
    return [
        Figure(
            f"{what} while a photo leaves, {name}",
            percentile(values[True], which),
            "ms",
            percentile(values[False], which),
            ratio=1.5,
            beside="without",
        )
        for what, values, points in (
            ("key to glyph", painted, (("p50", 50), ("p99", 99))),
            ("key to disk", saved, (("longest", 100),)),
        )
        for name, which in points
    ]


@contextmanager
def _laptop(folder: Path) -> Iterator[Correspondent]:
    """A profile whose first blog goes to a server by a line of 32 kbit/s."""
    with proxy.between(Shape()) as line:
        server = WireServer(folder / "server")
        try:
            with Newsroom(Profile(folder / "profile")) as newsroom:
                blog = newsroom.views.blogs()[0]
            yield equipped(Correspondent(folder / "profile", line, server, blog.id), blog.slug)
        finally:
            server.close()


def _until_saved(laptop: Correspondent, entry: EntryId, typed: str) -> float:
    """Milliseconds from now until the text on the disk begins with what was typed."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < 10:
        with Newsroom(Profile(laptop.folder)) as newsroom:
            block = newsroom.views.entry(entry).content.body[0]
        if isinstance(block, Text) and block.text.startswith(typed):
            return (time.perf_counter() - begun) * 1000
        time.sleep(0.005)
    raise TimeoutError("what was typed is not saved")

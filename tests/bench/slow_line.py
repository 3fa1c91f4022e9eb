"""Twenty entries with ten photos by a line of 32 kbit/s, 900 ms there and back, and five packets of a hundred lost."""

from __future__ import annotations

import http.client
import time
from pathlib import Path
from statistics import median

from editor.content.entry import encode
from editor.newsroom import Newsroom
from editor.paths import Profile
from tests.bench.figures import Figure
from tests.line import a_line
from tests.line.shape import Shape
from tests.promises.far_away import Record, correspondent, photo, record
from tests.wire_server.client import WireServer

ENTRIES, PHOTOS = 20, 10
SEEDS = range(1, 8)
"""Each loses other packets: one that is lost at a bad place costs seconds, with and without us."""
SMALL = (640, 427)


def line(seed: int) -> Shape:
    """The line of the promise."""
    return Shape(up=32, down=32, trip=0.9, loss=5, seed=seed)


def measure_slow_line(folder: Path) -> list[Figure]:
    """When the last text was public, with photos behind the texts and without, beside one plain upload of as many bytes."""
    alone, beside, plain = list[float](), list[float](), list[float]()
    for seed in SEEDS:
        place = folder / str(seed)
        seen, own = _send(place / "alone", line(seed), 0)
        alone.append(max(seen.public.values()))
        seen, _ = _send(place / "beside", line(seed), PHOTOS, whole=seed == SEEDS[-1])
        beside.append(max(seen.public.values()))
        plain.append(_upload(place / "plain", line(seed), own))
        print(
            f"# texts public after {alone[-1]:.1f} s without photos, {beside[-1]:.1f} s before them"
            f" ({seen.up} bytes on the line); {own} bytes plainly: {plain[-1]:.1f} s",
            flush=True,
        )
    last = median(beside)
    print(f"# the first photo was begun after {seen.first('claim', 'photo'):.1f} s")
    return [
        Figure("texts public before photos", last, "s", median(alone), 1.3, beside="without"),
        Figure("texts public", last, "s", median(plain), 1.3, beside="plain upload"),
        Figure("entries whole, photos and all", max(seen.whole.values()), "s"),
    ]


def _send(folder: Path, shape: Shape, photos: int, *, whole: bool = False) -> tuple[Record, int]:
    """What the server saw until all texts were public, or all entries ``whole``, and how many bytes the entries have."""
    folder.mkdir(parents=True)
    with correspondent(folder, shape) as laptop:
        written = [
            laptop.write(n, photo=photo(folder, n, SMALL) if n % 2 and n // 2 < photos else None)
            for n in range(ENTRIES)
        ]
        begun = time.time()
        process = laptop.begin(
            "editor", "--profile", str(laptop.folder), "sync", "--timeout", "1100"
        )
        try:
            while process.poll() is None:
                seen = record(laptop, begun)
                if len(seen.public) == ENTRIES and not whole:
                    break
                time.sleep(0.5)
        finally:
            process.kill()
            process.communicate()
        with Newsroom(Profile(laptop.folder)) as newsroom:
            own = sum(len(encode(newsroom.views.entry(each).content)) for each in written)
        return record(laptop, begun), own


def _upload(folder: Path, shape: Shape, size: int) -> float:
    """Seconds that as many bytes need on such a line, in one request from its connection to its answer."""
    with a_line(shape) as line:
        with line.far():
            server = WireServer(folder, host=line.host)
        try:
            begun = time.monotonic()
            with line.near():
                connection = http.client.HTTPConnection(*line.reach(server.port), timeout=300)
                connection.connect()
            headers = {"authorization": f"Bearer {server.token}", "accept": "application/json"}
            path = "/api/blogs/plain/media/as-many-bytes"
            connection.request("PUT", path, bytes(size), headers)
            assert connection.getresponse().status == 201
            connection.close()
            return time.monotonic() - begun
        finally:
            server.close()

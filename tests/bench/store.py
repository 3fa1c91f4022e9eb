"""What the store costs: saving a draft, opening and searching a large blog, publishing one entry into 5,000."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import release, writing
from editor.domain.ids import BlogId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.views import Filter
from tests.bench.figures import Figure, percentile

SAVES = 300
SCREENFUL = 30


def measure_store(profile: Path, large: BlogId) -> list[Figure]:
    """Saves, opening and searching, in a store of 20 blogs and a blog of 10,000 entries."""
    with Newsroom(Profile(profile)) as newsroom:
        newsroom.warm_up()
        return [*_saving(newsroom, large), *_reading(newsroom, large)]


def _saving(newsroom: Newsroom, blog: BlogId) -> list[Figure]:
    (entry,) = writing.new_entry(newsroom.room, blog).entries
    words = "gauge bridge water crews " * 500
    taken: list[float] = []
    for number in range(SAVES):
        content = Content(headline="Typing", body=(Text(text=f"{words}{number}"),))
        with _timed(taken):
            writing.save_draft(newsroom.room, entry, content)
    writing.save_draft(newsroom.room, entry, Content(headline="Typed"))
    return [
        Figure("save a draft of 2,000 words, p50", percentile(taken, 50), "ms"),
        Figure("save a draft of 2,000 words, p99", percentile(taken, 99), "ms", limit=5),
    ]


def _reading(newsroom: Newsroom, blog: BlogId) -> list[Figure]:
    views = newsroom.views

    def open_blog() -> None:
        views.rows(views.timeline(blog)[:SCREENFUL])

    def search() -> None:
        views.rows(views.timeline(blog, Filter.ALL, "bridge evacuation")[:SCREENFUL])

    def search_one_letter() -> None:
        views.rows(views.timeline(blog, Filter.ALL, "b")[:SCREENFUL])

    return [
        Figure("open a blog of 10,000 entries", _median(open_blog), "ms", limit=100),
        Figure("search two words in 10,000", _median(search), "ms", limit=30),
        Figure("search one letter in 10,000", _median(search_one_letter), "ms", limit=30),
    ]


def measure_publishing(profile: Path, blog: BlogId) -> list[Figure]:
    """One entry published into a blog of 5,000 public ones: from the desk's word to the last file."""
    taken: list[float] = []
    files: list[int] = []
    with Newsroom(Profile(profile)) as newsroom:
        newsroom.warm_up()
        newsroom.send(time.monotonic() + 1200)
        site = newsroom.profile.site
        for number in range(12):
            content = Content(headline=f"Update {number}", body=(Text(text="Seven metres."),))
            (entry,) = writing.new_entry(newsroom.room, blog, content).entries
            before = _stamps(site)
            with _timed(taken):
                release.publish(newsroom.room, entry)
                newsroom.send(time.monotonic() + 60)
            after = _stamps(site)
            files.append(sum(before.get(path) != stamp for path, stamp in after.items()))
    return [
        Figure("publish one entry into 5,000, p50", percentile(taken[2:], 50), "ms", limit=60),
        Figure("files it touches, at most", max(files), "", limit=10),
    ]


def _stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Every file with its inode and time: a file that was replaced has others."""
    found = {}
    for path in folder.rglob("*"):
        stat = path.stat()
        if path.is_file():
            found[path] = (stat.st_ino, stat.st_mtime_ns)
    return found


def _median(work: Callable[[], None], times: int = 15) -> float:
    work()
    taken: list[float] = []
    for _ in range(times):
        with _timed(taken):
            work()
    return percentile(taken, 50)


@contextmanager
def _timed(taken: list[float]) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    taken.append((time.perf_counter() - begun) * 1000)

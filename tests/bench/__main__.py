"""``make bench``: every figure the project promises, with its limit. Ratios are against a bare window of the same run.

``python -m tests.bench [start] [typing] [uploading] [store] [publishing] [sync] [links] [card] [photos] [wordpress] [slow-line]`` measures those parts only.
Nothing here fails a build: machines are noisy; the figures are read by people. The slow line takes ten minutes and is
measured only where it is asked for.
"""

from __future__ import annotations

import compileall
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import db
import editor
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.writing import new_entry
from editor.domain.ids import BlogId
from editor.newsroom import Newsroom
from editor.paths import Profile
from tests.bench.big_store import make_big_store
from tests.bench.card import measure_card
from tests.bench.figures import Figure
from tests.bench.links import measure_links
from tests.bench.photos import measure_photos
from tests.bench.slow_line import measure_slow_line
from tests.bench.store import measure_publishing, measure_store
from tests.bench.sync import measure_sync
from tests.bench.uploading import measure_uploading
from tests.bench.window import measure_start, measure_typing
from tests.bench.wordpress import measure_wordpress

SENTENCE = "The gauge under the eastern arch read seven metres when the crews came back. "
WORDS = "\n\n".join([(SENTENCE * 5).strip()] * 29)


def main(wanted: list[str]) -> int:
    """Measures and prints; 0 also when a limit was passed, which is printed as OVER."""
    parts: dict[str, Callable[[Path], list[Figure]]] = {
        "start": _start,
        "typing": _typing,
        "uploading": _uploading,
        "store": _store,
        "publishing": _publishing,
        "sync": measure_sync,
        "links": lambda folder: measure_links(),
        "card": measure_card,
        "photos": measure_photos,
        "wordpress": measure_wordpress,
        "slow-line": measure_slow_line,
    }
    for name in wanted or [each for each in parts if each != "slow-line"]:
        with tempfile.TemporaryDirectory() as folder:
            for figure in parts[name](Path(folder)):
                print(figure.line(), flush=True)
    return 0


def _start(folder: Path) -> list[Figure]:
    # As an installation has it: the bare window's modules come compiled as well.
    for package in (editor, db):
        compileall.compile_dir(Path(package.__path__[0]), quiet=1)
    make_big_store(folder / "dateline.db", largest=500)
    return measure_start(folder)


def _typing(folder: Path) -> list[Figure]:
    make_big_store(folder / "dateline.db", blogs=3, entries=300, largest=100)
    with Newsroom(Profile(folder)) as newsroom:
        blog = newsroom.views.blogs()[0].id
        new_entry(newsroom.room, blog, Content(headline="Typing", body=(Text(text=WORDS),)))
    return measure_typing(folder, WORDS)


def _uploading(folder: Path) -> list[Figure]:
    make_big_store(folder / "profile" / "dateline.db", blogs=3, entries=300, largest=100)
    return measure_uploading(folder, WORDS)


def _store(folder: Path) -> list[Figure]:
    make_big_store(folder / "dateline.db", blogs=20, entries=20_000, largest=10_000)
    return measure_store(folder, _largest(folder))


def _publishing(folder: Path) -> list[Figure]:
    make_big_store(folder / "dateline.db", blogs=1, entries=5_300, largest=5_300, sent=False)
    return measure_publishing(folder, _largest(folder))


def _largest(folder: Path) -> BlogId:
    with Newsroom(Profile(folder)) as newsroom:
        return max(newsroom.views.blogs(), key=lambda row: row.entries).id


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

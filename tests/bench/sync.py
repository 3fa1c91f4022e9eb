"""What sending costs: planning 1,000 queued entries, a pass with nothing to do, 1,000 entries to the memory backend."""

from __future__ import annotations

import random
import time
from pathlib import Path

from editor.backends.memory import Memory
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import release, writing
from editor.desk.blogs import add_blog
from editor.domain.blog import Account, Blog, Target
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.sync.backend import Backend
from editor.sync.engine import Engine
from tests.bench.figures import Figure, percentile

ENTRIES = 1_000


def measure_sync(folder: Path) -> list[Figure]:
    """The engine over the store on disk and the memory backend."""
    kind = Memory()

    def open_target(blog: Blog, target: Target, account: Account) -> Backend:
        return kind.open(blog, target, {}, "")

    with Newsroom(Profile(folder)) as newsroom:
        room = newsroom.room
        (blog,) = add_blog(room, headline="Bench").blogs
        for number in range(ENTRIES):
            content = Content(headline=f"Update {number}", body=(Text(text="Seven metres."),))
            (entry,) = writing.new_entry(room, blog, content).entries
            release.publish(room, entry)
        engine = Engine(
            newsroom.store, room.shelf, open_target, room.clock, room.ids, random.Random(1).random
        )
        planning = [_milliseconds(engine.planned) for _ in range(9)]
        delivering = _milliseconds(engine.run_pass)
        idle = [_milliseconds(engine.run_pass) for _ in range(15)]
    return [
        Figure("plan 1,000 queued entries", percentile(planning, 50), "ms", limit=50),
        Figure("deliver 1,000 entries to memory", delivering, "ms", limit=3000),
        Figure("a pass with nothing to do", percentile(idle, 50), "ms", limit=5),
    ]


def _milliseconds(work: object) -> float:
    assert callable(work)
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000

"""What a run of kills meets, by its seed: which kind of server, what goes wrong there, and the profile it begins with."""

from __future__ import annotations

import json
import random
import threading
from pathlib import Path
from typing import Any

from PIL import Image

from editor.desk.accounts import add_account, add_target
from editor.desk.blogs import LOCAL, add_blog
from editor.domain.ids import AccountId
from editor.newsroom import Newsroom
from editor.paths import Profile
from tests.wire_server.client import WireServer

SETTLE = 2
WITHIN = 1.5
"""No request lands later than this, which is less than the time that is waited for one."""
OFTEN = 0.3
"""The share of servers that lack each of what makes it easy: drafts, versions."""
SLUG = "river-watch"
FAULTS: tuple[tuple[str, str, float, dict[str, Any]], ...] = (
    ("*", "refuse", 0.012, {"seconds": 0.15}),
    ("*", "drop-before", 0.03, {}),
    ("writes", "drop-after", 0.09, {}),
    ("create", "late-apply", 0.08, {"seconds": 0.7, "within": WITHIN}),
    ("batch", "late-apply", 0.08, {"seconds": 0.7, "within": WITHIN}),
    ("*", "late-answer", 0.1, {"seconds": 0.1}),
    ("writes", "late-apply", 0.09, {"seconds": 0.3, "within": WITHIN}),
    ("writes", "late-apply", 0.05, {"seconds": 1.1, "within": WITHIN}),
    ("*", "status", 0.03, {"status": 503, "called": "503"}),
    ("*", "status", 0.01, {"status": 503, "retry_after": "1", "called": "503 retry-after"}),
    ("writes", "status", 0.06, {"status": 504, "applied": True, "called": "504 applied"}),
    ("*", "status", 0.012, {"status": 429, "retry_after": "1", "called": "429"}),
    ("*", "status", 0.02, {"status": 401, "called": "401"}),
    ("*", "portal", 0.02, {}),
    ("writes", "half", 0.04, {}),
    ("writes", "garbage", 0.02, {}),
    ("*", "hang", 0.02, {"seconds": 0.5}),
)
ONE_AT_A_TIME = threading.Lock()
"""A store is made by one thread at a time: the steps of its schema share a module of Alembic's."""


class Circumstances:
    """What of it all a run has. ``lacks`` are the server's options, ``site`` is whether a folder is written as well."""

    def __init__(self, chance: random.Random) -> None:
        options = ("--no-versions", "--no-drafts")
        self.lacks = [option for option in options if chance.random() < OFTEN]
        self.site = chance.random() < 0.25
        self.batch = chance.random() < 0.6

    def furnish(self, folder: Path, seed: int, server: WireServer) -> None:
        """A profile with a live blog that goes to the server, its keys, and photos to be taken in."""
        photos, profile = folder / "photos", folder / "profile"
        photos.mkdir()
        for shade in range(3):
            picture = Image.linear_gradient("L").resize((640 + 8 * seed, 400 + shade))
            picture.convert("RGB").save(photos / f"{shade}.jpg")
        keyring = {f"dateline/newsroom@{profile}": server.token}
        (folder / "keyring.json").write_text(json.dumps(keyring), "utf-8")
        settings = {"address": server.address, "settle": str(SETTLE)}
        settings |= {} if self.batch else {"batch": "off"}
        settings |= {option.removeprefix("--no-"): "off" for option in self.lacks}
        with ONE_AT_A_TIME, Newsroom(Profile(profile)) as newsroom:
            room = newsroom.room
            (blog,) = add_blog(room, headline="River watch").blogs
            add_account(room, kind="wire", name="newsroom", settings=settings)
            drafts = "--no-drafts" not in self.lacks
            add_target(room, blog, AccountId("newsroom"), settings={}, reviews=drafts)
            if not self.site:
                with newsroom.store.write() as tx:
                    tx.remove_account(LOCAL)


def break_often(server: WireServer) -> None:
    """From now on, a good part of what the server is asked goes wrong."""
    for kind, what, share, numbers in FAULTS:
        server.chance(kind, what, share, **numbers)

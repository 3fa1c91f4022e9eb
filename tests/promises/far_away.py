"""A profile on this side of a line, a newsroom's server on the other, and what the server's record says afterwards."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.blogs import add_blog
from editor.desk.photos import add_photo
from editor.desk.release import publish
from editor.desk.writing import new_entry
from editor.domain.ids import BlogId, EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from tests.line import a_line
from tests.line.shape import UP, Line, Shape
from tests.promises.driver import ROOT
from tests.wire_server.client import WireServer

SLUG = "river-watch"
WORDS = (
    "gauge arch metres crews street mill power bridge noon water levee pumps mayor school boats river village road shelter"
    " night volunteers sandbags doctor station bus families church roof warning north bank dam rain engineer supplies reached"
    " said closed opened carried watched rose fell moved waited called evacuated repaired flooded expects reports confirms"
    " before after behind under along against near several hundred forty last first eastern upper temporary nobody everyone"
).split()


def words(number: int, count: int = 110) -> str:
    """The text of an update, which no other is like."""
    chance = random.Random(number)
    sentences = (" ".join(chance.choices(WORDS, k=11)).capitalize() for _ in range(count // 11))
    return f"{'. '.join(sentences)}. Update {number}."


@dataclass
class Correspondent:
    """A laptop with a live blog that goes to the server, and its keys."""

    folder: Path
    line: Line
    server: WireServer
    blog: BlogId

    def write(self, number: int, *, photo: Path | None = None) -> EntryId:
        """An entry that is released and waits to be sent."""
        with Newsroom(Profile(self.folder)) as newsroom:
            text = Text(text=words(number))
            shown = () if photo is None else (add_photo(newsroom.room, photo, alt="The river"),)
            content = Content(headline=f"Update {number} from the river", body=(text, *shown))
            (entry,) = new_entry(newsroom.room, self.blog, content).entries
            publish(newsroom.room, entry)
        return entry

    def run(self, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
        """``dateline ...`` on this side of the line."""
        process = self.begin("editor", "--profile", str(self.folder), *words)
        out, err = process.communicate(told, timeout=1200)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def begin(self, *module: str) -> subprocess.Popen[str]:
        """``python -m ...`` on this side of the line, begun."""
        with self.line.near():
            return subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=ROOT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **keyring(self.folder)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )

    def still_owed(self) -> list[EntryId]:
        """The entries that are not whole at every target."""
        with Newsroom(Profile(self.folder)) as newsroom:
            return [row.entry for row in newsroom.views.outbox()]


@contextmanager
def correspondent(folder: Path, shape: Shape, **settings: str) -> Iterator[Correspondent]:
    """A correspondent at the end of a line."""
    with a_line(shape) as line:
        with line.far():
            server = WireServer(folder / "server", host=line.host)
        try:
            profile = folder / "profile"
            with Newsroom(Profile(profile)) as newsroom:
                (blog,) = add_blog(newsroom.room, headline="River watch").blogs
            yield equipped(Correspondent(profile, line, server, blog), SLUG, **settings)
        finally:
            server.close()


def equipped(laptop: Correspondent, slug: str, **settings: str) -> Correspondent:
    """The same, with an account at the server, and a live blog that goes there."""
    host, port = laptop.line.reach(laptop.server.port)
    fields = {"address": f"http://{host}:{port}/api", "plain": "on", **settings}
    told = [word for name, value in fields.items() for word in ("--set", f"{name}={value}")]
    account = laptop.run(
        *("account", "add", "wire", "newsroom", "--secret-stdin", *told), told=laptop.server.token
    )
    target = laptop.run("target", "add", slug, "newsroom")
    assert account.returncode == target.returncode == 0, account.stderr + target.stderr
    return laptop


def keyring(profile: Path) -> dict[str, str]:
    """What a program's environment needs for a keyring of its own; nothing of it goes by a proxy of this machine."""
    return {
        **{name: "" for name in os.environ if name.lower().endswith("_proxy")},
        "PYTHON_KEYRING_BACKEND": "tests.file_keyring.FileKeyring",
        "DATELINE_TEST_KEYRING": str(profile.with_name("keyring.json")),
        "PYTHONPATH": str(ROOT),
    }


@dataclass(frozen=True)
class Record:
    """What happened at the server, by its own record; moments are seconds since ``begun``."""

    begun: float
    public: dict[str, float]
    whole: dict[str, float]
    requests: list[dict[str, Any]]
    up: int

    def first(self, *kinds: str) -> float:
        """When the first request of some kinds had come whole."""
        return min((r["at"] - self.begun for r in self.of(*kinds)), default=0.0)

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        """The requests of some kinds."""
        return [each for each in self.requests if each["kind"] in kinds]


def record(laptop: Correspondent, begun: float) -> Record:
    """What happened since ``begun``. ``up`` is bytes on the line until the last text was public."""
    public: dict[str, float] = {}
    whole: dict[str, float] = {}
    for row in laptop.server.rows("shown"):
        if json.loads(row["refs"]):
            public.setdefault(row["key"], row["at"] - begun)
    for row in laptop.server.rows("version"):
        body = json.loads(row["body"])
        if row["visibility"] == "public" and body.get("text_only") is False:
            whole.setdefault(row["key"], row["at"] - begun)
    requests = [each for each in laptop.server.requests() if each["at"] >= begun]
    last = begun + max(public.values(), default=0.0)
    return Record(begun, public, whole, requests, laptop.line.passed(UP, begun, last))


def photo(folder: Path, number: int, size: tuple[int, int] = (640, 427)) -> Path:
    """A picture that no other is like, with as many bytes as photos have."""
    noise = random.Random(number).randbytes((size[0] // 8) * (size[1] // 8) * 3)
    small = Image.frombytes("RGB", (size[0] // 8, size[1] // 8), noise)
    path = folder / f"photo-{number}.png"
    small.resize(size, Image.Resampling.BICUBIC).save(path)
    return path

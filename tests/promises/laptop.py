"""A correspondent's laptop whose live blog goes to a newsroom's own server, worked with by commands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.desk.blogs import LOCAL
from editor.domain.ids import EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.views import EntryView
from tests.promises.begun import KEYRING, Lives
from tests.promises.driver import environment
from tests.wire_server.client import WireServer

SLUG = "river-watch"
SETTLE = 2
"""Seconds after which these tests' server lands nothing any more."""


@dataclass
class Ran:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Laptop:
    """A profile, a keyring, and a clock that can be set wrong. Each command is a process of its own."""

    def __init__(
        self, folder: Path, server: WireServer, lives: Lives, profile: Path | None = None
    ) -> None:
        self.folder = folder
        self.profile = profile or folder / "profile"
        self.server = server
        self.lives = lives
        self._clock = folder / "clock"
        self.set_clock(0)
        self.run("blog", "add", "--headline", "River watch")
        self.run(
            *("account", "add", "wire", "newsroom", "--secret-stdin"),
            *("--set", f"address={server.address}", "--set", f"settle={SETTLE}"),
            typed=f"{server.token}\n",
        )
        self.run("target", "add", SLUG, "newsroom")

    def leave_the_folder_out(self) -> None:
        """The blog goes to the server only: the folder with its page has tests of its own."""
        with Newsroom(Profile(self.profile)) as newsroom, newsroom.store.write() as tx:
            tx.remove_account(LOCAL)

    def set_clock(self, seconds: float) -> None:
        """Somebody sets the clock, also of a program that runs: from now on it is wrong by so many seconds."""
        aside = self._clock.with_suffix(".new")
        aside.write_text(str(seconds), "utf-8")
        aside.replace(self._clock)

    def begin(self, *words: str, typed: str = "") -> None:
        """``dateline ...``, begun."""
        self.lives.begin(
            profile=str(self.profile),
            keyring=str(self._keyring),
            clock=str(self._clock),
            stderr=str(self.folder / "stderr"),
            words=words,
            typed=typed,
        )

    def run(self, *words: str, typed: str = "", code: int | None = 0) -> Ran:
        """``dateline ...``, which ends with this code (None: any)."""
        before = len(self._stderr)
        self.begin(*words, typed=typed)
        ran = Ran(self.lives.ended(), self.lives.said, self._stderr[before:])
        assert code is None or ran.code == code, (words, ran)
        return ran

    def environment(self) -> dict[str, str]:
        """For a process that is started otherwise."""
        keys = str(self._keyring)
        return environment(PYTHON_KEYRING_BACKEND=KEYRING, DATELINE_TEST_KEYRING=keys)

    def write(self, headline: str, text: str = "水位已达七米。 وصل الماء", *words: str) -> str:
        """An entry that is released, unless ``words`` say something else; its id."""
        file = self._file(headline, text)
        ran = self.run("entry", "add", SLUG, str(file), *(words or ("--publish",)))
        return ran.out.strip()

    def correct(self, entry: str, headline: str, text: str) -> None:
        """Releases another text in the place of an entry's."""
        file = self._file(headline, text)
        self.run("entry", "edit", entry, str(file), "--correct", "It is higher.")

    def sync(self, code: int | None = 0, timeout: float = 40) -> Ran:
        """``dateline sync``."""
        return self.run("sync", "--timeout", str(timeout), code=code)

    def outbox(self) -> dict[str, str]:
        """What the outbox says of each entry at the server."""
        lines = self.run("outbox").out.splitlines()
        rows = [line.split(maxsplit=1) for line in lines if "  newsroom  " in line]
        return {row[0]: row[1] for row in rows}

    def seen(self, entry: str) -> EntryView:
        """An entry as the store has it."""
        with Newsroom(Profile(self.profile)) as newsroom:
            return newsroom.views.entry(EntryId(entry))

    def notices(self) -> list[str]:
        """What the program wants its user to know, by the problems' codes."""
        with Newsroom(Profile(self.profile)) as newsroom:
            return [each.problem.code for each in newsroom.views.notices()]

    def there(self, entry: str) -> dict[str, Any]:
        """The one object that the server shows under an entry's key."""
        (found,) = [each for each in self.server.public() if each["key"] == entry]
        return found

    def assert_once(self, *entries: str) -> None:
        """Readers see these entries, once each and never twice, and nothing else; no stray lies beside them."""
        assert sorted(each["key"] for each in self.server.public()) == sorted(entries)
        assert self.server.twice() == []
        living = [e["key"] for e in self.server.objects() if e["visibility"] != "gone"]
        assert len(living) == len(set(living))

    def creates(self, entry: str) -> int:
        """How often it was asked to make an entry."""
        return [row["key"] for row in self.server.requests("create")].count(entry)

    def _file(self, headline: str, text: str) -> Path:
        file = self.folder / "entry.md"
        facts = f"headline: {json.dumps(headline, ensure_ascii=False)}\ntime: 2026-11-22T12:00:00Z"
        file.write_text(f"---\n{facts}\n---\n\n{text}\n", "utf-8")
        return file

    @property
    def _keyring(self) -> Path:
        return self.folder / "keyring.json"

    @property
    def _stderr(self) -> str:
        told = self.folder / "stderr"
        return told.read_text("utf-8") if told.exists() else ""

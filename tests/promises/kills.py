"""One run of many kills: a server that breaks, a profile, and lives of the program that end by ``kill -9``.

``python -m tests.promises.kills FOLDER --seeds 1-20`` does some and tells what was hit.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from editor.content.entry import digest
from editor.desk.outbox import retry_all
from editor.domain.ids import EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.sync.delivery import Visibility
from tests.promises import reader_page
from tests.promises.begun import KEYRING, Lives
from tests.promises.circumstances import SLUG, WITHIN, Circumstances, break_often
from tests.promises.driver import LONG, ROOT, environment, wait_for
from tests.promises.known import Book
from tests.wire_server.client import WireServer

_ORPHANED = re.compile(
    r'Traceback \(most recent call last\):\n(?:  File "<string>", .*\n)'
    r'(?:  File "[^"]*multiprocessing/spawn\.py", .*\n(?: {4}.*\n)+)+'
    r"(?:EOFError|_pickle\.UnpicklingError|BrokenPipeError|ConnectionResetError): .*\n"
)
"""What a photo process says that was being begun when the program was killed: nobody was left to tell it its work."""

ANSWERED, UNANSWERED, OTHER, COMMIT, ELSEWHERE = HITS = (
    "hit: a write that was answered and not settled yet",
    "hit: a write without an answer",
    "hit: another request (photo, look, list)",
    "hit: an act's commit",
    "hit: elsewhere",
)


class Run:
    """A seed's run. ``tally`` counts what the kills hit and which faults there were."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        self.profile = folder / "profile"
        self.tally: Counter[str] = Counter()
        self.book = Book()
        self._chance = random.Random(f"kills-{seed}")
        self._about = Circumstances(self._chance)
        self._killed_at = 0.0
        folder.mkdir(parents=True)
        self.server = WireServer(folder / "server", *self._about.lacks)
        self.lives = Lives(folder, self.book.hears)
        self._about.furnish(folder, seed, self.server)

    def go(self, kills: int) -> None:
        """The kills, each with its checks, and the end."""
        try:
            self.server.order("seed", seed=self.seed)
            break_often(self.server)
            number = 0
            while self.tally["kills"] < kills:
                assert number < 3 * kills, "it ends before it can be killed"
                number += 1
                if self._chance.random() < 0.1:
                    kind = self._chance.choice(("update", "writes"))
                    self.server.fault(kind, "status", status=409, times=4, called="409")
                if number == kills // 2:
                    self._command_until_killed()
                else:
                    self._live_until_killed(number)
                self._check()
            self.server.heal()
            self._finish()
        except BaseException:
            line = f"KILLS={kills} KILL_SEED={self.seed} pytest tests/promises -k random_moment"
            print(f"\nto replay: {line}\nkept: {self.folder}", flush=True)
            raise
        finally:
            self.lives.close()
            self._count_faults()
            self.server.close()

    def _begin(self, number: str, acts: int, **more: Any) -> None:
        self.lives.begin(
            profile=str(self.profile),
            keyring=str(self.folder / "keyring.json"),
            photos=str(self.folder / "photos"),
            stderr=str(self.folder / "stderr"),
            seed=f"{self.seed}-{number}",
            acts=acts,
            **more,
        )

    def _live_until_killed(self, number: int) -> None:
        """A life, and its end at a moment of chance: after a request came, after an act began, or at any time."""
        chance = self._chance
        requests, acts = self.server.seen(), self.lives.acts
        how = chance.choices(("request", "act", "time"), weights=(6, 3, 1))[0]
        if chance.random() < 0.15:
            how = "request"
            self._begin(str(number), 0, words=["sync", "--timeout", "30"])
            self.tally["lives: dateline sync"] += 1
        else:
            self._begin(str(number), 60)
            self.tally["lives: writing, and the worker"] += 1
        nth = chance.randint(0, 9)
        if how == "request":
            self.server.seen(after=requests + nth, seconds=1.5)
        elif how == "act":
            self.lives.until("an act", lambda: self.lives.acts > acts + nth, 1.5)
        else:
            time.sleep(chance.uniform(0, 0.5))
        time.sleep(chance.uniform(0, chance.choice((0.006, 0.06))))
        self._killed_at = time.time()
        self.tally["kills"] += self.lives.kill()
        self.tally[f"aimed at: {how}"] += 1

    def _command_until_killed(self) -> None:
        """The same with the command as a user types it."""
        with Newsroom(Profile(self.profile)) as newsroom:
            rows = newsroom.views.outbox()
            retry_all(newsroom.room, [(row.entry, row.target) for row in rows])
        requests = self.server.seen()
        keyring = {"DATELINE_TEST_KEYRING": str(self.folder / "keyring.json")}
        process = subprocess.Popen(
            [sys.executable, "-m", "editor", "--profile", str(self.profile), "sync"],
            cwd=ROOT,
            env=environment(PYTHON_KEYRING_BACKEND=KEYRING, **keyring),
            stdout=subprocess.DEVNULL,
        )
        self.server.seen(after=requests + self._chance.randint(0, 3), seconds=4.0)
        time.sleep(self._chance.uniform(0, 0.02))
        self._killed_at = time.time()
        process.kill()
        self.tally["kills"] += process.wait(LONG) == -signal.SIGKILL
        self.tally["lives: python -m editor sync"] += 1

    def _check(self) -> None:
        """After a kill: what was acknowledged is there, and readers see each entry once, in an approved form."""
        asked = self.server.rows("request")[-1:]
        begun = self.book.begun
        with Newsroom(Profile(self.profile)) as newsroom:
            with newsroom.store.read() as tx:
                flying = tx.ops_in_flight()
            done = self.book.look(newsroom)
        if flying:
            answered = asked and asked[0]["status"] in (200, 201, 204)
            self.tally[ANSWERED if answered else UNANSWERED] += 1
        elif asked and asked[0]["at"] > self._killed_at - 0.005:
            self.tally[OTHER] += 1
        else:
            self.tally[COMMIT if begun is not None else ELSEWHERE] += 1
        if begun is not None:
            self.tally[f"acts cut off: {'kept whole' if done else 'not begun'}"] += 1
        self._check_readers()

    def _check_readers(self) -> None:
        assert self.server.twice() == [], "public twice"
        strange = self.server.ever_public() - self.book.may_be_public()
        assert not strange, f"readers saw what nobody approved: {strange}"
        assert self.server.ever_without_photos() == []

    def _finish(self) -> None:
        """The network is well again: all that was released is there, once, as it was released last."""
        wait_for("the server is back", lambda: self.server.seen() >= 0)
        time.sleep(WITHIN)
        self._begin("end", 0)
        assert self.lives.ended() == 0, "the last life failed"
        with Newsroom(Profile(self.profile)) as newsroom:
            self.book.look(newsroom)
            assert newsroom.views.outbox() == (), newsroom.views.outbox()
            told = [each.problem for each in newsroom.views.notices()]
            assert told == [], f"nobody else wrote there: {told}"
            shown = self._shown(newsroom)
        self._check_readers()
        public = {each["key"]: each["digest"] for each in self.server.public()}
        assert public == shown, "what was released is public, and nothing else"
        living = Counter(e["key"] for e in self.server.objects() if e["visibility"] != "gone")
        assert set(living.values()) <= {1}, "no strays are left"
        sent = {
            (row["key"], json.loads(row["body"])["digest"]) for row in self.server.rows("version")
        }
        strange = sent - self.book.may_leave()
        assert not strange, f"this was neither submitted nor released: {strange}"
        files = {f["name"] for each in self.server.public() for f in each.get("media", [])}
        assert files <= set(self.server.media()), "a photo is missing"
        self._check_log()
        if self._about.site:
            folder = self.profile / "site" / SLUG
            reader_page.assert_whole(folder)
            listed = reader_page.listed(folder)
            assert set(listed.values()) <= {1}, "twice on the page"
            taken = {entry for entry, known in self.book.entries.items() if known.withdrawn}
            assert set(listed) - taken == set(shown), "on the page, but for notices of what is gone"
        self.tally["entries"] += len(self.book.entries)
        self.tally["acts"] += self.book.acts

    def _shown(self, newsroom: Newsroom) -> dict[str, str]:
        """What readers shall see, by what was acknowledged; a schedule that was recalled is not among it."""
        shown = {}
        for entry, known in self.book.entries.items():
            about = newsroom.views.entry(EntryId(entry))
            wanted = {row.wanted.visibility for row in about.deliveries}
            if known.approved and not known.withdrawn:
                assert wanted == {Visibility.PUBLIC}, entry
                shown[entry] = known.approved[-1]
                assert all(row.held.digest == shown[entry] for row in about.deliveries)
        assert all(digest(newsroom.views.entry(EntryId(e)).content) for e in shown)
        return shown

    def _check_log(self) -> None:
        said = _ORPHANED.sub("", (self.folder / "stderr").read_text("utf-8"))
        log = Profile(self.profile).log
        lines = log.read_text("utf-8").splitlines() if log.exists() else []
        stray = [line for line in lines if " INFO " not in line and " DEBUG " not in line]
        assert (said, stray) == ("", []), f"{said}\n{stray}"

    def _count_faults(self) -> None:
        for row in self.server.rows("request"):
            self.tally[f"requests: {row['kind']}"] += 1
            if row["fault"]:
                self.tally[f"fault: {row['fault']}"] += 1


def run_all(folder: Path, seeds: range, kills: int, at_once: int = 4) -> Counter[str]:
    """Runs of these seeds, some at a time; what all of them counted."""
    with ThreadPoolExecutor(at_once) as pool:
        runs = pool.map(lambda seed: _one(folder / f"seed-{seed}", seed, kills), seeds)
        return sum(runs, Counter())


def _one(folder: Path, seed: int, kills: int) -> Counter[str]:
    run = Run(folder, seed)
    run.go(kills)
    return run.tally


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.promises.kills", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", default="1-20")
    parser.add_argument("--kills", type=int, default=15, help="in each run")
    parser.add_argument("--at-once", type=int, default=4)
    arguments = parser.parse_args()
    first, _, last = arguments.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    begun = time.monotonic()
    tally = run_all(arguments.folder, seeds, arguments.kills, arguments.at_once)
    for name, count in sorted(tally.items()):
        print(f"{count:7} {name}")
    print(f"{time.monotonic() - begun:7.0f} seconds")


if __name__ == "__main__":
    main()

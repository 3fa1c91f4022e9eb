"""What somebody does at the program, without its window: types, takes photos, submits, publishes, corrects, withdraws.

The worker sends meanwhile, as it does beside the window. Before each act it is told, and after it that it was done:
only what was told as done was acknowledged.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from editor.content.blocks.text import Text
from editor.content.entry import Content, digest, without_photos
from editor.desk import release, writing
from editor.desk.accounts import signed_in
from editor.desk.blogs import LOCAL
from editor.desk.outbox import retry_all
from editor.desk.photos import add_photo
from editor.domain.blog import AccountState
from editor.domain.entry import Kind, Stage
from editor.domain.ids import EntryId
from editor.newsroom import Newsroom
from editor.problems import Refused
from editor.views import EntryView
from tests.promises.lives import tell

WORDS = (
    "The water is at seven metres.",
    "المياه وصلت إلى الجسر القديم",
    "آب به پل قدیمی رسید؛ می‌روند",
    "המים הגיעו לגשר הישן",
    "水位已达七米，桥已封闭。",
    "पुल बंद है, पानी बढ़ रहा है",
    "🌊 the 👩🏽‍🚒 is there",
    "Ze\u0301le\u0301nˇy\u0301 most, A\u030angstro\u0308m",
)
MOST = 9
"""Entries of a run."""
ACTS = {
    "type": 34,
    "photo": 4,
    "submit": 6,
    "publish": 16,
    "correct": 14,
    "withdraw": 2,
    "recall": 2,
    "retry": 16,
    "pull": 2,
}


class Writer:
    """One life of the program, and what is done in it."""

    def __init__(self, newsroom: Newsroom, order: dict[str, Any]) -> None:
        self._newsroom = newsroom
        self._room = newsroom.room
        self._chance = random.Random(order["seed"])
        self._photos = sorted(Path(order["photos"]).iterdir())
        self._acts = order["acts"]
        self._number = 0

    def live(self) -> None:
        """Acts, or, where there is nothing more to do, sees to it that everything is sent."""
        self._newsroom.watch_the_outbox(lambda state: None)
        tell(alive=True)
        for _ in range(self._acts):
            self._act()
            time.sleep(self._chance.choice((0, 0, 0.004, 0.02, 0.06)))
        if self._acts:
            time.sleep(10)
        else:
            self._finish()

    def _act(self) -> None:
        self._sign_in()
        (act,) = self._chance.choices(list(ACTS), weights=list(ACTS.values()))
        entries = self._entries()
        if act == "retry":
            self._retry()
        elif act == "pull":
            self._newsroom.pull_soon()
        elif not entries or (act == "type" and len(entries) < MOST and self._chance.random() < 0.3):
            self._begin()
        else:
            self._to(act, self._newsroom.views.entry(self._chance.choice(entries)))

    def _entries(self) -> tuple[EntryId, ...]:
        views = self._newsroom.views
        found = views.timeline(views.blogs()[0].id)
        return tuple(row.id for row in views.rows(found) if row.stage is not Stage.WITHDRAWN)

    def _begin(self) -> None:
        """A new entry, its id chosen before, so that it is known what was begun."""
        entry = EntryId(self._room.ids.fresh())
        blog = self._newsroom.views.blogs()[0].id
        content = Content(
            headline=f"{self._chance.choice(WORDS)} {self._mark()}",
            time=datetime(2026, 11, 22, 12, tzinfo=UTC),
            body=(Text(text=self._words()),),
        )
        self._do(
            "type",
            entry,
            content,
            lambda: writing.new_entry(self._room, blog, content, entry=entry),
        )

    def _to(self, act: str, about: EntryView) -> None:
        room, entry, content = self._room, about.entry.id, about.content
        shown = digest(content)
        match act:
            case "type":
                self._type(entry, content)
            case "photo":
                self._add_photo(entry, content)
            case "submit":
                self._do(act, entry, content, lambda: release.submit(room, entry))
            case "publish":
                self._do(act, entry, content, lambda: release.publish(room, entry, shown=shown))
            case "correct":
                if not about.is_draft:
                    content = self._type(entry, content)
                    shown = digest(content)
                kind = self._chance.choice((Kind.CORRECTION, Kind.TYPO, Kind.UPDATE))
                self._do(
                    act,
                    entry,
                    content,
                    lambda: release.correct(room, entry, kind, "It is higher.", shown=shown),
                )
            case "withdraw":
                self._do(act, entry, content, lambda: release.withdraw(room, entry, "Not so."))
            case _:
                self._do(act, entry, content, lambda: release.recall(room, entry))

    def _type(self, entry: EntryId, content: Content) -> Content:
        """A few words more, saved a few times, as autosave does."""
        for _ in range(self._chance.randint(1, 3)):
            first, *rest = content.body
            text = f"{first.text} {self._words()}"[-400:]
            content = replace(content, body=(Text(text=text), *rest))
            self._save(entry, content)
        return content

    def _add_photo(self, entry: EntryId, content: Content) -> None:
        photo = add_photo(self._room, self._chance.choice(self._photos), alt=self._mark())
        self._save(entry, replace(content, body=(content.body[0], photo)))

    def _save(self, entry: EntryId, content: Content) -> None:
        self._do("type", entry, content, lambda: writing.save_draft(self._room, entry, content))

    def _do(self, act: str, entry: EntryId, content: Content, call: Callable[[], object]) -> None:
        self._number += 1
        told = {"digest": digest(content), "bare": digest(without_photos(content))}
        tell(begun=self._number, act=act, entry=entry, **told)
        try:
            call()
        except Refused as refused:
            tell(refused=self._number, codes=[problem.code for problem in refused.problems])
        else:
            tell(done=self._number)

    def _retry(self) -> None:
        """*Retry now*."""
        rows = self._newsroom.views.outbox()
        retry_all(self._room, [(row.entry, row.target) for row in rows])
        self._newsroom.wake()

    def _sign_in(self) -> None:
        for row in self._newsroom.views.accounts():
            if row.state is AccountState.SIGN_IN:
                signed_in(self._room, row.id)

    def _finish(self) -> None:
        """Somebody comes back to a network that works."""
        views, blog = self._newsroom.views, self._newsroom.views.blogs()[0].id
        targets = [each.id for each in views.targets(blog) if each.account != LOCAL]
        while True:
            self._sign_in()
            with self._room.store.read() as tx:
                quiet = all(tx.watch(target).sweep is None for target in targets)
            if quiet and not views.outbox():
                return
            self._retry()
            time.sleep(0.3)

    def _mark(self) -> str:
        return f"{self._chance.getrandbits(48):012x}"

    def _words(self) -> str:
        return f"{self._chance.choice(WORDS)} {self._mark()}."

"""A profile whose outbox has a row in every state, put into the store as sync would leave them. For pictures and tests."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from editor.content.block import Block
from editor.content.blocks.photo import Photo
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import accounts, blogs, release, writing
from editor.domain.blog import AccountState
from editor.domain.entry import Stage
from editor.domain.ids import AccountId, EntryId, TargetId
from editor.ports import Room
from editor.problems import Problem
from editor.sync.delivery import Delivery, Held, OpState, Phase, Visibility
from editor.sync.records import Act, LogLine, Notice, Watch
from editor.sync.report import Sending

WITH_PHOTO = ("Volunteers on the embankment", "Water reaches the old bridge")
PLACES = ("newsroom.example", "partner.example", "archive.example", "mirror.example")


class Outbox:
    """Fills a room. ``photo`` is given to the entries that have one."""

    def __init__(self, room: Room, photo: Photo | None = None) -> None:
        self.room = room
        self.photo = photo
        self.now = room.clock.now()
        (self.blog,) = blogs.add_blog(
            room, headline="Flood in the delta", timezone="Europe/Budapest"
        ).blogs
        self.entries: dict[str, EntryId] = {}
        self.targets: dict[str, TargetId] = {}

    def at(self, minutes: float) -> datetime:
        """So many minutes from now."""
        return self.now + timedelta(minutes=minutes)

    def places(self) -> None:
        """Four servers beside the folder on this laptop; nothing goes to the folder here."""
        with self.room.store.read() as tx:
            self.targets["site"] = tx.targets(self.blog)[0].id
        for name in PLACES:
            address = {"address": f"https://{name}"}
            accounts.add_account(self.room, kind="wordpress", name=name, settings=address)
            accounts.add_target(self.room, self.blog, AccountId(name), settings={})
            with self.room.store.read() as tx:
                found = (t.id for t in tx.targets(self.blog) if t.name == name)
                self.targets[name] = next(found)

    def entry(self, headline: str, *, published: float | None = None) -> EntryId:
        """A released entry that no target has a row for yet."""
        body: tuple[Block, ...] = (Text(text=f"What we know of {headline}."),)
        if self.photo is not None and headline in WITH_PHOTO:
            body = (*body, self.photo)
        content = Content(headline=headline, body=body)
        (entry,) = writing.new_entry(self.room, self.blog, content).entries
        release.publish(self.room, entry)
        with self.room.store.write() as tx:
            for delivery in tx.deliveries(entry):
                done = Held(
                    revision=delivery.wanted.revision, visibility=delivery.wanted.visibility
                )
                tx.put_delivery(replace(delivery, held=done, phase=Phase.DONE))
            if published is not None:
                kept = replace(tx.entry(entry), stage=Stage.PUBLISHED, published=self.at(published))
                tx.put_entry(kept)
        self.entries[headline] = entry
        return entry

    def row(
        self,
        headline: str,
        place: str = "newsroom.example",
        *,
        held: Visibility = Visibility.NONE,
        text_only: bool = False,
        published: float | None = None,
        not_before: float | None = None,
        visibility: Visibility = Visibility.PUBLIC,
        **facts: object,
    ) -> EntryId:
        """An entry with a row in the outbox."""
        entry = self.entry(headline, published=published)
        with self.room.store.write() as tx:
            found = tx.delivery(entry, self.targets[place])
            assert found is not None
            revision = found.wanted.revision if text_only else None
            there = Held(revision=revision, visibility=held, ref="7" if held else "")
            there = replace(there, text_only=text_only)
            wanted = replace(found.wanted, visibility=visibility)
            if not_before is not None:
                wanted = replace(wanted, not_before=self.at(not_before))
            made: Delivery = replace(found, wanted=wanted, held=there, phase=Phase.PENDING)
            tx.put_delivery(replace(made, **facts))
        return entry

    def every_state(self) -> Sending:
        """A row in each state, the news and the question; returns what the worker would be sending."""
        self.places()
        public = Visibility.PUBLIC
        changed = Problem(code="remote-changed")
        self.row(
            "Shelter opens in the school on the hill",
            held=public,
            published=-34,
            phase=Phase.CONFLICT,
            problem=changed,
        )
        gone = Problem(code="remote-gone")
        self.row("Ferry runs again", phase=Phase.CONFLICT, problem=gone)
        refused = Problem(code="web-too-large", detail={"host": "newsroom.example"})
        self.row("Sandbags reach the market", phase=Phase.REFUSED, problem=refused)
        self.row("Gauge 7 passes the 1998 mark", "partner.example")
        sending = self.row("Water reaches the old bridge")
        self.row("Second convoy leaves for the coast", phase=Phase.IN_DOUBT, next_try=self.at(7))
        self.row("Rail line closed between the two cities", held=public, published=-30)
        desk = Visibility.DESK
        self.row("Mayor: no second evacuation tonight", held=desk, visibility=desk)
        photos = self.row(
            "Volunteers on the embankment", held=public, published=-30, text_only=True
        )
        self.row("The evening briefing", not_before=200)
        self.row("What we know so far", "archive.example")
        failed = Problem(code="web-unwell", detail={"host": "newsroom.example", "status": 503})
        self.row("وصل الماء إلى الجسر القديم", problem=failed, next_try=self.at(3))
        self.row("Power is back in four districts")
        with self.room.store.write() as tx:
            tx.set_account_state(AccountId("partner.example"), AccountState.SIGN_IN)
            tx.put_gate("archive.example", self.at(20))
            tx.put_watch(Watch(target=self.targets["mirror.example"], emptied=12))
            tx.add_notice(
                Notice(
                    at=self.at(-2),
                    problem=Problem(code="target-emptied", detail={"count": 12, "all": 14}),
                    target=self.targets["mirror.example"],
                )
            )
            for code, entry in (("desk-merged", photos), ("desk-text-replaced", sending)):
                problem = Problem(code=code)
                target = self.targets["newsroom.example"]
                tx.add_notice(Notice(at=self.at(-9), problem=problem, entry=entry, target=target))
        self.log(self.entries["Second convoy leaves for the coast"])
        target = self.targets["newsroom.example"]
        return Sending(entry=sending, target=target, done=120_000, bytes=412_000)

    def log(self, entry: EntryId) -> None:
        """The requests of a bad afternoon."""
        target = self.targets["newsroom.example"]
        lines = (
            (-14, Act.PHOTO, OpState.CONFIRMED, 201, "9f2c4e17", 412_307, 31.4, None, ""),
            (-12, Act.CREATE, OpState.VOID, 503, "9f2c51aa", 2_114, 1.2, 1, "web-unwell"),
            (-10, Act.CREATE, OpState.VOID, 0, "", 0, 10.0, 2, "web-unreached"),
            (-7, Act.CREATE, OpState.AMBIGUOUS, 0, "", 2_114, 30.0, 7, "web-unanswered"),
            (-3, Act.LOOK, OpState.VOID, 429, "9f2c77b0", 0, 0.4, 20, "web-busy"),
        )
        with self.room.store.write() as tx:
            for minutes, act, outcome, status, name, sent, took, again, code in lines:
                tx.log(
                    LogLine(
                        entry=entry,
                        target=target,
                        at=self.at(minutes),
                        act=act,
                        outcome=outcome.value,
                        status=status,
                        request_id=name,
                        sent=sent,
                        took=took,
                        next_try=None if again is None else self.at(again),
                        code=code,
                    )
                )

"""A target as the world sees it: the true state of the system, when each change was made, and its desk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace as with_fields

from editor.backends.memory import MemoryBlog, Stored
from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.domain.ids import EntryId, TargetId
from editor.sync.delivery import Visibility
from tests.sync.world.systems import System

if TYPE_CHECKING:
    from tests.sync.world.world import World

SEEN = (Visibility.PUBLIC, Visibility.DESK)


@dataclass
class Place:
    """One target's place on its server. ``stamps`` say when each version in its history was made."""

    world: World
    target: TargetId
    name: str
    system: System
    blog: MemoryBlog
    stamps: list[datetime] = field(default_factory=list)
    told: dict[tuple[str, int], datetime] = field(default_factory=dict)
    looked: dict[EntryId, bool] = field(default_factory=dict)
    emptied: bool = False
    heard: tuple[int, int] = (0, 0)
    touched: set[EntryId] = field(default_factory=set)

    def stamp(self, now: datetime) -> None:
        """Takes note of what was just written."""
        self.stamps += [now] * (len(self.blog.history) - len(self.stamps))

    def seen(self) -> int:
        """How many versions lists show by now."""
        if not self.system.lag:
            return len(self.stamps)
        until = self.world.clock.time - timedelta(seconds=self.system.lag)
        return sum(stamp <= until for stamp in self.stamps)

    def is_listed(self, ref: str) -> bool:
        """Whether look-ups by key and lists show the object by now."""
        if not self.system.lag:
            return True
        return any(each.ref == ref for each in self.blog.history[: self.seen()])

    def read(self, entry: EntryId) -> None:
        """The laptop is told how an entry stands."""
        self.world.rules.told(self, entry)
        for each in self.blog.of(entry):
            self.told.setdefault((each.ref, each.version), self.world.clock.time)

    def knows(self, stored: Stored) -> bool:
        """Whether the laptop was told of this version when it looked last."""
        return (stored.ref, stored.version) in self.told

    def told_at(self, stored: Stored) -> datetime:
        """When that was."""
        return self.told[stored.ref, stored.version]


@dataclass
class RemoteDesk:
    """Editors who work in the publishing system itself."""

    world: World
    place: Place

    def act(self) -> None:
        """They do something. Where a system can neither tell of it nor refuse an old version, nobody is to edit."""
        rng = self.world.random
        if not self.place.system.pulls and not self.place.system.versions:
            return
        blog = self.place.blog
        there = [each for each in blog.objects.values() if each.visibility in SEEN]
        # an editor who opens one of two copies is no fault of ours
        there = [each for each in there if sum(o.entry == each.entry for o in there) == 1]
        if not there:
            return
        chosen = rng.choice(there)
        what = rng.random()
        if what < 0.62:
            self.write(chosen, self._edited(chosen.content))
        elif what < 0.72:
            old = [
                each
                for each in blog.history
                if each.ref == chosen.ref and not each.author and self._has_photos(each)
            ]
            self.write(chosen, rng.choice(old).content if old else chosen.content, ours=True)
        elif what < 0.88:
            public = chosen.visibility is Visibility.PUBLIC
            self.show(chosen, Visibility.DESK if public else Visibility.PUBLIC)
        elif what < 0.97:
            self.take(chosen, for_good=rng.random() < 0.3)
        else:
            self.wipe(for_good=rng.random() < 0.5)

    def _has_photos(self, stored: Stored) -> bool:
        return self.world.rules.names(stored.content, stored.digest) <= self.place.blog.media.keys()

    def _edited(self, content: Content) -> Content:
        """Now and then they take a photo out: it may endanger somebody."""
        texts = tuple(block for block in content.body if isinstance(block, Text))
        if len(texts) < len(content.body) and self.world.random.random() < 0.2:
            return with_fields(content, body=texts)
        return edited(self.world, content)

    def write(self, stored: Stored, content: Content, *, ours: bool = False) -> None:
        """They write another text, or bring back one of ours."""
        if content == stored.content:
            return
        self.world.counts["desk wrote"] += 1
        self.world.rules.written_over(self.place, stored)
        if ours:
            self.world.rules.desk_restored(self.place, stored, content)
        else:
            self.world.rules.desk_wrote(stored.entry, content)
        returned = self.world.rules.returned
        if (stored.entry, stored.digest) in returned:
            # what they make of a text that they brought back is brought back as well
            returned.add((stored.entry, digest(content)))
        self._keep(stored, "wrote", content=content, digest=digest(content))

    def show(self, stored: Stored, visibility: Visibility) -> None:
        """They publish it, or take it back into the desk."""
        if visibility is Visibility.DESK and not self.place.system.drafts:
            return
        if visibility is Visibility.PUBLIC and not self._has_photos(stored):
            return
        self.world.counts[f"desk showed {visibility.value}"] += 1
        if visibility is Visibility.PUBLIC:
            self.world.rules.allow(stored.entry, stored.content)
        self._keep(stored, f"showed to {visibility.value}", visibility=visibility)

    def take(self, stored: Stored, *, for_good: bool) -> None:
        """They bin it, or remove it altogether."""
        self.world.counts["desk took away"] += 1
        self.world.rules.taken_away(self.place, stored)
        if for_good:
            self.world.tell("desk at", self.place.name, "removed", stored.entry, stored.ref)
            self.place.touched.add(stored.entry)
            self.world.rules.removed(self.place, stored.entry)
            del self.place.blog.objects[stored.ref]
        else:
            self._keep(stored, "binned", visibility=Visibility.GONE)

    def wipe(self, *, for_good: bool) -> None:
        """Somebody empties the blog."""
        self.world.counts["desk wiped"] += 1
        for each in list(self.place.blog.objects.values()):
            if each.visibility in SEEN:
                self.take(each, for_good=for_good)

    def _keep(self, stored: Stored, what: str, **changes: object) -> None:
        name = self.place.name
        text = next((str(each)[:60] for each in changes.values()), "")
        self.world.tell("desk at", name, what, stored.entry, f"ref {stored.ref}", text)
        changed = replace(
            stored,
            version=stored.version + 1,
            author="Desk",
            **changes,  # type: ignore[arg-type]
        )
        self.place.touched.add(stored.entry)
        self.place.blog.keep(changed)
        self.place.stamp(self.world.clock.time)
        self.world.rules.look(self.place)


def edited(world: World, content: Content) -> Content:
    """A content as an editor leaves it: another headline, another paragraph, or one more, or one less."""
    rng = world.random
    body = list(content.body)
    texts = [number for number, block in enumerate(body) if isinstance(block, Text)]
    what = rng.random()
    if what < 0.25 or not texts:
        return with_fields(content, headline=world.words())
    if what < 0.8:
        body[rng.choice(texts)] = Text(text=world.words())
    elif what < 0.9 or len(texts) < 2:
        body.insert(rng.randint(0, len(body)), Text(text=world.words()))
    else:
        del body[rng.choice(texts)]
    return with_fields(content, body=tuple(body))

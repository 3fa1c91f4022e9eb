"""The sample live blog: a day at a river in flood, as entry files of the program's own and photos it paints itself.

The files tell one day; the sample moves that day so that its newest entry was begun a minute ago. Nobody in it is real.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import Any, assert_never

from msgspec import UNSET
from msgspec.structs import replace

from editor.content.block import PhotoFile
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.content.entry_file import read_file
from editor.desk.blogs import add_blog
from editor.desk.photos import add_photo, keep_photos
from editor.desk.release import correct, publish, send_back, submit, withdraw
from editor.desk.writing import new_entry, save_draft
from editor.domain.entry import Kind
from editor.domain.ids import BlogId, EntryId
from editor.paths import resources
from editor.ports import Clock, Room
from editor.problems import refuse

SLUG = "flood-in-the-delta"
_FOLDER = Path("samples", "flood")
_ZONE = "Europe/Budapest"
_MINUTE = timedelta(minutes=1)
_PAINTERS = 4
_PICTURES = ("image/webp",)


class Fate(Enum):
    """What becomes of an entry of the sample."""

    PUBLISHED = auto()
    DRAFT = auto()
    SUBMITTED = auto()
    RETURNED = auto()
    SCHEDULED = auto()
    CORRECTED = auto()
    WITHDRAWN = auto()


_FATES: Mapping[str, Fate] = {
    "1215-ferry-stops": Fate.WITHDRAWN,
    "1244-river-authority-raises-the-alert-to-red": Fate.CORRECTED,
    "1340-rail-line-closed": Fate.RETURNED,
    "1357-mayor-no-second-evacuation": Fate.SUBMITTED,
    "1409-night-shift-of-volunteers": Fate.SUBMITTED,
    "1425-evening-briefing": Fate.SCHEDULED,
    "1432-water-reaches-the-old-bridge": Fate.DRAFT,
}
_RETURNED = "Name the operator, please."
_WITHDRAWN = "The report was about another river; the ferry on the lower arm is running."
_RIGHT, _WRONG = "1998", "1989"
_CORRECTED = f"an earlier version gave the year as {_WRONG}."


def make_sample(room: Room, *, slug: str = SLUG) -> BlogId:
    """Makes the sample live blog, photos and all, and returns its id.

    Slow: paints and takes in its photos, never to be called on the UI thread. Raises ``Refused``: ``slug-taken``, and
    what ``add_blog`` and ``add_photo`` raise.
    """
    with room.store.read() as tx:
        if tx.blog_by_slug(slug):
            raise refuse("slug-taken", field="slug", slug=slug)
    told = _told(room)
    now = room.clock.now()
    begun = _at(room, min(content.time or now for content in told.values()) - 20 * _MINUTE)
    (blog,) = add_blog(
        begun,
        headline="Flood in the delta",
        standfirst=(
            "Four districts are without power and two shelters are open; "
            "the peak is expected after midnight."
        ),
        byline="The newsroom’s field team and desk",
        language="en",
        timezone=_ZONE,
        slug=slug,
    ).blogs
    for name, content in told.items():
        _tell(room, blog, content, _FATES.get(name, Fate.PUBLISHED))
    return blog


def _told(room: Room) -> dict[str, Content]:
    """The sample's entries by their files' names, in order, their day moved to end a minute ago."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(_ZONE)
    photos = _photos(room)
    told = {
        path.stem: read_file(path, find_photo=photos.__getitem__, zone=zone)[0]
        for path in sorted((resources() / _FOLDER).glob("*.md"))
    }
    keep_photos(room, (), told.values(), _PICTURES)
    newest = max(content.time for content in told.values() if content.time)
    by = (room.clock.now() - _MINUTE).replace(second=0, microsecond=0) - newest

    def moved(time: datetime | None) -> datetime | None:
        return (time + by).astimezone(zone) if time else None

    def block(value: Any) -> Any:
        if isinstance(value, Social):
            times = {
                name: getattr(value, name) for name in ("posted", "captured", "edited", "gone")
            }
            return replace(value, **{name: moved(at) for name, at in times.items() if at})
        if isinstance(value, Quote) and value.said:
            return replace(value, said=moved(value.said) or UNSET)
        return value

    return {
        name: replace(content, time=moved(content.time), body=tuple(map(block, content.body)))
        for name, content in told.items()
    }


def _photos(room: Room) -> Mapping[str, PhotoFile]:
    """The sample's photos by the path that its files give: painted side by side, taken in one by one."""
    from editor.media.paintings import PAINTINGS, write_painting

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(_PAINTERS) as painters:
        paths = painters.map(lambda name: write_painting(name, Path(folder)), PAINTINGS)
        taken = [(path, add_photo(room, path, protect=True, mimes=_PICTURES)) for path in paths]
    return {
        f"photos/{path.name}": PhotoFile(asset=photo.asset, width=photo.width, height=photo.height)
        for path, photo in taken
    }


def _tell(room: Room, blog: BlogId, content: Content, fate: Fate) -> None:
    """Writes an entry and lets happen to it what shall, at the times at which it would have."""
    time = content.time or room.clock.now()
    first = replace(content, body=_wrong(content.body)) if fate is Fate.CORRECTED else content
    (entry,) = new_entry(_at(room, time), blog, first).entries
    soon, later = _at(room, time + _MINUTE), _at(room, time + 14 * _MINUTE)
    match fate:
        case Fate.DRAFT:
            pass
        case Fate.PUBLISHED:
            publish(soon, entry)
        case Fate.SUBMITTED:
            submit(soon, entry)
        case Fate.RETURNED:
            submit(soon, entry)
            send_back(later, entry, _RETURNED)
        case Fate.SCHEDULED:
            publish(soon, entry, at=_next_hour(room))
        case Fate.CORRECTED:
            publish(soon, entry)
            _correct(later, entry, content)
        case Fate.WITHDRAWN:
            publish(soon, entry)
            withdraw(later, entry, _WITHDRAWN)
        case _:
            assert_never(fate)


def _correct(room: Room, entry: EntryId, content: Content) -> None:
    save_draft(room, entry, content)
    correct(room, entry, Kind.CORRECTION, _CORRECTED)


def _wrong(body: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        replace(block, text=block.text.replace(_RIGHT, _WRONG))
        if isinstance(block, Text)
        else block
        for block in body
    )


def _next_hour(room: Room) -> datetime:
    now = room.clock.now()
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=3)


class _StoppedClock:
    """A clock of the sample's day."""

    def __init__(self, time: datetime, clock: Clock) -> None:
        self._time = time
        self.steady = clock.steady

    def now(self) -> datetime:
        return self._time


def _at(room: Room, time: datetime) -> Room:
    """The same room at another time, but never later than now."""
    clock = _StoppedClock(
        min(time.astimezone(room.clock.now().tzinfo), room.clock.now()), room.clock
    )
    return Room(
        room.store,
        room.shelf,
        clock,
        room.ids,
        author=room.author,
        device=room.device,
        lab=room.lab,
    )

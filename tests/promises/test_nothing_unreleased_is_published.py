"""Promise 3: nothing is published that was not released. Autosave writes drafts; only a release sends anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ExifTags, Image

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.blogs import add_blog
from editor.desk.photos import add_photo
from editor.desk.release import publish, recall, submit
from editor.desk.writing import new_entry
from editor.domain.ids import AssetId, EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from tests.promises import reader_page
from tests.promises.driver import Desktop, make_blog, run, wait_for, window, written

pytestmark = pytest.mark.slow

FAR = "2099-01-01T12:00"
HOST_COMPUTER, BODY_SERIAL_NUMBER, GPS_AREA = 0x013C, 0xA431, 28
"""Exif 3.0, tables 3, 8 and 15."""


def test_what_is_typed_into_a_public_entry_stays_here_until_it_is_released(
    tmp_path: Path, desk: Desktop
) -> None:
    folder = tmp_path / "profile"
    make_blog(folder)
    site = folder / "site" / "river-watch"
    with window(folder, desk):
        desk.press("ctrl+n")
        desk.settle()
        desk.type("Bridge closed\nApproved words 水位.")
        wait_for("it is kept", lambda: written(folder)[1] == "Approved words 水位.")
        run(folder, "sync")
        assert reader_page.holding(site, ["Approved words"]) == []
        desk.press("ctrl+Return")
        wait_for("it is public", lambda: reader_page.holding(site, ["Approved words 水位"]))
        wait_for("all is sent", lambda: not _outbox(folder))
        desk.settle()
        desk.type(" Rumour of a breach.")
        wait_for("it is kept", lambda: "Rumour" in written(folder)[1])
        run(folder, "sync")
        desk.press("ctrl+n")
        desk.settle()
        desk.type("Never sent\nOnly a note to myself.")
    run(folder, "sync")
    assert written(folder)[1] == "Only a note to myself."
    assert reader_page.holding(site, ["Rumour", "Never sent", "note to myself"]) == []
    assert list(reader_page.listed(site).values()) == [1]


def test_drafts_submissions_schedules_and_their_photos_leave_no_byte_in_the_folder(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "profile"
    with Newsroom(Profile(folder)) as newsroom:
        hidden = _of_every_kind(newsroom, tmp_path)
    for entry, at in hidden.scheduled:
        run(folder, "entry", "publish", entry, "--at", at)
    run(folder, "sync")
    site = folder / "site" / "river-watch"
    assert len(reader_page.listed(site)) == 1
    assert reader_page.holding(site, hidden.words) == []


def test_what_is_public_tells_nothing_of_the_laptop_it_came_from(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    with Newsroom(Profile(folder)) as newsroom:
        (blog,) = add_blog(newsroom.room, headline="River watch").blogs
        photo = add_photo(
            newsroom.room, _photo(tmp_path / "IMG from my source.jpg", 200), alt="A grey wall"
        )
        (entry,) = new_entry(
            newsroom.room, blog, Content(headline="A photo", body=(photo,))
        ).entries
        publish(newsroom.room, entry)
    run(folder, "sync")
    site = folder / "site" / "river-watch"
    assert (site / "m").is_dir()
    told = [str(tmp_path), "IMG from my source", photo.asset]
    told += ["laptop-of-the-reporter", "SERIAL-4711", "Secret street"]
    assert reader_page.holding(site, told) == []


class Hidden:
    """Entries that were not released, or not yet, and what must not be seen of them."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.scheduled: list[tuple[EntryId, str]] = []


def _of_every_kind(newsroom: Newsroom, scratch: Path) -> Hidden:
    room, hidden = newsroom.room, Hidden()
    (blog,) = add_blog(room, headline="River watch").blogs
    for shade, kind in enumerate(("public", "draft", "submitted", "recalled", "scheduled")):
        photo = add_photo(room, _photo(scratch / f"{kind}.jpg", 40 * shade), alt=f"alt-of-{kind}")
        body = (Text(text=f"words-of-{kind} وصل"), photo)
        (entry,) = new_entry(room, blog, Content(headline=f"headline-of-{kind}", body=body)).entries
        if kind == "public":
            publish(room, entry)
            continue
        with room.store.read() as tx:
            names = [rendition.id for rendition in tx.renditions(AssetId(photo.asset))]
        hidden.words += [f"words-of-{kind}", f"headline-of-{kind}", f"alt-of-{kind}", entry]
        hidden.words += [name[:16] for name in names]
        if kind in ("submitted", "recalled"):
            submit(room, entry)
        if kind == "recalled":
            recall(room, entry)
        if kind == "scheduled":
            hidden.scheduled.append((entry, FAR))
    return hidden


def _photo(path: Path, shade: int) -> Path:
    """A photo that tells its place, its camera and its computer."""
    exif = Image.Exif()
    exif[HOST_COMPUTER] = "laptop-of-the-reporter"
    exif.get_ifd(ExifTags.IFD.Exif)[BODY_SERIAL_NUMBER] = "SERIAL-4711"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[GPS_AREA] = "Secret street"
    Image.new("RGB", (640, 420), (shade, 90, 120)).save(path, exif=exif)
    return path


def _outbox(folder: Path) -> int:
    with Newsroom(Profile(folder)) as newsroom:
        return len(newsroom.views.outbox())

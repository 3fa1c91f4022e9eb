"""Prints that a pass makes itself: what an entry needs at a target and came without, over the real store and shelf."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from editor.content.blocks.photo import Photo
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.content.print import Box, Edit
from editor.desk.accounts import add_account, add_target
from editor.desk.blogs import add_blog
from editor.desk.photos import add_photo_to
from editor.desk.release import correct, publish
from editor.desk.writing import add_blocks, new_entry, save_draft
from editor.domain.entry import Kind
from editor.domain.ids import AccountId, AssetId, BlogId, EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from tests.media.pictures import telling_jpeg


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Newsroom(Profile(tmp_path / "profile")) as made:
        yield made


@pytest.fixture
def blog(newsroom: Newsroom) -> BlogId:
    (made,) = add_blog(newsroom.room, headline="الدلتا", slug="delta").blogs
    return made


def entry_with_photo(newsroom: Newsroom, blog: BlogId, path: Path) -> tuple[EntryId, Photo]:
    content = Content(headline="水位", body=(Text(text="पुल बंद है।"),))
    (entry,) = new_entry(newsroom.room, blog, content).entries
    photo = replace(add_photo_to(newsroom.room, entry, path), alt="A bridge")
    add_blocks(newsroom.room, entry, [photo])
    return entry, photo


def send(newsroom: Newsroom) -> dict[EntryId, str]:
    """Sends what can be sent; the problems of what could not."""
    assert newsroom.send(time.monotonic() + 60) is not None
    rows = newsroom.views.outbox()
    return {row.entry: row.problem.code if row.problem else "waits" for row in rows}


def shown(site: Path, entry: EntryId) -> list[Path]:
    """The pictures that an entry's page names."""
    page = (site / "e" / entry / "index.html").read_text("utf-8")
    return sorted({site / "m" / name for name in re.findall(r"m/([0-9a-f]{16}-\d+\.\w+)", page)})


def looked_at(path: Path) -> tuple[str | None, tuple[int, int]]:
    with Image.open(path) as image:
        return image.format, image.size


def forget_renditions(newsroom: Newsroom, photo: Photo, *, rows: bool) -> None:
    with newsroom.store.read() as tx:
        made = tx.renditions(AssetId(photo.print))
    assert made
    for each in made:
        newsroom.room.shelf.rendition(each.id).unlink()
    if rows:
        with closing(sqlite3.connect(newsroom.profile.database)) as db, db:
            db.execute("DELETE FROM rendition WHERE asset = ?", [photo.print])


def test_a_second_target_gets_its_own_kind_of_picture(
    newsroom: Newsroom, blog: BlogId, tmp_path: Path
) -> None:
    entry, photo = entry_with_photo(newsroom, blog, telling_jpeg(tmp_path / "a.jpg"))
    folder = tmp_path / "second"
    add_account(newsroom.room, name="second", kind="site", settings={"folder": str(folder)})
    add_target(newsroom.room, blog, AccountId("second"), settings={}, media="image/jpeg")
    with newsroom.store.read() as tx:
        assert {each.mime for each in tx.renditions(AssetId(photo.print))} == {"image/webp"}
    publish(newsroom.room, entry)
    assert send(newsroom) == {}
    for site, kind in ((newsroom.profile.site / "delta", "WEBP"), (folder / "delta", "JPEG")):
        pictures = shown(site, entry)
        assert len(pictures) == 2, "900 and 480 pixels"
        assert {looked_at(path)[0] for path in pictures} == {kind}


@pytest.mark.parametrize("rows", [True, False], ids=["rows too", "files only"])
def test_what_a_restored_store_lacks_is_made_again(
    newsroom: Newsroom, blog: BlogId, tmp_path: Path, rows: bool
) -> None:
    entry, photo = entry_with_photo(newsroom, blog, telling_jpeg(tmp_path / "a.jpg"))
    forget_renditions(newsroom, photo, rows=rows)
    publish(newsroom.room, entry)
    assert send(newsroom) == {}
    pictures = shown(newsroom.profile.site / "delta", entry)
    assert len(pictures) == 2
    assert all(path.is_file() for path in pictures)


def test_a_crop_that_came_with_a_text_is_printed(
    newsroom: Newsroom, blog: BlogId, tmp_path: Path
) -> None:
    entry, photo = entry_with_photo(newsroom, blog, telling_jpeg(tmp_path / "a.jpg"))
    publish(newsroom.room, entry)
    send(newsroom)
    site = newsroom.profile.site / "delta"
    before = shown(site, entry)
    cropped = replace(photo, edit=Edit(crop=Box(0, 0, 5000, 10_000)))
    save_draft(newsroom.room, entry, Content(headline="水位", body=(Text(text="x"), cropped)))
    with newsroom.store.read() as tx:
        assert tx.renditions(AssetId(cropped.print)) == ()
    correct(newsroom.room, entry, Kind.CORRECTION, "Only the bridge is meant.")
    assert send(newsroom) == {}
    after = shown(site, entry)
    assert after and not set(before) & set(after)
    assert {looked_at(path)[1] for path in after} == {(450, 600), (360, 480)}
    assert not any(path.exists() for path in before), "what nobody shows is taken away"


def test_an_export_makes_the_pictures_that_a_page_takes(
    newsroom: Newsroom, blog: BlogId, tmp_path: Path
) -> None:
    entry, photo = entry_with_photo(newsroom, blog, telling_jpeg(tmp_path / "a.jpg"))
    publish(newsroom.room, entry)
    forget_renditions(newsroom, photo, rows=True)
    assert newsroom.export_site(newsroom.views.blog(blog), tmp_path / "out") == 1
    (site,) = {each.parent for each in (tmp_path / "out").rglob("live.json")}
    assert {looked_at(path)[0] for path in shown(site, entry)} == {"WEBP"}


def test_a_photo_that_cannot_be_printed_refuses_its_own_entry_only(
    newsroom: Newsroom, blog: BlogId, tmp_path: Path
) -> None:
    lost, photo = entry_with_photo(newsroom, blog, telling_jpeg(tmp_path / "a.jpg"))
    good, _ = entry_with_photo(newsroom, blog, telling_jpeg(tmp_path / "b.jpg", size=(800, 700)))
    forget_renditions(newsroom, photo, rows=True)
    newsroom.room.shelf.original(AssetId(photo.asset)).unlink()
    for entry in (lost, good):
        publish(newsroom.room, entry)
    assert send(newsroom) == {lost: "photo-file-missing"}
    site = newsroom.profile.site / "delta"
    assert len(shown(site, good)) == 2
    assert "A bridge" in (site / "e" / good / "index.html").read_text("utf-8")

"""What was seen of a blog's posts goes with it to another laptop, and is there under the same name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from editor.content.blocks.social import Social
from editor.content.entry import Content
from editor.content.kept import Kept, Medium, digest
from editor.desk.exchange import export_json, export_markdown
from editor.desk.imports import import_path
from editor.desk.snapshots import fit_snapshot
from editor.desk.writing import new_entry
from editor.domain.ids import BlogId
from editor.problems import Refused
from tests.rooms import NOON, TestRoom

URL = "https://social.example/@gauges/113456789012345678"
POST = Kept(
    url=URL,
    network="mastodon",
    captured=NOON,
    author="سیل‌سنج",
    text="پل بسته شد\n\n🌊",
    posted=NOON - timedelta(hours=1),
    media=(Medium(alt="پل"),),
)
LATER = replace(POST, captured=NOON + timedelta(hours=1), text="پل باز شد")
OTHER = replace(POST, url="https://x.com/river_watch/status/20")
EXPORTS = {"markdown": export_markdown, "json": export_json}


@pytest.fixture
def other(tmp_path: Path) -> Iterator[TestRoom]:
    made = TestRoom(tmp_path / "other")
    yield made
    made.close()


@pytest.fixture
def folder(house: TestRoom, blog: BlogId, tmp_path: Path) -> Path:
    with house.store.write() as tx:
        for kept in (LATER, POST, OTHER):
            tx.add_snapshot(kept)
    new_entry(house.room, blog, Content(headline="A post", body=(Social(url=URL, text="x"),)))
    return tmp_path / "out"


def seen(house: TestRoom, url: str = URL) -> tuple[Kept, ...]:
    with house.store.read() as tx:
        return tx.snapshots(url)


@pytest.mark.parametrize("form", EXPORTS)
def test_every_look_at_a_blogs_posts_goes_with_it_and_no_other(
    house: TestRoom, blog: BlogId, other: TestRoom, folder: Path, form: str
) -> None:
    EXPORTS[form](house.room, house.views, blog, folder)
    for _ in range(2):
        import_path(other.room, other.views, folder)
        assert seen(other) == (POST, LATER)
        assert seen(other, OTHER.url) == ()
    with other.store.read() as tx:
        assert tx.snapshot(digest(POST)) == POST


def test_an_export_of_an_earlier_version_has_none(
    house: TestRoom, blog: BlogId, other: TestRoom, folder: Path
) -> None:
    export_json(house.room, house.views, blog, folder)
    document = json.loads((folder / "blog.json").read_text("utf-8"))
    del document["snapshots"]
    (folder / "blog.json").write_text(json.dumps(document), "utf-8")
    assert len(import_path(other.room, other.views, folder)) == 1
    assert seen(other) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"url": "javascript:alert(1)"},
        {"url": ""},
        {"captured": "2026-11-22T12:00:00"},
        {"posted": "2026-11-22T12:00:00"},
        {"captured": "yesterday"},
        {"text": "a" * 20_001},
        {"author": "a" * 2_001},
        {"media": [{}] * 101},
        {"text": 7},
    ],
)
def test_an_export_with_a_snapshot_that_is_none_is_refused_whole(
    house: TestRoom, blog: BlogId, other: TestRoom, folder: Path, changed: dict[str, Any]
) -> None:
    export_json(house.room, house.views, blog, folder)
    document = json.loads((folder / "blog.json").read_text("utf-8"))
    document["snapshots"][0] |= changed
    (folder / "blog.json").write_text(json.dumps(document), "utf-8")
    with pytest.raises(Refused, match="export-broken"):
        import_path(other.room, other.views, folder)
    assert seen(other) == ()
    assert other.views.blogs() == ()


def test_a_strangers_snapshot_is_cleaned_and_ours_stays_as_it_is() -> None:
    nasty = replace(POST, author="a\x00b", text="c\x1b[2J\r\nd", media=(Medium(alt="\x07e"),))
    clean = fit_snapshot(nasty)
    assert clean is not None
    assert (clean.author, clean.text, clean.media) == ("ab", "c[2J\nd", (Medium(alt="e"),))
    assert fit_snapshot(POST) == POST
    assert fit_snapshot(replace(POST, captured=datetime(2026, 1, 1))) is None  # noqa: DTZ001

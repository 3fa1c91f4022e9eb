"""The site backend's folder: each entry once, in order, whatever happens."""

from __future__ import annotations

import json
import os
import random
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from editor.backends.site import BACKEND, SiteBackend
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.domain.blog import BlogStatus
from editor.domain.entry import Kind
from editor.domain.ids import EntryId
from editor.site.folder import Folder
from editor.sync.backend import Found, Moved, NotApplied, Unanswered
from editor.sync.delivery import Dispatch, Held, Visibility
from tests.site.newsroom import (
    START,
    a_backend,
    a_blog,
    a_correction,
    a_dispatch,
    gone,
    id_of,
    listed,
    live,
    pages,
    pinned,
    publish,
)


def folder_of(tmp_path: Path) -> Path:
    return tmp_path / "flood"


def everything_listed(tmp_path: Path) -> list[str]:
    return [entry for page in pages(folder_of(tmp_path)) for entry in listed(page)]


def json_of(path: Path) -> Any:
    return json.loads(path.read_bytes())


def test_an_entry_is_published_corrected_and_withdrawn(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    held = backend.put(a_dispatch(1), Held())
    assert held.visibility is Visibility.PUBLIC
    assert held.url == (folder_of(tmp_path) / "e" / id_of(1) / "index.html").as_uri()
    assert backend.find(EntryId(id_of(1)), Held()) == Found(held=held)

    content = Content(headline="Put right", body=(Text(text="Seven metres, not nine."),))
    fix = a_correction("The level was seven metres.", START + timedelta(hours=1))
    corrected = backend.put(a_dispatch(1, content, revision=2, corrections=(fix,)), held)
    index = (folder_of(tmp_path) / "index.html").read_text()
    assert "The level was seven metres." in index
    assert listed(index) == [id_of(1)]
    assert "The level was seven metres." in (folder_of(tmp_path) / "corrections.html").read_text()

    withdrawn = backend.withdraw(a_dispatch(1, content, notice="It was another bridge."), corrected)
    assert withdrawn.visibility is Visibility.GONE
    index = (folder_of(tmp_path) / "index.html").read_text()
    assert gone(index) == [id_of(1)]
    assert "It was another bridge." in index
    assert "Seven metres" not in index
    assert "0 updates" in index
    page = (folder_of(tmp_path) / "e" / id_of(1) / "index.html").read_text()
    assert "It was another bridge." in page and "Seven metres" not in page
    assert backend.find(EntryId(id_of(1)), Held()) == Found(held=withdrawn)


def test_what_was_put_right_or_withdrawn_is_nowhere_in_the_folder(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    secret = Content(
        headline="Wrongname", body=(Text(text="Wrongtext"),), key_event=True, pinned=True
    )
    held = backend.put(a_dispatch(5, secret), Held())
    publish(backend, *range(6, 30))
    other = Content(
        headline="Rightname", body=(Text(text="Righttext"),), key_event=True, pinned=True
    )
    held = backend.put(a_dispatch(5, other, revision=2), held)
    for old in ("Wrongname", "Wrongtext"):
        assert [
            path for path in tmp_path.rglob("*.*") if path.is_file() and old in path.read_text()
        ] == []
    backend.withdraw(a_dispatch(5, other, revision=2, notice="Not so."), held)
    for old in ("Rightname", "Righttext"):
        assert [
            path for path in tmp_path.rglob("*.*") if path.is_file() and old in path.read_text()
        ] == []


def test_nothing_is_written_for_what_only_the_desk_may_see(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    draft = replace(a_dispatch(1), visibility=Visibility.DESK)
    assert backend.put(draft, Held()) == Held()
    assert list(tmp_path.rglob("*")) == []


def test_a_version_that_is_not_the_pages_is_refused(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    first = backend.put(a_dispatch(1), Held())
    content = Content(headline="By another laptop", body=(Text(text="Words"),))
    a_backend(tmp_path).put(a_dispatch(1, content, revision=2), first)
    with pytest.raises(Moved):
        backend.put(a_dispatch(1, replace(content, headline="Late"), revision=3), first)
    with pytest.raises(Moved):
        backend.put(a_dispatch(2), replace(first, ref=id_of(2)))
    with pytest.raises(Moved):
        backend.withdraw(a_dispatch(2, notice="Gone"), Held())


def test_a_withdrawn_entry_never_comes_back(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    held = backend.put(a_dispatch(1), Held())
    held = backend.withdraw(a_dispatch(1, notice="Gone"), held)
    for known in (held, Held()):
        with pytest.raises(Moved):
            backend.put(a_dispatch(1), known)


def test_the_same_write_twice_has_the_effect_of_one(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    first = backend.put(a_dispatch(1), Held())
    assert backend.put(a_dispatch(1), Held()) == first
    assert a_backend(tmp_path).put(a_dispatch(1), Held()) == first
    assert everything_listed(tmp_path) == [id_of(1)]


@pytest.mark.slow
def test_publishing_one_entry_into_a_blog_of_5000_touches_at_most_ten_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = a_backend(tmp_path)
    seed_many(tmp_path, 5000)
    written: list[str] = []
    plain = Folder.write

    def counting(self: Folder, name: str, data: bytes) -> None:
        written.append(name)
        plain(self, name, data)

    monkeypatch.setattr(Folder, "write", counting)
    backend.put(a_dispatch(6000), Held())  # puts the assets there, once
    most = 0
    for number in range(6001, 6060):  # across a seal and several snapshots
        written.clear()
        backend.put(a_dispatch(number), Held())
        most = max(most, len(written))
        assert written[-1] == "live.json"
    assert 8 <= most <= 10
    assert live(folder_of(tmp_path))["snap"] != 0


def seed_many(tmp_path: Path, count: int) -> None:
    """A blog of many entries, written as the folder itself would make it from the entries' pages."""
    from editor.paths import resources
    from editor.site.items import item_of
    from editor.site.render import Renderer
    from editor.site.state import cover_of

    folder = folder_of(tmp_path)
    renderer = Renderer(resources() / "site")
    cover = cover_of(a_blog())
    for number in range(1, count + 1):
        item = item_of(a_dispatch(number), version=1, seq=number, was=None)
        page = folder / "e" / item.id / "index.html"
        page.parent.mkdir(parents=True)
        page.write_bytes(renderer.entry(cover, item))


def test_a_sealed_page_is_written_again_only_for_an_entry_of_its_own(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    held = publish(backend, *range(1, 121))
    sealed = folder_of(tmp_path) / "p" / "1.html"
    second = folder_of(tmp_path) / "p" / "2.html"
    before, second_before = sealed.read_bytes(), second.read_bytes()
    assert len(listed(before.decode())) == 40
    publish(backend, *range(121, 160))
    assert sealed.read_bytes() == before
    late = a_dispatch(500, at=START + timedelta(minutes=10, seconds=30))
    backend.put(late, Held())
    assert sealed.read_bytes() != before
    assert second.read_bytes() == second_before
    ids = listed(sealed.read_text())
    assert ids[ids.index(id_of(500)) - 1] == id_of(11)
    assert ids[ids.index(id_of(500)) + 1] == id_of(10)
    backend.withdraw(a_dispatch(20, notice="Gone"), held[20])
    assert gone(sealed.read_text()) == [id_of(20)]
    assert second.read_bytes() == second_before
    assert len(everything_listed(tmp_path)) == 160


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_pages_list_every_public_entry_once_and_in_order(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    backend = a_backend(tmp_path)
    model: dict[int, tuple[datetime, Held]] = {}
    withdrawn: set[int] = set()
    content_of: Callable[[int, datetime], Content] = lambda n, at: Content(  # noqa: E731
        headline=f"Update {n}",
        time=at,
        body=(Text(text=f"سطر {n} – 第{n}行"),),
        key_event=chance.random() < 0.1,
        pinned=chance.random() < 0.02,
    )
    for step in range(200):
        now = START + timedelta(minutes=step)
        standing = [n for n in model if n not in withdrawn]
        roll = chance.random()
        if roll < 0.75 or not standing:
            late = chance.random() < 0.15
            at = now - timedelta(minutes=chance.randrange(0, step + 1)) if late else now
            dispatch = a_dispatch(step, content_of(step, at), updated=now)
            model[step] = (at, backend.put(dispatch, Held()))
        elif roll < 0.9:
            number = chance.choice(standing)
            at, held = model[number]
            if chance.random() < 0.3:
                at = START + timedelta(minutes=chance.randrange(0, step + 1), seconds=7)
            fix = a_correction(f"put right at {step}", now)
            dispatch = a_dispatch(
                number, content_of(number, at), revision=step, updated=now, corrections=(fix,)
            )
            model[number] = (at, backend.put(dispatch, held))
        else:
            number = chance.choice(standing)
            at, held = model[number]
            dispatch = a_dispatch(number, content_of(number, at), updated=now, notice="Not so.")
            model[number] = (at, backend.withdraw(dispatch, held))
            withdrawn.add(number)
        if step % 20 == 0:
            backend = a_backend(tmp_path)
            assert_agrees(tmp_path, model, withdrawn)
    assert_agrees(tmp_path, model, withdrawn)
    (folder_of(tmp_path) / "site.json").unlink()
    backend = a_backend(tmp_path)
    number = 999
    at = START + timedelta(minutes=999)
    model[number] = (at, backend.put(a_dispatch(number, at=at), Held()))
    assert_agrees(tmp_path, model, withdrawn)


def assert_agrees(
    tmp_path: Path, model: dict[int, tuple[datetime, Held]], withdrawn: set[int]
) -> None:
    expected = [
        id_of(number)
        for number in sorted(model, key=lambda n: (model[n][0], id_of(n)), reverse=True)
    ]
    index, *older = pages(folder_of(tmp_path))
    boxed = set(pinned(index)) & set(expected[:30])
    found = [entry for page in (index, *older) for entry in listed(page)]
    assert found == [entry for entry in expected if entry not in boxed]
    assert {entry for page in (index, *older) for entry in gone(page)} == {
        id_of(n) for n in withdrawn
    }
    visible = len(model) - len(withdrawn)
    assert f"{visible} update" in index
    feed = json_of(folder_of(tmp_path) / "feed.json")
    items = list(feed["items"])
    while "next_url" in feed:
        feed = json_of(folder_of(tmp_path) / feed["next_url"])
        items += feed["items"]
    assert [item["id"] for item in items] == [f"urn:uuid:{entry}" for entry in expected]


class PowerCut(Exception):
    """Stands for a kill: nothing after it runs."""


def cut_at(monkeypatch: pytest.MonkeyPatch, number: int) -> list[str]:
    written: list[str] = []
    plain = Folder.write

    def write(self: Folder, name: str, data: bytes) -> None:
        if len(written) == number:
            raise PowerCut(name)
        written.append(name)
        plain(self, name, data)

    monkeypatch.setattr(Folder, "write", write)
    return written


STEPS: dict[str, Callable[[SiteBackend, dict[int, Held]], Any]] = {
    "publish": lambda backend, held: backend.put(a_dispatch(300), Held()),
    "correct": lambda backend, held: backend.put(
        a_dispatch(
            50,
            Content(headline="Put right", body=(Text(text="Put right"),)),
            revision=2,
            at=START + timedelta(minutes=3, seconds=3),
            corrections=(a_correction("So it was.", START + timedelta(hours=9)),),
        ),
        held[50],
    ),
    "withdraw": lambda backend, held: backend.withdraw(a_dispatch(5, notice="Not so."), held[5]),
    "late": lambda backend, held: backend.put(
        a_dispatch(301, at=START + timedelta(minutes=4, seconds=9)), Held()
    ),
    "cover": lambda backend, held: backend.put_cover(a_blog(headline="Another headline")),
    "first": lambda backend, held: backend.put(a_dispatch(302), Held()),
}


@pytest.mark.slow
@pytest.mark.parametrize("between", [False, True])
@pytest.mark.parametrize("name", STEPS)
def test_a_crash_at_any_write_is_mended_by_the_next_call(
    tmp_path: Path, name: str, between: bool
) -> None:
    """Kill at every write; then the same again, or another entry first and a look at the page."""
    step = STEPS[name]
    number = 0
    start = tmp_path / "start"
    start.mkdir()
    held = publish(a_backend(start), *range(1, 0 if name == "first" else 71))
    while True:
        home = tmp_path / str(number)
        shutil.copytree(start, home)
        backend = a_backend(home)
        with pytest.MonkeyPatch.context() as patch:
            cut_at(patch, number)
            try:
                step(backend, held)
                finished = True
            except PowerCut:
                finished = False
        if finished:
            break
        seq = int(str(live(home / "flood")["seq"])) if (home / "flood/live.json").exists() else 0
        backend = a_backend(home)
        if between:
            backend.put(a_dispatch(400), Held())
        try:
            step(backend, held)
        except Moved:  # a look finds what the crash left, and the engine goes on from there
            found = backend.find(EntryId(id_of({"correct": 50, "withdraw": 5}[name])), Held())
            assert found is not None
            step(backend, {5: found.held, 50: found.held})
        whole(home, name, between)
        assert int(str(live(home / "flood")["seq"])) > seq
        number += 1
    assert number >= 7


def whole(home: Path, name: str, between: bool) -> None:
    listed_ = [entry for page in pages(home / "flood") for entry in listed(page)]
    assert len(listed_) == len(set(listed_))
    extra = {"publish": 300, "late": 301, "first": 302}.get(name)
    expected = set() if name == "first" else {id_of(n) for n in range(1, 71)}
    expected |= {id_of(extra)} if extra else set()
    expected |= {id_of(400)} if between else set()
    assert set(listed_) == expected
    index = (home / "flood/index.html").read_text()
    count = len(expected) - (name == "withdraw")
    assert f"{count} update" in index
    if name == "cover" and not between:
        assert "Another headline" in index
    feed = json_of(home / "flood/feed.json")
    assert [item["id"].removeprefix("urn:uuid:") for item in feed["items"]] == [
        e for e in listed_ if e in {i["id"].removeprefix("urn:uuid:") for i in feed["items"]}
    ]
    pointer = live(home / "flood")
    assert (home / f"flood/d/{pointer['seq']}.json").is_file()
    state = json_of(home / "flood/site.json")
    assert state["seq"] == pointer["seq"]
    assert f'data-seq="{pointer["seq"]}"' in index


def test_a_page_edited_by_hand_is_kept_aside(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    publish(backend, 1)
    index = folder_of(tmp_path) / "index.html"
    index.write_text(index.read_text().replace("</h1>", "!</h1>"))
    publish(backend, 2)
    assert listed(index.read_text()) == [id_of(2), id_of(1)]
    kept = list((folder_of(tmp_path) / "edited").iterdir())
    assert len(kept) == 1
    assert "!</h1>" in kept[0].read_text()
    publish(backend, 3)
    assert len(list((folder_of(tmp_path) / "edited").iterdir())) == 1


@pytest.mark.parametrize("damage", ["missing", "cut", "edited", "not text"])
def test_damaged_state_is_made_again_from_the_entries_pages(tmp_path: Path, damage: str) -> None:
    backend = a_backend(tmp_path)
    publish(backend, *range(1, 120))
    before = live(folder_of(tmp_path))
    sealed = listed((folder_of(tmp_path) / "p/1.html").read_text())
    site = folder_of(tmp_path) / "site.json"
    match damage:
        case "missing":
            site.unlink()
        case "cut":
            site.write_bytes(site.read_bytes()[:1000])
        case "edited":
            site.write_bytes(site.read_bytes().replace(b'"seq":119', b'"seq":1', 1))
        case _:
            site.write_bytes(b"\xff\xfe\x00")
    publish(backend, 120)
    assert everything_listed(tmp_path) == [id_of(n) for n in range(120, 0, -1)]
    assert listed((folder_of(tmp_path) / "p/1.html").read_text()) == sealed
    after = live(folder_of(tmp_path))
    assert int(str(after["seq"])) > int(str(before["seq"]))
    assert after["epoch"] != before["epoch"]
    assert (folder_of(tmp_path) / f"s/{after['snap']}.json").is_file()
    if damage != "missing":
        assert any((folder_of(tmp_path) / "edited").iterdir())


def test_a_damaged_sealed_page_is_made_again(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    publish(backend, *range(1, 120))
    (folder_of(tmp_path) / "feed/1.json").write_text("{}")
    backend.put(a_dispatch(500, at=START + timedelta(minutes=3, seconds=1)), Held())
    assert len(everything_listed(tmp_path)) == 120
    assert len(set(everything_listed(tmp_path))) == 120


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    backend = a_backend(tmp_path / "file" / "below")
    for call in (
        backend.check,
        lambda: backend.put(a_dispatch(1), Held()),
        lambda: backend.put_cover(a_blog()),
    ):
        with pytest.raises(NotApplied) as told:
            call()
        assert told.value.problem.code == "site-folder-unwritable"


def test_a_full_disk_in_the_middle_leaves_a_doubt_and_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = a_backend(tmp_path)
    publish(backend, 1, 2)
    plain = os.fsync
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 3:
            raise OSError(28, "No space left on device")
        plain(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(Unanswered) as told:
            backend.put(a_dispatch(3), Held())
    assert told.value.problem.code == "site-disk-full"
    assert not list(tmp_path.rglob("*.part"))
    found = backend.find(EntryId(id_of(3)), Held())
    assert found is not None and found.held.visibility is Visibility.PUBLIC
    assert everything_listed(tmp_path) == [id_of(3), id_of(2), id_of(1)]


def test_checking_leaves_nothing_behind(tmp_path: Path) -> None:
    a_backend(tmp_path / "not" / "yet").check()
    assert list(tmp_path.iterdir()) == []


def test_the_cover_is_shown_and_an_ended_blog_is_ended(tmp_path: Path) -> None:
    backend = a_backend(tmp_path, address="https://live.example.org/")
    backend.put_cover(a_blog(status=BlogStatus.UPCOMING))
    index = folder_of(tmp_path) / "index.html"
    assert "The first update will appear here." in index.read_text()
    publish(backend, 1)
    assert live(folder_of(tmp_path))["state"] == "live"
    assert "coverageEndTime" not in index.read_text()
    assert "expired" not in json_of(folder_of(tmp_path) / "feed.json")
    before = index.stat().st_mtime_ns
    backend.put_cover(a_blog())
    assert index.stat().st_mtime_ns == before
    end = START + timedelta(hours=20)
    backend.put_cover(a_blog(status=BlogStatus.ENDED, coverage_end=end))
    assert live(folder_of(tmp_path))["state"] == "ended"
    assert "coverageEndTime" in index.read_text()
    assert json_of(folder_of(tmp_path) / "feed.json")["expired"] is True
    assert backend.address() == "https://live.example.org/flood/"


def test_the_pointer_is_small_and_says_where_to_go(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    content = Content(headline="Pinned", body=(Text(text="Pinned"),), pinned=True)
    backend.put(a_dispatch(1, content), Held())
    pointer = live(folder_of(tmp_path))
    assert (folder_of(tmp_path) / "live.json").stat().st_size <= 400
    assert pointer["pinned"] == id_of(1)
    assert str(pointer["d"]).replace("{seq}", str(pointer["seq"])) == "d/1.json"


def test_change_sets_and_snapshots_reach_back_far_enough_and_no_further(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    for number in range(1, 90):
        publish(backend, number)
        pointer = live(folder_of(tmp_path))
        seq, snap = int(str(pointer["seq"])), int(str(pointer["snap"]))
        names = {int(path.stem) for path in (folder_of(tmp_path) / "d").iterdir()}
        assert set(range(max(1, seq - 10), seq + 1)) <= names
        assert set(range(max(1, snap - 9), seq + 1)) <= names
        assert len(names) < 45
        if snap:
            assert (folder_of(tmp_path) / f"s/{snap}.json").is_file()
            assert seq - snap < 14
    assert len(list((folder_of(tmp_path) / "s").iterdir())) == 2


def test_settings_that_cannot_be_meant_are_told(tmp_path: Path) -> None:
    def codes(**settings: str) -> list[str]:
        return [problem.code for problem in BACKEND.problems(settings)]

    assert codes(folder=str(tmp_path)) == []
    assert codes() == ["site-folder-missing"]
    assert codes(folder="below/here") == ["site-folder-relative"]
    assert codes(folder=str(tmp_path), address="live.example.org") == ["site-address"]
    assert codes(folder=str(tmp_path), address="javascript:alert(1)") == ["site-address"]
    assert codes(folder=str(tmp_path), poll="0") == ["site-poll"]
    assert codes(folder=str(tmp_path), address="https://live.example.org/x", poll="20") == []


def test_photos_lie_beside_the_blog_under_their_hash(tmp_path: Path) -> None:
    from tests.site.newsroom import a_photo

    backend = a_backend(tmp_path)
    file, path = a_photo(tmp_path)
    backend.put_media(file, path)
    backend.put_media(file, path)
    assert (folder_of(tmp_path) / "m" / file.name).read_bytes() == path.read_bytes()
    assert backend.picture((file,)).src == f"../../m/{file.name}"


def test_a_photo_taken_away_leaves_nothing_in_the_folder(tmp_path: Path) -> None:
    """Not even what a power cut left of its writing: a web server hands that out too."""
    from tests.site.newsroom import a_photo

    backend = a_backend(tmp_path)
    file, path = a_photo(tmp_path)
    backend.put_media(file, path)
    (folder_of(tmp_path) / "m" / f".{file.name}.part").write_bytes(b"half of it")
    backend.remove_media(file)
    assert list((folder_of(tmp_path) / "m").iterdir()) == []
    backend.remove_media(file)


def test_a_photo_that_cannot_be_taken_away_is_told(tmp_path: Path) -> None:
    from tests.site.newsroom import a_photo

    backend = a_backend(tmp_path)
    file, _ = a_photo(tmp_path)
    (folder_of(tmp_path) / "m" / file.name).mkdir(parents=True)
    with pytest.raises(NotApplied) as told:
        backend.remove_media(file)
    assert told.value.problem.code == "site-folder-unwritable"


def _namespaced(name: str) -> str:
    return "{http://www.w3.org/2005/Atom}" + name


def test_feeds_have_the_shape_their_standards_ask_for(tmp_path: Path) -> None:
    backend = a_backend(tmp_path, address="https://live.example.org")
    content = Content(
        headline='Bells \x0b & "whistles" <b>',
        byline=("Field team A", "Field team B"),
        labels=("river",),
        language="ar",
        body=(Text(text="]]> نص & <script>alert(1)</script>"),),
    )
    held = backend.put(a_dispatch(1, content), Held())
    publish(backend, 2)
    fix = a_correction("It was six.", START + timedelta(hours=2))
    backend.put(a_dispatch(1, content, revision=2, corrections=(fix,), updated=fix.at), held)
    feed = json_of(folder_of(tmp_path) / "feed.json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == a_blog().headline
    assert feed["feed_url"] == "https://live.example.org/flood/feed.json"
    for item in feed["items"]:
        assert isinstance(item["id"], str) and item["content_html"]
        assert item["url"].startswith("https://live.example.org/flood/e/")
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[name]).tzinfo is not None
    first = feed["items"][-1]
    assert first["language"] == "ar" and first["tags"] == ["river"]
    assert "<script" not in first["content_html"]
    assert "Corrected" in first["content_html"]
    assert first["date_modified"] > first["date_published"]

    atom = ET.parse(folder_of(tmp_path) / "atom.xml").getroot()
    for parent in (atom, *atom.iter(_namespaced("entry"))):
        for name in ("id", "title", "updated"):
            assert parent.find(_namespaced(name)) is not None
    entries = list(atom.iter(_namespaced("entry")))
    ids = [entry.findtext(_namespaced("id")) for entry in entries]
    assert ids == [f"urn:uuid:{id_of(2)}", f"urn:uuid:{id_of(1)}"]
    assert [author.text for author in entries[1].iter(_namespaced("name"))] == list(content.byline)


@pytest.mark.parametrize("kind", [Kind.TYPO, Kind.MEDIA_ADDED])
def test_what_changed_no_fact_gets_no_label(tmp_path: Path, kind: Kind) -> None:
    backend = a_backend(tmp_path)
    fix = a_correction("", START + timedelta(hours=2), kind)
    backend.put(a_dispatch(1, corrections=(fix,)), Held())
    assert 'class="band' not in (folder_of(tmp_path) / "index.html").read_text()


def test_dispatches_hold_what_tests_say_they_do() -> None:
    dispatch: Dispatch = a_dispatch(3)
    assert dispatch.content.time == START + timedelta(minutes=3)

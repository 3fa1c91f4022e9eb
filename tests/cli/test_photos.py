"""Photos come in by the command line as they do by the window, and what will leave of each can be read beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.media.pictures import drawn, telling_jpeg

PERSIAN = "سیل در دلتا 🌊"


@pytest.fixture
def entry(run: Run, blog: str, entry_file: Path) -> str:
    return run("entry", "add", blog, str(entry_file)).lines[0]


def blocks(run: Run, entry: str) -> list[dict[str, object]]:
    shown = run("entry", "show", entry, "--as", "json").json
    body: list[dict[str, object]] = shown["content"]["body"]
    return body


def test_a_photo_stands_at_the_end_with_the_words_of_its_file(
    run: Run, entry: str, tmp_path: Path
) -> None:
    folder = tmp_path / "תמונות ‏2026"
    folder.mkdir()
    path = telling_jpeg(folder / "पुल – 水位 é.jpg")
    added = run("photo", "add", entry, str(path))
    assert (added.code, added.err) == (0, "")
    assert added.out.startswith("4  पुल – 水位 é.jpg  ")
    *before, photo = blocks(run, entry)
    assert [each["type"] for each in before] == ["text", "quote", "social"]
    assert str(photo["caption"]).startswith("Hochwasser")
    assert str(photo["alt"]).startswith("पानी")
    assert photo["credit"]
    assert "location_kept" not in photo or photo["location_kept"] is False


def test_words_that_are_typed_win_over_the_files(run: Run, entry: str, tmp_path: Path) -> None:
    path = telling_jpeg(tmp_path / "a.jpg")
    words = ["--caption", PERSIAN, "--alt", "橋下的水", "--credit", "צלמת המערכת"]
    assert run("photo", "add", entry, str(path), *words, "--longest", "480").code == 0
    photo = blocks(run, entry)[-1]
    assert (photo["caption"], photo["alt"]) == (PERSIAN, "橋下的水")
    assert (photo["credit"], photo["longest"]) == ("צלמת המערכת", 480)
    assert run("photo", "add", entry, str(path), "--decorative").code == 0
    assert blocks(run, entry)[-1]["decorative"] is True


def test_words_are_for_one_photo(run: Run, entry: str, tmp_path: Path) -> None:
    paths = [str(telling_jpeg(tmp_path / f"{name}.jpg")) for name in "ab"]
    refused = run("photo", "add", entry, *paths, "--caption", PERSIAN)
    assert refused.code == 1
    assert "belong to one photo" in refused.err
    assert len(blocks(run, entry)) == 3
    assert run("photo", "add", entry, paths[0], "--alt", "x", "--decorative").code == 2
    assert run("photo", "add", entry, paths[0], "--longest", "5000").code == 2


def test_an_unfit_file_is_told_and_the_others_come(run: Run, entry: str, tmp_path: Path) -> None:
    (tmp_path / "الصورة.jpg").write_bytes(b"no photo")
    cut = telling_jpeg(tmp_path / "cut.jpg")
    cut.write_bytes(cut.read_bytes()[:-2000])
    names = ["水.jpg", "الصورة.jpg", "gone.jpg", "cut.jpg", "सड़क.jpg"]
    telling_jpeg(tmp_path / "水.jpg")
    telling_jpeg(tmp_path / "सड़क.jpg", orientation=6)
    ran = run("photo", "add", entry, *(str(tmp_path / name) for name in names), "--json")
    assert ran.code == 1
    assert [each["file"] for each in ran.json["photos"]] == ["水.jpg", "सड़क.jpg"]
    codes = [each["code"] for each in ran.json["problems"]]
    assert codes == ["photo-not-an-image", "photo-missing", "photo-truncated"]
    said = ran.err.splitlines()
    assert len(said) == 3
    assert all(name in line for name, line in zip(names[1:4], said, strict=True))
    assert len(blocks(run, entry)) == 5


def test_a_folder_gives_its_photos_and_a_cameras_pair_its_jpeg(
    run: Run, entry: str, tmp_path: Path
) -> None:
    card = tmp_path / "card"
    inner = card / "DCIM"
    inner.mkdir(parents=True)
    telling_jpeg(inner / "IMG_1.JPG")
    drawn().save(inner / "IMG_2.png")
    (inner / "IMG_1.CR3").write_bytes(b"raw")
    (inner / "notes.txt").write_text("not a photo")
    (card / "empty").mkdir()
    ran = run("photo", "add", entry, str(card), str(inner / "IMG_2.png"), "--json")
    assert ran.code == 0, ran.err
    assert [each["file"] for each in ran.json["photos"]] == ["IMG_1.JPG", "IMG_2.png"]
    both = [str(inner / name) for name in ("IMG_1.CR3", "IMG_1.JPG")]
    again = run("photo", "add", entry, *both, "--json")
    assert (again.code, len(again.json["photos"])) == (0, 1)
    nothing = run("photo", "add", entry, str(card / "empty"))
    assert (nothing.code, nothing.out) == (1, "")
    assert "no photo in the folder “empty”" in nothing.err


def test_what_will_leave_of_each_photo_can_be_read(
    run: Run, blog: str, entry: str, tmp_path: Path
) -> None:
    telling_jpeg(tmp_path / "a.jpg", size=(2400, 1600))
    file = tmp_path / "edited.md"
    file.write_text(
        "---\nheadline: الجسر\n---\n\nWords.\n\n```dateline-photo\nfile: a.jpg\nalt: پل\n"
        "caption: A dry street\ncrop: 0 0 5000 10000\nblurs: [0 0 1000 1000, 2000 2000 500 500]\n"
        "turns: 1\nlocation_kept: true\n```\n",
        "utf-8",
    )
    made = run("entry", "add", blog, str(file)).lines[0]
    shown = run("photo", "show", made)
    assert shown.code == 0
    assert shown.lines[0].startswith("2  a.jpg  ")
    assert "→" in shown.lines[0] and "not made" not in shown.lines[0]
    assert "   edited: cropped, 2 regions blurred, turned by 90°" in shown.lines
    assert "   location: kept" in shown.lines
    assert "   Nothing about who made it is sent inside the file" in shown.lines
    run("photo", "add", entry, str(tmp_path / "a.jpg"))
    plain = run("photo", "show", entry)
    assert "   location: removed" in plain.lines
    (inside,) = [line for line in plain.lines if "Sent inside the file: " in line]
    assert "creator" in inside
    (told,) = run("photo", "show", entry, "--json").json
    assert told["original"] == (tmp_path / "a.jpg").stat().st_size
    assert told["sent"] > 0
    assert told["inside"]["creator"]


def test_a_protected_entrys_photos_carry_no_rights(run: Run, entry: str, tmp_path: Path) -> None:
    path = telling_jpeg(tmp_path / "witness-house.jpg")
    assert run("entry", "protect", entry).code == 0
    assert run("photo", "add", entry, str(path)).code == 0
    (shown,) = run("photo", "show", entry, "--json").json
    assert shown["inside"] == {}
    assert shown["sent"] > 0
    assert "rights" not in blocks(run, entry)[-1]


def test_nothing_is_put_into_what_was_withdrawn(run: Run, entry: str, tmp_path: Path) -> None:
    run("entry", "publish", entry)
    run("entry", "withdraw", entry, "--note", "Another bridge was meant.")
    refused = run("photo", "add", entry, str(telling_jpeg(tmp_path / "a.jpg")))
    assert (refused.code, refused.out) == (1, "")
    kept = (tmp_path / "profile" / "photos").rglob("*")
    assert [each for each in kept if each.is_file()] == []
    assert run("photo", "show", "no-such-id").code == 1

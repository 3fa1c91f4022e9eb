from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.exchange import export_json, export_markdown
from editor.desk.imports import import_path
from editor.desk.photos import add_photo, sizes
from editor.desk.release import publish, withdraw
from editor.desk.writing import new_entry, save_draft
from editor.domain.entry import Origin, Stage
from editor.domain.ids import AssetId, BlogId, EntryId
from editor.problems import Refused
from tests.media.pictures import SECRETS, telling_jpeg
from tests.rooms import TestRoom


@pytest.fixture
def other(tmp_path: Path) -> Iterator[TestRoom]:
    made = TestRoom(tmp_path / "other laptop")
    yield made
    made.close()


@pytest.fixture
def filled(house: TestRoom, blog: BlogId, tmp_path: Path) -> BlogId:
    photo = add_photo(house.room, telling_jpeg(tmp_path / "witness-house.jpg", size=(2400, 1600)))
    contents = [
        Content(headline="Wasser – 水位 – الماء", body=(Text(text="**7.2** metres 🌊"), photo)),
        Content(headline="", body=(Quote(text="לא נעזוב", speaker="Resident", language="he"),)),
        Content(
            headline="नदी", body=(Text(text="- एक\n- दो"),), key_event=True, labels=("नदी", "river")
        ),
    ]
    made: list[EntryId] = []
    for content in contents:
        made += new_entry(house.room, blog, content).entries
        house.clock.forward(minutes=3)
    publish(house.room, made[0])
    gone = next(iter(new_entry(house.room, blog, Content(headline="A mistake")).entries))
    publish(house.room, gone)
    withdraw(house.room, gone, "It was another river.")
    return blog


def all_contents(house: TestRoom, blog: BlogId) -> dict[EntryId, Content]:
    views = [house.views.entry(entry) for entry in house.views.timeline(blog)]
    return {v.entry.id: v.content for v in views if v.entry.stage is not Stage.WITHDRAWN}


def without_photos(contents: dict[EntryId, Content]) -> dict[EntryId, list[object]]:
    return {
        key: [c.headline, c.time, c.labels, *(b for b in c.body if not isinstance(b, Photo))]
        for key, c in contents.items()
    }


def photo_files(folder: Path) -> list[Path]:
    return sorted((folder / "photos").iterdir())


@pytest.mark.parametrize("export", [export_markdown, export_json])
def test_a_blog_goes_to_another_laptop_and_says_the_same(
    house: TestRoom, filled: BlogId, other: TestRoom, tmp_path: Path, export: object
) -> None:
    folder = tmp_path / "خروجی"
    export(house.room, house.views, filled, folder)  # type: ignore[operator]
    made = import_path(other.room, other.views, folder)
    (row,) = other.views.blogs()
    assert (row.headline, row.timezone) == ("Flood in the delta", "Europe/Budapest")
    assert set(made) == set(all_contents(house, filled))
    here, there = all_contents(house, filled), all_contents(other, row.id)
    assert without_photos(there) == without_photos(here)
    assert all(other.views.entry(entry).entry.stage is Stage.DRAFT for entry in made)
    (photo,) = [b for c in there.values() for b in c.body if isinstance(b, Photo)]
    (original,) = [b for c in here.values() for b in c.body if isinstance(b, Photo)]
    assert (photo.caption, photo.alt, photo.credit) == (
        original.caption,
        original.alt,
        original.credit,
    )
    assert other.room.shelf.original(AssetId(photo.asset)).is_file()
    assert sizes(other.room, photo)[1] > 0


@pytest.mark.parametrize("export", [export_markdown, export_json])
def test_an_import_of_what_was_exported_changes_nothing(
    house: TestRoom, filled: BlogId, tmp_path: Path, export: object
) -> None:
    export(house.room, house.views, filled, tmp_path / "out")  # type: ignore[operator]
    before = all_contents(house, filled)
    import_path(house.room, house.views, tmp_path / "out")
    assert all_contents(house, filled) == before
    assert [v.entry.stage for e in before if not (v := house.views.entry(e)).is_draft] == [
        Stage.PUBLISHED
    ]
    assert len(house.views.blogs()) == 1


@pytest.mark.parametrize("export", [export_markdown, export_json])
def test_nothing_private_leaves_with_an_export(
    house: TestRoom, filled: BlogId, tmp_path: Path, export: object
) -> None:
    export(house.room, house.views, filled, tmp_path / "out")  # type: ignore[operator]
    assert len(photo_files(tmp_path / "out")) == 1
    for path in (tmp_path / "out").rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not [secret for secret in SECRETS if secret in data]
        assert "witness" not in path.name


def test_an_edited_file_becomes_the_draft_of_its_entry(
    house: TestRoom, filled: BlogId, tmp_path: Path
) -> None:
    export_markdown(house.room, house.views, filled, tmp_path / "out")
    (file,) = (tmp_path / "out").glob("*wasser*.md")
    file.write_text(file.read_text("utf-8").replace("**7.2**", "**7.4**"), encoding="utf-8")
    (entry,) = import_path(house.room, house.views, file)
    view = house.views.entry(entry)
    assert view.is_draft
    assert view.content.body[0].text == "**7.4** metres 🌊"
    assert view.public is not None and view.public.body[0].text == "**7.2** metres 🌊"
    assert view.content.body[1] == view.public.body[1]


def test_what_an_import_replaces_and_what_it_brings_are_in_the_history(
    house: TestRoom, filled: BlogId, other: TestRoom, tmp_path: Path
) -> None:
    (quote,) = (k for k, c in all_contents(house, filled).items() if not c.headline)
    typed = Content(headline="כותרת", body=(Text(text="Typed here."),))
    export_markdown(house.room, house.views, filled, tmp_path / "out")
    brought = house.views.entry(quote).content
    save_draft(house.room, quote, typed)
    import_path(house.room, house.views, tmp_path / "out")
    history = house.views.history(quote)
    assert house.views.entry(quote).content == brought
    assert [house.views.revision_content(row.id) for row in history] == [brought, typed]
    assert history[0].origin is Origin.IMPORT
    import_path(other.room, other.views, tmp_path / "out")
    assert [row.origin for row in other.views.history(quote)] == [Origin.IMPORT]


def test_a_second_export_replaces_the_first(
    house: TestRoom, filled: BlogId, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    assert export_markdown(house.room, house.views, filled, folder) == 3
    (file,) = folder.glob("*wasser*.md")
    file.write_text(file.read_text("utf-8").replace("Wasser", "Mehr Wasser"), encoding="utf-8")
    import_path(house.room, house.views, file)
    export_markdown(house.room, house.views, filled, folder)
    assert len(list(folder.glob("*.md"))) == 3
    assert list(folder.glob("*mehr-wasser*.md"))


def test_each_unfit_file_has_its_sentence_and_none_is_kept(
    house: TestRoom, blog: BlogId, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    telling_jpeg(folder / "photo.jpg")
    (folder / "a.md").write_text("Good.\n\n![alt](photo.jpg)\n", encoding="utf-8")
    (folder / "b.md").write_text("---\nheadlin: typo\n---\nText\n", encoding="utf-8")
    (folder / "c.md").write_bytes(b"\xff\xfe not utf-8")
    (folder / "d.md").write_text("![alt](gone.jpg)\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        import_path(house.room, house.views, folder, blog=blog)
    assert [problem.field for problem in caught.value.problems] == ["b.md", "c.md", "d.md"]
    assert caught.value.problems[2].code == "photo-missing"
    assert not house.views.timeline(blog)
    assert not list(house.profile.photos.rglob("*"))
    for name in "bcd":
        (folder / f"{name}.md").unlink()
    assert len(import_path(house.room, house.views, folder, blog=blog)) == 1


def test_an_id_belongs_to_one_entry_of_one_blog(
    house: TestRoom, filled: BlogId, tmp_path: Path
) -> None:
    from editor.desk.blogs import add_blog

    folder = tmp_path / "out"
    export_markdown(house.room, house.views, filled, folder)
    (elsewhere,) = add_blog(house.room, headline="Budget day").blogs
    (file,) = folder.glob("*wasser*.md")
    with pytest.raises(Refused) as caught:
        import_path(house.room, house.views, file, blog=elsewhere)
    assert caught.value.first.code == "entry-elsewhere"
    (folder / "copy.md").write_bytes(file.read_bytes())
    with pytest.raises(Refused) as caught:
        import_path(house.room, house.views, folder)
    assert caught.value.first.code == "entry-twice"


def test_what_cannot_be_imported_is_told(house: TestRoom, blog: BlogId, tmp_path: Path) -> None:
    def code(path: Path, to: BlogId | None = blog) -> str:
        with pytest.raises(Refused) as caught:
            import_path(house.room, house.views, path, blog=to)
        return caught.value.first.code

    (tmp_path / "in").mkdir()
    assert code(tmp_path / "in") == "import-empty"
    assert code(tmp_path / "gone.md") == "file-missing"
    (tmp_path / "in" / "a.md").write_text("Text", encoding="utf-8")
    assert code(tmp_path / "in", None) == "blog-needed"
    file = tmp_path / "in" / "blog.json"
    file.write_text("{", encoding="utf-8")
    assert code(tmp_path / "in") == "export-broken"
    face = {"slug": "x", "headline": "X", "timezone": "Nowhere/Land"}
    file.write_text(json.dumps({"dateline": 99, "blog": face}), encoding="utf-8")
    assert code(tmp_path / "in") == "export-newer"
    file.write_text(json.dumps({"dateline": 1, "blog": face}), encoding="utf-8")
    assert code(tmp_path / "in", None) == "timezone-unknown"


def test_a_photo_that_is_exported_is_a_plain_jpeg(
    house: TestRoom, filled: BlogId, tmp_path: Path
) -> None:
    export_json(house.room, house.views, filled, tmp_path / "out")
    (photo,) = photo_files(tmp_path / "out")
    with Image.open(photo) as image:
        assert image.size == (2048, 1365)
    document = json.loads((tmp_path / "out" / "blog.json").read_text("utf-8"))
    assert [entry["stage"] for entry in document["entries"]].count("withdrawn") == 1
    assert list(document["photos"].values()) == [f"photos/{photo.name}"]

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from editor.content.blocks.photo import Photo
from editor.desk.photos import sizes
from editor.desk.preflight import preflight
from editor.desk.sample import make_sample
from editor.domain.entry import Stage
from editor.domain.ids import BlogId
from editor.problems import Refused
from editor.views import Filter
from tests.rooms import NOON, TestRoom

Sample = tuple[TestRoom, BlogId]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    house = TestRoom(tmp_path_factory.mktemp("profile"))
    yield house, make_sample(house.room)
    house.close()


def test_the_sample_is_a_day_of_work_in_every_stage(sample: Sample) -> None:
    house, blog = sample
    views = [house.views.entry(entry) for entry in house.views.timeline(blog)]
    assert len(views) >= 25
    stages = Counter(view.entry.stage for view in views)
    assert set(stages) == set(Stage)
    assert {block.TYPE for view in views for block in view.content.blocks} == {
        "text",
        "photo",
        "quote",
        "social",
        "story",
    }
    assert views[0].content.headline == "What we know so far"
    assert views[0].content.pinned
    newest = views[1]
    assert newest.content.headline == "Water reaches the old bridge"
    assert newest.entry.stage is Stage.DRAFT
    assert [block.TYPE for block in newest.content.blocks] == ["text", "photo", "quote", "social"]
    assert not [problem for view in views for problem in preflight(view.content)]
    assert len(house.views.timeline(blog, Filter.KEY_EVENTS)) == 4


def test_the_sample_happens_now(sample: Sample) -> None:
    house, blog = sample
    for entry in house.views.timeline(blog):
        view = house.views.entry(entry)
        assert view.content.time is not None and view.content.time < NOON
        assert view.entry.changed <= NOON
        assert all(row.at <= NOON for row in house.views.history(entry))
        for block in view.content.blocks:
            captured = getattr(block, "captured", None)
            assert captured is None or captured <= view.content.time


def test_the_sample_shows_what_desks_do(sample: Sample) -> None:
    house, blog = sample
    views = [house.views.entry(entry) for entry in house.views.timeline(blog)]
    by_stage = {view.entry.stage: view for view in views}
    assert by_stage[Stage.RETURNED].entry.note == "Name the operator, please."
    assert "another river" in by_stage[Stage.WITHDRAWN].entry.note
    assert by_stage[Stage.SCHEDULED].entry.not_before > NOON  # type: ignore[operator]
    (corrected,) = [view for view in views if view.entry.corrected]
    assert "1998" in corrected.content.blocks[0].plain()
    notes = [row.note for row in house.views.history(corrected.entry.id)]
    assert "an earlier version gave the year as 1989." in notes


def test_the_samples_photos_lose_their_place_and_most_of_their_weight(sample: Sample) -> None:
    house, blog = sample
    photos = {
        block.asset: block
        for entry in house.views.timeline(blog)
        for block in house.views.entry(entry).content.blocks
        if isinstance(block, Photo)
    }
    assert len(photos) >= 4
    with house.store.read() as tx:
        assets = [tx.asset(photo) for photo in photos]  # type: ignore[arg-type]
    assert any(asset and asset.has_location for asset in assets)
    for photo in photos.values():
        original, sent = sizes(house.room, photo)
        assert sent < original


def test_a_slug_that_is_taken_is_refused(sample: Sample) -> None:
    house, _ = sample
    with pytest.raises(Refused) as caught:
        make_sample(house.room)
    assert caught.value.first.code == "slug-taken"

"""A blog of thousands of entries at a real site: how much is asked to know it, and what happens when it is emptied."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.desk import outbox
from editor.domain.entry import Stage
from editor.sync.delivery import Visibility
from tests.real import crowd
from tests.real.between import Passed
from tests.real.naming import words
from tests.real.newsroom import Laptop
from tests.real.scene import Scene, a_scene
from tests.real.sites import shared

pytestmark = [pytest.mark.slow, pytest.mark.real]
MANY, BLOG, PAGE = 5000, 1000, 100
KILOBYTES = 10


@pytest.fixture(params=["mariadb", "sqlite"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path, shared(request.param, "fpm"), patient=True) as made:
        yield made


def since(scene: Scene, number: int) -> list[Passed]:
    """The requests after so many."""
    return scene.between.passed[number:]


def bytes_of(requests: list[Passed]) -> int:
    """What went both ways, headers and all."""
    return sum(each.sent + each.received for each in requests)


def told(what: str, begun: float, requests: list[Passed]) -> None:
    """For whoever wants to know (``pytest -rP``)."""
    seconds, kilobytes = time.monotonic() - begun, bytes_of(requests) / 1000
    print(f"{what}: {len(requests)} requests, {kilobytes:.1f} kB, {seconds:.1f} s")


def test_5000_entries_are_listed_and_pulled_whole_with_a_request_for_each_hundred(
    scene: Scene,
) -> None:
    laptop = scene.laptop
    there = crowd.entries(MANY)
    begun = time.monotonic()
    crowd.fill(scene.site, "field", laptop.views.blog(laptop.blog), there)
    told("made", begun, [])
    backend = laptop.backend()
    begun, before = time.monotonic(), len(scene.between.passed)
    listed = backend.listing()
    told("listed", begun, since(scene, before))
    assert {each.entry for each in listed} == {entry for entry, _ in there}
    assert len({each.ref for each in listed}) == MANY
    assert {each.visibility for each in listed} == {Visibility.PUBLIC}
    assert len(since(scene, before)) <= MANY / PAGE + 1, "and one for the category"
    assert bytes_of(since(scene, before)) < 500 * MANY
    begun, before = time.monotonic(), len(scene.between.passed)
    pulled = backend.changes("")
    told("pulled from the beginning", begun, since(scene, before))
    assert {each.entry for each in pulled.changed} == {entry for entry, _ in there}
    assert len(since(scene, before)) <= MANY / PAGE
    for _ in range(2):
        begun, before = time.monotonic(), len(scene.between.passed)
        pulled = backend.changes(pulled.cursor)
        told("pulled again", begun, since(scene, before))
        assert pulled.changed == ()
        assert len(since(scene, before)) == 1
    backend.close()


def test_an_unchanged_blog_of_1000_entries_is_asked_for_with_one_request_of_less_than_10_kb(
    scene: Scene,
) -> None:
    laptop = scene.laptop
    there = crowd.entries(BLOG)
    crowd.fill(scene.site, "field", laptop.views.blog(laptop.blog), there)
    backend = laptop.backend()
    crowd.know(laptop, there, backend.changes("").changed)
    backend.close()
    for number in range(5):
        begun, before = time.monotonic(), len(scene.between.passed)
        report = laptop.run()
        assert report is not None and report.waiting == 0
        asked = since(scene, before)
        told(f"pass {number + 1}", begun, asked)
        assert [each for each in asked if each.writes] == []
        # first everything is listed, then what changed is asked for from the beginning
        assert number < 2 or len(asked) == 1
        assert number < 2 or bytes_of(asked) < KILOBYTES * 1000
        laptop.forward(61)
    assert laptop.open() == []
    assert laptop.notices() == []


def emptied(scene: Scene, *, for_good: bool) -> Laptop:
    """Eight public entries, of which five are gone since."""
    laptop = scene.laptop
    everything = [laptop.publish(words(number)) for number in range(8)]
    laptop.sync()
    laptop.forward(130)
    force = "?force=true" if for_good else ""
    for entry in everything[:5]:
        path = f"/wp/v2/posts/{laptop.row(entry).held.ref}{force}"
        assert scene.site.call("desk", "DELETE", path)[0] == 200
    laptop.correct(everything[7], words(7, 1))
    # what is gone without a trace is missed in the next list
    laptop.forward(16 * 60)
    laptop.pull()
    return laptop


@pytest.mark.parametrize("for_good", [False, True], ids=["binned", "removed"])
@pytest.mark.parametrize("answer", ["accept", "send again"])
def test_when_more_than_half_is_gone_at_once_nothing_is_sent_until_a_person_says_why(
    scene: Scene, answer: str, for_good: bool
) -> None:
    laptop = emptied(scene, for_good=for_good)
    with laptop.store.read() as tx:
        everything = [each.id for each in tx.entries(laptop.blog)]
    assert "target-emptied" in laptop.notices()
    writes = [each for each in scene.between.passed if each.writes]
    laptop.publish(words(9))
    for _ in range(3):
        laptop.forward(400)
        laptop.run()
    assert [each for each in scene.between.passed if each.writes] == writes
    assert {laptop.entry(entry).stage for entry in everything} == {Stage.PUBLISHED}
    if answer == "accept":
        outbox.accept_emptied(laptop.room, laptop.target.id)
    else:
        outbox.send_all_again(laptop.room, laptop.target.id)
    laptop.sync()
    with laptop.store.read() as tx:
        newest = [each.id for each in tx.entries(laptop.blog) if each.id not in everything]
    stays = everything[5:] if answer == "accept" else everything
    scene.assert_once(*stays, *newest)
    texts = {laptop.working(entry).headline for entry in everything}
    assert texts == {words(number).headline for number in range(8)}, "nothing is lost"

"""The laptop and the desk of a real site change the same entry: what becomes of either's words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.content.entry import digest
from editor.desk import conflicts, outbox, release
from editor.domain.entry import Kind, Origin, Stage
from editor.domain.ids import EntryId
from editor.sync.delivery import Phase, Visibility
from tests.real.between import Fate
from tests.real.naming import words
from tests.real.scene import Scene, a_scene, creates, kind, updates
from tests.real.sites import shared

pytestmark = [pytest.mark.slow, pytest.mark.real]


@pytest.fixture(params=["mariadb", "sqlite"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path, shared(request.param, "fpm")) as made:
        yield made


@pytest.fixture
def editors(tmp_path: Path) -> Iterator[Scene]:
    """A laptop whose user is an editor there, who sees and may change everything."""
    with a_scene(tmp_path, shared("mariadb", "fpm"), "desk") as made:
        yield made


def public(scene: Scene, number: int = 1) -> EntryId:
    """An entry that readers see."""
    entry = scene.laptop.publish(words(number))
    scene.laptop.sync()
    scene.assert_once(*(each.id for each in all_of(scene)))
    return entry


def all_of(scene: Scene) -> list:  # type: ignore[type-arg]
    with scene.laptop.store.read() as tx:
        return list(tx.entries(scene.laptop.blog))


class Desk:
    """An editor in the web, who sees posts."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def ref(self, entry: EntryId) -> int:
        (post,) = [p for p in self._scene.site.posts() if p["slug"].startswith(entry)]
        return int(post["id"])

    def write(self, entry: EntryId, old: str, new: str) -> None:
        path = f"/wp/v2/posts/{self.ref(entry)}"
        status, post = self._scene.site.call("desk", "GET", f"{path}?context=edit")
        raw = post["content"]["raw"]
        assert (status, old in raw) == (200, True)
        self.put(entry, content=raw.replace(old, new))

    def put(self, entry: EntryId, **fields: object) -> None:
        path = f"/wp/v2/posts/{self.ref(entry)}"
        assert self._scene.site.call("desk", "POST", path, **fields)[0] == 200

    def bin(self, entry: EntryId) -> None:
        path = f"/wp/v2/posts/{self.ref(entry)}"
        assert self._scene.site.call("desk", "DELETE", path)[0] == 200


def texts(scene: Scene, entry: EntryId) -> list[str]:
    """All that an entry's versions say."""
    return [block.text for each in scene.laptop.revisions(entry) for block in each.content.body]


def later(scene: Scene) -> None:
    """The laptop looks twice, a minute between: the first time it may only list, by whole seconds."""
    for _ in range(2):
        scene.laptop.forward(61)
        scene.laptop.pull()


def test_what_the_desk_changed_in_the_same_block_waits_for_a_choice_and_both_texts_are_kept(
    scene: Scene,
) -> None:
    entry, other = public(scene), public(scene, 2)
    laptop, desk = scene.laptop, Desk(scene)
    desk.write(entry, "Ours 1.0", "The desk's own 1.0")
    laptop.correct(entry, words(1, 1))
    laptop.correct(other, words(2, 1))
    laptop.sync()
    row = laptop.row(entry)
    assert (row.phase, row.problem and row.problem.code) == (Phase.CONFLICT, "remote-changed")
    found = laptop.there(entry).content
    assert found is not None and found.body[0].text.startswith("The desk's own 1.0")
    clash = laptop.views.conflict(entry, laptop.target.id)
    assert clash is not None
    assert clash.mine == words(1, 1)
    assert clash.theirs == found
    assert laptop.there(other).held.digest == laptop.approved(other), "others go on"
    for _ in range(3):
        later(scene)
    assert scene.asked.count("update") == 3, "two publications and a correction"
    conflicts.settle(laptop.room, entry, laptop.target.id, clash.mine)
    laptop.sync()
    assert laptop.there(entry).content == found, "a choice is no release"
    release.correct(laptop.room, entry, Kind.UPDATE, "Both saw it.", shown=digest(clash.mine))
    laptop.sync()
    scene.assert_once(entry, other)
    assert laptop.there(entry).content == clash.mine


def test_changes_of_different_blocks_merge_and_the_merge_waits_for_approval(scene: Scene) -> None:
    entry = public(scene)
    laptop = scene.laptop
    Desk(scene).write(entry, "Theirs 1.0", "Theirs 1.1")
    laptop.correct(entry, words(1, 1))
    laptop.sync()
    both = words(1, 1, 1)
    assert laptop.working(entry) == both
    about, found = laptop.entry(entry), laptop.there(entry)
    assert about.approved != about.head, "nobody approved both together"
    assert found.content == words(1, 0, 1)
    assert "desk-merged" in laptop.notices()
    assert {each.origin for each in laptop.revisions(entry)} >= {Origin.DESK, Origin.MERGE}
    laptop.correct(entry, both)
    laptop.sync()
    scene.assert_once(entry)
    assert laptop.there(entry).content == both


def test_what_only_the_desk_changed_is_the_laptops_text_from_then_on_and_nothing_is_sent(
    scene: Scene,
) -> None:
    entry = public(scene)
    writes = [each for each in scene.between.passed if each.writes]
    Desk(scene).write(entry, "Ours 1.0", "The desk's own 1.0")
    later(scene)
    assert scene.laptop.working(entry).body[0].text.startswith("The desk's own 1.0")
    scene.assert_once(entry)
    assert scene.laptop.notices() == ["desk-changed"]
    later(scene)
    assert [each for each in scene.between.passed if each.writes] == writes


def test_what_the_desk_wrote_between_our_reading_and_our_writing_is_kept_and_told(
    scene: Scene,
) -> None:
    entry = public(scene)
    laptop, desk = scene.laptop, Desk(scene)
    laptop.correct(entry, words(1, 1))
    quick = lambda: desk.write(entry, "Theirs 1.0", "Theirs 1.1")  # noqa: E731
    scene.next(Fate("the desk is quicker", before=quick), updates)
    laptop.sync()
    scene.assert_once(entry)
    assert any("Theirs 1.1" in each for each in texts(scene, entry))
    assert laptop.notices() == ["desk-text-replaced"]


def test_what_the_desk_wrote_just_before_a_draft_became_public_is_heard(scene: Scene) -> None:
    laptop, desk = scene.laptop, Desk(scene)
    entry = laptop.publish(words(1))
    quick = lambda: desk.write(entry, "Theirs 1.0", "Theirs 1.1")  # noqa: E731
    scene.next(Fate("the desk is quicker", before=quick), updates)
    laptop.sync()
    scene.assert_once(entry)
    assert laptop.working(entry).body[1].text.startswith("Theirs 1.1")
    assert laptop.notices() == ["desk-published"]


def test_what_the_desk_wrote_just_before_a_withdrawal_lies_in_the_bin(scene: Scene) -> None:
    entry = public(scene)
    laptop, desk = scene.laptop, Desk(scene)
    release.withdraw(laptop.room, entry, "It was somewhere else.")
    quick = lambda: desk.write(entry, "Theirs 1.0", "Theirs 1.1")  # noqa: E731
    scene.next(Fate("the desk is quicker", before=quick), lambda each: kind(each) == "bin")
    laptop.sync()
    (post,) = scene.site.posts()
    assert (post["status"], "Theirs 1.1" in post["content"]) == ("trash", True)


def test_what_the_desk_wrote_before_a_creation_was_found_is_not_written_over(scene: Scene) -> None:
    laptop, desk = scene.laptop, Desk(scene)
    entry = laptop.publish(words(1))
    scene.next("killed at the end", creates)
    laptop.run()
    desk.write(entry, "Theirs 1.0", "Theirs 1.1")
    laptop.sync()
    assert laptop.working(entry).body[1].text.startswith("Theirs 1.1")
    assert laptop.there(entry).content == laptop.working(entry)
    assert scene.asked.count("create") == 1


def test_what_the_desk_binned_is_not_made_again_and_its_text_is_kept(scene: Scene) -> None:
    entry, other, third = public(scene), public(scene, 2), public(scene, 3)
    laptop = scene.laptop
    Desk(scene).bin(entry)
    later(scene)
    row = laptop.row(entry)
    assert (row.phase, row.problem and row.problem.code) == (Phase.CONFLICT, "remote-gone")
    laptop.correct(entry, words(1, 1))
    for _ in range(3):
        later(scene)
    assert scene.asked.count("create") == 3
    assert laptop.working(entry).body == words(1, 1).body
    scene.assert_once(other, third)
    outbox.retry(laptop.room, entry, laptop.target.id)
    laptop.sync()
    scene.assert_once(entry, other, third)
    later(scene)
    scene.assert_once(entry, other, third)


def test_what_the_desk_took_out_of_the_bin_is_public_here_again(scene: Scene) -> None:
    entry, other, third = public(scene), public(scene, 2), public(scene, 3)
    Desk(scene).bin(entry)
    later(scene)
    Desk(scene).put(entry, status="publish")
    later(scene)
    scene.assert_once(entry, other, third)
    assert scene.laptop.entry(entry).stage is Stage.PUBLISHED
    assert scene.asked.count("create") == 3


def test_what_was_left_down_stays_down(scene: Scene) -> None:
    entry, other, third = public(scene), public(scene, 2), public(scene, 3)
    laptop = scene.laptop
    Desk(scene).bin(entry)
    later(scene)
    outbox.leave_down(laptop.room, entry, laptop.target.id)
    later(scene)
    assert laptop.open() == []
    scene.assert_once(other, third)


def test_what_the_desk_published_is_published_here_too(scene: Scene) -> None:
    laptop = scene.laptop
    entry = laptop.submit(words(1))
    laptop.sync()
    assert [post["status"] for post in scene.site.posts()] == ["pending"]
    Desk(scene).put(entry, status="publish")
    later(scene)
    scene.assert_once(entry)
    about = laptop.entry(entry)
    assert (about.stage, about.approved is not None) == (Stage.PUBLISHED, True)
    assert laptop.notices() == ["desk-published"]


def test_what_the_desk_took_from_the_public_is_not_shown_again_by_itself(scene: Scene) -> None:
    entry = public(scene)
    laptop = scene.laptop
    Desk(scene).put(entry, status="draft")
    later(scene)
    row = laptop.row(entry)
    assert (row.phase, row.problem and row.problem.code) == (Phase.CONFLICT, "remote-unpublished")
    laptop.correct(entry, words(1, 1))
    later(scene)
    assert [post["status"] for post in scene.site.posts()] == ["draft"]
    outbox.retry(laptop.room, entry, laptop.target.id)
    laptop.sync()
    scene.assert_once(entry)
    assert laptop.there(entry).held.visibility is Visibility.PUBLIC


def test_a_page_that_has_an_entrys_name_does_not_matter(scene: Scene) -> None:
    laptop = scene.laptop
    entry = laptop.publish(words(1))
    path = "/wp/v2/pages"
    status, _ = scene.site.call("desk", "POST", path, title="A page", slug=entry, status="publish")
    assert status == 201
    laptop.sync()
    scene.assert_once(entry)


@pytest.mark.parametrize("user", ["field", "desk"])
def test_a_strangers_post_that_has_an_entrys_name_is_left_alone(tmp_path: Path, user: str) -> None:
    """An author cannot look into it; an editor can."""
    with a_scene(tmp_path, shared("mariadb", "fpm"), user) as scene:
        laptop = scene.laptop
        entry, other = laptop.publish(words(1)), laptop.publish(words(2))
        said = {"title": "A stranger's", "content": "<p>Not ours.</p>", "status": "publish"}
        status, post = scene.site.call("admin", "POST", "/wp/v2/posts", slug=entry, **said)
        assert status == 201
        laptop.sync()
        for _ in range(3):
            later(scene)
        living = [each for each in scene.site.posts() if each["status"] != "trash"]
        assert sorted(each["slug"] for each in living) == sorted([entry, other])
        (strangers,) = [each for each in living if each["slug"] == entry]
        assert (strangers["id"], strangers["content"]) == (post["id"], said["content"])
        row = laptop.row(entry)
        assert (row.phase, row.problem and row.problem.code) == (
            Phase.REFUSED,
            "wordpress-cannot-edit",
        )
        assert scene.asked.count("create") == 2, "it is not tried for ever"
        assert laptop.working(entry) == words(1)


def test_a_post_of_the_desks_into_which_our_words_were_copied_is_left_alone(editors: Scene) -> None:
    entry = public(editors)
    site, laptop = editors.site, editors.laptop
    _, ours = site.call("desk", "GET", f"/wp/v2/posts/{Desk(editors).ref(entry)}?context=edit")
    copied = {
        "content": f"{ours['content']['raw']}\n\n<!-- wp:paragraph -->\n<p>And more.</p>\n<!-- /wp:paragraph -->"
    }
    for status in ("publish", "draft"):
        made, _ = site.call(
            "desk",
            "POST",
            "/wp/v2/posts",
            title="A roundup",
            status=status,
            categories=ours["categories"],
            **copied,
        )
        assert made == 201
    laptop.forward(16 * 60)
    later(editors)
    later(editors)
    assert [post["status"] for post in site.posts()] == ["publish", "publish", "draft"]
    assert laptop.notices() == []

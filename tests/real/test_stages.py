"""Submitting, returning, scheduling: what the desk does in WordPress with what this laptop sent, and the other way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import accounts, release, writing
from editor.domain.blog import Account, Blog, Role, Target
from editor.domain.entry import Entry, Stage
from editor.domain.ids import AccountId, EntryId
from editor.domain.stages import NO_NOTE
from editor.registry import Kinds
from editor.sync.backend import Backend
from editor.sync.delivery import Delivery, Phase, Visibility
from editor.sync.engine import Engine
from tests.backends.opening import BLOG
from tests.real.opening import make_category, settings_of
from tests.real.sites import shared
from tests.real.wordpress import WordPress
from tests.rooms import TestRoom

pytestmark = [pytest.mark.real, pytest.mark.slow]


class Laptop:
    """A correspondent's or an editor's laptop at a real site."""

    def __init__(self, site: WordPress, folder: Path, user: str, **settings: str) -> None:
        self.site = site
        room = self.room = TestRoom(folder)
        room.clock.time = datetime.now(UTC)
        kind = Kinds().get("wordpress")
        with room.room.store.write() as tx:
            tx.put_blog(BLOG)
        role = Role.CORRESPONDENT if user == "stringer" else Role.DESK
        given = {**settings_of(site, user), **settings}
        accounts.add_account(room.room, kind="wordpress", name="site", settings=given, role=role)
        accounts.add_target(room.room, BLOG.id, AccountId("site"), settings={}, reviews=True)
        with room.room.store.read() as tx:
            (self.target,) = tx.targets(BLOG.id)

        def opened(blog: Blog, target: Target, account: Account) -> Backend:
            secret = site.users[user].app_password
            return kind.open(blog, target, {**account.settings, **target.settings}, secret)

        self.engine = Engine(
            room.room.store, room.room.shelf, opened, room.clock, room.room.ids, lambda: 0.0
        )

    def write(self, headline: str, words: str) -> EntryId:
        (entry,) = writing.new_entry(self.room.room, BLOG.id).entries
        self.change(entry, headline, words)
        return entry

    def change(self, entry: EntryId, headline: str, words: str) -> None:
        content = Content(headline=headline, body=(Text(text=words),))
        writing.save_draft(self.room.room, entry, content)

    def go(self) -> None:
        self.room.clock.forward(seconds=70)
        self.engine.run_pass()

    def entry(self, entry: EntryId) -> Entry:
        with self.room.room.store.read() as tx:
            return tx.entry(entry)

    def row(self, entry: EntryId) -> Delivery:
        with self.room.room.store.read() as tx:
            found = tx.delivery(entry, self.target.id)
        assert found is not None
        return found

    def post(self, entry: EntryId) -> dict[str, object]:
        (found,) = [each for each in self.site.posts() if entry in each["content"]]
        return found

    def notices(self) -> set[str]:
        return {each.problem.code for each in self.room.views.notices()}


@pytest.fixture
def site() -> WordPress:
    there = shared()
    there.reset()
    make_category(there)
    return there


@pytest.fixture
def stringer(site: WordPress, tmp_path: Path) -> Iterator[Laptop]:
    laptop = Laptop(site, tmp_path / "stringer", "stringer")
    yield laptop
    laptop.room.close()


@pytest.fixture
def author(site: WordPress, tmp_path: Path) -> Iterator[Laptop]:
    laptop = Laptop(site, tmp_path / "author", "field", holds="on")
    yield laptop
    laptop.room.close()


def as_desk(site: WordPress, post: dict[str, object], **fields: object) -> None:
    status, answer = site.call("desk", "POST", f"/wp/v2/posts/{post['id']}", **fields)
    assert status == 200, answer


def test_a_submission_is_pending_and_what_the_desk_publishes_is_published_here(
    site: WordPress, stringer: Laptop
) -> None:
    entry = stringer.write("Water reaches the old bridge", "The gauge read **7.2 metres**.")
    release.submit(stringer.room.room, entry)
    stringer.go()
    assert stringer.post(entry)["status"] == "pending"
    assert stringer.row(entry).settled
    as_desk(site, stringer.post(entry), status="publish")
    stringer.go()
    assert stringer.entry(entry).stage is Stage.PUBLISHED
    assert stringer.row(entry).held.visibility is Visibility.PUBLIC
    assert stringer.row(entry).held.url.startswith(site.url)
    assert "desk-published" in stringer.notices()
    assert len(site.posts()) == 1


def test_what_the_desk_edits_and_publishes_comes_back_as_readers_see_it(
    site: WordPress, stringer: Laptop
) -> None:
    entry = stringer.write("Water", "The gauge read seven metres.")
    release.submit(stringer.room.room, entry)
    stringer.go()
    post = stringer.post(entry)
    content = str(post["content"]).replace("seven metres", "7.2 metres")
    as_desk(site, post, content=content, title="Water reaches the old bridge", status="publish")
    stringer.go()
    with stringer.room.room.store.read() as tx:
        head = stringer.entry(entry).head
        assert head is not None
        said = tx.revision(head).content
    assert said.headline == "Water reaches the old bridge"
    assert said.blocks[0].plain() == "The gauge read 7.2 metres."
    assert stringer.entry(entry).stage is Stage.PUBLISHED


@pytest.mark.parametrize("note", ["Who measured this?", ""])
def test_a_draft_again_is_returned_with_the_note_in_its_excerpt_and_goes_again(
    site: WordPress, stringer: Laptop, note: str
) -> None:
    entry = stringer.write("Water", "The gauge read 7.2 metres.")
    release.submit(stringer.room.room, entry)
    stringer.go()
    as_desk(site, stringer.post(entry), status="draft", excerpt=note)
    stringer.go()
    after = stringer.entry(entry)
    assert (after.stage, after.note) == (Stage.RETURNED, note or NO_NOTE)
    assert "desk-returned" in stringer.notices()
    release.submit(stringer.room.room, entry)
    stringer.go()
    again = stringer.post(entry)
    assert (again["status"], again["excerpt"]) == ("pending", "")
    assert stringer.entry(entry).stage is Stage.SUBMITTED
    assert len(site.posts()) == 1


def test_what_is_sent_back_here_is_a_draft_there_with_the_note(
    site: WordPress, author: Laptop
) -> None:
    entry = author.write("Water", "The gauge read 7.2 metres.")
    release.submit(author.room.room, entry)
    author.go()
    assert author.post(entry)["status"] == "pending"
    release.send_back(author.room.room, entry, "Who measured this?")
    author.go()
    there = author.post(entry)
    assert (there["status"], there["excerpt"]) == ("draft", "Who measured this?")
    assert author.entry(entry).stage is Stage.RETURNED
    release.publish(author.room.room, entry)
    author.go()
    there = author.post(entry)
    assert (there["status"], there["excerpt"]) == ("publish", "")


def test_a_submission_that_is_taken_back_lies_in_the_bin(site: WordPress, stringer: Laptop) -> None:
    entry = stringer.write("Water", "The gauge read 7.2 metres.")
    release.submit(stringer.room.room, entry)
    stringer.go()
    release.recall(stringer.room.room, entry)
    stringer.go()
    assert stringer.post(entry)["status"] == "trash"
    release.submit(stringer.room.room, entry)
    stringer.go()
    stringer.go()
    living = [each for each in site.posts() if each["status"] != "trash"]
    assert [each["status"] for each in living] == ["pending"]


def test_a_schedule_is_held_by_the_site_and_published_while_the_laptop_is_off(
    site: WordPress, author: Laptop
) -> None:
    entry = author.write("Water", "The gauge read 7.2 metres.")
    due = author.room.clock.now() + timedelta(hours=2)
    release.publish(author.room.room, entry, at=due)
    author.go()
    assert author.post(entry)["status"] == "future"
    for _ in range(3):
        author.go()
    assert not author.row(entry).settled
    assert site.cron(early=True) == 1
    author.go()
    assert author.row(entry).settled
    after = author.entry(entry)
    assert after.stage is Stage.PUBLISHED
    assert "older-text-replaced" not in author.notices()


def test_a_schedule_that_the_desk_moved_there_is_moved_here(
    site: WordPress, author: Laptop
) -> None:
    entry = author.write("Water", "The gauge read 7.2 metres.")
    release.publish(author.room.room, entry, at=author.room.clock.now() + timedelta(hours=2))
    author.go()
    later = (datetime.now(UTC) + timedelta(hours=5)).replace(microsecond=0)
    as_desk(site, author.post(entry), date_gmt=f"{later:%Y-%m-%dT%H:%M:%S}")
    author.go()
    author.go()
    assert author.entry(entry).not_before == later
    assert author.post(entry)["status"] == "future"
    assert author.post(entry)["date_gmt"] == f"{later:%Y-%m-%d %H:%M:%S}"


def test_a_schedule_that_the_desk_took_off_waits_for_the_desk(
    site: WordPress, author: Laptop
) -> None:
    entry = author.write("Water", "The gauge read 7.2 metres.")
    release.publish(author.room.room, entry, at=author.room.clock.now() + timedelta(hours=2))
    author.go()
    as_desk(site, author.post(entry), status="draft")
    author.go()
    author.go()
    assert author.entry(entry).stage is Stage.SUBMITTED
    assert author.post(entry)["status"] == "draft"


def test_a_schedule_whose_time_passed_while_offline_is_never_given_as_one(
    site: WordPress, author: Laptop
) -> None:
    entry = author.write("Water", "The gauge read 7.2 metres.")
    release.publish(author.room.room, entry, at=author.room.clock.now() + timedelta(seconds=30))
    sent: list[str] = []
    site.plugin(
        "watch",
        "add_filter('wp_insert_post_data', function ($data) {"
        " file_put_contents(WP_CONTENT_DIR . '/statuses', $data['post_status'] . \"\\n\", FILE_APPEND);"
        " return $data; });",
    )
    author.go()
    author.go()
    sent = (site.folder / "site/wp-content/statuses").read_text().split()
    assert "future" not in sent
    assert author.row(entry).phase in (Phase.DONE, Phase.PENDING)


def test_withdrawn_lies_in_the_bin_and_comes_back_only_when_the_desk_says_so(
    site: WordPress, author: Laptop
) -> None:
    entry = author.write("Water", "The gauge read 7.2 metres.")
    release.publish(author.room.room, entry)
    author.go()
    assert author.post(entry)["status"] == "publish"
    release.withdraw(author.room.room, entry, "It was another bridge.")
    author.go()
    author.go()
    assert author.post(entry)["status"] == "trash"
    assert author.row(entry).settled

"""Promise 2: nothing is published twice, not by a kill at any moment, nor by two processes on one profile."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image
from Xlib import X

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.blogs import add_blog
from editor.desk.photos import add_photo
from editor.desk.release import correct, publish
from editor.desk.writing import new_entry, save_draft
from editor.domain.entry import Kind
from editor.domain.ids import EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from tests.promises import reader_page
from tests.promises.driver import LONG, Desktop, Window, command, run, wait_for, window, written

pytestmark = pytest.mark.slow

ENTRIES = 34
"""More than one page of them."""
DRAFTS = 5
KILLS = 8


class Released:
    """A profile with entries that wait to be sent, and the words that must never be."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.site = folder / "site" / "river-watch"
        self.public: dict[EntryId, str] = {}
        self.secret: list[str] = []
        with Newsroom(Profile(folder)) as newsroom:
            self._fill(newsroom, count)

    def _fill(self, newsroom: Newsroom, count: int) -> None:
        room = newsroom.room
        (blog,) = add_blog(room, headline="River watch").blogs
        picture = self.folder / "from the bridge.png"
        Image.linear_gradient("L").resize((900, 600)).convert("RGB").save(picture)
        photo = add_photo(room, picture, caption="The bridge", alt="A bridge", credit="Desk")
        picture.unlink()
        for number in range(count + DRAFTS):
            words = f"released-{number:02} 水位 وصل"
            body = (Text(text=words), photo) if number % 7 == 3 else (Text(text=words),)
            content = Content(headline=f"Entry {number}", body=body)
            (entry,) = new_entry(room, blog, content).entries
            if number >= count:
                self.secret.append(words)
                continue
            publish(room, entry)
            self.public[entry] = words
            if number % 3 == 0:
                self.secret.append(f"later draft {number:02}")
                later = (*body, Text(text=self.secret[-1]))
                save_draft(room, entry, msgspec.structs.replace(content, body=later))

    def correct(self, number: int) -> None:
        """Publishes another text in the place of one."""
        entry = list(self.public)[number]
        words = f"corrected-{number:02} 水位"
        with Newsroom(Profile(self.folder)) as newsroom:
            content = Content(headline=f"Entry {number}", body=(Text(text=words),))
            save_draft(newsroom.room, entry, content)
            correct(newsroom.room, entry, Kind.CORRECTION, "the height")
        self.secret = [each for each in self.secret if each != f"later draft {number:02}"]
        self.secret.append(self.public[entry])
        self.public[entry] = words

    def assert_whole(self) -> None:
        """The folder agrees with itself, and holds nothing that was not released."""
        reader_page.assert_whole(self.site)
        drafts = [words for words in self.secret if not words.startswith("released-")]
        assert reader_page.holding(self.site, drafts) == []

    def assert_once(self, versions: set[str]) -> None:
        """Each entry is on the page exactly once, with its approved text, and nothing else is."""
        self.assert_whole()
        assert reader_page.listed(self.site) == dict.fromkeys(self.public, 1)
        for entry, words in self.public.items():
            assert words in reader_page.entry_page(self.site, entry)
        assert reader_page.holding(self.site, self.secret) == []
        with Newsroom(Profile(self.folder)) as newsroom:
            views = newsroom.views
            held = [views.entry(entry).deliveries[0].held.version for entry in self.public]
            assert views.outbox() == ()
        assert set(held) <= versions


def kill_amid(process: subprocess.Popen[Any], site: Path, chance: random.Random) -> bool:
    """Kills a process that sends, a few entries on, at any point of one; False when it was done before that."""
    until = reader_page.live(site) + chance.randint(1, 3)
    while reader_page.live(site) < until:
        if process.poll() is not None:
            process.communicate(timeout=LONG)
            return False
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.15))
    process.kill()
    process.communicate(timeout=LONG)
    return True


def test_a_killed_sync_publishes_each_entry_once_and_only_what_was_approved(tmp_path: Path) -> None:
    released = Released(tmp_path / "profile", ENTRIES)
    chance = random.Random(5)
    kills = 0
    for number in range(KILLS):
        kills += kill_amid(command(released.folder, "sync"), released.site, chance)
        released.assert_whole()
        if number % 3 == 2:
            released.correct(number)
    assert kills >= KILLS // 2, "the kills came while it was sending"
    run(released.folder, "sync")
    released.assert_once({"1", "2"})


def test_a_killed_window_publishes_each_entry_once_and_only_what_was_approved(
    tmp_path: Path, desk: Desktop
) -> None:
    released = Released(tmp_path / "profile", ENTRIES // 2)
    chance = random.Random(8)
    kills = 0
    for _ in range(4):
        opened = Window(released.folder, desk)
        kills += kill_amid(opened.process, released.site, chance)
        released.assert_whole()
        opened.assert_quiet(killed=True)
    assert kills == 4
    with window(released.folder, desk):
        wait_for("everything is sent", lambda: _waiting(released.folder) == 0)
    released.assert_once({"1"})


def test_two_syncs_at_once_never_write_twice(tmp_path: Path) -> None:
    released = Released(tmp_path / "profile", 12)
    both = [command(released.folder, "sync") for _ in range(2)]
    for process in both:
        out, err = process.communicate(timeout=LONG)
        assert (process.returncode, err) == (0, ""), out
    released.assert_once({"1"})
    assert reader_page.additions(released.site) == dict.fromkeys(released.public, 1)


def test_a_sync_beside_the_window_never_writes_twice(tmp_path: Path, desk: Desktop) -> None:
    released = Released(tmp_path / "profile", 12)
    with window(released.folder, desk):
        run(released.folder, "sync")
        wait_for("everything is sent", lambda: _waiting(released.folder) == 0)
    released.assert_once({"1"})
    assert reader_page.additions(released.site) == dict.fromkeys(released.public, 1)


def test_a_second_window_says_so_and_brings_the_first_to_the_front(
    tmp_path: Path, desk: Desktop
) -> None:
    folder = tmp_path / "profile"
    Released(folder, 1)
    with window(folder, desk, quiet=False) as first:
        dateline = desk.active()
        other = _cover_everything(desk)
        second = Window(folder, desk)
        assert second.ended() == 0
        assert first.stderr == "dateline: It is open already; its window comes to the front.\n"
        wait_for("the first window is the active one", lambda: desk.active() == dateline)
        assert [w.id for w in desk.windows()][-1] == dateline != other
        assert first.process.poll() is None
        first.assert_quiet("It is open already")


def test_what_a_command_writes_beside_the_window_appears_in_it(
    tmp_path: Path, desk: Desktop
) -> None:
    released = Released(tmp_path / "profile", 2)
    file = tmp_path / "entry.md"
    file.write_text("---\nheadline: From beside\n---\n\nThe pumps arrived.\n", "utf-8")
    with window(released.folder, desk):
        wait_for("everything is sent", lambda: _waiting(released.folder) == 0)
        desk.press("alt+1")
        desk.settle(3)  # that it was sent is seen too by then
        before = desk.look()
        out, _ = run(released.folder, "entry", "add", "river-watch", str(file))
        wait_for("the timeline changes", lambda: (desk.look() != before)[:, :660].any())
        desk.settle()
        desk.press("Home")
        desk.press("Return")
        desk.settle()
        desk.type(" And they run.")
        entry = EntryId(out.strip())
        said = "The pumps arrived. And they run."
        wait_for("it can be written on", lambda: written(released.folder, entry)[1] == said)


def _waiting(folder: Path) -> int:
    with Newsroom(Profile(folder)) as newsroom:
        return len(newsroom.views.outbox())


def _cover_everything(desk: Desktop) -> int:
    """Another program's window over all others, with the keyboard."""
    screen = desk.display.screen()
    other = desk.root.create_window(0, 0, 1400, 900, 0, screen.root_depth, X.InputOutput)
    other.set_wm_name("Another program")
    other.map()
    desk.display.sync()
    wait_for("the other program is in front", lambda: desk.active() == other.id)
    return int(other.id)

"""Promise 4: nothing blocks typing. A write that never ends holds up the thread that sends, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.release import publish
from editor.desk.writing import new_entry
from editor.domain.ids import EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from tests.promises import reader_page
from tests.promises.driver import (
    LONG,
    Desktop,
    Window,
    command,
    make_blog,
    run,
    wait_for,
    window,
    written,
)

pytestmark = pytest.mark.slow


def released(profile: Path, words: str) -> EntryId:
    """An entry that waits to be sent."""
    with Newsroom(Profile(profile)) as newsroom:
        blog = newsroom.views.blogs()[0].id
        content = Content(headline="Waits", body=(Text(text=words),))
        (entry,) = new_entry(newsroom.room, blog, content).entries
        publish(newsroom.room, entry)
    return entry


@contextmanager
def stuck_pipe(folder: Path) -> Iterator[Path]:
    """A pipe where the first page is written: who opens it waits for a reader, and there is none."""
    folder.mkdir(parents=True)
    pipe = folder / ".index.html.part"
    os.mkfifo(pipe)
    try:
        yield pipe
    finally:
        if pipe.exists():
            os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))
            pipe.unlink(missing_ok=True)


def is_stuck(opened: Window, pipe: Path) -> bool:
    """Whether one of the program's threads waits in opening the pipe."""
    tasks = Path(f"/proc/{opened.process.pid}/task")
    where = [task / "wchan" for task in tasks.iterdir()]
    return pipe.parent.joinpath("d").exists() and any(
        "fifo" in place.read_text() or "wait_for_partner" in place.read_text() for place in where
    )


def test_keys_reach_the_text_and_the_store_while_a_write_to_the_site_is_stuck(
    tmp_path: Path, desk: Desktop
) -> None:
    folder = tmp_path / "profile"
    make_blog(folder)
    released(folder, "sent at last")
    site = folder / "site" / "river-watch"
    with stuck_pipe(site) as pipe, window(folder, desk) as opened:
        wait_for("the sending is stuck", lambda: is_stuck(opened, pipe))
        desk.press("ctrl+n")
        desk.settle()
        desk.type("While it is stuck\nThe keys go on 水位 وصل.")
        said = ("While it is stuck", "The keys go on 水位 وصل.")
        wait_for("what was typed is kept", lambda: written(folder) == said)
        desk.press("ctrl+Return")
        wait_for("it can be released as well", lambda: _outbox(folder) == 2)
        assert is_stuck(opened, pipe)
        assert not (site / "live.json").exists()
        desk.press("ctrl+q")
        assert opened.ended() == 0, "nor does it keep the window from closing"
    run(folder, "sync")
    assert sorted(reader_page.listed(site).values()) == [1, 1]


def test_a_stuck_write_that_comes_loose_is_finished_by_the_same_window(
    tmp_path: Path, desk: Desktop
) -> None:
    folder = tmp_path / "profile"
    make_blog(folder)
    entry = released(folder, "sent at last")
    site = folder / "site" / "river-watch"
    with stuck_pipe(site) as pipe, window(folder, desk) as opened:
        wait_for("the sending is stuck", lambda: is_stuck(opened, pipe))
        os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))
        wait_for("it is sent", lambda: _outbox(folder) == 0)
    assert reader_page.listed(site) == {entry: 1}


def test_keys_are_taken_while_the_sample_is_painted_and_sent(tmp_path: Path, desk: Desktop) -> None:
    folder = tmp_path / "profile"
    make_blog(folder)
    with window(folder, desk):
        desk.press("ctrl+n")
        desk.settle()
        desk.type("Much goes on\n")
        with Newsroom(Profile(folder)) as newsroom:
            blog = newsroom.views.blogs()[0].id
            (entry,) = wait_for("there is an entry", lambda: newsroom.views.timeline(blog))
        made = command(folder, "sample")
        words = " ".join(f"word{number:03}" for number in range(40))
        desk.type(words, gap=0.03)
        wait_for("all words are kept", lambda: written(folder, entry)[1] == words)
        out, err = made.communicate(timeout=LONG)
        assert made.returncode == 0, out + err
        wait_for("the sample is public", lambda: _outbox(folder) <= 1)


def _outbox(folder: Path) -> int:
    with Newsroom(Profile(folder)) as newsroom:
        return len(newsroom.views.outbox())

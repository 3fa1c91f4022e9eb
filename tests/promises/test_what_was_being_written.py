"""A run that ends badly: the next start offers what was being written, and what is reported of it gives nothing away."""

from __future__ import annotations

import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from editor.crashes.folder import kept
from editor.paths import Profile
from tests.crashes import markers
from tests.crashes.markers import assert_none, files_in
from tests.promises.driver import make_blog, wait_for, written
from tests.promises.hand import Hand

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform == "win32", reason="the hand listens to a pipe as POSIX has it"
    ),
]
Begin = Callable[[], Hand]
OFFER = "Dateline did not end properly last time."


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    # the folder bears the user's name, as it does in real life
    folder = tmp_path / "home" / markers.USER / "profile"
    make_blog(folder)
    return folder


@pytest.fixture
def begin(profile: Path) -> Iterator[Begin]:
    made: list[Hand] = []

    def start() -> Hand:
        made.append(Hand(profile, USER=markers.USER, HOSTNAME=markers.HOST))
        return made[-1]

    yield start
    for hand in made:
        hand.close()


def write(hand: Hand, profile: Path, headline: str) -> None:
    """Begins an entry and waits until its headline is kept."""
    hand.do("new")
    hand.do("type", headline)
    wait_for("the headline is kept", lambda: written(profile)[0] == headline)
    # an answer comes after all that the commit set going
    hand.do("open")


def test_what_was_being_written_when_the_program_was_killed_is_offered_and_opened(
    profile: Path, begin: Begin
) -> None:
    hand = begin()
    write(hand, profile, "River at seven metres")
    entry = hand.do("open")["entry"]
    write(hand, profile, "Written before")
    # back to the first one, and killed in the middle of it
    hand.do("new")
    hand.close()

    hand = begin()
    assert hand.do("strips") == [f"{OFFER} You were writing “Written before”."]
    hand.do("press", "Go on")
    opened = hand.do("open")
    assert opened["headline"] == "Written before" and opened["entry"] != entry
    assert opened["has_cursor"]
    assert hand.do("strips") == []
    hand.tell("quit")
    assert hand.ended() == 0


def test_a_kill_in_the_middle_of_typing_leads_back_to_that_entry(
    profile: Path, begin: Begin
) -> None:
    hand = begin()
    write(hand, profile, "Bridge closed")
    entry = hand.do("open")["entry"]
    end = time.monotonic() + 1.5
    while time.monotonic() < end:
        hand.do("type", "and the water rises ")
    assert hand.kill() == -signal.SIGKILL
    headline, _ = written(profile)

    hand = begin()
    told = headline if len(headline) <= 60 else f"{headline[:60].rstrip()}…"
    assert hand.do("strips") == [f"{OFFER} You were writing “{told}”."]
    hand.do("press", "Go on")
    assert hand.do("open")["entry"] == entry
    copied = hand.do("press", "Copy details") if hand.do("strips") else ""
    assert_none(copied)


def test_nothing_is_offered_after_a_proper_end_however_it_was_asked_for(
    profile: Path, begin: Begin
) -> None:
    for how in (None, signal.SIGTERM, signal.SIGINT):
        hand = begin()
        assert hand.do("strips") == []
        write(hand, profile, f"Ends properly {how}")
        assert Profile(profile).running.exists()
        if how is None:
            hand.tell("quit")
        else:
            hand.process.send_signal(how)
        assert hand.ended() == 0
        assert not Profile(profile).running.exists()
    assert not Profile(profile).crashes.exists()


def test_a_system_that_shuts_down_takes_no_word_along_and_leaves_nothing_to_offer(
    profile: Path, begin: Begin
) -> None:
    hand = begin()
    write(hand, profile, "The last")
    hand.do("type", " word")
    hand.tell("shutdown")
    assert hand.ended() == 0
    assert written(profile)[0] == "The last word"
    assert begin().do("strips") == []


def test_a_run_in_which_nothing_was_written_ends_as_it_likes(profile: Path, begin: Begin) -> None:
    begin().close()
    assert begin().do("strips") == []


def test_the_offer_stands_until_something_else_is_written(profile: Path, begin: Begin) -> None:
    hand = begin()
    write(hand, profile, "First")
    hand.close()
    for _ in range(2):
        hand = begin()
        assert "“First”" in hand.do("strips")[0]
        hand.close()
    hand = begin()
    write(hand, profile, "Second")
    hand.close()
    assert "“Second”" in begin().do("strips")[0]


@pytest.mark.parametrize(
    ("way", "number", "said"),
    [
        ("segfault", signal.SIGSEGV, "Segmentation fault"),
        ("abort", signal.SIGABRT, "Aborted"),
    ],
)
def test_a_process_that_dies_is_reported_at_the_next_start_without_a_path(
    profile: Path, begin: Begin, way: str, number: signal.Signals, said: str
) -> None:
    hand = begin()
    write(hand, profile, "It was about to be said")
    hand.tell(way)
    assert hand.ended() == -number

    hand = begin()
    assert hand.do("strips") == [f"{OFFER} You were writing “It was about to be said”."]
    copied = hand.do("press", "Copy details")
    (report,) = kept(Profile(profile).crashes)
    assert report.read_text("utf-8") == copied
    assert f"\n{said}\n" in copied
    assert "editor.app:run:" in copied
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert_none(copied)
    assert os.sep not in copied.replace("\n", ""), "no path is in it"
    hand.tell("quit")
    assert hand.ended() == 0
    assert not list(profile.glob("window.running*"))


def test_an_error_in_a_slot_leaves_the_program_going_and_no_word_anywhere(
    profile: Path, begin: Begin
) -> None:
    hand = begin()
    write(hand, profile, "Nothing stops this")
    hand.do("fail")
    hand.do("fail")
    told = wait_for("it is told", lambda: hand.do("strips"))
    assert len(told) == 1 and "Something went wrong in Dateline." in told[0]
    assert_none(hand.do("press", "Copy details"))
    assert hand.do("open")["has_cursor"], "what comes up takes no key away"
    hand.do("new")
    hand.do("type", "It goes on")
    wait_for("it goes on", lambda: written(profile)[0] == "It goes on")
    hand.tell("quit")
    assert hand.ended() == 0
    outside = [data for name, data in files_in(profile) if not name.startswith("dateline.db")]
    (report,) = kept(Profile(profile).crashes)
    assert "Talkative" in report.read_text("utf-8")
    assert_none(*outside, hand.said())

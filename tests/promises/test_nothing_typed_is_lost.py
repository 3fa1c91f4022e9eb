"""Promise 1: nothing typed is lost, not by a crash, a signal, a full disk or a damaged file."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest

from tests.promises.driver import Desktop, Window, make_blog, wait_for, window, written

pytestmark = pytest.mark.slow

AUTOSAVE = 0.4
SLACK = 0.6
"""Seconds between a key and its arrival in the program, on a machine that does other work as well."""
KILLS = 15


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "profile"
    make_blog(folder)
    return folder


def new_entry(desk: Desktop, profile: Path, headline: str) -> None:
    """Ctrl+N and a headline, and the cursor in the text below it."""
    desk.press("ctrl+n")
    desk.settle(0.15)
    desk.type(f"{headline}\n")
    wait_for("the headline is kept", lambda: written(profile)[0] == headline)


@pytest.mark.parametrize("share", range(3))
def test_kill_minus_9_in_the_middle_of_typing_loses_at_most_the_last_400_ms(
    profile: Path, desk: Desktop, share: int
) -> None:
    for number in range(KILLS // 3):
        chance = random.Random(share * 100 + number)
        headline = f"Run {share} {number}"
        opened = Window(profile, desk).shown()
        new_entry(desk, profile, headline)
        typed = _type_until_killed(desk, opened, chance, without_pause=number % 2 == 0)
        kept_headline, kept = written(profile)
        assert kept_headline == headline
        text = "".join(sign for sign, _ in typed)
        assert text.startswith(kept), "what is kept is what was typed"
        lost = typed[len(kept.rstrip()) :]
        killed = typed[-1][1]
        oldest = next((at for sign, at in lost if sign != " "), killed)
        assert killed - oldest <= AUTOSAVE + SLACK, f"lost {lost}"
        opened.assert_quiet(killed=True)


def _type_until_killed(
    desk: Desktop, opened: Window, chance: random.Random, *, without_pause: bool
) -> list[tuple[str, float]]:
    """Types numbers until it kills the window; returns each character and when it was typed, then the kill."""
    end = time.monotonic() + chance.uniform(0.5, 2.5)
    typed: list[tuple[str, float]] = []
    count = 0
    while time.monotonic() < end:
        count += 1
        for sign in f"{count:03} ":
            desk.strike(sign)
            typed.append((sign, time.monotonic()))
            time.sleep(0.07 if without_pause else chance.choice((0.03, 0.12, 0.5)))
            if time.monotonic() >= end:
                break
    opened.kill()
    return [*typed, ("", time.monotonic())]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_that_ends_the_window_saves_what_was_typed_last(
    profile: Path, desk: Desktop, how: signal.Signals
) -> None:
    with window(profile, desk) as opened:
        new_entry(desk, profile, "The last words")
        desk.type("水位 and ")
        time.sleep(1)
        before = desk.look()
        desk.strike("X")
        wait_for("the glyph", lambda: (desk.look() != before).any(), pause=0.005)
        assert opened.end(how) == 0
    assert written(profile) == ("The last words", "水位 and X")


def test_ctrl_q_and_the_close_button_save_what_was_typed_last(profile: Path, desk: Desktop) -> None:
    for keys in ("ctrl+q", "alt+F4"):
        with window(profile, desk) as opened:
            new_entry(desk, profile, f"Closed by {keys}")
            desk.type("the last word")
            desk.press(keys)
            assert opened.ended() == 0
        assert written(profile) == (f"Closed by {keys}", "the last word")


def test_what_was_typed_is_there_after_another_entry_was_opened_at_once(
    profile: Path, desk: Desktop
) -> None:
    with window(profile, desk):
        new_entry(desk, profile, "First")
        desk.type("one")
        desk.press("ctrl+n")
        desk.settle(0.15)
        desk.type("Second\ntwo")
    from editor.newsroom import Newsroom
    from editor.paths import Profile

    with Newsroom(Profile(profile)) as newsroom:
        rows = newsroom.views.rows(newsroom.views.timeline(newsroom.views.blogs()[0].id))
    assert {(row.headline, row.excerpt) for row in rows} == {("First", "one"), ("Second", "two")}

"""A slow link: texts go out first and cost the line their own bytes; photos follow, and come whole in the end.

The line has really lost packets where network namespaces can be made, and is a proxy elsewhere; each test says which it was.
No time is asserted: what decides on a slow line is which bytes are on it, and in which order.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.line.shape import UP, Shape
from tests.promises.driver import wait_for
from tests.promises.far_away import Correspondent, Record, correspondent, photo, record, words

pytestmark = pytest.mark.slow

SLOW = Shape(up=64, down=64, trip=0.3, loss=2)
HEAD = 1500
"""Bytes that HTTP and TCP add to a small request: its head, the headers of its packets, and what is sent again."""
MORE = 1.3
LARGE = (900, 600)
"""A photo of this size takes longer than anything that shall overtake it."""
Say = Callable[[str], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Prints past the capturing: on which line a test ran is worth knowing when it passes as well."""

    def said(words: str) -> None:
        with capsys.disabled():
            print(f"\n    {words}", flush=True)

    return said


@contextmanager
def headless(laptop: Correspondent) -> Iterator[subprocess.Popen[str]]:
    """The program without its window, until it is asked to end."""
    process = laptop.begin("tests.promises.headless", str(laptop.folder))
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        assert process.communicate(timeout=60) == ("", "")
    finally:
        process.kill()
        process.wait(10)


def test_every_text_is_public_before_the_first_byte_of_a_photo_and_costs_the_line_its_own_bytes(
    tmp_path: Path, say: Say
) -> None:
    with correspondent(tmp_path, SLOW) as laptop:
        say(laptop.line.kind)
        for number in range(6):
            shown = photo(tmp_path, number, (320, 214)) if number % 2 == 0 else None
            laptop.write(number, photo=shown)
        begun = time.time()
        done = laptop.run("sync", "--timeout", "110")
        assert (done.returncode, done.stderr) == (0, "")
        seen = record(laptop, begun)
        say(told(seen))
        assert len(seen.public) == len(seen.whole) == 6
        assert max(seen.public.values()) < seen.first("claim", "photo")
        before = [r for r in seen.requests if r["at"] - begun < seen.first("claim")]
        assert {r["kind"] for r in before} == {"batch"}, "nothing but the texts"
        assert len(before) <= 4, "and few questions, for each takes a round trip"
        own = sum(len(words(number)) for number in range(6))
        assert sum(r["bytes"] for r in before) <= MORE * own
        assert seen.up <= MORE * sum(r["bytes"] + HEAD for r in before), "no byte of a photo"
        assert len(seen.of("photo")) == len(laptop.server.media()) == 3, "each photo is sent once"
        assert laptop.server.twice() == []


def test_a_text_released_while_a_photo_is_half_sent_is_public_before_the_photo_is_there(
    tmp_path: Path, say: Say
) -> None:
    with correspondent(tmp_path, SLOW) as laptop:
        say(laptop.line.kind)
        laptop.write(1, photo=photo(tmp_path, 1, LARGE))
        begun = time.time()
        with headless(laptop) as program:
            wait_for("the photo is on its way", lambda: half_sent(laptop, begun))
            assert program.stdin is not None and program.stdout is not None
            program.stdin.write("The dam holds\n")
            program.stdin.flush()
            late = program.stdout.readline().strip()
            released = time.time() - begun
            wait_for("it is public", lambda: late in record(laptop, begun).public)
            seen = record(laptop, begun)
            say(f"released after {released:.1f} s, public after {seen.public[late]:.1f} s")
            assert seen.of("photo") == [], "no photo is there yet"
            wait_for("all is there", lambda: not laptop.still_owed(), timeout=110)
        seen = record(laptop, begun)
        say(told(seen))
        names = [each["path"] for each in seen.of("photo")]
        assert sorted(names) == sorted(set(names)), "what was overtaken was not begun again"
        assert len(seen.whole) == 2


def test_a_photo_whose_upload_breaks_is_begun_again_once_for_each_break_and_holds_up_no_text(
    tmp_path: Path, say: Say
) -> None:
    with correspondent(tmp_path, SLOW, batch="off") as laptop:
        say(laptop.line.kind)
        laptop.write(1, photo=photo(tmp_path, 1, (320, 214)))
        laptop.write(2)
        laptop.server.fault("photo", "drop-before", times=2)
        begun = time.time()
        done = laptop.run("sync", "--timeout", "110")
        assert (done.returncode, done.stderr) == (0, "")
        seen = record(laptop, begun)
        say(told(seen))
        assert max(seen.public.values()) < seen.first("photo")
        assert [r["status"] for r in seen.of("photo")] == [0, 0, 201], "sent once more for each"
        assert len(seen.of("claim")) == 3, "and asked for no more often than that"
        assert len(seen.whole) == 2
        assert laptop.still_owed() == []


def half_sent(laptop: Correspondent, begun: float) -> bool:
    """Whether a photo's first bytes have been on the line for a while."""
    claims = record(laptop, begun).of("claim")
    return bool(claims) and laptop.line.passed(UP, claims[-1]["at"]) > 24_000


def told(seen: Record) -> str:
    """When what happened."""
    times = ", ".join(f"{at:.1f}" for at in seen.public.values())
    whole = max(seen.whole.values(), default=0.0)
    return f"texts public after {times} s; {seen.up / 1024:.0f} KB by then; all whole after {whole:.1f} s"

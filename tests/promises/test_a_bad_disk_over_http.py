"""A disk that is full or read-only, and two programs on one profile, while entries go to a server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.promises.begun import Lives
from tests.promises.driver import LONG, ROOT, wait_for
from tests.promises.laptop import Laptop
from tests.promises.test_nothing_typed_is_lost_on_a_bad_disk import fill, small_disk
from tests.wire_server.client import WireServer

pytestmark = pytest.mark.slow

__all__ = ["small_disk"]

FULL = "The disk is full"


@pytest.fixture
def tight(small_disk: Path, tmp_path: Path, server: WireServer, lives: Lives) -> Laptop:
    """A laptop whose disk is small."""
    made = Laptop(tmp_path, server, lives, small_disk / "profile")
    made.leave_the_folder_out()
    return made


def test_on_a_full_disk_no_request_leaves_that_could_not_be_remembered(
    tight: Laptop, server: WireServer
) -> None:
    entry = tight.write("No room")
    rest = fill(tight.profile.parent)
    assert FULL in tight.sync(code=1, timeout=5).err
    assert server.requests("create", "batch", "update") == []
    rest.unlink()
    tight.sync()
    tight.assert_once(entry)


def test_an_answer_that_cannot_be_kept_because_the_disk_is_full_is_looked_for_later(
    tight: Laptop, server: WireServer
) -> None:
    server.fault("create", "late-answer", seconds=2)
    entry = tight.write("Filled meanwhile")
    tight.begin("sync", "--timeout", "30")
    wait_for("it was asked", lambda: server.requests("create"))
    rest = fill(tight.profile.parent)
    tight.lives.ended()
    rest.unlink()
    tight.sync()
    tight.assert_once(entry)
    assert tight.creates(entry) == 1


def test_from_a_read_only_profile_nothing_is_sent(tight: Laptop, server: WireServer) -> None:
    entry = tight.write("Read only")
    remount = ["mount", "-o", "remount,ro", str(tight.profile.parent)]
    subprocess.run(remount, check=True)
    try:
        process = subprocess.run(
            [sys.executable, "-m", "editor", "--profile", str(tight.profile), "sync"],
            cwd=ROOT,
            env=tight.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        subprocess.run([*remount[:2], "remount,rw", remount[-1]], check=True)
    assert process.returncode == 1
    assert process.stderr.startswith("dateline: ") and process.stderr.count("\n") == 1
    assert server.requests() == []
    tight.sync()
    tight.assert_once(entry)


def test_two_programs_on_one_profile_send_each_entry_once_to_a_server(
    laptop: Laptop, server: WireServer
) -> None:
    server.chance("writes", "late-answer", 0.5, seconds=0.3)
    entries = [laptop.write(f"Entry {number} 水位") for number in range(12)]
    words = [sys.executable, "-m", "editor", "--profile", str(laptop.profile), "sync"]
    both = [
        subprocess.Popen(
            words, cwd=ROOT, env=laptop.environment(), stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    laptop.begin("sync", "--timeout", "60")
    for process in both:
        out, _ = process.communicate(timeout=LONG)
        assert process.returncode == 0, out
    assert laptop.lives.ended() == 0
    laptop.assert_once(*entries)
    objects = server.objects()
    assert len(objects) == len(entries), "not even a draft was made twice"
    versions = [row["ref"] for row in server.rows("version")]
    assert len(versions) == 2 * len(entries), "a draft each, made public once"

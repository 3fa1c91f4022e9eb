"""An account that goes takes no entry with it, and one that comes again publishes nothing twice. Real processes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.domain.entry import Stage
from tests.promises.laptop import SETTLE, SLUG, Laptop
from tests.wire_server.client import WireServer

pytestmark = pytest.mark.slow


@pytest.fixture
def other(tmp_path: Path) -> Iterator[WireServer]:
    """Another newsroom."""
    made = WireServer(tmp_path / "other")
    yield made
    made.close()


def add(laptop: Laptop, name: str, server: WireServer) -> None:
    laptop.run(
        *("account", "add", "wire", name, "--secret-stdin"),
        *("--set", f"address={server.address}", "--set", f"settle={SETTLE}"),
        typed=f"{server.token}\n",
    )


def keys(server: WireServer) -> list[str]:
    return sorted(each["key"] for each in server.public())


def test_what_waits_stays_until_somebody_says_what_becomes_of_it(
    laptop: Laptop, server: WireServer
) -> None:
    public = laptop.write("Public")
    laptop.sync()
    server.refuse(30)
    waits = [laptop.write(f"Waits {number}") for number in range(3)]
    laptop.sync(code=3, timeout=0.1)
    refused = laptop.run("account", "remove", "newsroom", code=1)
    assert "Entries wait for “newsroom” (3)" in refused.err
    assert set(laptop.outbox()) == set(waits)
    laptop.run("account", "remove", "newsroom", "--waiting", "keep")
    assert [laptop.seen(each).entry.stage for each in waits] == [Stage.PUBLISHED] * 3
    assert [laptop.seen(each).content.headline for each in waits] == [
        f"Waits {number}" for number in range(3)
    ]
    server.heal()
    laptop.sync()
    assert keys(server) == [public]
    add(laptop, "newsroom", server)
    laptop.run("target", "add", SLUG, "newsroom")
    laptop.sync()
    laptop.assert_once(public, *waits)
    assert laptop.creates(public) == 1


def test_what_waits_goes_to_another_newsroom_and_what_was_public_stays(
    laptop: Laptop, server: WireServer, other: WireServer
) -> None:
    public = laptop.write("Public")
    laptop.sync()
    server.fault("create", "drop-after")
    doubtful = laptop.write("In doubt")
    laptop.sync(code=3, timeout=0.1)
    waits = laptop.write("Waits")
    add(laptop, "other", other)
    laptop.run("account", "remove", "newsroom", "--waiting", "move", "--to", "other")
    laptop.sync()
    assert keys(other) == sorted([public, doubtful, waits])
    assert other.twice() == []
    assert keys(server) == [public]


def test_another_user_of_the_same_newsroom_publishes_nothing_twice(
    laptop: Laptop, server: WireServer
) -> None:
    public = laptop.write("Public")
    laptop.sync()
    server.fault("create", "drop-after")
    doubtful = laptop.write("In doubt")
    laptop.sync(code=3, timeout=0.1)
    waits = laptop.write("Waits")
    add(laptop, "anna", server)
    laptop.run("account", "remove", "newsroom", "--waiting", "move", "--to", "anna")
    laptop.sync()
    laptop.assert_once(public, doubtful, waits)
    assert [laptop.creates(each) for each in (public, doubtful, waits)] == [1, 1, 1]


def test_a_kill_while_an_account_goes_leaves_every_entry_waiting_somewhere(
    laptop: Laptop, server: WireServer
) -> None:
    entries = [laptop.write(f"Waits {number}") for number in range(4)]
    here, there = "newsroom", "other"
    took, gone = 0.0, 0
    for tenth in range(12):
        if there not in laptop.run("account", "list").out:
            add(laptop, there, server)
        began = time.monotonic()
        laptop.begin("account", "remove", here, "--waiting", "move", "--to", there)
        if tenth < 2:  # how long it takes when nobody kills it
            assert laptop.lives.ended() == 0
            took = time.monotonic() - began
        else:
            time.sleep(took * (tenth - 2) / 10)
            laptop.lives.kill()
        told = laptop.run("outbox").out
        assert [entry for entry in entries if entry not in told] == [], tenth
        if here not in laptop.run("account", "list").out:
            here, there = there, here
            gone += 1
    assert gone >= 2
    laptop.sync()
    laptop.assert_once(*entries)

"""A clock that somebody sets back by an hour or ahead by a day: no duplicate, no embargo broken, no wait of an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.promises.driver import wait_for
from tests.promises.laptop import Laptop
from tests.wire_server.client import WireServer

pytestmark = pytest.mark.slow

HOUR, DAY = 3600.0, 86400.0
WRONG = pytest.mark.parametrize("set_to", [-HOUR, DAY], ids=["an hour back", "a day ahead"])


def soon(seconds: float) -> str:
    """A time to come, by a clock that is right."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


@WRONG
def test_a_clock_set_while_a_request_is_in_doubt_makes_no_second_entry_and_no_long_wait(
    laptop: Laptop, server: WireServer, set_to: float
) -> None:
    server.fault("create", "late-apply", seconds=1.2, within=1.8)
    entry = laptop.write("In doubt")
    laptop.begin("sync", "--timeout", "60")
    wait_for("it was asked", lambda: server.requests("create"))
    laptop.set_clock(set_to)
    assert laptop.lives.ended() == 0
    laptop.assert_once(entry)
    assert laptop.creates(entry) == 1


@WRONG
def test_a_clock_set_while_the_program_was_closed_and_a_request_in_doubt_makes_no_second_entry(
    laptop: Laptop, server: WireServer, set_to: float
) -> None:
    server.fault("create", "late-apply", seconds=1.2, within=1.8)
    entry = laptop.write("In doubt")
    laptop.begin("sync", "--timeout", "60")
    wait_for("it was asked", lambda: server.requests("create"))
    assert laptop.lives.kill()
    laptop.set_clock(set_to)
    laptop.sync(timeout=60)
    laptop.assert_once(entry)
    assert laptop.creates(entry) == 1


@WRONG
def test_a_clock_set_while_a_server_asks_for_patience_gets_neither_a_request_nor_a_long_wait(
    laptop: Laptop, server: WireServer, set_to: float
) -> None:
    server.fault("*", "status", status=429, retry_after="3")
    entry = laptop.write("Patience")
    laptop.begin("sync", "--timeout", "60")
    wait_for("it was asked", lambda: server.requests())
    laptop.set_clock(set_to)
    assert laptop.lives.ended() == 0
    laptop.assert_once(entry)
    first, *others = server.requests()
    assert all(row["at"] >= first["at"] + 3 for row in others)


@WRONG
def test_a_clock_set_while_an_entry_waits_to_be_tried_again_makes_no_long_wait(
    laptop: Laptop, server: WireServer, set_to: float
) -> None:
    server.fault("*", "status", status=408, times=3)
    entry = laptop.write("Tried again")
    laptop.begin("sync", "--timeout", "100")
    wait_for("it was asked", lambda: server.requests())
    laptop.set_clock(set_to)
    assert laptop.lives.ended() == 0
    laptop.assert_once(entry)


def test_an_embargo_ends_by_the_servers_clock_when_the_laptops_is_a_day_ahead(
    laptop: Laptop, server: WireServer
) -> None:
    entry = laptop.write("Embargoed", "Not yet", "--submit")
    laptop.run("entry", "publish", entry, "--at", soon(HOUR))
    laptop.set_clock(DAY)
    for _ in range(2):
        laptop.sync(code=None, timeout=2)
        laptop.run("pull", code=None)
    assert server.public() == []
    assert server.ever_public() == set()
    server.adjust(skew=HOUR + 60)
    laptop.sync(timeout=60)
    laptop.assert_once(entry)


def test_an_embargo_of_seconds_is_not_an_hour_when_the_clock_is_set_back_meanwhile(
    laptop: Laptop, server: WireServer
) -> None:
    public = laptop.write("Public at once")
    laptop.sync()
    entry = laptop.write("Embargoed", "Not yet", "--submit")
    at = datetime.now(UTC) + timedelta(seconds=4)
    laptop.run("entry", "publish", entry, "--at", at.isoformat())
    laptop.set_clock(-HOUR)

    def both() -> bool:
        laptop.sync(code=None, timeout=3)
        return len(server.public()) == 2

    wait_for("it is public", both)
    laptop.assert_once(public, entry)
    shown = next(
        row["at"] for row in server.rows("shown") if row["key"] == entry and row["refs"] != "[]"
    )
    assert shown >= at.timestamp() - 1, "a server's Date has whole seconds"


def test_a_clock_that_jumps_to_and_fro_among_many_faults_makes_nothing_twice(
    laptop: Laptop, server: WireServer
) -> None:
    server.order("seed", seed=8)
    for what in ("drop-before", "drop-after", "half"):
        server.chance("writes", what, 0.15)
    server.chance("writes", "late-apply", 0.15, seconds=1.0, within=1.8)
    entries = [laptop.write(f"Entry {number}") for number in range(8)]
    for wrong in (0, -HOUR, DAY, -HOUR, 0, DAY):
        laptop.set_clock(wrong)
        laptop.sync(code=None, timeout=2)
        assert server.twice() == []
    server.heal()
    laptop.set_clock(0)
    laptop.sync(code=None, timeout=90)
    laptop.assert_once(*entries)

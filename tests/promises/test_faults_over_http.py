"""Each way in which a network or a server fails, by its name: what the program makes of it, and what the server saw."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.promises.driver import wait_for
from tests.promises.laptop import Laptop
from tests.wire_server.client import WireServer

pytestmark = pytest.mark.slow


def asked_after(server: WireServer, moment: float) -> list[Any]:
    """The requests that came after a moment."""
    return [row for row in server.requests() if row["at"] > moment]


def test_a_refused_connection_is_a_wait_and_nothing_is_lost(
    laptop: Laptop, server: WireServer
) -> None:
    server.order("stop")
    entry = laptop.write("Bridge closed")
    assert laptop.sync(code=3, timeout=2).out.startswith("1 waiting")
    assert "cannot be reached" in laptop.outbox()[entry]
    assert laptop.seen(entry).content.headline == "Bridge closed"
    server.heal()
    laptop.sync()
    laptop.assert_once(entry)
    assert laptop.creates(entry) == 1
    assert laptop.run("outbox").out == "Nothing waits: everything was sent.\n"


@pytest.mark.parametrize("what", ["drop-after", "half", "garbage"])
def test_an_entry_whose_reply_was_lost_is_looked_for_and_not_sent_again(
    laptop: Laptop, server: WireServer, what: str
) -> None:
    server.fault("create", what)
    server.fault("update", what)
    entry = laptop.write("Pumps arrived")
    laptop.sync()
    laptop.assert_once(entry)
    assert laptop.creates(entry) == 1
    assert len(server.requests("update")) == 1
    assert server.requests("find", "look")


def test_a_request_that_was_lost_before_it_was_done_is_sent_again_after_a_look(
    laptop: Laptop, server: WireServer
) -> None:
    server.fault("create", "drop-before")
    entry = laptop.write("Pumps arrived")
    laptop.sync()
    laptop.assert_once(entry)
    kinds = [row["kind"] for row in server.requests("create", "find")]
    assert kinds == ["create", "find", "create"]


def test_a_request_that_lands_late_is_waited_for_and_not_sent_again(
    laptop: Laptop, server: WireServer
) -> None:
    server.fault("create", "late-apply", seconds=1.2, within=1.8)
    entry = laptop.write("Late, but once")
    laptop.sync()
    laptop.assert_once(entry)
    assert laptop.creates(entry) == 1


def test_a_late_answer_is_waited_for(laptop: Laptop, server: WireServer) -> None:
    server.fault("create", "late-answer", seconds=2)
    entry = laptop.write("Slow server")
    laptop.sync()
    laptop.assert_once(entry)
    assert [row["kind"] for row in server.requests("create", "find")] == ["create"]


@pytest.mark.parametrize(("status", "applied"), [(500, True), (503, False), (504, True)])
def test_a_server_that_broke_down_is_looked_at_before_anything_is_sent_again(
    laptop: Laptop, server: WireServer, status: int, applied: bool
) -> None:
    server.fault("create", "status", status=status, applied=applied)
    entry = laptop.write("The server is unwell")
    laptop.sync()
    laptop.assert_once(entry)
    assert laptop.creates(entry) == (1 if applied else 2)


@pytest.mark.parametrize(("status", "patience"), [(429, "3"), (429, "date:4"), (503, "3")])
def test_a_server_that_asks_for_patience_gets_no_request_of_any_kind_before_it_is_over(
    laptop: Laptop, server: WireServer, status: int, patience: str
) -> None:
    first = laptop.write("Public before")
    laptop.sync()
    server.fault("update", "status", status=status, retry_after=patience)
    laptop.correct(first, "Public before, corrected", "Other words")
    laptop.sync(code=3, timeout=1)
    (asked,) = [row for row in server.requests("update") if row["status"] == status]
    seconds = float(patience.removeprefix("date:"))
    until = asked["at"] + seconds
    if patience.startswith("date:"):
        until = math.floor(until)
    second = laptop.write("Written meanwhile")
    assert "asks to wait" in laptop.outbox()[second]
    while time.time() < until - 0.7:
        laptop.sync(code=3, timeout=0.1)
        laptop.run("pull", code=None)
    laptop.sync()
    assert all(row["at"] >= until for row in asked_after(server, asked["at"]))
    laptop.assert_once(first, second)


def test_after_401_nothing_is_asked_until_somebody_signed_in_and_nothing_was_lost(
    laptop: Laptop, server: WireServer
) -> None:
    server.fault("*", "status", status=401)
    entries = [laptop.write(f"Waits {number} 水位") for number in range(7)]
    laptop.sync(code=3, timeout=5)
    asked = server.requests()
    assert [row["status"] for row in asked] == [401]
    another = laptop.sync(code=3, timeout=5)
    assert another.out.startswith("7 waiting")
    assert "sign in to continue" in laptop.run("pull", code=3).out
    told = laptop.outbox()
    assert set(told) == set(entries)
    assert all("sign in to continue (7 waiting)" in said.casefold() for said in told.values())
    assert server.requests() == asked, "nothing was asked"
    laptop.run("account", "sign-in", "newsroom", typed=f"{server.token}\n")
    laptop.sync()
    laptop.assert_once(*entries)


def test_a_wrong_password_that_is_put_right_goes_on_with_what_was_in_doubt(
    laptop: Laptop, server: WireServer
) -> None:
    server.fault("create", "drop-after")
    entry = laptop.write("In doubt")
    laptop.sync(code=3, timeout=0.5)
    laptop.run("account", "sign-in", "newsroom", typed="an old password\n")
    laptop.sync(code=3, timeout=8)
    assert "sign in" in laptop.outbox()[entry]
    assert server.public() == []
    laptop.run("account", "sign-in", "newsroom", typed=f"{server.token}\n")
    laptop.sync()
    laptop.assert_once(entry)
    assert laptop.creates(entry) == 1


def test_a_captive_portal_is_taken_for_offline(laptop: Laptop, server: WireServer) -> None:
    server.fault("*", "portal", times=0)
    entry = laptop.write("Written in a hotel")
    laptop.sync(code=3, timeout=2)
    assert server.objects() == []
    assert "Public" not in laptop.outbox()[entry]
    assert laptop.seen(entry).entry.published is None
    server.heal()
    laptop.sync()
    laptop.assert_once(entry)


def test_a_captive_portal_on_the_way_to_a_public_entry_takes_nothing_for_changed(
    laptop: Laptop, server: WireServer
) -> None:
    entry = laptop.write("Public before the hotel")
    laptop.sync()
    server.fault("*", "portal", times=0)
    assert laptop.run("pull", code=3).err.count("dateline: ") == 1
    laptop.correct(entry, "Corrected in the hotel", "Other words")
    laptop.sync(code=3, timeout=2)
    assert laptop.there(entry)["content"]["headline"] == "Public before the hotel"
    server.heal()
    laptop.sync()
    assert laptop.there(entry)["content"]["headline"] == "Corrected in the hotel"
    assert laptop.notices() == []


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[WireServer]:
    """A server that is not the newsroom's."""
    made = WireServer(tmp_path / "stranger")
    yield made
    made.close()


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_redirect_to_another_host_is_not_followed_and_gets_no_credentials(
    laptop: Laptop, server: WireServer, stranger: WireServer, status: int
) -> None:
    there = stranger.address.replace("127.0.0.1", "localhost")
    server.fault("*", "redirect", times=0, status=status, address=f"{there}/blogs/x/entries")
    entry = laptop.write("Not for strangers")
    laptop.sync(code=3, timeout=2)
    assert stranger.requests() == []
    assert server.objects() == []
    server.heal()
    laptop.sync()
    laptop.assert_once(entry)
    assert stranger.requests() == []


def test_a_server_that_hangs_is_given_up_and_what_it_did_is_looked_for(
    laptop: Laptop, server: WireServer
) -> None:
    server.fault("create", "hang", seconds=100)
    entry = laptop.write("Nobody answers")
    laptop.begin("sync", "--timeout", "80")
    wait_for("it was asked", lambda: server.requests("create"))
    assert laptop.lives.ended() == 0
    laptop.assert_once(entry)
    assert [row["kind"] for row in server.requests("create", "find")] == [
        *("create", "find", "create"),
    ]


def test_409_again_and_again_is_a_look_each_time_and_never_a_second_entry(
    laptop: Laptop, server: WireServer
) -> None:
    server.fault("create", "status", status=409, times=2)
    server.fault("update", "status", status=409, times=2)
    entry = laptop.write("Somebody is quicker")
    laptop.sync()
    laptop.assert_once(entry)
    assert server.requests("find", "look")


def test_one_entry_that_is_refused_for_good_keeps_no_other_waiting(
    laptop: Laptop, server: WireServer
) -> None:
    server.fault("create", "status", status=422)
    refused = laptop.write("Refused")
    laptop.sync(code=4)
    others = [laptop.write(f"Goes out {number}") for number in range(3)]
    laptop.sync(code=4)
    laptop.assert_once(*others)
    assert "refused" in laptop.outbox()[refused].casefold()
    assert laptop.seen(refused).content.headline == "Refused"
